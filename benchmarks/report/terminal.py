"""The first table of each track in the terminal, ours in colour, with what did not work."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text

from benchmarks.protocol import Table
from benchmarks.report.goals import standing
from benchmarks.report.tables import shown
from benchmarks.runs import Run

__all__ = ["show"]

LONGEST = 24
"""Rows that are drawn; the page has all."""


def show(run: Run, console: Console) -> None:
    """Print the headline table of each track, where the goals stand, and what failed."""
    systems = [system.name for system in run.systems]
    for result in run.results:
        table = next((table for table in result.tables if table.rows), None)
        if table is not None:
            _print(table, console, systems, run.ours, result.track)
    goals = standing(run)
    measured = tuple(row for row in goals.rows if row[3] is not None)
    if measured:
        own = Table(goals.title, goals.columns, measured, goals.keys)
        _print(own, console, systems, run.ours, "")
    for failure in run.failures:
        console.print(Text(f"{failure.track} failed: {failure.reason}", style="bold red"))


def _print(table: Table, console: Console, systems: list[str], ours: str, track: str) -> None:
    read = shown(table, systems, ours)
    title = f"{track}: {table.title}" if track else table.title
    drawn = Drawn(title=Text(title), title_justify="left", title_style="bold", box=None)
    for column in read.columns:
        drawn.add_column(Text(column.title), justify="right" if column.figures else "left")
    for row in read.rows[:LONGEST]:
        style = "bold" if row.ours else ""
        drawn.add_row(*(Text(cell.text.striptags()) for cell in row.cells), style=style)
    console.print()
    console.print(drawn)
    if len(read.rows) > LONGEST:
        console.print(Text(f"  and {len(read.rows) - LONGEST} rows more in the page", style="dim"))
