"""Of which country does a text speak around a mention? Its actors are likelier meant.

Adjectives of nationality and the actors that the text is sure of are cues: those of the sentence
count most, the nearest before the mention above all, and more still a cue that is about the same
field (the Turkish Defence Minister beside a Ministry of Defence).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2
from typing import Final

from resolve.documents.mentions import Found
from resolve.documents.said import LEAST_SHARE, Said, say
from resolve.documents.words import Word, Words
from resolve.pipeline import Resolver
from resolve.types import Outcome

__all__ = ["Countries"]

MOST: Final = 9.0
"""Bits that the countries around a mention say for or against an actor, at most. Chosen."""
_AROUND: Final = 0.15  # weight of a cue in another sentence, to one next to the mention
_FADES: Final = 0.5  # weight of a cue in the sentence, to that of the one before it
_NEAREST: Final = 24  # cues of the sentence on either side: the weight of others is nothing
_NOTHING: Final = 1e-9  # weight of a country that nothing speaks of, but for rounding
_FARTHEST: Final = 4  # sentences beyond which none is farther
_FAR: Final = _AROUND * _FADES**_FARTHEST  # weight of the farthest cue
_NEARER: Final = [_AROUND * (_FADES**away - _FADES**_FARTHEST) for away in range(_FARTHEST + 1)]
"""What a cue of another sentence weighs more, by how many sentences it is away."""
_UNSURE: Final = 0.5  # weight of the gazetteer's own countries
_SAME_FIELD: Final = 4.0  # weight of a cue whose office is about what the mention is about
_EVERYWHERE: Final = frozenset({"ministry", "minister", "state", "national", "council", "general"})
"""Concepts of `tables/words/translations.tsv` that say nothing of a field."""


@dataclass(frozen=True)
class _Cue:
    """A word or an actor that speaks of a country."""

    place: int  # its first word
    sentence: int
    country: str
    about: frozenset[str] = frozenset()  # what an office there is about: defence


class Countries:
    """The countries that a text speaks of."""

    def __init__(self, resolver: Resolver, words: Words, found: Sequence[Found]) -> None:
        self._resolver, self._words, self._found = resolver, words, found
        self._shares = resolver.country_shares

    def say(self, mention: Found, rows: Sequence[int], said: Said) -> None:
        """Say what the countries around a mention say for its candidates.

        They set apart those whom the name alone doesn't; of one alone they say nothing, but for
        a by-name, which needs their word.
        """
        near, weak = mention.weighing.likely, mention.weighing.weak
        if mention.kind == "person" and mention.parts > 1 and not weak:
            return
        weights = self._around(mention) if len(near) > 1 or weak else {}
        if not weights:
            return
        total = sum(weights.values()) + _UNSURE
        found: dict[int, tuple[float, str]] = {}
        for row in rows:
            country = self._resolver.facts.country(row)
            usual = max(self._shares.get(country, 0.0), LEAST_SHARE)
            here = (weights.get(country, 0.0) + _UNSURE * usual) / total
            spoken = min(max(log2(here / usual), -MOST), MOST) if country else 0.0
            found[row] = spoken, country
        best = max((found[row][0] for row in near), default=0.0)
        floor = 0.0 if weak and best > 0 else best
        for row, (spoken, country) in found.items():
            if country and spoken != floor:
                of = "of" if spoken > 0 else "little of"
                say(said, row, spoken - floor, f"the text speaks {of} {country}")

    def _around(self, mention: Found) -> dict[str, float]:
        """How much each country is spoken of around a mention."""
        cut = mention.cut
        here = self._words.sentence[cut.first]
        about = _about(self._words.word[cut.first : cut.end])
        weights = self._far.copy()
        own = self._between(here, here + 1)
        for country, count in Counter([cue.country for cue in own]).items():
            weights[country] -= _FAR * count
        at = bisect_left(own, cut.first, key=lambda cue: cue.place)
        near = own[max(at - _NEAREST, 0) : at + _NEAREST]
        near = [cue for cue in near if not cut.first <= cue.place < cut.end]
        near.sort(key=lambda c: (c.place > cut.first, abs(c.place - cut.first)))
        for k, cue in enumerate(near):
            weights[cue.country] += _FADES**k + (_SAME_FIELD if about & cue.about else 0.0)
        for cue in self._between(here - _FARTHEST + 1, here + _FARTHEST):
            if cue.sentence != here:
                away = abs(cue.sentence - here)
                weights[cue.country] += _NEARER[away]
        return {country: weight for country, weight in weights.items() if weight > _NOTHING}

    def _between(self, first: int, end: int) -> list[_Cue]:
        """The cues of some sentences."""
        return self._cues[bisect_left(self._sentences, first) : bisect_left(self._sentences, end)]

    @cached_property
    def _sentences(self) -> list[int]:
        return [cue.sentence for cue in self._cues]

    @cached_property
    def _far(self) -> dict[str, float]:
        """How much each country is spoken of far from any cue."""
        total = Counter(cue.country for cue in self._cues)
        return {country: _FAR * count for country, count in total.items()}

    @cached_property
    def _cues(self) -> list[_Cue]:
        """What speaks of countries, in its order."""
        words = self._words
        linked = [m for m in self._found if m.decision.outcome is Outcome.LINK]
        cues = []
        for m in linked:
            row = self._resolver.index.row(m.decision.id or "")
            country = self._resolver.facts.country(row)
            if country:
                title = words.word[m.title.first : m.title.end] if m.title else []
                about = _about(title)
                cues.append(_Cue(m.cut.first, words.sentence[m.cut.first], country, about))
        taken = {k for m in linked for k in range(m.cut.first, m.cut.end)}
        for k in words.nations:
            if k not in taken:
                cues.append(_Cue(k, words.sentence[k], words.word[k].nation))
        return sorted(cues, key=lambda cue: cue.place)


def _about(words: Iterable[Word]) -> frozenset[str]:
    """What words of institutions and offices are about: defence, not ministry."""
    return frozenset().union(*(word.concepts for word in words)) - _EVERYWHERE
