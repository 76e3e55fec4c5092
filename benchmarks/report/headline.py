"""The figures that stand first: how precise the links are, with their interval, as lists grow.

They are read from the first table of the merges track that has a row for each system and number
of actors: of all scripts together, where it has them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from benchmarks.protocol import Cell, Curve, Table
from benchmarks.report.plots import Plot, plot
from benchmarks.report.styles import Look
from benchmarks.report.text import number
from benchmarks.runs import Run

__all__ = ["First", "Headline", "headline"]

TRACK, SIZE = "merges", "actors"
MEASURES = ("precision", "low", "high", "recall", "recall at P .99")
WIDTH, HEIGHT = 460, 320  # CSS pixels
LABELS = 10  # peers that are labelled


@dataclass(frozen=True)
class First:
    """Our links among so many actors, and beside what we find at precision .99 the best peer."""

    actors: str
    precision: str
    interval: str
    recall: str
    sure: str
    peer: str
    peer_sure: str


@dataclass(frozen=True)
class Headline:
    """What is counted, a figure for each size, and the curves of all systems."""

    about: str
    firsts: tuple[First, ...]
    plots: tuple[Plot, ...]


class _Point(NamedTuple):
    about: str
    system: str
    actors: int
    precision: float | None
    low: float | None
    high: float | None
    recall: float | None
    sure: float | None  # recall at precision .99


def headline(run: Run) -> Headline | None:
    """Return what stands first, or None where the run has no merges of ours."""
    systems = tuple(system.name for system in run.systems)
    tables = [table for r in run.results if r.track == TRACK for table in r.tables]
    points = next((p for table in tables if (p := _points(table, systems))), [])
    mine = [point for point in points if point.system == run.ours]
    if not mine:
        return None
    look = Look(systems, run.ours, "headline", WIDTH, HEIGHT, LABELS)
    return Headline(mine[0].about, tuple(_first(p, points) for p in mine), _plots(points, look))


def _points(table: Table, systems: Sequence[str]) -> list[_Point]:
    """The table's rows by system and size, of the names that its first row counts."""
    if SIZE not in table.columns[: table.keys] or MEASURES[0] not in table.columns:
        return []
    found: dict[tuple[str, int], _Point] = {}
    first: str | None = None
    for row in table.rows:
        cells = dict(zip(table.columns, row, strict=True))
        keys = list(row[: table.keys])
        size = cells[SIZE]
        system = next((str(cell) for cell in keys if cell in systems), None)
        if system is not None and isinstance(size, int):
            about = ", ".join(str(cell) for cell in keys if cell not in (size, system))
            first = about if first is None else first
            figures = [_figure(cells.get(measure)) for measure in MEASURES]
            if about == first:
                found.setdefault((system, size), _Point(about, system, size, *figures))
    return sorted(found.values(), key=lambda p: (systems.index(p.system), p.actors))


def _first(mine: _Point, points: Sequence[_Point]) -> First:
    peers = [p for p in points if p.system != mine.system and p.actors == mine.actors]
    best = max(peers, key=lambda p: p.sure or 0.0, default=None)
    interval = "" if mine.low is None else f"{_said(mine.low)}–{_said(mine.high)}"
    return First(
        number(mine.actors),
        _said(mine.precision) or "–",
        interval,
        _said(mine.recall),
        _said(mine.sure),
        best.system if best else "",
        _said(best.sure) if best else "",
    )


def _plots(points: Sequence[_Point], look: Look) -> tuple[Plot, ...]:
    precise = "Precision of the links that are emitted, with its 95 % interval"
    sure = "Recall at precision .99, all systems by their scores"
    links = [p for p in points if p.precision is not None and p.low is not None]
    intervals: dict[str, list[tuple[float, float]]] = {}
    for p in links:
        intervals.setdefault(p.system, []).append((p.low or 0.0, p.high or 0.0))
    drawn = [
        (precise, _curves(precise, "precision", [(p, p.precision) for p in links]), intervals),
        (sure, _curves(sure, "recall", [(p, p.sure) for p in points]), None),
    ]
    return tuple(
        plot(title, curves, msgspec.structs.replace(look, name=f"headline-{k}"), bounds)
        for k, (title, curves, bounds) in enumerate(drawn, 1)
        if curves
    )


def _curves(title: str, measure: str, values: Sequence[tuple[_Point, float | None]]) -> list[Curve]:
    lines: dict[str, list[tuple[float, float]]] = {}
    for point, value in values:
        if value is not None:
            lines.setdefault(point.system, []).append((float(point.actors), value))
    return [
        Curve(
            title,
            system,
            tuple(x for x, _ in own),
            tuple(y for _, y in own),
            "actors in the gazetteer",
            measure,
            x_scale="log",
        )
        for system, own in lines.items()
    ]


def _figure(cell: Cell | None) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def _said(value: float | None) -> str:
    return "" if value is None else number(value)
