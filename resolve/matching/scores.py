"""The bits of pairs of names, and their terms, from their parts' bits for each other.

pairs    laid out in arrays, in whatever shapes
groups   those of one shape, aligned together; parts written apart are joined
scores   the bits of each pair; a pair is explained from the very alignment that scored it
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.matching.alignment import Alignment, align_all, ways
from resolve.matching.compounds import Compounded, Written, compounds, read_with, written
from resolve.matching.evidence import person_terms
from resolve.matching.joins import Batch, Joined, Pair, joined, read_as
from resolve.matching.lands import land
from resolve.matching.ragged import distinct
from resolve.matching.second_names import crossed_ways, second_names
from resolve.matching.similarity import Similarity
from resolve.matching.slots import Slot
from resolve.matching.sounds import sounds
from resolve.matching.words import STATE, WordAlignment, align_words, word_terms
from resolve.types import Term

if TYPE_CHECKING:
    from resolve.matching.comparison import Comparison

__all__ = ["NOTHING", "Pairs", "Reading", "Scores"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Reading = Literal["person", "words"]
"""How a name is read: by its anatomy, or word by word."""
Terms = tuple[Term, ...]
Shape = tuple[int, int]

NOTHING = -100.0
"""Bits of a name that has nothing to compare."""
COMPOUNDED = 8
"""Names of each mention that are read with two words as one, the most alike. Chosen."""
CROSSED = 8
"""Names of each mention in which second given names are looked for, the most alike. Chosen."""
_SPEAKING = 0.0  # bits of a name that is worth a second look
_MANY = 100  # parts: more than any name has


class Pairs(NamedTuple):
    """Pairs of names, and the bits of every part of the left one for every part of the right.

    Pair p is about `lefts[owners[p]]`; pairs of one left name stand together, in the order of
    `lefts`. `evidence` has the shape (pairs, parts, parts), as wide as any name; `sizes` says how
    many parts each right name has, `heard` are their sounds: for persons. Which pairs are written
    `alike` is told for words, and for those that agree only if they are: the `exact` ones. For
    words alone, which right names are places', and which states their actors are of. `rarity`
    returns that of the parts of some pairs' right names (pairs, parts), `right` the parts of one,
    `written` its words as `compounds` has them.
    """

    lefts: Sequence[Sequence[Slot]]
    owners: Ints
    evidence: Floats
    sizes: Ints
    heard: Ints
    alike: Bools
    exact: Bools
    places: Bools
    lands: Ints
    rarity: Callable[[Ints], Floats]
    right: Callable[[int], Sequence[Slot]]
    written: Callable[[int], Written]


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


class _Read(NamedTuple):
    """A pair of names as it is read: the evidence of its parts, and the row of an alignment."""

    left: Sequence[Slot]
    right: Sequence[Slot]
    evidence: Floats
    alignment: Alignment
    row: int


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
        self._second: dict[int, Mapping[tuple[int, int], float]] = {}
        self._apart = pairs.exact[rows] & ~pairs.alike[rows]
        self.bits = np.where(self._apart, NOTHING, self._alignment.bits)
        owners, place = np.unique(pairs.owners[rows], return_inverse=True)
        known = [sounds([s.forms[0][0] for s in pairs.lefts[k]]) for k in owners.tolist()]
        heard = np.array(known)[place], pairs.heard[rows, :m]

        def pair(row: int) -> Pair:
            return pairs.lefts[int(pairs.owners[rows[row]])], pairs.right(int(rows[row]))

        self.batch = Batch(self._evidence, self._alignment.bits, heard, pair)

    @cached_property
    def _rarity(self) -> Floats:
        """That of the parts of the right names."""
        return self._pairs.rarity(self.rows)

    def join(self, readings: Mapping[int, Joined]) -> None:
        """Take the better readings of some rows in place of the plain ones."""
        self._joined = readings
        for row, reading in readings.items():
            self.bits[row] = reading.bits
        self._hear_second_names()
        self.bits[self._apart] = NOTHING

    def terms(self, row: int, left: Sequence[Slot], right: Sequence[Slot]) -> Terms:
        """Return the terms of a row, whose parts are these."""
        rarity = self._comparison.similarity["person"].rarity
        common = self._rarity[row, : len(right)]
        read = self._read(row, (left, right))
        if row in self._joined:
            common = rarity([s.forms[0][0] for s in read.right])
        both = rarity([s.forms[0][0] for s in read.left]), common
        structure, second = self._comparison.structure, self._second.get(row, {})
        left, right, evidence, alignment, place = read
        return person_terms(left, right, evidence, both, alignment, place, structure, second)

    def _read(self, row: int, names: Pair) -> _Read:
        """How a row, whose parts are these, is read at last."""
        if row not in self._joined:
            return _Read(*names, self._evidence[row], self._alignment, row)
        own = self._joined[row]
        return _Read(*own.slots(*names), own.evidence, own.alignment, own.row)

    def _hear_second_names(self) -> None:
        """Let second given names speak, in the rows that agree best."""
        crossed = crossed_ways(*self._evidence.shape[1:])
        may = crossed[self._alignment.turned, self._alignment.chosen]
        may[list(self._joined)] = True
        rows = np.flatnonzero(may & (self.bits > _SPEAKING))
        rows = rows[_best(self.bits[rows], self._pairs.owners[self.rows[rows]], CROSSED)]
        structure, learned = self._comparison.structure, self._comparison.learned
        for row in np.sort(rows).tolist():
            read = self._read(row, self.batch.pair(row))
            said = second_names(*read, structure, learned)
            if said:
                self._second[row] = said
                self.bits[row] += sum(said.values())

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
            (np.array([_lands(pairs.lefts[k]) for k in owners.tolist()])[place], pairs.lands[rows]),
            self._structure,
        )
        self.bits = np.where(alike | ~pairs.exact[rows], self._alignment.bits, NOTHING)
        self._compounded: dict[int, tuple[Compounded, WordAlignment]] = {}
        self._compound(comparison.similarity["words"], pairs)

    def _compound(self, similarity: Similarity, pairs: Pairs) -> None:
        """Read two words of one name as one of the other, in rows that agree better so."""
        found = {}
        rows = _best(self.bits, pairs.owners[self.rows], COMPOUNDED)
        rows = rows[~pairs.alike[self.rows[rows]] & ~pairs.exact[self.rows[rows]]]
        asked = self.rows[rows]
        lefts = {k: written(pairs.lefts[k]) for k in distinct(pairs.owners[asked]).tolist()}
        for row, owner, pair in zip(
            rows.tolist(), pairs.owners[asked].tolist(), asked.tolist(), strict=True
        ):
            if joins := compounds(lefts[owner], pairs.written(pair)):
                names = pairs.lefts[owner], pairs.right(pair)
                found[row] = joins, names, self._evidence[row, :, : len(names[1])]
        for row, read in read_with(found, similarity).items():
            count, alike = np.array([read.evidence.shape[1]]), np.zeros(1, bool)
            aligned = align_words(
                read.evidence[None],
                (read.rarity[0][None], read.rarity[1][None]),
                count,
                alike,
                pairs.places[self.rows[[row]]],
                (np.array([_lands(read.names[0])]), pairs.lands[self.rows[[row]]]),
                self._structure,
            )
            if aligned.bits[0] > self.bits[row]:
                self.bits[row] = aligned.bits[0]
                self._compounded[row] = read, aligned

    def terms(self, row: int, left: Sequence[Slot], right: Sequence[Slot]) -> Terms:
        """Return the terms of a row, whose words are these."""
        if row in self._compounded:
            read, aligned = self._compounded[row]
            left, right = read_as((read.join,), left, right)
            return word_terms(left, right, read.evidence, read.rarity, aligned, 0, self._structure)
        rarity = self._rarity[0][row], self._rarity[1][row, : len(right)]
        evidence = self._evidence[row]
        return word_terms(left, right, evidence, rarity, self._alignment, row, self._structure)

    def contradicted(self, row: int) -> bool:
        """Whether both names have a telling word that nothing answers to."""
        if row in self._compounded:
            read, aligned = self._compounded[row]
            answered, rarity = aligned.answers[0], read.rarity
        else:
            answered = self._alignment.answers[row]
            rarity = self._rarity[0][row], self._rarity[1][row, : self._sizes[row]]
        over = (answered < 0) & (answered != STATE)
        more = ~np.isin(np.arange(len(rarity[1])), answered)
        return bool(self._structure.contradiction(rarity[0][over], rarity[1][more]) > 0)


def _lands(slots: Sequence[Slot]) -> list[int]:
    return [land(slot.forms[0][0]) for slot in slots]


def _best(bits: Floats, owners: Ints, most: int) -> Ints:
    """The rows of each owner that have the most bits, so many of them."""
    order = np.lexsort((-bits, owners))
    starts = np.searchsorted(owners[order], owners[order])
    return np.asarray(order[np.arange(len(order)) - starts < most])


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
