"""One size: a gazetteer is made up, indexed, opened, asked by all and shared by two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeAlias

import msgspec

from benchmarks.datasets.coined.mentions import mentions
from benchmarks.datasets.synthetic import SyntheticMention, World
from benchmarks.scale.asking import Ask, Asked, ask
from benchmarks.scale.building import Build, Built, Open, Opened, build, opened
from benchmarks.scale.child import asked
from benchmarks.scale.limits import Limits
from benchmarks.scale.sharing import Held, shared
from benchmarks.systems.ours import Ours
from benchmarks.throughput import LEAST_RIGHT, WrongAnswersError
from gazetteer.streaming import write_stream

__all__ = ["Routes", "Sized", "measured"]

Routes: TypeAlias = Mapping[str, bool]
"""What the tables call ours, and whether numba is hidden from it."""
Progress = Callable[[str], None]

_SHARING = 2  # processes
_HELD = 200  # names that each of them has answered before it is looked at


class Sized(NamedTuple):
    """What was measured with a gazetteer of a size; `batch` are the names of the list."""

    actors: int
    batch: Sequence[SyntheticMention]
    said: Mapping[str, Asked]
    built: Built
    opened: Opened
    held: Sequence[Sequence[Held]]
    notes: Sequence[str]


def measured(
    actors: int, limits: Limits, routes: Routes, peers: Sequence[str], progress: Progress
) -> Sized:
    """Return what each system says of a gazetteer of so many actors.

    Raises WrongAnswersError if our own answers aren't right.
    """
    with TemporaryDirectory(prefix="resolve-scale-") as folder:
        package, index = Path(folder, "package"), str(Path(folder, "synthetic.idx"))
        progress(f"{actors:,} actors are made up")
        world = World(actors, limits.seed)
        wanted = limits.mentions + limits.single + limits.warm
        every = tuple(mentions(world, wanted))
        write_stream(package, "synthetic", world.entities())
        del world
        progress(f"{actors:,} actors are indexed")
        built = asked(build, Build(str(package), index), threads=True)
        task = _task(actors, limits, index, every)
        said: dict[str, Asked] = {}
        for name, plain in (*routes.items(), *dict.fromkeys(peers, False).items()):
            progress(f"{actors:,} actors, {name}")
            own = task(Ours.name if name in routes else name)
            if name in routes and said:
                own = msgspec.structs.replace(own, pooled=())  # as of the first route
            said[name] = asked(ask, own, plain=plain)
            if name in routes:
                _right(name, said[name], own.batch)
        first = asked(opened, Open(index, every[0].text))
        texts = [mention.text for mention in every[:_HELD]]
        held = [shared(index, texts, count) for count in range(1, _SHARING + 1)]
    notes = _disagreements(actors, [said[name] for name in routes])
    if None in held:
        notes.append("This system doesn't tell how much memory processes share.")
    batch = task(Ours.name).batch
    return Sized(actors, batch, said, built, first, [h for h in held if h is not None], notes)


def _task(
    actors: int, limits: Limits, index: str, every: Sequence[SyntheticMention]
) -> Callable[[str], Ask]:
    """The task of each system: of fewer mentions than wanted, the list has what is left."""
    warm, single = limits.warm, limits.warm + limits.single
    batch = tuple(every[single:])

    def task(system: str) -> Ask:
        return Ask(
            system=system,
            actors=actors,
            seed=limits.seed,
            index=index,
            allowed=limits.allowed,
            warm=tuple(every[:warm]),
            single=tuple(every[warm:single]),
            batch=batch,
            pooled=batch[: limits.pooled],
        )

    return task


def _right(name: str, said: Asked, batch: Sequence[SyntheticMention]) -> None:
    known = sum(mention.actor is not None for mention in batch)
    if sum(said.first) < LEAST_RIGHT * known:
        raise WrongAnswersError(f"{name} is right in {sum(said.first) / known:.0%}")


def _disagreements(actors: int, routes: Sequence[Asked]) -> list[str]:
    """A note where ours with numba and without don't find the same."""
    unlike = sum(len(set(answers)) > 1 for answers in zip(*(r.first for r in routes), strict=True))
    if not unlike:
        return []
    return [f"{actors:,} actors: with numba and without, {unlike:,} names aren't answered alike."]
