"""How alike pairs of forms look and sound, compiled: what `alikeness` does pair by pair."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled.jit import jit

__all__ = ["alike"]

Array = NDArray[Any]

_LETTERS = "Array(uint8, 1, 'A', readonly=True)"
_RAGGED = f"{_LETTERS}, Array(uint32, 1, 'A', readonly=True)"
_FORMS = f"{_RAGGED}, {_RAGGED}, {_RAGGED}, {_LETTERS}"


@jit("int64(uint64)")
def _bits_set(number: Any) -> Any:
    number = number - ((number >> np.uint64(1)) & np.uint64(0x5555555555555555))
    pairs = np.uint64(0x3333333333333333)
    number = (number & pairs) + ((number >> np.uint64(2)) & pairs)
    number = (number + (number >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((number * np.uint64(0x0101010101010101)) >> np.uint64(56))


@jit(f"int64(uint64[::1], {_RAGGED}, int64, int64)")
def _pattern(places: Array, values: Array, ends: Array, row: Any, most: Any) -> Any:
    """Set the bits of a row's letters in `places`; return how many letters it has."""
    places[:] = 0
    start = np.int64(ends[row - 1]) if row else np.int64(0)
    size = min(np.int64(ends[row]) - start, most)
    for k in range(size):
        places[values[start + k]] |= np.uint64(1) << np.uint64(k)
    return size


@jit(f"float64(uint64[::1], int64, {_RAGGED}, int64, int64)")
def _ratio(places: Array, length: Any, values: Array, ends: Array, row: Any, most: Any) -> Any:
    """Return the likeness of a pattern to a row in percent: see `alikeness`."""
    state = ~np.uint64(0)
    start = np.int64(ends[row - 1]) if row else np.int64(0)
    size = min(np.int64(ends[row]) - start, most)
    for k in range(size):
        matched = places[values[start + k]]
        taken = state & matched
        state = (state + taken) | (state - taken)
    if length + size == 0:
        return 100.0
    inside = (np.uint64(1) << np.uint64(length)) - np.uint64(1)
    return 200.0 * _bits_set(~state & inside) / (length + size)


@jit(f"float64[::1]({_FORMS}, int64[::1], {_FORMS}, int64[::1], int64)")
def alike(
    sounds: Array,
    sounds_end: Array,
    letters: Array,
    letters_end: Array,
    bones: Array,
    bones_end: Array,
    script: Array,
    mine: Array,
    other_sounds: Array,
    other_sounds_end: Array,
    other_letters: Array,
    other_letters_end: Array,
    other_bones: Array,
    other_bones_end: Array,
    other_script: Array,
    rows: Array,
    most: Any,
) -> Array:
    """Return how alike forms are to rows, pair by pair, 0 to 100: see `alikeness`."""
    heard, spelled = np.zeros(256, np.uint64), np.zeros(256, np.uint64)
    boned = np.zeros(256, np.uint64)
    result = np.empty(len(rows))
    n = m = o = np.int64(0)
    last = np.int64(-1)
    for pair in range(len(rows)):
        form, row = mine[pair], rows[pair]
        if form != last:
            n = _pattern(heard, sounds, sounds_end, form, most)
            m = _pattern(spelled, letters, letters_end, form, most)
            o = _pattern(boned, bones, bones_end, form, most)
            last = form
        sound = _ratio(heard, n, other_sounds, other_sounds_end, row, most)
        letter = 0.0
        if other_script[row] == script[form]:
            letter = _ratio(spelled, m, other_letters, other_letters_end, row, most)
        bone = _ratio(boned, o, other_bones, other_bones_end, row, most)
        result[pair] = 0.3 * max(sound, letter) + 0.3 * sound + 0.4 * bone
    return result
