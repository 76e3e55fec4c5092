"""Which rows of a vocabulary share a key with a form, and sound most like it, compiled.

What `Lookup` does with `hearing` for all forms of a batch, form by form.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled.heap import offer
from resolve.compiled.jit import jit

__all__ = ["most_alike"]

Array = NDArray[Any]

_SOUNDS = "Array(uint8, 1, 'A', readonly=True)"
_ENDS = "Array(uint32, 1, 'A', readonly=True)"
_RAGGED = f"{_SOUNDS}, {_ENDS}"
_FORMS = f"{_RAGGED}, {_RAGGED}, {_RAGGED}, {_SOUNDS}"
_TABLE = "Array(int64, 4, 'C', readonly=True)"


@jit(f"int64(uint8[::1], {_RAGGED}, int64, int64)")
def _read(word: Array, values: Array, ends: Array, row: Any, most: Any) -> Any:
    """Copy the sounds of a row; return how many they are, and are the same as before."""
    start = np.int64(ends[row - 1]) if row else np.int64(0)
    size = min(np.int64(ends[row]) - start, most)
    same = 0
    while same < size and word[same] == values[start + same]:
        same += 1
    for k in range(same, size):
        word[k] = values[start + k]
    word[size] = 0  # no sound: what stood there is another word's
    return size << 8 | same


@jit(f"boolean({_SOUNDS}, int64, int64, {_SOUNDS}, int64, int64)")
def _slipped(letters: Array, first: Any, n: Any, other: Array, start: Any, m: Any) -> Any:
    """Whether a form of n letters is one of m but for one slip of the pen: see `slips`."""
    shorter = min(n, m)
    same = 0
    while same < shorter and letters[first + same] == other[start + same]:
        same += 1
    last = 0
    while last < shorter - same and letters[first + n - 1 - last] == other[start + m - 1 - last]:
        last += 1
    if same + last >= max(n, m) - 1:
        return same < n or n != m
    return (
        n == m
        and same + last == n - 2
        and letters[first + same] == other[start + same + 1]
        and letters[first + same + 1] == other[start + same]
    )


@jit(
    "void(int64[:, ::1], int64[::1], uint64[::1], uint8[::1], int64, "
    "Array(int64, 2, 'C', readonly=True))"
)
def _profile(
    written: Array, gains: Array, places: Array, own: Array, length: Any, table: Array
) -> None:
    """What each sound says at each place of a word: `written[sound, place]`; 0 for left out.

    `gains[i]` is the most that the sounds from place i on can say; `places` has a bit for each
    place of a sound.
    """
    sounds = len(written)
    places[:] = 0
    gains[length] = 0
    for i in range(length - 1, -1, -1):
        places[own[i]] |= np.uint64(1) << np.uint64(i)
        most = table[own[i], 0]
        for sound in range(sounds):
            written[sound, i] = table[own[i], sound]
            most = max(most, table[own[i], sound])
        gains[i] = gains[i + 1] + most


@jit(
    "int64(int64[:, ::1], int64[:, ::1], int64[::1], uint64[::1], int64, uint8[::1], int64, "
    "int64, Array(int64, 2, 'C', readonly=True), int64, int64)"
)
def _hear(
    columns: Array,
    written: Array,
    gains: Array,
    places: Array,
    length: Any,
    other: Array,
    known: Any,
    size: Any,
    table: Array,
    exchanged: Any,
    least: Any,
) -> Any:
    """Fill the columns of the dynamic programme, of which the first `known` are there.

    `columns[j, i]` is what the first i sounds of one word say for the first j of the other.
    Return how many sounds of the other are there then: no more than it takes to see that the
    words can't say `least`.
    """
    if known == 0:
        columns[0, 0] = 0
        for i in range(length):
            columns[0, i + 1] = columns[0, i] + written[0, i]
    hopeful = True  # two exchanged sounds pass over a column
    for j in range(known, size):
        sound = other[j]
        added = table[0, sound]
        column, before = columns[j + 1], columns[j]
        said = written[sound]
        column[0] = before[0] + added
        for i in range(length):
            column[i + 1] = max(before[i] + said[i], before[i + 1] + added)
        swapped = np.uint64(0)
        if j:
            swapped = places[other[j - 1]] & (places[sound] << np.uint64(1))
        if swapped:
            both = table[sound, sound] + table[other[j - 1], other[j - 1]] + exchanged
            for i in range(1, length):
                if swapped >> np.uint64(i) & np.uint64(1):
                    column[i + 1] = max(column[i + 1], columns[j - 1, i - 1] + both)
        most = np.int64(column[0] + gains[0])
        for i in range(length):
            column[i + 1] = max(column[i + 1], column[i] + written[0, i])
            most = max(most, np.int64(column[i + 1] + gains[i + 1]))
        if most < least and not hopeful:
            return j + 1
        hopeful = most >= least
    return size


@jit(
    f"Tuple((int64[::1], int64[::1]))({_FORMS}, {_FORMS}, {_ENDS}, int64[::1], int64[::1], "
    f"int64[::1], Array(int32, 1, 'A', readonly=True), boolean[::1], {_TABLE}, int64, int64, "
    "int64, int64, int64, int64, int64)"
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
    strain_ends: Array,
    lists_end: Array,
    starts: Array,
    stops: Array,
    keyed: Array,
    in_abjad: Array,
    table: Array,
    exchanged: Any,
    most: Any,
    heard: Any,
    wanted: Any,
    spare: Any,
    short: Any,
    least: Any,
) -> tuple[Array, Array]:
    """Return the rows for each form, ascending, one form's after the other's, and their ends.

    `keyed[starts[k] : stops[k]]` are the strains of a key; those of form f are the lists from
    `lists_end[f - 1]` to `lists_end[f]`. Strains are taken by the likeness of their consonants,
    until they have `heard` rows; of these the `wanted` that sound most alike are kept, of equal
    ones the first. Consonants and sounds say at least `least`; at most `most` of a word count.
    So are, of all strains, the first `spare` that a slip of the pen in their script makes of it,
    of words of `short` letters at least.
    """
    forms = len(lists_end)
    ends = np.zeros(forms, np.int64)
    result = np.empty(forms * (wanted + spare), np.int64)
    kept = np.empty(wanted + spare, np.int64)
    stamp = np.full(len(strain_ends), np.int32(-1))
    scores, best = np.empty(wanted, np.float64), np.empty(wanted, np.int64)
    order = np.empty(1024, np.int64)
    columns = np.zeros((most + 1, most + 1), np.int64)
    own, other = np.zeros(most + 1, np.uint8), np.zeros(most + 1, np.uint8)
    # Of the consonants and of all sounds, for a word in no abjad and for one in one.
    written = np.zeros((2, 2, table.shape[2], most + 1), np.int64)
    gains = np.zeros((2, 2, most + 1), np.int64)
    places = np.zeros((2, 2, table.shape[2]), np.uint64)
    total = 0
    for form in range(forms):
        side = table[np.int64(in_abjad[script[form]])]
        consonants = _read(own, bones, bones_end, form, most) >> 8
        for kind in range(2):
            _profile(written[0, kind], gains[0, kind], places[0, kind], own, consonants, side[kind])
        length = _read(own, sounds, sounds_end, form, most) >> 8
        for kind in range(2):
            _profile(written[1, kind], gains[1, kind], places[1, kind], own, length, side[kind])
        strains = 0
        other[0] = 0
        for k in range(lists_end[form - 1] if form else np.int64(0), lists_end[form]):
            for place in range(starts[k], stops[k]):
                strain = np.int64(keyed[place])
                if stamp[strain] == form:
                    continue
                stamp[strain] = form
                head = np.int64(strain_ends[strain - 1]) if strain else np.int64(0)
                size = _read(other, other_bones, other_bones_end, head, most) >> 8
                kind = int(in_abjad[other_script[head]])
                there = _hear(
                    columns,
                    written[0, kind],
                    gains[0, kind],
                    places[0, kind],
                    consonants,
                    other,
                    0,
                    size,
                    side[kind],
                    exchanged,
                    least,
                )
                if there < size or columns[size, consonants] < least:
                    continue
                if strains == len(order):
                    longer = np.empty(2 * strains, np.int64)
                    longer[:strains] = order
                    order = longer
                # The most alike first, of equal ones the first.
                order[strains] = (np.int64(-columns[size, consonants]) << 32) + strain
                strains += 1
        order[:strains].sort()
        found, looked, floor = 0, 0, least
        begin = np.int64(letters_end[form - 1]) if form else np.int64(0)
        size = np.int64(letters_end[form]) - begin
        slips = 0 if size >= short else spare
        for k in range(strains):
            strain = order[k] & 0xFFFFFFFF
            first = np.int64(strain_ends[strain - 1]) if strain else np.int64(0)
            kind = int(in_abjad[other_script[first]])
            known = 0  # sounds of the row before that were listened to
            quiet = looked >= heard
            if quiet and slips >= spare:
                break
            stop = np.int64(other_letters_end[first - 1]) if first else np.int64(0)
            for row in range(int(first), int(strain_ends[strain])):
                start, stop = stop, np.int64(other_letters_end[row])
                if (
                    slips < spare
                    and stop - start >= short
                    and abs(stop - start - size) <= 1
                    and (
                        letters[begin] == other_letters[start]
                        or letters[begin + size - 1] == other_letters[stop - 1]
                    )
                    and other_script[row] == script[form]
                    and _slipped(letters, begin, size, other_letters, start, stop - start)
                ):
                    kept[slips] = row
                    slips += 1
                if quiet:
                    continue
                looked += 1
                read = _read(other, other_sounds, other_sounds_end, row, most)
                known = _hear(
                    columns,
                    written[1, kind],
                    gains[1, kind],
                    places[1, kind],
                    length,
                    other,
                    min(read & 255, known),
                    read >> 8,
                    side[kind],
                    exchanged,
                    floor,
                )
                if known < read >> 8 or columns[known, length] < floor:
                    continue
                found = offer(scores, best, found, np.float64(columns[known, length]), row)
                if found == wanted:
                    floor = max(int(scores[0]), least)
        if size < short:
            slips = 0
        kept[slips : slips + found] = best[:found]
        kept[: slips + found].sort()
        for k in range(slips + found):
            if not k or kept[k] != kept[k - 1]:
                result[total] = kept[k]
                total += 1
        ends[form] = total
    return result[:total], ends
