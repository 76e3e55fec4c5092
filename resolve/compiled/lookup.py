"""Which rows of a vocabulary share a key with a form, and look most like it, compiled.

What `Lookup` does with `alikeness` for one form, for all forms of a batch.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled.jit import jit

__all__ = ["most_alike"]

Array = NDArray[Any]

_LETTERS = "Array(uint8, 1, 'A', readonly=True)"
_ENDS = "Array(uint32, 1, 'A', readonly=True)"
_RAGGED = f"{_LETTERS}, {_ENDS}"
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
    start = np.int64(ends[row - 1]) if row else np.int64(0)
    size = min(np.int64(ends[row]) - start, most)
    if length + size == 0:
        return 100.0
    state = ~np.uint64(0)
    for k in range(size):
        matched = places[values[start + k]]
        taken = state & matched
        state = (state + taken) | (state - taken)
    inside = (np.uint64(1) << np.uint64(length)) - np.uint64(1)
    return 200.0 * _bits_set(~state & inside) / (length + size)


@jit(
    f"Tuple((int64[::1], int64[::1]))({_FORMS}, {_FORMS}, "
    "int64[::1], int64[::1], int64[::1], Array(int32, 1, 'A', readonly=True), "
    "int64, int64, float64, int64)"
)
def most_alike(
    sounds: Array,
    sounds_end: Array,
    letters: Array,
    letters_end: Array,
    bones: Array,
    bones_end: Array,
    script: Array,
    other_sounds: Array,
    other_sounds_end: Array,
    other_letters: Array,
    other_letters_end: Array,
    other_bones: Array,
    other_bones_end: Array,
    other_script: Array,
    lists_end: Array,
    starts: Array,
    stops: Array,
    keyed: Array,
    few: Any,
    wanted: Any,
    least: Any,
    most: Any,
) -> tuple[Array, Array]:
    """Return the rows for each form, ascending, one form's after the other's, and their ends.

    `keyed[starts[k] : stops[k]]` are the rows of a key; those of form f are the lists from
    `lists_end[f - 1]` to `lists_end[f]`. With more than `few` rows, the `wanted` most alike are
    kept that are at least `least` alike, of equal ones the first. At most `most` letters count.
    """
    forms = len(lists_end)
    ends = np.zeros(forms, np.int64)
    result = np.empty(forms * max(few, wanted), np.int64)
    stamp = np.full(len(other_script), np.int64(-1))
    rows, alike = np.empty(1024, np.int64), np.empty(1024, np.float64)
    heard, spelled, boned = (
        np.zeros(256, np.uint64),
        np.zeros(256, np.uint64),
        np.zeros(256, np.uint64),
    )
    total = np.int64(0)
    for form in range(forms):
        count = np.int64(0)
        for k in range(lists_end[form - 1] if form else 0, lists_end[form]):
            if count + stops[k] - starts[k] > len(rows):
                more = np.empty(2 * (count + stops[k] - starts[k]), np.int64)
                more[:count] = rows[:count]
                rows, alike = more, np.empty(len(more), np.float64)
            for place in range(starts[k], stops[k]):
                row = np.int64(keyed[place])
                if stamp[row] != form:
                    stamp[row] = form
                    rows[count] = row
                    count += 1
        if count > few:
            n = _pattern(heard, sounds, sounds_end, form, most)
            m = _pattern(spelled, letters, letters_end, form, most)
            o = _pattern(boned, bones, bones_end, form, most)
            kept = np.int64(0)
            for k in range(count):
                row = rows[k]
                bone = _ratio(boned, o, other_bones, other_bones_end, row, most)
                if 0.4 * bone + 60.0 < least:
                    continue
                sound = _ratio(heard, n, other_sounds, other_sounds_end, row, most)
                letter = 0.0
                if other_script[row] == script[form]:
                    letter = _ratio(spelled, m, other_letters, other_letters_end, row, most)
                both = 0.3 * max(sound, letter) + 0.3 * sound + 0.4 * bone
                if both >= least:
                    rows[kept] = row
                    alike[kept] = both
                    kept += 1
            count = kept
        chosen = np.sort(rows[:count])
        if count > max(few, wanted):
            # The likeness that the last one kept has, and how many of that likeness are kept.
            ordered = np.sort(alike[:count])
            last = ordered[count - wanted]
            equal = wanted - (count - np.searchsorted(ordered, last, side="right"))
            above = np.empty(wanted, np.int64)
            ties = np.empty(count, np.int64)
            number = found = 0
            for k in range(count):
                if alike[k] > last:
                    above[found] = rows[k]
                    found += 1
                elif alike[k] == last:
                    ties[number] = rows[k]
                    number += 1
            above[found:] = np.sort(ties[:number])[:equal]
            chosen = np.sort(above)
        result[total : total + len(chosen)] = chosen
        total += len(chosen)
        ends[form] = total
    return result[:total], ends
