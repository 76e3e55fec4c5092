"""The evidence of whole names: mentions against names of an index, or name against name.

The one place where readings and similarity meet; how the bits of parts become those of names is
in `scores`. Persons are compared by the anatomy of their names, organizations and places word by
word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.matching.alignment import MAX_PARTS, Structure
from resolve.matching.completion import complete
from resolve.matching.compounds import written
from resolve.matching.form import Form
from resolve.matching.index import NameIndex
from resolve.matching.indexing import index_arrays
from resolve.matching.lookup import Variants
from resolve.matching.scores import NOTHING, Pairs, Reading, Scores
from resolve.matching.similarity import FLOOR, Similarity
from resolve.matching.slots import ARTICLE, Plain, Slot, slots
from resolve.matching.sounds import sounds
from resolve.matching.words import MAX_WORDS, WordStructure
from resolve.model.learned import Learned
from resolve.names import person, words
from resolve.types import Kind, Name, Term

__all__ = ["NOTHING", "Comparison", "Reading", "Scores", "read_slots", "reading_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Terms = tuple[Term, ...]

WIDTHS = {"person": MAX_PARTS, "words": MAX_WORDS}


def reading_of(kind: Kind) -> Reading:
    """Return how the names of actors of a kind are read."""
    return "person" if kind == "person" else "words"


def read_slots(name: Name | str, reading: Reading) -> tuple[Slot, ...]:
    """Return the parts or the words of a name, as they are compared."""
    if isinstance(name, str):
        parts = person(name) if reading == "person" else words(name)
    else:
        parts = name.parts if reading == "person" else name.words
    return slots(parts, WIDTHS[reading])


class Comparison:
    """Compares names by the learned tables. Safe to share between threads."""

    def __init__(self, learned: Learned) -> None:
        self.learned = learned
        self.structure = Structure.of(learned.constants)
        self.word_structure = WordStructure.of(learned.constants)
        self.similarity: Mapping[Reading, Similarity] = {
            "person": Similarity(learned, "name"),
            "words": Similarity(learned, "word"),
        }

    def arrays(
        self,
        names: Iterable[Sequence[Plain]],
        reading: Reading,
        exact: Sequence[bool] = (),
        places: Sequence[bool] = (),
        lands: Sequence[int] = (),
    ) -> dict[str, NDArray[Any]]:
        """Return what an index of names that are read this way consists of.

        `exact` says which of them agree only with what is written exactly so (acronyms),
        `places` which are those of places, `lands` of which states their actors are; by default
        none.
        """
        width, similarity = WIDTHS[reading], self.similarity[reading]
        return index_arrays(names, width, similarity, self.learned, exact, places, lands)

    def index(self, arrays: Mapping[str, NDArray[Any]], reading: Reading) -> NameIndex:
        """Return the index that these arrays are."""
        return NameIndex(arrays, WIDTHS[reading], self.similarity[reading], self.learned)

    def search(
        self,
        mentions: Sequence[Sequence[Slot]],
        index: NameIndex,
        reading: Reading,
        among: Bools | None = None,
    ) -> tuple[list[Ints], Scores]:
        """Return the names of an index that each mention could be, best first, with evidence.

        `among` says which names are asked; by default all.
        """
        pools, evidence = self.found(mentions, index, reading, among)
        return pools, self._scored(mentions, pools, evidence, index, reading)

    def found(
        self,
        mentions: Sequence[Sequence[Slot]],
        index: NameIndex,
        reading: Reading,
        among: Bools | None = None,
    ) -> tuple[list[Ints], Floats]:
        """Return what `search` does before anything is aligned: what each part says for each.

        The evidence of all names, one mention's after another's: (names, width, width).
        """
        # Nothing is asked of nobody: it takes as long as of a few.
        variants = self._variants(mentions, index, reading) if len(index) else {}
        pools, evidence = index.search(mentions, variants, among)
        if reading == "person":
            complete(mentions, pools, evidence, index, self.similarity[reading])
        return pools, evidence

    def score(
        self,
        mentions: Sequence[Sequence[Slot]],
        names: Sequence[Ints],
        index: NameIndex,
        reading: Reading,
    ) -> Scores:
        """Return the evidence of each mention for some names of an index."""
        variants = self._variants(mentions, index, reading)
        width = WIDTHS[reading]
        tables = [np.zeros((0, width, width))]
        for own, asked in zip(mentions, names, strict=True):
            with index.said(own, variants) as said:
                table = np.full((len(asked), width, width), FLOOR)
                table[:, : len(own)] = index.evidence(said, asked)
                tables.append(table)
        evidence = np.concatenate(tables)
        if reading == "person":
            complete(mentions, names, evidence, index, self.similarity[reading])
        return self._scored(mentions, names, evidence, index, reading)

    def _variants(
        self, mentions: Sequence[Sequence[Slot]], index: NameIndex, reading: Reading
    ) -> dict[Form, Variants]:
        # Rarities are remembered: all at once is a fraction of one by one.
        self.similarity[reading].rarity([slot.forms[0][0] for own in mentions for slot in own])
        return index.variants(f for own in mentions for slot in own for f, _ in slot.forms)

    def _scored(
        self,
        mentions: Sequence[Sequence[Slot]],
        names: Sequence[Ints],
        evidence: Floats,
        index: NameIndex,
        reading: Reading,
    ) -> Scores:
        every = np.concatenate([np.zeros(0, np.int64), *names])
        owners = np.repeat(np.arange(len(mentions)), [len(asked) for asked in names])
        by_word, exact, alike = reading == "words", index.exact[every], np.zeros(len(every), bool)
        asked = np.flatnonzero(exact | by_word)
        if len(asked):
            plain = [[slot.forms[0][0] for slot in own] for own in mentions]
            alike[asked] = index.alike(plain, owners[asked], every[asked])
        pairs = Pairs(
            mentions,
            owners,
            evidence,
            index.sizes[every].astype(np.int64),
            np.zeros((0, 0), np.int64) if by_word else index.heard(every),
            alike,
            exact,
            index.places[every],
            index.lands[every],
            lambda rows: index.rarity(every[rows]),
            lambda pair: index.slots(int(every[pair])),
            lambda pair: index.written(int(every[pair])),
        )
        return Scores(pairs, self, reading)

    def compare(
        self, pairs: Sequence[tuple[Name, Name]], reading: Reading, places: bool = False
    ) -> list[tuple[float, Terms]]:
        """Return the bits and the terms of each pair of names, in their order.

        `places` says that the names are compared as places'. Names without anything to compare
        say nothing for each other: `NOTHING` bits, no terms.
        """
        similarity, width = self.similarity[reading], WIDTHS[reading]
        both = [(read_slots(a, reading), read_slots(b, reading)) for a, b in pairs]
        forms = sorted(
            {(f, g) for a, b in both for x in a for y in b for f, _ in x.forms for g, _ in y.forms}
        )
        bits = dict(zip(forms, similarity.bits(forms).tolist(), strict=True))
        evidence = np.full((len(both), width, width), FLOOR)
        rarity, heard = np.zeros((len(both), width)), np.zeros((len(both), width), np.int64)
        similarity.rarity(list({slot.forms[0][0] for own in both for side in own for slot in side}))
        for k, (a, b) in enumerate(both):
            right = [slot.forms[0][0] for slot in b]
            evidence[k, : len(a), : len(b)] = np.array(_evidence(a, b, bits)).reshape(
                len(a), len(b)
            )
            rarity[k, : len(b)] = similarity.rarity(right)
            heard[k, : len(b)] = sounds(right)
        plain = [[[slot.forms[0][0] for slot in side] for side in own] for own in both]
        compared = Pairs(
            [a for a, _ in both],
            np.arange(len(both)),
            evidence,
            np.array([len(b) for _, b in both], np.int64),
            heard,
            np.array([a == b for a, b in plain], bool),
            np.zeros(len(both), bool),
            np.full(len(both), places),
            np.zeros(len(both), np.int64),
            lambda rows: rarity[rows],
            lambda pair: both[pair][1],
            lambda pair: written(both[pair][1]),
        )
        scores = Scores(compared, self, reading)
        return [
            (float(scores.bits[k][0]), scores.terms(k, 0, b) if a and b else ())
            for k, (a, b) in enumerate(both)
        ]


def _evidence(
    left: Sequence[Slot], right: Sequence[Slot], bits: Mapping[tuple[Form, Form], float]
) -> list[list[float]]:
    """The bits of every part for every other, by its best readings."""
    return [
        [
            max(bits[f, g] - c - d for f, c in a.forms for g, d in b.forms)
            - ARTICLE * (a.part.article != b.part.article)
            for b in right
        ]
        for a in left
    ]
