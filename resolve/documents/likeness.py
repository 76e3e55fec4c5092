"""Which names of a document have a part like this one? Told by consonants, before any evidence.

A text of a million letters names thousands: each is compared with those that could be meant, and
never with all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from resolve.matching.keys import skeleton
from resolve.types import Name, Part

__all__ = ["Likeness"]

ALIKE: Final = 75.0
"""Per cent that the consonants of two parts have in common, at least, to be like each other."""


class Likeness:
    """Names by the consonants of their parts. Immutable but for what it remembers."""

    def __init__(self, names: Sequence[Name]) -> None:
        """Take names; they are known by their positions."""
        self._names: dict[str, list[int]] = {}
        for k, name in enumerate(names):
            for bones in dict.fromkeys(_bones(part.form, part.script) for part in name.parts):
                self._names.setdefault(bones, []).append(k)
        self._every = list(self._names)
        self._near: dict[str, frozenset[int]] = {}

    def having(self, part: Part) -> frozenset[int]:
        """Return the positions of the names with a part like this one.

        >>> from resolve.names import read
        >>> likeness = Likeness([read("Salahuddin al-Namroush"), read("Khalifa Haftar")])
        >>> sorted(likeness.having(read("Narmouish").parts[0]))
        [0]
        """
        own = _bones(part.form, part.script)
        if own not in self._near:
            found = process.extract(
                own, self._every, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
            )
            self._near[own] = frozenset(k for bones, *_ in found for k in self._names[bones])
        return self._near[own]


_bones = lru_cache(maxsize=1 << 15)(skeleton)
