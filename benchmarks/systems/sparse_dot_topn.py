"""tf-idf of letter n-grams (scikit-learn), compared by sparse_dot_topn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks.protocol import Answer
from benchmarks.systems.actors import Actors, Ranked, actors_of
from benchmarks.systems.latin import ANYASCII, ROMANIZED, Latin
from benchmarks.systems.library import Library
from gazetteer import Gazetteer
from resolve.types import Kind

__all__ = ["Prepared", "TfIdf", "tfidf"]

GRAMS = (2, 3)
"""Letters of an n-gram, at least and at most; none crosses words."""
LEAST = 0.01
"""Cosine below which a name isn't returned."""


class TfIdf(Library):
    """Cosine of names in Latin letters, rare n-grams weighing more."""

    probabilistic = False
    distributions = ("sparse-dot-topn", "scikit-learn", "anyascii")

    def __init__(self, latin: Latin) -> None:
        self.name = f"tf-idf, {latin.name}"
        self.note = (
            f"scikit-learn's TfidfVectorizer, {GRAMS[0]} to {GRAMS[1]} letters within words, "
            f"sublinear, weights from the names asked or the gazetteer's, on names in Latin "
            f"letters by {latin.name}; sparse_dot_topn on one thread"
        )
        self._spell = latin.spell

    def score(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the cosine of each pair, 0 to 1; the weights are those of all these names."""
        left, right = ([self._spell(pair[side]) for pair in pairs] for side in (0, 1))
        names = sorted({*left, *right})
        if not any(names):
            return [0.0] * len(pairs)
        vectors = _vectorizer().fit_transform(names)
        place = {name: row for row, name in enumerate(names)}
        rows, others = ([place[name] for name in side] for side in (left, right))
        cosines = vectors[rows].multiply(vectors[others]).sum(axis=1)
        return [float(cosine) for cosine in np.asarray(cosines).ravel()]

    def link(
        self, gazetteer: Gazetteer, mentions: Sequence[str], kind: Kind, top: int = 10
    ) -> list[Answer]:
        """Return the actors of the nearest names, for each mention."""
        return [Answer(best) for best in self.ranked(actors_of(gazetteer, kind), mentions, top)]

    def ranked(self, actors: Actors, mentions: Sequence[str], top: int) -> list[Ranked]:
        """Return (actor id, cosine), best first, for each mention."""
        if not mentions or not any(map(self._spell, actors.texts)):
            return [()] * len(mentions)
        return self.prepared(actors).ranked(mentions, top)

    def prepared(self, actors: Actors) -> Prepared:
        """Return the vectors of the actors' names, ready to be asked."""
        return Prepared(actors, self._spell)


class Prepared:
    """The vectors of some actors' names, one of which at least is in letters."""

    def __init__(self, actors: Actors, spell: Callable[[str], str]) -> None:
        self._actors, self._spell = actors, spell
        self._vectorizer = _vectorizer()
        names = [spell(text) for text in actors.texts]
        self._vectors = self._vectorizer.fit_transform(names).T.tocsr()

    def ranked(self, mentions: Sequence[str], top: int) -> list[Ranked]:
        """Return (actor id, cosine), best first, for each of some mentions."""
        from sparse_dot_topn import sp_matmul_topn

        asked = self._vectorizer.transform([self._spell(text) for text in mentions])
        # That many names are of `top` actors at least, whoever they are.
        most = min((top - 1) * self._actors.most_names + 1, len(self._actors.texts))
        found = sp_matmul_topn(asked, self._vectors, most, threshold=LEAST, n_threads=1)
        ends = found.indptr.tolist()
        return [
            self._actors.ranked(found.data[start:end], top, found.indices[start:end])
            for start, end in pairwise(ends)
        ]


def _vectorizer() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=GRAMS, lowercase=False, sublinear_tf=True, dtype=np.float64
    )


def tfidf() -> tuple[TfIdf, ...]:
    """Return tf-idf after anyascii, then after our own romanization."""
    return (TfIdf(ANYASCII), TfIdf(ROMANIZED))
