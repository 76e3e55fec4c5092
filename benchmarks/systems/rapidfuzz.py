"""String distances of rapidfuzz: WRatio, token_sort_ratio and Jaro-Winkler."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from benchmarks.protocol import Answer
from benchmarks.systems.actors import actors_of, chunks
from benchmarks.systems.latin import ANYASCII, ROMANIZED, Latin
from benchmarks.systems.library import Library
from gazetteer import Gazetteer
from resolve.types import Kind

__all__ = ["Distance", "distances"]

CELLS = 1 << 24
"""Scores that are held at once while linking: 64 MiB of float32."""


class Distance(Library):
    """One measure on whole names in Latin letters; every name of the gazetteer is compared."""

    probabilistic = False
    distributions = ("rapidfuzz", "anyascii")

    def __init__(self, name: str, measure: Callable[..., float], latin: Latin) -> None:
        self.name = f"rapidfuzz {name}, {latin.name}"
        self.note = (
            f"{name} on names in Latin letters by {latin.name}, without case and punctuation; "
            "links by comparing every name, on one thread"
        )
        self._measure = measure
        self._spell = latin.spell

    def score(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the measure for each pair: 0 to 100, Jaro-Winkler 0 to 1."""
        left, right = ([self._spell(pair[side]) for pair in pairs] for side in (0, 1))
        scores: list[float] = process.cpdist(
            left, right, scorer=self._measure, dtype=np.float64
        ).tolist()
        return scores

    def link(
        self, gazetteer: Gazetteer, mentions: Sequence[str], kind: Kind, top: int = 10
    ) -> list[Answer]:
        """Return the actors whose best name comes nearest, for each mention."""
        actors = actors_of(gazetteer, kind)
        names = [self._spell(text) for text in actors.texts]
        answers: list[Answer] = []
        for chunk in chunks([self._spell(text) for text in mentions], len(names), CELLS):
            matrix = process.cdist(chunk, names, scorer=self._measure, dtype=np.float32)
            answers += [Answer(actors.ranked(row, top)) for row in matrix]
        return answers


def distances() -> tuple[Distance, ...]:
    """Return each measure after anyascii, then each after our own romanization."""
    measures: tuple[tuple[str, Callable[..., float]], ...] = (
        ("WRatio", fuzz.WRatio),
        ("token_sort_ratio", fuzz.token_sort_ratio),
        ("Jaro-Winkler", JaroWinkler.similarity),
    )
    return tuple(
        Distance(name, measure, latin)
        for latin in (ANYASCII, ROMANIZED)
        for name, measure in measures
    )
