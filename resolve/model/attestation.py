"""Which of many pairs of forms are attested for one name, and how well?

The lexicon walks from one form to all it may stand for; here the pairs are given, and only what
their two forms share is summed up. Both say the same of a pair, to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled import kernel
from resolve.model.lexicon import Lexicon, Links

__all__ = ["Attestation", "mean_bits"]

Floats = NDArray[np.float64]
Ints = NDArray[np.signedinteger[Any]]

_SAVED = 6e-5
"""Seconds that the compiled programme saves on a batch, however many pairs it has."""
_KEPT = [np.dtype(kind) for kind in ("i4", "i4", "f4", "u2", "f8", "f8")]
"""Types of the links' columns that it reads."""


class Attestation:
    """The lexicon for many pairs at once. Safe to share between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon, self._links = lexicon, lexicon._links
        self._read: dict[str, tuple[NDArray[Any], ...]] = {}

    def rows(self, forms: Sequence[tuple[str, str]]) -> Ints:
        """Return the row of each form and script among the attested ones; -1 if unknown."""
        return np.array([self._lexicon.row(*form) for form in forms], np.int64)

    def bits(self, left: Ints, right: Ints, script: str, other: str) -> Floats:
        """Return `(log2 P(b|a) + log2 P(a|b)) / 2` of pairs of rows; -inf if they share no name."""
        return mean_bits(self._chances(left, right, script, other))

    def pairs(self, left: Ints, right: Ints, script: str, other: str) -> tuple[Floats, Floats]:
        """Return the novelties of both rows of each pair, (2, pairs), and P(b|a) and P(a|b).

        The latter are 0 where the rows share no name, or one of them is all new or -1.
        """
        compiled = kernel("attestation", _SAVED)
        mine, theirs = self._columns(script), self._columns(other)
        if compiled is not None and mine and theirs:
            a, b = (own.astype(np.int32, copy=False) for own in (left, right))
            said = compiled.attested(a, b, *mine, *theirs, script == other)
            return said[:2], said[2:]
        lexicon = self._lexicon
        novelties = np.array(
            [lexicon.novelties(left, script, other), lexicon.novelties(right, other, script)]
        )
        chances = np.zeros(novelties.shape)
        known = np.flatnonzero((novelties < 1).all(0))
        rows = left[known].astype(np.int64), right[known].astype(np.int64)
        chances[:, known] = self._chances(*rows, script, other)
        return novelties, chances

    def _columns(self, script: str) -> tuple[NDArray[Any], ...]:
        """What the compiled programme reads of the links of a script; nothing if it can't."""
        known = self._read.get(script)
        if known is None:
            known = self._read[script] = _columns(self._links.get(script))
        return known

    def _chances(self, left: Ints, right: Ints, script: str, other: str) -> Floats:
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
        return np.array([np.bincount(pair, said, len(left)) for said in (forth, back)])


def mean_bits(chances: Floats) -> Floats:
    """Return the mean of log2 P(b|a) and log2 P(a|b), given as (2, pairs); -inf of 0."""
    with np.errstate(divide="ignore"):
        forth, back = np.log2(chances)
    return np.asarray((forth + back) / 2)


def _columns(links: Links | None) -> tuple[NDArray[Any], ...]:
    """Links as plain arrays, if they are kept as those that ship are."""
    if links is None or not len(links.forms):
        return ()
    own = links.starts, links.pivots, links.weights, links.types, links.totals, links.sums
    return own if [column.dtype for column in own] == _KEPT else ()


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
