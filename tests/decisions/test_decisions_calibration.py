"""More evidence is never less probable, and the probabilities are all there is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.decisions.calibration import ACROSS, FULL, LONE, WORDS, Calibration
from resolve.model.learned import load

CALIBRATION = Calibration.of(load().constants)
LINES = [int(line) for line in (FULL, LONE, WORDS, ACROSS)]
bits = st.floats(-100, 200)


def said(length: int) -> st.SearchStrategy[list[float]]:
    return st.lists(bits, min_size=length, max_size=length)


@st.composite
def rivals(draw: st.DrawFn) -> tuple[list[float], list[float], list[int]]:
    """The bits of some candidates, how often each is meant, and how it was compared."""
    count = draw(st.integers(1, 8))
    weights = np.array(draw(st.lists(st.integers(1, 1000), min_size=count + 1, max_size=count + 1)))
    lines = draw(st.lists(st.sampled_from(LINES), min_size=count, max_size=count))
    return draw(said(count)), (weights / weights.sum())[:-1].tolist(), lines


def probabilities(found: list[float], share: list[float], lines: list[int]) -> list[float]:
    asked = np.array(found), np.array(share), np.array(lines, np.int8)
    return CALIBRATION.probabilities(*asked).tolist()


@settings(deadline=None)
@given(st.lists(bits, min_size=2, max_size=9).map(sorted))
def test_worth_rises_with_the_evidence(found: list[float]) -> None:
    worth = CALIBRATION.worth(np.array(found))
    assert (np.diff(worth) >= -1e-9).all() and np.isfinite(worth).all()


@settings(deadline=None)
@given(bits)
def test_worth_is_that_of_the_bits_one_by_one(found: float) -> None:
    alone = CALIBRATION.worth(np.array([found]))[0]
    assert alone == CALIBRATION.worth(np.array([found, 0.0, -5.0]))[0]


@settings(deadline=None)
@given(rivals())
def test_the_probabilities_leave_what_is_missing_to_one_for_nil(
    found: tuple[list[float], list[float], list[int]],
) -> None:
    result = probabilities(*found)
    assert all(0 <= p <= 1 for p in result)
    assert sum(result) <= 1 + 1e-9


@settings(deadline=None)
@given(rivals(), st.floats(0, 50))
def test_more_bits_make_a_candidate_likelier_and_nil_unlikelier(
    found: tuple[list[float], list[float], list[int]], more: float
) -> None:
    before, share, lines = found
    after = [before[0] + more, *before[1:]]
    first, second = probabilities(before, share, lines), probabilities(after, share, lines)
    assert second[0] >= first[0] - 1e-9
    assert sum(second) >= sum(first) - 1e-9


@settings(deadline=None)
@given(bits, st.floats(0.001, 0.5), st.floats(1, 2))
def test_who_is_meant_more_often_is_likelier(found: float, share: float, times: float) -> None:
    rare, often = (probabilities([found], [s], [FULL])[0] for s in (share, share * times))
    assert often >= rare - 1e-12


@settings(deadline=None)
@given(bits, st.floats(0.001, 0.5), st.integers(2, 8))
def test_equals_share_what_one_of_them_would_get(found: float, share: float, count: int) -> None:
    result = probabilities([found] * count, [share] * count, [FULL] * count)
    assert result == pytest.approx([result[0]] * count)


def test_no_evidence_is_no_link_and_much_is_one() -> None:
    nothing, much = (probabilities([found], [0.001], [FULL])[0] for found in (-20.0, 60.0))
    assert nothing < 0.05 and much > 0.95


@settings(deadline=None)
@given(bits, st.floats(0, 50))
def test_a_pair_is_the_likelier_the_more_it_says(found: float, more: float) -> None:
    less, greater = map(CALIBRATION.probability_of_pair, (found, found + more))
    assert 0 <= less <= greater <= 1


def test_names_in_two_scripts_are_worth_the_more_the_more_they_say() -> None:
    said = np.array([-4.0, 8.0, 12.0, 16.0, 40.0])
    full, across = (CALIBRATION.odds(said, np.full(len(said), line)) for line in (FULL, ACROSS))
    assert (across - full)[:2].tolist() == [0.0, 0.0]
    assert (across - full)[3:] == pytest.approx([CALIBRATION.across_offset] * 2)
    assert 0.0 < (across - full)[2] < CALIBRATION.across_offset
