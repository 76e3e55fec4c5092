"""Who is named in full in a document? By a part of a name it means them again.

The prior of such a mention is the document's own, not the gazetteer's: most mentions of Haftar in
a text that names Khalifa Haftar mean him, and where it names Saddam Haftar too, both have a share,
the nearer one more. An unknown who is named in full has a share as well, under his provisional id.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from math import log2
from typing import Final, NamedTuple

from resolve.decisions.decision import DOUBTS
from resolve.documents.likeness import Likeness
from resolve.documents.mentions import Found
from resolve.documents.said import LEAST_SHARE, Said, say
from resolve.documents.words import Gap, Words
from resolve.pipeline import Resolver
from resolve.types import Decision, Name, Outcome

__all__ = ["AGAIN", "AGAIN_BY_OFFICE", "Anchor", "Anchors", "Borrowed", "compared", "variants"]

AGAIN: Final = 0.97
"""Share of the mentions by a part of a name that mean somebody whom the document names in full by
it. Chosen."""
AGAIN_BY_OFFICE: Final = 0.6
"""The same of a mention with a title that is the office of somebody else of that name. Chosen."""
AGAIN_AFTER: Final = 0.8
"""The same where the name stands bare before the full one and means others as well: Haftar and his
son Saddam. Chosen."""
AGAIN_BESIDE: Final = 0.45
"""The same where that bare name means somebody far better known, who needs no first name: Erdogan
and his wife Emine Erdogan; or has a title that none has who is named in full. Chosen."""
BETTER_KNOWN: Final = 4.0
"""How much oftener the better known are meant. Chosen."""
DOUBTFUL: Final = 0.8
"""Weight of a full name that is under review itself, to that of one which isn't. Chosen."""
NEARER: Final = 2.0
"""How much likelier one is meant who was named a sentence nearer. Chosen."""
MOST_NEAR: Final = 4
"""Sentences beyond which none is nearer. Chosen."""
REACH: Final = 200
"""Sentences beyond which a full name says nothing: an article ends, another begins. Chosen."""
_OFTENER: Final = 0.001  # what each further mention adds to how likely one is meant
_CLEARLY: Final = 4.0  # bits from which a single word answers to a full name


@dataclass
class Anchor:
    """Somebody whom the document names in full: an actor by its number, or a provisional id."""

    actor: int | None
    cluster: str | None
    name: str
    person: bool
    doubt: Decision | None = None  # the review that the full name is under itself, if it is
    titled: bool = False  # a title stands beside the full name
    names: list[Name] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # of its mentions
    sentences: list[int] = field(default_factory=list)


class Borrowed(NamedTuple):
    """What a mention borrows from the full names of its document, beside the terms."""

    unknown: tuple[float, float] | None = None  # evidence for an unknown, and his share
    cluster: str | None = None  # his provisional id
    name: str = ""  # and his full name
    further: Mapping[int, float] = {}  # actors whom the name alone didn't bring forward
    doubt: Decision | None = None  # the review that the full name is under, if it is


class Anchors:
    """The actors and the unknown whom a document names in full, or by their office."""

    def __init__(self, resolver: Resolver, words: Words, found: Sequence[Found]) -> None:
        self._resolver, self._words = resolver, words
        anchors: dict[int | str, Anchor] = {}
        for mention in found:
            self._add(anchors, mention)
        self._anchors = list(anchors.values())
        self._bare: dict[int, int] = {}  # where a word first stands alone as a name, by its key
        for mention in found:
            first, end = mention.cut.first, mention.cut.end
            if end - first <= 2 and mention.parts == 1 and not _in_headline(words, first):
                self._bare.setdefault(words.word[end - 1].key, mention.start)
        self._at = sorted((s, k) for k, a in enumerate(self._anchors) for s in set(a.sentences))
        self._near: tuple[int, frozenset[int]] = (-1, frozenset())  # the last sentence's
        self._asked_of: dict[int, list[Anchor]] = {}
        self._by_actor = {a.actor: k for k, a in enumerate(self._anchors) if a.actor is not None}

    @cached_property
    def _likeness(self) -> tuple[Likeness, list[int]]:
        """The full names, and whose each is."""
        both = [(name, k) for k, anchor in enumerate(self._anchors) for name in anchor.names]
        return Likeness([name for name, _ in both]), [k for _, k in both]

    def pairs(self, mentions: Iterable[Found]) -> Iterator[tuple[Name, Name]]:
        """Yield mentions with the names that they could be short for, to be compared in one go."""
        for mention in mentions:
            for anchor in self._asked(mention):
                for name in self._longer(mention, anchor):
                    yield mention.weighing.name, name

    def _asked(self, mention: Found) -> list[Anchor]:
        """Those whom a mention could be short for: candidates of its own, and names like it."""
        if id(mention) not in self._asked_of:
            self._asked_of[id(mention)] = self._whom(mention)
        return self._asked_of[id(mention)]

    def _whom(self, mention: Found) -> list[Anchor]:
        found = {self._by_actor[row] for row in mention.weighing.rows if row in self._by_actor}
        parts = mention.weighing.name.parts
        if parts and len(self._anchors) > len(found):
            likeness, owners = self._likeness
            found |= {owners[k] for k in likeness.having(parts[-1])}
        near = self._within_reach(self._words.sentence[mention.cut.first])
        others = (self._anchors[k] for k in sorted(found & near))
        return [o for o in others if len(o.starts) > 1 or o.starts[0] != mention.start]

    def _within_reach(self, here: int) -> frozenset[int]:
        """Those who are named near enough to a sentence to be meant in it."""
        if self._near[0] != here:
            first = bisect_left(self._at, (here - REACH, -1))
            end = bisect_left(self._at, (here + REACH + 1, -1))
            self._near = here, frozenset([k for _, k in self._at[first:end]])
        return self._near[1]

    def _add(self, anchors: dict[int | str, Anchor], mention: Found) -> None:
        decision = mention.decision
        linked = decision.outcome is Outcome.LINK
        person = mention.kind == "person"
        review = decision.outcome is Outcome.REVIEW
        full = not person or mention.parts > 1 or (linked and mention.titled)
        if not full or not (linked or (person and review) or (mention.cluster and not review)):
            return
        actor = self._resolver.index.row(decision.id or "") if linked else None
        name = (decision.name or "") if linked else mention.text
        key: int | str = actor if actor is not None else mention.cluster or f" {mention.text}"
        anchor = anchors.get(key)
        if anchor is None:
            doubt = decision if review else None
            anchor = anchors[key] = Anchor(actor, mention.cluster, name, person, doubt)
        own = mention.weighing.name
        if own.text not in [known.text for known in anchor.names]:
            anchor.names.append(own)
        anchor.titled = anchor.titled or mention.titled
        anchor.starts.append(mention.start)
        anchor.sentences.append(self._words.sentence[mention.cut.first])

    def named(self, mention: Found, said: Said, office: Set[int]) -> Borrowed:
        """Say what the full names say for their bearers, and against others.

        What else the mention borrows is returned.

        `office` are the actors whose office the mention's title is.
        """
        rows = mention.weighing.rows
        here = self._words.sentence[mention.cut.first]
        weights: list[tuple[Anchor, float, float]] = []
        for anchor in self._asked(mention):
            bits = self._answers(mention, anchor)
            if bits is not None:
                weight = _weight(anchor.sentences, here) * (DOUBTFUL if anchor.doubt else 1.0)
                weights.append((anchor, weight, bits))
        total = sum(weight for _, weight, _ in weights)
        if not total:
            return Borrowed()
        actors = {anchor.actor for anchor, *_ in weights}
        again, rest = self._again(mention, [anchor for anchor, *_ in weights], actors, office)
        further: dict[int, float] = {}
        unknown: tuple[Anchor, float, float] | None = None
        for anchor, weight, bits in weights:
            if anchor.actor is None:
                if unknown is None or weight > unknown[1]:
                    unknown = anchor, weight, bits
                continue
            share = max(self._resolver.share(anchor.actor), LEAST_SHARE)
            gain = log2(again * weight / total / share)
            say(said, anchor.actor, gain, f"this document names {anchor.name}")
            if anchor.actor not in rows:
                further[anchor.actor] = bits
        for row in rows:
            if row not in actors:
                own = rest if self._resolver.facts.is_person(row) else 1.0
                gain = log2((1 - again) / own)
                note = "this document names another" if gain < 0 else "few others have this name"
                say(said, row, gain, note)
        if unknown is None:
            return Borrowed(further=further)
        anchor, _, bits = unknown
        mass = sum(w for a, w, _ in weights if a.actor is None) / total
        return Borrowed((bits, again * mass), anchor.cluster, anchor.name, further, anchor.doubt)

    def _again(
        self, mention: Found, named: Sequence[Anchor], actors: Set[int | None], office: Set[int]
    ) -> tuple[float, float]:
        """How likely somebody is meant who is named in full, and the share of all others."""
        again = AGAIN if not office or office & actors else AGAIN_BY_OFFICE
        others = [row for row in mention.weighing.likely if row not in actors]
        shares = [self._resolver.share(row) for row in others]
        few = min(max(sum(shares), 1 - AGAIN), 1.0)
        strangers = all(anchor.actor is None and not anchor.titled for anchor in named)
        if mention.titles and strangers:  # General Al-Haddad is no farmer Salem al-Haddad
            return AGAIN_BESIDE, few
        if not self._bare_before(mention, min(min(anchor.starts) for anchor in named)):
            return again, few
        known = max((self._resolver.share(a) for a in actors if a is not None), default=0.0)
        best = max(shares, default=LEAST_SHARE)
        decision = mention.weighing.decision
        alone = decision.outcome is Outcome.LINK and mention.weighing.rows[0] in others
        rest = max(sum(shares), LEAST_SHARE)
        if alone or 0 < BETTER_KNOWN * known < best:
            return AGAIN_BESIDE, rest
        if 0 < known < best:
            return min(again, AGAIN_AFTER), rest
        return again, few

    def _bare_before(self, mention: Found, first: int) -> bool:
        """Whether the text, but for headlines, has the name bare before it has it in full."""
        key = self._words.word[mention.cut.end - 1].key
        return self._bare.get(key, first) < first

    def _answers(self, mention: Found, anchor: Anchor) -> float | None:
        """The evidence that a mention is short for a full name, None where it isn't."""
        weighing = mention.weighing
        if anchor.actor is not None and anchor.actor in weighing.rows:
            if self._may_be(mention, anchor):
                k = weighing.rows.index(anchor.actor)
                return None if weighing.contradicted[k] else weighing.bits[k]
            return None  # nor is a name of it compared
        best = None
        for name in self._longer(mention, anchor):
            bits, terms = self._resolver.evidence(weighing.name, name)
            doubt = any(term.relation in DOUBTS for term in terms)
            if bits >= _CLEARLY and not doubt and (best is None or bits > best):
                best = bits
        return best

    def _may_be(self, mention: Found, anchor: Anchor) -> bool:
        """Whether a mention can be short for a full name, by what kind of name it is."""
        weighing = mention.weighing
        if not anchor.person:
            return weighing.weak and anchor.actor in weighing.rows
        if not (mention.cut.exact and mention.kind in ("place", "organization")):
            return True
        form = weighing.name.parts[-1].form if weighing.name.parts else ""
        parts = slice(None) if anchor.actor is not None else slice(-1, None)  # a surname's
        return not anchor.doubt and any(
            form == part.form for name in anchor.names for part in name.parts[parts]
        )

    def _longer(self, mention: Found, anchor: Anchor) -> list[Name]:
        """The names of somebody, no candidate of a mention, with which it is to be compared."""
        own = mention.weighing.name.parts
        if not own or (mention.kind != "person" and mention.parts > 1):
            return []
        if anchor.actor in mention.weighing.rows or not self._may_be(mention, anchor):
            return []
        return [name for name in anchor.names if len(own) < len(name.parts)]


def compared(
    resolver: Resolver, words: Words, found: Sequence[Found]
) -> Iterator[tuple[Name, Name]]:
    """Yield the names that mentions will be compared with, to be compared in one go."""
    named: dict[str, list[Found]] = {}
    for mention in found:
        if mention.kind == "person" and mention.parts > 1:
            named.setdefault(mention.weighing.name.text, []).append(mention)
    full = [mentions[-1] for mentions in named.values()]
    at = [[words.sentence[m.cut.first] for m in mentions] for mentions in named.values()]
    known = [f.decision.id if f.decision.outcome is Outcome.LINK else None for f in full]
    rows = [-1 if id is None else resolver.index.row(id) for id in known]
    likeness = Likeness([f.weighing.name for f in full])
    told: set[tuple[str, int]] = set()
    for mention in found:
        own, here = mention.weighing.name, words.sentence[mention.cut.first]
        for k in sorted(likeness.having(own.parts[-1])) if own.parts and mention.parts <= 1 else ():
            name = full[k].weighing.name
            new = rows[k] not in mention.weighing.rows and len(own.parts) < len(name.parts)
            if new and (own.text, k) not in told and _reaches(at[k], here):
                told.add((own.text, k))
                yield own, name


def _reaches(sentences: Sequence[int], here: int) -> bool:
    """Whether one who is named in some sentences may be meant by a part of the name in this one."""
    after = bisect_right(sentences, here)
    near = sentences[max(after - 1, 0) : after + 1]
    return any(abs(sentence - here) <= REACH for sentence in near)


def variants(names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Yield the positions, ascending, of two full names that could be variants of one."""
    likeness = Likeness(names)
    every = [
        likeness.having(name.parts[0]) & likeness.having(name.parts[-1]) if name.parts else ()
        for name in names
    ]
    for k, own in enumerate(every):
        yield from ((j, k) for j in sorted(own) if j < k and k in every[j])


def _in_headline(words: Words, k: int) -> bool:
    """Whether a word stands in a sentence that is a line of its own, without a full stop."""
    first = bisect_left(words.sentence, words.sentence[k])
    end = bisect_right(words.sentence, words.sentence[k])
    stop = words.end[end - 1]
    alone = words.gap[first] >= Gap.LINE and end < len(words) and words.gap[end] >= Gap.LINE
    return alone and words.text[stop : stop + 1] != "."


def _weight(sentences: Sequence[int], here: int) -> float:
    """How likely one who is named in some sentences is meant in this one."""
    before = bisect_right(sentences, here)
    nearest = here - sentences[before - 1] if before else MOST_NEAR
    return NEARER ** -min(nearest, MOST_NEAR) + _OFTENER * len(sentences)
