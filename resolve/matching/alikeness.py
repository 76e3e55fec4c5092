"""How alike do two forms look and sound? A quick measure, to choose which letters to compare.

    .3 the likeness of their sounds, or of their letters where that is greater
    .3 the likeness of their sounds
    .4 that of their consonants

Likeness is that of the longest common subsequence, 2 L / (m + n), in percent: the ratio of
Indel distance. Many pairs are compared at once: the subsequence is
kept as the bits of a number (Hyyro 2004, "Bit-parallel LCS-length computation revisited").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from resolve import compiled
from resolve.matching.ragged import Ragged, distinct
from resolve.matching.vocabulary import Vocabulary

__all__ = ["MOST_LETTERS", "alikeness", "alikenesses", "weighed"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Value = TypeVar("Value", float, Floats)

MOST_LETTERS = 60
"""Letters of a form that are looked at: as many as a number has bits, and some to spare."""
SAVED = 5e-7
"""Seconds that the compiled measure saves for a pair."""
_ONES = ~np.uint64(0)


def alikeness(own: Vocabulary, row: int, other: Vocabulary, rows: Ints) -> Floats:
    """Return how alike one form of `own` is to each of some rows of `other`, 0 to 100."""
    return alikenesses(own, np.full(len(rows), row), other, rows)


def alikenesses(own: Vocabulary, mine: Ints, other: Vocabulary, rows: Ints) -> Floats:
    """Return how alike rows of `own` are to rows of `other`, pair by pair, 0 to 100."""
    kernel = compiled.kernel("alikeness", SAVED * len(rows))
    if kernel is not None:
        both = (*own.columns, mine.astype(np.int64), *other.columns, rows.astype(np.int64))
        return np.asarray(kernel.alike(*both, MOST_LETTERS))
    sounds = _ratio(own.sounds, mine, other.sounds, rows)
    letters = np.zeros(len(rows))
    same = np.flatnonzero(other.script[rows] == own.script[mine])
    letters[same] = _ratio(own.letters, mine[same], other.letters, rows[same])
    bones = _ratio(own.bones, mine, other.bones, rows)
    return weighed(np.maximum(sounds, letters), sounds, bones)


def weighed(greater: Value, sounds: Value, bones: Value) -> Value:
    """Return the likeness of its parts; `greater` is that of the sounds or of the letters.

    The kernel of `compiled.alikeness` has the same weights.
    """
    return 0.3 * greater + 0.3 * sounds + 0.4 * bones


def _ratio(own: Ragged, mine: Ints, other: Ragged, rows: Ints) -> Floats:
    patterns = distinct(mine)
    place = np.searchsorted(patterns, mine)
    lengths = np.minimum(own.sizes(patterns), MOST_LETTERS)[place]
    sizes = np.minimum(other.sizes(rows), MOST_LETTERS)
    columns = other.padded(rows, int(sizes.max(initial=0)))
    both = lengths + sizes
    common = _common([own.row(k)[:MOST_LETTERS] for k in patterns.tolist()], place, columns)
    return np.where(both > 0, 200.0 * common / np.maximum(both, 1), 100.0)


def _common(patterns: Sequence[NDArray[Any]], place: Ints, columns: NDArray[Any]) -> Ints:
    """The length of the longest common subsequence of a pattern with its row; 0 pads.

    Row k is compared with the pattern at `place[k]`.
    """
    places = np.zeros((len(patterns), 256), np.uint64)
    for row, pattern in zip(places, patterns, strict=True):
        for k, letter in enumerate(pattern.tolist()):
            row[letter] |= np.uint64(1 << k)
    state = np.full(len(columns), _ONES)
    for column in np.ascontiguousarray(columns.T):
        matched = places[place, column]
        taken = state & matched
        state = (state + taken) | (state - taken)
    ends = np.array([(1 << len(pattern)) - 1 for pattern in patterns], np.uint64)
    return _bits_set(~state & ends[place]) if len(patterns) else np.zeros(0, np.int64)


def _bits_set(numbers: NDArray[np.uint64]) -> Ints:
    if hasattr(np, "bitwise_count"):  # NumPy 2
        return np.asarray(np.bitwise_count(numbers), np.int64)
    octets = numbers.view(np.uint8).reshape(len(numbers), 8)
    return np.asarray(np.unpackbits(octets, axis=1).sum(1), np.int64)
