"""Whoever answers, made ready: ours with the index file, each peer with the names in memory.

A peer is made ready as well as it can be: its names spelled, its vectors built. What it costs to
get there is told apart from what an answer costs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from pkgutil import iter_modules
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from benchmarks.datasets.synthetic import World
from benchmarks.systems.actors import actors_of
from benchmarks.systems.latin import ANYASCII
from benchmarks.systems.ours import Ours
from benchmarks.systems.sparse_dot_topn import TfIdf
from resolve import Resolver, Settings, compiled
from resolve.index import Index
from resolve.matching.comparison import Comparison
from resolve.matching.index import POOL
from resolve.model.learned import load
from resolve.names import read

__all__ = ["MEASURES", "PEERS", "Ready", "load_kernels", "ready"]

_BATCH = 256  # mentions whose pools are asked for together
MEASURES: dict[str, Callable[..., float]] = {
    f"rapidfuzz WRatio, {ANYASCII.name}": fuzz.WRatio,
    f"rapidfuzz Jaro-Winkler, {ANYASCII.name}": JaroWinkler.similarity,
}
"""Peers that compare every name, and by what."""
_NO_KERNEL = "jit"  # how the kernels are compiled
_TFIDF = TfIdf(ANYASCII).name

PEERS = (_TFIDF, *MEASURES)
"""The systems that are asked beside ours: the fastest of all, and comparing every name."""


class Ready(NamedTuple):
    """`best` gives the likeliest actor's id for each name; `pool` all that are looked at."""

    best: Callable[[Sequence[str]], list[str | None]]
    pool: Callable[[Sequence[str]], list[list[str]]] | None = None


def ready(system: str, actors: int, seed: int, index: str) -> Ready:
    """Return a system that knows the actors of a world: ours by their index file."""
    if system == Ours.name:
        return _ours(index)
    world = World(actors, seed)
    return _tfidf(world) if system == _TFIDF else _nearest(world, MEASURES[system])


def _ours(path: str) -> Ready:
    load_kernels()
    index = Index.open(path)
    resolver = Resolver(index, Settings(top=1))
    shelf = index.shelf("person", Comparison(load()))

    def best(texts: Sequence[str]) -> list[str | None]:
        decisions = resolver.resolve_many(texts)
        return [d.candidates[0].id if d.candidates else None for d in decisions]

    def pool(texts: Sequence[str]) -> list[list[str]]:
        found: list[list[str]] = [[] for _ in texts]
        for start in range(0, len(texts), _BATCH):
            names = [read(text) for text in texts[start : start + _BATCH]]
            best = shelf.search(names).best()
            for k, actor in zip(best.mentions.tolist(), best.entities.tolist(), strict=True):
                found[start + k].append(index.actor(actor).id)
        return found

    return Ready(best, pool)


def load_kernels() -> None:
    """Load what is compiled, if numba is there: as in a process that has run for a while."""
    for module in iter_modules(compiled.__path__):
        if module.name != _NO_KERNEL:
            compiled.kernel(module.name, inf)


def _tfidf(world: World) -> Ready:
    actors = actors_of(world.entities(), "person")
    prepared = TfIdf(ANYASCII).prepared(actors)

    def pool(texts: Sequence[str], top: int = POOL) -> list[list[str]]:
        return [[id for id, _ in ranked] for ranked in prepared.ranked(texts, top)]

    def best(texts: Sequence[str]) -> list[str | None]:
        return [ids[0] if ids else None for ids in pool(texts, 1)]

    return Ready(best, pool)


def _nearest(world: World, measure: Callable[..., float]) -> Ready:
    actors = actors_of(world.entities(), "person")
    names = [ANYASCII.spell(text) for text in actors.texts]
    owners = [actors.ids[owner] for owner in actors.owner.tolist()]

    def best(texts: Sequence[str]) -> list[str | None]:
        spelled = (ANYASCII.spell(text) for text in texts)
        found = (process.extractOne(text, names, scorer=measure) for text in spelled)
        return [owners[one[2]] if one else None for one in found]

    return Ready(best)
