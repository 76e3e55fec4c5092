"""Errors worth reading: a pair of names with what speaks for it and against it, in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.datasets.pairs import Pair
from benchmarks.metrics import threshold
from benchmarks.protocol import Case
from resolve import compare_many
from resolve.types import Evidence, Kind, Relation, Term

__all__ = ["WORST", "case_of", "in_words", "worst_cases"]

WORST = 12
"""Errors of each kind that are shown of a slice."""

_JOINED = {Relation.CONTRADICTS: "is not", Relation.SLIP: "a slip for", Relation.CROSSED: "crossed"}
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_ISOLATE, _RELEASE = "\u2068", "\u2069"


def worst_cases(
    where: str, pairs: Sequence[Pair], bits: NDArray[np.float64], kind: Kind
) -> Iterator[Case]:
    """Yield the pairs of two actors that have most bits, then those of one that have fewest.

    The first speak for one actor, the second are below the threshold of precision .99.
    """
    same = np.array([pair.same for pair in pairs], bool)
    order = np.argsort(bits, kind="stable").tolist()
    least = threshold(same, bits)
    merged = [k for k in reversed(order) if not same[k] and bits[k] > 0]
    missed = [k for k in order if same[k] and (least is None or bits[k] < least)]
    for error, rows in (("false merges", merged), ("misses", missed)):
        own = [pairs[k] for k in rows[:WORST]]
        said = compare_many([(pair.left, pair.right) for pair in own], kind)
        for pair, evidence in zip(own, said, strict=True):
            yield case_of(f"Worst {error}: {where}", evidence, _whose(pair))


def case_of(group: str, evidence: Evidence, note: str = "") -> Case:
    """Return an error under its group, with every term of its evidence."""
    terms = tuple(map(in_words, evidence.terms))
    return Case(group, evidence.left, evidence.right, evidence.bits, terms, note)


def in_words(term: Term) -> str:
    """Return a term in words with its bits.

    Words written from right to left are isolated, so that the bits stay behind them.

    >>> in_words(Term(Relation.CONTRADICTS, -10.5, "Hala", "Raghad"))
    'Hala is not Raghad -10.5'
    """
    left, right = (_isolated(text) for text in (term.left, term.right))
    part = f" ({term.part})" if term.part else ""
    if left and right:
        said = left if left == right else f"{left} {_JOINED.get(term.relation, '~')} {right}"
    elif left or right:
        said = f"{left or right}{part} only on the {'left' if left else 'right'}"
    else:
        said = term.note or term.relation.value
    return f"{said} {term.bits:+.1f}"


def _whose(pair: Pair) -> str:
    if pair.same:
        return pair.left_id
    return f"{pair.left_id} and {pair.right_id}" + (f", {pair.chosen}" if pair.chosen else "")


def _isolated(text: str | None) -> str:
    if text and any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return f"{_ISOLATE}{text}{_RELEASE}"
    return text or ""
