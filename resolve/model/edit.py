"""How likely is it that one word was written for another, letter by letter?

A stochastic many-to-many edit model (Ristad & Yianilos 1998; Jiampojamarn, Kondrak & Sherif
2007): a pair of words is made by a chain of operations, each replacing 0-2 letters of one side
by 0-3 of the other (`th` ~ `ث`), with the ends of the words as letters of their own. The joint
probability sums over all chains. All pairs of a batch advance together, a row of the dynamic
programme at a time, so that NumPy does the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.compiled import kernel
from resolve.model.operations import Chances, Operations, Packed, packed
from resolve.texts import Texts

__all__ = ["EditModel", "Encoded", "Inventory", "Spelled", "Written"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Rows = tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]]]
"""Pairs of words, by their rows: of the left word and of the right one."""

START, END = "^", "$"
_NO_END = {ord(START): "\0", ord(END): "\0"}  # within a word they are no ends
MAX_LETTERS = 30
"""Letters of a word that are read; the rest of a longer one is not compared."""
_SAVED = 3e-6  # seconds that the compiled programme saves on a pair
_SAVED_READING = 1e-6  # and on reading a word
_CHUNK = 1024  # pairs that advance together: their rows stay in the cache


class Encoded(NamedTuple):
    """Words as ids of their substrings: `ids[w, i, l]` ends at letter i and has l letters."""

    ids: Ints  # (words, letters + 3, longest + 1); the inventory's size where there is none
    lengths: Ints  # (words,), with both boundaries

    def take(self, rows: Ints) -> Encoded:
        """Return the words at these rows, in their order."""
        lengths = self.lengths[rows]
        longest = int(lengths.max(initial=0))
        return Encoded(self.ids[rows, : longest + 1], lengths)

    def laid(self, rows: NDArray[np.integer[Any]], letters: int) -> Ints:
        """Return the first letters of the words at these rows, as [l, letter, word]."""
        return np.ascontiguousarray(self.ids[rows, : letters + 1].T)


class Written(NamedTuple):
    """Words at the rows of a list, by their letters; `ends` are those of the list's words.

    `numbers` are what letters are in an inventory, with both boundaries as the last ones.
    """

    letters: NDArray[np.uint8]
    ends: NDArray[np.uint32]
    rows: NDArray[np.int64]
    numbers: NDArray[np.int64]


class Spelled(NamedTuple):
    """How the substrings of an inventory are spelled, as arrays."""

    letters: NDArray[np.integer[Any]]  # their code points, ascending: they are numbered from 1
    sizes: NDArray[np.integer[Any]]  # letters of each substring
    numbers: tuple[Ints, ...]  # for each length, the number of the substring of these letters

    @classmethod
    def of(cls, substrings: Sequence[str]) -> Spelled:
        """Return substrings as arrays; letters are read as digits of a number."""
        points = sorted({ord(c) for s in substrings for c in s})
        sizes = np.array([len(s) for s in substrings], np.uint8)
        base, longest = len(points) + 1, max(map(len, substrings), default=1)
        tables = [np.full(base**n, len(substrings), np.int32) for n in range(1, longest + 1)]
        digits = {chr(point): k for k, point in enumerate(points, start=1)}
        for number, substring in enumerate(substrings):
            key = 0
            for letter in substring:
                key = key * base + digits[letter]
            if substring:
                tables[len(substring) - 1][key] = number
        return cls(np.array(points, np.uint32), sizes, tuple(tables))


class Inventory:
    """The substrings that may take part in an operation; number 0 is the empty one."""

    def __init__(self, substrings: Sequence[str] | Texts, spelled: Spelled | None = None) -> None:
        """Take the substrings, read when they are asked for, and how they are spelled."""
        self._substrings = substrings
        self._spelled = Spelled.of(tuple(substrings)) if spelled is None else spelled
        self._letters, self.sizes, self._tables = self._spelled
        self.longest = len(self._tables)

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def spelled(self) -> Spelled:
        """How the substrings are spelled."""
        return self._spelled

    @cached_property
    def substrings(self) -> tuple[str, ...]:
        """The substrings in their order."""
        return tuple(self._substrings)

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each substring."""
        return {s: i for i, s in enumerate(self.substrings)}

    def encode(self, words: Sequence[str]) -> Encoded:
        """Return the words as arrays, in their order; at most `MAX_LETTERS` letters of each."""
        bounded = [START + word[:MAX_LETTERS].translate(_NO_END) + END for word in words]
        lengths = np.array([len(word) for word in bounded], np.int32)
        columns = int(lengths.max(initial=0))
        padded = "".join(word.ljust(columns, "\0") for word in bounded)
        return self.encoded(self.numbers(padded).reshape(len(bounded), columns), lengths)

    def encoded(self, letters: NDArray[np.int64], lengths: Ints) -> Encoded:
        """Return words whose letters are given by their numbers, boundaries included."""
        count, columns = letters.shape
        ids = np.full((count, columns + 1, self.longest + 1), len(self), np.int32)
        ids[:, :, 0] = 0
        base = len(self._letters) + 1
        for length, table in enumerate(self._tables, start=1):
            key = np.zeros((count, max(columns - length + 1, 0)), np.int64)
            for k in range(length):
                key = key * base + letters[:, k : k + key.shape[1]]
            ids[:, length:, length] = table[key]
        return Encoded(ids, lengths)

    @cached_property
    def flat(self) -> tuple[Ints, NDArray[np.int64]]:
        """The numbers of all substrings in one array, and where those of each length begin."""
        sizes = [len(table) for table in self._tables]
        starts = np.cumsum([0, *sizes[:-1]], dtype=np.int64)
        return np.concatenate(self._tables).astype(np.int32, copy=False), starts

    @property
    def base(self) -> int:
        """To which base letters are the digits of a number."""
        return len(self._letters) + 1

    def numbers(self, text: str) -> NDArray[np.int64]:
        """Return the letters of a text by their number from 1; 0 for what is unknown here."""
        points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        if not len(self._letters):
            return np.zeros(len(points), np.int64)
        place = np.minimum(np.searchsorted(self._letters, points), len(self._letters) - 1)
        return np.where(self._letters[place] == points, place + 1, 0)


class EditModel:
    """Joint and marginal probabilities of word pairs over two alphabets, in bits.

    `table[x, y]` is the probability of the operation that writes substring x of the left
    inventory as y of the right one; all entries add up to one. It has a row and a column of
    zeros more, where the sentinel of an unknown substring leads. Hardly an entry of thousands
    isn't zero: the model keeps these alone, as `chances`.
    """

    def __init__(self, left: Inventory, right: Inventory, table: Floats | Chances) -> None:
        """Take the operations, or the table, with or without the last row and column."""
        self.left = left
        self.right = right
        if not isinstance(table, Chances):
            x, y = np.nonzero(table[: len(left), : len(right)])
            table = Chances(x, y, table[x, y])
        self.chances = table

    @cached_property
    def table(self) -> Floats:
        """The probability of every operation."""
        table = np.zeros((len(self.left) + 1, len(self.right) + 1))
        table[self.chances.x, self.chances.y] = self.chances.p
        return table

    def joint(self, left: Encoded, right: Encoded, rows: Rows | None = None) -> Floats:
        """Return log2 P(left, right) of word pairs; -inf where no chain exists.

        Word k of the left goes with word k of the right; or, if `rows` are given, the words at
        the rows of the left with those at the rows of the right.
        """
        if rows is None:
            every = np.arange(len(left.lengths))
            rows = every, every
        compiled = kernel("edit", len(rows[0]) * _SAVED)
        if compiled is None or not self._ends_meet:
            chances = self._joint(left, right, rows)
        else:
            x, y = (own.astype(np.int64) for own in rows)
            words = left.ids, left.lengths, x, right.ids, right.lengths, y
            chances = compiled.joint(*words, *self._packed)
        with np.errstate(divide="ignore"):
            return np.log2(chances)

    def _joint(self, left: Encoded, right: Encoded, rows: Rows) -> Floats:
        result = np.empty(len(rows[0]))
        lengths = left.lengths[rows[0]], right.lengths[rows[1]]
        order = np.argsort(lengths[0] * 64 + lengths[1], kind="stable")
        for start in range(0, len(order), _CHUNK):
            own = order[start : start + _CHUNK]
            n, m = lengths[0][own], lengths[1][own]
            x, y = left.laid(rows[0][own], int(n.max())), right.laid(rows[1][own], int(m.max()))
            result[own] = self._forward(x, y)[n, m, np.arange(len(own))]
        return result

    def forward(self, left: Encoded, right: Encoded) -> Floats:
        """Return F[pair, i, j]: the probability of having written i and j letters."""
        return self._forward(left.ids.T, right.ids.T).transpose(2, 0, 1)

    def _forward(self, x: Ints, y: Ints) -> Floats:
        """F[i, j, pair], by the substrings of l letters that end at a letter: x[l, i, pair]."""
        n, m = x.shape[1] - 1, y.shape[1] - 1
        result = np.zeros((n + 1, m + 1, x.shape[2]))
        result[0, 0] = 1.0
        steps = [operations.at(x, y) for operations in self._operations]
        taking = [step for step in steps if step.taken]
        inserted = [step.inserted() for step in steps if not step.taken]
        for i in range(n + 1):
            for step in taking:
                if step.taken <= i:
                    step.add(i, result[i - step.taken], result[i])
            for weights in inserted:
                for j in range(1, m + 1):
                    result[i, j] += result[i, j - 1] * weights[j]
        return result

    @cached_property
    def _operations(self) -> list[Operations]:
        """The operations, by how many letters of either side they write.

        For none, one letter at a time is written; and nothing is never written for nothing.
        """
        found = []
        shape = len(self.left) + 1, len(self.right) + 1
        sizes = self.left.sizes[self.chances.x], self.right.sizes[self.chances.y]
        for taken in range(self.left.longest + 1):
            for written in range(self.right.longest + 1) if taken else (1,):
                own = np.flatnonzero((sizes[0] == taken) & (sizes[1] == written))
                if len(own) or not taken:
                    found.append(Operations(taken, written, shape, self.chances.take(own)))
        return found

    @cached_property
    def _packed(self) -> Packed:
        return packed(self._operations)

    @cached_property
    def _ends_meet(self) -> bool:
        """Whether ends of words go with ends only; else no compiled programme stands for this."""
        x, y = (
            np.array([[end in s for s in side.substrings] for end in (START, END)])
            for side in (self.left, self.right)
        )
        return bool((x[:, self.chances.x] == y[:, self.chances.y]).all())

    def together(self, left: Written, right: Written) -> Floats | None:
        """Return `joint` of word pairs and `marginal` of their left and right words, (3, pairs).

        Word k of the left goes with word k of the right. None where no compiled programme is
        loaded, or none stands for this model.
        """
        compiled = kernel("edit", len(left.rows) * (_SAVED + 2 * _SAVED_READING))
        if compiled is None or not self._ends_meet:
            return None
        sides = *left, *self._read[0], *right, *self._read[1]
        chances: Floats = compiled.together(*sides, *self._packed, MAX_LETTERS)
        with np.errstate(divide="ignore"):
            return np.log2(chances, out=chances)

    @cached_property
    def _read(self) -> tuple[tuple[Any, ...], ...]:
        """What the compiled programme reads words of either side by."""
        return tuple(
            (*inventory.flat, inventory.base, len(inventory), *weights)
            for inventory, weights in zip((self.left, self.right), self._weights, strict=True)
        )

    def marginal(self, words: Encoded, side: int) -> Floats:
        """Return log2 of the probability of each word on one side (0 left, 1 right).

        Summed over everything that may stand on the other side, insertions included.
        """
        longest = (self.left, self.right)[side].longest
        weight, gain = self._weights[side]
        rows = words.ids.shape[1]
        sums = np.zeros((len(words.lengths), rows))
        sums[:, 0] = gain
        for i in range(1, rows):
            for taken in range(1, min(i, longest) + 1):
                sums[:, i] += sums[:, i - taken] * weight[words.ids[:, i, taken]]
            sums[:, i] *= gain
        with np.errstate(divide="ignore"):
            return np.asarray(np.log2(sums[np.arange(len(rows_ := words.lengths)), rows_]))

    @cached_property
    def _weights(self) -> tuple[tuple[Floats, float], ...]:
        """Of either side: how likely each substring is written, and what insertions make of it."""
        found: list[tuple[Floats, float]] = []
        for inventory, own in ((self.left, self.chances.x), (self.right, self.chances.y)):
            weight = np.bincount(own, self.chances.p, len(inventory) + 1).astype(float)
            gain = 1.0 / (1.0 - float(weight[0]))
            weight[0] = 0.0
            found.append((weight, gain))
        return tuple(found)

    @cached_property
    def symmetric(self) -> bool:
        """Whether both sides are one alphabet."""
        return self.left.substrings == self.right.substrings
