"""Which spellings are attested for one name? A bipartite graph of forms and the names they write.

A *pivot* is one name: an Arabic spelling with the Latin ones it was paired with, or a Wikidata
name item with its spellings in every script. `P(b|a)` walks from a over its pivots to b, so
`mohamed` reaches `muhammad`, `محمد` and `мухаммад` without being told of each pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.texts import Texts

__all__ = ["ByPivot", "Lexicon", "Links", "Neighbours"]

Ints = NDArray[np.signedinteger[Any]]
Floats = NDArray[np.floating[Any]]
_REMEMBERED = 50_000  # forms
_NOTHING = np.zeros(0, np.int64)


class ByPivot(NamedTuple):
    """Links in the order of their pivots: `starts[p] : starts[p + 1]` are those of pivot p."""

    starts: Ints
    rows: Ints  # of the forms
    weights: Floats


class Links:
    """The forms of one script and the pivots they belong to, as two sparse tables."""

    def __init__(
        self,
        forms: Texts,  # sorted
        starts: Ints,  # form -> slice of `pivots`
        pivots: Ints,  # ascending within a form
        weights: Floats,  # how often a form was written for a pivot
        types: NDArray[np.integer[Any]],  # distinct spellings of the form's pivots in other scripts
        by_pivot: ByPivot | None = None,  # the same in the other order; made where it isn't given
    ) -> None:
        self.forms = forms
        self.starts, self.pivots, self.weights, self.types = starts, pivots, weights, types
        self.by_pivot = self._by_pivot() if by_pivot is None else by_pivot

    @cached_property
    def totals(self) -> NDArray[np.float64]:
        """How often each form is attested."""
        if not len(self.forms):
            return np.zeros(0)
        return np.asarray(np.add.reduceat(self.weights, self.starts[:-1], dtype=np.float64))

    @cached_property
    def sums(self) -> NDArray[np.float64]:
        """How often the forms of each pivot are attested."""
        return np.bincount(self.pivots, self.weights).astype(float)

    def _by_pivot(self) -> ByPivot:
        owner = np.repeat(np.arange(len(self.forms)), np.diff(self.starts))
        order = np.argsort(self.pivots, kind="stable")
        last = int(self.pivots.max(initial=-1)) + 1
        starts = np.searchsorted(self.pivots[order], np.arange(last + 1))
        return ByPivot(starts, owner[order], self.weights[order])


class Neighbours(NamedTuple):
    """The spellings of one script that a form's pivots have, with P(b|a) and P(a|b)."""

    forms: tuple[str, ...]
    given_left: NDArray[np.float64]
    given_right: NDArray[np.float64]

    @property
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
        row = -1 if links is None else links.forms.row(form)
        if links is None or row < 0:
            return 1.0
        if script == other:
            types = int(links.starts[row + 1] - links.starts[row])
        else:
            types = int(links.types[row])
        return (types + 0.5) / (float(links.totals[row]) + types) if types else 1.0

    def row(self, form: str, script: str) -> int:
        """Return the row of a form among those of its script, -1 if it isn't attested."""
        links = self._links.get(script)
        return -1 if links is None else links.forms.row(form)

    def rows(self, forms: Sequence[tuple[str, str]]) -> Ints:
        """Return the row of each form and script, in their order; -1 if it isn't attested."""
        found = np.full(len(forms), -1, np.int64)
        for script, links in self._links.items():
            own = [k for k, form in enumerate(forms) if form[1] == script]
            if own:
                found[own] = links.forms.rows([forms[k][0] for k in own])
        return found

    def count(self, form: str, script: str) -> float:
        """Return how often a form is attested as a name or a part of one; 0 if it isn't."""
        row = self.row(form, script)
        return 0.0 if row < 0 else float(self._links[script].totals[row])

    def novelties(self, rows: NDArray[np.int64], script: str, other: str) -> Floats:
        """Return the novelty of the forms of some rows of a script; 1 for row -1."""
        links = self._links.get(script)
        if links is None or not len(links.forms):
            return np.ones(len(rows))
        known = np.maximum(rows, 0)
        if script == other:
            types: NDArray[Any] = links.starts[known + 1] - links.starts[known]
        else:
            types = links.types[known]
        own, often = types.astype(float), links.totals[known]
        with np.errstate(invalid="ignore", divide="ignore"):
            novelty = (own + 0.5) / (often + own)
        return np.where((rows < 0) | (own == 0), 1.0, novelty)

    def size(self, script: str) -> int:
        """Return how many forms of a script are attested."""
        return len(self._links[script].forms) if script in self._links else 0

    def walk(
        self, rows: NDArray[np.int64], script: str, other: str
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the spellings in script `other` of what some rows of a script write.

        The position of the row in `rows` and the row of the spelling, pair by pair; a spelling
        that is reached by two ways comes twice.
        """
        source, target = self._links[script], self._links[other]
        sizes = source.starts[rows + 1] - source.starts[rows]
        own = np.repeat(np.arange(len(rows)), sizes)
        before = np.cumsum(sizes) - sizes
        at = np.arange(len(own)) + np.repeat(source.starts[rows] - before, sizes)
        steps, there, _ = _of_pivots(target, source.pivots[at])
        return own[steps], there

    def neighbours(self, form: str, script: str, other: str) -> Neighbours:
        """Return the attested spellings in script `other` of what `form` may write.

        In code point order; none where the form is unknown.
        """
        key = (form, script, other)
        found = self._neighbours.get(key)
        if found is None:
            if len(self._neighbours) >= _REMEMBERED:
                self._neighbours = {}
            found = self._neighbours[key] = self._named(form, script, other)
        return found

    def _named(self, form: str, script: str, other: str) -> Neighbours:
        row = self.row(form, script)
        if row < 0 or other not in self._links:
            return Neighbours((), np.zeros(0), np.zeros(0))
        rows, given_left, given_right = self._walk(row, script, other)
        names = self._links[other].forms
        return Neighbours(tuple(names[r] for r in rows.tolist()), given_left, given_right)

    def _walk(
        self, row: int, script: str, other: str
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """The rows that share a pivot with a row, ascending, with P(b|a) and P(a|b)."""
        source, target = self._links.get(script), self._links.get(other)
        if row < 0 or source is None or target is None:
            return _NOTHING, np.zeros(0), np.zeros(0)
        own = slice(source.starts[row], source.starts[row + 1])
        pivots, weights = source.pivots[own], source.weights[own]
        step, there, w = _of_pivots(target, pivots)
        from_step, _, from_w = (step, there, w) if source is target else _of_pivots(source, pivots)
        # What each pivot's spellings weigh together, in either script.
        total = np.bincount(step, w, len(pivots))[step]
        here = np.bincount(from_step, from_w, len(pivots))[step]
        forth = weights[step] / source.totals[row] * w / total
        back = w / target.totals[there] * weights[step] / here
        found, place = np.unique(there, return_inverse=True)
        return (
            found,
            np.bincount(place, forth, len(found)).astype(float),
            np.bincount(place, back, len(found)).astype(float),
        )


def _of_pivots(links: Links, pivots: Ints) -> tuple[NDArray[np.int64], Ints, Floats]:
    """The spellings of some pivots: the place of the pivot, the row, and its weight."""
    starts, rows, weights = links.by_pivot
    known = np.flatnonzero(pivots + 1 < len(starts))
    place = pivots[known]
    sizes = starts[place + 1] - starts[place]
    before = np.cumsum(sizes) - sizes
    at = np.arange(int(sizes.sum())) + np.repeat(starts[place] - before, sizes)
    return np.repeat(known, sizes), rows[at], weights[at]
