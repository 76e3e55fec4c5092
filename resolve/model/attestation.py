"""Which of many pairs of forms are attested for one name, and how well?

The lexicon walks from one form to all it may stand for; here the pairs are given, and only what
their two forms share is summed up. Both say the same of a pair, to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.model.lexicon import Lexicon, Links

__all__ = ["Attestation"]

Floats = NDArray[np.float64]
Ints = NDArray[np.signedinteger[Any]]


class Attestation:
    """The lexicon for many pairs at once. Safe to share between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon, self._links = lexicon, lexicon._links

    def rows(self, forms: Sequence[tuple[str, str]]) -> Ints:
        """Return the row of each form and script among the attested ones; -1 if unknown."""
        return np.array([self._lexicon.row(*form) for form in forms], np.int64)

    def bits(self, left: Ints, right: Ints, script: str, other: str) -> Floats:
        """Return `(log2 P(b|a) + log2 P(a|b)) / 2` of pairs of rows; -inf if they share no name."""
        a, b = self._links[script], self._links[other]
        count = a.starts[left + 1] - a.starts[left]
        pair = np.repeat(np.arange(len(left)), count)
        first = np.repeat(a.starts[left] - np.cumsum(count) + count, count)
        mine = first + np.arange(len(pair))
        theirs, met = _find(b, right[pair], a.pivots[mine])
        pair, mine, theirs = pair[met], mine[met], theirs[met]
        x, y, pivot = a.weights[mine], b.weights[theirs], a.pivots[mine]
        forth = x / a.totals[left[pair]] * y / b.sums[pivot]
        back = y / b.totals[right[pair]] * x / a.sums[pivot]
        with np.errstate(divide="ignore"):
            given_left = np.log2(np.bincount(pair, forth, len(left)))
            given_right = np.log2(np.bincount(pair, back, len(left)))
        bits: Floats = (given_left + given_right) / 2
        return bits


def _find(links: Links, rows: Ints, wanted: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Where the link of each row to a pivot stands, and whether there is one.

    A binary search among the links of each row, for all at once: few have more than one.
    """
    first, end = links.starts[rows].astype(np.int64), links.starts[rows + 1].astype(np.int64)
    last = end.copy()
    while (left := np.flatnonzero(first < last)).size:
        middle = (first[left] + last[left]) // 2
        before = links.pivots[middle] < wanted[left]
        first[left[before]] = middle[before] + 1
        last[left[~before]] = middle[~before]
    there = np.flatnonzero(first < end)
    met = np.zeros(len(rows), bool)
    met[there] = links.pivots[first[there]] == wanted[there]
    return first, met
