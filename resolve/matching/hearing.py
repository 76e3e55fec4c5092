"""How alike do two words sound, in bits? A first look, to choose whose letters to compare.

The best way to write one sequence of sounds for the other, sound by sound: each written as one of
the other, or as none, or two of them exchanged. What that says is learned (`model.hearing`), and
whether a script writes its vowels counts. In whole units, so that every machine says the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.matching.ragged import Ragged
from resolve.model.hearing import ABJADS, UNIT
from resolve.names.fold import ALPHABETS

__all__ = ["EXCHANGED", "IN_ABJAD", "MOST_SOUNDS", "heard"]

Ints = NDArray[np.int64]

MOST_SOUNDS = 24
"""Sounds of a word that are listened to."""
EXCHANGED = round(-5.0 / UNIT)
"""What it costs to write two sounds in the other order: a slip of the pen."""
IN_ABJAD = np.array([*(script in ABJADS for script in ALPHABETS), False])
"""Whether a script, by its number, hardly writes vowels."""
_CHUNK = 1 << 13  # pairs that are listened to together
_NEVER = -(1 << 32)  # units


def heard(table: Ints, kinds: Ints, own: Ragged, mine: Ints, other: Ragged, rows: Ints) -> Ints:
    """Return how alike row `mine[k]` of `own` sounds to row `rows[k]` of `other`, in units.

    `kinds[k]` is 2 if the left word is in an abjad, and 1 more if the right one is.
    """
    sizes = tuple(
        np.minimum(side.sizes(at), MOST_SOUNDS) for side, at in ((own, mine), (other, rows))
    )
    result = np.zeros(len(mine), np.int64)
    order = np.lexsort(sizes)
    flat = table.reshape(4, *table.shape[2:])
    for start in range(0, len(order), _CHUNK):
        at = order[start : start + _CHUNK]
        left = own.padded(mine[at], int(sizes[0][at].max()))
        right = other.padded(rows[at], int(sizes[1][at].max()))
        result[at] = _best(flat, kinds[at], left.T, right.T, sizes[0][at], sizes[1][at])
    return result


def _best(
    table: Ints,
    kinds: Ints,
    left: NDArray[Any],
    right: NDArray[Any],
    left_sizes: Ints,
    right_sizes: Ints,
) -> Ints:
    """The dynamic programme, a row for each sound of the left words: [sound, pair]."""
    width, pairs = len(right), np.arange(len(kinds))
    added = table[kinds, 0, right]
    row = np.zeros((width + 1, len(kinds)), np.int64)
    np.cumsum(added, axis=0, out=row[1:])
    result = row[right_sizes, pairs]
    before, last = row, added
    for i, sound in enumerate(left):
        written = table[kinds, sound, right]
        left_out = table[kinds, sound, 0]
        new = row + left_out
        exchanged = None
        if i:
            met = (left[i - 1] == right[1:]) & (sound == right[:-1]) & (sound > 0)
            said = before[:-2] + written[:-1] + last[1:] + EXCHANGED
            exchanged = np.where(met, said, _NEVER)
        for j in range(width):
            np.maximum(new[j + 1], row[j] + written[j], out=new[j + 1])
            np.maximum(new[j + 1], new[j] + added[j], out=new[j + 1])
            if exchanged is not None and j:
                np.maximum(new[j + 1], exchanged[j - 1], out=new[j + 1])
        before, row, last = row, new, written
        ended = left_sizes == i + 1
        result[ended] = row[right_sizes[ended], pairs[ended]]
    return result
