"""Learn an edit model from pairs of words that one name is written as.

Expectation maximisation over all chains of operations, 8-10 rounds, with an absolute discount
that clears rare operations away and a floor under single letters; then pairs that are less
likely together than apart are dropped as errors of the source, and the model is fitted again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from resolve.model.edit import END, START, EditModel, Encoded, Inventory

__all__ = ["Weighted", "clean_pairs", "fit", "inventory"]

Weighted = dict[tuple[str, str], float]
"""Word pairs with their weights."""

ROUNDS = 8
DISCOUNT = 0.4
"""Taken from the expected count of an operation, from the third round on; a fifth of it from
single letters, twice from operations of more than three letters."""
FLOOR = 2e-7
"""The least probability of an operation of at most one letter a side."""
SWAP = 0.005
"""Weight of two letters exchanged, against writing both in order (design study)."""
_LEAST = (1, 1, 5, 15)  # occurrences that admit a substring of that length
_CHUNK = 2048

Floats = NDArray[np.float64]


def inventory(words: Sequence[str], longest: int) -> Inventory:
    """Return the substrings of up to `longest` letters that occur often enough to learn."""
    counts: Counter[str] = Counter()
    for word in words:
        bounded = START + word + END
        for length in range(1, longest + 1):
            for i in range(len(bounded) - length + 1):
                counts[bounded[i : i + length]] += 1
    kept = sorted((s for s, n in counts.items() if n >= _LEAST[len(s)]), key=lambda s: (len(s), s))
    return Inventory(["", *kept])


def fit(
    pairs: Weighted, longest: tuple[int, int], *, symmetric: bool, rounds: int = ROUNDS
) -> EditModel:
    """Return the edit model that makes the pairs most likely.

    `longest` is the number of letters that an operation may take on each side. A symmetric
    model has one alphabet and reads both ways alike.
    """
    lefts = sorted({a for a, _ in pairs})
    rights = sorted({b for _, b in pairs})
    if symmetric:
        lefts = rights = sorted({*lefts, *rights})
    left = inventory(lefts, longest[0])
    right = left if symmetric else inventory(rights, longest[1])
    model = EditModel(left, right, _first_guess(left, right, symmetric))
    order = sorted(pairs, key=lambda p: (len(p[0]), len(p[1]), p))
    x, y = left.encode([a for a, _ in order]), right.encode([b for _, b in order])
    weights = np.array([pairs[p] for p in order])
    sizes = _sizes(left, right)
    allowed = _allowed(left, right)
    floor = np.where(allowed & (np.maximum(*sizes) <= 1), FLOOR, 0.0)
    floor[0, 0] = 0.0
    discount = DISCOUNT * np.where(np.maximum(*sizes) <= 1, 0.2, 1.0)
    discount *= np.where(sizes[0] + sizes[1] > 3, 2.0, 1.0)
    for number in range(rounds):
        counts = _expected(model, x, y, weights)
        if symmetric:
            counts = (counts + counts.T) / 2
        counts = np.maximum(counts - (discount if number >= 2 else 0.0), 0.0)
        table = counts / counts.sum()
        model = EditModel(left, right, table * (1 - floor.sum()) + floor)
    return EditModel(left, right, _with_swaps(model, symmetric))


def clean_pairs(model: EditModel, pairs: Weighted) -> Weighted:
    """Return the pairs that are more likely together than apart, by the model itself."""
    order = sorted(pairs)
    x = model.left.encode([a for a, _ in order])
    y = model.right.encode([b for _, b in order])
    bits = model.joint(x, y) - model.marginal(x, 0) - model.marginal(y, 1)
    return {pair: pairs[pair] for pair, b in zip(order, bits, strict=True) if b > 0}


def _sizes(left: Inventory, right: Inventory) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    x = np.array([len(s) for s in left.substrings])[:, None]
    y = np.array([len(s) for s in right.substrings])[None, :]
    return np.broadcast_arrays(x, y)  # type: ignore[return-value]


def _allowed(left: Inventory, right: Inventory) -> NDArray[np.bool_]:
    """Ends of words go with ends of words only; letters come and go one at a time."""

    def ends(inventory: Inventory) -> NDArray[np.int64]:
        return np.array([(START in s) + 2 * (END in s) for s in inventory.substrings])

    x, y = _sizes(left, right)
    allowed = ends(left)[:, None] == ends(right)[None, :]
    allowed &= (np.minimum(x, y) > 0) | (np.maximum(x, y) <= 1)
    allowed[0, 0] = False
    return np.asarray(allowed)


def _first_guess(left: Inventory, right: Inventory, symmetric: bool) -> Floats:
    x, y = _sizes(left, right)
    table = np.where(_allowed(left, right), 1.0, 0.0)
    table *= np.exp(-1.2 * (np.maximum(x - 1, 0) + np.maximum(y - 1, 0)))
    table *= np.where((x == 0) | (y == 0), 0.05, 1.0)
    if symmetric:
        table *= 1 + 200 * np.eye(len(left)) * (x == 1)
    return np.asarray(table / table.sum())


def _expected(model: EditModel, x: Encoded, y: Encoded, weights: Floats) -> Floats:
    """How often each operation is used in writing the pairs, in expectation."""
    width = model.table.shape[1]
    flat = model.table.ravel()
    counts = np.zeros(flat.size)
    for start in range(0, len(weights), _CHUNK):
        rows = np.arange(start, min(start + _CHUNK, len(weights)), dtype=np.int32)
        a, b = x.take(rows), y.take(rows)
        forward = model.forward(a, b)
        here = np.arange(len(rows))
        total = forward[here, a.lengths, b.lengths]
        share = np.where(total > 1e-280, weights[rows] / np.maximum(total, 1e-280), 0.0)
        backward = np.zeros_like(forward)
        backward[here, a.lengths, b.lengths] = share
        counts += _backward(model, a, b, forward, backward, width)
    table: Floats = counts.reshape(model.table.shape)[:-1, :-1]
    return table


def _backward(
    model: EditModel, a: Encoded, b: Encoded, forward: Floats, backward: Floats, width: int
) -> Floats:
    """Complete the backward sums in place; return the expected uses of each operation."""
    flat = model.table.ravel()
    ops: list[NDArray[np.int64]] = []
    uses: list[Floats] = []
    rows, columns = forward.shape[1:]
    inserted = flat[b.ids[:, :, 1]]
    for i in range(rows - 1, -1, -1):
        row = backward[:, i]
        for j in range(columns - 1, 0, -1):
            row[:, j - 1] += row[:, j] * inserted[:, j]
        use = forward[:, i, :-1] * inserted[:, 1:] * row[:, 1:]
        ops.append(b.ids[:, 1:, 1].ravel().astype(np.int64))
        uses.append(use.ravel())
        for taken in range(1, min(i, model.left.longest) + 1):
            before, base = backward[:, i - taken], a.ids[:, i, taken, None] * width
            for written in range(min(model.right.longest, columns - 1) + 1):
                op = base + b.ids[:, written:, written]
                step = flat[op] * row[:, written:]
                before[:, : columns - written] += step
                step *= forward[:, i - taken, : columns - written]
                used = np.flatnonzero(step)
                ops.append(op.ravel()[used])
                uses.append(step.ravel()[used])
    return np.bincount(np.concatenate(ops), np.concatenate(uses), flat.size).astype(float)


def _with_swaps(model: EditModel, symmetric: bool) -> Floats:
    """Let two neighbouring letters be written in the other order, as typing slips do."""
    table = model.table[:-1, :-1].copy()
    left, right = model.left, model.right
    number = {s: i for i, s in enumerate(right.substrings)}
    singles = [
        (i, s, j, t)
        for i, s in enumerate(left.substrings)
        for j, t in enumerate(right.substrings)
        if len(s) == 1 and len(t) == 1 and s not in START + END and t not in START + END
        if (s == t if symmetric else table[i, j] > 2e-4)
    ]
    for x, s, y, t in singles:
        for x2, s2, y2, t2 in singles:
            if s == s2:
                continue
            i, j = left.number.get(s + s2), number.get(t2 + t)
            if i and j:
                table[i, j] = max(table[i, j], SWAP * table[x, y] * table[x2, y2])
    return np.asarray(table / table.sum())
