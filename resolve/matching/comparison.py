"""The evidence of whole names: mentions against names of an index, or name against name.

The one place where readings, similarity and alignment meet. Persons are compared by the anatomy
of their names, organizations and places word by word. All pairs of a batch that have one shape
are aligned together, and a pair is explained from the very alignment that scored it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.matching.alignment import MAX_PARTS, Structure, align
from resolve.matching.evidence import person_terms
from resolve.matching.form import Form
from resolve.matching.index import NameIndex, Variants
from resolve.matching.joins import Batch, Joined, Pair, joined, sounds
from resolve.matching.similarity import FLOOR, Similarity
from resolve.matching.slots import ARTICLE, Slot, slots
from resolve.matching.words import MAX_WORDS, WordStructure, align_words, word_terms
from resolve.model.learned import Learned
from resolve.names import person, words
from resolve.types import Kind, Name, Part, PartType, Term

__all__ = ["NOTHING", "Comparison", "Reading", "Scores", "read_slots", "reading_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Reading = Literal["person", "words"]
"""How a name is read: by its anatomy, or word by word."""
Terms = tuple[Term, ...]

WIDTHS = {"person": MAX_PARTS, "words": MAX_WORDS}
NOTHING = -100.0
"""Bits of a name that has nothing to compare."""


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


class Request(NamedTuple):
    """A name and those it is compared with: bits of each part for each part of theirs.

    `evidence` has the shape (names, parts, width), `sizes` says how many parts each name has.
    `others` returns the parts of a name, `heard` are their sounds (names, width): for persons.
    The last four are for words only: rarity of their parts (names, width), which names are
    written alike, which agree only if they are, and which are places'.
    """

    slots: Sequence[Slot]
    evidence: Floats
    sizes: Ints
    others: Callable[[int], Sequence[Slot]]
    heard: Ints
    rarity: Floats
    alike: Bools
    exact: Bools
    places: Bools


@dataclass(frozen=True)
class Scores:
    """The bits of each request's names, and whatever is needed to explain them."""

    bits: list[Floats]
    _explain: Mapping[tuple[int, int], tuple[_Aligned, int]]
    _requests: Sequence[Request]

    def terms(self, request: int, position: int, right: Sequence[Slot]) -> Terms:
        """Return the terms of one name of a request, whose slots are `right`; they add up."""
        aligned, row = self._explain[request, position]
        return aligned.terms(row, self._requests[request].slots, right)


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
        mentions: Sequence[tuple[Sequence[Slot], Ints]],
        index: NameIndex,
        variants: Mapping[Form, Variants],
        reading: Reading,
    ) -> Scores:
        """Return the evidence of each mention for some names of an index."""
        requests = []
        for own, names in mentions:
            first = [slot.forms[0][0] for slot in own]
            by_word = reading == "words"
            requests.append(
                Request(
                    own,
                    index.evidence(own, names, variants),
                    index.sizes[names],
                    partial(_slots_of, index, names),
                    np.zeros((len(names), 0), np.int64) if by_word else _heard(index, names),
                    index.rarity(names) if by_word else np.zeros((len(names), 0)),
                    index.alike(first, names) if by_word else np.zeros(len(names), bool),
                    index.exact[names],
                    index.places[names],
                )
            )
        return self._scores(requests, reading)

    def compare(
        self, pairs: Sequence[tuple[Name, Name]], reading: Reading, places: bool = False
    ) -> list[tuple[float, Terms]]:
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
        requests = []
        for a, b in both:
            left, right = [s.forms[0][0] for s in a], [s.forms[0][0] for s in b]
            evidence = np.full((1, len(a), WIDTHS[reading]), FLOOR)
            evidence[0, :, : len(b)] = np.array(_evidence(a, b, bits)).reshape(len(a), len(b))
            rarity = np.zeros((1, WIDTHS[reading]))
            rarity[0, : len(b)] = similarity.rarity(right) if reading == "words" else 0.0
            alike, exact = np.array([left == right]), np.zeros(1, bool)
            size, place = np.array([len(b)]), np.array([places])
            heard = np.array([sounds(right)])
            others = partial(_same, b)
            requests.append(Request(a, evidence, size, others, heard, rarity, alike, exact, place))
        scores = self._scores(requests, reading)
        return [
            (float(scores.bits[k][0]), scores.terms(k, 0, b) if a and b else ())
            for k, (a, b) in enumerate(both)
        ]

    def _scores(self, requests: Sequence[Request], reading: Reading) -> Scores:
        bits = [np.full(len(request.sizes), NOTHING) for request in requests]
        explain: dict[tuple[int, int], tuple[_Aligned, int]] = {}
        shapes: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for k, request in enumerate(requests):
            for p, size in enumerate(request.sizes.tolist()):
                if size and request.slots:
                    width = size if reading == "person" else 0
                    shapes.setdefault((len(request.slots), width), []).append((k, p))
        groups = [self._aligned(requests, rows, reading) for rows in shapes.values()]
        persons = [group for group in groups if isinstance(group, _Persons)]
        better = joined([g.batch for g in persons], self.similarity["person"], self.structure)
        for group, readings in zip(persons, better, strict=True):
            group.join(readings)
        for aligned, rows in zip(groups, shapes.values(), strict=True):
            for row, ((k, p), said) in enumerate(zip(rows, aligned.bits.tolist(), strict=True)):
                bits[k][p] = said
                explain[k, p] = aligned, row
        return Scores(bits, explain, requests)

    def _aligned(
        self, requests: Sequence[Request], rows: Sequence[tuple[int, int]], reading: Reading
    ) -> _Aligned:
        """The names of one shape, by their request and their position in it."""
        own = [requests[k] for k, _ in rows]
        at = [p for _, p in rows]
        evidence = np.array([r.evidence[p] for r, p in zip(own, at, strict=True)])
        return (_Persons if reading == "person" else _Words)(self, evidence, own, at)


class _Persons:
    """Names of one shape, aligned by their anatomy; parts written apart may be read as one."""

    def __init__(
        self, comparison: Comparison, evidence: Floats, own: Sequence[Request], at: Sequence[int]
    ) -> None:
        self._comparison = comparison
        self._evidence = evidence = evidence[:, :, : own[0].sizes[at[0]]]
        self._alignment = align(evidence, comparison.structure)
        self._joined: Mapping[int, Joined] = {}
        self.bits = self._alignment.bits.copy()
        distinct = {id(r): r for r in own}
        known = {k: sounds([s.forms[0][0] for s in r.slots]) for k, r in distinct.items()}
        left = np.array([known[id(r)] for r in own])
        right = np.array([r.heard[p, : evidence.shape[2]] for r, p in zip(own, at, strict=True)])

        def pair(row: int) -> Pair:
            return own[row].slots, own[row].others(at[row])

        self.batch = Batch(evidence, self._alignment.bits, (left, right), pair)

    def join(self, readings: Mapping[int, Joined]) -> None:
        """Take the better readings of some rows in place of the plain ones."""
        self._joined = readings
        for row, reading in readings.items():
            self.bits[row] = reading.bits

    def terms(self, row: int, left: Sequence[Slot], right: Sequence[Slot]) -> Terms:
        evidence, alignment, place = self._evidence[row], self._alignment, row
        if row in self._joined:
            reading = self._joined[row]
            left, right = reading.slots(left, right)
            evidence, alignment, place = reading.evidence, reading.alignment, reading.row
        rarity = self._comparison.similarity["person"].rarity
        both = rarity([s.forms[0][0] for s in left]), rarity([s.forms[0][0] for s in right])
        structure = self._comparison.structure
        return person_terms(left, right, evidence, both, alignment, place, structure)


class _Words:
    """Names whose left sides have equally many words, aligned word by word."""

    def __init__(
        self, comparison: Comparison, evidence: Floats, own: Sequence[Request], at: Sequence[int]
    ) -> None:
        similarity = comparison.similarity["words"]
        distinct = {id(r): r for r in own}
        known = {
            k: similarity.rarity([s.forms[0][0] for s in r.slots]) for k, r in distinct.items()
        }
        pairs = list(zip(own, at, strict=True))
        alike = np.array([r.alike[p] for r, p in pairs])
        exact = np.array([r.exact[p] for r, p in pairs])
        self._structure = comparison.word_structure
        self._evidence = evidence
        self._rarity = (
            np.array([known[id(r)] for r in own]),
            np.array([r.rarity[p] for r, p in pairs]),
        )
        self._alignment = align_words(
            evidence,
            self._rarity,
            np.array([r.sizes[p] for r, p in pairs]),
            alike,
            np.array([r.places[p] for r, p in pairs]),
            self._structure,
        )
        self.bits = np.where(alike | ~exact, self._alignment.bits, NOTHING)

    def terms(self, row: int, left: Sequence[Slot], right: Sequence[Slot]) -> Terms:
        rarity = self._rarity[0][row], self._rarity[1][row, : len(right)]
        evidence = self._evidence[row]
        return word_terms(left, right, evidence, rarity, self._alignment, row, self._structure)


_Aligned = _Persons | _Words


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


def _heard(index: NameIndex, names: Ints) -> Ints:
    """The sounds of each part of the names of an index, 0 where there is none."""
    rows = index.forms[names, :, 0]
    distinct, place = np.unique(rows, return_inverse=True)
    table = np.array(sounds([index.vocabulary[row] for row in distinct.tolist()]), np.int64)
    heard: Ints = np.where(distinct < 0, 0, table)[place].reshape(rows.shape)
    return heard


def _slots_of(index: NameIndex, names: Ints, position: int) -> Sequence[Slot]:
    """The parts of a name of an index, by what the index knows of them."""
    name, found = names[position], []
    for rows, costs, article in zip(
        index.forms[name].tolist(),
        index.costs[name].tolist(),
        index.articles[name].tolist(),
        strict=True,
    ):
        forms = tuple((index.vocabulary[r], c) for r, c in zip(rows, costs, strict=True) if r >= 0)
        if forms:
            text, script = forms[0][0]
            part = Part(text, script, PartType.WORD, text, 0, 0, article)
            found.append(Slot(part, forms))
    return found


def _same(slots: Sequence[Slot], position: int) -> Sequence[Slot]:
    return slots
