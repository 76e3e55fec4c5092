"""A name as it is mistyped: so many letters too many, too few, wrong, or two exchanged.

The slips are counted: the distance of the mistyped word (optimal string alignment) is their
number, none undoes another.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from rapidfuzz.distance import OSA

__all__ = ["LEAST", "mistyped"]

LEAST = 4
"""Letters of a word that a slip can happen to."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TRIES = 20


def mistyped(words: Sequence[str], slips: int, random: Random) -> tuple[str, ...] | None:
    """Return the words with so many slips in all; None where none is long enough.

    No slip happens to the first letter of a word; to longer words they happen more often.
    """
    long = [k for k, word in enumerate(words) if len(word) >= LEAST]
    if not long:
        return None
    places = random.choices(long, [len(words[k]) for k in long], k=slips)
    found = list(words)
    for k in set(places):
        other = _with(words[k], places.count(k), random)
        if other is None:
            return None
        found[k] = other
    return tuple(found)


def _with(word: str, slips: int, random: Random) -> str | None:
    for _ in range(_TRIES):
        other = word
        for _ in range(slips):
            other = _slipped(other, random)
        if OSA.distance(word, other) == slips:
            return other
    return None


def _slipped(word: str, random: Random) -> str:
    at = random.randrange(1, max(len(word) - 1, 2))
    kind = random.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + random.choice(_LETTERS) + word[at:]
    if kind == 2:
        return word[:at] + random.choice(_LETTERS) + word[at + 1 :]
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
