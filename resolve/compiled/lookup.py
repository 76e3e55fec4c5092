"""Which rows of a vocabulary share a key with a form, and sound most like it, compiled.

What `Lookup` does with `hearing` for all forms of a batch, form by form. A column of the dynamic
programme is one register: what the first i sounds of the form say for so many of the other, less
what it costs to leave them out. Then a sound left out is the number before, and a column is filled
in a few steps, however long the form.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled.jit import jit
from resolve.compiled.lanes import ZERO, advance_8, advance_16, advance_32, zeros_below

__all__ = ["MOST_SAID", "apart", "most_alike", "signs"]

Array = NDArray[Any]

MOST_SAID = 500
"""What the table may say of a sound, for or against, in units: else 16 bits don't hold a column."""
_SOUNDS = "Array(uint8, 1, 'A', readonly=True)"
_ENDS = "Array(uint32, 1, 'A', readonly=True)"
_RAGGED = f"{_SOUNDS}, {_ENDS}"
_FORMS = f"{_RAGGED}, {_RAGGED}, {_RAGGED}, {_SOUNDS}"
_ROWS = "Array(int64, 1, 'A', readonly=True)"
_TABLE = "Array(int64, 4, 'C', readonly=True)"
_WORD = "int16[::1], int64[::1], int16[::1]"
_SIGNS = "uint64[:, ::1], uint8[::1], uint32[::1], uint64[::1]"

_WIDTH = 32
_PACKED = 11  # sounds that are packed in one number, of 5 bits each
_SIZE, _KIND = 55, 59  # bits from which on their number stands, and whether it is an abjad
_TOO_LONG = 15  # their number where they aren't packed
_SPELLED = 10  # letters that are packed in one number, of 6 bits each
_LETTERS = 24  # bits of a sign for the letters of a form
_LONGEST = 31  # letters of a form that a sign counts


@jit(f"uint32({_SOUNDS}, int64, int64, int64)")
def _sign(letters: Array, start: Any, stop: Any, script: Any) -> Any:
    """A form in one number: which letters it has, how many, and its script.

    One slip of the pen changes two of the letters at most, and their number by one.
    """
    sign = np.uint32(min(stop - start, _LONGEST) + (_LONGEST + 1) * script) << np.uint32(_LETTERS)
    for k in range(start, stop):
        sign |= np.uint32(1) << np.uint32(letters[k] % _LETTERS)
    return sign


@jit(f"uint64({_SOUNDS}, int64, int64)")
def _spelled(letters: Array, start: Any, stop: Any) -> Any:
    """The letters of a form in one number, 6 bits each; 0 where it has too many."""
    number = np.uint64(0)
    for k in range(stop - start if stop - start <= _SPELLED else 0):
        number |= np.uint64(letters[start + k]) << np.uint64(6 * k)
    return number


@jit("boolean(uint64, uint64)", inside=True)
def _one_slip(own: Any, other: Any) -> Any:
    """Whether forms of one script, by their letters in a number, are one slip of the pen apart."""
    if own == other:
        return False
    same = zeros_below(own ^ other) // np.uint64(6) * np.uint64(6)
    own, other = own >> same, other >> same
    left, right = own >> np.uint64(6), other >> np.uint64(6)
    if right in (left, own) or left == other:
        return True
    one = np.uint64(63)
    swapped = own & one == right & one and left & one == other & one
    return swapped and left >> np.uint64(6) == right >> np.uint64(6)


@jit("uint32(uint32, uint32)", inside=True)
def _near(sign: Any, other: Any) -> Any:
    """1 if a slip of the pen may tell forms of these signs apart, else 0."""
    changed = np.uint32((sign ^ other) & np.uint32((1 << _LETTERS) - 1))
    changed = np.uint32(changed & np.uint32(changed - np.uint32(1)))
    changed = np.uint32(changed & np.uint32(changed - np.uint32(1)))
    place = np.uint32(np.uint32(sign >> np.uint32(_LETTERS)) - (other >> np.uint32(_LETTERS)))
    return np.uint32(changed == 0) & np.uint32(np.uint32(place + np.uint32(1)) <= np.uint32(2))


@jit("boolean(uint64, uint32)", inside=True)
def _possible(letters: Any, sign: Any) -> Any:
    """Whether a slip of the pen may make a form of this sign one of a strain of these letters."""
    own = np.uint64(sign) & np.uint64((1 << _LETTERS) - 1)
    changed = own & ~letters | letters >> np.uint64(_LETTERS) & ~own
    changed &= np.uint64((1 << _LETTERS) - 1)
    changed &= changed - np.uint64(1)
    changed &= changed - np.uint64(1)
    script = np.uint64(2 * _LETTERS) + np.uint64(sign) // np.uint64((_LONGEST + 1) << _LETTERS)
    return changed == 0 and letters >> script & np.uint64(1) == 1


@jit(f"Tuple(({_SIGNS}))({_FORMS}, {_ENDS}, boolean[::1])")
def signs(
    sounds: Array,
    sounds_end: Array,
    letters: Array,
    letters_end: Array,
    bones: Array,
    bones_end: Array,
    script: Array,
    strain_ends: Array,
    in_abjad: Array,
) -> tuple[Array, Array, Array, Array]:
    """Return what `most_alike` reads of a vocabulary: it depends on this alone.

    Of each strain its consonants in one number, and in another the letters that any of its rows
    has, those that all have, and their scripts. Of each row how many sounds it begins with as the
    row before of its strain does; its sign, by which slips of the pen are found; its letters.
    """
    packed = np.empty((len(strain_ends), 2), np.uint64)
    every = np.uint64((1 << _LETTERS) - 1)
    shared, sign = np.zeros(len(script), np.uint8), np.empty(len(script), np.uint32)
    spelled = np.empty(len(script), np.uint64)
    first = np.int64(0)
    for strain in range(len(strain_ends)):
        start = np.int64(bones_end[first - 1]) if first else np.int64(0)
        size = np.int64(bones_end[first]) - start
        number = np.uint64(in_abjad[script[first]]) << np.uint64(_KIND)
        number |= np.uint64(size if size <= _PACKED else _TOO_LONG) << np.uint64(_SIZE)
        for k in range(size if size <= _PACKED else 0):
            number |= np.uint64(bones[start + k]) << np.uint64(5 * k)
        packed[strain, 0] = number
        any_, all_, scripts = np.uint64(0), every, np.uint64(0)
        for row in range(first, np.int64(strain_ends[strain])):
            start = np.int64(letters_end[row - 1]) if row else np.int64(0)
            sign[row] = _sign(letters, start, np.int64(letters_end[row]), np.int64(script[row]))
            spelled[row] = _spelled(letters, start, np.int64(letters_end[row]))
            any_ |= sign[row]
            all_ &= sign[row]
            scripts |= np.uint64(1) << np.uint64(script[row])
            if row == first:
                continue
            begin = np.int64(sounds_end[row - 2]) if row > 1 else np.int64(0)
            middle, end = np.int64(sounds_end[row - 1]), np.int64(sounds_end[row])
            same = 0
            while same < min(middle - begin, end - middle):
                if sounds[begin + same] != sounds[middle + same]:
                    break
                same += 1
            shared[row] = same
        packed[strain, 1] = any_ & every | all_ << np.uint64(_LETTERS)
        packed[strain, 1] |= scripts << np.uint64(2 * _LETTERS)
        first = np.int64(strain_ends[strain])
    return packed, shared, sign, spelled


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


@jit(f"uint8[::1]({_RAGGED}, {_ROWS}, {_RAGGED}, {_ROWS})")
def apart(
    letters: Array,
    letters_end: Array,
    mine: Array,
    other_letters: Array,
    other_letters_end: Array,
    rows: Array,
) -> Array:
    """Return 0 for a pair of the same letters, 1 for one that a slip tells apart, 2 for others."""
    result = np.empty(len(rows), np.uint8)
    for pair in range(len(rows)):
        form, row = mine[pair], rows[pair]
        begin = np.int64(letters_end[form - 1]) if form else np.int64(0)
        start = np.int64(other_letters_end[row - 1]) if row else np.int64(0)
        n, m = np.int64(letters_end[form]) - begin, np.int64(other_letters_end[row]) - start
        same = np.int64(0)
        while same < min(n, m) and letters[begin + same] == other_letters[start + same]:
            same += 1
        if same == n and same == m:
            result[pair] = 0
        elif abs(n - m) <= 1 and _slipped(letters, begin, n, other_letters, start, m):
            result[pair] = 1
        else:
            result[pair] = 2
    return result


@jit(f"void({_WORD}, int64, {_SOUNDS}, int64, int64, int64[:, ::1], int64)")
def _profile(
    written: Array,
    costs: Array,
    exchanges: Array,
    side: Any,
    own: Array,
    start: Any,
    size: Any,
    table: Array,
    exchanged: Any,
) -> None:
    """What each sound says at each place of a word, more than to leave out what stands there.

    `written[(side, sound), i + 1]` is that of place i. `costs[side, i]` is what it says to leave
    out the first i sounds. `exchanges[side, 0, i]` is the pair of sounds that ends there, and
    after them is what it says that another word has them in the other order.
    """
    sounds = table.shape[1]
    cost = side * _WIDTH
    exchanges[2 * cost : 2 * cost + _WIDTH] = 0
    costs[cost] = 0
    last = np.int64(0)
    for i in range(size):
        sound = np.int64(own[start + i])
        costs[cost + i + 1] = costs[cost + i] + table[sound, 0]
        for other in range(sounds):
            place = (side * sounds + other) * _WIDTH + i + 1
            written[place] = table[sound, other] - table[sound, 0]
        if i:
            exchanges[2 * cost + i + 1] = last << 5 | sound
            both = table[sound, sound] + table[last, last] - table[sound, 0] - table[last, 0]
            exchanges[2 * cost + _WIDTH + i + 1] = both + exchanged
        last = sound


@jit(
    f"int64(uint16[::1], {_WORD}, int64[::1], int64, int64, {_SOUNDS}, int64, int64, int64)",
    inside=True,
)
def _heard(
    columns: Array,
    written: Array,
    costs: Array,
    exchanges: Array,
    added: Array,
    side: Any,
    length: Any,
    other: Array,
    start: Any,
    known: Any,
    size: Any,
) -> Any:
    """Return what a word says for `size` sounds of another, from `start`.

    Number i of column j + 1 of the dynamic programme is what its first i sounds say for j of the
    other, less `costs[i]`, and `ZERO` more. Of the columns the first `known`, after that of none,
    are there. `added[side, sound]` is what it says that a sound stands in the other alone.
    """
    base, own = side * (len(added) // 4), 2 * side * _WIDTH
    last = np.int64(other[start + known - 1]) if known else np.int64(0)
    for j in range(known, size):
        heard = np.int64(other[start + j])
        pair = np.int16(heard << 5 | last)
        last = heard
        sound, at = base + heard, (j + 1) * _WIDTH
        more = np.int16(added[sound])
        if length < 8:
            advance_8(columns, at, written, sound * _WIDTH, more, exchanges, own, pair)
        elif length < 16:
            advance_16(columns, at, written, sound * _WIDTH, more, exchanges, own, pair)
        else:
            advance_32(columns, at, written, sound * _WIDTH, more, exchanges, own, pair)
    return np.int64(columns[(size + 1) * _WIDTH + length]) - ZERO + costs[side * _WIDTH + length]


@jit("int64(int32[::1], int64, int64)")
def _enough(tally: Array, last: Any, wanted: Any) -> Any:
    """Return the greatest number that so many are not less than; 0 if there aren't so many.

    `tally[k]` of the numbers are k. They are all 0 afterwards.
    """
    found, least = np.int64(0), np.int64(-1)
    for k in range(last, -1, -1):
        found += tally[k]
        tally[k] = 0
        if least < 0 and found >= wanted:
            least = np.int64(k)
    return max(least, 0)


@jit(
    f"Tuple((int64[::1], int64[::1]))({_FORMS}, {_FORMS}, {_ENDS}, {_SIGNS}, int64[::1], "
    "int64[::1], int64[::1], Array(int32, 1, 'A', readonly=True), int32[::1], int64, "
    f"boolean[::1], {_TABLE}, int64, int64, int64, int64, int64, int64, int64)"
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
    packed: Array,
    shared: Array,
    sign: Array,
    spelled: Array,
    lists_end: Array,
    starts: Array,
    stops: Array,
    keyed: Array,
    noted: Array,
    since: Any,
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
    of words of `short` letters at least. Of the vocabulary, `signs` has told the rest. What is
    `noted` of the strains is below `since`, and left below that and the number of forms.
    """
    forms = len(lists_end)
    ends = np.zeros(forms, np.int64)
    result = np.empty(forms * (wanted + spare), np.int64)
    order, alike = np.empty(1024, np.int64), np.empty(1024, np.int64)
    asked = np.empty(4096, np.int32)
    said, slipped = np.empty(4096, np.int64), np.empty(4096, np.int64)
    highest = most * MOST_SAID - min(least, 0)
    tally = np.zeros(highest + 1, np.int32)
    columns = np.full((most + 3) * _WIDTH, np.uint16(ZERO))
    unpacked = np.zeros(max(_PACKED, most) + 1, np.uint8)
    # Of the consonants and of all sounds, for a word in no abjad and for one in one.
    sounds_of = table.shape[2]
    written = np.zeros(4 * sounds_of * _WIDTH, np.int16)
    costs, exchanges = np.zeros(4 * _WIDTH, np.int64), np.zeros(8 * _WIDTH, np.int16)
    tables = table.reshape(4, sounds_of, sounds_of).copy()
    added = np.empty(4 * sounds_of, np.int64)
    total = 0
    kind: Any
    row: Any
    known: Any
    last: Any
    for form in range(forms):
        own = 2 * np.int64(in_abjad[script[form]])
        begin = np.int64(bones_end[form - 1]) if form else np.int64(0)
        consonants = min(np.int64(bones_end[form]) - begin, most)
        start = np.int64(sounds_end[form - 1]) if form else np.int64(0)
        length = min(np.int64(sounds_end[form]) - start, most)
        for kind in range(2):
            said_of = tables[own + kind]
            _profile(written, costs, exchanges, kind, bones, begin, consonants, said_of, exchanged)
            _profile(written, costs, exchanges, 2 + kind, sounds, start, length, said_of, exchanged)
            for sound in range(sounds_of):
                for side in range(kind, 4, 2):
                    added[side * sounds_of + sound] = said_of[0, sound]
        # An array that were replaced within a loop would be counted at each of its rounds.
        listed = np.int64(0)
        for k in range(lists_end[form - 1] if form else np.int64(0), lists_end[form]):
            listed += stops[k] - starts[k]
        if listed > len(order):
            order, alike = np.empty(2 * listed, np.int64), np.empty(2 * listed, np.int64)
        # The strains, how alike they are, and of those of one likeness how many rows.
        strains, before, last, greatest = 0, np.uint64(0), np.int64(-1), np.int64(0)
        reach = np.int64(0)
        columns[_WIDTH : 2 * _WIDTH] = ZERO
        for k in range(lists_end[form - 1] if form else np.int64(0), lists_end[form]):
            for place in range(starts[k], stops[k]):
                strain = np.int64(keyed[place])
                if noted[strain] == since + form:
                    continue
                noted[strain] = since + form
                number = packed[strain, 0]
                kind = np.int64(number >> np.uint64(_KIND))
                size = min(np.int64(number >> np.uint64(_SIZE)) & 15, most)
                first = np.int64(strain_ends[strain - 1]) if strain else np.int64(0)
                known = 0
                if np.int64(number >> np.uint64(_SIZE)) & 15 == _TOO_LONG:
                    begin = np.int64(other_bones_end[first - 1]) if first else np.int64(0)
                    size = min(np.int64(other_bones_end[first]) - begin, most)
                    for j in range(size):
                        unpacked[j] = other_bones[begin + j]
                    last = -1
                else:
                    if kind == last:
                        known = min(np.int64(zeros_below(number ^ before)) // 5, size)
                    before, last = number, kind
                    for j in range(known, size):
                        unpacked[j] = number >> np.uint64(5 * j) & np.uint64(31)
                consonance = _heard(
                    columns,
                    written,
                    costs,
                    exchanges,
                    added,
                    kind,
                    consonants,
                    unpacked,
                    0,
                    known,
                    size,
                )
                if consonance < least:
                    continue
                order[strains], alike[strains] = strain, consonance
                strains += 1
                tally[consonance - least] += np.int64(strain_ends[strain]) - first
                reach += np.int64(strain_ends[strain]) - first
                greatest = max(greatest, consonance - least)
        if reach > len(said):
            asked, said = np.empty(2 * reach, np.int32), np.empty(2 * reach, np.int64)
            slipped = np.empty(2 * reach, np.int64)
        # Of the strains of this likeness, the first ones are taken.
        limit = _enough(tally, greatest, heard) + least
        begin = np.int64(letters_end[form - 1]) if form else np.int64(0)
        letters_own = np.int64(letters_end[form]) - begin
        own_sign = _sign(letters, begin, begin + letters_own, np.int64(script[form]))
        own_spelled = _spelled(letters, begin, begin + letters_own)
        slips = 0
        if letters_own >= short:
            for k in range(strains):
                strain = order[k]
                if not _possible(packed[strain, 1], own_sign):
                    continue
                first = np.int64(strain_ends[strain - 1]) if strain else np.int64(0)
                stop = np.int64(strain_ends[strain])
                some = np.int64(0)
                for place in range(np.uint64(first), np.uint64(stop)):
                    asked[some] = place
                    some += _near(sign[place], own_sign)
                for place in range(some):
                    row = np.int64(asked[place])
                    if other_script[row] != script[form]:
                        continue
                    if own_spelled and spelled[row]:
                        if not (spelled[row] >> np.uint64(6 * (short - 1))):
                            continue
                        if not _one_slip(own_spelled, spelled[row]):
                            continue
                    else:
                        start = np.int64(other_letters_end[row - 1]) if row else np.int64(0)
                        size = np.int64(other_letters_end[row]) - start
                        if size < short or not _slipped(
                            letters, begin, letters_own, other_letters, start, size
                        ):
                            continue
                    slipped[slips] = -alike[k] << 32 | row
                    slips += 1
            if slips > spare:
                slipped[:slips].sort()
                slips = spare
            for k in range(slips):
                slipped[k] &= 0xFFFFFFFF
            slipped[:slips].sort()
        # Those that are taken, as they lie in the vocabulary; of the least alike the first.
        taken, above = 0, np.int64(0)
        for k in range(strains):
            if alike[k] < limit:
                continue
            strain = order[k]
            order[taken] = strain << 1 | (alike[k] == limit)
            taken += 1
            if alike[k] > limit:
                first = np.int64(strain_ends[strain - 1]) if strain else np.int64(0)
                above += np.int64(strain_ends[strain]) - first
        order[:taken].sort()
        count, kept, last, greatest = 0, 0, np.int64(-1), np.int64(0)
        columns[_WIDTH : 2 * _WIDTH] = ZERO
        for k in range(taken):
            strain = order[k] >> 1
            first = np.int64(strain_ends[strain - 1]) if strain else np.int64(0)
            stop = np.int64(strain_ends[strain])
            if order[k] & 1:
                if above >= heard:
                    continue
                above += stop - first
            order[kept] = strain
            kept += 1
            kind = np.int64(packed[strain, 0] >> np.uint64(_KIND))
            end = np.int64(other_sounds_end[first - 1]) if first else np.int64(0)
            size = np.int64(0)
            for row in range(first, stop):
                start, end = end, np.int64(other_sounds_end[row])
                known = min(np.int64(shared[row]), most)
                size = min(end - start, most)
                score = _heard(
                    columns,
                    written,
                    costs,
                    exchanges,
                    added,
                    2 + kind,
                    length,
                    other_sounds,
                    start,
                    known,
                    size,
                )
                said[count] = score
                count += 1
                if score >= least:
                    tally[score - least] += 1
                    greatest = max(greatest, score - least)
        # Of the rows the most alike, of equal ones the first; and the slips among them.
        limit = _enough(tally, greatest, wanted) + least
        above = np.int64(0)
        for k in range(count):
            above += said[k] > limit
        count = slip = 0
        for k in range(kept):
            strain = order[k]
            first = np.int64(strain_ends[strain - 1]) if strain else np.int64(0)
            for row in range(first, np.int64(strain_ends[strain])):
                score = said[count]
                count += 1
                if score < limit:
                    continue
                if score == limit:
                    if above >= wanted:
                        continue
                    above += 1
                while slip < slips and slipped[slip] <= row:
                    if slipped[slip] < row:
                        result[total] = slipped[slip]
                        total += 1
                    slip += 1
                result[total] = row
                total += 1
        for k in range(slip, slips):
            result[total] = slipped[k]
            total += 1
        ends[form] = total
    return result[:total], ends
