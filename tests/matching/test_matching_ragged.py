"""Rows of unequal length are what lists of lists are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.matching.ragged import Ragged, gather, ragged, ragged_text, spread

lists = st.lists(st.lists(st.integers(0, 255), max_size=6), max_size=9)


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[list[int]], list[int]]:
    """Lists, and some of their numbers, in any order and more than once."""
    own = draw(lists)
    rows = st.lists(st.integers(0, len(own) - 1), max_size=12) if own else st.just([])
    return own, draw(rows)


def rows_of(numbers: list[int]) -> np.ndarray:
    return np.array(numbers, np.int64)


@given(lists)
def test_each_row_is_its_list(own: list[list[int]]) -> None:
    found = ragged(own, np.uint8)
    assert len(found) == len(own) and found.values.dtype == np.uint8
    assert [found.row(k).tolist() for k in range(len(own))] == own


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=9))
def test_each_text_is_read_back(texts: list[str]) -> None:
    found = ragged_text(iter(texts))
    assert [found.text(k) for k in range(len(found))] == texts


@given(asked())
def test_sizes_and_starts(given: tuple[list[list[int]], list[int]]) -> None:
    own, rows = given
    found = ragged(own, np.uint8)
    assert found.sizes(rows_of(rows)).tolist() == [len(own[k]) for k in rows]
    starts = [sum(map(len, own[:k])) for k in rows]
    assert found.starts(rows_of(rows)).tolist() == starts


@given(asked(), st.integers(0, 8) | st.none(), st.integers(0, 255))
def test_a_table_is_padded_or_cut(
    given: tuple[list[list[int]], list[int]], width: int | None, fill: int
) -> None:
    own, rows = given
    columns = max((len(own[k]) for k in rows), default=0) if width is None else width
    expected = [(own[k] + [fill] * columns)[:columns] for k in rows]
    table = ragged(own, np.uint8).padded(rows_of(rows), width, fill)
    assert table.shape == (len(rows), columns) and table.tolist() == expected


@given(asked())
def test_rows_are_gathered_one_after_the_other(given: tuple[list[list[int]], list[int]]) -> None:
    own, rows = given
    values, sizes = gather(ragged(own, np.uint8), rows_of(rows))
    assert values.tolist() == [value for k in rows for value in own[k]]
    assert sizes.tolist() == [len(own[k]) for k in rows]


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 5)), max_size=9))
def test_spread_counts_on_from_each_start(runs: list[tuple[int, int]]) -> None:
    starts, sizes = (rows_of([run[side] for run in runs]) for side in (0, 1))
    expected = [start + k for start, size in runs for k in range(size)]
    assert spread(starts, sizes).tolist() == expected


def test_no_rows_at_all() -> None:
    none = ragged([], np.int32)
    assert len(none) == 0 and none.padded(rows_of([])).shape == (0, 0)
    assert none.starts(rows_of([])).tolist() == []
    empty = ragged([[], []], np.int32)
    assert len(empty) == 2 and empty.row(1).tolist() == []
    assert empty.padded(rows_of([1, 0]), 2, 7).tolist() == [[7, 7], [7, 7]]


def test_more_values_than_32_bits_count_are_kept_apart() -> None:
    ends = np.array([2**32, 2**32 + 3])
    assert Ragged(np.zeros(0), ends).sizes(rows_of([0, 1])).tolist() == [2**32, 3]


@pytest.mark.parametrize("dtype", [np.uint32, np.int64])
def test_the_first_row_begins_at_nothing(dtype: type) -> None:
    found = Ragged(np.arange(5), np.array([2, 2, 5], dtype))
    assert [found.row(k).tolist() for k in range(3)] == [[0, 1], [], [2, 3, 4]]
    assert found.starts(rows_of([2, 0, 1])).tolist() == [2, 0, 2]
