"""The operations of an edit model, by how many letters they write: few of many are possible.

Nearly every letter may stand for every other, but of two letters for two hardly one pair in
two hundred has an operation. So a step of the dynamic programme multiplies whole rows where
operations are dense, and elsewhere looks for the few places that have one.

    Operations   those that write `taken` letters as `written` ones, as a small table
    Step         the same at every letter of some pairs of words, ready to add
    Packed       all kinds of operations as plain arrays, for the compiled programme
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Operations", "Packed", "Step", "packed"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_DENSE = 0.1
"""Share of possible operations above which whole rows are multiplied: a look costs as much as
ten products."""


class Operations:
    """Operations that write `taken` letters of the left side as `written` ones of the right.

    `x` and `y` are the substrings that have one, `table[i, j]` is the probability of the i-th
    and the j-th of them, counted from 1; number 0 is every other substring and has none.
    """

    def __init__(self, taken: int, written: int, whole: Floats, x: Ints, y: Ints) -> None:
        self.taken, self.written = taken, written
        self.numbers = np.zeros(whole.shape[0], np.int64), np.zeros(whole.shape[1], np.int64)
        for numbers, used in zip(self.numbers, (x, y), strict=True):
            numbers[used] = np.arange(1, len(used) + 1)
        own = whole[np.ix_(x, y)]
        self.table = np.pad(own, ((1, 0), (1, 0)))
        self.dense = bool((own > 0).sum() > _DENSE * own.size)

    def at(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> Step:
        """Return the step of pairs of words: `left[l, i, pair]` has l letters and ends at i."""
        x = self.numbers[0][left[self.taken]] * self.table.shape[1]
        return Step(self, x, self.numbers[1][right[self.written]])


class Step:
    """One kind of operation, added to the dynamic programme of some pairs of words.

    A row of the programme is F[j, pair].
    """

    def __init__(self, operations: Operations, x: Ints, y: Ints) -> None:
        self.taken, self.written = operations.taken, operations.written
        self._flat = operations.table.ravel()
        self._dense = operations.dense
        self._x, self._y = x, y
        if not self._dense:
            letters, self._pair = np.nonzero(y[self.written :])
            self._cell = letters * y.shape[1] + self._pair
            self._at = y[self.written :].ravel()[self._cell]

    def add(self, i: int, before: Floats, row: Floats) -> None:
        """Add to row i what is written from the row that lies `taken` letters before it."""
        x, last = self._x[i], len(row) - self.written
        if last <= 0 or not x.any():
            return
        if not self.written:
            row += before * self._flat[x + 1]
        elif self._dense:
            said = self._flat[x + self._y[self.written :]]
            said *= before[:last]
            row[self.written :] += said
        else:
            chance = self._flat[x[self._pair] + self._at]
            here = np.flatnonzero(chance)
            cell = self._cell[here]
            flat = row[self.written :].reshape(-1)
            flat[cell] += chance[here] * before[:last].reshape(-1)[cell]

    def inserted(self) -> Floats:
        """Return the probability of writing each letter for none; for steps that take none."""
        weights: Floats = self._flat[len(self._flat) // 2 + self._y]
        return weights


class Packed(NamedTuple):
    """All kinds of operations: see `resolve.compiled.edit.joint`."""

    kinds: Ints
    x_numbers: NDArray[np.int32]
    y_numbers: NDArray[np.int32]
    chances: Floats


def packed(kinds: Sequence[Operations]) -> Packed:
    """Return operations, kind by kind, as plain arrays."""
    sizes = [kind.table.size for kind in kinds]
    starts = np.cumsum([0, *sizes[:-1]])
    rows = [
        (kind.taken, kind.written, kind.table.shape[1], start)
        for kind, start in zip(kinds, starts.tolist(), strict=True)
    ]
    x, y = (np.array([kind.numbers[side] for kind in kinds], np.int32) for side in (0, 1))
    chances = np.concatenate([kind.table.ravel() for kind in kinds])
    return Packed(np.array(rows, np.int64), x, y, chances)
