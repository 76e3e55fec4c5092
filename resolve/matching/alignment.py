"""Which part of one name answers to which part of the other?

Every way to pair the parts of two names (each part once, any order, parts left over) is a row
of a table that depends on the numbers of parts alone. The evidence of each way is a sum over
its pairs plus what the structure says: so the best way for a whole batch of name pairs is one
matrix product and one maximum.

The structure knows three hypotheses. Two names are one actor's; or strangers'; or of one
family, whose members share exactly the chain of father, grandfather and nisba: under that one
only the given name can decide. And *contradicted is not omitted*: a part that is written on
both sides and differs speaks against; one that a side leaves out is merely unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from types import ModuleType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.compiled import kernel
from resolve.matching.structure import (
    GIVEN,
    MAX_PARTS,
    MIDDLE,
    Reading,
    Structure,
    Ways,
    contradictions,
    readings,
    roles,
    ways,
)

__all__ = [
    "ENTRANCE",
    "GIVEN",
    "MAX_PARTS",
    "MIDDLE",
    "TIE",
    "Alignment",
    "Structure",
    "Ways",
    "align",
    "align_all",
    "contradictions",
    "roles",
    "soft_cap",
    "values_of",
    "ways",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ENTRANCE = -6.0
"""Pairs with less evidence than this are left unpaired: they are contradictions."""

TIE = 1e-9
"""Bits by which a way must be better than an earlier one: less is how its sum was rounded."""
_SAVED = 3e-7  # seconds that the compiled alignment saves on a pair
_UNPAIRED = -100.0  # bits of a pair below the entrance
_SHAPES = tuple(product(range(1, MAX_PARTS + 1), repeat=2))
_TOGETHER, _LEAST_ROWS = 1 << 17, 64  # sums at a time, which stay in the cache; and name pairs


@dataclass(frozen=True)
class Alignment:
    """The best way to pair the parts of each pair of names of a batch.

    `bits` is the evidence; `own` its part without the family hypothesis; `chosen` the row of
    `ways(n, m)` and `turned` which side is read family name first (0 none, 1 left, 2 right).
    """

    bits: Floats
    own: Floats
    chosen: Ints
    turned: Ints


def align(evidence: Floats, structure: Structure) -> Alignment:
    """Return the best alignment of each pair of names in a batch of one shape.

    `evidence[pair, i, j]` are the bits that part i of the left name says for part j of the
    right one; shape (pairs, n, m) with n and m at most `MAX_PARTS` and at least 1.
    """
    count, n, m = evidence.shape
    compiled = kernel("alignment", count * _SAVED)
    if compiled is None:
        return _align(evidence, structure)
    tables = _packed(((n, m),), structure)
    return _by(compiled, tables, evidence, np.full(count, n), np.full(count, m))


def align_all(evidence: Floats, left: Ints, right: Ints, structure: Structure) -> Alignment:
    """Return the best alignment of each pair of names in a batch of many shapes.

    As `align`; the names of pair k have left[k] and right[k] parts, and what lies beyond them
    in `evidence[k]` isn't read.
    """
    compiled = kernel("alignment", len(left) * _SAVED)
    if compiled is not None:
        return _by(compiled, _packed(_SHAPES, structure), evidence, left, right)
    count = len(left)
    whole = (np.empty(count), np.empty(count), np.empty(count, int), np.empty(count, int))
    for n, m in _SHAPES:
        rows = np.flatnonzero((left == n) & (right == m))
        if len(rows):
            own = _align(evidence[rows, :n, :m], structure)
            said = own.bits, own.own, own.chosen, own.turned
            for column, values in zip(whole, said, strict=True):
                column[rows] = values
    return Alignment(*whole)


def _align(evidence: Floats, structure: Structure) -> Alignment:
    count, n, m = evidence.shape
    flat = evidence.reshape(count, n * m).T
    found = readings(n, m, structure)
    step = max(_LEAST_ROWS, _TOGETHER // len(found[0].ways))
    parts = [
        _aligned(flat[:, start : start + step], found, structure.family_shared)
        for start in range(0, max(count, 1), step)
    ]
    return Alignment(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _aligned(
    evidence: Floats, readings: Sequence[Reading], shared: float
) -> tuple[Floats, Floats, Ints, Ints]:
    """The best alignment of some pairs of names: bits, own, chosen, turned.

    `evidence[cell, pair]` is that of one pair of parts; so all sums run over whole rows.
    """
    evidence = np.ascontiguousarray(evidence)
    count = evidence.shape[1]
    best, family = np.full(count, -np.inf), np.full(count, -np.inf)
    chosen, turned = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for reading in readings:
        value = _values(evidence, reading.cap, reading.crossed)
        # The order of a name read family first is the order with the family name moved last.
        own = _sums(reading.pairs, value, reading.cost)
        bits = own.max(0)
        better = np.flatnonzero(bits > best + TIE)
        # Among ways that say the same, the first: however the sums were rounded.
        mine = own if len(better) == count else own[:, better]
        chosen[better] = reading.ways[(mine >= bits[better] - TIE).argmax(0)]
        turned[better], best[better] = reading.turned, bits[better]
        if len(readings) > 1:
            without = _without(value, reading.given)
            met = _sums(reading.pairs, without, reading.family_cost)
            family = np.maximum(family, met.max(0))
    relatives = np.log2(1 + np.exp2(np.minimum(family - shared, 500.0)))
    return best - relatives if len(readings) > 1 else best, best, chosen, turned


def _sums(pairs: Floats, value: Floats, cost: Floats) -> Floats:
    """What each way says, `[way, pair]`."""
    sums = pairs @ value
    sums += cost[:, None]
    return sums


def values_of(evidence: Floats, turned: int, structure: Structure) -> Floats:
    """Return the bits of pairing i with j of one pair of names, as it was read in `Alignment`."""
    own = readings(*evidence.shape, structure)[turned]
    value = _values(evidence.reshape(-1, 1), own.cap, own.crossed)
    return value.reshape(evidence.shape)


def _values(evidence: Floats, cap: Floats, crossed: Floats) -> Floats:
    """What pairs of parts say, `[cell, pair]`: hardly any says enough to be bent by the cap."""
    value = np.full(evidence.shape, _UNPAIRED)
    cells = np.flatnonzero(evidence >= ENTRANCE)
    place = cells // evidence.shape[1]
    value.ravel()[cells] = soft_cap(evidence.ravel()[cells], cap[place]) - crossed[place]
    return value


def _without(value: Floats, given: Ints) -> Floats:
    """The same where given names say nothing."""
    result = value.copy()
    result[given] = np.where(value[given] > _UNPAIRED, 0.0, value[given])
    return result


def soft_cap(bits: Floats, most: Floats) -> Floats:
    """Return bits that bend towards `most` instead of passing it."""
    capped: Floats = bits - np.log2(1 + np.exp2(np.minimum(bits - most, 100.0)))
    return capped


def _by(
    compiled: ModuleType, tables: _Packed, evidence: Floats, left: Ints, right: Ints
) -> Alignment:
    """The same, compiled."""
    limits = ENTRANCE, _UNPAIRED, TIE, tables.shared
    return Alignment(*compiled.align(evidence, left, right, *tables[:-1], *limits))


class _Packed(NamedTuple):
    """The readings of some shapes as plain arrays: see `resolve.compiled.alignment.align`."""

    shapes: Ints
    readings: Ints
    roles: Floats
    most: Floats
    ways: Ints
    costs: Floats
    shared: float


@cache
def _packed(shapes: tuple[tuple[int, int], ...], structure: Structure) -> _Packed:
    numbers = np.full((MAX_PARTS + 1, MAX_PARTS + 1), -1, np.int64)
    known = np.zeros((len(shapes), 3, 6), np.int64)
    bounds = np.zeros((len(shapes), 3, 2, MAX_PARTS**2))
    most = np.zeros((len(shapes), 3, 2))
    rows: list[list[int]] = []
    costs: list[tuple[float, float]] = []
    for shape, (n, m) in enumerate(shapes):
        numbers[n, m] = shape
        for own in readings(n, m, structure):
            both = np.array([own.cost, own.family_cost])
            # A pair that doesn't agree is worth leaving out if no way gains as much by it.
            sparing = bool((np.ptp(both, axis=1) < -_UNPAIRED).all())
            bounded = bool((own.crossed >= 0).all())
            given = own.given[0] if len(own.given) else -1
            needed = (0, m - 1, (n - 1) * m)[own.turned]
            last = len(rows) + len(own.ways)
            known[shape, own.turned] = len(rows), last, given, needed, sparing, bounded
            bounds[shape, own.turned, :, : n * m] = own.cap, own.crossed
            most[shape, own.turned] = both.max(1)
            rows += map(_way, own.ways.tolist(), own.pairs)
            costs += zip(*both.tolist(), strict=True)
    own_ways, own_costs = np.array(rows, np.int64), np.array(costs)
    return _Packed(numbers, known, bounds, most, own_ways, own_costs, structure.family_shared)


def _way(number: int, pairs: Floats) -> list[int]:
    """A way: its row, its pairs as bits, how many they are, and each."""
    cells = np.flatnonzero(pairs).tolist()
    bits = sum(1 << cell for cell in cells)
    return [number, bits, len(cells), *cells, *[0] * (MAX_PARTS - len(cells))]
