"""Which rows of a vocabulary share a key with a form, and look most like it, compiled.

What `Lookup` does with `alikeness` for one form, for all forms of a batch.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled.heap import offer
from resolve.compiled.jit import jit

__all__ = ["alike", "most_alike"]

Array = NDArray[Any]

_LETTERS = "Array(uint8, 1, 'A', readonly=True)"
_ENDS = "Array(uint32, 1, 'A', readonly=True)"
_RAGGED = f"{_LETTERS}, {_ENDS}"
_FORMS = f"{_RAGGED}, {_RAGGED}, {_RAGGED}, {_LETTERS}"
_PACKED = "uint64[::1], uint64[::1], uint64[::1]"
_CHUNK = 64  # rows that are compared together
_LANE = 15  # letters of a form of which four are compared as one number
_FOUR = 0x0001000100010001


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


@jit("void(uint64[::1], int64, uint64[::1], int64, int64, float64[::1])")
def _ratios(places: Array, length: Any, words: Array, count: Any, wide: Any, result: Array) -> None:
    """Say how alike a pattern is to packed rows, four at a time; -1 where it can't be told so.

    Each is a lane of one number: no row has a letter 0, with which a lane stays as it is.
    """
    many = 60 // wide
    if length > _LANE:
        result[:count] = -1.0
        return
    words[count : count + 3] = 0
    letter = (np.uint64(1) << np.uint64(wide)) - np.uint64(1)
    step = np.uint64(wide)
    lane = (np.uint64(1) << np.uint64(length)) - np.uint64(1)
    inside = lane * np.uint64(_FOUR)
    for k in range(0, count, 4):
        a, b, c, d = words[k], words[k + 1], words[k + 2], words[k + 3]
        longest = max(max(a, b), max(c, d)) >> np.uint64(60)
        state = inside
        for _ in range(min(np.int64(longest), many)):
            matched = (
                places[a & letter]
                | places[b & letter] << np.uint64(16)
                | places[c & letter] << np.uint64(32)
                | places[d & letter] << np.uint64(48)
            )
            taken = state & matched
            state = ((state + taken) | (state - taken)) & inside
            a, b, c, d = a >> step, b >> step, c >> step, d >> step
        common = ~state & inside
        for j in range(min(4, count - k)):
            size = np.int64(words[k + j] >> np.uint64(60))
            if size > many:
                result[k + j] = -1.0
            elif length + size == 0:
                result[k + j] = 100.0
            else:
                own = (common >> np.uint64(16 * j)) & np.uint64(0xFFFF)
                result[k + j] = 200.0 * _bits_set(own) / (length + size)


@jit(
    "Tuple((int64, int64, int64))(int64, int64, int64, int64[::1], int64[::1], "
    "Array(int32, 1, 'A', readonly=True), int32[::1], int32[::1], int32[::1], int32[::1], "
    "int32[::1], int32[::1])"
)
def _shared(
    now: Any,
    first: Any,
    last: Any,
    starts: Array,
    stops: Array,
    keyed: Array,
    run_of: Array,
    run_ends: Array,
    run_stamp: Array,
    stamp: Array,
    runs: Array,
    loose: Array,
) -> tuple[Any, Any, Any]:
    """Find the rows of some lists: runs that are on one, and rows whose runs are on none.

    Return how many runs and such rows there are, and how many rows altogether.
    """
    count: Any = 0
    many = parts = 0
    for k in range(first, last):
        place, stop = starts[k], stops[k]
        while place < stop:
            row = np.int64(keyed[place])
            run = run_of[row]
            begin = np.int64(run_ends[run - 1]) if run else np.int64(0)
            end = np.int64(run_ends[run]) - 1
            after = place + end - begin
            if row == begin and after < stop and keyed[after] == end:
                if run_stamp[run] != now:
                    run_stamp[run] = now
                    runs[many] = run
                    many += 1
                    count += end - begin + 1
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
    return many, alone, count + alone


@jit("void(float64[::1], int64, int32[::1], int64[::1])")
def _put_in_order(alike: Array, many: Any, order: Array, tally: Array) -> None:
    """Say in which order to take what is so alike, in percent: the most first, but for a part."""
    tally[:] = 0
    for k in range(many):
        tally[101 - np.int64(alike[k])] += 1
    for k in range(1, 102):
        tally[k] += tally[k - 1]
    for k in range(many):
        at = 100 - np.int64(alike[k])
        order[tally[at]] = k
        tally[at] += 1


@jit(
    f"Tuple((int64[::1], int64[::1]))({_FORMS}, {_FORMS}, {_PACKED}, int32[::1], int32[::1], "
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
    packed_letters: Array,
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
    stamp, run_stamp = np.zeros(len(other_script), np.int32), np.zeros(len(run_ends), np.int32)
    runs, order = np.empty(len(run_ends), np.int32), np.empty(len(run_ends), np.int32)
    loose = np.empty(len(other_script), np.int32)
    alike, words = np.empty(len(run_ends), np.float64), np.empty(len(run_ends) + 3, np.uint64)
    tally = np.empty(102, np.int64)
    scores, best = np.empty(wanted, np.float64), np.empty(wanted, np.int64)
    heard, spelled = np.zeros(256, np.uint64), np.zeros(256, np.uint64)
    boned = np.zeros(256, np.uint64)
    rows, agreed = np.empty(_CHUNK, np.int64), np.empty(_CHUNK, np.float64)
    said, letter = np.empty(_CHUNK, np.float64), np.empty(_CHUNK, np.float64)
    chunk, reaches = np.empty(_CHUNK + 3, np.uint64), np.empty(16, np.float64)
    begin: Any
    row: Any
    length: Any
    total = np.int64(0)
    for form in range(forms):
        first = lists_end[form - 1] if form else np.int64(0)
        many, alone, count = _shared(
            form + 1,
            first,
            lists_end[form],
            starts,
            stops,
            keyed,
            run_of,
            run_ends,
            run_stamp,
            stamp,
            runs,
            loose,
        )
        if count <= few:
            before = total
            for k in range(many):
                for row in range(run_ends[runs[k] - 1] if runs[k] else 0, run_ends[runs[k]]):
                    result[total] = row
                    total += 1
            for k in range(alone):
                result[total] = loose[k]
                total += 1
            result[before:total].sort()
            ends[form] = total
            continue
        n = _pattern(heard, sounds, sounds_end, form, most)
        m = _pattern(spelled, letters, letters_end, form, most)
        o = _pattern(boned, bones, bones_end, form, most)
        for length in range(16):
            reaches[length] = 30.0 + 0.3 * 100.0
            if length <= 12 and n + length:
                reaches[length] = 30.0 + 0.3 * (200.0 * min(n, length) / (n + length))
        for k in range(many):
            words[k] = packed_bones[np.int64(run_ends[runs[k]]) - 1]
        _ratios(boned, o, words, many, 5, alike)
        for k in range(many):
            if alike[k] < 0.0:
                row = np.int64(run_ends[runs[k]]) - 1
                alike[k] = _ratio(boned, o, other_bones, other_bones_end, row, most)
        _put_in_order(alike, many, order, tally)
        floor = least
        size, waiting = np.int64(0), 0
        for k in range(many + alone + 1):
            if k < many:
                run = runs[order[k]]
                begin = np.int64(run_ends[run - 1]) if run else np.int64(0)
                end = np.int64(run_ends[run])
                bone = 0.4 * alike[order[k]]
            elif k < many + alone:
                begin = np.int64(loose[k - many])
                end = begin + 1
                bone = 0.4 * _ratio(boned, o, other_bones, other_bones_end, begin, most)
            else:
                begin, end, bone = np.int64(0), np.int64(0), 0.0
            if bone + 60.0 < floor - 1e-9 and k < many + alone:
                continue
            while True:
                while begin < end and waiting < _CHUNK:
                    length = np.int64(packed_sounds[begin] >> np.uint64(60))
                    rows[waiting], agreed[waiting] = begin, bone
                    waiting += bone + reaches[length] >= floor - 1e-9
                    begin += 1
                if waiting < _CHUNK and k < many + alone:
                    break
                # The sounds of those that wait, and of what is still alike the letters.
                for j in range(waiting):
                    chunk[j] = packed_sounds[rows[j]]
                _ratios(heard, n, chunk, waiting, 5, said)
                still = 0
                for j in range(waiting):
                    sound, row = said[j], rows[j]
                    if sound < 0.0:
                        sound = _ratio(heard, n, other_sounds, other_sounds_end, row, most)
                    if agreed[j] + 30.0 + 0.3 * sound >= floor - 1e-9:
                        rows[still], agreed[still], said[still] = row, agreed[j], sound
                        chunk[still] = packed_letters[row]
                        still += 1
                _ratios(spelled, m, chunk, still, 6, letter)
                for j in range(still):
                    sound, row = said[j], rows[j]
                    alike_letters = 0.0
                    if other_script[row] == script[form]:
                        alike_letters = letter[j]
                        if alike_letters < 0.0:
                            alike_letters = _ratio(
                                spelled, m, other_letters, other_letters_end, row, most
                            )
                    both = 0.3 * max(sound, alike_letters) + 0.3 * sound + agreed[j]
                    if both >= least:
                        size = offer(scores, best, size, both, row)
                if size == wanted:
                    floor = max(scores[0], least)
                waiting = 0
                if begin == end:
                    break
        result[total : total + size] = np.sort(best[:size])
        total += size
        ends[form] = total
    return result[:total], ends


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
