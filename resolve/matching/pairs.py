"""Very many pairs of few forms: what concerns one form is worked out once, then laid out by pair.

Pairs   two sides of equally many forms, a row a pair
Side    the forms of one side, each a position in one list of distinct forms
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.matching.form import Form

__all__ = ["Pairs", "Side"]

Ints = NDArray[np.int64]


class Side:
    """The forms of one side of some pairs: `forms[rows[k]]` is that of pair k. Immutable."""

    def __init__(self, forms: Sequence[Form], rows: Ints) -> None:
        self.forms, self.rows = forms, rows

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, rows: Ints) -> Side:
        """Return the side of some of the pairs."""
        return Side(self.forms, self.rows[rows])

    def each(self, value: Callable[[list[Form]], Any]) -> NDArray[Any]:
        """Return what `value` says of the form of each pair; it is asked for distinct forms."""
        distinct, place = self.distinct
        return np.asarray(value(distinct))[place]

    def listed(self) -> list[Form]:
        """Return the form of each pair."""
        return [self.forms[row] for row in self.rows.tolist()]

    @cached_property
    def distinct(self) -> tuple[list[Form], Ints]:
        """The distinct forms of this side, and which of them each pair has."""
        used = np.zeros(len(self.forms), bool)
        used[self.rows] = True
        number = np.cumsum(used) - 1
        return [self.forms[row] for row in np.flatnonzero(used).tolist()], number[self.rows]


class Pairs(NamedTuple):
    """Pairs of forms. Both sides have one list of forms, in which a form stands once."""

    left: Side
    right: Side

    @classmethod
    def of(cls, pairs: Sequence[tuple[Form, Form]]) -> Pairs:
        """Return the pairs of a list, in their order."""
        flat = list(chain.from_iterable(pairs))
        place = {form: k for k, form in enumerate(dict.fromkeys(flat))}
        rows = np.array([place[form] for form in flat], np.int64).reshape(-1, 2)
        forms = list(place)
        return cls(Side(forms, rows[:, 0]), Side(forms, rows[:, 1]))

    def take(self, rows: Ints) -> Pairs:
        """Return some of the pairs."""
        return Pairs(self.left.take(rows), self.right.take(rows))

    def sorted(self) -> Pairs:
        """Return the same pairs, the lesser form of each on the left."""
        forms = self.left.forms
        rank = np.empty(len(forms), np.int64)
        rank[sorted(range(len(forms)), key=forms.__getitem__)] = np.arange(len(forms))
        x, y = self.left.rows, self.right.rows
        turned = rank[x] > rank[y]
        return Pairs(Side(forms, np.where(turned, y, x)), Side(forms, np.where(turned, x, y)))

    def distinct(self) -> tuple[Pairs, Ints]:
        """Return the distinct pairs, the lesser form on the left, and which of them each is."""
        pairs = self.sorted()
        codes = pairs.left.rows * len(pairs.left.forms) + pairs.right.rows
        _, first, place = np.unique(codes, return_index=True, return_inverse=True)
        return pairs.take(first), place.reshape(-1)

    def by_scripts(self) -> Iterator[tuple[str, str, Ints]]:
        """Yield each pair of scripts that occurs, with the rows that have it."""
        scripts = sorted({form.script for form in self.left.forms})
        number = {script: k for k, script in enumerate(scripts)}
        own = np.array([number[form.script] for form in self.left.forms], np.int64)
        both = own[self.left.rows] * len(scripts) + own[self.right.rows]
        for code in np.unique(both).tolist():
            first, second = divmod(code, len(scripts))
            yield scripts[first], scripts[second], np.flatnonzero(both == code)

    def alike(self) -> NDArray[np.bool_]:
        """Return which pairs are one form twice."""
        return np.asarray(self.left.rows == self.right.rows)
