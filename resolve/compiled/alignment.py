"""The best alignment of name pairs of any shapes, compiled: `align` one pair at a time.

Two things make it short. A way is left out that pairs parts which don't agree at all, since it
says less than the way without that pair. And names are read family name first only where that
could say more: it needs a part on one side that answers to the other's family name.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled.jit import jit

__all__ = ["align", "near"]

Array = NDArray[Any]

_INPUT = "Array(float64, 3, 'A', readonly=True), int64[:], int64[:]"
_TABLES = (
    "int64[:, ::1], int64[:, :, ::1], float64[:, :, :, ::1], float64[:, :, ::1],"
    "int64[:, ::1], float64[:, ::1]"
)
_LIMITS = "float64, float64, float64, float64"
_OUTPUT = "Tuple((float64[::1], float64[::1], int64[::1], int64[::1]))"

_NOTHING = -53.5
"""Bits below which 1 + 2^bits is 1, as numbers are kept."""
_CAREFUL = 1e-6
"""Bits by which a bound must fall short, whatever is rounded."""


@jit(f"{_OUTPUT}({_INPUT}, {_TABLES}, {_LIMITS})")
def align(
    evidence: Array,
    left: Array,
    right: Array,
    shapes: Array,
    readings: Array,
    roles: Array,
    most: Array,
    ways: Array,
    costs: Array,
    entrance: float,
    unpaired: float,
    tie: float,
    shared: float,
) -> tuple[Array, Array, Array, Array]:
    """Return bits, own, chosen and turned of each pair; see `alignment.Alignment`.

    `evidence[pair, i, j]` counts for i < left[pair] and j < right[pair]. `shapes[n, m]` is the
    number of a shape. Of it and a reading, `readings` has: the first and the last of its ways,
    the pair of given names, the pair that it needs, whether pairs that don't agree may be left
    out, and whether bounds hold; `roles` caps and costs of crossing; `most` the best that the
    structure says of any way, with given names and without. Of a way, `ways` has its row, its
    pairs as bits, how many they are, and each; `costs` what the structure says, and without
    given names.
    """
    count = len(left)
    result = np.empty((2, count))
    chosen, turned = np.zeros((2, count), np.int64)
    value = np.empty(25)
    sums = np.empty(len(ways))
    for pair in range(count):
        n, m = left[pair], right[pair]
        shape = shapes[n, m]
        best = family = -np.inf
        refused, hope = 0, 0.0
        for i in range(n):
            row_best = 0.0
            for j in range(m):
                said = evidence[pair, i, j]
                if not said >= entrance:
                    refused |= 1 << (i * m + j)
                elif said > row_best:
                    row_best = said
            hope += row_best
        for reading in range(3 if n > 1 and m > 1 else 1):
            first, last, given, needed, sparing, bounded = readings[shape, reading]
            closed = refused if sparing else 0
            if reading:
                least = hope + unpaired if refused >> needed & 1 else hope
                if (
                    bounded
                    and least + most[shape, reading, 0] < best - _CAREFUL
                    and least + most[shape, reading, 1] < family - _CAREFUL
                ):
                    continue
                closed &= ~(1 << needed)
            for i in range(n):
                for j in range(m):
                    cell = i * m + j
                    if refused >> cell & 1:
                        value[cell] = unpaired
                        continue
                    said = evidence[pair, i, j]
                    over = said - roles[shape, reading, 0, cell]
                    if over > _NOTHING:
                        said -= np.log2(1.0 + np.exp2(min(over, 100.0)))
                    value[cell] = said - roles[shape, reading, 1, cell]
            top = -np.inf
            for way in range(first, last):
                if ways[way, 1] & closed:
                    sums[way] = -np.inf
                    continue
                total = 0.0
                other = 0.0
                for k in range(ways[way, 2]):
                    cell = ways[way, 3 + k]
                    total += value[cell]
                    if cell != given or value[cell] == unpaired:
                        other += value[cell]
                total += costs[way, 0]
                other += costs[way, 1]
                sums[way] = total
                top = max(top, total)
                family = max(family, other)
            if top > best + tie:
                best = top
                turned[pair] = reading
                for way in range(first, last):
                    if sums[way] >= top - tie:
                        chosen[pair] = ways[way, 0]
                        break
        result[1, pair] = best
        over = min(family - shared, 500.0)
        if n > 1 and m > 1 and over > _NOTHING:
            best -= np.log2(1.0 + np.exp2(over))
        result[0, pair] = best
    return result[0].copy(), result[1].copy(), chosen.copy(), turned.copy()


_HEARD = "int64[:, :, ::1], int64[::1], int64[:, ::1], int64, int64, int64, int64, int64"


@jit("int64(int64[:, :, ::1], int64, int64, int64, int64, int64, int64, int64, int64)", inside=True)
def _in_a_row(
    heard: Array,
    side: Any,
    row: Any,
    start: Any,
    stop: Any,
    letters: Any,
    first: Any,
    last: Any,
    length: Any,
) -> Any:
    """The sounds of adjacent parts as one."""
    said = begin = end = size = np.int64(0)
    for k in range(start, stop):
        own = heard[side, row, k]
        said |= own & letters
        size += own >> length
        begin = begin if begin else own & first
        end = own & last if own & last else end
    return said | begin | end | size << length


@jit(f"int64(int64[:, ::1], {_HEARD})")
def _noted(
    found: Array,
    heard: Array,
    counts: Array,
    shapes: Array,
    longest: Any,
    letters: Any,
    first: Any,
    last: Any,
    length: Any,
) -> Any:
    """Note what `near` returns, as far as there is room for it; return how many rows it has."""
    size = start = np.int64(0)
    for batch in range(len(counts)):
        for side in range(2):
            n, m = shapes[batch, side], shapes[batch, 1 - side]
            for count in range(2, min(longest, n if m == 1 else n - 1) + 1):
                for part in range(n - count + 1):
                    for row in range(start, start + counts[batch]):
                        run = _in_a_row(
                            heard, side, row, part, part + count, letters, first, last, length
                        )
                        for answer in range(m):
                            other = heard[1 - side, row, answer]
                            apart = (run ^ other) & letters
                            if apart & (apart - 1) or (run ^ other) & (first | last):
                                continue
                            if abs((run >> length) - (other >> length)) > 1:
                                continue
                            if size < len(found):
                                found[size, 0], found[size, 1] = batch, side
                                found[size, 2], found[size, 3] = count, part
                                found[size, 4], found[size, 5] = row, answer
                            size += 1
        start += counts[batch]
    return size


@jit(f"int64[:, ::1]({_HEARD})")
def near(
    heard: Array,
    counts: Array,
    shapes: Array,
    longest: Any,
    letters: Any,
    first: Any,
    last: Any,
    length: Any,
) -> Array:
    """Return the joins that begin and end as a part of the other name: see `matching.joins`.

    `heard[side]` are the sounds of the parts of pairs of names, batch after batch of `counts`
    pairs, whose names have `shapes[batch]` parts; where in them the letters, the first, the last
    and the length stand. A join is a row, and rows ascend: its batch, the side of its parts, how
    many they are, the first one, the pair, and the part of the other name.
    """
    known = np.empty((64, 6), np.int64)
    size = _noted(known, heard, counts, shapes, longest, letters, first, last, length)
    if size <= len(known):
        return known[:size]
    every = np.empty((size, 6), np.int64)
    _noted(every, heard, counts, shapes, longest, letters, first, last, length)
    return every
