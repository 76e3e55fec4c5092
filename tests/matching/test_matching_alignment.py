"""The batch finds what a plain search over all ways to pair two names' parts finds."""

import random
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from resolve.decisions.calibration import Calibration
from resolve.matching.alignment import (
    ENTRANCE,
    MAX_PARTS,
    Alignment,
    Structure,
    align,
    contradictions,
    roles,
    soft_cap,
    values_of,
    ways,
)
from resolve.matching.similarity import FLOOR
from resolve.model.learned import load
from resolve.types import Settings

Floats = NDArray[np.float64]
Way = tuple[tuple[int, int], ...]

CONSTANTS: Mapping[str, float] = load().constants
LEARNED = Structure.of(CONSTANTS)
GIVEN, MIDDLE, FAMILY, ALONE = range(4)
GOOD = 30.0  # bits: more than any cap


@cache
def another(seed: int) -> Structure:
    """A structure that nobody has fitted."""
    chance = random.Random(seed)
    return Structure.of({name: chance.uniform(0, 20) for name in sorted(CONSTANTS)})


structures = st.one_of(st.just(LEARNED), st.integers(0, 4).map(another))
sizes = st.integers(1, 4)
seeds = st.integers(0, 2**32 - 1)


def evidence_of(seed: int, count: int, n: int, m: int) -> Floats:
    """Bits as they come: mostly the floor, some agreement, some doubt."""
    chance = np.random.default_rng(seed)
    said = chance.uniform(FLOOR, 25, (count, n, m))
    return np.where(chance.random((count, n, m)) < 0.5, FLOOR, said)


def matchings(n: int, m: int) -> Iterator[Way]:
    """Every way to pair, by plain recursion over the left parts."""

    def extend(i: int, free: frozenset[int]) -> Iterator[Way]:
        if i == n:
            yield ()
            return
        yield from extend(i + 1, free)
        for j in free:
            for rest in extend(i + 1, free - {j}):
                yield ((i, j), *rest)

    return extend(0, frozenset(range(m)))


def plain(evidence: Floats, structure: Structure) -> tuple[float, float]:
    """The bits of one pair of names, and those without the family hypothesis."""
    n, m = evidence.shape
    own, family = -np.inf, -np.inf
    for turned in (0, 1, 2) if min(n, m) > 1 else (0,):
        left, right = roles(n, turned == 1).tolist(), roles(m, turned == 2).tolist()
        for way in matchings(n, m):
            if any(evidence[i, j] < ENTRANCE for i, j in way):
                continue
            if turned and ((0, m - 1) if turned == 1 else (n - 1, 0)) not in way:
                continue  # its family name doesn't answer to the other's
            said = shared = 0.0
            for i, j in way:
                most = structure.cap[left[i], right[j]]
                bits = evidence[i, j] - np.log2(1 + 2.0 ** (evidence[i, j] - most))
                bits -= structure.crossed[left[i], right[j]]
                said += bits
                shared += 0.0 if left[i] == right[j] == GIVEN else bits
            for cost, given_name in left_over(left, right, way, structure):
                said -= cost
                shared -= 0.0 if given_name else cost
            cost = order_cost(way, n, m, turned, structure)
            own, family = max(own, said - cost), max(family, shared - cost)
    if min(n, m) == 1:
        return own, own
    return own - np.log2(1 + 2.0 ** (family - structure.family_shared)), own


def left_over(
    left: list[int], right: list[int], way: Way, structure: Structure
) -> Iterator[tuple[float, bool]]:
    """The cost of every part left over, and whether it concerns a given name."""
    a = [role for i, role in enumerate(left) if i not in {i for i, _ in way}]
    b = [role for j, role in enumerate(right) if j not in {j for _, j in way}]
    for role in (GIVEN, FAMILY, MIDDLE, ALONE):
        while role in a and role in b:
            a.remove(role)
            b.remove(role)
            yield float(structure.contradicted[role, role]), role == GIVEN
    a.sort()
    b.sort()
    while a and b:
        x, y = a.pop(0), b.pop(0)
        yield float(structure.contradicted[x, y]), GIVEN in (x, y)
    for role in a + b:
        yield float(structure.omissions(len(left), len(right))[role]), role == GIVEN


def order_cost(way: Way, n: int, m: int, turned: int, structure: Structure) -> float:
    def place(i: int, count: int, family_first: bool) -> int:
        return (i - 1) % count if family_first else i

    met = [(place(i, n, turned == 1), place(j, m, turned == 2)) for i, j in way]
    sides = sorted(met), sorted((j, i) for i, j in met)
    descents = max(sum(b[1] < a[1] for a, b in pairwise(side)) for side in sides)
    cost = structure.family_first if turned else 0.0
    if descents:
        cost += structure.descent + structure.further_descent * (descents - 1)
    return cost


def one(evidence: list[list[float]], structure: Structure = LEARNED) -> float:
    return float(align(np.array([evidence], float), structure).bits[0])


@pytest.mark.parametrize(("parts", "count"), list(enumerate([2, 7, 34, 209, 1546], start=1)))
def test_the_ways_are_as_many_as_there_are(parts: int, count: int) -> None:
    """Partial permutations, OEIS A002720: of one to five parts."""
    assert len(ways(parts, parts).pairs) == count


@pytest.mark.parametrize("n", range(1, MAX_PARTS + 1))
@pytest.mark.parametrize("m", range(1, MAX_PARTS + 1))
def test_the_ways_are_all_different_and_pair_each_part_once(n: int, m: int) -> None:
    table = ways(n, m)
    found = [table.of(k) for k in range(len(table.pairs))]
    assert len(set(found)) == len(found) and set(found) == set(matchings(n, m))
    assert found[0] == ()
    for k, way in enumerate(found):
        assert len({i for i, _ in way}) == len({j for _, j in way}) == len(way)
        assert table.left_over[k].tolist() == [i not in {i for i, _ in way} for i in range(n)]
        assert table.right_over[k].tolist() == [j not in {j for _, j in way} for j in range(m)]


@settings(max_examples=40, deadline=None)
@given(sizes, sizes, seeds, structures)
def test_the_best_way_is_that_of_a_plain_search(
    n: int, m: int, seed: int, structure: Structure
) -> None:
    evidence = evidence_of(seed, 2, n, m)
    found = align(evidence, structure)
    for k in range(2):
        bits, own = plain(evidence[k], structure)
        assert found.bits[k] == pytest.approx(bits, abs=1e-6)
        assert found.own[k] == pytest.approx(own, abs=1e-6)


@settings(deadline=None)
@given(st.integers(1, 5), st.integers(1, 5), seeds, structures)
def test_symmetric_and_one_by_one(n: int, m: int, seed: int, structure: Structure) -> None:
    evidence = evidence_of(seed, 3, n, m)
    bits = align(evidence, structure).bits
    assert np.allclose(bits, align(evidence.transpose(0, 2, 1), structure).bits, atol=1e-9)
    assert np.allclose(bits, [align(e[None], structure).bits[0] for e in evidence], atol=1e-9)


@settings(deadline=None)
@given(sizes, sizes, seeds, structures)
def test_the_way_that_was_chosen_is_worth_what_is_said(
    n: int, m: int, seed: int, structure: Structure
) -> None:
    evidence = evidence_of(seed, 1, n, m)
    found: Alignment = align(evidence, structure)
    turned = int(found.turned[0])
    left, right = roles(n, turned == 1), roles(m, turned == 2)
    value = values_of(evidence[0], turned, structure)
    way = ways(n, m).of(int(found.chosen[0]))
    said = sum(float(value[i, j]) for i, j in way)
    said -= sum(cost for cost, _ in left_over(left.tolist(), right.tolist(), way, structure))
    said -= order_cost(way, n, m, turned, structure)
    assert found.own[0] == pytest.approx(said, abs=1e-6)
    assert found.bits[0] <= found.own[0] + 1e-9
    assert all(evidence[0, i, j] >= ENTRANCE for i, j in way)


@settings(deadline=None)
@given(sizes, sizes, seeds, st.floats(0, 10))
def test_more_evidence_for_a_pair_of_parts_is_never_less_for_the_names_themselves(
    n: int, m: int, seed: int, more: float
) -> None:
    evidence = evidence_of(seed, 1, n, m)
    place = seed % n, seed % m
    raised = evidence.copy()
    raised[0][place] += more
    assert align(raised, LEARNED).own[0] >= align(evidence, LEARNED).own[0] - 1e-9


@settings(deadline=None)
@given(st.floats(-60, 60), st.floats(0, 40), st.floats(0, 20))
def test_the_cap_bends_and_never_breaks(bits: float, most: float, more: float) -> None:
    low, high = soft_cap(np.array([bits, bits + more]), np.array(most)).tolist()
    assert low <= high + 1e-9
    assert high <= most + 1e-9 and low <= bits


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), max_size=5), st.lists(st.integers(0, 3), max_size=5))
def test_as_many_parts_contradict_as_stand_over_on_the_shorter_side(
    left: list[int], right: list[int]
) -> None:
    met = contradictions(tuple(left), tuple(right))
    assert len(met) == min(len(left), len(right))
    assert len({i for i, _ in met}) == len({j for _, j in met}) == len(met)
    assert sum(left[i] == right[j] for i, j in met) == sum(
        min(left.count(role), right.count(role)) for role in set(left)
    )


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_omitted_part_costs_less_than_a_contradicted_one(place: int) -> None:
    """Khalifa Haftar for Khalifa Belqasim Haftar, against Khalifa Omar Haftar."""
    whole = np.full((3, 3), FLOOR)
    np.fill_diagonal(whole, 8.0)
    contradicted = whole.copy()
    contradicted[place, place] = FLOOR
    omitted = np.delete(whole, place, axis=1)
    said = one(whole.tolist()), one(omitted.tolist()), one(contradicted.tolist())
    assert said[0] > said[1] > said[2]


def test_a_name_alone_is_worth_more_beside_its_like_than_beside_another_given_name() -> None:
    """Haftar for Khalifa Haftar, against Saddam Haftar for Khalifa Haftar."""
    assert one([[FLOOR, GOOD]]) > one([[FLOOR, FLOOR], [FLOOR, GOOD]])


@pytest.mark.parametrize("fathers", [1, 2, 3])
def test_brothers_stay_below_a_link(fathers: int) -> None:
    """They share father, grandfather and nisba: only the given name tells them apart."""
    parts = fathers + 2
    brothers = np.full((parts, parts), FLOOR)
    np.fill_diagonal(brothers, GOOD)
    same = one(brothers.tolist())
    brothers[0, 0] = FLOOR
    calibration = Calibration.of(CONSTANTS)
    assert calibration.probability_of_pair(one(brothers.tolist())) < Settings().link
    assert calibration.probability_of_pair(same) > Settings().link
    further = [row[1:] for row in brothers[1:].tolist()]
    assert one(brothers.tolist()) < one(further)


def test_a_father_is_not_his_son_for_being_read_family_name_first() -> None:
    """Belqasim Haftar against Khalifa Belqasim Haftar: the given name must answer."""
    father = [[FLOOR, GOOD, FLOOR], [FLOOR, FLOOR, GOOD]]
    own_name = [[GOOD, FLOOR, FLOOR], [FLOOR, FLOOR, GOOD]]
    assert one(father) < one(own_name)
    assert align(np.array([father], float), LEARNED).turned.tolist() == [0]


def test_a_name_that_is_written_family_first_is_worth_nearly_as_much() -> None:
    straight, turned = [[GOOD, FLOOR], [FLOOR, GOOD]], [[FLOOR, GOOD], [GOOD, FLOOR]]
    another_one = [[FLOOR, FLOOR], [FLOOR, GOOD]]
    assert one(straight) > one(turned) > one(another_one)
