"""What the figures of the tables mean.

    ranking      labels and scores -> average precision, recall at a precision, best F1
    calibration  labels and probabilities -> Brier score, calibration error, reliability
    interval     right or wrong, by entity -> a share and how far it can be trusted

Scores of any scale are compared, higher meaning likelier; equal scores are one step, so that
the order of equal rows decides nothing. A score that isn't a number is no answer: below all.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "BINS",
    "CURVE_POINTS",
    "Bin",
    "Ranking",
    "Share",
    "brier",
    "calibration_error",
    "precision_recall",
    "ranking",
    "reliability",
    "share",
    "threshold",
]

BINS = 10
"""Bins of equal width that probabilities fall into, for calibration."""
CURVE_POINTS = 200
"""The most points of a curve."""
RESAMPLES = 1000
"""Resamples of a bootstrap."""
CONFIDENCE = 0.95

_SEED = 1
_NO_ANSWER = -np.inf

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Ranking(msgspec.Struct, frozen=True):
    """How well scores put positives above negatives. Shares from 0 to 1; no positives give 0.

    `recall_99` and `recall_999` are the highest recall at a threshold where precision is at
    least .99 and .999; the threshold is chosen on the same rows, alike for every system.
    """

    positives: int
    negatives: int
    average_precision: float
    recall_99: float
    recall_999: float
    best_f1: float


class Bin(msgspec.Struct, frozen=True):
    """One point of a reliability curve: what was said, what came true, of how many rows."""

    said: float
    true: float
    rows: int


class Share(msgspec.Struct, frozen=True):
    """A share of rows and the 95 % interval that it lies in."""

    value: float
    low: float
    high: float


def ranking(labels: ArrayLike, scores: ArrayLike) -> Ranking:
    """Return how well `scores` rank rows whose label is 1 above those whose label is 0.

    >>> ranking([1, 0, 1, 0], [9.0, 2.0, 2.0, -4.0]).best_f1
    0.8
    """
    steps = _Steps.of(labels, scores)
    n = max(steps.positives, 1)
    precision, recall = steps.right / steps.seen, steps.right / n
    f1 = 2 * steps.right / (steps.seen + n)
    answered = steps.scores > _NO_ANSWER

    def best(figures: Floats, where: NDArray[np.bool_]) -> float:
        return float(figures[where & answered].max(initial=0.0))

    return Ranking(
        steps.positives,
        steps.rows - steps.positives,
        float(np.sum(np.diff(steps.right, prepend=0) * precision)) / n,
        best(recall, precision >= 0.99),
        best(recall, precision >= 0.999),
        best(f1, precision >= 0),
    )


def threshold(labels: ArrayLike, scores: ArrayLike, precision: float = 0.99) -> float | None:
    """Return the lowest score at and above which `precision` is reached, None if none is.

    >>> threshold([1, 1, 0, 1], [9.0, 5.0, 2.0, 1.0])
    5.0
    """
    steps = _Steps.of(labels, scores)
    good = (steps.right / steps.seen >= precision) & (steps.scores > _NO_ANSWER)
    return float(steps.scores[good].min()) if good.any() else None


def precision_recall(
    labels: ArrayLike, scores: ArrayLike, most: int = CURVE_POINTS
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the curve's recalls, ascending, and the precision at each: at most `most` points.

    A point stands at the first score that reaches its recall, where precision is best.
    """
    steps = _Steps.of(labels, scores)
    gained = np.diff(steps.right, prepend=0) > 0
    places = np.flatnonzero(gained & (steps.scores > _NO_ANSWER))
    if len(places) > most:
        places = places[np.linspace(0, len(places) - 1, most).round().astype(int)]
    recall = steps.right[places] / max(steps.positives, 1)
    precision = steps.right[places] / steps.seen[places]
    return tuple(recall.tolist()), tuple(precision.tolist())


def brier(labels: ArrayLike, probabilities: ArrayLike) -> float | None:
    """Return the mean squared error of probabilities: 0 is perfect, 1 the worst. None of no rows.

    >>> brier([1, 0], [1.0, 0.5])
    0.125
    """
    true, said = np.asarray(labels, float), _said(probabilities)
    return float(np.mean((said - true) ** 2)) if len(said) else None


def reliability(labels: ArrayLike, probabilities: ArrayLike, bins: int = BINS) -> tuple[Bin, ...]:
    """Return what was said and what came true in each bin that holds a row, ascending."""
    true, said = np.asarray(labels, float), _said(probabilities)
    place = np.clip((said * bins).astype(int), 0, bins - 1)
    rows = np.bincount(place, minlength=bins)
    sums = [np.bincount(place, values, minlength=bins) for values in (said, true)]
    held = np.flatnonzero(rows)
    columns = [*(own[held] / rows[held] for own in sums), rows[held]]
    return tuple([Bin(*row) for row in zip(*(c.tolist() for c in columns), strict=True)])


def calibration_error(
    labels: ArrayLike, probabilities: ArrayLike, bins: int = BINS
) -> float | None:
    """Return how far what was said is from what came true, on average over rows. None of no rows.

    >>> calibration_error([1, 1, 0, 1], [0.75, 0.75, 0.75, 0.75])
    0.0
    """
    found = reliability(labels, probabilities, bins)
    rows = sum(b.rows for b in found)
    return sum(b.rows * abs(b.said - b.true) for b in found) / rows if rows else None


def share(right: Sequence[bool], entities: Sequence[Hashable], seed: int = _SEED) -> Share | None:
    """Return the share of rows that are right, with its interval. None of no rows.

    The interval is a bootstrap over entities: the rows of one stand or fall together. Where all
    rows are alike a bootstrap knows no doubt, and the bound is that of the binomial law (Clopper
    and Pearson 1934) for as many entities as there are. The order of rows changes nothing.

    >>> found = share([True, True, True, False], ["Haftar", "Haftar", "Saleh", "Saleh"])
    >>> found.value, found.low, found.high
    (0.75, 0.5, 1.0)
    """
    if not len(right):
        return None
    number: dict[Hashable, int] = {}
    owner = np.array([number.setdefault(entity, len(number)) for entity in entities])
    true = np.asarray(right, float)
    value = float(true.mean())
    if value in (0.0, 1.0):
        doubt = ((1 - CONFIDENCE) / 2) ** (1 / len(number))
        return Share(value, doubt, 1.0) if value else Share(value, 0.0, 1 - doubt)
    counts = np.stack([np.bincount(owner, true), np.bincount(owner)], axis=1, dtype=float)
    low, high = np.quantile(_resampled(counts, seed), [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Share(value, float(low), float(high))


def _resampled(counts: Floats, seed: int) -> Floats:
    """The share in each resample of entities, given how many of each one's rows are right.

    Entities of the same counts are alike, so how often each *kind* is drawn says it all.
    """
    kinds, size = np.unique(counts, axis=0, return_counts=True)
    chance = size / size.sum()
    drawn = np.random.default_rng(seed).multinomial(size.sum(), chance, size=RESAMPLES)
    right, rows = (drawn @ kinds).T
    found: Floats = right / rows
    return found


def _said(probabilities: ArrayLike) -> Floats:
    """The probabilities, 0 where there is none: what isn't answered isn't said to be one."""
    said = np.asarray(probabilities, float)
    return np.where(np.isfinite(said), said, 0.0)


class _Steps(msgspec.Struct, frozen=True):
    """The rows by falling score, equal scores in one step: positives and rows down to each."""

    scores: Floats
    right: Ints
    seen: Ints

    @classmethod
    def of(cls, labels: ArrayLike, scores: ArrayLike) -> _Steps:
        given = np.asarray(scores, float)
        falling, step, rows = np.unique(
            -np.where(np.isnan(given), _NO_ANSWER, given), return_inverse=True, return_counts=True
        )
        right = np.bincount(step, np.asarray(labels, float), minlength=len(rows))
        return cls(-falling, np.cumsum(right.astype(np.int64)), np.cumsum(rows))

    @property
    def rows(self) -> int:
        return int(self.seen[-1]) if len(self.seen) else 0

    @property
    def positives(self) -> int:
        return int(self.right[-1]) if len(self.right) else 0
