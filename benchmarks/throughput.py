"""How many items a second, of several who take turns? Each answer that is timed is looked at.

All do a round before anyone does the next, since other work on the machine comes and goes: a
ratio is told within a round, and the median of the rounds is reported. A peer that takes long is
asked for fewer items; one that takes too long for a few, or is mostly wrong, isn't compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import TypeVar

import msgspec

__all__ = [
    "ALLOWED",
    "LEAST_ASKED",
    "LEAST_RIGHT",
    "Speed",
    "WrongAnswersError",
    "affordable",
    "race",
    "ratio",
]

ALLOWED = 2.0
"""Seconds that a peer has in one round."""
LEAST_ASKED = 10
"""Items that say something about a speed."""
LEAST_RIGHT = 0.3
"""Share that must be right: of the known mentions, of pairs told from others."""

_FEW = 2  # items of a first call, which reads tables and imports libraries

Item = TypeVar("Item")
Ask = Callable[[Sequence[Item]], float]
"""Does what is timed for some items, and returns the share that is right."""


class WrongAnswersError(RuntimeError):
    """Our own answers are wrong: how fast they come doesn't matter."""


class Speed(msgspec.Struct, frozen=True):
    """Items a second in each round, the items asked for in each, and the share that was right."""

    rounds: tuple[float, ...]
    asked: int
    right: float

    @property
    def median(self) -> float:
        """Items a second."""
        return median(self.rounds)


def race(
    runners: Mapping[str, Ask[Item]],
    rounds: Sequence[Sequence[Item]],
    must: str,
    progress: Callable[[str], None] = lambda text: None,
) -> tuple[dict[str, Speed], list[str]]:
    """Return the speeds, and why some have none: a library that fails isn't compared either.

    `must` is asked for all items. Raises WrongAnswersError if it has none, and whatever it raises.
    """
    sizes: dict[str, int] = {}
    for name, ask in runners.items():
        progress(f"{name} warms up")
        sizes[name] = len(rounds[0]) if name == must else affordable(ask, rounds[0])
    able = [name for name in runners if sizes[name] >= LEAST_ASKED]
    lost = {n: f"{ALLOWED:g} s don't suffice for {LEAST_ASKED}" for n in runners if n not in able}
    speeds: dict[str, list[float]] = {name: [] for name in able}
    right: dict[str, list[float]] = {name: [] for name in able}
    for number, items in enumerate(rounds, start=1):
        for name in (name for name in able if name not in lost):
            progress(f"{name}, round {number}")
            asked = items[: sizes[name]]
            try:
                start = time.perf_counter()
                share = runners[name](asked)
                speeds[name].append(len(asked) / (time.perf_counter() - start))
                right[name].append(share)
            except Exception as error:
                if name == must:
                    raise
                lost[name] = f"it fails with {type(error).__name__}: {error}"
    found: dict[str, Speed] = {}
    for name in (name for name in able if name not in lost):
        share = sum(right[name]) / len(right[name])
        found[name] = Speed(tuple(speeds[name]), sizes[name], share)
        if share < LEAST_RIGHT:
            lost[name] = f"only {share:.0%} of its answers are right, {LEAST_RIGHT:.0%} is due"
    if must in lost:
        raise WrongAnswersError(f"{must}: {lost[must]}")
    kept = {name: speed for name, speed in found.items() if name not in lost}
    return kept, [f"{name} is left out: {why}." for name, why in lost.items()]


def affordable(ask: Ask[Item], items: Sequence[Item], allowed: float = ALLOWED) -> int:
    """Return how many items the seconds allowed are enough for, told by a few of them.

    An even number, and all at most: as for one that learns from what it is asked, and can't from
    so few.
    """
    few, more = items[:_FEW], items[: 2 * LEAST_ASKED]
    try:
        ask(few)
        fixed = _seconds(ask, few)
        if fixed > allowed:
            return 0
        each = (_seconds(ask, more) - fixed) / max(len(more) - len(few), 1)
    except Exception:
        return len(items)
    wanted = int((allowed - fixed) / each) if each > 0 else len(items)
    return min(len(items), max(wanted - wanted % 2, 0))


def ratio(own: Sequence[float], other: Sequence[float]) -> float:
    """Return the median ratio of the rounds."""
    return median(a / b for a, b in zip(own, other, strict=True))


def _seconds(ask: Ask[Item], items: Sequence[Item]) -> float:
    start = time.perf_counter()
    ask(items)
    return time.perf_counter() - start
