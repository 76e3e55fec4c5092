"""Where we stand against the goals: each met, or missing how much, the best peer beside it.

The goals are in `benchmarks/goals.toml`. A figure that the run doesn't hold is said to be not
measured, never passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import cache
from pathlib import Path
from typing import TypeAlias

import msgspec

from benchmarks.protocol import Cell, Table
from benchmarks.runs import Run

__all__ = ["Goal", "goals", "standing"]

FILE = Path(__file__).parent.parent / "goals.toml"

_Row: TypeAlias = tuple[Cell, ...]


class Goal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure to be reached: where it is found, how much is wanted, what others reached.

    `where` gives for key columns what they must hold; of a list, the first that is there.
    """

    name: str
    track: str
    where: dict[str, str | int | tuple[str, ...]]
    measure: str
    goal: float
    at_most: bool = False
    second_study: float | None = None
    best_peer: float | None = None
    table: str | None = None
    """The title of the table that is meant; by default the first that has the figure."""
    system: str | None = None
    """Whose figure it is; by default the run's own system's."""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    goal: tuple[Goal, ...]


@cache
def goals() -> tuple[Goal, ...]:
    """Return the goals, in the order of their file."""
    return msgspec.toml.decode(FILE.read_bytes(), type=_File).goal


def standing(run: Run, wanted: Sequence[Goal] | None = None) -> Table:
    """Return where the run's own system stands against each goal."""
    systems = {system.name for system in run.systems}
    rows = []
    for goal in goals() if wanted is None else wanted:
        worst, best = (max, min) if goal.at_most else (min, max)
        figures: dict[str, float] = {}
        own = goal.system or run.ours
        for system, value in _figures(run, goal, systems | {own}):
            figures[system] = worst(value, figures.get(system, value))
        mine = figures.pop(own, None)
        figures.pop(run.ours, None)  # the other way of ours is no peer
        peer = best(figures.values()) if figures else None
        standing = _said(goal, mine)
        others = (peer, goal.second_study, goal.best_peer)
        rows.append((goal.name, goal.measure, goal.goal, mine, standing, *others))
    return Table(
        title="Goals",
        columns=(
            "where",
            "measure",
            "goal",
            run.ours,
            "standing",
            "best peer, this run",
            "second study",
            "best peer, study",
        ),
        rows=tuple(rows),
        keys=2,
    )


def _figures(run: Run, goal: Goal, systems: Set[str]) -> Iterator[tuple[str, float]]:
    """The figures that a goal asks for, with their systems, of the first table that has them.

    In a joined run others may have its title, with other systems for columns: they count too.
    """
    found: str | None = None
    tables = (table for r in run.results if r.track == goal.track for table in r.tables)
    for table in (t for t in tables if goal.table in (None, t.title)):
        rows = _rows(table, goal) if found in (None, table.title) else []
        if rows and goal.measure in table.columns:
            yield from _of_rows(rows, table, goal, systems)
            found = table.title
        elif rows and goal.measure == table.title:
            yield from _of_columns(rows, table, systems)
            found = table.title


def _rows(table: Table, goal: Goal) -> list[_Row]:
    """The rows of a table that a goal is about."""
    keys = table.columns[: table.keys]
    rows = list(table.rows) if set(goal.where) <= set(keys) else []
    for column, wanted in goal.where.items():
        k = keys.index(column) if rows else 0
        held = {row[k] for row in rows}
        choices = wanted if isinstance(wanted, tuple) else (wanted,)
        value = next((choice for choice in choices if choice in held), None)
        rows = [row for row in rows if row[k] == value]
    return rows


def _of_rows(
    rows: Sequence[_Row], table: Table, goal: Goal, systems: Set[str]
) -> Iterator[tuple[str, float]]:
    column = table.columns.index(goal.measure)
    for row in rows:
        value = row[column]
        if isinstance(value, int | float):
            yield from ((str(c), value) for c in row[: table.keys] if c in systems)


def _of_columns(
    rows: Sequence[_Row], table: Table, systems: Set[str]
) -> Iterator[tuple[str, float]]:
    for row in rows:
        for column, value in zip(table.columns, row, strict=True):
            if column in systems and isinstance(value, int | float):
                yield column, value


def _said(goal: Goal, value: float | None) -> str:
    if value is None:
        return "not measured"
    short = value - goal.goal if goal.at_most else goal.goal - value
    if short <= 0:
        return "met"
    if short >= 10:
        return f"missed by {short:,.0f}"
    # Three digits, rounded away from nought: a goal that is missed is never missed by .000.
    return f"missed by {max(short, 0.001):.3f}".replace(" 0.", " .")
