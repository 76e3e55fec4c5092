"""What a document says beside a name, in bits, each with its reason.

    named     an actor whom the document names in full is meant again by a part of the name: the
              prior of such a mention is the document's own, not the gazetteer's
    title     the title beside the name is an office of the actor's, at the date if one is given
    country   the adjectives of nationality and the actors around it are of the actor's country

A first name in conflict blocks all of it: what is written against a candidate stays against it
(`resolve.decisions.decision`). Where two people of one surname are named, both have a share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log2
from typing import Final, NamedTuple

import msgspec
import numpy as np
from rapidfuzz import fuzz

from resolve.decisions.decision import DOUBTS
from resolve.documents.mentions import Found
from resolve.documents.runs import Titled
from resolve.documents.words import Case, Word, Words
from resolve.matching.form import Form
from resolve.matching.keys import skeleton
from resolve.matching.translations import concept
from resolve.names.fold import fold
from resolve.names.offices import EVER, Office
from resolve.names.titles import military_ranks, nationality
from resolve.pipeline import Resolver
from resolve.types import Candidate, Decision, Name, Outcome, Part, Relation, Term

__all__ = ["Anchor", "Context", "similar"]

AGAIN: Final = 0.97
"""Share of the mentions by a part of a name that mean somebody whom the document names in full by
it. Chosen."""
AGAIN_BY_OFFICE: Final = 0.6
"""The same of a mention with a title that is the office of somebody else of that name. Chosen."""
NEARER: Final = 3.0
"""How much likelier one is meant who was named a sentence nearer. Chosen."""
MOST_NEAR: Final = 4  # sentences beyond which none is nearer
OFFICE: Final = 6.0
"""Bits for an actor who holds the office that the title names. Chosen."""
ONCE: Final = 2.0
"""The same of an office held at another time; and against those who never held it. Chosen."""
NATIONALITY: Final = 4.0
"""Bits for, or against, an actor of the nationality that the title names. Chosen."""
MOST_COUNTRY: Final = 9.0
"""The most that the countries around a mention say for or against an actor. Chosen."""
SHAPE: Final = 12.0
"""Bits against an institution or a place whose name nobody spells so, or that has a person's
shape: in a list of names Ondera may be Londra, in a text it is a surname. Chosen."""
SPELLED: Final = 4.0
"""Bits against an institution or a place of another spelling, where one has this very name."""
SOLDIER: Final = 0.5
"""Bits for a soldier of another rank than the title's. Chosen."""
_CLEARLY: Final = 4.0  # bits from which a single word answers to a full name
_SURE: Final = 0.999  # probability from which a name written in full is settled
_ALIKE: Final = 75.0  # per cent that the consonants of two words have in common
_SAME_FIELD: Final = 4.0  # weight of a cue whose office is about what the mention is about
_EVERYWHERE: Final = frozenset({"ministry", "minister", "state", "national", "council", "general"})
_LEAST_SHARE: Final = 1e-6
_AROUND: Final = 0.15  # weight of a cue in another sentence, to one next to the mention
_FADES: Final = 0.5  # weight of a cue in the sentence, to that of the one before it
_UNSURE: Final = 0.5  # weight of the gazetteer's own countries

Said = dict[int, list[Term]]


@dataclass
class Anchor:
    """Somebody whom the document names in full: an actor by its number, or a provisional id."""

    actor: int | None
    cluster: str | None
    name: str
    person: bool
    names: list[Name]
    starts: list[int]  # of its mentions
    sentences: list[int]


@dataclass(frozen=True)
class _Cue:
    """A word or an actor that speaks of a country."""

    place: int  # its first word
    sentence: int
    country: str
    about: frozenset[str] = frozenset()  # what an office there is about: defence


class _Borrowed(NamedTuple):
    """What a mention borrows from the full names of its document."""

    unknown: tuple[float, float] | None = None
    cluster: str | None = None
    name: str = ""
    further: Mapping[int, float] = {}


class Context:
    """What one document says. Made from its mentions as they are decided so far."""

    def __init__(
        self, resolver: Resolver, words: Words, found: Sequence[Found], year: int | None
    ) -> None:
        self._resolver, self._words, self._year = resolver, words, year
        self._index = resolver.index
        self._found = found
        self.anchors = self._anchored(found)
        self._shares = resolver.country_shares

    def decided(self, mention: Found) -> tuple[Decision, str | None]:
        """Return the decision on a mention, and the provisional id that it borrows, if one."""
        if _settled(mention) and not self._of_an_unknown(mention):
            return mention.weighing.decision, None
        said: Said = {}
        borrowed = _Borrowed()
        if self._may_borrow(mention):
            office = self._office(mention, mention.weighing.rows)
            borrowed = self._named(mention, said, office)
        rows = [*mention.weighing.rows, *borrowed.further]
        self._shaped(mention, rows, said)
        self._titled(mention, rows, said)
        self._of_country(mention, rows, said)
        decision = mention.weighing.decision
        if not said and borrowed.unknown is None and decision.outcome is not Outcome.REVIEW:
            return decision, None
        decision = self._resolver.reweigh(
            mention.weighing, said, borrowed.further, borrowed.unknown
        )
        if decision.outcome is not Outcome.NIL or borrowed.cluster is None:
            return decision, None
        reason = f"this document names {borrowed.name}, whom the gazetteer hasn't got"
        return msgspec.structs.replace(decision, reason=reason), borrowed.cluster

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

    def _may_borrow(self, mention: Found) -> bool:
        """Whether a mention writes less than a full name: a part of a person's, a by-name."""
        if mention.kind == "person":
            review = mention.weighing.decision.outcome is Outcome.REVIEW
            return mention.parts <= 1 or mention.weighing.weak or review
        return mention.weighing.weak or mention.parts <= 1

    def _named(self, mention: Found, said: Said, office: int | None) -> _Borrowed:
        """What the full names of the document say for their bearers, and against others.

        `office` is the actor whose office the mention's title is, if one's is.
        """
        rows = mention.weighing.rows
        here = self._words.sentence[mention.cut.first]
        weights: list[tuple[Anchor, float, float]] = []
        for anchor in self.anchors:
            if any(start != mention.start for start in anchor.starts):
                bits = self._answers(mention, anchor, rows)
                if bits is not None:
                    weights.append((anchor, _weight(anchor.sentences, here), bits))
        total = sum(weight for _, weight, _ in weights)
        if not total:
            return _Borrowed()
        actors = {anchor.actor for anchor, *_ in weights}
        again = AGAIN if office is None or office in actors else AGAIN_BY_OFFICE
        further: dict[int, float] = {}
        unknown: tuple[Anchor, float, float] | None = None
        rest = self._rest(mention, actors)
        for anchor, weight, bits in weights:
            if anchor.actor is None:
                if unknown is None or weight > unknown[1]:
                    unknown = anchor, weight, bits
                continue
            share = max(self._resolver.share(anchor.actor), _LEAST_SHARE)
            gain = log2(again * weight / total / share)
            _say(said, anchor.actor, gain, f"this document names {anchor.name}")
            if anchor.actor not in rows:
                further[anchor.actor] = bits
        for row in rows:
            if row not in actors:
                own = rest if self._index.is_person(row) else 1.0
                _say(said, row, log2((1 - again) / own), "this document names another")
        if unknown is None:
            return _Borrowed(further=further)
        anchor, _, bits = unknown
        mass = sum(w for a, w, _ in weights if a.actor is None) / total
        return _Borrowed((bits, again * mass), anchor.cluster, anchor.name, further)

    def _rest(self, mention: Found, actors: Set[int | None]) -> float:
        """The share of the other actors whom a name alone may mean."""
        own = [row for row in mention.weighing.likely if row not in actors]
        return min(max(sum(map(self._resolver.share, own)), 1 - AGAIN), 1.0)

    def _answers(self, mention: Found, anchor: Anchor, rows: Sequence[int]) -> float | None:
        """The evidence that a mention is short for a full name, None where it isn't."""
        weighing = mention.weighing
        if not anchor.person and not (weighing.weak and anchor.actor in rows):
            return None
        if mention.cut.exact and mention.kind in ("place", "organization") and anchor.person:
            form = weighing.name.parts[-1].form if weighing.name.parts else ""
            if not any(form == part.form for name in anchor.names for part in name.parts):
                return None
        if anchor.actor is not None and anchor.actor in rows:
            k = rows.index(anchor.actor)
            return None if weighing.contradicted[k] else float(weighing.bits[k])
        if not weighing.name.parts or (mention.kind != "person" and mention.parts > 1):
            return None
        best = None
        for name in anchor.names:
            if len(name.parts) < 2 or len(weighing.name.parts) >= len(name.parts):
                continue
            if not _alike_at_all(weighing.name, name):
                continue
            bits, terms = self._resolver.evidence(weighing.name, name)
            doubt = any(term.relation in DOUBTS for term in terms)
            if bits >= _CLEARLY and not doubt and (best is None or bits > best):
                best = bits
        return best

    def _shaped(self, mention: Found, rows: Sequence[int], said: Said) -> None:
        """What the shape and the spelling of a name say against actors of another kind."""
        if mention.cut.exact:
            likely = mention.weighing.likely
            several = any(not self._index.is_person(row) for row in rows[1:])
            best = [self._resolver.candidate(mention.weighing, row) for row in likely if several]
            plain = {row for row, own in zip(likely, best, strict=False) if _alike(own)}
            for row in rows if plain else ():
                if row not in plain and not self._index.is_person(row):
                    _say(said, row, -SPELLED, "no name of it is spelled so")
            return
        if mention.parts == 1 and not said:
            self._spelled(mention, rows, said)
        organization = mention.shape == "organization"
        note = f"the shape is a {'person' if not organization else 'institution'}'s"
        for row in rows:
            if self._index.is_person(row) == organization and (organization or mention.parts < 3):
                _say(said, row, -SHAPE, note)

    def _spelled(self, mention: Found, rows: Sequence[int], said: Said) -> None:
        """What it says that no name has a word in this spelling: Juba is no Juppé."""
        word = self._words.word[mention.cut.end - 1]
        if word.ends or word.case is Case.NONE:
            return
        for row in rows:
            _say(said, row, -SPELLED, "no name has it in this spelling")

    def _office(self, mention: Found, rows: Sequence[int]) -> int | None:
        """The actor whose office the mention's title is."""
        best = [
            (self._office_bits(titled.title.rank, self._index.offices(row))[0], row)
            for titled in _titles(mention)
            for row in rows
        ]
        bits, row = max(best, default=(0.0, -1))
        return row if bits >= OFFICE else None

    def _titled(self, mention: Found, rows: Sequence[int], said: Said) -> None:
        """What the title beside a name says for those who hold, or held, the office."""
        if mention.kind not in ("person", None):
            return
        countries = self._index.countries(np.array(rows, np.int64))
        for titled in _titles(mention):
            title, country = titled.title, self._title_country(titled)
            held = [self._office_bits(title.rank, self._index.offices(row)) for row in rows]
            most = max((bits for bits, _ in held), default=0.0)
            for row, own, (bits, note) in zip(rows, countries, held, strict=True):
                if bits:
                    _say(said, row, bits, note)
                elif most >= OFFICE and title.type in ("office", "military"):
                    _say(said, row, -ONCE, f"no {title.rank}")
                if country and own:
                    same = own == country
                    bits = NATIONALITY if same else -NATIONALITY
                    _say(said, row, bits, f"{title.text}: {'of' if same else 'not of'} {own}")

    def _office_bits(self, rank: str, held: Sequence[Office]) -> tuple[float, str]:
        """What a title says for somebody who held these offices, and which of them it is."""
        same = [o for o in held if o.rank == rank or o.rank.endswith(f" {rank}")]
        if self._year is None:
            now = [o for o in same if o.last == EVER[1]] or same
        else:
            now = [o for o in same if o.first <= self._year <= o.last]
        if now:
            return OFFICE, f"{now[0].rank}{_years(now[0])}"
        if same:
            return ONCE, f"{same[0].rank}{_years(same[0])}"
        soldiers = military_ranks()
        other = next((o for o in held if o.rank in soldiers), None) if rank in soldiers else None
        return (SOLDIER, f"a soldier, {other.rank}") if other is not None else (0.0, "")

    def _title_country(self, titled: Titled) -> str:
        """The state that a title names by an adjective or by its name."""
        for k in range(titled.first, titled.end):
            country = nationality(self._words.word[k].title)
            if country:
                return country
        return ""

    def _of_country(self, mention: Found, rows: Sequence[int], said: Said) -> None:
        """What the countries around a mention say for its candidates, against the likeliest.

        They set apart those whom the name alone doesn't; of one alone they say nothing, but for
        a by-name, which needs their word.
        """
        if mention.kind == "person" and mention.parts > 1 and not mention.weighing.weak:
            return
        near, weak = mention.weighing.likely, mention.weighing.weak
        if len(near) < 2 and not weak:
            return
        weights = self._around(mention)
        if not weights:
            return
        total = sum(weights.values()) + _UNSURE
        found: dict[int, tuple[float, str]] = {}
        for row, country in zip(rows, self._index.countries(np.array(rows, np.int64)), strict=True):
            usual = max(self._shares.get(country, 0.0), _LEAST_SHARE)
            here = (weights.get(country, 0.0) + _UNSURE * usual) / total
            spoken = min(max(log2(here / usual), -MOST_COUNTRY), MOST_COUNTRY) if country else 0.0
            found[row] = spoken, country
        best = max((found[row][0] for row in near), default=0.0)
        floor = 0.0 if weak and best > 0 else best
        for row, (spoken, country) in found.items():
            if country and spoken != floor:
                of = "of" if spoken > 0 else "little of"
                _say(said, row, spoken - floor, f"the text speaks {of} {country}")

    def _around(self, mention: Found) -> dict[str, float]:
        """How much each country is spoken of around a mention."""
        cut = mention.cut
        here = self._words.sentence[cut.first]
        about = self._about(self._words.word[cut.first : cut.end])
        weights: dict[str, float] = {}
        cues = self._cues
        near = [c for c in cues if c.sentence == here and not cut.first <= c.place < cut.end]
        near.sort(key=lambda c: (c.place > cut.first, abs(c.place - cut.first)))
        for k, cue in enumerate(near):
            weight = _FADES**k + (_SAME_FIELD if about & cue.about else 0.0)
            weights[cue.country] = weights.get(cue.country, 0.0) + weight
        for cue in cues:
            if cue.sentence != here:
                away = min(abs(cue.sentence - here), MOST_NEAR)
                weights[cue.country] = weights.get(cue.country, 0.0) + _AROUND * _FADES**away
        return weights

    def _about(self, words: Iterable[Word]) -> frozenset[str]:
        """What words of institutions and offices are about: defence, not ministry."""
        found = (concept(Form(word.bare, word.script)) for word in words)
        return frozenset(group for own in found for group in own) - _EVERYWHERE

    def _anchored(self, found: Sequence[Found]) -> list[Anchor]:
        """The actors and the unknown whom the document names in full, or by their office."""
        anchors: dict[int | str, Anchor] = {}
        for mention in found:
            decision = mention.decision
            person = mention.kind == "person"
            linked = decision.outcome is Outcome.LINK
            full = not person or mention.parts > 1 or (linked and bool(_titles(mention)))
            if not full or decision.outcome is Outcome.REVIEW:
                continue
            actor: int | None = None
            if linked:
                actor = self._index.row(decision.id or "")
                key: int | str = actor
                name = decision.name or ""
            elif mention.cluster:
                key, name = mention.cluster, mention.text
            else:
                continue
            anchor = anchors.setdefault(key, Anchor(actor, mention.cluster, name, person, [], [], []))
            own = mention.weighing.name
            if own.text not in [known.text for known in anchor.names]:
                anchor.names.append(own)
            anchor.starts.append(mention.start)
            anchor.sentences.append(self._words.sentence[mention.cut.first])
        return list(anchors.values())

    @cached_property
    def _cues(self) -> list[_Cue]:
        """What speaks of countries, in its order."""
        words = self._words
        linked = [m for m in self._found if m.decision.outcome is Outcome.LINK]
        rows = np.array([self._index.row(m.decision.id or "") for m in linked], np.int64)
        cues = []
        for m, country in zip(linked, self._index.countries(rows), strict=True):
            if country:
                title = words.word[m.title.first : m.title.end] if m.title else []
                about = self._about(title)
                cues.append(_Cue(m.cut.first, words.sentence[m.cut.first], country, about))
        taken = {k for m in linked for k in range(m.cut.first, m.cut.end)}
        for k, word in enumerate(words.word):
            if word.begins and k not in taken:
                country = nationality(word.title)
                if country:
                    cues.append(_Cue(k, words.sentence[k], country))
        return sorted(cues, key=lambda cue: cue.place)


def _titles(mention: Found) -> tuple[Titled, ...]:
    """The titles of a mention, each rank once."""
    own = (mention.title, *mention.beside) if mention.title else mention.beside
    return tuple({titled.title.rank: titled for titled in reversed(own)}.values())


def _settled(mention: Found) -> bool:
    """Whether nothing that a document says could change a decision."""
    weighing = mention.weighing
    if weighing.decision.outcome is not Outcome.LINK or weighing.weak or not mention.cut.exact:
        return False
    return len(weighing.likely) == 1 and (
        mention.parts > 1 or weighing.decision.kind != "person"
    ) and weighing.decision.probability >= _SURE


def similar(names: Sequence[Name]) -> bool:
    """Return whether any two names could be variants of one: what is cheap to tell."""
    told = [name for name in names if name.parts]
    return any(_alike_at_all(a, b) for k, a in enumerate(told) for b in told[k + 1 :])


def _alike_at_all(left: Name, right: Name) -> bool:
    """Whether the last part of a name could be a part of another: what is cheap to tell."""
    own = _bones(left.parts[-1])
    return any(fuzz.ratio(own, _bones(part)) >= _ALIKE for part in right.parts)


@lru_cache(maxsize=1 << 16)
def _bones(part: Part) -> str:
    return skeleton(part.form, part.script)


def _alike(candidate: Candidate) -> bool:
    """Whether every word of a candidate's name is written as in the mention."""
    pairs = [t for t in candidate.terms if t.left is not None or t.right is not None]
    return all(
        t.left is not None and t.right is not None and fold(t.left) == fold(t.right) for t in pairs
    )


def _say(said: Said, row: int, bits: float, note: str) -> None:
    said.setdefault(row, []).append(Term(Relation.CONTEXT, bits, note=note))


def _weight(sentences: Sequence[int], here: int) -> float:
    """How likely one who is named in some sentences is meant in this one."""
    before = [here - s for s in sentences if s <= here]
    nearest = min(before, default=MOST_NEAR)
    return NEARER ** -min(nearest, MOST_NEAR) + 0.001 * len(sentences)


def _years(office: Office) -> str:
    if (office.first, office.last) == EVER:
        return ""
    first = "" if office.first == EVER[0] else str(office.first)
    last = "" if office.last == EVER[1] else str(office.last)
    return f" {first}-{last}" if first != last else f" {first}"
