"""A run: all that the tracks found, with what it was found on and by which command.

A run is kept as JSON under `benchmarks/runs/` and read back as it was; another run is compared
with it row by row. The format has a number: a newer or damaged file is refused with a reason.
"""

from __future__ import annotations

import math
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from benchmarks.measures import better
from benchmarks.protocol import Cell, Result, Table

__all__ = [
    "DIRECTORY",
    "FORMAT",
    "Command",
    "Failure",
    "Measured",
    "Run",
    "RunError",
    "checked",
    "compare",
    "frozen",
    "load",
    "path_of",
    "save",
    "write",
]

FORMAT = 1
"""Version of the file's format; a file of a later one is refused."""

DIRECTORY = Path(__file__).parent / "runs"
"""Where frozen runs are kept."""

NOISE = 5e-4
"""Shares that differ by less are the same: tables show three digits."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

Verdict: TypeAlias = Literal["better", "worse", "same", "changed", "new", "gone"]


class RunError(ValueError):
    """A run that can't be read, kept or compared; says which, why and the remedy."""


class Measured(msgspec.Struct, frozen=True):
    """A system as it was measured: its settings in a line, its versions, what it lacked."""

    name: str
    note: str
    version: str
    missing: str | None = None


class Failure(msgspec.Struct, frozen=True):
    """A track that broke, and how."""

    track: str
    reason: str


class Command(msgspec.Struct, frozen=True):
    """What was typed. `limit` is how many rows of each set were asked for at most, if given."""

    line: str
    limit: int | None = None


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """All that the tracks found. `ours` is the name of the system that the run is about."""

    format: int = FORMAT
    commands: tuple[Command, ...]
    """One, or where runs are joined one for each part."""
    ours: str
    systems: tuple[Measured, ...] = ()
    versions: dict[str, str] = {}
    checksums: dict[str, str] = {}
    results: tuple[Result, ...] = ()
    failures: tuple[Failure, ...] = ()


def checked(result: Result) -> Result:
    """Return the result if every row, curve and number of it can be shown and kept.

    Raises RunError with what is wrong and where: a row of another width than its header, a curve
    with more x than y, a number that isn't finite.
    """
    faults = [*_table_faults(result.tables), *_curve_faults(result)]
    if faults:
        more = f", and {len(faults) - 3} more" if len(faults) > 3 else ""
        raise RunError(f"{result.track}: {'; '.join(faults[:3])}{more}")
    return result


def frozen(name: str) -> Path:
    """Return where the run of a name is kept, whether it is there or not."""
    if not _NAME.fullmatch(name):
        raise RunError(f"{name!r} can't name a run: letters, digits, dots, - and _ can")
    return DIRECTORY / f"{name}.json"


def path_of(run: str) -> Path:
    """Return where a run lies: a file as given, or one of `benchmarks/runs/` by its name."""
    given = run.endswith(".json") or "/" in run or os.sep in run
    return Path(run) if given else frozen(run)


def load(path: Path) -> Run:
    """Return the run that a file holds.

    Raises RunError if there is none, if it is damaged, or of a later format.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        known = ", ".join(sorted(p.stem for p in DIRECTORY.glob("*.json"))) or "none yet"
        raise RunError(f"{path}: {error.strerror}; frozen runs are: {known}") from None
    try:
        version = msgspec.json.decode(raw, type=_Versioned).format
        if version > FORMAT:
            raise RunError(
                f"{path}: format {version}, this program reads up to {FORMAT}; update it"
            )
        return msgspec.json.decode(raw, type=Run)
    except msgspec.DecodeError as error:
        raise RunError(f"{path}: no run, or damaged ({error}); freeze it again") from None


def save(run: Run, path: Path) -> None:
    """Write a run as JSON that reads well in a diff; a file is there whole or not at all."""
    raw = msgspec.json.encode(run, order="deterministic")
    write(path, msgspec.json.format(raw, indent=1) + b"\n")


def write(path: Path, content: bytes) -> None:
    """Write a file aside and put it in its place whole; its directory is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(aside).chmod(0o666 & ~umask)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def compare(now: Run, before: Run) -> tuple[Table, ...]:
    """Return a table for each table of either run: each number now, before, and what that means.

    Tables are matched by track and title, rows by their keys, figures by their column. What only
    one of the runs has is listed too, as `new` or `gone`; text that isn't a key is passed over.
    """
    mine, theirs = _tables(now), _tables(before)
    titles = [*mine, *(title for title in theirs if title not in mine)]
    systems = {system.name for system in (*now.systems, *before.systems)}
    found = (_compared(title, mine.get(title), theirs.get(title), systems) for title in titles)
    return tuple(table for table in found if table.rows)


class _Versioned(msgspec.Struct):
    format: int


def _table_faults(tables: Sequence[Table]) -> Iterator[str]:
    for table in tables:
        where = f"table {table.title!r}"
        if not 0 < table.keys <= len(table.columns):
            yield f"{where} has {table.keys} key columns of {len(table.columns)}"
        for number, row in enumerate(table.rows, 1):
            if len(row) != len(table.columns):
                yield f"{where}, row {number}: {len(row)} cells, {len(table.columns)} columns"
            if any(isinstance(cell, float) and not math.isfinite(cell) for cell in row):
                yield f"{where}, row {number}: a number is not finite; None says not measured"


def _curve_faults(result: Result) -> Iterator[str]:
    for curve in result.curves:
        where = f"curve {curve.label!r} of {curve.plot!r}"
        if len(curve.x) != len(curve.y):
            yield f"{where}: {len(curve.x)} x, {len(curve.y)} y"
        if not all(map(math.isfinite, (*curve.x, *curve.y))):
            yield f"{where}: a number is not finite"
    for case in result.cases:
        if not math.isfinite(case.bits):
            yield f"case {case.left!r} ~ {case.right!r}: bits are not finite"


def _tables(run: Run) -> dict[tuple[str, str], Table]:
    """Each table by its track and title; the k-th of one title by `#k`."""
    found: dict[tuple[str, str], Table] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for track, table in ((r.track, table) for r in run.results for table in r.tables):
        seen[track, table.title] += 1
        count = seen[track, table.title]
        found[track, table.title if count == 1 else f"{table.title} #{count}"] = table
    return found


def _compared(
    title: tuple[str, str], now: Table | None, before: Table | None, systems: Set[str]
) -> Table:
    known = now or before
    assert known is not None
    mine, theirs = _figures(now), _figures(before)
    order = [*mine, *(key for key in theirs if key not in mine)]
    rows = []
    for key in order:
        a, b = mine.get(key), theirs.get(key)
        change = None if a is None or b is None else a - b
        # Where a column is a system's, the title says what is measured.
        measure = title[1] if key[-1] in systems else key[-1]
        rows.append((*key, a, b, change, _verdict(measure, a, b)))
    # Keys of the two runs may differ in number: the shorter are filled up.
    width = max((len(row) for row in rows), default=0)
    filled = tuple((*row[:-5], *[""] * (width - len(row)), *row[-5:]) for row in rows)
    keys = max(now.keys if now else 0, before.keys if before else 0)
    columns = (*known.columns[: known.keys], *[""] * (keys - known.keys))
    return Table(
        title=f"{title[0]}: {title[1]}",
        columns=(*columns, "measure", "now", "before", "change", "verdict"),
        rows=filled,
        keys=keys + 1,
    )


def _figures(table: Table | None) -> Mapping[tuple[str, ...], float | int | None]:
    """Each number of a table by its row's keys and its column; the k-th of equal rows by `#k`."""
    found: dict[tuple[str, ...], float | int | None] = {}
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows if table else ():
        assert table is not None
        keys = tuple(_text(cell) for cell in row[: table.keys])
        seen[keys] = count = seen.get(keys, 0) + 1
        if count > 1:
            keys = (*keys[:-1], f"{keys[-1]} #{count}")
        for column, cell in zip(table.columns[table.keys :], row[table.keys :], strict=True):
            if not isinstance(cell, str):
                found[(*keys, column)] = cell
    return found


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _verdict(measure: str, now: float | None, before: float | None) -> Verdict:
    if now is None or before is None:
        return "same" if now is before else "gone" if now is None else "new"
    if abs(now - before) < NOISE:
        return "same"
    sign = better(measure)
    if not sign:
        return "changed"
    return "better" if (now - before) * sign > 0 else "worse"
