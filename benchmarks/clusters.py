"""How well do clusters of names agree with the true ones?

    pairwise   of the pairs of names that share a cluster, how many should
    B-cubed    the same asked of each name in turn, so that big clusters don't decide alone
    CEAF-m     names in the right cluster, where each cluster stands for one true one at most

Two labelings of the same items are compared; what a label is doesn't matter, only who shares it.
Sources: Bagga & Baldwin 1998 (B-cubed); Luo 2005 (CEAF, by mentions).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from resolve.errors import MissingExtraError

__all__ = ["Agreement", "bcubed", "ceaf", "pairwise"]

Ints = NDArray[np.int64]


class Agreement(msgspec.Struct, frozen=True):
    """Precision and recall, from 0 to 1; None where there is nothing to be right about."""

    precision: float | None
    recall: float | None
    f1: float | None


def pairwise(said: Sequence[Hashable], true: Sequence[Hashable]) -> Agreement:
    """Return the agreement on which pairs of items share a cluster.

    Precision is None where no two items are said to share one, recall where no two should.

    >>> pairwise([1, 1, 1, 2], ["Haftar", "Haftar", "Saleh", "Saleh"]).recall
    0.5
    """
    cells = _Cells.of(said, true)
    both, left, right = (_pairs(n) for n in (cells.sizes, cells.said_sizes, cells.true_sizes))
    return Agreement(
        both / left if left else None,
        both / right if right else None,
        2 * both / (left + right) if left + right else None,
    )


def bcubed(said: Sequence[Hashable], true: Sequence[Hashable]) -> Agreement:
    """Return the agreement on the cluster of each item, on average; None of no items.

    >>> bcubed([1, 1, 1, 2], ["Haftar", "Haftar", "Saleh", "Saleh"]).recall
    0.75
    """
    cells = _Cells.of(said, true)
    items = int(cells.sizes.sum())
    if not items:
        return Agreement(None, None, None)
    squares = cells.sizes.astype(float) ** 2
    precision = float(np.sum(squares / cells.said_sizes[cells.said])) / items
    recall = float(np.sum(squares / cells.true_sizes[cells.true])) / items
    return Agreement(precision, recall, 2 * precision * recall / (precision + recall))


def ceaf(said: Sequence[Hashable], true: Sequence[Hashable]) -> float | None:
    """Return the share of items in the right cluster, by the best one-to-one match of clusters.

    Precision, recall and F1 in one, as both labelings hold the same items; None of no items.
    Raises MissingExtraError where SciPy isn't installed.

    >>> ceaf([1, 1, 1, 2], ["Haftar", "Haftar", "Saleh", "Saleh"])
    0.75
    """
    cells = _Cells.of(said, true)
    items = int(cells.sizes.sum())
    return sum(map(_matched, cells.parts())) / items if items else None


class _Cells(msgspec.Struct, frozen=True):
    """Which clusters overlap, and in how many items: one row of each array for each overlap."""

    said: Ints
    true: Ints
    sizes: Ints
    said_sizes: Ints  # of each cluster
    true_sizes: Ints

    @classmethod
    def of(cls, said: Sequence[Hashable], true: Sequence[Hashable]) -> _Cells:
        columns = np.array([_numbered(said), _numbered(true)], np.int64)
        cells, sizes = np.unique(columns, axis=1, return_counts=True)
        return cls(cells[0], cells[1], sizes, *map(np.bincount, columns))

    def parts(self) -> Iterator[NDArray[np.int64]]:
        """Yield the sizes of overlaps as matrices, one for each set of clusters that hang together.

        The best match of all is that of each alone; one big matrix would not fit into memory.
        """
        try:
            from scipy.sparse import coo_array
            from scipy.sparse.csgraph import connected_components
        except ImportError as error:
            raise MissingExtraError("SciPy", "bench", "matching clusters (CEAF)") from error
        left, right = len(self.said_sizes), len(self.true_sizes)
        edges = (self.sizes, (self.said, self.true + left))
        graph = coo_array(edges, shape=(left + right, left + right))
        part = connected_components(graph, directed=False)[1][self.said]
        order = np.argsort(part, kind="stable")
        for own in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
            rows, i = np.unique(self.said[own], return_inverse=True)
            columns, j = np.unique(self.true[own], return_inverse=True)
            matrix = np.zeros((len(rows), len(columns)), np.int64)
            matrix[i, j] = self.sizes[own]
            yield matrix


def _matched(overlaps: NDArray[np.int64]) -> int:
    """Items that the best one-to-one match of rows to columns puts right."""
    from scipy.optimize import linear_sum_assignment

    return int(overlaps[linear_sum_assignment(overlaps, maximize=True)].sum())


def _pairs(sizes: Ints) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _numbered(labels: Sequence[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels]
