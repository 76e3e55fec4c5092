"""Phonetic codes of jellyfish: names that sound alike, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import jellyfish
import numpy as np

from benchmarks.protocol import Answer
from benchmarks.systems.actors import actors_of, chunks
from benchmarks.systems.latin import ANYASCII, ROMANIZED, Latin
from benchmarks.systems.library import Library
from gazetteer import Gazetteer
from resolve.types import Kind

__all__ = ["PhoneticCode", "codes"]

TIE = 1e-3
"""Weight of Jaro-Winkler: less than the least step of the overlap of names up to 22 words."""
CELLS = 1 << 24
"""Overlaps that are held at once while linking."""

Codes = tuple[str, ...]


class PhoneticCode(Library):
    """The overlap (Dice) of the codes of two names' words; Jaro-Winkler orders the equal."""

    probabilistic = False
    distributions = ("jellyfish", "scipy")

    def __init__(self, name: str, code: Callable[[str], str], latin: Latin) -> None:
        self.name = f"jellyfish {name}, {latin.name}"
        self.note = (
            f"Dice overlap of the words' {name} codes, in Latin letters by {latin.name}; equal "
            "ones by Jaro-Winkler; links among the names that share a code"
        )
        self._code = lru_cache(maxsize=1 << 16)(code)
        self._spell = latin.spell

    def score(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the overlap of each pair, 0 to 1, and up to .001 more by Jaro-Winkler."""
        scores = []
        for left, right in pairs:
            left, right = self._spell(left), self._spell(right)
            mine, other = self._codes(left), self._codes(right)
            overlap = 2 * len({*mine} & {*other}) / max(len(mine) + len(other), 1)
            scores.append(overlap + _tie(left, right))
        return scores

    def link(
        self, gazetteer: Gazetteer, mentions: Sequence[str], kind: Kind, top: int = 10
    ) -> list[Answer]:
        """Return the actors whose names share most codes, for each mention."""
        actors = actors_of(gazetteer, kind)
        names = [self._spell(text) for text in actors.texts]
        listed = [self._codes(name) for name in names]
        known = {code: column for column, code in enumerate(sorted({*chain.from_iterable(listed)}))}
        columns = _matrix(listed, known).T.tocsr()
        lengths = np.array([len(codes) for codes in listed])
        most = (top - 1) * actors.most_names + 1  # names of `top` actors at least
        answers: list[Answer] = []
        for chunk in chunks([self._spell(text) for text in mentions], len(names), CELLS):
            asked = [self._codes(name) for name in chunk]
            shared = (_matrix(asked, known) @ columns).tocsr()
            for row, mention in enumerate(chunk):
                start, end = shared.indptr[row : row + 2]
                texts = shared.indices[start:end]
                overlaps = 2 * shared.data[start:end] / (len(asked[row]) + lengths[texts])
                if len(texts) > most:
                    best = overlaps >= np.partition(overlaps, -most)[-most]
                    texts, overlaps = texts[best], overlaps[best]
                ties = [_tie(mention, names[text]) for text in texts]
                answers.append(Answer(actors.ranked(overlaps + ties, top, texts)))
        return answers

    def _codes(self, name: str) -> Codes:
        """The codes of a name's words, the second MHMT told from the first.

        A word that has no code stands for itself: 444.
        """
        counts: Counter[str] = Counter()
        found = []
        for word in name.split():
            code = (self._code(word) if word.isalpha() else "") or word
            counts[code] += 1
            found.append(f"{code} {counts[code]}")
        return tuple(found)


def codes() -> tuple[PhoneticCode, ...]:
    """Return the codes after our own romanization, and the best of them after anyascii too."""
    return (
        PhoneticCode("Soundex", jellyfish.soundex, ANYASCII),
        PhoneticCode("Soundex", jellyfish.soundex, ROMANIZED),
        PhoneticCode("Metaphone", jellyfish.metaphone, ROMANIZED),
        PhoneticCode("NYSIIS", jellyfish.nysiis, ROMANIZED),
        PhoneticCode("match rating", jellyfish.match_rating_codex, ROMANIZED),
    )


def _tie(left: str, right: str) -> float:
    return TIE * jellyfish.jaro_winkler_similarity(left, right)


def _matrix(rows: Sequence[Codes], known: Mapping[str, int]) -> Any:
    """Which of the known codes each name has: a sparse matrix of ones."""
    from scipy.sparse import csr_matrix

    found = [[known[code] for code in codes if code in known] for codes in rows]
    ends = np.cumsum([0, *map(len, found)])
    columns = np.array([column for own in found for column in own], dtype=np.intp)
    shape = (len(rows), len(known))
    return csr_matrix((np.ones(len(columns), np.int32), columns, ends), shape=shape)
