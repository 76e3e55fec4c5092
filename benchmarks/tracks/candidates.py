"""Is the right actor among the candidates, and how many are there?

The task is that of the merges. A system's candidates are the best actors that it names, at most
fifty: what isn't among them no later stage can find. Only mentions whose actor the gazetteer has
are asked for, those with something in common with its name counted by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.datasets.distractors import pool, rounds
from benchmarks.datasets.lists import KINDS, Half, Merges, merges
from benchmarks.linked import Linked, Said, link
from benchmarks.protocol import Cell, Result, System, Table
from benchmarks.tracks.merges import LEAST, linkers
from resolve.types import Kind

__all__ = ["SIZES", "TOP", "run"]

SIZES = (10_000,)
"""Actors of the gazetteers."""
TOP = 50
"""Candidates that are asked for."""
RANKS = (1, 5, TOP)
"""Ranks at or above which the right actor counts as found."""


def run(
    data: Path | None,
    systems: Sequence[System],
    progress: Callable[[str], None] = lambda text: None,
    *,
    sizes: Sequence[int] = SIZES,
    kinds: Sequence[Kind] = KINDS,
    sources: Sequence[str] | None = None,
    half: Half = "unseen",
    most: int | None = None,
) -> Result:
    """Return how often every system that links has the right actor among its candidates.

    The options are those of the merges. Raises OptionError for a list that isn't there,
    InputError for one that can't be read.
    """
    able, notes = linkers(systems)
    found: list[Linked] = []
    for kind in kinds:
        task = _known(merges(data, kind, half, sources))
        padding = pool(data, task, max(sizes) - len(task.actors))
        for size in sorted({min(size, len(task.actors) + len(padding)) for size in sizes}):
            own = list(rounds(task, size, padding)) if task.asked else []
            for system in able if own else ():
                progress(f"{kind}, {size} actors: {system.name} names candidates")
                found.append(link(system, task, own, most, TOP))
    if most is not None:
        notes.append(f"At most {most} mentions were asked for, evenly from the task's.")
    return Result("candidates", (_table(found), _by_script(found)), notes=tuple(notes))


def _known(task: Merges) -> Merges:
    return task.with_asked(asked for asked in task.asked if asked.known)


def _table(found: Sequence[Linked]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for own in found:
        alike = [row for row in own.rows if row.asked.alike]
        for names, said in (("in common", alike), ("all", own.rows)):
            rows.append((own.kind, names, own.actors, own.system.name, *_figures(said)))
    note = f"Recall: the share whose actor is among the first 1, 5 and {TOP} that a system names."
    columns = ("kind", "names", "actors", "system", *_COLUMNS)
    return Table("Candidates", columns, tuple(rows), 4, note)


def _by_script(found: Sequence[Linked]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for own in found:
        parts: dict[str, list[Said]] = defaultdict(list)
        for row in own.rows:
            if row.asked.alike:
                parts[f"{row.asked.script.lower()}-latn"].append(row)
        for script, said in sorted(parts.items()):
            if len(said) >= LEAST:
                rows.append((own.kind, script, own.actors, own.system.name, *_figures(said)))
    note = f"Names with something in common; scripts of fewer than {LEAST} mentions aren't shown."
    columns = ("kind", "script pair", "actors", "system", *_COLUMNS)
    return Table("Candidates by script pair", columns, tuple(rows), 4, note)


_COLUMNS = (
    "mentions",
    *(f"recall at {rank}" for rank in RANKS),
    "candidates a mention",
    "candidates a mention, p95",
)


def _figures(rows: Sequence[Said]) -> tuple[Cell, ...]:
    if not rows:
        return (0, *(None,) * (len(_COLUMNS) - 1))
    ranks = np.array([_rank(row) for row in rows])
    counts = np.array([len(row.answer.ranked) for row in rows])
    recalls = [float(np.mean(ranks < rank)) for rank in RANKS]
    return (len(rows), *recalls, float(counts.mean()), float(np.quantile(counts, 0.95)))


def _rank(row: Said) -> int:
    """The right actor's place among the candidates, from 0; TOP where it isn't one."""
    ids = [id for id, _ in row.answer.ranked]
    return ids.index(row.actor) if row.actor in ids else TOP
