"""Do parts agree that share no key? Looked at where the rest of two names agrees.

Keys find a name by one of its parts; another may be spelled so that no key is shared (`Naci` and
Наджи, `Zacharias` and Zakhary). So of the names that were found, the parts that nothing answers
are compared with each other by their letters, if they look or sound alike at all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from resolve.matching.alikeness import alikenesses
from resolve.matching.form import Form
from resolve.matching.index import NameIndex
from resolve.matching.ragged import distinct
from resolve.matching.similarity import FLOOR, Pairs, Similarity
from resolve.matching.slots import ARTICLE, Slot

__all__ = ["complete"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST_AGREED = 4.0
"""Bits that the parts which were found must say, or the others aren't asked."""
LEAST_ALIKE = 44.0
"""Likeness in percent below which letters aren't compared."""
_SHIFT, _MASK = 32, (1 << 32) - 1


def complete(
    mentions: Sequence[Sequence[Slot]],
    names: Sequence[Ints],
    evidence: Floats,
    index: NameIndex,
    similarity: Similarity,
) -> None:
    """Add to the evidence what parts say that were not looked up, by their plain forms.

    `evidence` is that of each mention for its names, one after another: (names, width, width).
    """
    every = np.concatenate([np.zeros(0, np.int64), *names])
    width = evidence.shape[1]
    owners = np.repeat(np.arange(len(mentions)), [len(own) for own in names])
    sizes = np.array([len(own) for own in mentions], np.int64)[owners]
    rows = index.forms(every)
    best = evidence.max(2, initial=FLOOR)
    left = (best <= 0.0) & (np.arange(width) < sizes[:, None])
    right = (evidence.max(1, initial=FLOOR) <= 0.0) & (rows >= 0)
    agreed = np.maximum(best, 0.0).sum(1) >= LEAST_AGREED
    name, i, j = np.nonzero(left[:, :, None] & right[:, None, :] & agreed[:, None, None])
    if not len(name):
        return
    slots = [slot for own in mentions for slot in own]
    start = np.cumsum([0, *map(len, mentions)])[:-1]
    mine = start[owners[name]] + i
    numbers: dict[Form, int] = {}
    form_of = np.zeros(len(slots), np.int64)
    for k in distinct(mine).tolist():
        form_of[k] = numbers.setdefault(slots[k].forms[0][0], len(numbers))
    asked = form_of[mine] << _SHIFT | rows[name, j]
    pairs = distinct(asked)
    said = _said(list(numbers), pairs >> _SHIFT, pairs & _MASK, index, similarity)
    articles = np.array([slot.part.article for slot in slots], bool)
    bits = said[np.searchsorted(pairs, asked)]
    bits = bits - ARTICLE * (articles[mine] != index.articles(every)[name, j])
    evidence[name, i, j] = np.maximum(evidence[name, i, j], bits)


def _said(
    forms: Sequence[Form], mine: Ints, rows: Ints, index: NameIndex, similarity: Similarity
) -> Floats:
    """The bits of forms for rows of the vocabulary, the floor where they aren't alike."""
    own = similarity.vocabulary(forms)
    alike = alikenesses(own, mine, index.vocabulary, rows) >= LEAST_ALIKE
    places = np.flatnonzero(alike)
    none = np.zeros(len(places))
    pairs = Pairs(own, mine[places], index.vocabulary, rows[places], none)
    said = np.full(len(mine), FLOOR)
    said[places] = similarity.between(pairs)
    return said
