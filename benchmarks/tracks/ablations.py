"""What does each part of the evidence buy? The same figures with one mechanism switched off.

    pairs      average precision and recall at precision .99, slice by slice, on full names of
               persons, the negatives of the same consonants included
    linking    precision of what is linked, and recall, in one small gazetteer of persons
    summary    each mechanism in a row: the mean change over the slices, the change of the linking

Nothing is fitted anew: a change is what the shipped constants lose. Only our own system is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.datasets.distractors import rounds
from benchmarks.datasets.lists import merges
from benchmarks.datasets.pairs import Pair, list_names, read_pairs
from benchmarks.linked import FIGURES, figures, link
from benchmarks.mechanisms import MECHANISMS, Mechanism, Without
from benchmarks.metrics import ranking
from benchmarks.protocol import Cell, Result, System, Table
from benchmarks.systems.ours import Ours

__all__ = ["ACTORS", "LEAST", "LISTS", "MENTIONS", "MOST", "run"]

LISTS = (
    "eu_fsf",
    "everypolitician_mena",
    "everypolitician_turkey",
    "everypolitician_world",
    "ofac",
    "un_sc",
    "wikidata_he_fullnames",
)
"""Lists of pairs that are asked for where they are at hand; without them, the gold's persons."""
MOST = 600
"""Pairs of a list."""
LEAST = 40
"""Pairs of a slice that is reported; both kinds must be among them."""
ACTORS = 1000
"""Actors of the gazetteer."""
MENTIONS = 300
"""Mentions that are linked."""

_ALL = "nothing"
_LINKED = ("precision", "recall", "recall at P .99", "ECE")
_NOTE = "A change is against `nothing` switched off; less is what the mechanism buys."

Slices = Mapping[tuple[str, str], tuple[list[bool], list[float]]]
"""Labels and scores of each list's slices."""


def run(
    data: Path | None,
    systems: Sequence[System],
    progress: Callable[[str], None] = lambda text: None,
    *,
    lists: Sequence[str] = (),
    mechanisms: Sequence[Mechanism] = MECHANISMS,
    actors: int = ACTORS,
    most: int | None = None,
) -> Result:
    """Return the figures of our system without each of `mechanisms`, and with all of them.

    `lists` are of pairs of persons' names; at most `most` pairs of each are asked for, and
    `most` mentions. Raises OptionError for a list that isn't there, InputError for one that
    can't be read.
    """
    if not any(isinstance(system, Ours) for system in systems):
        return Result("ablations", (), notes=("Only our own system has parts to switch off.",))
    asked: dict[str, Ours] = {_ALL: Ours()} | {m.name: Without(m) for m in mechanisms}
    pairs = _pairs(data, lists, most or MOST)
    scored: dict[str, Slices] = {}
    for name, system in asked.items():
        progress(f"pairs, {name} switched off")
        scored[name] = _scored(system, pairs)
    ranked = {name: _ranked(slices) for name, slices in scored.items()}
    linked = _linked(data, asked, actors, most or MENTIONS, progress)
    tables = (
        _summary(mechanisms, ranked, linked),
        _slices(scored[_ALL], ranked),
        _links(linked),
    )
    return Result("ablations", tables, notes=_notes(pairs, linked))


def _pairs(data: Path | None, lists: Sequence[str], most: int) -> dict[str, tuple[Pair, ...]]:
    """The pairs of each list of persons, without the names that no matcher can know."""
    there = list_names(data)
    wanted = lists or [name for name in there if name in LISTS or data is None]
    found = [read_pairs(data, name, most) for name in wanted]
    return {
        own.name: tuple(pair for pair in own.pairs if not pair.aka)
        for own in found
        if own.of_persons
    }


def _scored(system: Ours, pairs: Mapping[str, Sequence[Pair]]) -> Slices:
    found: dict[tuple[str, str], tuple[list[bool], list[float]]] = defaultdict(lambda: ([], []))
    for name, own in pairs.items():
        scores = system.score([(pair.left, pair.right) for pair in own], "person")
        for pair, score in zip(own, scores, strict=True):
            same, said = found[name, pair.slice]
            same.append(pair.same)
            said.append(score)
    return {
        key: (same, said)
        for key, (same, said) in sorted(found.items())
        if len(same) >= LEAST and any(same) and not all(same)
    }


def _ranked(slices: Slices) -> dict[tuple[str, str], tuple[float, float]]:
    """Average precision and recall at precision .99 of each slice."""
    rankings = {key: ranking(*own) for key, own in slices.items()}
    return {key: (r.average_precision, r.recall_99) for key, r in rankings.items()}


def _linked(
    data: Path | None,
    asked: Mapping[str, Ours],
    actors: int,
    most: int,
    progress: Callable[[str], None],
) -> dict[str, dict[str, Cell]]:
    """The linking figures by their names, for each mechanism; none without mentions."""
    task = merges(data, "person")
    own = next(rounds(task, actors, ()))
    found: dict[str, dict[str, Cell]] = {}
    for name, system in asked.items() if own.asked else ():
        progress(f"{len(own.gazetteer)} actors, {name} switched off")
        said = link(system, task, [own], most)
        rows = [row for row in said.rows if row.asked.alike or row.actor is None]
        found[name] = dict(zip(FIGURES, figures(rows, system.probabilistic), strict=True))
    return found


def _summary(
    mechanisms: Sequence[Mechanism],
    ranked: Mapping[str, Mapping[tuple[str, str], tuple[float, float]]],
    linked: Mapping[str, Mapping[str, Cell]],
) -> Table:
    """One row a mechanism: means over the slices and the linking, as changes."""
    rows: list[tuple[Cell, ...]] = []
    for mechanism in mechanisms:
        own, whole = ranked[mechanism.name], ranked[_ALL]
        means = [
            fmean(own[key][figure] - whole[key][figure] for key in whole) if whole else None
            for figure in (0, 1)
        ]
        links = [
            _change(linked[mechanism.name][figure], linked[_ALL][figure]) if linked else None
            for figure in ("precision", "recall at P .99")
        ]
        rows.append((mechanism.name, mechanism.without, *means, *links))
    columns = (
        "mechanism",
        "without it",
        "average precision change",
        "recall at P .99 change",
        "link precision change",
        "link recall at P .99 change",
    )
    note = f"{_NOTE} Means over the slices; links of one gazetteer."
    return Table("What each mechanism buys", columns, tuple(rows), 2, note)


def _slices(
    slices: Slices, ranked: Mapping[str, Mapping[tuple[str, str], tuple[float, float]]]
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for (name, slice_), (same, _) in slices.items():
        whole = ranked[_ALL][name, slice_]
        for mechanism, figures_ in ranked.items():
            own = figures_[name, slice_]
            cells = [cell for a, b in zip(own, whole, strict=True) for cell in (a, a - b)]
            rows.append((name, slice_, mechanism, len(same), sum(same), *cells))
    columns = (
        "list",
        "slice",
        "switched off",
        "n",
        "n+",
        "average precision",
        "change",
        "recall at P .99",
        "change of recall",
    )
    return Table("Pairs of persons' names", columns, tuple(rows), 3, _NOTE)


def _links(linked: Mapping[str, Mapping[str, Cell]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for mechanism, own in linked.items():
        cells: list[Cell] = [own["mentions"], own["links"]]
        for figure in _LINKED:
            cells += [own[figure], _change(own[figure], linked[_ALL][figure])]
        rows.append((mechanism, *cells))
    changes = [column for figure in _LINKED for column in (figure, f"change of {figure}")]
    columns = ("switched off", "mentions", "links", *changes)
    note = f"{_NOTE} Without the known names that share nothing with the gazetteer's name."
    return Table("Links of persons' names", columns, tuple(rows), 1, note)


def _change(own: Cell, whole: Cell) -> float | None:
    if isinstance(own, int | float) and isinstance(whole, int | float):
        return own - whole
    return None


def _notes(
    pairs: Mapping[str, Sequence[Pair]], linked: Mapping[str, Mapping[str, Cell]]
) -> tuple[str, ...]:
    counted = ", ".join(f"{name} {len(own)}" for name, own in pairs.items())
    notes = [
        f"Pairs, with those of the same consonants: {counted or 'none'}; drawn by their letters.",
        "Nothing is fitted anew where a mechanism is switched off, calibration included.",
    ]
    return (*notes, *(() if linked else ("No mentions to link: the set has no such names.",)))
