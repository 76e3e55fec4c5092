"""The evidence of whole names: a mention against some names, or two names against each other.

The one place where readings, similarity and alignment meet. Persons are compared by the anatomy
of their names, organizations and places word by word; the names of an index and a single pair
go the same way, so that one is explained exactly as the other is decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from resolve.matching.alignment import MAX_PARTS, Structure, align
from resolve.matching.evidence import person_terms
from resolve.matching.index import NameIndex, Variants
from resolve.matching.similarity import Form, Similarity
from resolve.matching.slots import ARTICLE, Slot, slots
from resolve.matching.words import MAX_WORDS, WordStructure, align_words, word_terms
from resolve.model.learned import Learned
from resolve.types import Kind, Name, Term

__all__ = ["NOTHING", "Comparison", "Reading", "read_slots", "reading_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Reading = Literal["person", "words"]
"""How a name is read: by its anatomy, or word by word."""

WIDTHS = {"person": MAX_PARTS, "words": MAX_WORDS}
NOTHING = -100.0
"""Bits of a name that has nothing to compare."""


def reading_of(kind: Kind) -> Reading:
    """Return how the names of actors of a kind are read."""
    return "person" if kind == "person" else "words"


def read_slots(name: Name, reading: Reading) -> tuple[Slot, ...]:
    """Return the parts or the words of a name, as they are compared."""
    parts = name.parts if reading == "person" else name.words
    return slots(parts, WIDTHS[reading])


class Comparison:
    """Compares names by the learned tables. Safe to share between threads."""

    def __init__(self, learned: Learned) -> None:
        self.learned = learned
        self.structure = Structure.of(learned.constants)
        self.word_structure = WordStructure.of(learned.constants)
        self.similarity: Mapping[str, Similarity] = {
            "person": Similarity(learned, "name"),
            "words": Similarity(learned, "word"),
        }

    def index(
        self,
        names: Sequence[Sequence[Slot]],
        reading: Reading,
        exact: Sequence[bool] | None = None,
        places: Sequence[bool] | None = None,
    ) -> NameIndex:
        """Return an index of names that are read this way.

        `exact` says which of them agree only with what is written exactly so (acronyms),
        `places` which are those of places.
        """
        similarity = self.similarity[reading]
        return NameIndex(names, WIDTHS[reading], similarity, self.learned.lexicon, exact, places)

    def score(
        self,
        slots: Sequence[Slot],
        index: NameIndex,
        names: Ints,
        variants: Mapping[Form, Variants],
        reading: Reading,
    ) -> Floats:
        """Return the bits of a mention for each name of an index."""
        return self._aligned(slots, index, names, variants, reading)[0]

    def explain(
        self,
        slots: Sequence[Slot],
        index: NameIndex,
        name: int,
        variants: Mapping[Form, Variants],
        right: Sequence[Slot],
        reading: Reading,
    ) -> tuple[Term, ...]:
        """Return the terms of what `score` says of one name, whose slots are `right`."""
        return self._aligned(slots, index, np.array([name]), variants, reading, right)[1]

    def compare(
        self, pairs: Sequence[tuple[Name, Name]], reading: Reading, places: bool = False
    ) -> list[tuple[float, tuple[Term, ...]]]:
        """Return the bits and the terms of each pair of names, in their order.

        `places` says that the names are compared as places'. Names without anything to compare
        say nothing for each other: `NOTHING` bits, no terms.
        """
        similarity = self.similarity[reading]
        both = [(read_slots(a, reading), read_slots(b, reading)) for a, b in pairs]
        forms = sorted(
            {(f, g) for a, b in both for x in a for y in b for f, _ in x.forms for g, _ in y.forms}
        )
        bits = dict(zip(forms, similarity.bits(forms).tolist(), strict=True))
        found: list[tuple[float, tuple[Term, ...]]] = [(NOTHING, ())] * len(pairs)
        shapes: dict[tuple[int, int], list[int]] = {}
        for row, (a, b) in enumerate(both):
            if a and b:
                shapes.setdefault((len(a), len(b)), []).append(row)
        for rows in shapes.values():
            evidence = np.array([_evidence(*both[row], bits) for row in rows])
            own = [both[row] for row in rows]
            said = (
                self._persons_apart(own, evidence)
                if reading == "person"
                else self._words_apart(own, evidence, places)
            )
            for row, result in zip(rows, said, strict=True):
                found[row] = result
        return found

    def _persons_apart(
        self, pairs: Sequence[tuple[Sequence[Slot], Sequence[Slot]]], evidence: Floats
    ) -> list[tuple[float, tuple[Term, ...]]]:
        alignment = align(evidence, self.structure)
        return [
            (
                float(alignment.bits[k]),
                person_terms(
                    a,
                    b,
                    evidence[k],
                    (self._rarity(a), self._rarity(b)),
                    alignment,
                    k,
                    self.structure,
                ),
            )
            for k, (a, b) in enumerate(pairs)
        ]

    def _rarity(self, slots: Sequence[Slot]) -> Floats:
        return self.similarity["person"].rarity([slot.forms[0][0] for slot in slots])

    def _words_apart(
        self, pairs: Sequence[tuple[Sequence[Slot], Sequence[Slot]]], evidence: Floats, places: bool
    ) -> list[tuple[float, tuple[Term, ...]]]:
        rarity = self.similarity["words"].rarity
        found = []
        for k, (a, b) in enumerate(pairs):
            left, right = [s.forms[0][0] for s in a], [s.forms[0][0] for s in b]
            own, other = rarity(left), rarity(right)
            alignment = align_words(
                evidence[k : k + 1],
                (own, other[None]),
                np.array([len(b)]),
                np.array([left == right]),
                np.array([places]),
                self.word_structure,
            )
            terms = word_terms(a, b, evidence[k], (own, other), alignment, 0, self.word_structure)
            found.append((float(alignment.bits[0]), terms))
        return found

    def _aligned(
        self,
        slots: Sequence[Slot],
        index: NameIndex,
        names: Ints,
        variants: Mapping[Form, Variants],
        reading: Reading,
        right: Sequence[Slot] | None = None,
    ) -> tuple[Floats, tuple[Term, ...]]:
        """Bits for each name; with `right`, the terms of the first name, whose slots it gives."""
        evidence = index.evidence(slots, names, variants)
        if reading == "person":
            return self._persons(slots, index, names, evidence, right)
        return self._words(slots, index, names, evidence, right)

    def _persons(
        self,
        slots: Sequence[Slot],
        index: NameIndex,
        names: Ints,
        evidence: Floats,
        right: Sequence[Slot] | None,
    ) -> tuple[Floats, tuple[Term, ...]]:
        bits = np.full(len(names), NOTHING)
        sizes = index.sizes[names]
        terms: tuple[Term, ...] = ()
        for size in np.unique(sizes[sizes > 0]).tolist():
            rows = np.flatnonzero(sizes == size)
            own = evidence[rows, :, :size]
            alignment = align(own, self.structure)
            bits[rows] = alignment.bits
            if right is not None:
                rarity = self._rarity(slots), self._rarity(right)
                terms = person_terms(slots, right, own[0], rarity, alignment, 0, self.structure)
        return bits, terms

    def _words(
        self,
        slots: Sequence[Slot],
        index: NameIndex,
        names: Ints,
        evidence: Floats,
        right: Sequence[Slot] | None,
    ) -> tuple[Floats, tuple[Term, ...]]:
        first = [slot.forms[0][0] for slot in slots]
        rarity = self.similarity["words"].rarity(first), index.rarity(names)
        sizes, places = index.sizes[names], index.places[names]
        alike = index.alike(first, names)
        alignment = align_words(evidence, rarity, sizes, alike, places, self.word_structure)
        bits = np.where((sizes > 0) & (alike | ~index.exact[names]), alignment.bits, NOTHING)
        terms: tuple[Term, ...] = ()
        if right is not None:
            both = rarity[0], rarity[1][0, : len(right)]
            terms = word_terms(slots, right, evidence[0], both, alignment, 0, self.word_structure)
        return bits, terms


def _evidence(
    left: Sequence[Slot], right: Sequence[Slot], bits: Mapping[tuple[Form, Form], float]
) -> list[list[float]]:
    """The bits of every part for every other, by its best readings."""
    return [
        [
            max(bits[f, g] - max(c, d) for f, c in a.forms for g, d in b.forms)
            - ARTICLE * (a.article != b.article)
            for b in right
        ]
        for a in left
    ]
