"""The names that a batch of mentions could be, and their evidence, compiled.

What `NameIndex.said`, `pool` and `evidence` do for one mention, for all of a batch.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.compiled.heap import offer, taken_off
from resolve.compiled.jit import jit
from resolve.compiled.memory import soon

__all__ = ["search"]

Array = NDArray[Any]

_AT_ONCE = 2048
"""Names of the rarest forms that are looked at first; then twice as many, and so on."""
_BINS, _STEPS = 1024, 4.0
"""Into how many bins names are sorted by the bits that they have at most, and bins in a bit."""
_AHEAD = 6  # names, and forms, before what they need is read
_READ = "Array({}, {}, 'A', readonly=True)"


def _read(dtype: str, axes: Any = 1) -> str:
    return _READ.format(dtype, axes)


@jit("int64(float64)")
def _bin(less: Any) -> Any:
    """Return the bin of a name that has so many bits less than the best."""
    return min(np.int64(less * _STEPS), _BINS - 1)


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
        _read("int32", 2),  # beside
        _read("uint32"),  # postings_end
        _read("uint8"),  # initial
        _read("bool"),  # short
        _read("bool"),  # among
    )
)
_SPACE = "int32[::1], uint8[::1], int32[::1]"
_NUMBERS = "int64, float64, int64, int64, float64, float64, float64, int64, float64, float64"


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
    beside: Array,
    postings_end: Array,
    initial: Array,
    short: Array,
    among: Array,
    places: Array,
    held: Array,
    seen: Array,
    width: Any,
    floor: Any,
    since: Any,
    most: Any,
    most_said: Any,
    apart: Any,
    more: Any,
    many: Any,
    article: Any,
    cost_unit: Any,
) -> tuple[Array, Array, Array]:
    """Return the names of each mention, best first, how many, and the evidence for them.

    The mentions: `slots_end` are the ends of their parts, `forms_end` of the parts' forms,
    `variants_end` of the forms' variants, which are `rows` and `bits`; `initials[part, 0 or 1]`
    is what a part says for a form that is the initial of a letter, and for any of that letter.
    `places` of forms and `held`, a bit for each, are 0, and so they are left; the last two forms
    stand for none. `seen` is below `since`, and left below that and the number of mentions. An
    empty `among` stands for all names. No name has more than `width` parts; what isn't said is
    `floor`.
    """
    mentions, groups = len(slots_end), slot_forms.shape[1]
    names = np.zeros((mentions, most), np.int64)
    counts = np.zeros(mentions, np.int64)
    evidence = np.full((mentions, most, width, width), floor)
    scores, heap = np.empty(most, np.float64), np.empty(most, np.int64)
    touched, order = np.empty(1024, np.int64), np.empty(1024, np.int64)
    # What each part says for the forms that are said, by their places from 1; and which parts do.
    table, said_by = np.full((1025, width), floor), np.zeros(1025, np.uint8)
    bound, answering = np.empty(1025, np.float64), np.empty(1025, np.int64)
    most_of, begun = np.empty(8192, np.float64), np.empty((8192, 2), np.int64)
    sorted_, tally = np.empty(8192, np.int64), np.empty(_BINS + 1, np.int64)
    best, ahead = np.empty(width, np.float64), np.empty(width, np.float64)
    at: Any
    near: Any
    for mention in range(mentions):
        now = since + mention
        first = slots_end[mention - 1] if mention else np.int64(0)
        parts = slots_end[mention] - first
        # What the parts of the mention say for each form. An array that were replaced within a
        # loop would be counted at each of its rounds.
        begin = forms_end[first - 1] if first else np.int64(0)
        end = forms_end[first + parts - 1] if parts else begin
        likely = variants_end[end - 1] if end else np.int64(0)
        likely -= variants_end[begin - 1] if begin else np.int64(0)
        if likely > len(touched):
            touched, order = np.empty(2 * likely, np.int64), np.empty(2 * likely, np.int64)
            bound = np.empty(2 * likely + 1, np.float64)
            answering = np.empty(2 * likely + 1, np.int64)
            table = np.full((2 * likely + 1, width), floor)
            said_by = np.zeros(2 * likely + 1, np.uint8)
        some = np.int64(0)
        for i in range(parts):
            for form in range(forms_end[first + i - 1] if first + i else 0, forms_end[first + i]):
                cost = form_costs[form]
                for k in range(variants_end[form - 1] if form else 0, variants_end[form]):
                    row = rows[k]
                    place = np.int64(places[row])
                    if bits[k] - cost <= table[place, i]:
                        continue
                    if not place:
                        touched[some] = row
                        some += 1
                        place = some
                        places[row] = place
                        held[row >> 3] |= np.uint8(1 << (row & 7))
                    table[place, i] = bits[k] - cost
                    said_by[place] |= np.uint8(1 << i)
        reach = np.int64(0)
        # The rarest forms first, and what a name can have with none of those before.
        for k in range(some):
            row = touched[k] * width
            often = np.int64(postings_end[row + width - 1])
            reach += often - (np.int64(postings_end[row - 1]) if row else 0)
            order[k] = (often - (np.int64(postings_end[row - 1]) if row else 0)) << 32 | touched[k]
        if reach > len(most_of):
            most_of, begun = np.empty(2 * reach, np.float64), np.empty((2 * reach, 2), np.int64)
            sorted_ = np.empty(2 * reach, np.int64)
        order[:some].sort()
        ahead[:] = 0.0
        bound[some] = 0.0
        answered, answering[some] = 0, 0
        for k in range(some - 1, -1, -1):
            place = np.int64(places[order[k] & 0xFFFFFFFF])
            bound[k] = 0.0
            answered |= said_by[place]
            answering[k] = 0
            for i in range(parts):
                ahead[i] = max(ahead[i], min(table[place, i], most_said))
                bound[k] += ahead[i]
                answering[k] += answered >> i & 1
        size, least = 0, -np.inf
        at_row: Any = 0
        at_once = _AT_ONCE
        while at_row < some:
            # What each list can say at most, and each name on it by the forms beside.
            found = np.int64(0)
            highest, scanned = 0.0, np.int64(0)
            while at_row < some and scanned < at_once:
                k = at_row
                row = order[k] & 0xFFFFFFFF
                own_place = np.int64(places[row])
                later = (order[min(k + _AHEAD, some - 1)] & 0xFFFFFFFF) * width
                if later:
                    soon(beside, 3 * np.int64(postings_end[later - 1]))
                open_ = False
                for length in range(1, width + 1):
                    apart_most = max(min(parts, length) - answering[k], 0)
                    agreed = bound[k] - apart * apart_most
                    less = more * abs(length - parts)
                    if agreed - less + 1e-9 < least:
                        continue
                    if agreed < 0.0 and order[k] >> 32 > many:
                        continue
                    open_ = True
                    place = row * width + length - 1
                    start = np.int64(postings_end[place - 1]) if place else np.int64(0)
                    stop = np.int64(postings_end[place])
                    if start == stop:
                        continue
                    scanned += stop - start
                    own = np.int64(said_by[own_place])
                    alone = False
                    for at in range(start, stop):
                        others = np.uint8(0)
                        for g in range(3):
                            others |= held[beside[at, g] >> 3] >> (beside[at, g] & 7)
                        if beside[at, 2] < -1:
                            score = agreed - less + 1e-9
                        elif not others & 1:
                            alone = True
                            continue
                        else:
                            score = -less
                            mask = own
                            for g in range(3):
                                mask |= np.int64(said_by[places[beside[at, g]]])
                            said = 0.0
                            answers = np.int64(0)
                            for i in range(parts):
                                if mask >> i & 1:
                                    answers += 1
                                    most_bits = max(table[own_place, i], 0.0)
                                    for g in range(3):
                                        beside_place = np.int64(places[beside[at, g]])
                                        most_bits = max(most_bits, table[beside_place, i])
                                    said += min(most_bits, most_said)
                            score = said - apart * max(min(parts, length) - answers, 0) - less
                        if score < least:
                            continue
                        most_of[found] = score
                        begun[found, 0], begun[found, 1] = at, length
                        highest = max(highest, score)
                        found += 1
                    if alone:
                        said = 0.0
                        answers = np.int64(0)
                        for i in range(parts):
                            if own >> i & 1:
                                answers += 1
                                said += min(max(table[own_place, i], 0.0), most_said)
                        score = said - apart * max(min(parts, length) - answers, 0) - less
                        most_of[found] = score
                        begun[found, 0], begun[found, 1] = -1 - place, length
                        highest = max(highest, score)
                        found += 1
                at_row = at_row + 1 if open_ else some
            # Those first that can say the most.
            tally[:] = 0
            for k in range(found):
                tally[_bin(highest - most_of[k]) + 1] += 1
            for k in range(1, _BINS):
                tally[k] += tally[k - 1]
            for k in range(found):
                bin_ = _bin(highest - most_of[k])
                sorted_[tally[bin_]] = k
                tally[bin_] += 1
            for k in range(found):
                # A name is read in three steps, each of which says where the next one is.
                near = min(k + 3 * _AHEAD, found - 1)
                at = begun[sorted_[near], 0]
                if at >= 0:
                    soon(postings, at)
                near = min(k + 2 * _AHEAD, found - 1)
                at = begun[sorted_[near], 0]
                if at >= 0:
                    soon(seen, np.int64(postings[at]))
                    soon(name_slots_end, np.int64(postings[at]))
                near = min(k + _AHEAD, found - 1)
                at = begun[sorted_[near], 0]
                if at >= 0 and postings[at]:
                    soon(slot_forms, np.int64(name_slots_end[postings[at] - 1]) * groups)
                entry = sorted_[k]
                top = most_of[entry]
                if top < least:
                    continue
                start, length = begun[entry, 0], begun[entry, 1]
                stop = start + 1
                alone = start < 0
                if alone:
                    place = -1 - start
                    start = np.int64(postings_end[place - 1]) if place else np.int64(0)
                    stop = np.int64(postings_end[place])
                for at in range(start, stop):
                    if alone:
                        others = np.uint8(0)
                        for g in range(3):
                            others |= held[beside[at, g] >> 3] >> (beside[at, g] & 7)
                        if others & 1 or beside[at, 2] < -1:
                            continue
                    name = np.int64(postings[at])
                    if (top == least and name > heap[0]) or top < least:
                        break
                    if seen[name] == now:
                        continue
                    seen[name] = now
                    if len(among) and not among[name]:
                        continue
                    begin = np.int64(name_slots_end[name - 1]) if name else np.int64(0)
                    for i in range(parts):
                        best[i] = 0.0
                    any_ = np.int64(0)
                    paired = 0
                    for slot in range(begin, begin + length):
                        own_by = np.int64(0)
                        for g in range(slot_forms.shape[1]):
                            other = slot_forms[slot, g]
                            if other < 0:
                                break
                            place = np.int64(places[other])
                            mask = np.int64(said_by[place])
                            own_by |= mask
                            i = 0
                            while mask:
                                if mask & 1:
                                    best[i] = max(best[i], min(table[place, i], most_said))
                                mask >>= 1
                                i += 1
                        any_ |= own_by
                        paired += own_by != 0
                    said = 0.0
                    answers = np.int64(0)
                    for i in range(parts):
                        said += best[i]
                        answers += any_ >> i & 1
                    agreed = said - apart * (min(parts, length) - min(answers, paired))
                    score = agreed - more * abs(length - parts)
                    if score >= least:
                        size = offer(scores, heap, size, score, name)
                        if size == most:
                            least = scores[0]
            at_once *= 2
        # The best first: the worst is taken off the heap, one after the other.
        counts[mention] = size
        for k in range(size - 1, -1, -1):
            names[mention, k] = taken_off(scores, heap, k + 1)
        for k in range(size):
            found = names[mention, k]
            start = np.int64(name_slots_end[found - 1]) if found else np.int64(0)
            for j in range(np.int64(name_slots_end[found]) - start):
                part = start + j
                for i in range(parts):
                    most_bits = floor
                    for g in range(slot_forms.shape[1]):
                        other = slot_forms[part, g]
                        if other < 0:
                            break
                        own = table[places[other], i]
                        letter = initial[other]
                        if letter:
                            own = max(own, initials[first + i, 1, letter])
                            if short[other]:
                                own = max(own, initials[first + i, 0, letter])
                        most_bits = max(most_bits, own - slot_costs[part, g] * cost_unit)
                    if articles[first + i] != (slot_articles[part] > 0):
                        most_bits -= article
                    evidence[mention, k, i, j] = most_bits
            for j in range(np.int64(name_slots_end[found]) - start, width):
                for i in range(parts):
                    if articles[first + i]:
                        evidence[mention, k, i, j] = floor - article
        for k in range(some):
            places[touched[k]] = 0
            held[touched[k] >> 3] = 0
            said_by[k + 1] = 0
            for i in range(parts):
                table[k + 1, i] = floor
    return names, counts, evidence
