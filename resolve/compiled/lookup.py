"""Which rows of a vocabulary share a key with a form, and look most like it, compiled.

What `Lookup` does with `alikeness` for one form, for all forms of a batch.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled.heap import offer
from resolve.compiled.jit import jit

__all__ = ["most_alike"]

Array = NDArray[Any]

_LETTERS = "Array(uint8, 1, 'A', readonly=True)"
_ENDS = "Array(uint32, 1, 'A', readonly=True)"
_RAGGED = f"{_LETTERS}, {_ENDS}"
_FORMS = f"{_RAGGED}, {_RAGGED}, {_RAGGED}, {_LETTERS}"
_WORD = "uint64[::1], uint64[::1]"


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


@jit(f"float64(uint64[::1], int64, uint64, {_RAGGED}, int64, int64)")
def _ratio(
    places: Array, length: Any, packed: Any, values: Array, ends: Array, row: Any, most: Any
) -> Any:
    """Return the likeness of a pattern to a row in percent: see `alikeness`, `packed`."""
    size = np.int64(packed >> np.uint64(60))
    state = ~np.uint64(0)
    if size <= 12:
        for _ in range(size):
            matched = places[packed & np.uint64(31)]
            packed >>= np.uint64(5)
            taken = state & matched
            state = (state + taken) | (state - taken)
    else:
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


@jit(
    f"Tuple((int64[::1], int64[::1]))({_FORMS}, {_FORMS}, {_WORD}, int32[::1], int32[::1], "
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
    packed_bones: Array,
    packed_sounds: Array,
    run_of: Array,
    run_ends: Array,
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
    Rows of the same consonants are a run, and mostly share their keys: so a run is looked at as
    one, and those of the most alike consonants come first. What can't be as much as these needs
    no look at its sounds.
    """
    forms = len(lists_end)
    ends = np.zeros(forms, np.int64)
    result = np.empty(forms * max(few, wanted), np.int64)
    stamp = np.zeros(len(other_script), np.int32)
    run_stamp = np.zeros(len(run_ends), np.int32)
    runs, order = np.empty(len(run_ends), np.int32), np.empty(len(run_ends), np.int32)
    alike = np.empty(len(run_ends), np.float64)
    loose = np.empty(len(other_script), np.int32)
    tally = np.empty(102, np.int64)
    scores, best = np.empty(wanted, np.float64), np.empty(wanted, np.int64)
    heard, spelled = np.zeros(256, np.uint64), np.zeros(256, np.uint64)
    boned = np.zeros(256, np.uint64)
    long = np.uint64(13) << np.uint64(60)
    begin: Any
    total: Any = 0
    for form in range(forms):
        now = np.int32(form + 1)
        n = _pattern(heard, sounds, sounds_end, form, most)
        m = _pattern(spelled, letters, letters_end, form, most)
        o = _pattern(boned, bones, bones_end, form, most)
        # Whole runs, and rows whose runs don't share the key.
        many = parts = count = 0
        for k in range(lists_end[form - 1] if form else np.int64(0), lists_end[form]):
            place, stop = starts[k], stops[k]
            while place < stop:
                row = np.int64(keyed[place])
                run = run_of[row]
                begin = np.int64(run_ends[run - 1]) if run else np.int64(0)
                last = np.int64(run_ends[run]) - 1
                after = place + last - begin
                if row == begin and after < stop and keyed[after] == last:
                    if run_stamp[run] != now:
                        run_stamp[run] = now
                        runs[many] = run
                        many += 1
                        count += last - begin + 1
                    place = after + 1
                    continue
                if stamp[row] != now:
                    stamp[row] = now
                    loose[parts] = row
                    parts += 1
                place += 1
        alone = 0
        for k in range(parts):
            if run_stamp[run_of[loose[k]]] != now:
                loose[alone] = loose[k]
                alone += 1
        size: Any = 0
        if count + alone <= few:
            for k in range(many):
                run = runs[k]
                for row in range(run_ends[run - 1] if run else 0, run_ends[run]):
                    result[total + size] = row
                    size += 1
            for k in range(alone):
                result[total + size] = loose[k]
                size += 1
            result[total : total + size].sort()
            total += size
            ends[form] = total
            continue
        # The runs in the order of their consonants, most alike first.
        tally[:] = 0
        for k in range(many):
            row = np.int64(run_ends[runs[k]]) - 1
            alike[k] = _ratio(boned, o, packed_bones[row], other_bones, other_bones_end, row, most)
            tally[101 - np.int64(alike[k])] += 1
        for k in range(1, 102):
            tally[k] += tally[k - 1]
        for k in range(many):
            at = 100 - np.int64(alike[k])
            order[tally[at]] = k
            tally[at] += 1
        floor = least
        for k in range(many + alone):
            if k < many:
                run = runs[order[k]]
                begin = np.int64(run_ends[run - 1]) if run else np.int64(0)
                end = np.int64(run_ends[run])
                bone = 0.4 * alike[order[k]]
            else:
                begin = np.int64(loose[k - many])
                end = begin + 1
                bone = 0.4 * _ratio(
                    boned, o, packed_bones[begin], other_bones, other_bones_end, begin, most
                )
            if bone + 60.0 < floor - 1e-9:
                continue
            for row in range(begin, end):
                length = np.int64(packed_sounds[row] >> np.uint64(60))
                reach = 100.0
                if length <= 12 and n + length:
                    reach = 200.0 * min(n, length) / (n + length)
                if bone + 30.0 + 0.3 * reach < floor - 1e-9:
                    continue
                sound = _ratio(
                    heard, n, packed_sounds[row], other_sounds, other_sounds_end, row, most
                )
                if bone + 30.0 + 0.3 * sound < floor - 1e-9:
                    continue
                letter = 0.0
                if other_script[row] == script[form]:
                    letter = _ratio(spelled, m, long, other_letters, other_letters_end, row, most)
                both = 0.3 * max(sound, letter) + 0.3 * sound + bone
                if both >= least:
                    size = offer(scores, best, size, both, row)
                    if size == wanted:
                        floor = max(scores[0], least)
        result[total : total + size] = np.sort(best[:size])
        total += size
        ends[form] = total
    return result[:total], ends
