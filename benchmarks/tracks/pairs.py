"""How well do scores tell one actor's names from another's? List by list, slice by slice.

a table a list     average precision, recall at precision .99 and .999, best F1
X+amb              slice X with the negatives of the same consonants, which it is without
other names        `:aka`: how many are found at the threshold that the plain slice sets
calibration        of systems with probabilities, by scripts, never pooled
cases              what our own evidence gets most wrong, with its terms
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmarks.cases import worst_cases
from benchmarks.datasets.pairs import Pair, PairList, fitted_to, list_names, read_pairs
from benchmarks.metrics import (
    brier,
    calibration_error,
    precision_recall,
    ranking,
    reliability,
    threshold,
)
from benchmarks.protocol import Case, Cell, Curve, Probabilist, Result, Scorer, System, Table
from benchmarks.systems.ours import Ours

__all__ = ["run"]

LEAST = 40
"""Rows of a slice that is reported."""
BIG = 500
"""Rows of a slice that is drawn."""

Floats: TypeAlias = NDArray[np.float64]
Row: TypeAlias = tuple[Cell, ...]

_DIGITS = 5  # of a curve's points
_WHOLE, _UNSEEN = "whole", "unseen"
_ALL = "ALL"
_RANKING = ("n+", "n-", "average precision", "recall at P .99", "recall at P .999", "best F1")


class View(NamedTuple):
    """Rows of a list that are reported together."""

    slice: str
    half: str
    rows: list[int]
    plain: bool
    """Whether it is one slice without ambiguous rows."""


class Answered(NamedTuple):
    """What a system says of each pair of a list."""

    system: Scorer
    scores: Floats
    probabilities: Floats | None


class Asked(NamedTuple):
    """A list with the answers of every system."""

    own: PairList
    same: NDArray[np.bool_]
    views: tuple[View, ...]
    answers: tuple[Answered, ...]

    def whole_slices(self) -> Iterator[View]:
        """Yield the plain slices of the whole list."""
        yield from (view for view in self.views if view.plain and view.half == _WHOLE)


def run(
    data: Path | None,
    systems: Sequence[System],
    progress: Callable[[str], None] = lambda text: None,
    *,
    lists: Sequence[str] = (),
    most: int | None = None,
) -> Result:
    """Return the figures of every system that scores pairs, on `lists` (default: on all).

    At most `most` pairs of each list are asked for. Raises OptionError for a list that isn't
    there, InputError for one that can't be read.
    """
    scorers, notes = _scorers(systems)
    fitted = fitted_to(data)
    found = [read_pairs(data, name, most) for name in lists or list_names(data)]
    asked = [_asked(own, scorers, fitted, progress) for own in found]
    tables = [table for own in asked for table in _ranked(own)]
    headline = _headline(tables, [system.name for system in scorers])
    return Result(
        "pairs",
        (headline, *tables, _other_names(asked), _calibration(asked)),
        tuple([curve for own in asked for curve in (*_curves(own), *_reliable(own))]),
        tuple([case for own in asked for case in _cases(own)]),
        (*notes, *_notes(most)),
    )


def _scorers(systems: Sequence[System]) -> tuple[list[Scorer], list[str]]:
    """The systems that can be asked, and why the others can't."""
    scorers, notes = [], []
    for system in systems:
        if not isinstance(system, Scorer):
            notes.append(f"{system.name} isn't asked: it scores no pairs.")
        elif lacks := system.missing():
            notes.append(f"{system.name} isn't asked: {lacks}")
        else:
            scorers.append(system)
    return scorers, notes


def _asked(
    own: PairList,
    scorers: Sequence[Scorer],
    fitted: frozenset[str],
    progress: Callable[[str], None],
) -> Asked:
    pairs = [(pair.left, pair.right) for pair in own.pairs]
    answers = []
    for system in scorers:
        progress(f"{own.name}: {system.name} scores {len(pairs)} pairs")
        scores = np.array(system.score(pairs, own.kind), float)
        said = scores if system.probabilistic else None
        if isinstance(system, Probabilist):
            said = np.array(system.probabilities(pairs, own.kind), float)
        answers.append(Answered(system, scores, said))
    same = np.array([pair.same for pair in own.pairs], bool)
    return Asked(own, same, tuple(_views(own.pairs, fitted)), tuple(answers))


def _views(pairs: Sequence[Pair], fitted: frozenset[str]) -> Iterator[View]:
    """The slices of a list and of its unseen half, each plain and with its ambiguous rows."""
    unseen = [k for k, pair in enumerate(pairs) if pair.left_id not in fitted]
    halves = {_WHOLE: list(range(len(pairs))), _UNSEEN: unseen}
    if len(unseen) == len(pairs):
        del halves[_UNSEEN]
    for half, rows in halves.items():
        slices: dict[str, list[int]] = defaultdict(list)
        for k in (k for k in rows if not pairs[k].aka):
            for name in (pairs[k].slice, _ALL):
                slices[f"{name}+amb"].append(k)
                if not pairs[k].ambiguous:
                    slices[name].append(k)
        for name in sorted(slices):
            if len(slices[name]) >= LEAST:
                plain = not name.startswith(_ALL) and not name.endswith("+amb")
                yield View(name, half, slices[name], plain)


def _ranked(asked: Asked) -> Iterator[Table]:
    rows: list[Row] = []
    for view in asked.views:
        for system, scores, _ in asked.answers:
            r = ranking(asked.same[view.rows], scores[view.rows])
            counts = (r.positives, r.negatives)
            figures = (r.average_precision, r.recall_99, r.recall_999, r.best_f1)
            rows.append((view.slice, view.half, system.name, *counts, *figures))
    if rows:
        columns = ("slice", "half", "system", *_RANKING)
        yield Table(f"{asked.own.name}: pairs of {asked.own.kind} names", columns, tuple(rows), 3)


def _headline(tables: Sequence[Table], names: Sequence[str]) -> Table:
    """The recalls at precision .99 of all lists, one column a system."""
    rows: dict[Row, list[Cell]] = defaultdict(list)
    for table in tables:
        recall = table.columns.index(_RANKING[3])
        for row in table.rows:
            rows[table.title.split(":")[0], row[0], row[1]].append(row[recall])
    return Table(
        "Recall at precision .99",
        ("list", "slice", "half", *names),
        tuple([(*keys, *recalls) for keys, recalls in rows.items()]),
        3,
        "One column a system. `+amb`: with the negatives of the same consonants, of which some "
        "are one person under two ids. `unseen`: without the persons that our constants are "
        "fitted to; lists that have only `whole` hold none of them.",
    )


def _other_names(lists: Sequence[Asked]) -> Table:
    """Of the `:aka` rows of each slice, the share at its threshold or above."""
    rows: list[Row] = []
    for asked in lists:
        pairs = asked.own.pairs
        for view in asked.whole_slices():
            other = [k for k, p in enumerate(pairs) if p.aka and p.slice == view.slice]
            for system, scores, _ in asked.answers if other else ():
                least = threshold(asked.same[view.rows], scores[view.rows])
                found = 0.0 if least is None else float(np.mean(scores[other] >= least))
                rows.append((asked.own.name, view.slice, system.name, len(other), least, found))
    return Table(
        "Other names of one actor (:aka)",
        ("list", "slice", "system", "n", "threshold", "recall"),
        tuple(rows),
        3,
        "Names that hardly share a sound, noms de guerre and errors of the lists: a gazetteer "
        "knows them, a matcher can't. Found at the threshold where the plain slice is .99 precise.",
    )


def _calibration(lists: Sequence[Asked]) -> Table:
    rows: list[Row] = []
    for asked in lists:
        for view in (v for v in asked.views if v.slice.removesuffix("+amb") != _ALL):
            same = asked.same[view.rows]
            for name, said in _said(asked, view):
                keys = (asked.own.name, view.slice, view.half, name, len(same))
                figures = (brier(same, said), calibration_error(same, said))
                rows.append((*keys, float(same.mean()), *figures))
    return Table(
        "Probabilities of pairs, by scripts",
        ("list", "slice", "half", "system", "n", "ratio of one actor's", "Brier", "ECE"),
        tuple(rows),
        4,
        "Brier: mean squared error. ECE: expected calibration error in ten bins. The negatives "
        "are the nearest names there are, so a probability for names at large is too high here.",
    )


def _curves(asked: Asked) -> Iterator[Curve]:
    for view in _drawn(asked):
        for system, scores, _ in asked.answers:
            x, y = precision_recall(asked.same[view.rows], scores[view.rows])
            plot = f"Precision and recall, {view.slice}, {asked.own.name}"
            yield Curve(plot, system.name, _rounded(x), _rounded(y), form="step")


def _reliable(asked: Asked) -> Iterator[Curve]:
    for view in _drawn(asked):
        for name, said in _said(asked, view):
            bins = reliability(asked.same[view.rows], said)
            yield Curve(
                f"Reliability, {view.slice}, {asked.own.name}",
                name,
                _rounded([b.said for b in bins]),
                _rounded([b.true for b in bins]),
                "probability said",
                "share that is one actor's",
                "reliability",
            )


def _drawn(asked: Asked) -> Iterator[View]:
    """The big slices of full names of persons."""
    if asked.own.of_persons:
        yield from (view for view in asked.whole_slices() if len(view.rows) >= BIG)


def _said(asked: Asked, view: View) -> Iterator[tuple[str, Floats]]:
    """The probabilities of those systems that have some, of the view's rows."""
    for system, _, said in asked.answers:
        if said is not None:
            yield system.name, said[view.rows]


def _cases(asked: Asked) -> Iterator[Case]:
    """What our own evidence gets most wrong, slice by slice of full names of persons."""
    ours = next((a for a in asked.answers if isinstance(a.system, Ours)), None)
    if ours and asked.own.of_persons:
        for view in asked.whole_slices():
            pairs = [asked.own.pairs[k] for k in view.rows]
            where = f"{view.slice}, {asked.own.name}"
            yield from worst_cases(where, pairs, ours.scores[view.rows], asked.own.kind)


def _notes(most: int | None) -> list[str]:
    notes = [
        f"Slices of fewer than {LEAST} pairs aren't shown.",
        "The threshold behind a recall at a precision is chosen on the rows that it is measured "
        "on: an upper bound, alike for every system.",
    ]
    if most is not None:
        notes.append(f"At most {most} pairs of each list were asked for, drawn by their letters.")
    return notes


def _rounded(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(value, _DIGITS) for value in values)
