"""Which pairs of forms the lexicon attests, compiled: what `Attestation` does pair by pair."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled.jit import jit

__all__ = ["attested"]

Array = NDArray[Any]

_ROWS = "Array(int32, 1, 'A', readonly=True)"
_LINKS = (
    "Array(int32, 1, 'A', readonly=True), Array(int32, 1, 'A', readonly=True), "
    "Array(float32, 1, 'A', readonly=True), Array(uint16, 1, 'A', readonly=True), "
    "Array(float64, 1, 'A', readonly=True), Array(float64, 1, 'A', readonly=True)"
)


@jit(f"float64({_LINKS}, int64, boolean)", inside=True)
def _novelty(
    starts: Array,
    pivots: Array,
    weights: Array,
    types: Array,
    totals: Array,
    sums: Array,
    row: Any,
    same: Any,
) -> Any:
    """How likely the next spelling of a row is a new one, in its own script or in others."""
    if row < 0:
        return 1.0
    kinds = np.float64(np.int64(starts[row + 1]) - starts[row] if same else np.int64(types[row]))
    return (kinds + 0.5) / (totals[row] + kinds) if kinds else 1.0


@jit(f"float64[:, ::1]({_ROWS}, {_ROWS}, {_LINKS}, {_LINKS}, boolean)")
def attested(
    left: Array,
    right: Array,
    starts: Array,
    pivots: Array,
    weights: Array,
    types: Array,
    totals: Array,
    sums: Array,
    other_starts: Array,
    other_pivots: Array,
    other_weights: Array,
    other_types: Array,
    other_totals: Array,
    other_sums: Array,
    same: Any,
) -> Array:
    """Return of pairs of rows the novelty of either, and P(b|a) and P(a|b): (4, pairs).

    The chances are 0 of pairs that share no pivot, and where one of the forms is all new. `same`
    says that both are of one script.
    """
    result = np.zeros((4, len(left)))
    for pair in range(len(left)):
        a, b = np.int64(left[pair]), np.int64(right[pair])
        mine = _novelty(starts, pivots, weights, types, totals, sums, a, same)
        theirs = _novelty(
            other_starts,
            other_pivots,
            other_weights,
            other_types,
            other_totals,
            other_sums,
            b,
            same,
        )
        result[0, pair], result[1, pair] = mine, theirs
        if not (mine < 1.0 and theirs < 1.0):
            continue
        place, end = np.int64(other_starts[b]), np.int64(other_starts[b + 1])
        forth = back = 0.0
        for link in range(starts[a], starts[a + 1]):
            pivot = pivots[link]
            # Pivots ascend on either side.
            first, last = place, end
            while first < last:
                middle = (first + last) // 2
                if other_pivots[middle] < pivot:
                    first = middle + 1
                else:
                    last = middle
            place = first
            if place == end:
                break
            if other_pivots[place] == pivot:
                x, y = np.float64(weights[link]), np.float64(other_weights[place])
                forth += x / totals[a] * y / other_sums[pivot]
                back += y / other_totals[b] * x / sums[pivot]
        result[2, pair], result[3, pair] = forth, back
    return result
