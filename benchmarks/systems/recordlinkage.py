"""recordlinkage: its blocks, its string comparisons and its unsupervised classifier (ECM)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import jellyfish
import numpy as np
import numpy.typing as npt

from benchmarks.protocol import Answer
from benchmarks.systems.actors import actors_of, chunks
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

CELLS = 1 << 24
"""Mentions times names that are blocked and compared at once."""
FITTED = 1_000_000
"""Pairs to which the classifier is fitted, at most."""

Agreed = npt.NDArray[np.int8]
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
        return [float(bits) for bits in self._weights(pairs)]

    def probabilities(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the classifier's probability of each pair."""
        return [float(p) for p in _probabilities(self._weights(pairs))]

    def link(
        self, gazetteer: Gazetteer, mentions: Sequence[str], kind: Kind, top: int = 10
    ) -> list[Answer]:
        """Return the likeliest actors among those that the blocks found, for each mention."""
        actors = actors_of(gazetteer, kind)
        if not mentions or not actors.texts:
            return [Answer(())] * len(mentions)
        right = self._table(actors.texts)
        blocked = []
        for chunk in chunks(mentions, len(actors.texts), CELLS):
            left = self._table(chunk)
            index = _blocks().index(left, right)
            rows, texts = (index.get_level_values(level).to_numpy() for level in (0, 1))
            order = np.argsort(rows, kind="stable")
            ends = np.searchsorted(rows[order], np.arange(len(chunk) + 1)).tolist()
            blocked.append((texts[order], ends, _compared(index, left, right)[order]))
        classifier = _fitted(np.concatenate([agreed for _, _, agreed in blocked]))
        answers: list[Answer] = []
        for texts, ends, agreed in blocked:
            likely = _probabilities(_bits(classifier, agreed))
            for start, end in pairwise(ends):
                answers.append(Answer(actors.ranked(likely[start:end], top, texts[start:end])))
        return answers

    def _weights(self, pairs: Sequence[tuple[str, str]]) -> Bits:
        """The classifier's log-odds of each pair, in bits."""
        import pandas as pd

        left, right = (self._table([pair[side] for pair in pairs]) for side in (0, 1))
        index = pd.MultiIndex.from_arrays([np.arange(len(pairs))] * 2)
        agreed = _compared(index, left, right)
        return _bits(_fitted(agreed), agreed)

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


def _compared(index: Any, left: Any, right: Any) -> Agreed:
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
    agreed: Agreed = compare.compute(index, left, right).to_numpy(np.int8)
    return agreed


def _fitted(agreed: Agreed) -> Any:
    """A classifier fitted to the pairs, or to so many of them, evenly taken.

    Pairs of nobody smooth it: for every comparison one that agrees in all else, and one that
    agrees in nothing else. Without them no chance is left to what no pair has shown.
    """
    import pandas as pd
    from recordlinkage import ECMClassifier

    alone = np.eye(agreed.shape[1], dtype=np.int8)
    some = agreed[:: 1 + len(agreed) // FITTED]
    classifier = ECMClassifier()
    classifier.fit(pd.DataFrame(np.concatenate([1 - alone, alone, some])))
    return classifier


def _bits(classifier: Any, agreed: Agreed) -> Bits:
    """The log-odds of each pair: the classifier's own `prob` is 1.0 for most of the matches."""
    if not len(agreed):
        return np.zeros(0)
    logs = classifier.kernel.predict_log_proba(agreed)
    bits: Bits = (logs[:, 1] - logs[:, 0]) / np.log(2)
    return bits


def _probabilities(bits: Bits) -> Bits:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp2(-bits))
