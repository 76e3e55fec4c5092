"""Are adjacent parts of one name one part of the other? Ghulam Reza, Gholamreza.

    promising  runs of parts that sound like a part of the other name, for a whole batch at once
    joins      those whose letters say so as well, with their bits
    joined     the names read with them, aligned again: the better reading counts

Where words end is a habit of spelling, more than a name. But a join is told from a name that is
merely written at greater length: `Ali` of `Ali Dbeibah` is no part of `Dbeibah`. So every piece
must be heard in the whole, the whole must agree better than any piece does, and it can't say
more than its pieces would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.compiled import kernel
from resolve.matching.alignment import Alignment, Structure, align, ways
from resolve.matching.alikeness import weighed
from resolve.matching.form import Form
from resolve.matching.keys import phonemes, skeleton
from resolve.matching.similarity import FLOOR, Similarity
from resolve.matching.slots import ARTICLE, Slot
from resolve.matching.sounds import ENDS, FIRST, LAST, LENGTH, LETTERS, consonants
from resolve.names.fold import ALPHABETS
from resolve.types import Part

__all__ = ["Batch", "Join", "Joined", "Pair", "join", "joined", "read_as"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pair = tuple[Sequence[Slot], Sequence[Slot]]

JOINED = 3.0
"""Bits that it costs to read parts as one that are written apart."""
LONGEST = 3
"""Parts that are read as one at most: Shams-u-Rahman."""
LEAST_HEARD = 60.0
"""Likeness in percent of each piece to its share of the whole, by their consonants."""
LEAST_ALIKE = 58.0
"""Likeness in percent of pieces as one and the whole, by letters, sounds and consonants: of 175
joins that counted among 7,500 names of five lists none had less than 59, and two fifths
of the 18,000 that did not count less."""
LEAST_SHARE = 0.4
"""Share of the whole's rarity that must be said: the whole agrees, not only a piece of it."""
LEAST_MORE = 2.0
"""Bits that the whole says more than its best piece, or the others are not needed."""
_LEAST_ENDS = 2  # letters that a run begins and ends with: an initial is a name of its own
_BETTER = 1e-6  # bits
_SAVED = 5e-7  # seconds that the compiled search saves on a pair of names
_ARTICLES = {"Arab": "ال", "Latn": "l"}  # how it sounds between two parts: Zoulhima


class Join(NamedTuple):
    """The `parts` of one side's name from `first` on are part `answer` of the other's."""

    side: int  # 0 left, 1 right
    first: int
    parts: int
    answer: int
    bits: float = 0.0

    @property
    def span(self) -> slice:
        """Return where the parts stand in their name."""
        return slice(self.first, self.first + self.parts)


class Joined(NamedTuple):
    """A pair of names, read with joins: the evidence of what is left, and its alignment."""

    joins: tuple[Join, ...]
    evidence: Floats
    alignment: Alignment
    row: int  # of the alignment

    @property
    def bits(self) -> float:
        """Return the evidence of the two names, read so."""
        return float(self.alignment.bits[self.row])

    def slots(self, left: Sequence[Slot], right: Sequence[Slot]) -> Pair:
        """Return the parts of the two names as they are read."""
        return read_as(self.joins, left, right)


def read_as(joins: Sequence[Join], left: Sequence[Slot], right: Sequence[Slot]) -> Pair:
    """Return the parts of two names, those of each join as one."""
    sides = [list(left), list(right)]
    for own in joins:
        sides[own.side][own.span] = [join(sides[own.side][own.span])]
    return sides[0], sides[1]


def join(pieces: Sequence[Slot]) -> Slot:
    """Return adjacent parts of a name as one; with an article in it, also as that sounds.

    >>> from resolve.matching.slots import slots
    >>> from resolve.names import person
    >>> join(slots(person("Dhu al-Himma"), 5)).forms
    ((Form(text='dhuhimma', script='Latn'), 0.0), (Form(text='dhulhimma', script='Latn'), 0.0))
    """
    first, last = pieces[0].part, pieces[-1].part
    texts = [slot.forms[0][0].text for slot in pieces]
    article = _ARTICLES.get(first.script, "")
    linked = [article * slot.part.article + t for slot, t in zip(pieces, texts, strict=True)]
    forms = dict.fromkeys(("".join(texts), "".join([texts[0], *linked[1:]])))
    part = Part(
        "".join(texts),
        first.script,
        first.type,
        " ".join(slot.part.text for slot in pieces),
        first.start,
        last.end,
        first.article,
    )
    return Slot(part, tuple((Form(text, first.script), 0.0) for text in forms))


class Batch(NamedTuple):
    """Pairs of names of one shape, aligned: `evidence[row, i, j]`, and what that said.

    `heard` are the sounds of the parts of the left names and of the right ones; `pair` returns
    the parts of a row.
    """

    evidence: Floats
    bits: Floats
    heard: tuple[Ints, Ints]
    pair: Callable[[int], Pair]


def joined(
    batches: Sequence[Batch], similarity: Similarity, structure: Structure
) -> list[dict[int, Joined]]:
    """Return, for each batch, the rows that say more if parts are read as one."""
    shapes: dict[tuple[int, ...], list[_Reading]] = defaultdict(list)
    for (k, row), joins in _agreeing(batches, similarity).items():
        for chosen in _together(joins):
            reading = _Reading(k, row, chosen, *_reduced(batches[k].evidence[row], chosen))
            shapes[reading.evidence.shape].append(reading)
    best: list[dict[int, Joined]] = [{} for _ in batches]
    for shape, readings in shapes.items():
        alignment = align(np.array([reading.evidence for reading in readings]), structure)
        for place, (k, row, chosen, reduced, answered) in enumerate(readings):
            new = Joined(chosen, reduced, alignment, place)
            said = best[k][row].bits if row in best[k] else float(batches[k].bits[row])
            # A name is not to be shortened by a join that then answers to nothing.
            used = ways(*shape).pairs[alignment.chosen[place], answered].all()
            if used and new.bits > said + _BETTER:
                best[k][row] = new
    return best


class _Apart(NamedTuple):
    """Pieces of one name and a whole of another, by all that the evidence sees of them."""

    pieces: tuple[Slot, ...]
    whole: Slot

    @property
    def key(self) -> tuple[object, ...]:
        """Return what is equal where the evidence is."""
        return tuple([(s.forms, s.part.article) for s in (self.whole, *self.pieces)])


class _Reading(NamedTuple):
    batch: int
    row: int
    joins: tuple[Join, ...]
    evidence: Floats
    answered: Ints  # columns of the ways that pair each join with its whole


def _agreeing(
    batches: Sequence[Batch], similarity: Similarity
) -> dict[tuple[int, int], list[Join]]:
    """The joins of each batch and row whose letters agree, with their bits."""
    # The same few names recur in pair after pair: each join of theirs is weighed once.
    near: dict[tuple[object, ...], _Apart] = {}
    places: list[tuple[int, int, Join, tuple[object, ...]]] = []
    for k, row, own in _promising(batches):
        names = batches[k].pair(row)
        each = _Apart(tuple(names[own.side][own.span]), names[1 - own.side][own.answer])
        key = each.key
        near.setdefault(key, each)
        places.append((k, row, own, key))
    audible = [key for key, each in near.items() if _audible(*each)]
    said = dict(zip(audible, _said([near[key] for key in audible], similarity), strict=True))
    found: dict[tuple[int, int], list[Join]] = defaultdict(list)
    for k, row, own, key in places:
        if key in said:
            bits, least, most = said[key]
            table = batches[k].evidence[row] if own.side == 0 else batches[k].evidence[row].T
            if bits >= max(least, float(table[own.span, own.answer].max()) + LEAST_MORE):
                found[k, row].append(own._replace(bits=min(bits, most) - JOINED))
    return found


def _said(near: Sequence[_Apart], similarity: Similarity) -> list[tuple[float, float, float]]:
    """What each join says for the whole, by its best readings; the least and the most it may."""
    readings = [
        [(f, g, cost) for f, _ in join(pieces).forms for g, cost in whole.forms]
        for pieces, whole in near
    ]
    pairs = [(f, g) for own in readings for f, g, _ in own]
    bits = dict(zip(pairs, similarity.bits(pairs).tolist(), strict=True))
    forms = [slot.forms[0][0] for pieces, whole in near for slot in (whole, *pieces)]
    rarity = iter(similarity.rarity(forms).tolist())
    found = []
    for own, (pieces, whole) in zip(readings, near, strict=True):
        best = max(bits[f, g] - cost for f, g, cost in own)
        apart = ARTICLE * (pieces[0].part.article != whole.part.article)
        least, most = LEAST_SHARE * next(rarity), sum(next(rarity) for _ in pieces)
        found.append((best - apart, least, most))
    return found


def _promising(batches: Sequence[Batch]) -> Iterator[tuple[int, int, Join]]:
    """Joins that begin and end as a part of the other name, with its consonants but for one.

    With the number of their batch and their row there, batch by batch.
    """
    counts = np.array([len(batch.bits) for batch in batches], np.int64)
    heard = _heard(batches, counts)
    shapes = np.array([own.shape[1] for batch in batches for own in batch.heard], np.int64)
    shapes = shapes.reshape(-1, 2)
    compiled = kernel("alignment", _SAVED * int(counts.sum()))
    if compiled is None:
        found = _near(heard, counts, shapes)
    else:
        places = LETTERS, FIRST, LAST, LENGTH
        found = compiled.near(heard, counts, shapes, LONGEST, *places)
    starts = (np.cumsum(counts) - counts).tolist()
    for k, side, count, first, row, answer in found.tolist():
        yield k, row - starts[k], Join(side, first, count, answer)


def _near(heard: Ints, counts: Ints, shapes: Ints) -> Ints:
    """As `compiled.alignment.near` has it."""
    owners = np.repeat(np.arange(len(counts)), counts)
    found = [np.zeros((6, 0), np.int64)]
    for side, (mine, other) in enumerate((heard, heard[::-1])):
        n, m = (shapes[owners, own] for own in (side, 1 - side))
        most = np.where(m == 1, n, n - 1)
        for count in range(2, min(LONGEST, mine.shape[1]) + 1):
            run = _in_a_row(mine, count)
            # Few begin and end alike: only these are looked at.
            ends = (run & ENDS)[:, :, None] == (other & ENDS)[:, None]
            row, first, answer = ends.nonzero()
            near = (first + count <= n[row]) & (answer < m[row]) & (count <= most[row])
            one, whole = run[row, first], other[row, answer]
            apart = (one ^ whole) & LETTERS
            near &= (apart & (apart - 1)) == 0
            near &= np.abs((one >> LENGTH) - (whole >> LENGTH)) <= 1
            row, first, answer = row[near], first[near], answer[near]
            kind = np.full((2, len(row)), [[side], [count]])
            found.append(np.array([owners[row], *kind, first, row, answer]))
    joins = np.concatenate(found, axis=1)
    return np.asarray(joins[:, np.lexsort(joins[::-1])].T)


def _heard(batches: Sequence[Batch], counts: Ints) -> Ints:
    """The sounds of the parts of either side, (2, pairs, parts); 0 where there is no part."""
    width = max((own.shape[1] for batch in batches for own in batch.heard), default=0)
    whole = np.zeros((2, int(counts.sum()), width), np.int64)
    start = 0
    for batch, count in zip(batches, counts.tolist(), strict=True):
        for side, own in enumerate(batch.heard):
            whole[side, start : start + count, : own.shape[1]] = own
        start += count
    return whole


def _in_a_row(heard: Ints, count: int) -> Ints:
    """The sounds of each `count` adjacent parts as one, by the first of them."""
    runs = [heard[:, k : heard.shape[1] - count + 1 + k] for k in range(count)]
    first, last = runs[0] & FIRST, runs[-1] & LAST
    for k in range(1, count):
        first = np.where(first, first, runs[k] & FIRST)
        last = np.where(last, last, runs[-1 - k] & LAST)
    whole, length = first | last, runs[0] >> LENGTH
    for run in runs[1:]:
        length = length + (run >> LENGTH)
    for run in runs:
        whole = whole | run & LETTERS
    return np.asarray(whole + (length << LENGTH))


def _audible(pieces: Sequence[Slot], whole: Slot) -> bool:
    """Whether each piece is heard in the whole, one after the other."""
    ends = pieces[0].forms[0][0].text, pieces[-1].forms[0][0].text
    scripts = {slot.part.script for slot in pieces}
    if min(map(len, ends)) < _LEAST_ENDS or len(scripts) > 1 or not scripts <= ALPHABETS.keys():
        return False
    parts = tuple(consonants(*slot.forms[0][0]) for slot in pieces)
    heard = any(_share(parts, consonants(*form)) >= LEAST_HEARD for form, _ in whole.forms)
    return heard and any(
        _alike(form, other) >= LEAST_ALIKE
        for form, _ in join(pieces).forms
        for other, _ in whole.forms
    )


def _alike(form: Form, other: Form) -> float:
    """How alike two forms are, as `alikeness` has it."""
    from rapidfuzz import fuzz  # late: most names hold nothing that could be joined

    sounds = fuzz.ratio(phonemes(*form), phonemes(*other))
    letters = fuzz.ratio(form.text, other.text) if form.script == other.script else 0.0
    bones = fuzz.ratio(skeleton(*form), skeleton(*other))
    return weighed(max(sounds, letters), sounds, bones)


@lru_cache(maxsize=65_536)
def _share(pieces: tuple[str, ...], whole: str) -> float:
    """The likeness in percent of the piece that is heard worst, if the whole is cut at best."""
    from rapidfuzz import fuzz  # late: most names hold nothing that could be joined

    first, rest = pieces[0], pieces[1:]
    if not rest or not first:
        return _share(rest, whole) if rest else fuzz.ratio(first, whole)
    cuts = range(1, len(whole) + 1)
    return max(
        (min(fuzz.ratio(first, whole[:k]), _share(rest, whole[k:])) for k in cuts), default=0.0
    )


def _together(joins: Sequence[Join]) -> Iterator[tuple[Join, ...]]:
    """Each join alone, and one of each side where they concern different parts."""
    left, right = ([own for own in joins if own.side == side] for side in (0, 1))
    yield from ((own,) for own in joins)
    for a, b in product(left, right):
        if not (_holds(a, b.answer) or _holds(b, a.answer)):
            yield a, b


def _holds(own: Join, part: int) -> bool:
    return own.first <= part < own.first + own.parts


def _reduced(evidence: Floats, joins: Sequence[Join]) -> tuple[Floats, Ints]:
    """The evidence of names read with joins, and where in it each join meets its whole."""
    table, meets = evidence.copy(), np.zeros(evidence.shape, bool)
    for own in joins:
        rows, meeting = (table, meets) if own.side == 0 else (table.T, meets.T)
        rows[own.span] = FLOOR
        rows[own.first, own.answer] = own.bits
        meeting[own.first, own.answer] = True
    for own in joins:
        gone = slice(own.first + 1, own.first + own.parts)
        table, meets = np.delete(table, gone, own.side), np.delete(meets, gone, own.side)
    return table, np.flatnonzero(meets)
