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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, permutations

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ENTRANCE",
    "GIVEN",
    "MAX_PARTS",
    "MIDDLE",
    "Alignment",
    "Structure",
    "Ways",
    "align",
    "contradictions",
    "pair_values",
    "roles",
    "soft_cap",
    "ways",
]

Floats = NDArray[np.float64]

MAX_PARTS = 5
"""Parts of a person's name that are aligned; of a longer one, the first four and the last."""
ENTRANCE = -6.0
"""Pairs with less evidence than this are left unpaired: they are contradictions."""

GIVEN, MIDDLE, FAMILY, ALONE = 0, 1, 2, 3
_CONTRADICTING = tuple((r, r) for r in (GIVEN, FAMILY, MIDDLE, ALONE)) + tuple(
    permutations(range(4), 2)
)


@dataclass(frozen=True, eq=False)
class Structure:
    """What the structure of two names says, in bits; fitted, see `model/constants.toml`.

    Two structures are equal only if they are one: costs are remembered by it.
    """

    contradicted: Floats  # [role, role]: written on both sides and different
    omitted: Floats  # [role]: written on one side only
    beside_alone: Floats  # [role]: the same, where the other side is one part alone
    cap: Floats  # [role, role]: the most that one pair of parts may say
    crossed: Floats  # [role, role]: what it costs to pair parts of different roles
    descent: float  # the parts stand in another order
    further_descent: float
    family_first: float  # one side is read family name first
    family_shared: float  # bits that relatives share at no merit of their own

    @classmethod
    def of(cls, constants: Mapping[str, float]) -> Structure:
        """Return the structure of a table of constants, by name."""
        c = constants

        def square(kind: str) -> Floats:
            letters = "gmfs"
            table = [[c[kind + "_" + "".join(sorted((x, y)))] for y in letters] for x in letters]
            return np.array(table)

        def line(kind: str) -> Floats:
            return np.array([c[f"{kind}_{role}"] for role in "gmfs"])

        return cls(
            square("contradicted"),
            line("omitted"),
            line("beside_alone"),
            square("cap"),
            square("crossed"),
            c["descent"],
            c["further_descent"],
            c["family_first"],
            c["family_shared"],
        )

    def omissions(self, n: int, m: int) -> Floats:
        """Return what each role costs that is written on one side only, for n and m parts.

        A surname alone is how the news speaks of a person it has named before.
        """
        return self.beside_alone if 1 in (n, m) else self.omitted


@dataclass(frozen=True)
class Alignment:
    """The best way to pair the parts of each pair of names of a batch.

    `bits` is the evidence; `own` its part without the family hypothesis; `chosen` the row of
    `ways(n, m)` and `turned` which side is read family name first (0 none, 1 left, 2 right).
    """

    bits: Floats
    own: Floats
    chosen: NDArray[np.int64]
    turned: NDArray[np.int64]


@dataclass(frozen=True)
class Ways:
    """Every way to pair n parts with m: `pairs[k, i * m + j]` is 1 where i answers to j."""

    pairs: NDArray[np.float64]
    left_over: NDArray[np.bool_]  # (ways, n)
    right_over: NDArray[np.bool_]  # (ways, m)
    descents: NDArray[np.int64]  # how often the order goes back

    def of(self, way: int) -> tuple[tuple[int, int], ...]:
        """Return the paired positions of one way."""
        columns = self.right_over.shape[1]
        return tuple((int(p) // columns, int(p) % columns) for p in np.flatnonzero(self.pairs[way]))


def align(evidence: Floats, structure: Structure) -> Alignment:
    """Return the best alignment of each pair of names in a batch of one shape.

    `evidence[pair, i, j]` are the bits that part i of the left name says for part j of the
    right one; shape (pairs, n, m) with n and m at most `MAX_PARTS` and at least 1.
    """
    count, n, m = evidence.shape
    table = ways(n, m)
    best = Alignment(
        np.full(count, -np.inf),
        np.zeros(count),
        np.zeros(count, np.int64),
        np.zeros(count, np.int64),
    )
    family = np.full(count, -np.inf)
    for turned in (0, 1, 2) if n > 1 and m > 1 else (0,):
        left, right = roles(n, turned == 1), roles(m, turned == 2)
        value, without_given = pair_values(evidence, left, right, structure)
        cost, family_cost = _costs(n, m, turned, structure)
        # The order of a name read family first is the order with the family name moved last.
        own = value.reshape(count, n * m) @ table.pairs.T + cost
        chosen = own.argmax(1)
        bits = own[np.arange(count), chosen]
        family = np.maximum(
            family, (without_given.reshape(count, n * m) @ table.pairs.T + family_cost).max(1)
        )
        better = bits > best.own if turned else np.ones(count, bool)
        best = Alignment(
            best.bits,
            np.where(better, bits, best.own),
            np.where(better, chosen, best.chosen),
            np.where(better, turned, best.turned),
        )
    shared = np.minimum(family - structure.family_shared, 500.0)
    bits = best.own - np.log2(1 + np.exp2(shared)) if n > 1 and m > 1 else best.own
    return Alignment(bits, best.own, best.chosen, best.turned)


def roles(count: int, family_first: bool) -> NDArray[np.int64]:
    """Return the role of each of `count` parts: given, middle ..., family; or alone.

    >>> roles(3, False).tolist(), roles(3, True).tolist(), roles(1, False).tolist()
    ([0, 1, 2], [2, 0, 1], [3])
    """
    if count == 1:
        return np.array([ALONE])
    order = [GIVEN, *[MIDDLE] * (count - 2), FAMILY]
    return np.array([order[-1], *order[:-1]] if family_first else order)


@cache
def ways(n: int, m: int) -> Ways:
    """Return every way to pair n parts with m, the empty one first; 1,546 for five and five."""
    found: list[tuple[tuple[int, int], ...]] = []

    def extend(i: int, chosen: tuple[tuple[int, int], ...], free: frozenset[int]) -> None:
        if i == n:
            found.append(chosen)
            return
        extend(i + 1, chosen, free)
        for j in sorted(free):
            extend(i + 1, (*chosen, (i, j)), free - {j})

    extend(0, (), frozenset(range(m)))
    pairs = np.zeros((len(found), n * m))
    left, right = np.ones((len(found), n), bool), np.ones((len(found), m), bool)
    descents = np.zeros(len(found), np.int64)
    for k, way in enumerate(found):
        for i, j in way:
            pairs[k, i * m + j] = 1
            left[k, i] = right[k, j] = False
        descents[k] = _descents(way)
    return Ways(pairs, left, right, descents)


def pair_values(
    evidence: Floats, left: NDArray[np.int64], right: NDArray[np.int64], structure: Structure
) -> tuple[Floats, Floats]:
    """Bits of pairing i with j in their roles; and the same without the given names."""
    cap = structure.cap[left[:, None], right[None, :]]
    value = soft_cap(evidence, cap) - structure.crossed[left[:, None], right[None, :]]
    value = np.where(evidence < ENTRANCE, -100.0, value)
    given = (left[:, None] == GIVEN) & (right[None, :] == GIVEN)
    return value, np.where(given & (value > -100.0), 0.0, value)


def soft_cap(bits: Floats, most: Floats) -> Floats:
    """Return bits that bend towards `most` instead of passing it."""
    capped: Floats = bits - np.log2(1 + np.exp2(np.minimum(bits - most, 100.0)))
    return capped


@cache
def _costs(n: int, m: int, turned: int, structure: Structure) -> tuple[Floats, Floats]:
    """What the structure says of each way: its bits, and those without the given names."""
    table = ways(n, m)
    omitted = structure.omissions(n, m)
    own, family = np.zeros(len(table.pairs)), np.zeros(len(table.pairs))
    left, right = roles(n, turned == 1).tolist(), roles(m, turned == 2).tolist()
    known: dict[tuple[bytes, bytes], tuple[float, float]] = {}
    for k in range(len(own)):
        over = table.left_over[k].tobytes(), table.right_over[k].tobytes()
        if over not in known:
            a = [r for r, free in zip(left, table.left_over[k], strict=True) if free]
            b = [r for r, free in zip(right, table.right_over[k], strict=True) if free]
            known[over] = _structural_cost(a, b, structure.contradicted, omitted)
        own[k], family[k] = known[over]
    order = _order_cost(table, n, m, turned, structure)
    if turned:
        # Only for its family name's sake is a name read family name first: else Belqasim Haftar
        # would be Khalifa Belqasim Haftar, his father's names taken for his own.
        unmet = np.array([not _meets_family(table.of(k), n, m, turned) for k in range(len(own))])
        order = order + np.where(unmet, np.inf, structure.family_first)
    return -(own + order), -(family + order)


def _meets_family(way: Sequence[tuple[int, int]], n: int, m: int, turned: int) -> bool:
    """Whether the part that is read as a family name first answers to the other's family name."""
    first, last = (0, m - 1) if turned == 1 else (n - 1, 0)
    return (first, last) in way


def contradictions(left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int]]:
    """Return which of the parts left over contradict each other, by their positions.

    `left` and `right` are roles. Like roles contradict each other before unlike ones do.

    >>> contradictions([GIVEN, MIDDLE], [FAMILY, GIVEN])
    [(0, 1), (1, 0)]
    """
    found: list[tuple[int, int]] = []
    free_left, free_right = list(range(len(left))), list(range(len(right)))
    for a, b in _CONTRADICTING:
        while True:
            i = next((i for i in free_left if left[i] == a), None)
            j = next((j for j in free_right if right[j] == b), None)
            if i is None or j is None:
                break
            free_left.remove(i)
            free_right.remove(j)
            found.append((i, j))
    return found


def _structural_cost(
    left: list[int], right: list[int], contradicted: Floats, omitted: Floats
) -> tuple[float, float]:
    """What the parts left over cost, by their roles.

    The second figure leaves out what concerns a given name: the cost under the family
    hypothesis.
    """
    total = family = 0.0
    met = contradictions(left, right)
    for i, j in met:
        cost = float(contradicted[left[i], right[j]])
        total += cost
        family += 0.0 if GIVEN in (left[i], right[j]) else cost
    alone = [r for i, r in enumerate(left) if i not in {i for i, _ in met}]
    alone += [r for j, r in enumerate(right) if j not in {j for _, j in met}]
    for role in alone:
        cost = float(omitted[role])
        total += cost
        family += 0.0 if role == GIVEN else cost
    return total, family


def _order_cost(table: Ways, n: int, m: int, turned: int, structure: Structure) -> Floats:
    descents = table.descents
    if turned:
        places = [list(range(n)), list(range(m))]
        places[turned - 1] = [(n, m)[turned - 1], *range((n, m)[turned - 1] - 1)]
        counted = []
        for k in range(len(table.pairs)):
            counted.append(_descents([(places[0][i], places[1][j]) for i, j in table.of(k)]))
        descents = np.array(counted)
    first = np.where(descents > 0, structure.descent, 0.0)
    return np.asarray(first + structure.further_descent * np.maximum(descents - 1, 0))


def _descents(met: Sequence[tuple[int, int]]) -> int:
    """How often the order goes back, read from the left name or from the right: the more often."""
    left, right = sorted(met), sorted((j, i) for i, j in met)
    return max(sum(b[1] < a[1] for a, b in pairwise(side)) for side in (left, right))
