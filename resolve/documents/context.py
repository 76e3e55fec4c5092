"""What a document says beside a name, in bits, each with its reason.

    named     an actor whom the document names in full is meant again by a part of the name: the
              prior of such a mention is the document's own, not the gazetteer's
    title     the title beside the name is an office of the actor's, at the date if one is given
    country   the adjectives of nationality and the actors around it are of the actor's country

A first name in conflict blocks all of it: what is written against a candidate stays against it
(`resolve.decisions.decision`). Where two people of one surname are named, both have a share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final

import numpy as np

from resolve.documents.mentions import Found
from resolve.documents.runs import Titled
from resolve.documents.words import Words
from resolve.names.offices import EVER, Office
from resolve.names.titles import military_ranks, nationality, title_key
from resolve.pipeline import Resolver
from resolve.types import Decision, Name, Outcome, Relation, Term

__all__ = ["Anchor", "Context"]

AGAIN: Final = 0.97
"""Share of the mentions by a part of a name that mean somebody whom the document names in full by
it. Chosen."""
NEARER: Final = 3.0
"""How much likelier one is meant who was named a sentence nearer. Chosen."""
MOST_NEAR: Final = 4  # sentences beyond which none is nearer
OFFICE: Final = 5.0
"""Bits for an actor who holds the office that the title names. Chosen."""
ONCE: Final = 2.0
"""The same of an office held at another time, or of a soldier by another rank. Chosen."""
NATIONALITY: Final = 4.0
"""Bits for, or against, an actor of the nationality that the title names. Chosen."""
MOST_COUNTRY: Final = 6.0
"""The most that the countries around a mention say for or against an actor. Chosen."""
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
    names: list[Name]
    sentences: list[int]


@dataclass(frozen=True)
class _Cue:
    """A word or an actor that speaks of a country."""

    place: int  # its first word
    sentence: int
    country: str


class Context:
    """What one document says. Made from its mentions as they are decided so far."""

    def __init__(
        self, resolver: Resolver, words: Words, found: Sequence[Found], year: int | None
    ) -> None:
        self._resolver, self._words, self._year = resolver, words, year
        self._index = resolver.index
        self.anchors = self._anchored(found)
        self._cues = self._country_cues(found)
        self._shares = resolver.country_shares

    def decided(self, mention: Found) -> tuple[Decision, str | None]:
        """Return the decision on a mention, and the provisional id that it borrows, if one."""
        said: Said = {}
        others, cluster, further = 0.0, None, {}
        if self._may_borrow(mention):
            others, cluster, further = self._named(mention, said)
        self._titled(mention, said, further)
        self._of_country(mention, said, further)
        if not said and not others:
            return mention.decision, cluster
        terms = {row: tuple(own) for row, own in said.items()}
        decision = self._resolver.reweigh(mention.weighing, terms, others, further)
        return decision, cluster if decision.outcome is Outcome.NIL else None

    def _may_borrow(self, mention: Found) -> bool:
        """Whether a mention writes less than a full name."""
        candidates = mention.decision.candidates
        weak = bool(candidates) and candidates[0].weak
        kind = mention.kind
        if kind == "person" or kind is None:
            return mention.parts <= 1 or weak or mention.decision.outcome is Outcome.REVIEW
        return weak or mention.decision.outcome is Outcome.REVIEW

    def _named(self, mention: Found, said: Said) -> tuple[float, str | None, dict[int, float]]:
        """What the full names of the document say for their bearers."""
        own = mention.weighing.name.text
        rows = set(mention.weighing.entities.tolist())
        here = self._words.sentence[mention.cut.first]
        weights: list[tuple[Anchor, float, float]] = []
        for anchor in self.anchors:
            if all(name.text == own for name in anchor.names):
                continue
            bits = self._answers(mention, anchor, rows)
            if bits is not None:
                weights.append((anchor, _weight(anchor.sentences, here), bits))
        total = sum(weight for _, weight, _ in weights)
        if not total:
            return 0.0, None, {}
        further: dict[int, float] = {}
        cluster, most = None, 0.0
        for anchor, weight, bits in weights:
            part = AGAIN * weight / total
            if anchor.actor is None:
                if weight > most:
                    cluster, most = anchor.cluster, weight
                continue
            share = max(float(self._resolver.share(anchor.actor)), _LEAST_SHARE)
            gain = log2((part + (1 - AGAIN) * share) / share)
            note = f"this document names {anchor.name}"
            said.setdefault(anchor.actor, []).append(Term(Relation.CONTEXT, gain, note=note))
            if anchor.actor not in rows:
                further[anchor.actor] = bits
        return log2(1 - AGAIN), cluster, further

    def _answers(self, mention: Found, anchor: Anchor, rows: set[int]) -> float | None:
        """The evidence that a mention is short for a full name, None where it isn't."""
        weighing = mention.weighing
        if anchor.actor is not None and anchor.actor in rows:
            k = int(np.flatnonzero(weighing.entities == anchor.actor)[0])
            return None if weighing.contradicted[k] else float(weighing.bits[k])
        if mention.kind not in ("person", None):
            return None
        best = None
        for name in anchor.names:
            bits, terms = self._resolver.evidence(weighing.name, name)
            against = (Relation.CONTRADICTS, Relation.CROSSED, Relation.SLIP)
            doubt = any(term.relation in against for term in terms)
            if doubt and not (len(weighing.name.parts) == 1 and bits > 0):
                continue
            if bits > _CLEARLY and (best is None or bits > best):
                best = bits
        return best

    def _titled(self, mention: Found, said: Said, further: Iterable[int]) -> None:
        """What the title beside a name says for those who hold, or held, the office."""
        if mention.title is None or mention.kind not in ("person", None):
            return
        title = mention.title.title
        country = self._title_country(mention.title)
        rows = [*mention.weighing.entities.tolist(), *further]
        countries = self._index.countries(np.array(rows, np.int64))
        for row, own in zip(rows, countries, strict=True):
            bits, note = self._office_bits(title.rank, self._index.offices(row))
            if bits:
                said.setdefault(row, []).append(Term(Relation.CONTEXT, bits, note=note))
            if country and own:
                agrees = NATIONALITY if own == country else -NATIONALITY
                note = f"{title.text}: {'of' if own == country else 'not of'} {own}"
                said.setdefault(row, []).append(Term(Relation.CONTEXT, agrees, note=note))

    def _office_bits(self, rank: str, held: Sequence[Office]) -> tuple[float, str]:
        same = [office for office in held if office.rank == rank]
        year = self._year
        if year is None:
            now = [office for office in same if office.last == EVER[1]] or same
        else:
            now = [office for office in same if office.first <= year <= office.last]
        if now:
            return OFFICE, f"{rank}{_years(now[0])}"
        if same:
            return ONCE, f"{rank}{_years(same[0])}"
        soldiers = military_ranks()
        if rank in soldiers:
            other = next((o for o in held if o.rank in soldiers), None)
            if other is not None:
                return ONCE, f"a soldier, {other.rank}"
        return 0.0, ""

    def _title_country(self, titled: Titled) -> str:
        """The state that a title names by an adjective or by its name."""
        for k in range(titled.first, titled.end):
            country = nationality(self._words.word[k].title)
            if country:
                return country
        return ""

    def _of_country(self, mention: Found, said: Said, further: Iterable[int]) -> None:
        """What the countries that stand around a mention say for its candidates."""
        candidates = mention.decision.candidates
        if not candidates or mention.parts > 2 and mention.kind == "person":
            return
        if len(candidates) < 2 and not candidates[0].weak:
            return
        weights = self._around(mention)
        if not weights:
            return
        total = sum(weights.values()) + _UNSURE
        rows = [*mention.weighing.entities.tolist(), *further]
        for row, country in zip(rows, self._index.countries(np.array(rows)), strict=True):
            if not country:
                continue
            usual = self._shares.get(country, _LEAST_SHARE)
            here = (weights.get(country, 0.0) + _UNSURE * usual) / total
            bits = min(max(log2(here / usual), -MOST_COUNTRY), MOST_COUNTRY)
            note = f"the text speaks {'of' if bits > 0 else 'little of'} {country}"
            said.setdefault(row, []).append(Term(Relation.CONTEXT, bits, note=note))

    def _around(self, mention: Found) -> dict[str, float]:
        """How much each country is spoken of around a mention."""
        cut = mention.cut
        here = self._words.sentence[cut.first]
        weights: dict[str, float] = {}
        near = [c for c in self._cues if c.sentence == here and not cut.first <= c.place < cut.end]
        near.sort(key=lambda c: (c.place > cut.first, abs(c.place - cut.first)))
        for k, cue in enumerate(near):
            weights[cue.country] = weights.get(cue.country, 0.0) + _FADES**k
        for cue in self._cues:
            if cue.sentence != here:
                weights[cue.country] = weights.get(cue.country, 0.0) + _AROUND * _FADES ** min(
                    abs(cue.sentence - here), MOST_NEAR
                )
        return weights

    def _anchored(self, found: Sequence[Found]) -> list[Anchor]:
        """The actors and the unknown whom the document names in full."""
        anchors: dict[int | str, Anchor] = {}
        for mention in found:
            decision = mention.decision
            if decision.outcome is Outcome.REVIEW or (
                mention.kind == "person" and mention.parts < 2
            ):
                continue
            if decision.outcome is Outcome.LINK:
                actor = self._index.row(decision.id or "")
                key: int | str = actor
                name = decision.name or ""
            elif mention.kind == "person" and mention.cluster:
                actor, key, name = None, mention.cluster, mention.text
            else:
                continue
            anchor = anchors.setdefault(key, Anchor(actor, mention.cluster, name, [], []))
            own = mention.weighing.name
            if own.text not in [known.text for known in anchor.names]:
                anchor.names.append(own)
            anchor.sentences.append(self._words.sentence[mention.cut.first])
        return list(anchors.values())

    def _country_cues(self, found: Sequence[Found]) -> list[_Cue]:
        words = self._words
        linked = [m for m in found if m.decision.outcome is Outcome.LINK]
        rows = np.array([self._index.row(m.decision.id or "") for m in linked], np.int64)
        cues = [
            _Cue(m.cut.first, words.sentence[m.cut.first], country)
            for m, country in zip(linked, self._index.countries(rows), strict=True)
            if country
        ]
        taken = {k for m in linked for k in range(m.cut.first, m.cut.end)}
        for k, word in enumerate(words.word):
            if word.begins and k not in taken:
                country = nationality(word.title)
                if country:
                    cues.append(_Cue(k, words.sentence[k], country))
        return sorted(cues, key=lambda cue: cue.place)


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


_CLEARLY: Final = 4.0  # bits from which a single word answers to a full name
_KEY = title_key
_MAP = Mapping
