"""Which forms of a vocabulary may a form stand for, and what does it say for each?

    keyed     forms that share a key with it, those of them that sound most alike
    attested  spellings that the lexicon has of the same name, and the form itself
    related   the same name, or concept, in another language

What is found for a form is remembered; a form that isn't among its variants counts as the floor.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve import compiled
from resolve.matching.alignment import ENTRANCE
from resolve.matching.form import Form
from resolve.matching.hearing import EXCHANGED, IN_ABJAD, MOST_SOUNDS, heard
from resolve.matching.ragged import Ragged, distinct, ragged, spread
from resolve.matching.similarity import Pairs, Similarity
from resolve.matching.slips import SHORTEST, slips
from resolve.matching.vocabulary import Keys, Vocabulary
from resolve.memory import remembered
from resolve.model.hearing import UNIT
from resolve.model.learned import Learned
from resolve.names.fold import ALPHABETS

__all__ = ["MOST_COMPARED", "MOST_HEARD", "Lookup", "Variants"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_HEARD = 4000
"""Forms of the vocabulary that are listened to, those with the most alike consonants first."""
MOST_COMPARED = 256
"""Those of them that are compared letter by letter with one form of a mention."""
MOST_SLIPS = 32
"""Those that are, besides, because a slip of the pen makes one of them of it."""
LEAST_HEARD = -4.0
"""Bits of the sounds below which letters are not compared."""
SAVED, SAVED_PER_STRAIN = 0.0003, 4e-6
"""Seconds that the compiled look-up saves for a form, and for a strain that shares a key."""
_LEAST_HEARD = round(LEAST_HEARD / UNIT)
_REMEMBERED = 50_000  # forms
_SHIFT, _MASK = 32, (1 << 32) - 1


class Variants(NamedTuple):
    """Rows of the vocabulary, ascending, and the bits that a form says for each."""

    rows: Ints
    bits: Floats


class Lookup:
    """Looks forms up in a vocabulary. Immutable but for what it remembers."""

    def __init__(
        self, arrays: Mapping[str, NDArray[Any]], similarity: Similarity, learned: Learned
    ) -> None:
        self.vocabulary = Vocabulary(arrays)
        self._keys = Keys(arrays, self.vocabulary)
        self._groups = Ragged(arrays["group_rows"], arrays["group_end"])
        self._group_names = arrays["group"]
        self._similarity = similarity
        self._lexicon = learned.lexicon
        self._hearing = learned.hearing
        self._signs: tuple[NDArray[Any], ...] | None = None  # what the kernel reads of the rows
        self._known: dict[Form, Variants] = {}
        self._local = threading.local()

    @staticmethod
    def arrays_of(
        forms: Sequence[Form], similarity: Similarity, learned: Learned
    ) -> dict[str, NDArray[Any]]:
        """Return what a look-up needs of distinct forms, which are rows in their order."""
        rows: dict[str, list[int]] = {}
        for row, form in enumerate(forms):
            for group in similarity.groups(form):
                rows.setdefault(group, []).append(row)
        names = sorted(rows)
        groups = ragged([rows[name] for name in names], np.int32)
        return {
            **similarity.vocabulary(forms).arrays,
            **Keys.arrays_of(forms),
            "group": np.frombuffer("\n".join(names).encode(), np.uint8),
            "group_rows": groups.values,
            "group_end": groups.ends,
        }

    def rows(self, forms: Sequence[Form]) -> Ints:
        """Return the row of each form, -1 where the vocabulary hasn't got it."""
        return self._keys.rows_of(forms)

    def variants(self, forms: Iterable[Form]) -> dict[Form, Variants]:
        """Return the variants of each form."""
        known = self._known
        wanted = sorted(set(forms))
        found = {form: known[form] for form in wanted if form in known}
        missing = [form for form in wanted if form not in found]
        if missing:
            new = dict(zip(missing, self._looked_up(missing), strict=True))
            self._known = remembered(known, new, _REMEMBERED)
            found |= new
        return found

    def _looked_up(self, forms: Sequence[Form]) -> list[Variants]:
        own = self._similarity.vocabulary(forms)
        alone = self._keys.rows_of(forms)
        written = np.flatnonzero(alone >= 0)
        related, relations = self._related(forms)
        places = distinct(
            np.concatenate(
                [
                    _placed(written, alone[written]),
                    _placed(*self._keyed(forms, own)),
                    *(_placed(*found) for found in self._attested(own)),
                    related,
                ]
            )
        )
        weights = np.zeros(len(places))
        weights[np.searchsorted(places, related)] = relations
        mine, rows = places >> _SHIFT, places & _MASK
        bits = self._similarity.between(Pairs(own, mine, self.vocabulary, rows, weights))
        kept = bits > ENTRANCE
        mine, rows, bits = mine[kept], rows[kept], bits[kept]
        ends = np.searchsorted(mine, np.arange(len(forms) + 1)).tolist()
        return [Variants(rows[a:b], bits[a:b]) for a, b in pairwise(ends)]

    def _keyed(self, forms: Sequence[Form], own: Vocabulary) -> tuple[Ints, Ints]:
        """Forms, and the rows that share a key with them: those that sound most alike."""
        ends, starts, stops = self._keys.lists(forms)
        kernel = compiled.kernel(
            "lookup", SAVED * len(forms) + SAVED_PER_STRAIN * float((stops - starts).sum())
        )
        if kernel is None or np.abs(self._hearing).max() > kernel.MOST_SAID:
            return self._keyed_plain(own, ends, starts, stops)
        if self._signs is None:
            strains = self._keys.rows.ends
            self._signs = kernel.signs(*self.vocabulary.columns, strains, IN_ABJAD)
        rows, ends = kernel.most_alike(
            *own.columns,
            *self.vocabulary.columns,
            self._keys.rows.ends,
            *self._signs,
            ends,
            starts,
            stops,
            self._keys.strains,
            *self._noted(len(forms)),
            IN_ABJAD,
            self._hearing,
            EXCHANGED,
            MOST_SOUNDS,
            MOST_HEARD,
            MOST_COMPARED,
            MOST_SLIPS,
            SHORTEST,
            _LEAST_HEARD,
        )
        return np.repeat(np.arange(len(forms)), np.diff(ends, prepend=0)), rows

    def _noted(self, forms: int) -> tuple[NDArray[np.int32], int]:
        """What this thread has noted of strains, and a number above all that; for so many forms."""
        if not hasattr(self._local, "noted") or self._local.since + forms >= 2**31:
            self._local.noted = np.full(len(self._keys.rows), -1, np.int32)
            self._local.since = 0
        self._local.since += forms
        return self._local.noted, self._local.since - forms

    def _keyed_plain(
        self, own: Vocabulary, ends: Ints, starts: Ints, stops: Ints
    ) -> tuple[Ints, Ints]:
        """As the kernel does it, all forms at once."""
        sizes = stops - starts
        owners = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
        strains = self._keys.strains[spread(starts, sizes)]
        places = distinct(_placed(np.repeat(owners, sizes), strains.astype(np.int64)))
        mine, strains = places >> _SHIFT, places & _MASK
        first, rows_of = self._keys.rows.starts(strains), self._keys.rows.sizes(strains)
        alike = self._heard(own.bones, own, mine, self.vocabulary.bones, first)
        order = np.lexsort((strains, -alike, mine))
        order = order[alike[order] >= _LEAST_HEARD]
        mine, first, sizes = mine[order], first[order], rows_of[order]
        before = np.cumsum(sizes) - sizes
        new = np.diff(mine, prepend=-1) > 0
        before -= np.maximum.accumulate(np.where(new, before, 0))
        asked = before < MOST_HEARD
        slipped = self._slipped(own, np.repeat(mine, sizes), spread(first, sizes))
        mine, rows = np.repeat(mine[asked], sizes[asked]), spread(first[asked], sizes[asked])
        alike = self._heard(own.sounds, own, mine, self.vocabulary.sounds, rows)
        loud = alike >= _LEAST_HEARD
        mine, rows, alike = mine[loud], rows[loud], alike[loud]
        order = np.lexsort((rows, -alike, mine))
        mine, rows = _first(mine[order], rows[order], MOST_COMPARED)
        return np.concatenate([mine, slipped[0]]), np.concatenate([rows, slipped[1]])

    def _slipped(self, own: Vocabulary, mine: Ints, rows: Ints) -> tuple[Ints, Ints]:
        """Of some pairs, in their order: those that one slip of the pen tells apart."""
        other = self.vocabulary
        near = np.abs(own.sizes[mine].astype(np.int64) - other.sizes[rows]) <= 1
        near &= own.script[mine] == other.script[rows]
        mine, rows = mine[near], rows[near]
        # One end of a word stays as it is.
        left, right = own.letters, other.letters
        same = left.values[left.starts(mine)] == right.values[right.starts(rows)]
        same |= left.values[left.ends[mine] - 1] == right.values[right.ends[rows] - 1]
        mine, rows = mine[same], rows[same]
        one = slips(own, mine, other, rows) > 0
        return _first(mine[one], rows[one], MOST_SLIPS)

    def _heard(self, said: Ragged, own: Vocabulary, mine: Ints, other: Ragged, rows: Ints) -> Ints:
        kinds = 2 * IN_ABJAD[own.script[mine]] + IN_ABJAD[self.vocabulary.script[rows]]
        return heard(self._hearing, kinds, said, mine, other, rows)

    def _attested(self, own: Vocabulary) -> Iterator[tuple[Ints, Ints]]:
        """Forms, and the rows of the spellings that the lexicon has of what they may write."""
        for number, script in enumerate(ALPHABETS):
            forms = np.flatnonzero((own.script == number) & (own.lexicon >= 0))
            at = own.lexicon[forms].astype(np.int64)
            for other, rows in self._by_lexicon.items() if len(forms) else ():
                steps, there = self._lexicon.walk(at, script, other)
                known = rows[there] >= 0
                yield forms[steps[known]], rows[there[known]]

    def _related(self, forms: Sequence[Form]) -> tuple[Ints, Floats]:
        """Where forms stand for a name, or a concept, of the table, and how likely it is one."""
        found: dict[int, float] = {}
        relation = self._similarity.relation
        for number, form in enumerate(forms):
            rows = {
                row
                for group in self._similarity.groups(form)
                if group in self._group_rows
                for row in self._groups.row(self._group_rows[group]).tolist()
            }
            for row in rows:
                found[number << _SHIFT | row] = relation(form, self.vocabulary.form(row))
        return np.array(list(found), np.int64), np.array(list(found.values()), float)

    @cached_property
    def _group_rows(self) -> dict[str, int]:
        names = self._group_names.tobytes().decode()
        return {name: k for k, name in enumerate(names.split("\n"))} if names else {}

    @cached_property
    def _by_lexicon(self) -> dict[str, Ints]:
        """For each script of the vocabulary: the row of each form of the lexicon, -1 if none."""
        found = {}
        for number, script in enumerate(ALPHABETS):
            rows = np.flatnonzero(
                (self.vocabulary.script == number) & (self.vocabulary.lexicon >= 0)
            )
            if len(rows):
                found[script] = np.full(self._lexicon.size(script), -1, np.int64)
                found[script][self.vocabulary.lexicon[rows]] = rows
        return found


def _first(forms: Ints, rows: Ints, most: int) -> tuple[Ints, Ints]:
    """The first so many rows of each form; forms ascend."""
    kept = np.arange(len(forms)) - np.searchsorted(forms, forms) < most
    return forms[kept], rows[kept]


def _placed(forms: Ints, rows: Ints) -> Ints:
    """Forms and rows as one number each, by which they sort."""
    return np.asarray(forms.astype(np.int64) << _SHIFT | rows)
