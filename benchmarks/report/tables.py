"""A table as it is read: its systems slice by slice, its intervals in one column.

What is our own system's is marked, and the best figure among the systems of one slice, whether
they are rows or columns; what was not measured is a dash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import msgspec
from markupsafe import Markup, escape

from benchmarks.measures import better
from benchmarks.protocol import Cell, Table
from benchmarks.report.text import isolated, number, prose

__all__ = ["Column", "Figure", "Row", "Shown", "shown"]

ABSENT = "–"
INTERVAL = "95 % interval"
LONG = 48  # characters of a text that may be broken

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
    # Figures are what the page expects: they need no class.
    if not figures:
        short = value is None or (isinstance(value, str) and len(value) <= LONG)
        kind = "key" if key and short else "word" if short else "text"
        classes += ["again" if again else kind]
    elif again:
        classes += ["again", "figure"]
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
