"""What a document says beside a name, in bits, each with its reason.

    anchors     who is named in full is meant again by a part of the name     anchors.py
    spelling    what the shape and the spelling say against candidates        spelling.py
    titled      whose office the title beside the name is                     titled.py
    countries   of which country the text speaks around the name              countries.py

A first name in conflict blocks all of it: what is written against a candidate stays against it
(`resolve.decisions.decision`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import msgspec

from resolve.documents.anchors import Anchors, Borrowed
from resolve.documents.countries import Countries
from resolve.documents.mentions import Found
from resolve.documents.said import Said
from resolve.documents.spelling import say_spelling
from resolve.documents.titled import Titles
from resolve.documents.words import Words
from resolve.pipeline import Resolver
from resolve.types import Decision, Name, Outcome, Relation
from resolve.weighing import Further

__all__ = ["Context", "Told", "borrowing", "decided"]

Told = Mapping[int, tuple[tuple[Further, Borrowed], Decision]]
"""What documents say of mentions, by the mention's identity, and the decision on each with it."""

_SURE: Final = 0.999  # probability from which a name written in full is settled


class Context:
    """What one document says. Made from its mentions as they are decided so far."""

    def __init__(
        self, resolver: Resolver, words: Words, found: Sequence[Found], year: int | None
    ) -> None:
        self._resolver, self._words, self._found = resolver, words, found
        self._anchors = Anchors(resolver, words, found)
        self._titles = Titles(resolver.facts, words, year)
        self._countries = Countries(resolver, words, found)

    def pairs(self, mentions: Sequence[Found]) -> Iterator[tuple[Name, Name]]:
        """Yield the names that mentions will be compared with, to be compared in one go."""
        return self._anchors.pairs(m for m in mentions if _partial(m))

    def open(self, mentions: Sequence[Found]) -> list[Found]:
        """Return those mentions of whom the document may say something else than the name."""
        return [m for m in mentions if not _settled(m) or self._of_an_unknown(m)]

    def told(self, mention: Found) -> tuple[Further, Borrowed] | None:
        """Return what the document says of an open mention; None where the name alone decides."""
        weighing = mention.weighing
        said: Said = {}
        borrowed = Borrowed()
        if _partial(mention):
            borrowed = self._anchors.named(mention, said, self._titles.holders(mention))
        rows = [*weighing.rows, *borrowed.further]
        say_spelling(self._resolver, self._words, mention, rows, said)
        self._titles.say(mention, rows, said)
        self._countries.say(mention, rows, said)
        review = weighing.decision.outcome is Outcome.REVIEW
        if not said and borrowed.unknown is None and not review:
            return None
        return Further(weighing, said, borrowed.further, borrowed.unknown), borrowed

    def _of_an_unknown(self, mention: Found) -> bool:
        """Whether a single word is part of the name of somebody unknown: Jordan, Michael Jordan."""
        cut = mention.cut
        return cut.end - cut.first == 1 and self._words.word[cut.first].key in self._unknown

    @cached_property
    def _unknown(self) -> frozenset[int]:
        """The words of the names of persons whom the gazetteer hasn't got."""
        nil = [m for m in self._found if m.decision.outcome is Outcome.NIL and m.parts > 1]
        cuts = [m.cut for m in nil if m.kind == "person"]
        return frozenset(w.key for cut in cuts for w in self._words.word[cut.first : cut.end])


def decided(
    resolver: Resolver, asked: Sequence[tuple[Context, Sequence[Found]]], before: Told
) -> Told:
    """Return what documents say of their mentions, and the decision on each with it.

    Both are by the mention; those of whom the name alone decides are left out. `before` is what
    was returned of the same mentions: where a document says the same again, it decides the same.
    """
    open_ = [(context, context.open(mentions)) for context, mentions in asked]
    resolver.compare_names(pair for context, own in open_ for pair in context.pairs(own))
    every = [(id(mention), context.told(mention)) for context, own in open_ for mention in own]
    told = {key: own for key, own in every if own is not None}
    new = {
        key: own for key, own in told.items() if key not in before or before[key][0][0] != own[0]
    }
    decisions = resolver.reweigh_many([further for further, _ in new.values()])
    found = dict(zip(new, decisions, strict=True))
    return {key: (own, found[key] if key in found else before[key][1]) for key, own in told.items()}


def borrowing(decision: Decision, borrowed: Borrowed) -> tuple[Decision, str | None]:
    """Return a decision and a provisional id: those of whom the document names in full, where
    nobody is meant whom the gazetteer has."""
    if decision.outcome is not Outcome.NIL:
        return decision, None
    if borrowed.doubt is not None:
        reason = f"short for {borrowed.name}; {borrowed.doubt.reason}"
        own = decision.mention
        return msgspec.structs.replace(borrowed.doubt, mention=own, reason=reason), None
    if borrowed.cluster is None:
        return decision, None
    reason = f"this document names {borrowed.name}, whom the gazetteer hasn't got"
    return msgspec.structs.replace(decision, reason=reason), borrowed.cluster


def _partial(mention: Found) -> bool:
    """Whether a mention writes less than a full name: a part of a person's, a by-name."""
    decision = mention.weighing.decision
    if mention.kind == "person" and mention.parts > 1 and decision.candidates:
        beside = any(
            t.relation is Relation.OMITTED and t.left for t in decision.candidates[0].terms
        )
        if beside:  # Salman Rushdie is more than King Salman
            return False
    review = decision.outcome is Outcome.REVIEW and mention.kind == "person"
    return mention.parts <= 1 or mention.weighing.weak or review


def _settled(mention: Found) -> bool:
    """Whether nothing that a document says could change a decision."""
    weighing = mention.weighing
    if weighing.decision.outcome is not Outcome.LINK or weighing.weak or not mention.cut.exact:
        return False
    if mention.title is not None and weighing.decision.kind != "person":
        return False
    return (
        len(weighing.likely) == 1
        and (mention.parts > 1 or weighing.decision.kind != "person")
        and weighing.decision.probability >= _SURE
    )
