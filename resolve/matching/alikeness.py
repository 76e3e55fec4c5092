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
from resolve.matching.vocabulary import LETTER, SOUND, Vocabulary

__all__ = ["MOST_LETTERS", "alikeness", "alikenesses", "columns", "most_alike", "weighed"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Value = TypeVar("Value", float, Floats)

MOST_LETTERS = 60
"""Letters of a form that are looked at: as many as a number has bits, and some to spare."""
SAVED = 5e-7
"""Seconds that the compiled measure saves for a pair."""
_ONES = ~np.uint64(0)
_SIZE = np.uint64(60)  # where a packed row tells how many it has
_AT_ONCE = 256  # rows that are looked at first
_ROUNDED = 1e-9  # percent


def alikeness(own: Vocabulary, row: int, other: Vocabulary, rows: Ints) -> Floats:
    """Return how alike one form of `own` is to each of some rows of `other`, 0 to 100."""
    return alikenesses(own, np.full(len(rows), row), other, rows)


def most_alike(
    own: Vocabulary, row: int, other: Vocabulary, rows: Ints, wanted: int, least: float
) -> Ints:
    """Return those of some rows, ascending, that are the most alike to one form of `own`.

    So many at most, of equal ones the first, and none that is less than `least` alike. Rows of
    the same consonants stand together; what can't be among the most alike by its consonants and
    its length isn't looked at any further. An empty array gives an empty one.
    """
    first = np.flatnonzero(np.diff(other.runs[0][rows], prepend=-1))
    bones = _likeness(own.bones, row, other.bones, other.packed[0], SOUND, rows[first])
    bones = np.repeat(bones, np.diff(first, append=len(rows)))
    length = min(len(own.sounds.row(row)), MOST_LETTERS)
    sizes = (other.packed[1][rows] >> _SIZE).astype(np.int64)
    reach = 200.0 * np.minimum(sizes, length) / np.maximum(sizes + length, 1)
    reach[(sizes > 60 // SOUND) | (sizes + length == 0)] = 100.0
    most = 0.4 * bones + 30.0 + 0.3 * reach
    alike, near = np.full(len(rows), -1.0), np.arange(len(rows))
    if len(rows) > max(_AT_ONCE, wanted) > 0:
        near = np.argpartition(-most, _AT_ONCE)[:_AT_ONCE]
        alike[near] = _closely(own, row, other, rows[near], bones[near], least)
        if wanted:
            least = max(least, float(np.partition(alike[near], -wanted)[-wanted]))
        near = np.flatnonzero((alike < 0.0) & (most >= least - _ROUNDED))
    alike[near] = _closely(own, row, other, rows[near], bones[near], least)
    order = np.argsort(-alike, kind="stable")[:wanted]
    return np.asarray(rows[np.sort(order[alike[order] >= least])])


def _closely(
    own: Vocabulary, row: int, other: Vocabulary, rows: Ints, bones: Floats, least: float
) -> Floats:
    """How alike a form is to rows whose consonants are so alike; -1 if it can't be `least`."""
    sounds = _likeness(own.sounds, row, other.sounds, other.packed[1], SOUND, rows)
    near = 0.4 * bones + 30.0 + 0.3 * sounds >= least - _ROUNDED
    same = np.flatnonzero(near & (other.script[rows] == own.script[row]))
    letters = np.zeros(len(rows))
    letters[same] = _likeness(own.letters, row, other.letters, other.packed[2], LETTER, rows[same])
    return np.where(near, weighed(np.maximum(sounds, letters), sounds, bones), -1.0)


def _likeness(
    own: Ragged, row: int, other: Ragged, packed: NDArray[np.uint64], wide: int, rows: Ints
) -> Floats:
    """The likeness of one row to others, of which most are packed: see `Vocabulary.packed`."""
    pattern, words = own.row(row)[:MOST_LETTERS].tolist(), packed[rows]
    sizes = (words >> _SIZE).astype(np.int64)
    places = np.zeros(1 << wide, np.uint64)
    for k, letter in enumerate(pattern):
        places[letter] |= np.uint64(1 << k)
    state = np.full(len(rows), _ONES)
    letter_of, step = np.uint64((1 << wide) - 1), np.uint64(wide)
    for _ in range(min(int(sizes.max(initial=0)), 60 // wide)):
        taken = state & places[words & letter_of]
        state = (state + taken) | (state - taken)
        words = words >> step
    common = _bits_set(~state & np.uint64((1 << len(pattern)) - 1))
    both = len(pattern) + sizes
    result = np.where(both > 0, 200.0 * common / np.maximum(both, 1), 100.0)
    longer = np.flatnonzero(sizes > 60 // wide)
    if len(longer):
        result[longer] = _ratio(own, np.full(len(longer), row), other, rows[longer])
    return result


def alikenesses(own: Vocabulary, mine: Ints, other: Vocabulary, rows: Ints) -> Floats:
    """Return how alike rows of `own` are to rows of `other`, pair by pair, 0 to 100."""
    kernel = compiled.kernel("lookup", SAVED * len(rows))
    if kernel is not None:
        both = (*columns(own), mine.astype(np.int64), *columns(other), rows.astype(np.int64))
        return np.asarray(kernel.alike(*both, MOST_LETTERS))
    sounds = _ratio(own.sounds, mine, other.sounds, rows)
    letters = np.zeros(len(rows))
    same = np.flatnonzero(other.script[rows] == own.script[mine])
    letters[same] = _ratio(own.letters, mine[same], other.letters, rows[same])
    bones = _ratio(own.bones, mine, other.bones, rows)
    return weighed(np.maximum(sounds, letters), sounds, bones)


def weighed(greater: Value, sounds: Value, bones: Value) -> Value:
    """Return the likeness of its parts; `greater` is that of the sounds or of the letters.

    The kernel of `compiled.lookup` has the same weights.
    """
    return 0.3 * greater + 0.3 * sounds + 0.4 * bones


def columns(vocabulary: Vocabulary) -> tuple[NDArray[Any], ...]:
    """Return what a kernel reads of the forms."""
    sounds, letters, bones = vocabulary.sounds, vocabulary.letters, vocabulary.bones
    return *sounds, *letters, *bones, vocabulary.script


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
