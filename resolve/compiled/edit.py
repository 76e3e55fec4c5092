"""The joint probability of word pairs, compiled: `EditModel.joint` one pair at a time.

Of a pair only the letters are visited that have an operation at all, kind by kind: two letters
for two have one at every second place, and then hardly ever with each other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled.jit import jit

__all__ = ["encoded", "joint", "together"]

Array = NDArray[Any]

_WORDS = "Array(int32, 3, 'A', readonly=True), Array(int32, 1, 'A', readonly=True)"
_ROWS = "Array(int64, 1, 'A', readonly=True)"
_TABLES = "int64[:, ::1], int32[:, ::1], int32[:, ::1], float64[::1]"
_SPELLED = (
    "Array(uint8, 1, 'A', readonly=True), Array(uint32, 1, 'A', readonly=True), "
    "Array(int64, 1, 'A', readonly=True), int64[::1], Array(int32, 1, 'A', readonly=True), "
    "int64[::1], int64, int64, Array(float64, 1, 'A', readonly=True), float64"
)


@jit(f"float64[::1]({_WORDS}, {_ROWS}, {_WORDS}, {_ROWS}, {_TABLES})")
def joint(
    x_ids: Array,
    x_sizes: Array,
    x_rows: Array,
    y_ids: Array,
    y_sizes: Array,
    y_rows: Array,
    kinds: Array,
    x_numbers: Array,
    y_numbers: Array,
    flat: Array,
) -> Array:
    """Return P(left, right) of the pairs of words at these rows.

    A row of `kinds` is (taken, written, width, start) of one kind of operation: its table
    stands in `flat`, and in `x_numbers`, `y_numbers` which of its rows and columns a substring
    has, 0 for none. The first kind is the one that takes nothing and writes one letter. Ends of
    words go with ends: no way leads along the first or the last row or column.
    """
    many, longest = len(kinds), y_ids.shape[1]
    chain = np.zeros((x_ids.shape[1], longest))
    chain[0, 0] = 1.0
    bases = np.empty((many, x_ids.shape[1]), np.int64)
    counts, begun = np.zeros(many, np.int64), np.zeros(many, np.int64)
    # By unsigned numbers: else each one is asked whether it counts from the end.
    line = np.uint64(longest)
    places, columns = np.empty((2, many, longest), np.uint64)
    cells = chain.reshape(chain.size)
    final, first = np.empty((2, many), np.int64)
    inserted = np.empty(longest)
    result = np.empty(len(x_rows))
    last_a = last_b = np.int64(-1)
    # Letters of the right word that it begins with as the one before did, and their columns of the
    # chain are there.
    shared: Any = np.int64(0)
    last_m = np.int64(0)
    for pair in range(len(x_rows)):
        a, b = x_rows[pair], y_rows[pair]
        n, m = np.int64(x_sizes[a]), np.int64(y_sizes[b])
        shared = 0
        alike = b != last_b
        while alike and shared < min(m, last_m) - 1:
            for written in range(1, y_ids.shape[2]):
                alike &= y_ids[b, shared + 1, written] == y_ids[last_b, shared + 1, written]
            shared += alike
        if b == last_b:
            shared = m - 1
        known = shared if a == last_a else np.int64(0)
        if a != last_a:
            last_a = a
            for kind in range(1, many):
                taken, width, start = kinds[kind, 0], kinds[kind, 2], kinds[kind, 3]
                for i in range(taken, n + 1):
                    number = x_numbers[kind, x_ids[a, i, taken]]
                    bases[kind, i] = start + width * number if number else -1
        if b != last_b:
            last_b, last_m = b, m
            for j in range(shared + 1, m):
                inserted[j] = flat[kinds[0, 3] + kinds[0, 2] + y_numbers[0, y_ids[b, j, 1]]]
            for kind in range(1, many):
                written = kinds[kind, 1]
                first[kind] = final[kind] = 0
                count = counts[kind]
                while count and np.int64(places[kind, count - 1]) > shared:
                    count -= 1
                if written <= m:
                    first[kind] = y_numbers[kind, y_ids[b, written, written]]
                    final[kind] = y_numbers[kind, y_ids[b, m, written]]
                for j in range(max(written, shared) + 1, m):
                    column = y_numbers[kind, y_ids[b, j, written]]
                    if column:
                        places[kind, count] = j
                        columns[kind, count] = column
                        count += 1
                counts[kind] = count
        for kind in range(1, many):
            begun[kind] = counts[kind]
            while begun[kind] and np.int64(places[kind, begun[kind] - 1]) > known:
                begun[kind] -= 1
        for i in range(1, n):
            chain[i, 0] = 0.0
            for j in range(known + 1, m):
                chain[i, j] = 0.0
            for kind in range(1, many):
                taken, written = kinds[kind, 0], kinds[kind, 1]
                if taken > i or bases[kind, i] < 0:
                    continue
                base = bases[kind, i]
                if taken == i:
                    if first[kind] and known < written < m:
                        chain[i, written] += flat[base + first[kind]]
                    continue
                row, above = np.uint64(i) * line, np.uint64(i - taken) * line - np.uint64(written)
                operation = np.uint64(base)
                for k in range(np.uint64(begun[kind]), np.uint64(counts[kind])):
                    j = places[kind, k]
                    said = cells[above + j] * flat[operation + columns[kind, k]]
                    cells[row + j] += said
            row = np.uint64(i) * line
            carried = cells[row + np.uint64(known)]
            for j in range(np.uint64(known + 1), np.uint64(m)):
                carried = cells[row + j] + carried * inserted[j]
                cells[row + j] = carried
        total = 0.0
        for kind in range(1, many):
            taken, written = kinds[kind, 0], kinds[kind, 1]
            if taken <= n and written <= m and final[kind] and bases[kind, n] >= 0:
                total += chain[n - taken, m - written] * flat[bases[kind, n] + final[kind]]
        result[pair] = total
    return result


@jit(f"Tuple((int32[:, :, ::1], int32[::1], int64[::1], float64[::1]))({_SPELLED}, int64)")
def encoded(
    letters: Array,
    ends: Array,
    rows: Array,
    numbers: Array,
    table: Array,
    starts: Array,
    base: Any,
    missing: Any,
    weight: Array,
    gain: Any,
    most: Any,
) -> tuple[Array, Array, Array, Array]:
    """Return words as ids of substrings, their sizes, which word a row has, and their chances.

    Word k stands for rows that follow each other and are equal. `numbers` are those of letters,
    with the start and the end of a word as the last two; `table[starts[n - 1] + key]` is the
    substring of n letters that make a key to this base. See `Inventory.encoded`, and
    `EditModel.marginal` for the chance, as the model has `weight` and `gain`. At most `most`
    letters of a word are read.
    """
    count, longest = 0, np.int64(0)
    places = np.empty(len(rows), np.int64)
    for k in range(len(rows)):
        if not k or rows[k] != rows[k - 1]:
            count += 1
            start = np.int64(ends[rows[k] - 1]) if rows[k] else np.int64(0)
            longest = max(longest, min(np.int64(ends[rows[k]]) - start, most))
        places[k] = count - 1
    width, columns = len(starts), longest + 2
    ids = np.full((count, columns + 1, width + 1), np.int32(missing), np.int32)
    sizes = np.empty(count, np.int32)
    chances = np.empty(count)
    word, sums = np.empty(columns, np.int64), np.empty(columns + 1)
    for k in range(len(rows)):
        own = places[k]
        if k and own == places[k - 1]:
            continue
        start = np.int64(ends[rows[k] - 1]) if rows[k] else np.int64(0)
        size = min(np.int64(ends[rows[k]]) - start, most) + 2
        word[0], word[size - 1] = numbers[len(numbers) - 2], numbers[len(numbers) - 1]
        for i in range(size - 2):
            word[i + 1] = numbers[letters[start + i]]
        ids[own, :, 0] = 0
        sums[0] = gain
        for i in range(1, size + 1):
            key, power = np.int64(0), np.int64(1)
            said = 0.0
            for taken in range(1, min(i, width) + 1):
                key += power * word[i - taken]
                power *= base
                number = table[starts[taken - 1] + key]
                ids[own, i, taken] = number
                said += sums[i - taken] * weight[number]
            sums[i] = said * gain
        sizes[own] = size
        chances[own] = sums[size]
    return ids, sizes, places, chances


@jit(f"float64[:, ::1]({_SPELLED}, {_SPELLED}, {_TABLES}, int64)")
def together(
    x_letters: Array,
    x_ends: Array,
    x_rows: Array,
    x_letter_numbers: Array,
    x_table: Array,
    x_starts: Array,
    x_base: Any,
    x_missing: Any,
    x_weight: Array,
    x_gain: Any,
    y_letters: Array,
    y_ends: Array,
    y_rows: Array,
    y_letter_numbers: Array,
    y_table: Array,
    y_starts: Array,
    y_base: Any,
    y_missing: Any,
    y_weight: Array,
    y_gain: Any,
    kinds: Array,
    x_numbers: Array,
    y_numbers: Array,
    flat: Array,
    most: Any,
) -> Array:
    """Return of pairs of words, given as `encoded` takes them, their chances: `joint`, and of each.

    Of shape (3, pairs): that of both, of the left word and of the right one.
    """
    x_ids, x_sizes, x_places, x_chances = encoded(
        x_letters,
        x_ends,
        x_rows,
        x_letter_numbers,
        x_table,
        x_starts,
        x_base,
        x_missing,
        x_weight,
        x_gain,
        most,
    )
    y_ids, y_sizes, y_places, y_chances = encoded(
        y_letters,
        y_ends,
        y_rows,
        y_letter_numbers,
        y_table,
        y_starts,
        y_base,
        y_missing,
        y_weight,
        y_gain,
        most,
    )
    result = np.empty((3, len(x_rows)))
    result[0] = joint(
        x_ids, x_sizes, x_places, y_ids, y_sizes, y_places, kinds, x_numbers, y_numbers, flat
    )
    for pair in range(len(x_rows)):
        result[1, pair] = x_chances[x_places[pair]]
        result[2, pair] = y_chances[y_places[pair]]
    return result
