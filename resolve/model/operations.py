"""The operations of an edit model, by how many letters they write: few of many are possible.

Nearly every letter may stand for every other, but of two letters for two hardly one pair in
two hundred has an operation. So a step of the dynamic programme multiplies whole rows where
operations are dense, and elsewhere looks for the few places that have one.

    Chances      the operations that are possible, and how likely each is
    Operations   those that write `taken` letters as `written` ones
    Step         the same at every letter of some pairs of words, ready to add
    Packed       all kinds of operations as plain arrays, for the compiled programme
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Chances", "Operations", "Packed", "Step", "packed"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_DENSE = 0.1
"""Share of possible operations above which whole rows are multiplied: a look costs as much as
ten products."""


class Chances(NamedTuple):
    """Operations, row by row: substring `x[k]` is written as `y[k]` with probability `p[k]`."""

    x: NDArray[np.integer[Any]]
    y: NDArray[np.integer[Any]]
    p: Floats

    def take(self, places: Ints) -> Chances:
        """Return some of the operations, in their order."""
        return Chances(self.x[places], self.y[places], self.p[places])


class Operations:
    """Operations that write `taken` letters of the left side as `written` ones of the right.

    `numbers` counts the substrings of either side that have one from 1; number 0 is every
    other. `table[i, j]` is the probability of the i-th and the j-th.
    """

    def __init__(self, taken: int, written: int, shape: tuple[int, int], chances: Chances) -> None:
        self.taken, self.written = taken, written
        # Nothing may always be written for nothing: with probability 0, if there is no operation.
        x = chances.x if taken else np.zeros(1, np.int64)
        self.numbers = _numbered(x, shape[0]), _numbered(chances.y, shape[1])
        self.shape = int(self.numbers[0].max()) + 1, int(self.numbers[1].max()) + 1
        self._cells = self.numbers[0][chances.x] * self.shape[1] + self.numbers[1][chances.y]
        self._p = chances.p
        possible = (self.shape[0] - 1) * (self.shape[1] - 1)
        self.dense = not (taken and written) or len(self._p) > _DENSE * possible
        self.flat = self.table.ravel() if self.dense else np.zeros(0)
        if not self.dense:
            # Of a million cells few hold an operation: its number is a quarter of a float.
            kept = np.min_scalar_type(len(self._p))
            self.which = np.zeros(self.shape[0] * self.shape[1], kept)
            self.which[self._cells] = np.arange(1, len(self._p) + 1)
            self.chances = np.append(0.0, self._p)

    @property
    def table(self) -> Floats:
        """The probabilities, a row for every substring of the left side."""
        flat = np.zeros(self.shape[0] * self.shape[1])
        flat[self._cells] = self._p
        return flat.reshape(self.shape)

    def at(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> Step:
        """Return the step of pairs of words: `left[l, i, pair]` has l letters and ends at i."""
        x = self.numbers[0][left[self.taken]] * self.shape[1]
        return Step(self, x, self.numbers[1][right[self.written]])


class Step:
    """One kind of operation, added to the dynamic programme of some pairs of words.

    A row of the programme is F[j, pair].
    """

    def __init__(self, operations: Operations, x: Ints, y: Ints) -> None:
        self.taken, self.written = operations.taken, operations.written
        self._operations = operations
        self._x, self._y = x, y
        if not operations.dense:
            letters, self._pair = np.nonzero(y[self.written :])
            self._cell = letters * y.shape[1] + self._pair
            self._at = y[self.written :].ravel()[self._cell]

    def add(self, i: int, before: Floats, row: Floats) -> None:
        """Add to row i what is written from the row that lies `taken` letters before it."""
        own = self._operations
        x, last = self._x[i], len(row) - self.written
        if last <= 0 or not x.any():
            return
        if not self.written:
            row += before * own.flat[x + 1]
        elif own.dense:
            said = own.flat[x + self._y[self.written :]]
            said *= before[:last]
            row[self.written :] += said
        else:
            which = own.which[x[self._pair] + self._at]
            here = np.flatnonzero(which)
            cell = self._cell[here]
            flat = row[self.written :].reshape(-1)
            flat[cell] += own.chances[which[here]] * before[:last].reshape(-1)[cell]

    def inserted(self) -> Floats:
        """Return the probability of writing each letter for none; for steps that take none."""
        flat = self._operations.flat
        weights: Floats = flat[len(flat) // 2 + self._y]
        return weights


class Packed(NamedTuple):
    """All kinds of operations: see `resolve.compiled.edit.joint`."""

    kinds: Ints
    x_numbers: NDArray[np.int32]
    y_numbers: NDArray[np.int32]
    chances: Floats


def packed(kinds: Sequence[Operations]) -> Packed:
    """Return operations, kind by kind, as plain arrays."""
    tables = [kind.table for kind in kinds]
    starts = np.cumsum([0, *(table.size for table in tables[:-1])])
    rows = [
        (kind.taken, kind.written, kind.shape[1], start)
        for kind, start in zip(kinds, starts.tolist(), strict=True)
    ]
    x, y = (np.array([kind.numbers[side] for kind in kinds], np.int32) for side in (0, 1))
    chances = np.concatenate([table.ravel() for table in tables])
    return Packed(np.array(rows, np.int64), x, y, chances)


def _numbered(substrings: NDArray[np.integer[Any]], count: int) -> Ints:
    """The number of each substring among those that are given, from 1; 0 of the others."""
    given = np.zeros(count, np.int64)
    given[substrings] = 1
    return np.asarray(np.cumsum(given) * given)
