"""The names that a batch of mentions could be, and their evidence, compiled.

What `NameIndex.said`, `pool` and `evidence` do for one mention, for all of a batch.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled.jit import jit

__all__ = ["search"]

Array = NDArray[Any]

_READ = "Array({}, {}, 'A', readonly=True)"


def _read(dtype: str, axes: Any = 1) -> str:
    return _READ.format(dtype, axes)


_MENTIONS = ", ".join(
    (
        _read("int64"),  # slots_end
        _read("bool"),  # articles
        _read("float64", 3),  # initials
        _read("int64"),  # forms_end
        _read("float64"),  # form_costs
        _read("int64"),  # variants_end
        _read("int64"),  # rows
        _read("float64"),  # bits
    )
)
_INDEX = ", ".join(
    (
        _read("uint32"),  # name_slots_end
        _read("int32", 2),  # slot_forms
        _read("uint8", 2),  # slot_costs
        _read("uint8"),  # slot_articles
        _read("int32"),  # postings
        _read("uint32"),  # postings_end
        _read("uint8"),  # initial
        _read("bool"),  # short
        _read("bool"),  # among
    )
)
_SPACE = "float64[:, ::1], int64[::1], int64[::1]"
_NUMBERS = "int64, int64, float64, float64, float64, float64"


@jit("boolean(float64, int64, float64, int64)")
def _worse(score: Any, name: Any, other: Any, another: Any) -> Any:
    """Whether a name comes after another one: less evidence, or as much and a greater number."""
    return score < other or (score == other and name > another)


@jit("void(float64[::1], int64[::1], int64)")
def _sink(scores: Array, names: Array, size: Any) -> None:
    """Restore a heap whose worst name stands first, after that one was replaced."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        right = child + 1
        if right < size and _worse(scores[right], names[right], scores[child], names[child]):
            child = right
        if not _worse(scores[child], names[child], scores[at], names[at]):
            return
        scores[at], scores[child] = scores[child], scores[at]
        names[at], names[child] = names[child], names[at]
        at = child


@jit("void(float64[::1], int64[::1], int64)")
def _rise(scores: Array, names: Array, at: Any) -> None:
    """Restore a heap after a name was added at its end."""
    while at > 0:
        above = (at - 1) // 2
        if not _worse(scores[at], names[at], scores[above], names[above]):
            return
        scores[at], scores[above] = scores[above], scores[at]
        names[at], names[above] = names[above], names[at]
        at = above


@jit(
    f"Tuple((int64[:, ::1], int64[::1], float64[:, :, :, ::1]))({_MENTIONS}, {_INDEX}, "
    f"{_SPACE}, {_NUMBERS})"
)
def search(
    slots_end: Array,
    articles: Array,
    initials: Array,
    forms_end: Array,
    form_costs: Array,
    variants_end: Array,
    rows: Array,
    bits: Array,
    name_slots_end: Array,
    slot_forms: Array,
    slot_costs: Array,
    slot_articles: Array,
    postings: Array,
    postings_end: Array,
    initial: Array,
    short: Array,
    among: Array,
    table: Array,
    held: Array,
    seen: Array,
    since: Any,
    most: Any,
    most_said: Any,
    per_part_apart: Any,
    article: Any,
    cost_unit: Any,
) -> tuple[Array, Array, Array]:
    """Return the names of each mention, best first, how many, and the evidence for them.

    The mentions: `slots_end` are the ends of their parts, `forms_end` of the parts' forms,
    `variants_end` of the forms' variants, which are `rows` and `bits`; `initials[part, 0 or 1]`
    is what a part says for a form that is the initial of a letter, and for any of that letter.
    `table` is the floor all over, and so it is left; `held` and `seen` are below `since`, and left
    below that and the number of mentions. An empty `among` stands for all names.
    """
    mentions, width = len(slots_end), len(table)
    floor = table[0, table.shape[1] - 1]
    names = np.zeros((mentions, most), np.int64)
    counts = np.zeros(mentions, np.int64)
    evidence = np.full((mentions, most, width, width), floor)
    scores, heap = np.empty(most, np.float64), np.empty(most, np.int64)
    touched, order = np.empty(4096, np.int64), np.empty(4096, np.int64)
    bound = np.empty(4097, np.float64)
    best, ahead = np.empty(width, np.float64), np.empty(width, np.float64)
    for mention in range(mentions):
        now = since + mention
        first = slots_end[mention - 1] if mention else np.int64(0)
        parts = slots_end[mention] - first
        # What the parts of the mention say for each form.
        some = np.int64(0)
        for i in range(parts):
            for form in range(forms_end[first + i - 1] if first + i else 0, forms_end[first + i]):
                cost = form_costs[form]
                for k in range(variants_end[form - 1] if form else 0, variants_end[form]):
                    row = rows[k]
                    if bits[k] - cost > table[i, row]:
                        table[i, row] = bits[k] - cost
                    if held[row] != now:
                        held[row] = now
                        if some == len(touched):
                            longer = np.empty(2 * some, np.int64)
                            longer[:some] = touched
                            touched = longer
                            order = np.empty(2 * some, np.int64)
                            bound = np.empty(2 * some + 1, np.float64)
                        touched[some] = row
                        some += 1
        # The rarest forms first, and the most that a name can have with none of those before.
        for k in range(some):
            row = touched[k]
            often = np.int64(postings_end[row]) - (np.int64(postings_end[row - 1]) if row else 0)
            order[k] = often << 32 | row
        order[:some].sort()
        ahead[:] = 0.0
        bound[some] = 0.0
        for k in range(some - 1, -1, -1):
            row = order[k] & 0xFFFFFFFF
            bound[k] = 0.0
            for i in range(parts):
                ahead[i] = max(ahead[i], min(table[i, row], most_said))
                bound[k] += ahead[i]
        size, least = np.int64(0), -np.inf
        for k in range(some):
            if bound[k] < least:
                break
            row = order[k] & 0xFFFFFFFF
            for place in range(np.int64(postings_end[row - 1]) if row else 0, postings_end[row]):
                name = np.int64(postings[place])
                if seen[name] == now:
                    continue
                seen[name] = now
                if len(among) and not among[name]:
                    continue
                begin = np.int64(name_slots_end[name - 1]) if name else np.int64(0)
                end = np.int64(name_slots_end[name])
                best[:parts] = 0.0
                for slot in range(begin, end):
                    for g in range(slot_forms.shape[1]):
                        other = slot_forms[slot, g]
                        if other < 0:
                            break
                        if held[other] == now:
                            for i in range(parts):
                                best[i] = max(best[i], min(table[i, other], most_said))
                said = 0.0
                for i in range(parts):
                    said += best[i]
                score = -per_part_apart * abs(end - begin - parts) + said
                if size < most:
                    scores[size], heap[size] = score, name
                    _rise(scores, heap, size)
                    size += 1
                elif _worse(scores[0], heap[0], score, name):
                    scores[0], heap[0] = score, name
                    _sink(scores, heap, size)
                if size == most:
                    least = scores[0]
        # The best first: the worst is taken off the heap, one after the other.
        counts[mention] = size
        for k in range(size - 1, -1, -1):
            names[mention, k] = heap[0]
            scores[0], heap[0] = scores[k], heap[k]
            _sink(scores, heap, k)
        for k in range(size):
            found = names[mention, k]
            start = np.int64(name_slots_end[found - 1]) if found else np.int64(0)
            for j in range(np.int64(name_slots_end[found]) - start):
                slot = start + j
                for i in range(parts):
                    most_bits = floor
                    for g in range(slot_forms.shape[1]):
                        other = slot_forms[slot, g]
                        if other < 0:
                            break
                        own = table[i, other]
                        letter = initial[other]
                        if letter:
                            own = max(own, initials[first + i, 1, letter])
                            if short[other]:
                                own = max(own, initials[first + i, 0, letter])
                        most_bits = max(most_bits, own - slot_costs[slot, g] * cost_unit)
                    if articles[first + i] != (slot_articles[slot] > 0):
                        most_bits -= article
                    evidence[mention, k, i, j] = most_bits
            for j in range(np.int64(name_slots_end[found]) - start, width):
                for i in range(parts):
                    if articles[first + i]:
                        evidence[mention, k, i, j] = floor - article
        for k in range(some):
            table[:, touched[k]] = floor
    return names, counts, evidence
