"""Several runs as one: a long run may be made in parts, as ours on more actors than the peers.

Of the same track, tables of the same title and columns are joined row by row, as are those with a
column for each system; where two runs measure the same of the same system, the later counts.
Nothing else is left out: tables that don't fit together both stand, and what failed in a part is
told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import TypeVar

import msgspec

from benchmarks.protocol import Case, Cell, Curve, Result, Table
from benchmarks.runs import Command, Failure, Measured, Run, RunError

__all__ = ["join"]

SYSTEM = "system"
"""The column that says whose figures a row has, be it a key or not."""

T = TypeVar("T")


def join(runs: Mapping[str, Run], order: Sequence[str]) -> Run:
    """Return one run that holds what all of them found, its tracks in this order.

    The runs are given by the names that errors call them by, the later ones after the earlier;
    there is one at least. Raises RunError where two were made on different files of one name, or
    are about different systems.
    """
    for (name, first), (other, later) in combinations(runs.items(), 2):
        _agree(name, first, other, later)
    joined, *others = runs.values()
    for run in others:
        joined = _joined(joined, run)
    place = {track: number for number, track in enumerate(order)}
    results = sorted(joined.results, key=lambda result: place.get(result.track, len(place)))
    # A part may have been made of peers alone: ours comes first all the same.
    systems = sorted(joined.systems, key=lambda system: system.name != joined.ours)
    return msgspec.structs.replace(joined, results=tuple(results), systems=tuple(systems))


def _agree(name: str, first: Run, other: str, later: Run) -> None:
    if first.ours != later.ours:
        raise RunError(f"{other} is about {later.ours}, {name} about {first.ours}: not one run")
    both = first.checksums.keys() & later.checksums.keys()
    unlike = sorted(file for file in both if first.checksums[file] != later.checksums[file])
    if unlike:
        raise RunError(
            f"{other} and {name} were made on different data: {', '.join(unlike)}; "
            "join runs of the same files"
        )


def _joined(first: Run, later: Run) -> Run:
    versions = {
        name: _both(first.versions.get(name, ""), later.versions.get(name, ""), " and ")
        for name in (first.versions | later.versions)
    }
    return Run(
        commands=_united(first.commands, later.commands, _itself),
        ours=first.ours,
        systems=_united(first.systems, later.systems, _name, _system),
        versions=versions,
        checksums=first.checksums | later.checksums,
        results=_united(first.results, later.results, _track, _result),
        failures=_united(first.failures, later.failures, _itself),
    )


def _system(first: Measured, later: Measured) -> Measured:
    """A system that was there in either run was measured, with whatever versions it had."""
    return Measured(
        first.name,
        _both(first.note, later.note, "\n"),
        _both(first.version, later.version, " and "),
        later.missing if first.missing else None,
    )


def _result(first: Result, later: Result) -> Result:
    return Result(
        first.track,
        _united(first.tables, [_fitted(t, first.tables) for t in later.tables], _shape, _table),
        _united(first.curves, later.curves, _line, _curve),
        _united(first.cases, later.cases, _pair),
        _united(first.notes, later.notes, _itself),
    )


def _fitted(table: Table, known: Iterable[Table]) -> Table:
    """A table with a column for each system, under the columns of a run of more systems.

    What it hasn't measured is what that run had found.
    """
    wider = next((other for other in known if _is_part(table, other)), None)
    if wider is None:
        return table
    before = {row[: wider.keys]: row for row in wider.rows}
    nothing = (None,) * len(wider.columns)
    rows = []
    for row in table.rows:
        now = dict(zip(table.columns, row, strict=True))
        old = zip(wider.columns, before.get(row[: wider.keys], nothing), strict=True)
        rows.append(tuple(now.get(column, cell) for column, cell in old))
    return msgspec.structs.replace(table, columns=wider.columns, rows=tuple(rows))


def _is_part(table: Table, whole: Table) -> bool:
    """Whether a table has some of the columns of another, which has one for each system."""
    alike = (table.title, table.keys) == (whole.title, whole.keys)
    return alike and set(table.columns) < set(whole.columns) and SYSTEM not in whole.columns


def _table(first: Table, later: Table) -> Table:
    rows = _united(first.rows, later.rows, partial(_about, first))
    note = _both(first.note, later.note, "\n")
    return msgspec.structs.replace(first, rows=rows, note=note)


def _curve(first: Curve, later: Curve) -> Curve:
    """The later curve; of one that goes along sizes, the points of both."""
    if first == later or later.x_scale != "log":
        return later
    earlier, now = (list(zip(curve.x, curve.y, strict=True)) for curve in (first, later))
    points = sorted(_united(earlier, now, lambda point: point[0]))
    x, y = (tuple(point[axis] for point in points) for axis in (0, 1))
    return msgspec.structs.replace(later, x=x, y=y)


def _united(
    first: Iterable[T],
    later: Iterable[T],
    key: Callable[[T], Hashable],
    both: Callable[[T, T], T] = lambda first, later: later,
) -> tuple[T, ...]:
    """The first items, then those that only the later have; of the same key, what `both` says."""
    found = dict(_numbered(first, key))
    for own, item in _numbered(later, key):
        found[own] = both(found[own], item) if own in found else item
    return tuple(found.values())


def _numbered(
    items: Iterable[T], key: Callable[[T], Hashable]
) -> Iterator[tuple[tuple[Hashable, int], T]]:
    """Each item with its key; the k-th of one key is another than the first."""
    seen: Counter[Hashable] = Counter()
    for item in items:
        own = key(item)
        seen[own] += 1
        yield (own, seen[own]), item


def _both(first: str, later: str, between: str) -> str:
    """Two texts as one that says nothing twice."""
    if first == later:
        return first
    said = (*first.split(between), *later.split(between))
    return between.join(dict.fromkeys(filter(None, said)))


def _about(table: Table, row: tuple[Cell, ...]) -> Hashable:
    """What a row is about, and whose figures it has."""
    systems = zip(table.columns, row, strict=True)
    return row[: table.keys], tuple(cell for column, cell in systems if column == SYSTEM)


def _shape(table: Table) -> Hashable:
    return table.title, table.columns, table.keys


def _line(curve: Curve) -> Hashable:
    return curve.plot, curve.label, curve.x_scale


def _pair(case: Case) -> Hashable:
    return case.group, case.left, case.right


def _track(result: Result) -> Hashable:
    return result.track


def _name(system: Measured) -> Hashable:
    return system.name


def _itself(item: Command | Failure | str) -> Hashable:
    return item
