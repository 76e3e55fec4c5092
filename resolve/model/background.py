"""How common is a word? The probability of each form among the names of the world.

`P(x) = (max(c - .8, 0) + k P4(x)) / (N + k)`: its count c among N, smoothed by a model of four
letters P4 with the weight k of everything seen only once (Witten & Bell 1991). The .8 takes the
word itself out of its own count. Rare names weigh more, as Fellegi and Sunter (1969) want.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from resolve.texts import Texts

__all__ = ["DISCOUNT", "ORDER", "Background", "Counted", "Counts", "LetterModel"]

ORDER = 4
"""Letters of the letter model: the fourth is told from the three before it."""
DISCOUNT = 0.8
"""Taken from every count: a name must not be its own witness (design study: leave-one-out)."""
MAX_LETTERS = 30

Floats = NDArray[np.float64]


class Counts(Protocol):
    """How often each form was seen: a dict, or `Counted`."""

    def get(self, form: str, default: int, /) -> int:
        """Return the count of a form, the default where it wasn't seen."""


class Counted(NamedTuple):
    """Forms and their counts, as arrays."""

    forms: Texts
    counts: NDArray[np.integer[Any]]

    def get(self, form: str, default: int, /) -> int:
        """Return the count of a form, the default where it wasn't seen."""
        row = self.forms.row(form)
        return default if row < 0 else int(self.counts[row])


class LetterModel:
    """An interpolated model of letters, as back-off tables: log2 P(letter | three before it).

    `keys[n]` are the n-letter sequences seen, as numbers to the base of the alphabet, sorted;
    `bits[n]` their log2 probability, `backoff[n]` the log2 weight of what was not seen after
    them, both in units of `unit` bits.
    """

    def __init__(
        self,
        alphabet: str,
        keys: Sequence[NDArray[np.integer[Any]]],
        bits: Sequence[NDArray[Any]],
        backoff: Sequence[NDArray[Any]],
        unit: float = 1.0,
    ) -> None:
        self.alphabet = alphabet
        self.base = len(alphabet) + 2  # 0 is the boundary, the last one any other letter
        self._number = {ord(c): i + 1 for i, c in enumerate(alphabet)}
        self.keys, self.bits, self.backoff, self.unit = keys, bits, backoff, unit

    def log2p(self, words: Sequence[str]) -> Floats:
        """Return log2 of the probability of each word, its end included."""
        if not words:
            return np.zeros(0)
        length = min(max(map(len, words)), MAX_LETTERS) + 1
        letters = np.zeros((len(words), ORDER - 1 + length), np.int64)
        # One text of all words, each as long as the longest; what is beyond a word is 0.
        padded = "".join([word[:MAX_LETTERS].ljust(length, "\0") for word in words])
        points = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), np.uint32)
        letters[:, ORDER - 1 :] = self._numbers(points).reshape(len(words), length)
        used = np.array([min(len(w), MAX_LETTERS) + 1 for w in words])
        written = np.arange(length)[:, None] < used
        bits = np.where(written, self._steps(letters.T, length), 0.0)
        # Added one after the other, however many words there are: a sum would pair them up.
        return np.asarray(np.add.accumulate(bits, axis=0)[-1])

    def _numbers(self, points: NDArray[np.uint32]) -> NDArray[np.int64]:
        """The numbers of letters, by their code points."""
        points_of, numbers = self._table
        place = np.minimum(np.searchsorted(points_of, points), len(points_of) - 1)
        other = np.minimum(points, self.base - 1)
        return np.where(points_of[place] == points, numbers[place], other).astype(np.int64)

    @cached_property
    def _table(self) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The code points of the letters, ascending, and their numbers."""
        points = np.array(sorted(self._number), np.uint32)
        return points, np.array([self._number[int(p)] for p in points], np.int64)

    def _steps(self, letters: NDArray[np.int64], length: int) -> Floats:
        """log2 P(letter | the letters before it), by the longest sequence seen: (letters, words).

        All letters of all words at once: a name that comes alone pays for each operation.
        """
        before = [letters[ORDER - 1 - k : ORDER - 1 - k + length] for k in range(ORDER)]
        result, open_ = np.zeros(before[0].shape), np.ones(before[0].shape, bool)
        for order in range(ORDER, 0, -1):
            key = np.zeros(before[0].shape, np.int64)
            for k in reversed(range(order)):
                key = key * self.base + before[k]
            found, place = _find(self.keys[order - 1], key)
            now = open_ & found
            result[now] += self.unit * self.bits[order - 1][place[now]]
            open_ &= ~found
            if order > 1:
                context, place = _find(self.keys[order - 2], key // self.base)
                step = open_ & context
                result[step] += self.unit * self.backoff[order - 2][place[step]]
        result[open_] += -np.log2(self.base)
        return result


class Background:
    """Probabilities of the forms of one alphabet."""

    def __init__(self, counts: Counts, letters: LetterModel, total: int, once: float) -> None:
        self._counts = counts
        self._letters = letters
        self._total = total
        self._once = once

    def log2p(self, forms: Sequence[str]) -> Floats:
        """Return log2 P of each form; the empty form is as likely as an empty word."""
        counts = np.array([max(self._counts.get(f, 0) - DISCOUNT, 0.0) for f in forms])
        smooth = np.exp2(self._letters.log2p(forms))
        result: Floats = np.log2((counts + self._once * smooth) / (self._total + self._once))
        return result


def _find(
    keys: NDArray[np.integer[Any]], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    # Of one type with the keys, or they would be copied for every search.
    wanted = wanted.astype(keys.dtype)
    place = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    if not len(keys):
        return np.zeros(wanted.shape, bool), place
    return keys[place] == wanted, place
