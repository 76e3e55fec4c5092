"""Who is in many documents, and how often? The unresolved as well, under provisional ids.

An actor has a row for its LINKs and another for its REVIEWs, which are never counted together.
What a document calls one unknown actor stays one, under its fullest name there; those fullest
names of all documents are clustered, so a surname alone (Caldwell) joins nobody across documents.

Memory grows with distinct actors, names and variants, and by four bytes for each document that
an unresolved name stands in; never with the text.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from resolve.decisions.clusters import PREFIX
from resolve.names import read
from resolve.pipeline import Resolver
from resolve.types import Document, Kind, Outcome, Span

__all__ = ["ActorRow", "Actors", "Place", "Variant", "variant"]


class Place(NamedTuple):
    """Where a mention begins: its document, and code points into the whole of it."""

    document: str
    start: int


class Variant(NamedTuple):
    """A spelling, and how many mentions write it."""

    text: str
    mentions: int


class ActorRow(NamedTuple):
    """An actor as the documents name it.

    `mentions` leaves out those in passages that their document has had before: they are
    `repeated`. A variant that only these write has no mentions. `first` and `last` are of all.
    """

    id: str  # REVIEW: of the likeliest; NIL: provisional, one for all documents
    name: str  # canonical; NIL: the fullest variant
    kind: Kind | None  # NIL: what most mentions look like
    decision: Outcome
    documents: int
    mentions: int
    repeated: int
    variants: tuple[Variant, ...]  # the most frequent first, then by code points
    first: Place
    last: Place


class Actors:
    """The actors of documents, gathered document by document."""

    def __init__(self, resolver: Resolver) -> None:
        """Take the resolver that clusters the unresolved names."""
        self._resolver = resolver
        self._known: dict[tuple[Outcome, str], _Tally] = {}
        self._unknown: dict[str, _Tally] = {}  # by the fullest name
        self._number = 0  # of the document
        self._id = ""

    def add(self, document: Document) -> None:
        """Count the mentions of a document, or of the part of it that follows."""
        if not (document.offset and document.id == self._id):
            self._number, self._id = self._number + 1, document.id
        unknown: dict[str, list[Span]] = {}
        for span in document.spans:
            decision = span.decision
            if decision.id is None:
                own = decision.cluster or f" {variant(span)}"  # a space: no provisional id
                unknown.setdefault(own, []).append(span)
                continue
            key = decision.outcome, decision.id
            tally = self._known.setdefault(key, _Tally(decision.name or decision.id))
            self._count(tally, [span], document)
        for spans in unknown.values():
            name = _fullest(Counter(map(variant, spans)))
            tally = self._unknown.setdefault(name, _Tally(name, array("I")))
            self._count(tally, spans, document)

    def rows(self) -> list[ActorRow]:
        """Return the actors: LINK, then REVIEW, then NIL; in each the most often named first.

        Beyond `first` and `last`, the order of the documents doesn't matter.
        """
        found = [tally.row(id, outcome) for (outcome, id), tally in self._known.items()]
        found += [tally.row(id, Outcome.NIL) for id, tally in self._clustered()]
        order = list(Outcome)
        return sorted(found, key=lambda row: (order.index(row.decision), -row.mentions, row.id))

    def _count(self, tally: _Tally, spans: Iterable[Span], document: Document) -> None:
        for span in spans:
            place = Place(document.id, document.offset + span.start)
            tally.add(span, self._number, place)

    def _clustered(self) -> Iterator[tuple[str, _Tally]]:
        """The unresolved, those of one cluster together, with their ids."""
        ids = self._resolver.cluster_names(self._unknown)
        together: dict[str, list[_Tally]] = {}
        for name, tally in self._unknown.items():
            # Signs alone name nobody in particular: only the same ones are one.
            together.setdefault(ids.get(name) or PREFIX + name, []).append(tally)
        for id, tallies in together.items():
            yield id, _united(tallies)


def variant(span: Span) -> str:
    """Return the spelling of a mention: without title, clitic, line breaks and bars.

    What a clitic has taken from the name comes back: للقوات is القوات.
    """
    text, surface = span.decision.mention.text, span.surface
    before = text.removesuffix(surface) if text.endswith(surface) else ""
    taken = "" if before[-1:].isspace() else before.rpartition(" ")[2]
    if span.clitic and taken and not span.clitic.endswith(taken):
        surface = taken + surface
    return " ".join(word for word in surface.split() if word != "|") or surface


@dataclass
class _Tally:
    """What is counted of an actor, or of an unresolved name."""

    name: str
    numbers: array[int] | None = None  # of the documents, where tallies are to be united
    documents: int = 0
    mentions: int = 0
    repeated: int = 0
    variants: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    first: tuple[int, Place] | None = None  # the document's number goes before
    last: tuple[int, Place] = (0, Place("", 0))

    def add(self, span: Span, number: int, place: Place) -> None:
        """Count a mention."""
        once = int(not span.repeated)
        self.mentions += once
        self.repeated += 1 - once
        self.variants[variant(span)] += once
        if span.kind is not None:
            self.kinds[span.kind] += 1
        if self.last[0] != number:
            self.documents += 1
            if self.numbers is not None:
                self.numbers.append(number)
        self.first = min(self.first or (number, place), (number, place))
        self.last = max(self.last, (number, place))

    def row(self, id: str, outcome: Outcome) -> ActorRow:
        """Return the row of an actor."""
        assert self.first is not None
        kinds = sorted(self.kinds, key=lambda kind: (-self.kinds[kind], kind))
        variants = sorted(self.variants.items(), key=lambda each: (-each[1], each[0]))
        return ActorRow(
            id,
            self.name,
            kinds[0] if kinds else None,
            outcome,
            self.documents,
            self.mentions,
            self.repeated,
            tuple(Variant(*each) for each in variants),
            self.first[1],
            self.last[1],
        )


def _united(tallies: Sequence[_Tally]) -> _Tally:
    if len(tallies) == 1:
        return tallies[0]
    names: Counter[str] = Counter()
    found = _Tally("")
    for each in tallies:
        names[each.name] += each.variants[each.name]
        found.mentions += each.mentions
        found.repeated += each.repeated
        for text, mentions in each.variants.items():
            found.variants[text] += mentions
        found.kinds += each.kinds
    found.name = _fullest(names)
    found.documents = len(set[int]().union(*(each.numbers or () for each in tallies)))
    found.first = min(each.first for each in tallies if each.first is not None)
    found.last = max(each.last for each in tallies)
    return found


def _fullest(counts: Mapping[str, int]) -> str:
    """The name of most parts; of equal ones in Latin letters, often written, long.

    >>> _fullest({"Caldwell": 7, "Amelia Caldwell": 1})
    'Amelia Caldwell'
    """
    if len(counts) == 1:
        return next(iter(counts))

    def rank(text: str) -> tuple[int, bool, int, int, str]:
        name = read(text)
        return -len(name.parts), name.script != "Latn", -counts[text], -len(text), text

    return min(counts, key=rank)
