"""The page: what stands first, the goals, each track, the errors, and how it was all made.

One HTML file without scripts that fetches nothing; the same run gives the same bytes.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from benchmarks.protocol import Result, Table
from benchmarks.report.cases import families
from benchmarks.report.goals import standing
from benchmarks.report.headline import headline
from benchmarks.report.plots import Plot, plots
from benchmarks.report.styles import Look
from benchmarks.report.tables import Shown, shown
from benchmarks.report.text import prose
from benchmarks.runs import Run, compare

__all__ = ["Card", "page"]

HERE = Path(__file__).parent


class Card(Protocol):
    """A data card: the set's title, its files, and each thing to know of it with a heading."""

    @property
    def title(self) -> str:
        """The set's title."""

    @property
    def rows(self) -> Mapping[str, int]:
        """Its files and their rows."""

    @property
    def facts(self) -> Sequence[tuple[str, str]]:
        """A heading and a text each."""


class Section(msgspec.Struct, frozen=True):
    """What a track asks, in the page's words."""

    track: str
    title: str
    question: str


@dataclass(frozen=True)
class Change:
    """A table compared with another run's: how many figures are better, worse, and so on."""

    table: Shown
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Track:
    """A track as it stands in the page."""

    section: Section
    tables: tuple[Shown, ...]
    plots: tuple[Plot, ...]
    notes: tuple[Markup, ...]
    failure: str | None


def page(
    run: Run, cards: Sequence[Card] = (), before: Run | None = None, before_name: str = ""
) -> str:
    """Return the page of a run as HTML, with the data cards, compared with another if given."""
    names = tuple(system.name for system in run.systems)
    goals = standing(run)
    return _template().render(
        run=run,
        headline=headline(run),
        goals=shown(goals, names, run.ours),
        met=sum(row[4] == "met" for row in goals.rows),
        measured=sum(row[3] is not None for row in goals.rows),
        tracks=_tracks(run, names),
        families=families(case for result in run.results for case in result.cases),
        changes=[_change(table) for table in compare(run, before)] if before else [],
        before=before,
        before_name=before_name,
        cards=[card for card in cards if set(card.rows) & set(run.checksums)],
    )


def _tracks(run: Run, systems: tuple[str, ...]) -> list[Track]:
    """The tracks that ran, in reading order; unknown ones last, under their own name."""
    failures: dict[str, str] = {}
    for track, reason in ((failure.track, failure.reason) for failure in run.failures):
        failures[track] = f"{failures[track]}; {reason}" if track in failures else reason
    results = {result.track: result for result in run.results}
    known = _sections()
    extra = [t for t in (*results, *failures) if t not in {s.track for s in known}]
    sections = [*known, *(Section(t, t.capitalize(), "") for t in dict.fromkeys(extra))]
    return [
        _track(s, results.get(s.track), failures.get(s.track), Look(systems, run.ours, s.track))
        for s in sections
        if s.track in results or s.track in failures
    ]


def _track(section: Section, result: Result | None, failure: str | None, look: Look) -> Track:
    if result is None:
        return Track(section, (), (), (), failure)
    return Track(
        section,
        tuple(shown(table, look.systems, look.ours) for table in result.tables if table.rows),
        tuple(plots(result.curves, look)),
        tuple(map(prose, _notes(result.notes, look.systems))),
        failure,
    )


def _notes(notes: Sequence[str], systems: Sequence[str]) -> list[str]:
    """The notes, those that say the same of several systems as one."""
    said: dict[str, list[str]] = {}
    for note in notes:
        system, _, rest = note.partition(" isn't asked: ")
        said.setdefault(rest if system in systems else note, []).append(system)
    return [
        note if names == [note] else f"Not asked: {'; '.join(names)}. {note[:1].upper()}{note[1:]}"
        for note, names in said.items()
    ]


def _change(table: Table) -> Change:
    """A comparison with what moved first: worse, gone, better, new; what stayed comes last."""
    order = ("worse", "gone", "better", "new", "changed", "same")
    rows = sorted(table.rows, key=lambda row: order.index(str(row[-1])))
    counts = Counter(str(row[-1]) for row in rows)
    moved = tuple((verdict, counts[verdict]) for verdict in order if counts[verdict])
    return Change(shown(msgspec.structs.replace(table, rows=tuple(rows))), moved)


@cache
def _sections() -> tuple[Section, ...]:
    rows = tomllib.loads((HERE / "sections.toml").read_text("utf-8"))["section"]
    return tuple(msgspec.convert(row, Section) for row in rows)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["css"] = Markup((HERE / "page.css").read_text("utf-8"))
    return environment.get_template("page.html.j2")
