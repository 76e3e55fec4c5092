"""What a document says beside a name, in bits, each with its reason.

    anchors     who is named in full is meant again by a part of the name     anchors.py
    spelling    what the shape and the spelling say against candidates        spelling.py
    titled      whose office the title beside the name is                     titled.py
    countries   of which country the text speaks around the name              countries.py

A first name in conflict blocks all of it: what is written against a candidate stays against it
(`resolve.decisions.decision`).
"""

from __future__ import annotations

from collections.abc import Sequence
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
from resolve.types import Decision, Outcome, Relation
from resolve.weighing import Further

__all__ = ["Context"]

_SURE: Final = 0.999  # probability from which a name written in full is settled


class Context:
    """What one document says. Made from its mentions as they are decided so far."""

    def __init__(
        self, resolver: Resolver, words: Words, found: Sequence[Found], year: int | None
    ) -> None:
        self._resolver, self._words, self._found = resolver, words, found
        self._anchors = Anchors(resolver, words, found)
        self._titles = Titles(resolver.index, words, year)
        self._countries = Countries(resolver, words, found)

    def decided(self, mentions: Sequence[Found]) -> list[tuple[Decision, str | None]]:
        """Return the decision on each mention, and the provisional id that it borrows, if one."""
        self._anchors.compare(m for m in mentions if self._is_open(m) and _partial(m))
        told = [self._told(mention) for mention in mentions]
        asked = [further for further, _ in filter(None, told)]
        decisions = iter(self._resolver.reweigh_many(asked))
        return [
            (mention.weighing.decision, None)
            if own is None
            else _borrowing(next(decisions), own[1])
            for mention, own in zip(mentions, told, strict=True)
        ]

    def _told(self, mention: Found) -> tuple[Further, Borrowed] | None:
        """What the document says of a mention; None where the name alone decides."""
        weighing = mention.weighing
        if not self._is_open(mention):
            return None
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

    def _is_open(self, mention: Found) -> bool:
        """Whether the document may say something else than the name."""
        return not _settled(mention) or self._of_an_unknown(mention)

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


def _borrowing(decision: Decision, borrowed: Borrowed) -> tuple[Decision, str | None]:
    """A decision and a provisional id: those of whom the document names in full, where nobody is
    meant whom the gazetteer has."""
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
