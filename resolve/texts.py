"""At which row is a text? Distinct strings in arrays, found without reading them all.

A dict of a hundred thousand strings takes longer to build than most jobs take. Here the texts
lie one after the other, and beside them their CRC-32 in ascending order: a text is found by a
binary search among the sums, and compared. The arrays may lie in a mapped file.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Texts"]


class Texts:
    """Distinct strings by their rows. Immutable."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], prefix: str) -> None:
        """Take the arrays that `arrays_of` returned with this prefix."""
        self._text = _viewed(arrays[f"{prefix}/text"])
        self._ends = _viewed(arrays[f"{prefix}/end"])
        self._sums, self._rows = (_viewed(arrays[f"{prefix}/{own}"]) for own in ("sum", "row"))
        self._all_sums = arrays[f"{prefix}/sum"]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        """Return texts as rows, in their order."""
        return cls(cls.arrays_of("", texts), "")

    @staticmethod
    def arrays_of(prefix: str, texts: Sequence[str]) -> dict[str, NDArray[Any]]:
        """Return distinct texts as plain arrays, whose names begin with `prefix`."""
        encoded = [text.encode("utf-8") for text in texts]
        sums = np.array([zlib.crc32(each) for each in encoded], np.uint32)
        rows = np.argsort(sums, kind="stable").astype(np.uint32)
        return {
            f"{prefix}/text": np.frombuffer(b"".join(encoded), np.uint8),
            f"{prefix}/end": np.cumsum([len(each) for each in encoded], dtype=np.uint32),
            f"{prefix}/sum": sums[rows],
            f"{prefix}/row": rows,
        }

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, row: int) -> str:
        if row < 0:
            raise IndexError(row)
        return str(self._bytes(row), "utf-8")

    def __iter__(self) -> Iterator[str]:
        return (self[row] for row in range(len(self)))

    def row(self, text: str) -> int:
        """Return the row of a text, -1 where there is none.

        >>> Texts.of(["haftar", "haddad"]).row("haddad")
        1
        """
        wanted = text.encode("utf-8", "surrogatepass")
        total = zlib.crc32(wanted)
        return self._of_sum(bisect_left(self._sums, total), total, wanted)

    def rows(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return the row of each text, in their order, -1 where there is none."""
        found = np.full(len(texts), -1, np.int64)
        wanted = [text.encode("utf-8", "surrogatepass") for text in texts]
        sums = np.array([zlib.crc32(own) for own in wanted], np.uint32)
        if not len(self):
            return found
        places = np.searchsorted(self._all_sums, sums)
        there = self._all_sums[np.minimum(places, len(self) - 1)] == sums
        for k in np.flatnonzero(there).tolist():
            found[k] = self._of_sum(int(places[k]), int(sums[k]), wanted[k])
        return found

    def _of_sum(self, place: int, total: int, wanted: bytes) -> int:
        """The row of a text of this sum, whose first one stands at a place; -1 if there is none."""
        while place < len(self._sums) and self._sums[place] == total:
            row = self._rows[place]
            if self._bytes(row) == wanted:
                return row
            place += 1
        return -1

    def _bytes(self, row: int) -> bytes:
        return bytes(self._text[self._ends[row - 1] if row else 0 : self._ends[row]])


def _viewed(array: NDArray[Any]) -> memoryview[int]:
    """The array as a view, which gives plain numbers, several times as fast as an array does."""
    view: memoryview[int] = array.astype(array.dtype.newbyteorder("="), copy=False).data
    return view
