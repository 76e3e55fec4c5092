"""Is one form the other with one slip of the pen? A letter dropped, added, exchanged, swapped."""

from __future__ import annotations

from typing import Any

import numpy as np
from jellyfish import damerau_levenshtein_distance
from numpy.typing import NDArray

from resolve import compiled
from resolve.matching.form import Form
from resolve.matching.ragged import Ragged, distinct
from resolve.matching.vocabulary import SCRIPTS, Vocabulary
from resolve.names.fold import ALPHABETS

__all__ = ["SHORTEST", "SLIP", "apart", "compared", "slip", "slips"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

SLIP = 0.02
"""Chance that a word holds a slip: a letter dropped, added, exchanged or swapped with the next."""
SAME, ONE_SLIP = 0, 1
"""What the compiled comparison says of two words."""
SAVED = 3e-7
"""Seconds that it saves for a pair."""
_ALPHABET = np.array([len(ALPHABETS.get(script, "?")) for script in SCRIPTS], np.int64)
"""Letters of each script."""
SHORTEST = 4
"""Letters of a form at least: in a shorter one a letter makes another name."""


def slip(a: Form, b: Form) -> float:
    """Return the chance that b is a written with one given slip: one among all possible ones.

    0 if they are more than one letter apart, or so short that a letter makes another name.
    """
    length = max(len(a.text), len(b.text))
    if min(len(a.text), len(b.text)) < SHORTEST or abs(len(a.text) - len(b.text)) > 1:
        return 0.0
    if damerau_levenshtein_distance(a.text, b.text) != 1:
        return 0.0
    return SLIP / (2 * len(ALPHABETS[a.script]) * length)


def slips(left: Vocabulary, left_rows: Ints, right: Vocabulary, right_rows: Ints) -> Floats:
    """Return `slip` of pairs of rows, each pair of one script."""
    n, m = left.sizes[left_rows].astype(np.int64), right.sizes[right_rows].astype(np.int64)
    result = np.zeros(len(n))
    places = np.flatnonzero((np.minimum(n, m) >= SHORTEST) & (np.abs(n - m) <= 1))
    if len(places):
        rows = left_rows[places], right_rows[places]
        told = apart(left.letters, rows[0], right.letters, rows[1])
        one = _one_slip(left, rows[0], right, rows[1]) if told is None else told == ONE_SLIP
        places = places[one]
        result[places] = _chance(left.script[left_rows[places]], np.maximum(n, m)[places])
    return result


def compared(
    left: Vocabulary, left_rows: Ints, right: Vocabulary, right_rows: Ints
) -> tuple[Bools, Floats]:
    """Return which pairs of rows, each pair of one script, are the same letters; and `slips`."""
    told = apart(left.letters, left_rows, right.letters, right_rows)
    if told is None:
        same = _same(left.letters, left_rows, right.letters, right_rows)
        return same, slips(left, left_rows, right, right_rows)
    slipped, places = np.zeros(len(told)), (told == ONE_SLIP).nonzero()[0]
    if len(places):
        n, m = left.sizes[left_rows[places]], right.sizes[right_rows[places]]
        said = _chance(left.script[left_rows[places]], np.maximum(n, m))
        slipped[places] = np.where(np.minimum(n, m) >= SHORTEST, said, 0.0)
    return np.asarray(told == SAME), slipped


def _chance(scripts: Bytes, letters: NDArray[np.integer[Any]]) -> Floats:
    """The chance of one given slip in forms of so many letters."""
    chances: Floats = SLIP / (2 * _ALPHABET[scripts] * letters.astype(np.int64))
    return chances


def _same(left: Ragged, left_rows: Ints, right: Ragged, right_rows: Ints) -> Bools:
    """Which rows of letters are equal."""
    sizes = left.sizes(left_rows), right.sizes(right_rows)
    result = np.asarray(sizes[0] == sizes[1])
    for size in distinct(sizes[0][result]).tolist():
        places = np.flatnonzero(result & (sizes[0] == size))
        rows = left_rows[places], right_rows[places]
        result[places] = (left.padded(rows[0]) == right.padded(rows[1])).all(1)
    return result


def apart(left: Ragged, left_rows: Ints, right: Ragged, right_rows: Ints) -> Bytes | None:
    """Return `SAME` or `ONE_SLIP` for pairs of rows of letters of one script, or another number.

    None where no compiled look-up is loaded.
    """
    kernel = compiled.kernel("lookup", SAVED * len(left_rows))
    if kernel is None:
        return None
    rows = left_rows.astype(np.int64, copy=False), right_rows.astype(np.int64, copy=False)
    return np.asarray(kernel.apart(*left, rows[0], *right, rows[1]))


def _one_slip(own: Vocabulary, left_rows: Ints, other: Vocabulary, right_rows: Ints) -> Bools:
    """Which forms, of one size but for one letter, a slip tells apart."""
    left, right = own.letters, other.letters
    n, m = left.sizes(left_rows), right.sizes(right_rows)
    # One column more than any form has, so that a letter swapped with the next has a next one.
    width = int(max(n.max(), m.max())) + 1
    a, b = left.padded(left_rows, width), right.padded(right_rows, width)
    less, more = np.minimum(n, m), np.maximum(n, m)
    head = np.minimum(np.cumprod(a == b, axis=1).sum(1), less)
    columns = np.arange(width)
    backwards = [
        np.take_along_axis(table, np.maximum(size[:, None] - 1 - columns, 0), 1)
        for table, size in ((a, n), (b, m))
    ]
    tail = np.cumprod((backwards[0] == backwards[1]) & (columns < less[:, None]), axis=1).sum(1)
    between = more - head - np.minimum(tail, less - head)
    each, first, second = np.arange(len(n)), head, np.minimum(head + 1, width - 1)
    swapped = (a[each, first] == b[each, second]) & (a[each, second] == b[each, first])
    return np.asarray((between == 1) | ((n == m) & (between == 2) & swapped))
