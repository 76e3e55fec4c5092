"""Which names of the gazetteer could a mention be? Found by keys, never by comparing all.

    vocabulary   every distinct form of the names                       lookup.py
    variants     the forms that a mention's form may stand for, with their bits
    postings     form -> names that hold it                             indexing.py
    pool         the names with the most evidence, form by form, for the alignment

Everything is an array, in memory or in a mapped file: a million names are searched in the same
way as ten. The pool is exact, however common a name's forms are: the rarest forms come first,
and what is left unread can't reach it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve import compiled
from resolve.matching.compounds import Written, written
from resolve.matching.form import Form
from resolve.matching.indexing import COST_UNITS, EXACT, PLACE
from resolve.matching.lookup import Lookup, Variants
from resolve.matching.ragged import Ragged, distinct, spread
from resolve.matching.similarity import FLOOR, INITIAL, Similarity
from resolve.matching.slots import ARTICLE, Slot
from resolve.model.learned import Learned
from resolve.types import Part, PartType

__all__ = ["POOL", "NameIndex", "Said"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SAVED = 0.0007
"""Seconds that the compiled search saves for a mention: what it takes, against the plain one."""
POOL = 64
"""Names that are aligned for one mention."""
MOST_SAID = 18.0
"""Bits of one form that count towards the pool: no rare name may crowd out the others."""
_APART = 8.0  # bits, towards the pool: the least that it costs that two parts differ
_PER_PART_MORE = 0.5  # bits, towards the pool: names of other lengths come later
_HIGHEST = 1e300  # bits
MANY = 2000
"""Names that hold a form, from which on it doesn't find those that it can't make agree."""
_AT_ONCE = 4096  # names of the rarest forms that are looked at first
_FIRST = 256  # of these, names that can say the most, which are weighed first
_ROUNDED = 1e-9  # bits
_REMEMBERED = 16_384  # names


class Said(NamedTuple):
    """What each part of a mention says for each form of the vocabulary, as a table of bits.

    `table[i, row]`; the last column stands for no form. `rows` are those above the floor.
    """

    slots: Sequence[Slot]
    table: Floats
    rows: Ints


class NameIndex:
    """The names of a gazetteer, by their forms. Immutable but for what it remembers."""

    def __init__(
        self,
        arrays: Mapping[str, NDArray[Any]],
        width: int,
        similarity: Similarity,
        learned: Learned,
    ) -> None:
        self.arrays = arrays
        self.lookup = Lookup(arrays, similarity, learned)
        self.vocabulary = self.lookup.vocabulary
        self.sizes = np.diff(arrays["slots_end"], prepend=arrays["slots_end"].dtype.type(0))
        self.exact = (arrays["flags"] & EXACT) > 0
        self.places = (arrays["flags"] & PLACE) > 0
        self.lands = arrays["land"]
        self._width = width
        self._forms = arrays["slot_forms"]
        self._costs = arrays["slot_costs"]
        self._articles = arrays["slot_articles"]
        self._slots = Ragged(np.arange(0), arrays["slots_end"])
        self._postings = Ragged(arrays["posting"], arrays["postings_end"])
        self._local = threading.local()
        self._slots_of = lru_cache(_REMEMBERED)(self._read_slots)
        self._written_of = lru_cache(_REMEMBERED)(lambda name: written(self._slots_of(name)))

    def __len__(self) -> int:
        return len(self.sizes)

    def variants(self, forms: Iterable[Form]) -> dict[Form, Variants]:
        """Return the variants of each form."""
        return self.lookup.variants(forms)

    def search(
        self,
        mentions: Sequence[Sequence[Slot]],
        variants: Mapping[Form, Variants],
        among: Bools | None = None,
    ) -> tuple[list[Ints], Floats]:
        """Return the pool of each mention, and the evidence for all their names, one after another.

        The evidence has the shape (names, width, width). `among` says which names are asked.
        """
        if not len(self):
            none = np.zeros(0, np.int64)
            return [none] * len(mentions), np.zeros((0, self._width, self._width))
        kernel = compiled.kernel("pool", SAVED * len(mentions))
        if kernel is not None:
            return self._search_compiled(kernel, mentions, variants, among)
        pools, tables = [], [np.zeros((0, self._width, self._width))]
        for own in mentions:
            with self.said(own, variants) as said:
                pools.append(self.pool(said, among))
                table = np.full((len(pools[-1]), self._width, self._width), FLOOR)
                table[:, : len(own)] = self.evidence(said, pools[-1])
                tables.append(table)
        return pools, np.concatenate(tables)

    def _search_compiled(
        self,
        kernel: ModuleType,
        mentions: Sequence[Sequence[Slot]],
        variants: Mapping[Form, Variants],
        among: Bools | None,
    ) -> tuple[list[Ints], Floats]:
        slots = [slot for own in mentions for slot in own]
        forms = [each for slot in slots for each in slot.forms]
        found = [variants[form] for form, _ in forms]
        none = np.zeros(0, np.int64)
        if not hasattr(self._local, "held"):
            self._local.said = np.zeros(len(self.vocabulary) + 2, np.int32)
            # A bit for each form, and at the end for those of negative numbers: they are none.
            self._local.held = np.zeros(len(self.vocabulary) // 8 + 2, np.uint8)
            self._local.noted = np.full(len(self), -1, np.int32)
            self._local.since = 0
        names, counts, evidence = kernel.search(
            np.cumsum([len(own) for own in mentions], dtype=np.int64),
            np.array([slot.part.article for slot in slots], bool),
            _initials(slots),
            np.cumsum([len(slot.forms) for slot in slots], dtype=np.int64),
            np.array([cost for _, cost in forms], float),
            np.cumsum([len(own.rows) for own in found], dtype=np.int64),
            np.concatenate([none, *(own.rows for own in found)]),
            np.concatenate([np.zeros(0), *(own.bits for own in found)]),
            self.arrays["slots_end"],
            self._forms,
            self._costs,
            self._articles,
            self.arrays["posting"],
            self.arrays["posting_beside"],
            self.arrays["postings_end"],
            self.vocabulary.initial,
            self._short,
            np.zeros(0, bool) if among is None else among,
            self._local.said,
            self._local.held,
            self._local.noted,
            self._width,
            FLOOR,
            self._local.since,
            POOL,
            MOST_SAID,
            _APART,
            _PER_PART_MORE,
            MANY,
            ARTICLE,
            1 / COST_UNITS,
        )
        self._local.since += len(mentions)
        inside = np.arange(POOL) < counts[:, None]
        return [own[:n] for own, n in zip(names, counts.tolist(), strict=True)], evidence[inside]

    @contextmanager
    def said(self, slots: Sequence[Slot], variants: Mapping[Form, Variants]) -> Iterator[Said]:
        """What the parts of a mention say, while the context lasts."""
        table = self._table()[: len(slots)]
        rows = [variants[form].rows for slot in slots for form, _ in slot.forms]
        try:
            for i, slot in enumerate(slots):
                for form, cost in slot.forms:
                    own = variants[form]
                    table[i, own.rows] = np.maximum(table[i, own.rows], own.bits - cost)
            every = distinct(np.concatenate([np.zeros(0, np.int64), *rows]))
            yield Said(slots, table, every[(table[:, every] > FLOOR).any(0)])
        finally:
            for own_rows in rows:
                table[:, own_rows] = FLOOR

    def pool(self, said: Said, among: Bools | None = None) -> Ints:
        """Return the names with the most evidence for a mention, best first, at most `POOL`.

        A form that very many names hold finds only those that may agree: whose other parts aren't
        left without an answer, at a cost that is more than the form says. `among` says which
        names are asked; by default all.
        """
        often = self._postings.sizes(self._lists(said.rows).ravel()).reshape(-1, self._width)
        order = np.lexsort((said.rows, often.sum(1)))
        rows, often = said.rows[order], often[order]
        bounds = self._bounds(said, rows, often.sum(1) > MANY)
        names, scores, least = np.zeros(0, np.int64), np.zeros(0), -_HIGHEST
        seen, held = self._seen(), self._held(said.rows)
        k, at_once, touched = 0, _AT_ONCE, []
        while k < len(rows):
            asked = bounds[k:] >= least
            if not asked[0].any():
                break
            reach = np.cumsum((often[k:] * asked).sum(1))
            end = k + max(int(np.searchsorted(reach, at_once, "right")), 1)
            possible, most = self._possible(
                said, held, rows[k:end], bounds[k:end], asked[: end - k]
            )
            # Those first that can say the most.
            first = len(possible) > _FIRST and len(names) < POOL
            near = np.argpartition(-most, _FIRST)[:_FIRST] if first else most >= least
            for _ in range(1 + first):
                new = distinct(possible[near])
                new = new[~seen[new]].astype(np.int64)
                seen[new] = True
                touched.append(new)
                if among is not None:
                    new = new[among[new]]
                names = np.concatenate([names, new])
                scores = np.concatenate([scores, self._score(new, said)])
                best = np.lexsort((names, -scores))[:POOL]
                names, scores = names[best], scores[best]
                if len(names) == POOL:
                    least = float(scores[-1])
                near = most >= least
            k, at_once = end, 2 * at_once
        for own in touched:
            seen[own] = False
        held[said.rows] = False
        return names

    def _possible(
        self, said: Said, held: Bools, rows: Ints, bounds: Floats, asked: Bools
    ) -> tuple[Ints, Floats]:
        """The names on the lists that are asked for, and what each can score at most.

        The forms beside a name tell it; where it has still others, what the list's bound says.
        """
        size = np.arange(1, self._width + 1)
        row, length = np.repeat(rows, self._width), np.tile(size, len(rows))
        asked_of = np.flatnonzero(asked)
        lists = (row * self._width + length - 1)[asked_of]
        sizes = self._postings.sizes(lists)
        at, of = spread(self._postings.starts(lists), sizes), np.repeat(asked_of, sizes)
        beside = self.arrays["posting_beside"][at]
        # Hardly any name has another form that is said.
        most = self._at_most(said, row[:, None], length)[of]
        other = np.flatnonzero(held[beside[:, 0]] | held[beside[:, 1]] | held[beside[:, 2]])
        every = np.concatenate([row[of[other]][:, None], np.maximum(beside[other], -1)], axis=1)
        most[other] = self._at_most(said, every, length[of[other]])
        more = np.flatnonzero(beside[:, 2] < -1)
        most[more] = bounds.ravel()[of[more]]
        return self._postings.values[at], most + _ROUNDED

    def _at_most(self, said: Said, rows: Ints, sizes: Ints) -> Floats:
        """What names score that have these forms, and so many parts; (names, forms)."""
        best = said.table[:, rows].max(2)
        parts = len(said.slots)
        apart = np.maximum(np.minimum(parts, sizes) - (best > FLOOR).sum(0), 0)
        agreed = np.clip(best, 0.0, MOST_SAID).sum(0) - _APART * apart
        return np.asarray(agreed - _PER_PART_MORE * np.abs(sizes - parts))

    def _lists(self, rows: Ints) -> Ints:
        """The postings of some rows of the vocabulary, a list for each number of parts."""
        return np.asarray(rows[:, None] * self._width + np.arange(self._width))

    def _bounds(self, said: Said, rows: Ints, many: Bools) -> Floats:
        """The most that a name can score that holds none of the rows before, by row and size.

        -inf where names of that size aren't asked for: of a form that `many` hold.
        """
        table = said.table[:, rows]
        value = np.clip(table, 0.0, MOST_SAID)[:, ::-1]
        reached = np.maximum.accumulate(value, axis=1)[:, ::-1].sum(0)
        answered = np.logical_or.accumulate((table > FLOOR)[:, ::-1], axis=1)[:, ::-1].sum(0)
        parts, sizes = len(said.slots), np.arange(1, self._width + 1)
        apart = np.minimum(parts, sizes) - answered[:, None]
        agreed = reached[:, None] - _APART * np.maximum(apart, 0)
        bounds = agreed - _PER_PART_MORE * np.abs(sizes - parts)
        return np.where(many[:, None] & (agreed < 0.0), -np.inf, bounds)

    def _score(self, names: Ints, said: Said) -> Floats:
        """What the parts of a mention say for each name, by the best form of each part."""
        sizes = self._slots.sizes(names)
        slots = spread(self._slots.starts(names), sizes)
        starts = np.cumsum(sizes) - sizes
        if not len(names):
            return np.zeros(0)
        table = said.table[:, self._forms[slots]]
        best = np.maximum.reduceat(table.max(2), starts, axis=1)
        answered = (best > FLOOR).sum(0)
        held = np.add.reduceat((table > FLOOR).any((0, 2)), starts)
        # Of a part for each part, as many as can: at most so many are paired.
        apart = np.minimum(len(said.slots), sizes) - np.minimum(answered, held)
        agreed = np.clip(best, 0.0, MOST_SAID).sum(0) - _APART * apart
        return np.asarray(agreed - _PER_PART_MORE * np.abs(sizes - len(said.slots)))

    def evidence(self, said: Said, names: Ints) -> Floats:
        """Return the bits of every part for every part of the names; (names, parts, width)."""
        place = self._places(names)
        rows, costs = self._forms[place], self._costs[place] / COST_UNITS
        rows[place < 0] = -1
        best = np.maximum(said.table[:, rows], self._initials(said.slots, rows))
        result = np.maximum((best - costs).max(3), FLOOR)
        articles = self._with_article(place)
        mine = np.array([slot.part.article for slot in said.slots], bool)
        result -= ARTICLE * (mine[:, None, None] != articles)
        return np.asarray(result.transpose(1, 0, 2))

    def _initials(self, slots: Sequence[Slot], rows: Ints) -> Floats:
        """What the parts say for forms that are initials, or by their own initial."""
        table = _initials(slots)
        first = np.where(rows >= 0, self.vocabulary.initial[rows], 0)
        short = (rows >= 0) & self._short[rows]
        said: Floats = np.where(short, table[:, 0, first], -np.inf)
        return np.maximum(table[:, 1, first], said)

    def rarity(self, names: Ints) -> Floats:
        """Return the rarity in bits of each part of the names, 0 where there is none."""
        rows = self.forms(names)
        return np.where(rows >= 0, self.vocabulary.rarity[rows], 0.0)

    def heard(self, names: Ints) -> Ints:
        """Return the sounds of each part of the names, 0 where there is none."""
        rows = self.forms(names)
        return np.where(rows >= 0, self.vocabulary.heard[rows], 0)

    def articles(self, names: Ints) -> Bools:
        """Return which parts of the names have an article."""
        return self._with_article(self._places(names))

    def _with_article(self, place: Ints) -> Bools:
        return (self._articles[place] > 0) & (place >= 0)

    def alike(self, mentions: Sequence[Sequence[Form]], owners: Ints, names: Ints) -> Bools:
        """Return which names consist of exactly the forms of their mention, in this order.

        Name k goes with mention `owners[k]`.
        """
        rows = np.full((len(mentions), self._width), -1)
        sizes = np.array([len(forms) for forms in mentions], np.int64)
        short = [k for k, forms in enumerate(mentions) if len(forms) <= self._width]
        known = self.lookup.rows([form for k in short for form in mentions[k]])
        inside = np.arange(self._width) < sizes[:, None]
        inside[sizes > self._width] = False
        rows[inside] = np.where(known < 0, -2, known)
        same = (self.forms(names) == rows[owners]).all(1)
        return np.asarray(same & (sizes[owners] <= self._width))

    def slots(self, name: int) -> Sequence[Slot]:
        """Return the parts of a name, by what the index knows of them."""
        return self._slots_of(name)

    def written(self, name: int) -> Written:
        """Return the words of a name by their consonants."""
        return self._written_of(name)

    def _read_slots(self, name: int) -> Sequence[Slot]:
        ends = self.arrays["slots_end"]
        own = slice(int(ends[name - 1]) if name else 0, int(ends[name]))
        rows, costs = self._forms[own].tolist(), self._costs[own].tolist()
        articles = self._articles[own].tolist()
        found = []
        for own_rows, own_costs, article in zip(rows, costs, articles, strict=True):
            known = [row for row in own_rows if row >= 0]
            forms = self.vocabulary.forms(known)
            units = own_costs[: len(known)]
            text, script = forms[0]
            part = Part(text, script, PartType.WORD, text, 0, 0, bool(article))
            priced = tuple([(f, c / COST_UNITS) for f, c in zip(forms, units, strict=True)])
            found.append(Slot(part, priced))
        return found

    def scripts(self, names: Ints) -> Ints:
        """Return the script of the first part of each name, by its number."""
        first = self._forms[self._slots.starts(names), 0]
        return np.asarray(self.vocabulary.script[first].astype(np.int64))

    def forms(self, names: Ints) -> Ints:
        """Return the row of the plain form of each part of the names, -1 where there is none."""
        place = self._places(names)
        return np.where(place >= 0, self._forms[place, 0], -1)

    def _places(self, names: Ints) -> Ints:
        """Where the parts of the names lie, -1 where there is none; (names, width)."""
        columns = np.arange(self._width)
        there = columns < self._slots.sizes(names)[:, None]
        return np.where(there, self._slots.starts(names)[:, None] + columns, -1)

    @cached_property
    def _short(self) -> Bools:
        """Which forms are a single letter."""
        return np.asarray(self.vocabulary.sizes == 1)

    def _table(self) -> Floats:
        """A table of this thread's, all of it the floor."""
        if not hasattr(self._local, "table"):
            self._local.table = np.full((self._width, len(self.vocabulary) + 1), FLOOR)
        return np.asarray(self._local.table)

    def _held(self, rows: Ints) -> Bools:
        """Which forms are said, for this thread; the last two, which stand for none, are not."""
        if not hasattr(self._local, "held_plain"):
            self._local.held_plain = np.zeros(len(self.vocabulary) + 2, bool)
        held = np.asarray(self._local.held_plain)
        held[rows] = True
        return held

    def _seen(self) -> Bools:
        """Which names this thread has seen: none, as it leaves them."""
        if not hasattr(self._local, "seen"):
            self._local.seen = np.zeros(len(self), bool)
        return np.asarray(self._local.seen)


def _initials(slots: Sequence[Slot]) -> Floats:
    """What each part says for a form that is a Latin initial, and for any form of its letter.

    Initials stand in no list of variants, or every form of their letter would be one. The shape
    is (parts, 2, letters), the letters counted from 1.
    """
    table = np.full((len(slots), 2, 27), -np.inf)
    for i, slot in enumerate(slots):
        for (text, script), cost in slot.forms:
            if script == "Latn":
                letter = ord(text[0]) - ord("a") + 1
                for length in range(1 + (len(text) == 1)):
                    table[i, length, letter] = max(table[i, length, letter], INITIAL - cost)
    return table
