"""A column in one register is what a column is, number by number."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numba")

from resolve.compiled.jit import jit
from resolve.compiled.lanes import (
    WIDTHS,
    ZERO,
    advance_8,
    advance_16,
    advance_32,
    zeros_below,
)

_ARRAYS = "uint16[::1], int64, int16[::1], int64, int16, int16[::1], int64, int16"


@jit(f"void(int64, {_ARRAYS})")
def advance(
    width: Any,
    columns: Any,
    place: Any,
    written: Any,
    start: Any,
    added: Any,
    exchanges: Any,
    own: Any,
    pair: Any,
) -> None:
    if width == 8:
        advance_8(columns, place, written, start, added, exchanges, own, pair)
    elif width == 16:
        advance_16(columns, place, written, start, added, exchanges, own, pair)
    else:
        advance_32(columns, place, written, start, added, exchanges, own, pair)


@jit("uint64(uint64)")
def zeros(number: Any) -> Any:
    return zeros_below(number)


def column(
    before: np.ndarray, last: np.ndarray, written: list[int], added: int, worth: list[int]
) -> list[int]:
    found: list[int] = []
    for i, own in enumerate(before.tolist()):
        said = [own + added, *found[-1:]]
        if i:
            said.append(int(before[i - 1]) + written[i])
        if i > 1:
            said.append(int(last[i - 2]) + worth[i])
        found.append(max(said))
    return found


@given(st.integers(0, 2**32 - 1), st.sampled_from(WIDTHS))
def test_a_column_follows_from_the_two_before(seed: int, width: int) -> None:
    chance = np.random.default_rng(seed)
    widest = max(WIDTHS)
    columns = (ZERO + chance.integers(-9000, 9000, 3 * widest)).astype(np.uint16)
    written = chance.integers(-400, 400, widest).astype(np.int16)
    written[0] = 0
    pairs = chance.integers(1, 4, widest).astype(np.int16)
    pairs[:2] = 0
    worth = chance.integers(-400, 800, widest).astype(np.int16)
    worth[:2] = 0
    exchanges = np.concatenate([pairs, worth])
    advance(width, columns, widest, written, 0, np.int16(-70), exchanges, 0, np.int16(2))
    last, before, found = columns.astype(np.int64).reshape(3, widest)[:, :width]
    met = np.where(pairs == 2, worth, -30_000).tolist()
    assert found.tolist() == column(before, last, written.tolist(), -70, met)


@given(st.integers(0, 63), st.integers(0, 2**64 - 1))
def test_zeros_are_counted_from_below(place: int, number: int) -> None:
    whole = (number << place | 1 << place) % 2**64
    assert zeros(np.uint64(whole)) == place
    assert zeros(np.uint64(0)) == 64
