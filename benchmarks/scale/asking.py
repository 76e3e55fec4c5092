"""How fast are names answered, in batch and one by one, and what is found?

The clock's seconds are what a user waits; a core's are what it costs, whatever else the machine
does. Names differ throughout, so that nobody answers from memory; those of before only warm up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter, process_time

import msgspec

from benchmarks.datasets.synthetic import SyntheticMention
from benchmarks.processes import most_held
from benchmarks.scale.runners import Ready, ready
from benchmarks.systems.ours import Ours
from benchmarks.throughput import LEAST_ASKED, affordable

__all__ = ["Ask", "Asked", "ask"]


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asked, of which world, and what: names to warm up, one by one, in batch, for pools.

    A peer is asked for as many as it has time for, in seconds.
    """

    system: str
    actors: int
    seed: int
    index: str
    allowed: float
    warm: tuple[SyntheticMention, ...]
    single: tuple[SyntheticMention, ...]
    batch: tuple[SyntheticMention, ...]
    pooled: tuple[SyntheticMention, ...]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured. `first` says of each name of the batch that was asked whether its actor
    comes first, `pooled` of each other name whether it is looked at: where it has one.
    """

    prepared: float
    """Seconds until it was ready."""
    seconds: float
    core: float
    """Seconds of the clock and of a core, for the batch."""
    single: tuple[float, ...]
    single_core: tuple[float, ...]
    """Milliseconds of each single name."""
    peak: float
    """MiB that the process has held at most, before pools were asked for."""
    first: tuple[bool, ...]
    pooled: tuple[bool, ...]


def ask(task: Ask) -> Asked:
    """Return how fast a system answers, and what it finds."""
    start = perf_counter()
    own = ready(task.system, task.actors, task.seed, task.index)
    prepared = perf_counter() - start
    many = len(task.batch)
    if task.system != Ours.name:
        few = [mention.text for mention in task.batch]
        many = affordable(lambda texts: float(len(own.best(texts))), few, task.allowed)
        many = max(many, min(LEAST_ASKED, len(few)))
    else:
        own.best([mention.text for mention in task.warm])
    batch = task.batch[:many]
    # A peer is asked for no more single names than it can answer in the time of its batch.
    waits, costs = _one_by_one(own, task.single[: max(many, LEAST_ASKED)])
    best, seconds, core = _timed(own.best, [mention.text for mention in batch])
    peak = most_held()
    pooled = task.pooled if many == len(task.batch) else task.pooled[:many]
    return Asked(
        prepared=prepared,
        seconds=seconds,
        core=core,
        single=waits,
        single_core=costs,
        peak=peak,
        first=tuple(_right(m, id) for m, id in zip(batch, best, strict=True)),
        pooled=_in_pools(own, pooled),
    )


def _right(mention: SyntheticMention, best: str | None) -> bool:
    """Whether a mention's actor comes first; nobody can't."""
    return mention.actor is not None and mention.actor == best


def _timed(
    best: Callable[[Sequence[str]], list[str | None]], texts: Sequence[str]
) -> tuple[list[str | None], float, float]:
    start, used = perf_counter(), process_time()
    found = best(texts)
    return found, perf_counter() - start, process_time() - used


def _one_by_one(
    own: Ready, mentions: Sequence[SyntheticMention]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Milliseconds of each name, by the clock and of a core."""
    waits, costs = [], []
    for mention in mentions:
        _, seconds, core = _timed(own.best, [mention.text])
        waits.append(1000 * seconds)
        costs.append(1000 * core)
    return tuple(waits), tuple(costs)


def _in_pools(own: Ready, mentions: Sequence[SyntheticMention]) -> tuple[bool, ...]:
    if own.pool is None:
        return ()
    pools = own.pool([mention.text for mention in mentions])
    return tuple(m.actor in pool for m, pool in zip(mentions, pools, strict=True))
