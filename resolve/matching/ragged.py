"""Rows of unequal length in one array: the strings, the letters, the lists of an index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ragged", "distinct", "gather", "ragged_text", "spread"]

Ints = NDArray[np.int64]


class Ragged(NamedTuple):
    """Row k is `values[ends[k - 1] : ends[k]]`."""

    values: NDArray[Any]
    ends: NDArray[Any]

    def __len__(self) -> int:
        return len(self.ends)

    def row(self, k: int) -> NDArray[Any]:
        """Return one row."""
        start = int(self.ends[k - 1]) if k else 0
        return self.values[start : int(self.ends[k])]

    def text(self, k: int) -> str:
        """Return one row of UTF-8 as text."""
        return self.row(k).tobytes().decode("utf-8")

    def starts(self, rows: Ints) -> Ints:
        """Return where each row begins."""
        before = self.ends[np.maximum(rows, 1) - 1].astype(np.int64)
        return np.where(rows > 0, before, 0)

    def sizes(self, rows: Ints) -> Ints:
        """Return how many values each row has."""
        return np.asarray(self.ends[rows].astype(np.int64) - self.starts(rows))

    def padded(self, rows: Ints, width: int | None = None, fill: int = 0) -> NDArray[Any]:
        """Return the rows as a table of `width` columns (default: as many as are needed)."""
        sizes = self.sizes(rows)
        columns = np.arange(int(sizes.max(initial=0)) if width is None else width)
        there = columns < sizes[:, None]
        if not len(self.values):
            return np.full(there.shape, fill, self.values.dtype)
        place = np.where(there, self.starts(rows)[:, None] + columns, 0)
        return np.where(there, self.values[place], np.array(fill, self.values.dtype))


def ragged_text(texts: Iterable[str]) -> Ragged:
    """Return texts as rows of UTF-8.

    >>> ragged_text(["Güler", "Akar"]).text(1)
    'Akar'
    """
    encoded = [text.encode("utf-8") for text in texts]
    ends = np.cumsum([len(each) for each in encoded], dtype=np.int64)
    return Ragged(np.frombuffer(b"".join(encoded), np.uint8), _narrowed(ends))


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Return the values in ascending order, each once.

    As np.unique does, which loads numpy.ma to look whether an array is a masked one.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(values, axis=None)
    first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def gather(lists: Ragged, rows: Ints) -> tuple[NDArray[Any], Ints]:
    """Return the values of the rows, one after the other, and how many each has."""
    sizes = lists.sizes(rows)
    return lists.values[spread(lists.starts(rows), sizes)], sizes


def spread(starts: Ints, sizes: Ints) -> Ints:
    """Return `starts[k], starts[k] + 1 ...`, `sizes[k]` of them, for one k after the other.

    >>> spread(np.array([5, 9]), np.array([3, 1])).tolist()
    [5, 6, 7, 9]
    """
    before = np.cumsum(sizes) - sizes
    return np.asarray(np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes))


def ragged(lists: Sequence[Sequence[int]], dtype: type[np.generic]) -> Ragged:
    """Return lists of numbers as rows."""
    ends = np.cumsum([len(each) for each in lists], dtype=np.int64)
    flat = [value for each in lists for value in each]
    return Ragged(np.array(flat, dtype), _narrowed(ends))


def _narrowed(ends: Ints) -> NDArray[Any]:
    return ends.astype(np.uint32) if int(ends[-1] if len(ends) else 0) < 2**32 else ends
