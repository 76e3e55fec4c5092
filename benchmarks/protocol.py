"""What a system can be asked, and what a track hands back.

A system is what can be measured: it scores pairs of names, or links names to a gazetteer, or
clusters names, or spells them in another script; it has the methods of what it can do, and no
others. A track asks every system that can answer, and returns a `Result`: tables, curves and
cases, which is all that the report and the frozen runs know of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, TypeAlias, runtime_checkable

import msgspec

from gazetteer import Gazetteer
from resolve.types import Kind

__all__ = [
    "Answer",
    "Case",
    "Clusterer",
    "Curve",
    "Linker",
    "Probabilist",
    "Result",
    "Scorer",
    "Spelling",
    "System",
    "Table",
]

Cell: TypeAlias = str | int | float | None
Outcome: TypeAlias = Literal["LINK", "REVIEW", "NIL"]


class Answer(msgspec.Struct, frozen=True):
    """What a linker says of one mention.

    `ranked` holds (actor id, score), best first, at most as many as asked for; a score is a
    probability where the system has one (`System.probabilistic`), else on the system's own
    scale, higher meaning likelier. `outcome` is None where the system ranks and doesn't decide.
    `cluster` is shared by the mentions without an actor that are one unknown actor.
    """

    ranked: tuple[tuple[str, float], ...]
    outcome: Outcome | None = None
    cluster: str | None = None


@runtime_checkable
class System(Protocol):
    """Something that can be measured."""

    name: str
    """What the tables call it, as `rapidfuzz WRatio`."""
    note: str
    """Its settings in a line: what was done to give it its best honest chance."""
    probabilistic: bool
    """Whether its scores are meant as probabilities."""

    def missing(self) -> str | None:
        """Return what isn't installed and how to install it, or None if all is there."""

    def version(self) -> str:
        """Return the versions of the libraries it stands on, as `rapidfuzz 3.14.1`."""


@runtime_checkable
class Scorer(System, Protocol):
    """Says how alike two names are."""

    def score(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return a score for each pair of names, higher meaning likelier one actor's."""


@runtime_checkable
class Probabilist(Scorer, Protocol):
    """Scores on a scale of its own, as bits, and has probabilities besides."""

    def probabilities(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return for each pair the probability that it is one actor's, in their order."""


@runtime_checkable
class Linker(System, Protocol):
    """Says which actors of a gazetteer a name may mean."""

    def link(
        self, gazetteer: Gazetteer, mentions: Sequence[str], kind: Kind, top: int = 10
    ) -> list[Answer]:
        """Return an answer for each mention, in their order."""


@runtime_checkable
class Clusterer(System, Protocol):
    """Says which of some names are one actor's."""

    def cluster(self, names: Sequence[str], kind: Kind) -> list[int]:
        """Return for each name the number of its cluster."""


@runtime_checkable
class Spelling(System, Protocol):
    """Spells a word of one script in another."""

    def spell(self, words: Sequence[str], script: str, top: int = 5) -> list[tuple[str, ...]]:
        """Return for each word its spellings in a script (ISO 15924), best first."""


class Table(msgspec.Struct, frozen=True):
    """Rows of figures. `keys` is how many leading columns say what a row is about."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: int = 1
    note: str = ""
    """What a reader must know to read it: one or two sentences."""


class Curve(msgspec.Struct, frozen=True):
    """One line of a plot: all curves of one `plot` are drawn together."""

    plot: str
    """The plot's title, as `Precision and recall, ar-latin, eu_fsf`."""
    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    x_label: str = "recall"
    y_label: str = "precision"
    form: Literal["line", "step", "points", "reliability"] = "line"
    x_scale: Literal["linear", "log"] = "linear"


class Case(msgspec.Struct, frozen=True):
    """An error worth reading: where the work is found."""

    group: str
    """The list that it belongs to, as `Worst false merges: latin-latin, un_sc`."""
    left: str
    right: str
    bits: float
    terms: tuple[str, ...]
    """Its terms in words with their bits, as `Haddad ~ حداد +9.1`."""
    note: str = ""
    """What was right, or which kind of error it is."""


class Result(msgspec.Struct, frozen=True):
    """All that a track found."""

    track: str
    tables: tuple[Table, ...]
    curves: tuple[Curve, ...] = ()
    cases: tuple[Case, ...] = ()
    notes: tuple[str, ...] = ()
    """What else must be known, a sentence each: which system could not answer, and why."""
