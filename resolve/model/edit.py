"""How likely is it that one word was written for another, letter by letter?

A stochastic many-to-many edit model (Ristad & Yianilos 1998; Jiampojamarn, Kondrak & Sherif
2007): a pair of words is made by a chain of operations, each replacing 0-2 letters of one side
by 0-3 of the other (`th` ~ `ث`), with the ends of the words as letters of their own. The joint
probability sums over all chains. All pairs of a batch advance together, a row of the dynamic
programme at a time, so that NumPy does the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled import kernel
from resolve.model.operations import Operations, Packed, packed

__all__ = ["EditModel", "Encoded", "Inventory"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Rows = tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]]]
"""Pairs of words, by their rows: of the left word and of the right one."""

START, END = "^", "$"
_NO_END = {ord(START): "\0", ord(END): "\0"}  # within a word they are no ends
MAX_LETTERS = 30
"""Letters of a word that are read; the rest of a longer one is not compared."""
_SAVED = 3e-6  # seconds that the compiled programme saves on a pair
_CHUNK = 1024  # pairs that advance together: their rows stay in the cache


@dataclass(frozen=True)
class Encoded:
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


class Inventory:
    """The substrings that may take part in an operation; number 0 is the empty one."""

    def __init__(self, substrings: Sequence[str]) -> None:
        self.substrings = tuple(substrings)
        self.number = {s: i for i, s in enumerate(self.substrings)}
        self.longest = max((len(s) for s in self.substrings), default=1)
        self._letters = np.array(sorted({ord(c) for s in self.substrings for c in s}), np.int64)

    def __len__(self) -> int:
        return len(self.substrings)

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

    def numbers(self, text: str) -> NDArray[np.int64]:
        """Return the letters of a text by their number from 1; 0 for what is unknown here."""
        points = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
        if not len(self._letters):
            return np.zeros(len(points), np.int64)
        place = np.minimum(np.searchsorted(self._letters, points), len(self._letters) - 1)
        return np.where(self._letters[place] == points, place + 1, 0)

    def of_length(self, letters: int) -> NDArray[np.int64]:
        """Return the numbers of the substrings of so many letters."""
        return np.array([k for k, s in enumerate(self.substrings) if len(s) == letters], np.int64)

    @cached_property
    def _tables(self) -> tuple[Ints, ...]:
        """For each length, the number of the substring of these letters."""
        base = len(self._letters) + 1
        tables = [
            np.full(base**length, len(self), np.int32) for length in range(1, self.longest + 1)
        ]
        letters = {chr(point): i for i, point in enumerate(self._letters.tolist(), start=1)}
        for substring, number in self.number.items():
            key = 0
            for letter in substring:
                key = key * base + letters[letter]
            if substring:
                tables[len(substring) - 1][key] = number
        return tuple(tables)


class EditModel:
    """Joint and marginal probabilities of word pairs over two alphabets, in bits.

    `table[x, y]` is the probability of the operation that writes substring x of the left
    inventory as y of the right one; all entries add up to one. A table that has a row and a
    column of zeros more, where the sentinel of an unknown substring leads, is taken as it is.
    """

    def __init__(self, left: Inventory, right: Inventory, table: Floats) -> None:
        self.left = left
        self.right = right
        if table.shape == (len(left), len(right)):
            table = np.pad(table, (0, 1))
        self.table = table

    def joint(self, left: Encoded, right: Encoded, rows: Rows | None = None) -> Floats:
        """Return log2 P(left, right) of word pairs; -inf where no chain exists.

        Word k of the left goes with word k of the right; or, if `rows` are given, the words at
        the rows of the left with those at the rows of the right.
        """
        if rows is None:
            every = np.arange(len(left.lengths))
            rows = every, every
        compiled = kernel("edit", len(rows[0]) * _SAVED) if self._ends_meet else None
        if compiled is None:
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
        for taken in range(self.left.longest + 1):
            for written in range(self.right.longest + 1) if taken else (1,):
                x, y = self.left.of_length(taken), self.right.of_length(written)
                used = self.table[np.ix_(x, y)]
                x, y = x[used.any(1) | (taken == 0)], y[used.any(0)]
                if len(x):
                    found.append(Operations(taken, written, self.table, x, y))
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
        differ = (x[:, :, None] != y[:, None, :]).any(0)
        return not (self.table[:-1, :-1][differ] > 0).any()

    def marginal(self, words: Encoded, side: int) -> Floats:
        """Return log2 of the probability of each word on one side (0 left, 1 right).

        Summed over everything that may stand on the other side, insertions included.
        """
        longest = (self.left, self.right)[side].longest
        table = self.table if side == 0 else self.table.T
        weight = table.sum(1)
        stay = table[0].sum()
        weight[0] = 0.0
        gain = 1.0 / (1.0 - stay)
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
    def symmetric(self) -> bool:
        """Whether both sides are one alphabet."""
        return self.left.substrings == self.right.substrings
