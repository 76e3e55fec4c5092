"""Cluster figures are what counting by hand gives, pair by pair and match by match."""

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.clusters import bcubed, ceaf, pairwise

labelings = st.lists(st.tuples(st.integers(0, 4), st.sampled_from("abcde")), max_size=9)
Labels = list[tuple[int, str]]


@given(labelings)
def test_pairwise_counts_pairs(items: Labels) -> None:
    said, true = columns(items)
    pairs = list(combinations(range(len(items)), 2))
    together = {p for p in pairs if said[p[0]] == said[p[1]]}
    belong = {p for p in pairs if true[p[0]] == true[p[1]]}
    found = pairwise(said, true)
    assert found.precision == (len(together & belong) / len(together) if together else None)
    assert found.recall == (len(together & belong) / len(belong) if belong else None)


@given(labelings)
def test_bcubed_asks_each_item(items: Labels) -> None:
    said, true = columns(items)
    precisions, recalls = [], []
    for i in range(len(items)):
        mine = {k for k in range(len(items)) if said[k] == said[i]}
        own = {k for k in range(len(items)) if true[k] == true[i]}
        precisions.append(len(mine & own) / len(mine))
        recalls.append(len(mine & own) / len(own))
    found = bcubed(said, true)
    if not items:
        assert found.precision is None
        return
    assert found.precision == pytest.approx(sum(precisions) / len(items))
    assert found.recall == pytest.approx(sum(recalls) / len(items))


@settings(max_examples=60, deadline=None)  # the first example imports SciPy
@given(labelings)
def test_ceaf_tries_every_match(items: Labels) -> None:
    pytest.importorskip("scipy")
    said, true = columns(items)
    best = 0
    # A cluster may stay without a match: five letters stand for any five numbers at most.
    for match in permutations("abcde"):
        best = max(best, sum(match[left] == right for left, right in items))
    assert ceaf(said, true) == (best / len(items) if items else None)


@given(labelings)
def test_the_truth_is_perfect_and_sides_swap(items: Labels) -> None:
    said, true = columns(items)
    renamed = [f"actor-{label}" for label in true]
    assert pairwise(renamed, true).precision in (1.0, None)
    assert bcubed(renamed, true).f1 in (1.0, None)
    for measure in (pairwise, bcubed):
        one, other = measure(said, true), measure(true, said)
        assert one.precision == pytest.approx(other.recall)
        assert one.f1 == pytest.approx(other.f1)


def test_one_big_cluster_and_none_at_all() -> None:
    true = ["Haftar", "Haftar", "Saleh", "Dbeibah"]
    assert pairwise([0] * 4, true).recall == bcubed([0] * 4, true).recall == 1.0
    assert pairwise([0, 1, 2, 3], true).precision is None
    assert bcubed([0, 1, 2, 3], true).precision == 1.0


def columns(items: Labels) -> tuple[list[int], list[str]]:
    return [said for said, _ in items], [true for _, true in items]
