"""What does it take to link to gazetteers of up to a million? Beside the fastest peers, in one run.

    index file   built from a data package, and opened
    a list       distinct names in batch, on one thread: ours with numba and without, and peers
    one name     milliseconds once everything is warm
    candidates   whether the right actor is looked at, class by class, and on words never seen
    memory       of two processes that share the index file
    pairs        pairs of names a second, aligned alone and compared in full
    start        a new process to a first decision, with the gazetteer that ships

Actors and mentions are made up (`datasets.synthetic`). Each system is asked in a process of its
own, for the same names; what it answers is looked at. A core's seconds count: the clock's depend
on what else the machine does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.protocol import Result, System
from benchmarks.scale import tables
from benchmarks.scale.limits import Limits
from benchmarks.scale.pairs import compared
from benchmarks.scale.runners import PEERS
from benchmarks.scale.sized import Routes, measured
from benchmarks.scale.start import started
from benchmarks.systems.ours import Ours
from resolve.compiled import available

__all__ = ["PLAIN", "SIZES", "run"]

SIZES = (10_000,)
"""Actors of the gazetteers."""
PLAIN = f"{Ours.name}, without numba"
"""What the tables call ours where the extra `fast` isn't installed."""


def run(
    data: Path | None,
    systems: Sequence[System],
    progress: Callable[[str], None] = lambda text: None,
    *,
    sizes: Sequence[int] = SIZES,
    most: int | None = None,
    limits: Limits | None = None,
) -> Result:
    """Return what it takes to link to gazetteers of these sizes.

    `most` names are asked for at most; `data` isn't needed. Raises WrongAnswersError if our own
    answers aren't right.
    """
    limits = (limits or Limits()).within(most, min(sizes))
    routes = _routes()
    peers, notes = _peers(systems)
    found = [measured(size, limits, routes, peers, progress) for size in sorted(set(sizes))]
    by_size = {own.actors: own for own in found}
    shown = (
        tables.batch(by_size),
        tables.single(by_size),
        tables.growth(by_size),
        tables.candidates(by_size, hidden=PLAIN if Ours.name in routes else ""),
        tables.index(by_size),
        tables.memory(by_size),
        tables.pairs(compared(limits, routes, peers, progress)),
        tables.start(started(limits.rounds, progress)),
    )
    notes += [note for own in found for note in own.notes]
    return Result("scale", shown, tables.curves(by_size), notes=tuple(notes))


def _routes() -> Routes:
    """Our names in the tables, and whether numba is hidden."""
    return {Ours.name: False, PLAIN: True} if available() else {PLAIN: True}


def _peers(systems: Sequence[System]) -> tuple[list[str], list[str]]:
    """The peers that are asked, and why others aren't."""
    peers = [system for system in systems if system.name in PEERS]
    notes = [f"{s.name} isn't asked: {lacks}" for s in peers if (lacks := s.missing())]
    if not available():
        notes.append(
            f"Only {PLAIN} is measured: numba isn't installed. pip install 'resolve-names[fast]'"
        )
    return [system.name for system in peers if system.missing() is None], notes
