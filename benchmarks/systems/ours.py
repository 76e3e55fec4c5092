"""This project, as it comes: the model and the settings that ship."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.protocol import Answer
from gazetteer import Gazetteer
from resolve import Resolver, Settings, __version__, compare_many, romanize
from resolve.transliteration import transliterate
from resolve.types import Decision, Kind

__all__ = ["Ours"]

TO_ARABIC = "news-ara-Latn-Arab"
"""The scheme that takes a newspaper's Latin letters back to Arabic."""


class Ours:
    """`compare_many`, `Resolver` and `romanize`, by their defaults."""

    name = "resolve"
    note = "the model and the settings that ship: LINK from .95, REVIEW from .5"
    probabilistic = True

    def missing(self) -> str | None:
        """Return None: it is here."""
        return None

    def version(self) -> str:
        """Return its own version."""
        return f"resolve {__version__}"

    def score(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the evidence of each pair, in bits."""
        return [evidence.bits for evidence in compare_many(pairs, kind)]

    def probabilities(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the probability of each pair, taken alone."""
        return [evidence.probability for evidence in compare_many(pairs, kind)]

    def link(
        self, gazetteer: Gazetteer, mentions: Sequence[str], kind: Kind, top: int = 10
    ) -> list[Answer]:
        """Return the decision on each mention, with its candidates by probability."""
        resolver = Resolver(gazetteer, Settings(kind=kind, top=top))
        return [_answer(decision) for decision in resolver.resolve_many(mentions)]

    def cluster(self, names: Sequence[str], kind: Kind) -> list[int]:
        """Return the clusters of names that are all unknown; one without any stands alone."""
        resolver = Resolver(Gazetteer.empty(), Settings(kind=kind, top=0))
        numbers: dict[str | int, int] = {}
        return [
            numbers.setdefault(decision.cluster or position, len(numbers))
            for position, decision in enumerate(resolver.resolve_many(names))
        ]

    def spell(self, words: Sequence[str], script: str, top: int = 5) -> list[tuple[str, ...]]:
        """Return the spellings in Latin or Arabic letters; none in another script."""
        if script == "Latn":
            found = (romanize(word, top) for word in words)
        elif script == "Arab":
            found = (transliterate(word, TO_ARABIC, top) for word in words)
        else:
            return [()] * len(words)
        return [tuple(reading.text for reading in readings) for readings in found]


def _answer(decision: Decision) -> Answer:
    ranked = tuple((candidate.id, candidate.probability) for candidate in decision.candidates)
    return Answer(ranked, decision.outcome.value, decision.cluster)
