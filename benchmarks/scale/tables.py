"""What was measured as tables and curves: gazetteers of each size, systems side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from benchmarks.datasets.coined.mentions import CLASSES
from benchmarks.datasets.synthetic import SyntheticMention
from benchmarks.protocol import Cell, Curve, Table
from benchmarks.scale.asking import Asked
from benchmarks.scale.pairs import Compared
from benchmarks.scale.sized import Sized
from benchmarks.scale.start import Started
from benchmarks.systems.ours import Ours
from benchmarks.throughput import LEAST_ASKED
from resolve.matching.index import POOL

__all__ = [
    "batch",
    "candidates",
    "curves",
    "growth",
    "index",
    "memory",
    "pairs",
    "single",
    "start",
]

Found: TypeAlias = Mapping[int, Sized]
"""What was measured, by the number of actors, ascending."""
Row: TypeAlias = tuple[Cell, ...]

SPEED = "names a second of a core"


def index(found: Found) -> Table:
    """Return what it takes to build the index file, and how soon it answers."""
    rows = [
        (n, Ours.name, b.seconds, b.core, b.peak, b.size, o.milliseconds, o.first)
        for n, own in found.items()
        for b, o in [(own.built, own.opened)]
    ]
    columns = (
        "actors",
        "system",
        "build seconds",
        "core seconds",
        "build peak MiB",
        "file MB",
        "open ms",
        "first decision seconds",
    )
    note = (
        "From a data package on the disk to a file; opened again and again, so that it is in the "
        "system's memory. The first decision reads all of it, to see that it is sound."
    )
    return Table("Index file", columns, tuple(rows), 2, note)


def batch(found: Found) -> Table:
    """Return how fast a list of names is answered."""
    rows: list[Row] = []
    for actors, name, own in _each(found):
        many = len(own.first)
        known = [m.actor is not None for m in found[actors].batch[:many]]
        right = sum(own.first) / max(sum(known), 1)
        speeds = many / own.core, many / own.seconds
        rows.append((actors, name, many, *speeds, right, own.prepared, own.peak))
    columns = (
        "actors",
        "system",
        "asked",
        SPEED,
        "names a second",
        "right",
        "ready after seconds",
        "peak MiB",
    )
    note = (
        "Distinct names, each process on one thread. `right`: the share of the names with an actor "
        "that have it first. Ours from the index file, the peers from names in memory."
    )
    return Table("A list of names", columns, tuple(rows), 2, note)


def single(found: Found) -> Table:
    """Return how long one name takes."""
    rows: list[Row] = []
    for actors, name, own in _each(found):
        waits = (float(np.percentile(own.single, p)) for p in (50, 95, 99))
        cost = (float(np.percentile(own.single_core, p)) for p in (50, 99))
        rows.append((actors, name, len(own.single), *waits, *cost))
    columns = ("actors", "system", "asked", "p50 ms", "p95 ms", "p99 ms", "p50 core ms")
    note = "Other names than those of the list, asked one by one before it."
    return Table("One name, warm", (*columns, "p99 core ms"), tuple(rows), 2, note)


def growth(found: Found) -> Table:
    """Return how much more a name costs among more actors."""
    rows: list[Row] = []
    for (fewer, first), (more, later) in pairwise(found.items()):
        for name in (name for name in later.said if name in first.said):
            costs = [own.core / len(own.first) for own in (first.said[name], later.said[name])]
            rows.append((fewer, more, name, costs[1] / costs[0]))
    note = "A core's seconds for a name of a list, among more actors and among fewer."
    columns = ("from actors", "actors", "system", "times the cost")
    return Table("Growth", columns, tuple(rows), 3, note)


def candidates(found: Found, hidden: str) -> Table:
    """Return what is found of each class of mentions, those told by unseen words by themselves.

    Of a system that says what another says it isn't told again: `hidden` is its name.
    """
    rows: list[Row] = []
    for kind in (kind for kind in CLASSES if kind != "nil"):
        for words, chosen in _WORDS.items():
            for actors, name, said in _each(found):
                own = [chosen(m) and m.kind == kind for m in found[actors].batch]
                if name != hidden:
                    rows.append((actors, kind, words, name, *_figures(own, said)))
    rows.sort(key=lambda row: int(str(row[0])))
    note = (
        "Classes as in `benchmarks/datasets/coined/mentions.py`. `unseen`: told by a family name "
        f"that the model's lexicon hasn't got. Looked at are {POOL} names of the gazetteer; a "
        "peer that compares all has no such number."
    )
    columns = ("actors", "mentions", "words", "system")
    figures = ("asked", "recall at 1", "asked for all", "recall of those looked at")
    return Table("Candidates by class", (*columns, *figures), tuple(rows), 4, note)


_WORDS: dict[str, Callable[[SyntheticMention], bool]] = {
    "any": lambda mention: True,
    "unseen": lambda mention: mention.unseen,
}


def _figures(own: Sequence[bool], said: Asked) -> Iterator[Cell]:
    """Of the names chosen: how many were asked and the share that is right, for both questions."""
    for answers in (said.first, said.pooled):
        right = [answer for answer, chosen in zip(answers, own, strict=False) if chosen]
        yield len(right)
        yield sum(right) / len(right) if len(right) >= LEAST_ASKED else None


def memory(found: Found) -> Table:
    """Return the memory of processes that share an index file."""
    rows: list[Row] = []
    for actors, own in found.items():
        for held in own.held:
            rss, pss, files = (
                float(np.mean([getattr(each, what) for each in held]))
                for what in ("rss", "pss", "files")
            )
            rows.append((actors, Ours.name, len(held), rss, pss, files, pss * len(held)))
    note = "PSS counts what two processes share a half in each. Each has answered names before."
    columns = ("actors", "system", "processes", "each RSS MiB", "each PSS MiB")
    more = ("PSS of files MiB", "together MiB")
    return Table("Memory of processes that share an index", (*columns, *more), tuple(rows), 3, note)


def pairs(found: Sequence[Compared]) -> Table:
    """Return how many pairs of names a second are aligned, and compared in full."""
    rows = [(own.what, own.system, own.asked, own.speed, own.right) for own in found]
    columns = ("what", "system", "asked", "pairs a second of a core", "right")
    note = (
        "Aligned: by the evidence of their parts, as a search hands it on. In full: two written "
        "names, read and compared. `right`: how often a name's own is above another one."
    )
    return Table("Pairs of names", columns, tuple(rows), 2, note)


def start(found: Sequence[Started]) -> Table:
    """Return what a new process takes to a first decision, and a bare one beside it."""
    rows = [(own.what, own.system, own.seconds, own.peak) for own in found]
    note = "The whole process, Python included, with the gazetteer that ships; medians."
    return Table("Start", ("what", "system", "seconds", "peak MiB"), tuple(rows), 2, note)


def curves(found: Found) -> tuple[Curve, ...]:
    """Return how the speed of each system falls as the gazetteer grows; of one size, none."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for actors, name, own in _each(found):
        lines.setdefault(name, []).append((float(actors), len(own.first) / own.core))
    return tuple(
        Curve(
            "Names a second as the gazetteer grows",
            name,
            tuple(x for x, _ in points),
            tuple(y for _, y in points),
            "actors in the gazetteer",
            SPEED,
            x_scale="log",
        )
        for name, points in lines.items()
        if len(points) > 1
    )


def _each(found: Found) -> Iterator[tuple[int, str, Asked]]:
    """The number of actors, the system, and what it said."""
    return ((n, name, said) for n, own in found.items() for name, said in own.said.items())
