"""The evidence of whole names: mentions against names of an index, or name against name.

The one place where readings, similarity and alignment meet. Persons are compared by the anatomy
of their names, organizations and places word by word. All pairs of a batch that have one shape
are aligned together, and a pair is explained from the very alignment that scored it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.matching.alignment import MAX_PARTS, Alignment, Structure, align_all, ways
from resolve.matching.evidence import person_terms
from resolve.matching.form import Form
from resolve.matching.index import NameIndex
from resolve.matching.joins import Batch, Joined, Pair, joined
from resolve.matching.lookup import Variants
from resolve.matching.ragged import distinct
from resolve.matching.similarity import FLOOR, Similarity
from resolve.matching.slots import ARTICLE, Plain, Slot, slots
from resolve.matching.sounds import sounds
from resolve.matching.words import MAX_WORDS, WordStructure, align_words, word_terms
from resolve.model.learned import Learned
from resolve.names import person, words
from resolve.types import Kind, Name, Term

__all__ = ["NOTHING", "Comparison", "Reading", "Scores", "read_slots", "reading_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Reading = Literal["person", "words"]
"""How a name is read: by its anatomy, or word by word."""
Terms = tuple[Term, ...]
Shape = tuple[int, int]

WIDTHS = {"person": MAX_PARTS, "words": MAX_WORDS}
NOTHING = -100.0
"""Bits of a name that has nothing to compare."""
_MANY = 100  # parts: more than any name has


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


class Pairs(NamedTuple):
    """Pairs of names, and the bits of every part of the left one for every part of the right.

    Pair p is about `lefts[owners[p]]`; pairs of one left name stand together, in the order of
    `lefts`. `evidence` has the shape (pairs, parts, parts), as wide as any name; `sizes` says how
    many parts each right name has, `heard` are their sounds: for persons. The next three are for
    words: which pairs are written alike, which agree only if they are, and which right names are
    places'. `rarity` returns that of the parts of some pairs' right names (pairs, parts), `right`
    the parts of one.
    """

    lefts: Sequence[Sequence[Slot]]
    owners: Ints
    evidence: Floats
    sizes: Ints
    heard: Ints
    alike: Bools
    exact: Bools
    places: Bools
    rarity: Callable[[Ints], Floats]
    right: Callable[[int], Sequence[Slot]]


class Scores:
    """The bits of each left name's pairs, and whatever is needed to explain them."""

    def __init__(self, pairs: Pairs, comparison: Comparison, reading: Reading) -> None:
        self._pairs = pairs
        self._starts = np.searchsorted(pairs.owners, np.arange(len(pairs.lefts) + 1))
        said = np.full(len(pairs.owners), NOTHING)
        self._groups = _groups(pairs, comparison, reading)
        self._group = np.full(len(said), -1, np.int64)
        self._row = np.zeros(len(said), np.int64)
        for number, group in enumerate(self._groups):
            said[group.rows] = group.bits
            self._group[group.rows] = number
            self._row[group.rows] = np.arange(len(group.rows))
        starts = self._starts.tolist()
        self.bits = [said[a:b] for a, b in pairwise(starts)]

    def terms(self, left: int, position: int, right: Sequence[Slot]) -> Terms:
        """Return the terms of one pair of a left name, whose right parts are these; they add up."""
        pair = int(self._starts[left]) + position
        group: _Group = self._groups[self._group[pair]]
        return group.terms(int(self._row[pair]), self._pairs.lefts[left], right)

    def contradicted(self, left: int, position: int) -> bool:
        """Return whether any term of a pair is a contradiction, without putting it in words."""
        pair = int(self._starts[left]) + position
        group: _Group = self._groups[self._group[pair]]
        return group.contradicted(int(self._row[pair]))


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
    ) -> dict[str, NDArray[Any]]:
        """Return what an index of names that are read this way consists of.

        `exact` says which of them agree only with what is written exactly so (acronyms),
        `places` which are those of places; by default none.
        """
        width, similarity = WIDTHS[reading], self.similarity[reading]
        return NameIndex.arrays_of(names, width, similarity, self.learned, exact, places)

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
        # Nothing is asked of nobody: it takes as long as of a few.
        variants = self._variants(mentions, index, reading) if len(index) else {}
        pools, evidence = index.search(mentions, variants, among)
        return pools, self._scored(mentions, pools, evidence, index, reading)

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
        return self._scored(mentions, names, np.concatenate(tables), index, reading)

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
        by_word, alike = reading == "words", np.zeros(len(every), bool)
        if by_word:
            plain = [[slot.forms[0][0] for slot in own] for own in mentions]
            both = zip(plain, names, strict=True)
            alike = np.concatenate([alike[:0], *(index.alike(own, asked) for own, asked in both)])
        pairs = Pairs(
            mentions,
            np.repeat(np.arange(len(mentions)), [len(asked) for asked in names]),
            evidence,
            index.sizes[every].astype(np.int64),
            np.zeros((0, 0), np.int64) if by_word else index.heard(every),
            alike,
            index.exact[every],
            index.places[every],
            lambda rows: index.rarity(every[rows]),
            lambda pair: index.slots(int(every[pair])),
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
            lambda rows: rarity[rows],
            lambda pair: both[pair][1],
        )
        scores = Scores(compared, self, reading)
        return [
            (float(scores.bits[k][0]), scores.terms(k, 0, b) if a and b else ())
            for k, (a, b) in enumerate(both)
        ]


class _Persons:
    """Names of one shape, aligned by their anatomy; parts written apart may be read as one."""

    def __init__(
        self, comparison: Comparison, pairs: Pairs, rows: Ints, shape: Shape, aligned: Alignment
    ) -> None:
        n, m = shape
        self.rows = rows
        self._comparison = comparison
        self._evidence = pairs.evidence[rows, :n, :m]
        self._pairs = pairs
        self._alignment = aligned
        self._joined: Mapping[int, Joined] = {}
        self.bits = self._alignment.bits.copy()
        owners, place = np.unique(pairs.owners[rows], return_inverse=True)
        known = [sounds([s.forms[0][0] for s in pairs.lefts[k]]) for k in owners.tolist()]
        heard = np.array(known)[place], pairs.heard[rows, :m]

        def pair(row: int) -> Pair:
            return pairs.lefts[int(pairs.owners[rows[row]])], pairs.right(int(rows[row]))

        self.batch = Batch(self._evidence, self._alignment.bits, heard, pair)

    def join(self, readings: Mapping[int, Joined]) -> None:
        """Take the better readings of some rows in place of the plain ones."""
        self._joined = readings
        for row, reading in readings.items():
            self.bits[row] = reading.bits

    def terms(self, row: int, left: Sequence[Slot], right: Sequence[Slot]) -> Terms:
        """Return the terms of a row, whose parts are these."""
        evidence, alignment, place = self._evidence[row], self._alignment, row
        rarity = self._comparison.similarity["person"].rarity
        common = self._pairs.rarity(self.rows[[row]])[0, : len(right)]
        if row in self._joined:
            reading = self._joined[row]
            left, right = reading.slots(left, right)
            evidence, alignment, place = reading.evidence, reading.alignment, reading.row
            common = rarity([s.forms[0][0] for s in right])
        both = rarity([s.forms[0][0] for s in left]), common
        structure = self._comparison.structure
        return person_terms(left, right, evidence, both, alignment, place, structure)

    def contradicted(self, row: int) -> bool:
        """Whether both names have a part that nothing answers to."""
        reading = self._joined.get(row)
        alignment, shape = self._alignment, self._evidence.shape[1:]
        if reading is not None:
            alignment, row, shape = reading.alignment, reading.row, reading.evidence.shape
        table, way = ways(*shape), int(alignment.chosen[row])
        return bool(table.left_over[way].any() and table.right_over[way].any())


class _Words:
    """Names whose left sides have equally many words, aligned word by word."""

    def __init__(self, comparison: Comparison, pairs: Pairs, rows: Ints, size: int) -> None:
        rarity = comparison.similarity["words"].rarity
        owners, place = np.unique(pairs.owners[rows], return_inverse=True)
        known = [rarity([s.forms[0][0] for s in pairs.lefts[k]]) for k in owners.tolist()]
        self.rows = rows
        self._structure = comparison.word_structure
        self._evidence = pairs.evidence[rows, :size]
        self._rarity = np.array(known)[place], pairs.rarity(rows)
        self._sizes = pairs.sizes[rows]
        alike = pairs.alike[rows]
        self._alignment = align_words(
            self._evidence,
            self._rarity,
            self._sizes,
            alike,
            pairs.places[rows],
            self._structure,
        )
        self.bits = np.where(alike | ~pairs.exact[rows], self._alignment.bits, NOTHING)

    def terms(self, row: int, left: Sequence[Slot], right: Sequence[Slot]) -> Terms:
        """Return the terms of a row, whose words are these."""
        rarity = self._rarity[0][row], self._rarity[1][row, : len(right)]
        evidence = self._evidence[row]
        return word_terms(left, right, evidence, rarity, self._alignment, row, self._structure)

    def contradicted(self, row: int) -> bool:
        """Whether both names have a word that nothing answers to."""
        answered = self._alignment.answers[row]
        met = int((answered >= 0).sum())
        return bool(met < len(answered) and met < self._sizes[row])


_Group = _Persons | _Words


def _groups(pairs: Pairs, comparison: Comparison, reading: Reading) -> list[_Group]:
    """The pairs of one shape each; names without any part are in none."""
    sizes = np.array([len(left) for left in pairs.lefts], np.int64)[pairs.owners]
    held = np.flatnonzero((sizes > 0) & (pairs.sizes > 0))
    if reading == "person":
        return list(_persons(pairs, comparison, held, sizes))
    return [
        _Words(comparison, pairs, held[sizes[held] == size], size)
        for size in distinct(sizes[held]).tolist()
    ]


def _persons(pairs: Pairs, comparison: Comparison, held: Ints, sizes: Ints) -> Iterator[_Persons]:
    """The pairs of persons' names, all aligned at once; parts written apart are joined."""
    left, right = sizes[held], pairs.sizes[held]
    aligned = align_all(pairs.evidence[held], left, right, comparison.structure)
    shape, groups = left * _MANY + right, []
    for own in distinct(shape).tolist():
        places = np.flatnonzero(shape == own)
        part = Alignment(*(getattr(aligned, f.name)[places] for f in fields(aligned)))
        groups.append(_Persons(comparison, pairs, held[places], divmod(own, _MANY), part))
    similarity = comparison.similarity["person"]
    better = joined([group.batch for group in groups], similarity, comparison.structure)
    for group, readings in zip(groups, better, strict=True):
        group.join(readings)
        yield group


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
