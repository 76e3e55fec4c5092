"""What an index of names consists of: plain arrays, made once, in memory or for a file.

vocabulary   every distinct form, in the order of its consonants       lookup.py
slots        name -> its parts, each with the rows of its forms and what they cost
postings     form and number of parts -> the names that hold it
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.matching.form import Form
from resolve.matching.keys import coarse, skeleton
from resolve.matching.lookup import Lookup
from resolve.matching.ragged import distinct
from resolve.matching.similarity import Similarity
from resolve.matching.slots import MAX_FORMS, Plain
from resolve.model.hearing import ABJADS
from resolve.model.learned import Learned
from resolve.names.fold import ALPHABETS

__all__ = ["COST_UNITS", "EXACT", "PLACE", "index_arrays"]

Ints = NDArray[np.int64]

COST_UNITS = 8
"""Costs are kept in eighths of a bit."""
EXACT, PLACE = 1, 2
"""Flags of a name: it agrees only with what is written exactly so; it is that of a place."""
BESIDE, MORE = 3, -2
"""Forms that stand beside a name on a list, and what says that it has more of them."""


def index_arrays(
    names: Iterable[Sequence[Plain]],
    width: int,
    similarity: Similarity,
    learned: Learned,
    exact: Sequence[bool] = (),
    places: Sequence[bool] = (),
    lands: Sequence[int] = (),
) -> dict[str, NDArray[Any]]:
    """Return what an index needs of some names; they are read once, in their order.

    `exact` says which of them agree only with what is written exactly so (acronyms),
    `places` which are those of places, `lands` of which states their actors are; by default none.
    """
    numbers: dict[Form, int] = {}
    sizes, forms, costs, articles = array("q"), array("i"), array("B"), array("B")
    for slots in names:
        sizes.append(len(slots))
        for article, own_forms in slots:
            articles.append(article)
            own = [numbers.setdefault(form, len(numbers)) for form, _ in own_forms]
            forms.extend(own + [-1] * (MAX_FORMS - len(own)))
            paid = [_in_units(cost) for _, cost in own_forms]
            costs.extend(paid + [0] * (MAX_FORMS - len(own)))
    vocabulary = sorted(numbers, key=_by_sound)
    place = np.empty(len(vocabulary) + 1, np.int32)
    place[[numbers[form] for form in vocabulary]] = np.arange(len(vocabulary))
    place[-1] = -1  # of no form
    rows = place[np.frombuffer(forms, np.int32)].reshape(-1, MAX_FORMS)
    counts = np.frombuffer(sizes, np.int64)
    flags = np.zeros(len(counts), np.uint8)
    flags[: len(exact)] |= np.array(exact, bool) * np.uint8(EXACT)
    flags[: len(places)] |= np.array(places, bool) * np.uint8(PLACE)
    states = np.zeros(len(counts), np.uint16)
    states[: len(lands)] = lands
    return {
        **Lookup.arrays_of(vocabulary, similarity, learned),
        **_postings(rows, counts, len(vocabulary), width),
        "slot_forms": rows,
        "slot_costs": np.frombuffer(costs, np.uint8).reshape(-1, MAX_FORMS),
        "slot_articles": np.frombuffer(articles, np.uint8),
        "slots_end": np.cumsum(counts).astype(np.uint32),
        "flags": flags,
        "land": states,
    }


def _by_sound(form: Form) -> tuple[str, str, bool, Form]:
    """Forms in the order of their consonants: those that share a key lie close together."""
    if form.script not in ALPHABETS:
        return "", "", False, form
    return coarse(skeleton(*form)), skeleton(*form), form.script in ABJADS, form


def _in_units(cost: float) -> int:
    units = round(cost * COST_UNITS)
    if units != cost * COST_UNITS or not 0 <= units < 256:
        raise ValueError(f"a reading costs {cost} bits; whole eighths below 32 can be kept")
    return units


def _postings(
    rows: NDArray[np.int32], sizes: Ints, forms: int, width: int
) -> dict[str, NDArray[Any]]:
    """Form and number of parts -> names that hold it, ascending, each once.

    Beside each name stand other forms of its: so that a list is read in one go, without looking
    up every name on it.
    """
    slot, _ = np.nonzero(rows >= 0)
    names = np.repeat(np.arange(len(sizes)), sizes)[slot]
    held = distinct(names << 32 | rows[rows >= 0])
    names, row = held >> 32, held & 0xFFFFFFFF
    first = np.searchsorted(names, names)
    count = np.searchsorted(names, names, "right") - first
    place = np.arange(len(names)) - first
    beside = np.full((len(names), BESIDE), -1, np.int32)
    for k in range(BESIDE):
        there = np.flatnonzero(count - 1 > k)
        beside[there, k] = row[first[there] + k + (k >= place[there])]
    beside[count - 1 > BESIDE, -1] = MORE
    lists = row * width + sizes[names] - 1
    order = np.lexsort((names, lists))
    ends = np.searchsorted(lists[order], np.arange(forms * width), "right")
    return {
        "posting": names[order].astype(np.int32),
        "posting_beside": beside[order],
        "postings_end": ends.astype(np.uint32),
    }
