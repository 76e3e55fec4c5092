"""Which spellings are attested for one name? A bipartite graph of forms and the names they write.

A *pivot* is one name: an Arabic spelling with the Latin ones it was paired with, or a Wikidata
name item with its spellings in every script. `P(b|a)` walks from a over its pivots to b, so
`mohamed` reaches `muhammad`, `محمد` and `мухаммад` without being told of each pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Lexicon", "Links", "Neighbours"]

Floats = NDArray[np.float64]
_REMEMBERED = 50_000  # forms
_NOTHING = np.zeros(0, np.int64)


@dataclass(frozen=True)
class Links:
    """The forms of one script and the pivots they belong to, as two sparse tables."""

    forms: tuple[str, ...]  # sorted
    starts: NDArray[np.int64]  # form -> slice of `pivots`
    pivots: NDArray[np.int64]
    weights: Floats
    types: NDArray[np.int64]  # distinct spellings that the form's pivots have in other scripts

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each form."""
        return {form: row for row, form in enumerate(self.forms)}

    @cached_property
    def totals(self) -> Floats:
        """How often each form is attested."""
        return np.add.reduceat(self.weights, self.starts[:-1]) if self.forms else np.zeros(0)

    @cached_property
    def by_pivot(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """Pivot -> slice of (form rows, weights), over the pivots of all scripts."""
        owner = np.repeat(np.arange(len(self.forms)), np.diff(self.starts))
        order = np.argsort(self.pivots, kind="stable")
        last = int(self.pivots.max(initial=-1)) + 1
        starts = np.searchsorted(self.pivots[order], np.arange(last + 1))
        return starts, owner[order], self.weights[order]


@dataclass(frozen=True)
class Neighbours:
    """The spellings of one script that a form's pivots have, with P(b|a) and P(a|b)."""

    forms: tuple[str, ...]
    given_left: Floats
    given_right: Floats

    @cached_property
    def bits(self) -> Mapping[str, float]:
        """`(log2 P(b|a) + log2 P(a|b)) / 2` of each spelling b."""
        mean = (np.log2(self.given_left) + np.log2(self.given_right)) / 2
        return dict(zip(self.forms, mean.tolist(), strict=True))


class Lexicon:
    """The attested spellings, by script (ISO 15924)."""

    def __init__(self, links: Mapping[str, Links]) -> None:
        self._links = links
        self._neighbours: dict[tuple[str, str, str], Neighbours] = {}

    def novelty(self, form: str, script: str, other: str) -> float:
        """Return how likely the form's next spelling is one not attested yet: 1 if unknown.

        `(types + 1/2) / (count + types)` (Witten & Bell 1991).
        """
        links = self._links.get(script)
        row = None if links is None else links.rows.get(form)
        if links is None or row is None:
            return 1.0
        if script == other:
            types = int(links.starts[row + 1] - links.starts[row])
        else:
            types = int(links.types[row])
        return (types + 0.5) / (float(links.totals[row]) + types) if types else 1.0

    def neighbours(self, form: str, script: str, other: str) -> Neighbours:
        """Return the attested spellings in script `other` of what `form` may write.

        In code point order; none where the form is unknown.
        """
        key = (form, script, other)
        found = self._neighbours.get(key)
        if found is None:
            if len(self._neighbours) >= _REMEMBERED:
                self._neighbours = {}
            found = self._neighbours[key] = self._walk(form, script, other)
        return found

    def _walk(self, form: str, script: str, other: str) -> Neighbours:
        source, target = self._links.get(script), self._links.get(other)
        row = None if source is None else source.rows.get(form)
        if source is None or target is None or row is None:
            return Neighbours((), np.zeros(0), np.zeros(0))
        own = slice(source.starts[row], source.starts[row + 1])
        pivots, weights = source.pivots[own], source.weights[own]
        rows, forth, back = [_NOTHING], [np.zeros(0)], [np.zeros(0)]
        for pivot, weight in zip(pivots.tolist(), weights.tolist(), strict=True):
            there, w = _of_pivot(target, pivot)
            if not len(there):
                continue
            here = w if source is target else _of_pivot(source, pivot)[1]
            rows.append(there)
            forth.append(weight / source.totals[row] * w / w.sum())
            back.append(w / target.totals[there] * weight / here.sum())
        found, place = np.unique(np.concatenate(rows), return_inverse=True)
        given_left: Floats = np.bincount(place, np.concatenate(forth), len(found)).astype(float)
        given_right: Floats = np.bincount(place, np.concatenate(back), len(found)).astype(float)
        names = tuple(target.forms[r] for r in found)
        return Neighbours(names, given_left, given_right)


def _of_pivot(links: Links, pivot: int) -> tuple[NDArray[np.int64], Floats]:
    starts, rows, weights = links.by_pivot
    if pivot + 1 >= len(starts):
        return _NOTHING, np.zeros(0)
    own = slice(starts[pivot], starts[pivot + 1])
    return rows[own], weights[own]
