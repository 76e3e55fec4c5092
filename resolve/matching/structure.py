"""What does the structure of two names say of a way to pair their parts?

    Structure   the constants, fitted
    ways        every way to pair n parts with m: a table that depends on the numbers alone
    readings    what each way costs, by which side is read family name first

Parts have roles: a pair of them is capped by its roles, and parts left over cost by theirs.
*Contradicted is not omitted*: a part that is written on both sides and differs speaks against;
one that a side leaves out is merely unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "GIVEN",
    "MAX_PARTS",
    "MIDDLE",
    "Reading",
    "Structure",
    "Ways",
    "contradictions",
    "in_roles",
    "readings",
    "roles",
    "ways",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MAX_PARTS = 5
"""Parts of a person's name that are aligned; of a longer one, the first four and the last."""

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
class Ways:
    """Every way to pair n parts with m: `pairs[k, i * m + j]` is 1 where i answers to j."""

    pairs: NDArray[np.float64]
    left_over: NDArray[np.bool_]  # (ways, n)
    right_over: NDArray[np.bool_]  # (ways, m)
    descents: Ints  # how often the order goes back

    def of(self, way: int) -> tuple[tuple[int, int], ...]:
        """Return the paired positions of one way."""
        columns = self.right_over.shape[1]
        return tuple((int(p) // columns, int(p) % columns) for p in np.flatnonzero(self.pairs[way]))


class Reading(NamedTuple):
    """Which side is read family name first, and the ways to pair the parts of names read so.

    Of each pair of parts: its cap, what crossing costs, which are both given names. Of each
    way: its row of `ways`, the pairs, what the structure says, and that without given names.
    """

    turned: int
    cap: Floats
    crossed: Floats
    given: Ints
    ways: Ints
    pairs: Floats
    cost: Floats
    family_cost: Floats


@cache
def readings(n: int, m: int, structure: Structure) -> tuple[Reading, ...]:
    """Return the readings of two names of n and m parts."""
    table, found = ways(n, m), []
    for turned in (0, 1, 2) if n > 1 and m > 1 else (0,):
        left, right = roles(n, turned == 1), roles(m, turned == 2)
        own = np.arange(len(table.pairs))
        if turned:
            # Only for its family name's sake is a name read family name first: else Belqasim
            # Haftar would be Khalifa Belqasim Haftar, his father's names taken for his own.
            own = np.flatnonzero(table.pairs[:, m - 1 if turned == 1 else (n - 1) * m])
        costs = _costs(own, (n, m), turned, structure)
        both = in_roles(left, right, structure)
        found.append(Reading(turned, *both, own, table.pairs[own], *costs))
    return tuple(found)


def roles(count: int, family_first: bool) -> Ints:
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


@lru_cache(maxsize=4096)
def contradictions(left: tuple[int, ...], right: tuple[int, ...]) -> Sequence[tuple[int, int]]:
    """Return which of the parts left over contradict each other, by their positions.

    `left` and `right` are roles. Like roles contradict each other before unlike ones do.

    >>> contradictions((GIVEN, MIDDLE), (FAMILY, GIVEN))
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


def in_roles(left: Ints, right: Ints, structure: Structure) -> tuple[Floats, Floats, Ints]:
    """Of each pair of parts: its cap, what crossing costs; and which are both given names."""
    given = (left[:, None] == GIVEN) & (right[None, :] == GIVEN)
    both = left[:, None], right[None, :]
    return structure.cap[both].ravel(), structure.crossed[both].ravel(), np.flatnonzero(given)


def _costs(
    rows: Ints, parts: tuple[int, int], turned: int, structure: Structure
) -> tuple[Floats, Floats]:
    """What the structure says of some ways: its bits, and those without the given names."""
    table, omitted = ways(*parts), structure.omissions(*parts)
    own, family = np.zeros(len(rows)), np.zeros(len(rows))
    left, right = (roles(parts[side], turned == side + 1).tolist() for side in (0, 1))
    known: dict[tuple[bytes, bytes], tuple[float, float]] = {}
    for k, row in enumerate(rows.tolist()):
        over = table.left_over[row].tobytes(), table.right_over[row].tobytes()
        if over not in known:
            a = [r for r, free in zip(left, table.left_over[row], strict=True) if free]
            b = [r for r, free in zip(right, table.right_over[row], strict=True) if free]
            known[over] = _structural_cost(a, b, structure.contradicted, omitted)
        own[k], family[k] = known[over]
    order = _order_cost(rows, parts, turned, structure)
    order += structure.family_first if turned else 0.0
    return -(own + order), -(family + order)


def _structural_cost(
    left: list[int], right: list[int], contradicted: Floats, omitted: Floats
) -> tuple[float, float]:
    """What the parts left over cost, by their roles.

    The second figure leaves out what concerns a given name: the cost under the family
    hypothesis.
    """
    total = family = 0.0
    met = contradictions(tuple(left), tuple(right))
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


def _order_cost(rows: Ints, parts: tuple[int, int], turned: int, structure: Structure) -> Floats:
    table = ways(*parts)
    descents = table.descents[rows]
    if turned:
        places = [list(range(count)) for count in parts]
        last = parts[turned - 1]
        places[turned - 1] = [last, *range(last - 1)]
        order = [[(places[0][i], places[1][j]) for i, j in table.of(row)] for row in rows.tolist()]
        descents = np.array([_descents(way) for way in order])
    first = np.where(descents > 0, structure.descent, 0.0)
    return np.asarray(first + structure.further_descent * np.maximum(descents - 1, 0))


def _descents(met: Sequence[tuple[int, int]]) -> int:
    """How often the order goes back, read from the left name or from the right: the more often."""
    left, right = sorted(met), sorted((j, i) for i, j in met)
    return max(sum(b[1] < a[1] for a, b in pairwise(side)) for side in (left, right))
