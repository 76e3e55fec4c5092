"""Which actors could each mention mean? The names of a gazetteer, by how they are read.

A shelf holds the names of all actors of one reading, searches them for a batch of mentions at
once, and explains what it found from the same evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from gazetteer import Entity, EntityName
from resolve.matching.comparison import (
    NOTHING,
    Comparison,
    Reading,
    Scores,
    read_slots,
    reading_of,
)
from resolve.types import Name, Term

__all__ = ["Found", "Shelf"]


class Shelf:
    """The names of actors that are read one way, indexed; an actor is known by its position."""

    def __init__(
        self, entities: Sequence[Entity], reading: Reading, comparison: Comparison
    ) -> None:
        self._comparison = comparison
        self.reading = reading
        owners, texts, weak, exact, places = [], [], [], [], []
        for row, entity in enumerate(entities):
            if reading_of(entity.kind) == reading:
                for name in sorted(entity.names, key=_standing):
                    owners.append(row)
                    texts.append(name.text)
                    weak.append(name.kind == "weak")
                    exact.append(name.kind == "acronym")
                    places.append(entity.kind == "place")
        self.owners = np.array(owners, np.int64)
        self.texts, self.weak = texts, weak
        slots = [read_slots(text, reading) for text in texts]
        self._index = comparison.index(slots, reading, exact, places)

    def search(self, names: Sequence[Name]) -> Found:
        """What the names could be, with the evidence."""
        slots = [read_slots(name, self.reading) for name in names]
        variants = self._index.variants(f for own in slots for s in own for f, _ in s.forms)
        pools = [self._index.pool(own, variants) for own in slots]
        mentions = list(zip(slots, pools, strict=True))
        scores = self._comparison.score(mentions, self._index, variants, self.reading)
        return Found(self, pools, scores)


class Found:
    """The names of one shelf that each mention of a batch could be, with their evidence."""

    def __init__(self, shelf: Shelf, pools: Sequence[NDArray[np.int64]], scores: Scores) -> None:
        self._shelf, self._pools, self._scores = shelf, pools, scores

    def entities(self, k: int) -> Iterator[tuple[int, float, int]]:
        """Each entity that the k-th mention could be, the bits of its best name, and its place."""
        pool, bits = self._pools[k], self._scores.bits[k]
        if not len(pool):
            return
        owners = self._shelf.owners[pool]
        order = np.lexsort((pool, -bits, owners))
        first = np.append(True, owners[order][1:] != owners[order][:-1])
        for place in order[first].tolist():
            if bits[place] > NOTHING:
                yield int(owners[place]), float(bits[place]), place

    def explain(self, k: int, place: int) -> tuple[str, bool, tuple[Term, ...]]:
        """The gazetteer's name at that place, whether it is weak, and the terms of its evidence."""
        number = int(self._pools[k][place])
        text = self._shelf.texts[number]
        right = read_slots(text, self._shelf.reading)
        return text, self._shelf.weak[number], self._scores.terms(k, place, right)


def _standing(name: EntityName) -> tuple[bool, bool]:
    """Primary names before others, English ones first: of equal evidence, the plainest shows."""
    return name.kind != "primary", name.lang != "eng"
