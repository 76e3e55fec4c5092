"""recordlinkage: its blocks, its string comparisons and its unsupervised classifier (ECM)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import jellyfish
import numpy as np
import numpy.typing as npt

from benchmarks.protocol import Answer
from benchmarks.systems.actors import actors_of
from benchmarks.systems.latin import ANYASCII, ROMANIZED, Latin
from benchmarks.systems.library import Library
from gazetteer import Gazetteer
from resolve.types import Kind

__all__ = ["RecordLinkage", "record_linkages"]

WINDOW = 9
"""Names in order that are compared with the one in their middle: an odd number."""
COMPARISONS = (
    ("whole", "whole", "jarowinkler", 0.85),
    ("whole", "whole", "jarowinkler", 0.92),
    ("sorted", "sorted", "levenshtein", 0.7),
    ("sorted", "sorted", "levenshtein", 0.85),
    ("given", "given", "jarowinkler", 0.85),
    ("given", "given", "jarowinkler", 0.95),
    ("family", "family", "jarowinkler", 0.85),
    ("family", "family", "jarowinkler", 0.95),
    ("given", "family", "jarowinkler", 0.9),
    ("family", "given", "jarowinkler", 0.9),
)
"""Left column, right column, method, and the similarity from which they agree."""
CODES = ("given_code", "family_code")
"""Columns that agree where they are equal."""

Bits = npt.NDArray[np.float64]


class RecordLinkage(Library):
    """Columns of a name that agree or don't, weighed by a classifier that needs no labels."""

    probabilistic = True
    distributions = ("recordlinkage", "pandas", "scikit-learn", "jellyfish")

    def __init__(self, latin: Latin) -> None:
        self.name = f"recordlinkage ECM, {latin.name}"
        self.note = (
            f"{len(COMPARISONS) + len(CODES)} comparisons of the whole name, its sorted words, its "
            "first and last word and their NYSIIS codes; ECM fitted without labels to the pairs "
            "asked or found; links among names whose last words, or a last and a first, share a "
            f"code, and {WINDOW - 1} neighbours in order; in Latin letters by {latin.name}"
        )
        self._spell = latin.spell

    def score(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the log-odds of each pair, in bits."""
        return [float(bits) for bits in self._bits(pairs)]

    def probabilities(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the classifier's probability of each pair."""
        return [float(p) for p in _probabilities(self._bits(pairs))]

    def link(
        self, gazetteer: Gazetteer, mentions: Sequence[str], kind: Kind, top: int = 10
    ) -> list[Answer]:
        """Return the likeliest actors among those that the blocks found, for each mention."""
        actors = actors_of(gazetteer, kind)
        if not mentions or not actors.texts:
            return [Answer(())] * len(mentions)
        left, right = self._table(mentions), self._table(actors.texts)
        index = _blocks().index(left, right)
        probabilities = _probabilities(_classified(_compared(index, left, right)))
        rows, texts = (index.get_level_values(level).to_numpy() for level in (0, 1))
        order = np.argsort(rows, kind="stable")
        ends = np.searchsorted(rows[order], np.arange(len(mentions) + 1)).tolist()
        found = (order[start:end] for start, end in pairwise(ends))
        return [Answer(actors.ranked(probabilities[own], top, texts[own])) for own in found]

    def _bits(self, pairs: Sequence[tuple[str, str]]) -> Bits:
        """The classifier's log-odds of each pair, in bits."""
        import pandas as pd

        left, right = (self._table([pair[side] for pair in pairs]) for side in (0, 1))
        index = pd.MultiIndex.from_arrays([np.arange(len(pairs))] * 2)
        return _classified(_compared(index, left, right))

    def _table(self, names: Sequence[str]) -> Any:
        """The columns of each name; a single word is a family name, what is empty is missing."""
        import pandas as pd

        rows = []
        for words in (self._spell(name).split() for name in names):
            given = words[0] if len(words) > 1 else ""
            family = words[-1] if words else ""
            row = (" ".join(words), " ".join(sorted(words)), given, family)
            rows.append([text or None for text in (*row, *map(jellyfish.nysiis, row[2:]))])
        columns = ("whole", "sorted", "given", "family", *CODES)
        return pd.DataFrame(rows, columns=columns, dtype=object)


def record_linkages() -> tuple[RecordLinkage, ...]:
    """Return the toolkit after anyascii, then after our own romanization."""
    return (RecordLinkage(ANYASCII), RecordLinkage(ROMANIZED))


def _blocks() -> Any:
    import recordlinkage

    index = recordlinkage.Index()
    index.block("family_code")
    index.block("given_code", "family_code")
    index.block("family_code", "given_code")
    index.sortedneighbourhood("whole", window=WINDOW)
    index.sortedneighbourhood("sorted", window=WINDOW)
    return index


def _compared(index: Any, left: Any, right: Any) -> npt.NDArray[np.int8]:
    """Which comparisons agree, 1 or 0, for each pair of the index."""
    import recordlinkage

    compare = recordlinkage.Compare()
    for mine, other, method, threshold in COMPARISONS:
        compare.string(mine, other, method=method, threshold=threshold)
    for code in CODES:
        compare.exact(code, code)
    width = len(COMPARISONS) + len(CODES)
    if not len(index):
        return np.zeros((0, width), np.int8)
    agreed: npt.NDArray[np.int8] = compare.compute(index, left, right).to_numpy(np.int8)
    return agreed


def _classified(agreed: npt.NDArray[np.int8]) -> Bits:
    """The log-odds of each pair in bits, by a classifier fitted to all of them.

    Pairs of nobody smooth it: for every comparison one that agrees in all else, and one that
    agrees in nothing else. Without them no chance is left to what no pair has shown.
    """
    import pandas as pd
    from recordlinkage import ECMClassifier

    classifier = ECMClassifier()
    alone = np.eye(agreed.shape[1], dtype=np.int8)
    classifier.fit(pd.DataFrame(np.concatenate([1 - alone, alone, agreed])))
    if not len(agreed):
        return np.zeros(0)
    # The classifier's own `prob` is 1.0 for most matches: the logarithms still rank them.
    logs = classifier.kernel.predict_log_proba(agreed)
    bits: Bits = (logs[:, 1] - logs[:, 0]) / np.log(2)
    return bits


def _probabilities(bits: Bits) -> Bits:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp2(-bits))
