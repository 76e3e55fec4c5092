"""Is one form the other with one slip of the pen? A letter dropped, added, exchanged, swapped."""

from __future__ import annotations

import numpy as np
from jellyfish import damerau_levenshtein_distance
from numpy.typing import NDArray

from resolve import compiled
from resolve.matching.form import Form
from resolve.matching.ragged import Ragged
from resolve.matching.vocabulary import SCRIPTS, Vocabulary
from resolve.names.fold import ALPHABETS

__all__ = ["SAME", "SHORTEST", "SLIP", "apart", "slip", "slips"]

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
    """Return `slip` of each pair of rows, all of one script."""
    n, m = (v.letters.sizes(rows) for v, rows in ((left, left_rows), (right, right_rows)))
    result = np.zeros(len(n))
    places = np.flatnonzero((np.minimum(n, m) >= SHORTEST) & (np.abs(n - m) <= 1))
    if not len(places):
        return result
    n, m = n[places], m[places]
    more = np.maximum(n, m)
    told = apart(left.letters, left_rows[places], right.letters, right_rows[places])
    if told is not None:
        one = told == ONE_SLIP
    else:
        one = _one_slip(left.letters, left_rows[places], right.letters, right_rows[places])
    letters = len(ALPHABETS[SCRIPTS[int(left.script[left_rows[places[0]]])]])
    result[places] = np.where(one, SLIP / (2 * letters * more), 0.0)
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


def _one_slip(left: Ragged, left_rows: Ints, right: Ragged, right_rows: Ints) -> Bools:
    """Which rows of letters, of one size but for one letter, a slip tells apart."""
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
