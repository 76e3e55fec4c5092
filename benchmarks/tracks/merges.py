"""How precise are the merges that a system emits? A list of names in, canonical ids out.

Public lists, one name of an actor in the gazetteer, its other names asked for, three actors in
ten unknown; gazetteers of several sizes, padded with real people nobody asks for. Names that have
something in common with the gazetteer's name count by themselves, and all names beside them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.cases import case_of
from benchmarks.clusters import bcubed, ceaf, pairwise
from benchmarks.datasets.distractors import pool, rounds
from benchmarks.datasets.lists import KINDS, Half, merges
from benchmarks.linked import FIGURES, Linked, Said, figures, link
from benchmarks.metrics import precision_recall, reliability
from benchmarks.misses import ERRORS, error_of
from benchmarks.protocol import Case, Cell, Curve, Linker, Result, System, Table
from resolve import compare_many
from resolve.types import Evidence, Kind

__all__ = ["SIZES", "linkers", "run"]

SIZES = (1_000, 10_000, 100_000)
"""Actors of the gazetteers."""
LEAST = 20
"""Mentions of a part of the task that is reported."""
READ = 10_000
"""Actors of the gazetteer whose errors are shown: of that size, or the nearest below."""
WORST = 12
"""Misses of each kind of error that are shown."""

COMMON, ALL = "in common", "all"
_DIGITS = 5  # of a curve's points
_NOTE = (
    "`in common`: without the known names that share nothing with the gazetteer's name. "
    "Precision of emitted links with its 95 % interval, by entities. Recall at P .99 thresholds "
    "the best actor's score. Unsure links may be right under another id, or to a namesake to whom "
    "the lists give the very name."
)


class Missed(NamedTuple):
    """A mention that wasn't linked to its actor, why, and what its name's evidence is."""

    said: Said
    error: str
    evidence: Evidence


def run(
    data: Path | None,
    systems: Sequence[System],
    progress: Callable[[str], None] = lambda text: None,
    *,
    sizes: Sequence[int] = SIZES,
    kinds: Sequence[Kind] = KINDS,
    sources: Sequence[str] | None = None,
    half: Half = "unseen",
    most: int | None = None,
) -> Result:
    """Return the figures of every system that links, for each kind and size of gazetteer.

    `sources` names the lists (default: all), `half` the entities that are asked for, and `most`
    how many mentions at most. Raises OptionError for a list that isn't there, InputError for
    one that can't be read.
    """
    able, notes = linkers(systems)
    found: list[Linked] = []
    for kind in kinds:
        task = merges(data, kind, half, sources)
        padding = pool(data, task, max(sizes) - len(task.actors))
        for size in _useful(sizes, len(task.actors) + len(padding)):
            own = list(rounds(task, size, padding))
            notes += _sizes(kind, size, [(r.real, r.synthetic) for r in own])
            for system in able if task.asked else ():
                progress(f"{kind}, {size} actors: {system.name} links {len(task.asked)} names")
                found.append(link(system, task, own, most))
    missed = {id(own): _missed(own) for own in _read(found)}
    tables = (
        _headline(found),
        _split(found, "script pair", lambda row: f"{row.asked.script.lower()}-latn"),
        _split(found, "source", lambda row: row.asked.source),
        _clusters(found),
        *(_errors(own, missed[id(own)]) for own in _read(found)),
    )
    cases = [case for own in _read(found) for case in _cases(found, own, missed[id(own)])]
    if most is not None:
        notes.append(f"At most {most} mentions were asked for, evenly from the task's.")
    return Result("merges", tables, tuple(_curves(found)), tuple(cases), tuple(notes))


def linkers(systems: Sequence[System]) -> tuple[list[Linker], list[str]]:
    """Return the systems that can be asked to link, and why the others can't."""
    able, notes = [], []
    for system in systems:
        if not isinstance(system, Linker):
            notes.append(f"{system.name} isn't asked: it doesn't link to a gazetteer.")
        elif lacks := system.missing():
            notes.append(f"{system.name} isn't asked: {lacks}")
        else:
            able.append(system)
    return able, notes


def _useful(sizes: Sequence[int], most: int) -> list[int]:
    """The sizes that can be filled, and the first that can't."""
    ordered = sorted(sizes)
    return [size for k, size in enumerate(ordered) if k == 0 or ordered[k - 1] < most]


def _sizes(kind: Kind, size: int, padding: Sequence[tuple[int, int]]) -> list[str]:
    real, synthetic = (sum(column) for column in zip(*padding, strict=True))
    among = f" in {len(padding)} gazetteers" if len(padding) > 1 else ""
    return [
        f"{kind}, {size:,} actors{among}: {real:,} real distractors, {synthetic:,} put together."
    ]


def _headline(found: Sequence[Linked]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for own in found:
        speed = round(len(own.rows) / own.seconds, 1) if own.seconds else None
        for names in (COMMON, ALL):
            said = figures(_rows(own, names), own.system.probabilistic)
            rows.append((own.kind, names, own.actors, own.system.name, *said, speed))
    columns = ("kind", "names", "actors", "system", *FIGURES, "names a second")
    return Table("Merges", columns, tuple(rows), 4, _NOTE)


def _split(found: Sequence[Linked], by: str, part: Callable[[Said], str]) -> Table:
    """The figures of names with something in common, part by part."""
    rows: list[tuple[Cell, ...]] = []
    for own in found:
        parts: dict[str, list[Said]] = defaultdict(list)
        for row in _rows(own, COMMON):
            parts[part(row)].append(row)
        for name, said in sorted(parts.items()):
            if len(said) >= LEAST:
                cells = figures(said, own.system.probabilistic)
                rows.append((own.kind, name, own.actors, own.system.name, *cells))
    columns = ("kind", by, "actors", "system", *FIGURES)
    note = f"Names with something in common; parts of fewer than {LEAST} mentions aren't shown."
    return Table(f"Merges by {by}", columns, tuple(rows), 4, note)


def _clusters(found: Sequence[Linked]) -> Table:
    """How the names of unknown entities are gathered. Who is linked stands with its actor."""
    rows: list[tuple[Cell, ...]] = []
    for own in found:
        unknown = [row for row in own.rows if row.actor is None]
        if not any(row.answer.cluster for row in unknown):
            continue
        said = [
            row.answer.cluster or (row.best if row.linked else None) or str(k)
            for k, row in enumerate(unknown)
        ]
        true = [row.asked.head for row in unknown]
        pairs, names = pairwise(said, true), bcubed(said, true)
        rows.append(
            (
                *(own.kind, own.actors, own.system.name, len(unknown), len(set(true))),
                *(pairs.precision, pairs.recall, pairs.f1),
                *(names.precision, names.recall, names.f1, ceaf(said, true)),
            )
        )
    measures = tuple(
        f"{measure} {figure}"
        for measure in ("pairwise", "B-cubed")
        for figure in ("precision", "recall", "F1")
    )
    columns = ("kind", "actors", "system", "names", "entities", *measures, "CEAF-m")
    note = (
        "Names of entities that the gazetteer doesn't hold. Linked ones stand with their actor, "
        "those in REVIEW alone; names that share nothing are among them."
    )
    return Table("Unknown actors: clusters", columns, tuple(rows), 3, note)


def _missed(own: Linked) -> tuple[Missed, ...]:
    names = dict(own.names)
    rows = [r for r in own.rows if r.actor and not (r.linked and r.right) and not r.unsure]
    pairs = [(row.asked.text, names[row.actor or ""]) for row in rows]
    said = compare_many(pairs, own.kind)
    return tuple(
        Missed(row, error_of(evidence, row.answer, row.actor or "", row.asked.alike), evidence)
        for row, evidence in zip(rows, said, strict=True)
    )


def _errors(own: Linked, missed: Sequence[Missed]) -> Table:
    """Every miss by its kind of error, list by list."""
    sources = sorted({row.said.asked.source for row in missed})
    counts = Counter((row.error, row.said.asked.source) for row in missed)
    rows: list[tuple[Cell, ...]] = []
    for error in ERRORS:
        of_kind = [row for row in missed if row.error == error]
        first = sum(row.said.answer.outcome == "REVIEW" and row.said.right for row in of_kind)
        by_source = [counts[error, source] for source in sources]
        ratio = len(of_kind) / len(missed) if missed else None
        rows.append((error, len(of_kind), ratio, first, *by_source))
    columns = ("error", "all", "ratio", "first in REVIEW", *sources)
    note = (
        "Every known mention that isn't linked to its actor, sorted by the first of these that its "
        "evidence with the actor's name shows. A column for each list."
    )
    title = f"Why names are missed: {own.system.name}, {own.kind}, {own.actors:,} actors"
    return Table(title, columns, tuple(rows), 1, note)


def _cases(found: Sequence[Linked], own: Linked, missed: Sequence[Missed]) -> Iterator[Case]:
    """Every wrong link of a system, at each size, and the misses that its bits most deny."""
    for size in found:
        if size.system is own.system and size.kind == own.kind:
            yield from _wrong(size)
    for error in ERRORS[1:]:
        worst = sorted((m for m in missed if m.error == error), key=lambda m: m.evidence.bits)
        for row in worst[:WORST]:
            group = f"Missed, {error}: {own.kind}, {own.actors:,} actors"
            outcome = row.said.answer.outcome or ""
            yield case_of(group, row.evidence, f"{row.said.asked.source}, {outcome}")


def _wrong(own: Linked) -> Iterator[Case]:
    names = dict(own.names)
    rows = [row for row in own.rows if row.linked and not row.right and not row.unsure]
    rows.sort(key=lambda row: (-row.score, row.asked.text))
    said = compare_many([(row.asked.text, names[row.best or ""]) for row in rows], own.kind)
    for row, evidence in zip(rows, said, strict=True):
        truth = names[row.actor] if row.actor else "an actor that the gazetteer doesn't hold"
        note = f"{row.asked.source}, p {row.score:.3f}; right: {truth} ({row.asked.head})"
        yield case_of(f"Wrong links: {own.kind}, {own.actors:,} actors", evidence, note)


def _curves(found: Sequence[Linked]) -> Iterator[Curve]:
    yield from _by_size(found)
    for own in found:
        rows = _rows(own, COMMON)
        label = f"{own.kind}, {own.actors:,} actors"
        known = sum(row.actor is not None for row in rows)
        right = sum(row.right for row in rows)
        sure = [row for row in rows if not row.unsure]
        x, y = precision_recall([row.right for row in sure], [row.score for row in sure])
        share = [recall * right / max(known, 1) for recall in x]
        yield Curve(f"Precision and recall, {label}", own.system.name, _rounded(share), _rounded(y))
        if own.system.probabilistic:
            yield from _reliable(own, rows, label)


def _by_size(found: Sequence[Linked]) -> Iterator[Curve]:
    """Precision and recall of emitted links against the size of the gazetteer."""
    by_system: dict[tuple[str, str], list[Linked]] = defaultdict(list)
    for own in found:
        if own.decides:
            by_system[own.kind, own.system.name].append(own)
    for (kind, name), sizes in by_system.items():
        cells = [figures(_rows(own, COMMON), own.system.probabilistic) for own in sizes]
        for measure in ("precision", "recall"):
            values = [row[FIGURES.index(measure)] for row in cells]
            points = [(o.actors, v) for o, v in zip(sizes, values, strict=True) if v is not None]
            yield Curve(
                f"Emitted links against actors in the gazetteer, {kind}",
                f"{name}, {measure}",
                tuple(float(actors) for actors, _ in points),
                _rounded([float(value) for _, value in points]),
                "actors",
                "precision, recall",
                x_scale="log",
            )


def _reliable(own: Linked, rows: Sequence[Said], label: str) -> Iterator[Curve]:
    scripts = Counter(row.asked.script for row in rows if row.answer.ranked)
    for script in sorted(script for script, n in scripts.items() if n >= LEAST):
        said = [row for row in rows if row.asked.script == script and row.answer.ranked]
        bins = reliability([row.right for row in said], [row.score for row in said])
        yield Curve(
            f"Reliability, {script.lower()}-latn, {label}",
            own.system.name,
            _rounded([b.said for b in bins]),
            _rounded([b.true for b in bins]),
            "probability said",
            "share that is right",
            "reliability",
        )


def _read(found: Sequence[Linked]) -> list[Linked]:
    """The runs whose errors are shown: the first system that decides, at one size a kind."""
    shown: dict[Kind, Linked] = {}
    for own in found:
        before = shown.get(own.kind)
        if own.decides and (before is None or (before.system is own.system and own.actors <= READ)):
            shown[own.kind] = own
    return list(shown.values())


def _rows(own: Linked, names: str) -> list[Said]:
    """The mentions of all names, or of those that aren't known or have something in common."""
    return [r for r in own.rows if names == ALL or r.actor is None or r.asked.alike]


def _rounded(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(value, _DIGITS) for value in values)
