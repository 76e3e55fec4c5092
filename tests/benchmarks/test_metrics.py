"""The figures are what their definitions say, row by row, whatever the ties and the gaps."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.metrics import (
    brier,
    calibration_error,
    precision_recall,
    ranking,
    reliability,
    share,
    threshold,
)

# Few distinct scores, so that there are ties; some rows have no answer.
scores = st.sampled_from([-math.inf, math.nan, -2.5, 0.0, 0.1, 0.3, 0.7, 1.0, 12.0])
rows = st.lists(st.tuples(st.integers(0, 1), scores), max_size=60)
likely = st.lists(st.tuples(st.integers(0, 1), st.floats(0, 1)), min_size=1, max_size=60)


def plainly_ranked(labels: list[int], given: list[float]) -> tuple[float, ...]:
    """The definition: average precision, recall at precision .99 and .999, best F1."""
    said = [-math.inf if math.isnan(score) else score for score in given]
    positives = sum(labels)
    average = at_99 = at_999 = best = before = 0.0
    for score in sorted(set(said), reverse=True):
        above = [label for label, own in zip(labels, said, strict=True) if own >= score]
        precision = sum(above) / len(above)
        recall = sum(above) / positives if positives else 0.0
        average += (recall - before) * precision
        before = recall
        if score > -math.inf:
            at_99 = max(at_99, recall if precision >= 0.99 else 0.0)
            at_999 = max(at_999, recall if precision >= 0.999 else 0.0)
            if precision + recall:
                best = max(best, 2 * precision * recall / (precision + recall))
    return average, at_99, at_999, best


@given(rows)
def test_ranking_is_its_definition(found: list[tuple[int, float]]) -> None:
    labels, given = [row[0] for row in found], [row[1] for row in found]
    said = ranking(labels, given)
    assert (said.positives, said.negatives) == (sum(labels), len(labels) - sum(labels))
    figures = (said.average_precision, said.recall_99, said.recall_999, said.best_f1)
    assert figures == pytest.approx(plainly_ranked(labels, given))


@given(rows, st.randoms())
def test_order_of_rows_decides_nothing(found: list[tuple[int, float]], random: object) -> None:
    mixed = list(found)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert ranking(*columns(mixed)) == ranking(*columns(found))


def test_a_precision_of_99_needs_99_of_100() -> None:
    labels = [1] * 98 + [0] + [1]
    assert ranking(labels, range(100, 0, -1)).recall_99 == 1.0
    assert ranking(labels[1:], range(99, 0, -1)).recall_99 == pytest.approx(97 / 98)


@given(rows, st.sampled_from([0.5, 0.75, 0.99]))
def test_threshold_is_the_lowest_that_keeps_the_precision(
    found: list[tuple[int, float]], precision: float
) -> None:
    lowest = threshold(*columns(found), precision)
    answered = [(label, score) for label, score in found if score > -math.inf]
    good = [
        score
        for _, score in answered
        if sum(own >= score and label for label, own in answered)
        >= precision * sum(own >= score for _, own in answered)
    ]
    assert lowest == (min(good) if good else None)


@given(rows)
def test_curve_ascends_and_passes_the_best_point(found: list[tuple[int, float]]) -> None:
    labels, given = columns(found)
    recall, precision = precision_recall(labels, given)
    assert list(recall) == sorted(set(recall))
    f1s = [2 * p * r / (p + r) for r, p in zip(recall, precision, strict=True)]
    assert max(f1s, default=0.0) == pytest.approx(ranking(labels, given).best_f1)


def test_long_curve_is_thinned_and_keeps_its_ends() -> None:
    labels = [1, 1, 0] * 1000
    recall, precision = precision_recall(labels, range(3000, 0, -1))
    assert len(recall) == len(precision) == 200
    assert (recall[0], precision[0], recall[-1]) == (1 / 2000, 1.0, 1.0)


@given(likely)
def test_bins_hold_every_row_and_what_was_said(found: list[tuple[int, float]]) -> None:
    labels, said = columns(found)
    bins = reliability(labels, said)
    assert sum(b.rows for b in bins) == len(found)
    assert sum(b.rows * b.said for b in bins) == pytest.approx(sum(said))
    assert sum(b.rows * b.true for b in bins) == pytest.approx(sum(labels))
    plain = 0.0
    for place in range(10):
        own = [row for row in found if min(int(row[1] * 10), 9) == place]
        plain += abs(sum(said - label for label, said in own))
    assert calibration_error(labels, said) == pytest.approx(plain / len(found), abs=1e-12)


@given(likely)
def test_brier_is_the_mean_squared_error(found: list[tuple[int, float]]) -> None:
    plain = sum((said - label) ** 2 for label, said in found) / len(found)
    assert brier(*columns(found)) == pytest.approx(plain)


def test_no_answer_is_a_probability_of_nothing() -> None:
    assert brier([1, 0], [math.nan, -math.inf]) == brier([1, 0], [0.0, 0.0])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=1), st.randoms())
def test_share_lies_in_its_interval_in_any_order(
    found: list[tuple[bool, int]], random: object
) -> None:
    right, entities = columns(found)
    said = share(right, entities)
    assert said is not None
    assert said.value == pytest.approx(sum(right) / len(right))
    assert 0 <= said.low <= said.value + 1e-12 and said.value - 1e-12 <= said.high <= 1
    random.shuffle(found)  # type: ignore[attr-defined]
    assert share(*columns(found)) == said


def test_rows_of_one_entity_are_one_witness() -> None:
    """A hundred rows of five entities say less than a hundred rows of a hundred."""
    right = [k % 5 != 0 for k in range(100)]
    alone, together = share(right, range(100)), share(right, [k % 5 for k in range(100)])
    assert alone is not None and together is not None
    assert together.high - together.low > 2 * (alone.high - alone.low)
    assert 0.06 < alone.value - alone.low < 0.10  # the normal law says .078


def test_without_an_error_the_bound_is_the_binomial_one() -> None:
    perfect = share([True] * 300, range(300))
    assert perfect is not None
    assert (perfect.value, perfect.high) == (1.0, 1.0)
    assert perfect.low == pytest.approx(1 - 3.69 / 300, abs=1e-3)  # -ln .025 = 3.69
    assert share([False] * 300, range(300)).low == 0.0  # type: ignore[union-attr]


def test_nothing_has_no_figures() -> None:
    assert ranking([], []).average_precision == 0.0
    assert precision_recall([], []) == ((), ())
    assert (brier([], []), calibration_error([], []), reliability([], [])) == (None, None, ())
    assert (threshold([], []), share([], [])) == (None, None)


def columns(found: list[tuple[int, float]]) -> tuple[list[int], list[float]]:
    return [row[0] for row in found], [row[1] for row in found]
