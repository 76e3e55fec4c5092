"""Which of many pairs of forms are attested for one name, and how well?

The lexicon walks from one form to all it may stand for; here the pairs are given, and only what
their two forms share is summed up. Both say the same of a pair, to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.model.lexicon import Lexicon, Links

__all__ = ["Attestation"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class _Side(NamedTuple):
    """The links of one script, to be met by the pivots of another form."""

    links: Links
    keys: Ints  # row << 32 | pivot, ascending: as the links lie
    sums: Floats  # pivot -> how often its forms of this script are attested


class Attestation:
    """The lexicon for many pairs at once. Safe to share between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon, self._links = lexicon, lexicon._links
        self._sides: dict[str, _Side] = {}

    def rows(self, forms: Sequence[tuple[str, str]]) -> Ints:
        """Return the row of each form and script among the attested ones; -1 if unknown."""
        return np.array([self._lexicon.row(*form) for form in forms], np.int64)

    def bits(self, left: Ints, right: Ints, script: str, other: str) -> Floats:
        """Return `(log2 P(b|a) + log2 P(a|b)) / 2` of pairs of rows; -inf if they share no name."""
        a, b = self._side(script), self._side(other)
        count = a.links.starts[left + 1] - a.links.starts[left]
        pair = np.repeat(np.arange(len(left)), count)
        first = np.repeat(a.links.starts[left] - np.cumsum(count) + count, count)
        mine = first + np.arange(len(pair))
        theirs, met = _find(b.keys, right[pair] << 32 | a.links.pivots[mine])
        pair, mine, theirs = pair[met], mine[met], theirs[met]
        x, y, pivot = a.links.weights[mine], b.links.weights[theirs], a.links.pivots[mine]
        forth = x / a.links.totals[left[pair]] * y / b.sums[pivot]
        back = y / b.links.totals[right[pair]] * x / a.sums[pivot]
        with np.errstate(divide="ignore"):
            given_left = np.log2(np.bincount(pair, forth, len(left)))
            given_right = np.log2(np.bincount(pair, back, len(left)))
        bits: Floats = (given_left + given_right) / 2
        return bits

    def _side(self, script: str) -> _Side:
        if script not in self._sides:
            links = self._links[script]
            owner = np.repeat(np.arange(len(links.forms)), np.diff(links.starts))
            sums = np.bincount(links.pivots, links.weights).astype(float)
            self._sides[script] = _Side(links, owner << 32 | links.pivots, sums)
        return self._sides[script]


def _find(keys: Ints, wanted: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Where each wanted key stands, and whether it does."""
    if not len(keys):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return place.astype(np.int64), keys[place] == wanted
