"""Which names of the gazetteer could a mention be? Found by keys, never by comparing all.

    vocabulary   every distinct form of the names, with its keys
    variants     the forms that a mention's form may stand for, with their bits
    postings     form -> names that hold it
    pool         the names with the most evidence, form by form, for the alignment

A form's variants are looked up once and remembered; what isn't among them counts as the floor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from resolve.matching.alignment import ENTRANCE
from resolve.matching.form import Form
from resolve.matching.keys import keys, phonemes, skeleton
from resolve.matching.similarity import FLOOR, INITIAL, Similarity
from resolve.matching.slots import ARTICLE, MAX_FORMS, Slot
from resolve.model.lexicon import Lexicon
from resolve.names.fold import ALPHABETS

__all__ = ["NameIndex", "Variants"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_COMPARED = 64
"""Forms of the vocabulary that are compared letter by letter with one form of a mention."""
LEAST_ALIKE = 52.0
"""Likeness in percent below which letters are not compared: one right actor in 1,200 is lost."""
_FEW = 8  # forms that are compared whatever they look like
POOL = 64
"""Names that are aligned for one mention."""
MOST_SAID = 18.0
"""Bits of one form that count towards the pool: no rare name may crowd out the others."""
_REMEMBERED = 100_000  # forms
_PER_PART_APART = 0.5  # bits, towards the pool: names of other lengths come later


class Variants(NamedTuple):
    """Rows of the vocabulary, ascending, and the bits that a form says for each."""

    rows: Ints
    bits: Floats


class NameIndex:
    """The names of a gazetteer, by their forms. Immutable but for what it remembers."""

    def __init__(
        self,
        names: Sequence[Sequence[Slot]],
        width: int,
        similarity: Similarity,
        lexicon: Lexicon,
        exact: Sequence[bool] | None = None,
        places: Sequence[bool] | None = None,
    ) -> None:
        self._similarity = similarity
        self._lexicon = lexicon
        self._variants: dict[Form, Variants] = {}
        vocabulary = sorted({form for slots in names for slot in slots for form, _ in slot.forms})
        self.vocabulary: tuple[Form, ...] = tuple(vocabulary)
        self.rows = {form: row for row, form in enumerate(vocabulary)}
        self.sizes = np.array([len(slots) for slots in names], np.int64)
        self.places = np.zeros(len(names), bool) if places is None else np.array(places, bool)
        self.exact = np.zeros(len(names), bool) if exact is None else np.array(exact, bool)
        self.forms = np.full((len(names), width, MAX_FORMS), -1, np.int64)
        self.costs = np.zeros((len(names), width, MAX_FORMS))
        self.articles = np.zeros((len(names), width), bool)
        for n, slots in enumerate(names):
            for i, slot in enumerate(slots):
                self.articles[n, i] = slot.part.article
                for k, (form, cost) in enumerate(slot.forms):
                    self.forms[n, i, k] = self.rows[form]
                    self.costs[n, i, k] = cost

    @cached_property
    def _postings(self) -> tuple[Ints, Ints]:
        """Form -> slice of names, ascending, each once."""
        name, _, _ = np.nonzero(self.forms >= 0)
        pairs = np.unique(np.stack([self.forms[self.forms >= 0], name], axis=1), axis=0)
        starts = np.searchsorted(pairs[:, 0], np.arange(len(self.vocabulary) + 1))
        return starts.astype(np.int64), pairs[:, 1].astype(np.int64)

    @cached_property
    def _keyed(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for row, form in enumerate(self.vocabulary):
            for key in _keys(form):
                found[key].append(row)
        return dict(found)

    @cached_property
    def _groups(self) -> dict[str, list[int]]:
        """Name or concept -> rows of the forms that are written for it, in any language."""
        found: dict[str, list[int]] = defaultdict(list)
        for row, form in enumerate(self.vocabulary):
            for group in self._similarity.groups(form):
                found[group].append(row)
        return dict(found)

    @cached_property
    def _scripts(self) -> tuple[str, ...]:
        return tuple(sorted({form.script for form in self.vocabulary} & set(ALPHABETS)))

    def variants(self, forms: Iterable[Form]) -> dict[Form, Variants]:
        """Return the variants of each form."""
        known = self._variants
        wanted = sorted(set(forms))
        found = {form: known[form] for form in wanted if form in known}
        missing = [form for form in wanted if form not in found]
        if missing:
            rows = [self._similar(form) for form in missing]
            pairs = [
                (f, self.vocabulary[r]) for f, own in zip(missing, rows, strict=True) for r in own
            ]
            bits = self._similarity.bits(pairs)
            ends = np.cumsum([len(own) for own in rows])
            for form, own, end in zip(missing, rows, ends, strict=True):
                said = bits[end - len(own) : end]
                kept = said > ENTRANCE
                found[form] = Variants(np.array(own, np.int64)[kept], said[kept])
            if len(known) + len(missing) > _REMEMBERED:
                # Other threads may hold the memory of before: it is replaced, never emptied.
                known = self._variants = {}
            known.update((form, found[form]) for form in missing)
        return found

    def _similar(self, form: Form) -> list[int]:
        """Rows that share a key with a form, the most alike; attested with it; other languages'."""
        if form.script not in ALPHABETS:
            return [self.rows[form]] if form in self.rows else []
        keyed = self._keyed
        rows = sorted({row for key in _keys(form) for row in keyed.get(key, ())})
        if len(rows) > _FEW:
            rows = self._most_alike(form, rows)
        attested = {
            self.rows[Form(text, script)]
            for script in self._scripts
            for text in self._lexicon.neighbours(*form, script).forms
            if Form(text, script) in self.rows
        }
        if form in self.rows:
            attested.add(self.rows[form])
        for group in self._similarity.groups(form):
            attested.update(self._groups.get(group, ()))
        return sorted(attested.union(rows))

    def _most_alike(self, form: Form, rows: list[int]) -> list[int]:
        forms = [self.vocabulary[row] for row in rows]
        sounds = process.cdist([phonemes(*form)], [phonemes(*f) for f in forms], scorer=fuzz.ratio)
        bones = process.cdist([skeleton(*form)], [skeleton(*f) for f in forms], scorer=fuzz.ratio)
        same = [f.text if f.script == form.script else "" for f in forms]
        letters = process.cdist([form.text], same, scorer=fuzz.ratio)
        alike = 0.3 * np.maximum(sounds, letters)[0] + 0.3 * sounds[0] + 0.4 * bones[0]
        order = np.argsort(-alike, kind="stable")[:MOST_COMPARED].tolist()
        return [rows[i] for i in order if alike[i] >= LEAST_ALIKE]

    def pool(self, slots: Sequence[Slot], variants: Mapping[Form, Variants]) -> Ints:
        """Return the names with the most evidence for a mention, best first, at most `POOL`."""
        starts, postings = self._postings
        found_names, found_bits = [], []
        for slot in slots:
            names, bits = [], []
            for form, cost in slot.forms:
                for row, said in zip(*variants[form], strict=True):
                    own = postings[starts[row] : starts[row + 1]]
                    names.append(own)
                    bits.append(np.full(len(own), min(said - cost, MOST_SAID)))
            if names:
                distinct, best = _greatest(np.concatenate(names), np.concatenate(bits))
                found_names.append(distinct)
                found_bits.append(np.maximum(best, 0.0))
        if not found_names:
            return np.zeros(0, np.int64)
        distinct, place = np.unique(np.concatenate(found_names), return_inverse=True)
        score = np.bincount(place, np.concatenate(found_bits), len(distinct)).astype(float)
        score -= _PER_PART_APART * np.abs(self.sizes[distinct] - len(slots))
        return distinct[np.lexsort((distinct, -score))[:POOL]]

    def evidence(
        self, slots: Sequence[Slot], names: Ints, variants: Mapping[Form, Variants]
    ) -> Floats:
        """Return the bits of every slot for every part of the names; (names, slots, width)."""
        rows, costs = self.forms[names], self.costs[names]
        result = np.full((len(names), len(slots), rows.shape[1]), FLOOR)
        for i, slot in enumerate(slots):
            for form, cost in slot.forms:
                said = self._said(form, rows, variants[form])
                best = (said - costs - cost).max(2)
                result[:, i] = np.maximum(result[:, i], best)
            result[:, i] -= ARTICLE * (self.articles[names] != slot.part.article)
        return result

    def _said(self, form: Form, rows: Ints, variants: Variants) -> Floats:
        """What a form says for each row of the vocabulary; the floor where there is none (-1)."""
        said = np.full(rows.shape, FLOOR)
        if len(variants.rows):
            place = np.minimum(np.searchsorted(variants.rows, rows), len(variants.rows) - 1)
            said = np.where(variants.rows[place] == rows, variants.bits[place], FLOOR)
        if form.script == "Latn":
            # Initials stand in no list of variants: every form of that letter would be one.
            first, short = self._initials
            initial = (first[rows] == ord(form.text[0])) & (rows >= 0)
            said = np.where(initial & (short[rows] | (len(form.text) == 1)), INITIAL, said)
        return said

    @cached_property
    def _initials(self) -> tuple[Ints, NDArray[np.bool_]]:
        """The first letter of each Latin form (0 for others), and which are nothing more."""
        latin = [form.text if form.script == "Latn" else "\0\0" for form in self.vocabulary] + [
            "\0\0"
        ]
        return np.array([ord(t[0]) for t in latin]), np.array([len(t) == 1 for t in latin])

    def rarity(self, names: Ints) -> Floats:
        """Return the rarity in bits of each part of the names, 0 where there is none."""
        rows = self.forms[names, :, 0]
        result: Floats = np.where(rows >= 0, self._rarity[rows], 0.0)
        return result

    def alike(self, forms: Sequence[Form], names: Ints) -> NDArray[np.bool_]:
        """Return which names consist of exactly these forms, in this order."""
        width = self.forms.shape[1]
        if len(forms) > width:
            return np.zeros(len(names), bool)
        rows = [self.rows.get(form, -2) for form in forms] + [-1] * (width - len(forms))
        return np.asarray((self.forms[names, :, 0] == np.array(rows)).all(1))

    @cached_property
    def _rarity(self) -> Floats:
        return self._similarity.rarity(self.vocabulary)


def _keys(form: Form) -> tuple[str, ...]:
    return keys(*form) if form.script in ALPHABETS else (form.text,)


def _greatest(names: Ints, bits: Floats) -> tuple[Ints, Floats]:
    """The distinct names, ascending, with the greatest bits of each."""
    order = np.lexsort((bits, names))
    names, bits = names[order], bits[order]
    last = np.append(names[1:] != names[:-1], True)
    return names[last], bits[last]
