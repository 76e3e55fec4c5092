"""A table's figures as they are read: shares to three digits, counts with commas.

What is our own system's is marked, and the best figure among the systems of one slice, whether
they are rows or columns; what was not measured is a dash. Text that holds right-to-left letters is
isolated from what stands beside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import msgspec
from markupsafe import Markup, escape

from benchmarks.protocol import Cell, Table
from benchmarks.runs import better

__all__ = ["Column", "Figure", "Row", "Shown", "isolated", "number", "prose", "shown"]

ABSENT = "–"
MINUS = "−"
INTERVAL = "95 % interval"
LONG = 48  # characters of a text that may be broken
SHARE_DIGITS = 3

_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # written from right to left
_RTL = re.compile(f"[{_LETTERS}]")
_RUN = re.compile(f"([{_LETTERS}](?:[^\\w{_LETTERS}]*[{_LETTERS}])*)")
_LETTER = re.compile(r"[^\W\d_]")
_BDI = Markup("<bdi dir=auto>{}</bdi>")
_ISOLATED = re.compile("(\u2068[^\u2068\u2069]*\u2069)")
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
_BESIDE = re.compile(r"( ~ | = | -> | → | / )")
_SIGNED = ("change", "difference", "gain", "bits")
_MEASURE = "measure"
_MARKS = {
    "pass": "yes",
    "passed": "yes",
    "met": "yes",
    "better": "yes",
    "fail": "no",
    "failed": "no",
    "missed": "no",
    "worse": "no",
    "gone": "no",
    "not measured": "none",
}


@dataclass(frozen=True)
class Column:
    """A column's title, whether it holds figures, and whether it is our system's."""

    title: Markup
    figures: bool
    ours: bool


@dataclass(frozen=True)
class Figure:
    """A cell as it is read, its classes in the page, and whether it heads its row."""

    text: Markup
    classes: str
    heads: bool = False


@dataclass(frozen=True)
class Row:
    """Cells, whether the row is our system's, and whether a new slice begins with it."""

    cells: tuple[Figure, ...]
    ours: bool
    begins: bool


@dataclass(frozen=True)
class Shown:
    """A table as it stands in the page."""

    title: Markup
    note: Markup
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def shown(table: Table, systems: Sequence[str] = (), ours: str = "") -> Shown:
    """Return a table as it is read; `systems` are the names that its rows or columns may bear."""
    table = _with_intervals(table)
    by = _system_column(table, systems)
    table = _slice_by_slice(table, by)
    columns = tuple(
        Column(_header(title), _figures(table, k), k >= table.keys and _is_ours(title, ours))
        for k, title in enumerate(table.columns)
    )
    best = _best(table, by, systems)
    rows = []
    for r, row in enumerate(table.rows):
        cells = tuple(
            _cell(table, r, k, columns[k], (r, k) in best, k == by) for k in range(len(row))
        )
        mine = by is not None and _is_ours(row[by], ours)
        begins = r > 0 and _lead(table, r, by) != _lead(table, r - 1, by)
        rows.append(Row(cells, mine, begins))
    return Shown(isolated(table.title), prose(table.note), columns, tuple(rows))


def number(value: float | int, whole: Sequence[float] = (), signed: bool = False) -> str:
    """Return a number as it is read beside the others of its column.

    >>> number(.98765), number(1.0), number(10000), number(-3.5, [120.25, -3.5])
    ('.988', '1.000', '10,000', '−3.5')
    """
    if isinstance(value, int):
        said = f"{abs(value):,}"
    else:
        top = max(map(abs, (*whole, value)))
        digits = SHARE_DIGITS if top <= 1 else 2 if top < 10 else 1 if top < 1000 else 0
        said = f"{abs(value):,.{digits}f}"
        if digits == SHARE_DIGITS:
            said = said.removeprefix("0")
    nought = not any(c in "123456789" for c in said)
    sign = "" if nought else MINUS if value < 0 else "+" if signed else ""
    return sign + said


def isolated(text: str) -> Markup:
    """Return the text, safe in HTML, what is written from right to left set in <bdi dir=auto>.

    A name that begins so is isolated as a whole; of other text the words that are.

    >>> isolated("حداد <b> ~ Haddad")
    Markup('<bdi dir=auto>حداد &lt;b&gt;</bdi> ~ Haddad')
    """
    if not _RTL.search(text):
        return escape(text.translate(_ISOLATES))
    # Where a track has isolated the names itself, they are known; else it is what stands between.
    split = _ISOLATED if _ISOLATED.search(text) else _BESIDE
    parts = (part.translate(_ISOLATES) for part in split.split(text) if part)
    return Markup("").join(map(_runs, parts))


def _runs(text: str) -> Markup:
    first = _LETTER.search(text)
    if first and _RTL.match(first[0]):
        return _BDI.format(text)
    return Markup("").join(
        _BDI.format(part) if _RTL.match(part) else escape(part) for part in _RUN.split(text)
    )


def prose(text: str) -> Markup:
    """Return a sentence, isolated as a name is, what stands in backticks as code.

    >>> prose("`+amb`: with")
    Markup('<code>+amb</code>: with')
    """
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if k % 2 else isolated(part)
        for k, part in enumerate(text.split("`"))
    )


def _header(title: str) -> Markup:
    """A column's title, broken after underscores if need be and never at a hyphen."""
    return escape(title).replace("_", Markup("_<wbr>")).replace("-", "\u2011")


def _slice_by_slice(table: Table, by: int | None) -> Table:
    """The table with the systems of one slice together, slices in the order of their first row."""
    if by is None:
        return table
    slices: dict[tuple[Cell, ...], list[tuple[Cell, ...]]] = {}
    for r, row in enumerate(table.rows):
        slices.setdefault(_lead(table, r, by), []).append(row)
    return msgspec.structs.replace(table, rows=tuple(chain.from_iterable(slices.values())))


def _with_intervals(table: Table) -> Table:
    """The table with the columns `low` and `high`, where they stand together, as one interval."""
    if ("low", "high") not in pairwise(table.columns):
        return table
    k = table.columns.index("low")
    rows = [(*row[:k], _interval(*row[k : k + 2]), *row[k + 2 :]) for row in table.rows]
    columns = (*table.columns[:k], INTERVAL, *table.columns[k + 2 :])
    return msgspec.structs.replace(table, columns=columns, rows=tuple(rows))


def _interval(low: Cell, high: Cell) -> Cell:
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return None
    return f"{number(float(low))}–{number(float(high))}"


def _cell(table: Table, r: int, k: int, column: Column, best: bool, system: bool) -> Figure:
    value, figures, mine = table.rows[r][k], column.figures, column.ours
    key = k < table.keys
    again = key and r > 0 and table.rows[r][: k + 1] == table.rows[r - 1][: k + 1]
    text, classes = _read(table, r, k)
    if isinstance(value, str) and not figures:
        short = len(value) <= LONG
        classes += ["key" if key and short else "word" if short else "text"]
    classes += ["figure"] if figures else []
    classes += ["again"] if again else []
    classes += ["best"] if best else []
    classes += ["system"] if system else []
    classes += ["mine"] if mine else []
    return Figure(text, " ".join(classes), k == 0)


def _read(table: Table, r: int, k: int) -> tuple[Markup, list[str]]:
    """A cell as it is read, and what it says beyond its text: a mark, or nothing measured."""
    value, column = table.rows[r][k], table.columns[k]
    if value is None:
        return Markup(ABSENT), ["none"]
    if isinstance(value, str):
        mark = "" if k < table.keys else _MARKS.get(value.casefold().partition(" by ")[0], "")
        return isolated(value), ["low"] if column == INTERVAL else [mark] if mark else []
    signed = any(word in column.casefold() for word in _SIGNED)
    return escape(number(value, _peers(table, r, k), signed)), []


def _peers(table: Table, r: int, k: int) -> list[float]:
    """The numbers that a number is read beside: its column's, or of one measure its measure's."""
    rows: Sequence[tuple[Cell, ...]] = table.rows
    if _MEASURE in table.columns:
        return []
    return [row[k] for row in rows if isinstance(row[k], float)]  # type: ignore[misc]


def _figures(table: Table, k: int) -> bool:
    if table.columns[k] == INTERVAL:
        return True
    cells = [row[k] for row in table.rows if row[k] is not None]
    return not any(isinstance(cell, str) for cell in cells)


def _system_column(table: Table, systems: Sequence[str]) -> int | None:
    for k in range(table.keys):
        cells = [row[k] for row in table.rows]
        if cells and any(cell in systems for cell in cells):
            return k
    return None


def _is_ours(cell: Cell, ours: str) -> bool:
    return bool(ours) and isinstance(cell, str) and (cell == ours or cell.startswith(f"{ours},"))


def _lead(table: Table, r: int, by: int | None) -> tuple[Cell, ...]:
    """What a row is about, its system apart; of tables without systems their first key."""
    keys = table.rows[r][: table.keys]
    if by is None:
        return keys[:1] if table.keys > 1 else ()
    return tuple(cell for k, cell in enumerate(keys) if k != by)


def _best(table: Table, by: int | None, systems: Sequence[str]) -> set[tuple[int, int]]:
    """The places of the best figures: of each slice's rows, or of each row's systems."""
    found: set[tuple[int, int]] = set()
    if by is None:
        own = [k for k, column in enumerate(table.columns) if column in systems]
        for r in range(len(table.rows)):
            found |= _top(table, [(r, k) for k in own], better(table.title))
        return found
    slices: dict[tuple[Cell, ...], list[int]] = {}
    for r in range(len(table.rows)):
        slices.setdefault(_lead(table, r, by), []).append(r)
    for k in range(table.keys, len(table.columns)):
        for rows in slices.values():
            found |= _top(table, [(r, k) for r in rows], better(table.columns[k]))
    return found


def _top(table: Table, places: Sequence[tuple[int, int]], sign: int) -> set[tuple[int, int]]:
    """The places of the highest figure, or the lowest; none where there is nothing to choose."""
    cells = {(r, k): table.rows[r][k] for r, k in places}
    values = {p: v * sign for p, v in cells.items() if isinstance(v, int | float)}
    if not sign or len(values) < 2:
        return set()
    top = max(values.values())
    return {place for place, value in values.items() if value == top}
