"""The compiled heap keeps the best few of many, of equal ones the first."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numba")
HEAP = import_module("resolve.compiled.heap")
scores_of = st.sampled_from([-1.5, 0.0, 0.25, 7.0, np.inf]) | st.floats(-9, 9)
offered = st.lists(
    st.tuples(scores_of, st.integers(0, 99)), unique_by=lambda each: each[1], max_size=60
)


@given(offered, st.integers(1, 20))
def test_the_best_are_kept_and_the_worst_comes_off_first(
    every: list[tuple[float, int]], most: int
) -> None:
    scores, numbers = np.empty(most), np.empty(most, np.int64)
    size = 0
    for k, (score, number) in enumerate(every, start=1):
        size = HEAP.offer(scores, numbers, size, score, number)
        assert size == min(k, most)
        best = sorted(every[:k], key=lambda each: (-each[0], each[1]))[:most]
        assert (scores[0], numbers[0]) == best[-1]
    best = sorted(every, key=lambda each: (-each[0], each[1]))[:most]
    assert sorted(numbers[:size].tolist()) == sorted(number for _, number in best)
    taken = [HEAP.taken_off(scores, numbers, left) for left in range(size, 0, -1)]
    assert taken == [number for _, number in best][::-1]


@pytest.mark.parametrize(
    ("one", "other", "worse"),
    [((1.0, 1), (2.0, 0), True), ((2.0, 0), (1.0, 1), False), ((1.0, 2), (1.0, 1), True),
     ((1.0, 1), (1.0, 2), False), ((1.0, 1), (1.0, 1), False)],
)  # fmt: skip
def test_of_equal_ones_the_later_is_worse(
    one: tuple[float, int], other: tuple[float, int], worse: bool
) -> None:
    assert HEAP.worse(*one, *other) is worse
