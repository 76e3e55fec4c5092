"""Pairs of names a second: aligned alone, when the bits of their parts are known, and in full.

aligned     the evidence of the pools of some mentions, as a search hands it on
in full     `compare_many` on pairs of written names, with the terms that explain them
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import process_time
from typing import NamedTuple
from unittest.mock import patch

import msgspec
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process

from benchmarks.datasets.coined.mentions import mentions
from benchmarks.datasets.coined.world import World, actor_id
from benchmarks.scale.child import asked
from benchmarks.scale.limits import Limits
from benchmarks.scale.runners import MEASURES, load_kernels
from benchmarks.systems.latin import ANYASCII
from benchmarks.throughput import LEAST_RIGHT, WrongAnswersError
from gazetteer import Entity, EntityName, Gazetteer
from resolve import Resolver, Settings, compare_many
from resolve.matching.alignment import Structure, align_all
from resolve.names.script import script_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

__all__ = ["Compared", "Paired", "Pairs", "compared", "paired"]

_ACTORS = 5000
"""Actors whose names are compared."""
_MENTIONS = 1024  # that are resolved, for what is aligned meanwhile
_ROUNDED = 1e-5  # bits by which two routes may differ


class Pairs(msgspec.Struct, frozen=True):
    """Names, mentions of theirs, and (mention, its name, another's), for so many seconds each.

    The first so many seconds only warm up.
    """

    names: tuple[str, ...]
    mentions: tuple[str, ...]
    compared: tuple[tuple[str, str, str], ...]
    seconds: float


class Paired(msgspec.Struct, frozen=True):
    """Pairs that were timed and pairs a second of a core; `bits` are those of some, to be held
    against another's; `right` is how often a mention's own name is above the other one.
    """

    aligned: int
    aligned_speed: float
    bits: tuple[float, ...]
    compared: int
    compared_speed: float
    right: float


class Compared(NamedTuple):
    """What was done, by which system, how many pairs, how many a second of a core; the share that
    is right, where it is asked for."""

    what: str
    system: str
    asked: int
    speed: float
    right: float | None


def compared(
    limits: Limits,
    routes: Mapping[str, bool],
    peers: Sequence[str],
    progress: Callable[[str], None],
) -> list[Compared]:
    """Return how fast pairs are compared, by our routes and by peers that know pairs.

    Raises WrongAnswersError if ours are wrong, or if two routes don't say the same.
    """
    task = _task(limits)
    found: dict[str, Paired] = {}
    for name, plain in routes.items():
        progress(f"pairs, {name}")
        own = found[name] = asked(paired, task, plain=plain)
        first = next(iter(found.values())).bits
        if own.right < LEAST_RIGHT or not np.allclose(own.bits, first, rtol=0, atol=_ROUNDED):
            raise WrongAnswersError(f"{name} is right in {own.right:.0%} of the pairs, or differs")
    rows = [Compared("aligned", n, p.aligned, p.aligned_speed, None) for n, p in found.items()]
    rows += [
        Compared("in full", n, p.compared, p.compared_speed, p.right) for n, p in found.items()
    ]
    return [*rows, *(_by(name, task) for name in peers if name in MEASURES)]


def _task(limits: Limits) -> Pairs:
    world = World(min(_ACTORS, max(2 * limits.mentions, 10)), limits.seed)
    entities = list(world.entities())
    known = {entity.id: entity.name for entity in entities}
    others = list(known.values())
    every = mentions(world, min(limits.mentions, 2 * _ACTORS))
    triples = [
        (m.text, known[m.actor], others[k % len(others)])
        for k, m in enumerate(every)
        if m.actor is not None
    ]
    texts = tuple(name.text for entity in entities for name in entity.names)
    asked_for = tuple(mention.text for mention in every[:_MENTIONS])
    return Pairs(texts, asked_for, tuple(triples[: limits.compared]), limits.seconds)


def _by(name: str, task: Pairs) -> Compared:
    """A peer's measure on the same pairs, their spelling in Latin letters included."""
    both = [pair for text, own, other in task.compared for pair in ((text, own), (text, other))]
    start = process_time()
    left, right = ([ANYASCII.spell(pair[side]) for pair in both] for side in (0, 1))
    said = process.cpdist(left, right, scorer=MEASURES[name], dtype=np.float64)
    speed = len(both) / (process_time() - start)
    return Compared("in full", name, len(both), speed, float(np.mean(said[0::2] > said[1::2])))


def paired(task: Pairs) -> Paired:
    """Return how fast pairs are aligned, and compared in full."""
    load_kernels()
    aligned, aligned_speed, bits = _aligned(task)
    both = [pair for text, own, other in task.compared for pair in ((text, own), (text, other))]
    list(compare_many(both[:20]))
    start = process_time()
    said = np.array([evidence.bits for evidence in compare_many(both)])
    speed = len(both) / (process_time() - start)
    right = float(np.mean(said[0::2] > said[1::2]))
    return Paired(aligned, aligned_speed, bits, len(both), speed, right)


def _aligned(task: Pairs) -> tuple[int, float, tuple[float, ...]]:
    """The pairs aligned, how many a second, and the bits of the first batch's."""
    batches = _handed_on(task)
    count, used, warm, bits = 0, 0.0, process_time(), np.zeros(0)
    while used < task.seconds:
        for batch in batches:
            start = process_time()
            found = align_all(*batch)
            if start - warm > task.seconds:
                used += process_time() - start
                count += len(found.bits)
            bits = bits if len(bits) else found.bits
    return count, count / used, tuple(bits.round(6).tolist())


def _handed_on(task: Pairs) -> list[tuple[Floats, Ints, Ints, Structure]]:
    """What is to be aligned while the mentions are resolved."""
    names = [(EntityName(text, script=script_of(text), kind="primary"),) for text in task.names]
    entities = tuple(Entity(actor_id(k), own) for k, own in enumerate(names))
    resolver = Resolver(Gazetteer(name="pairs", entities=entities), Settings(kind="person"))
    with patch("resolve.matching.scores.align_all", wraps=align_all) as aligning:
        resolver.resolve_many(task.mentions)
    return [tuple(call.args) for call in aligning.call_args_list if len(call.args[0])]
