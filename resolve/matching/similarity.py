"""How many bits does one form say for another? Letters, attestation and rarity together.

    bits(a, b) = log2 { v 2^e + max(1 - v, 1/2) 2^l + ([a = b]/2 + s + k) 2^g + 2^-9 }

`e` is the evidence of the letters: log2 of the joint probability of writing a and b for one
name, against writing each for a name of its own. `l` is that of the lexicon, where the pair is
attested. `g` is what it is worth to be written alike. `v` is the novelty: how likely the next
spelling is one that the lexicon doesn't have. `s` is the chance of the one slip of the pen that
turns a into b, `k` that of writing another language's form of the name, or of
translating the word. The last term is a floor: letters alone never say more than nine bits against.
And since no pair is likelier than its rarer half, no form says more than its own rarity. Two
servants' names (Abd al-Basir) say what the names of God in them do, and that they are servants'.
(Design study EVIDENCE, "Tokens": e, l, v, g.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolve.matching.cognates import cognates, kinship
from resolve.matching.form import Form
from resolve.matching.pairs import Pairs, Side
from resolve.matching.translations import concept, translations
from resolve.model.attestation import Attestation
from resolve.model.edit import EditModel
from resolve.model.learned import Learned
from resolve.names.fold import ALPHABETS, romanized
from resolve.names.servants import served

__all__ = ["FLOOR", "INITIAL", "Similarity", "slip"]

Floats = NDArray[np.float64]

FLOOR = -9.0
"""The least bits of a pair of forms."""
INITIAL = 3.0
"""Bits of an initial that is the first letter of the other form (design study)."""
NUMBER = 10.0
"""Bits of an equal number in two names: 444 of `444 Brigade`."""
UNTRAINED = 4.0
"""Bits that a pair of scripts for which no model is trained is worth less: both are romanised."""
TRANSLATED = 0.5
"""Chance that a word of an institution is translated in another list."""
COGNATE = 0.05
"""Chance that a given name is written as another language's form of it (Mykola, Nikolai)."""
SERVANT = 4.0
"""Bits of being a servant's name at all: one man in a dozen in the Arab lists."""
SLIP = 0.02
"""Chance that a word holds a slip: a letter dropped, added, exchanged or swapped with the next."""
LEAST_NOVELTY = 0.1
"""However often a name is attested, another language may spell it anew (Halide for خالدة)."""
_LEAST_MASS = 0.5
_LEAST_FOR_SLIP = 4  # letters
_CACHE = 400_000  # pairs; about 60 MB


class Similarity:
    """Bits for pairs of forms, remembered. Safe to share between threads."""

    def __init__(self, learned: Learned, kind: str = "name") -> None:
        self._learned = learned
        self._kind = kind
        self._known: dict[tuple[Form, Form], float] = {}
        self._rarity: dict[Form, float] = {}

    def bits(self, pairs: Sequence[tuple[Form, Form]]) -> Floats:
        """Return the bits of each pair, in their order; symmetric in the two forms."""
        distinct, place = Pairs.of(pairs).distinct()
        keys = list(zip(distinct.left.listed(), distinct.right.listed(), strict=True))
        known = self._known
        said = np.array([known.get(key, np.nan) for key in keys], float)
        missing = np.flatnonzero(np.isnan(said))
        if len(missing):
            said[missing] = self.between(distinct.take(missing))
            if len(known) + len(missing) > _CACHE:
                # Other threads may hold the memory of before: it is replaced, never emptied.
                known = self._known = {}
            found = zip(missing.tolist(), said[missing].tolist(), strict=True)
            known.update((keys[row], bits) for row, bits in found)
        bits: Floats = said[place]
        return bits

    def between(self, pairs: Pairs) -> Floats:
        """Return the bits of each pair, in their order. None is remembered: for very many."""
        pairs = pairs.sorted()
        result = np.full(len(pairs.left), FLOOR)
        for script, other, rows in pairs.by_scripts():
            own = pairs.take(rows)
            if script in ALPHABETS and other in ALPHABETS:
                result[rows] = self._group(own, script, other)
                if script == other == "Latn":
                    initial, bits = _initials(own)
                    result[rows[initial]] = bits[initial]
            else:
                result[rows[own.alike()]] = NUMBER
        if self._kind == "name":
            self._servants(pairs, result)
        return result

    def rarity(self, forms: Sequence[Form]) -> Floats:
        """Return -log2 P of each form: the bits that it is worth to share it."""
        known = self._rarity
        found = {form: known[form] for form in forms if form in known}
        missing = sorted({form for form in forms if form not in found})
        for script in sorted({form.script for form in missing}):
            own = [form for form in missing if form.script == script]
            if script in ALPHABETS:
                values = -self._learned.background(self._kind, script).log2p([f.text for f in own])
            else:
                values = np.full(len(own), NUMBER)
            found.update(zip(own, values.tolist(), strict=True))
        if missing:
            if len(known) + len(missing) > _CACHE:
                known = self._rarity = {}
            known.update((form, found[form]) for form in missing)
        return np.array([found[form] for form in forms])

    def groups(self, form: Form) -> Iterable[str]:
        """Return the names, or the concepts, that a form may stand for in other languages."""
        return concept(form) if self._kind == "word" else cognates(form)

    def _servants(self, pairs: Pairs, result: Floats) -> None:
        """Let two servants' names say what the names of God in them do, and that they are."""
        halves = [served(*form) for form in pairs.left.forms]
        servant = np.array([half is not None for half in halves], bool)
        rows = np.flatnonzero(servant[pairs.left.rows] & servant[pairs.right.rows])
        if not len(rows):
            return
        own, other = pairs.take(rows)
        inner = [
            [Form(str(halves[k]), side.forms[k].script) for k in side.rows.tolist()]
            for side in (own, other)
        ]
        bits = self.bits(list(zip(*inner, strict=True)))
        least = np.minimum(own.each(self.rarity), other.each(self.rarity))
        result[rows] = np.minimum(bits + SERVANT, least)

    def _group(self, pairs: Pairs, script: str, other: str) -> Floats:
        """Bits of pairs that share their scripts."""
        own, theirs = pairs.left.each(self.rarity), pairs.right.each(self.rarity)
        rarity = (own + theirs) / 2
        alike = _power(rarity)
        novelty, attested = self._spellings(pairs, script, other)
        mass = novelty * _power(self._letters(pairs, script, other) + rarity)
        mass += np.maximum(1 - novelty, _LEAST_MASS) * _power(attested + rarity)
        mass += _LEAST_MASS * pairs.alike() * alike
        if script == other:
            mass += _slips(pairs) * alike
        mass += self._related(pairs) * alike
        bits: Floats = np.log2(mass + np.exp2(FLOOR))
        return np.asarray(np.minimum(bits, np.minimum(own, theirs)))

    def _spellings(self, pairs: Pairs, script: str, other: str) -> tuple[Floats, Floats]:
        """How likely the pairs' next spelling is a new one, and the bits of those attested."""
        novelty, rows = self._learned.lexicon.novelty, self._attestation.rows
        v = pairs.left.each(lambda forms: [novelty(*form, other) for form in forms])
        w = pairs.right.each(lambda forms: [novelty(*form, script) for form in forms])
        v, w = np.maximum(v, LEAST_NOVELTY), np.maximum(w, LEAST_NOVELTY)
        known = np.flatnonzero((v < 1) & (w < 1))
        mean, attested = np.sqrt(v * w), np.full(len(v), -np.inf)
        mean[known] = (v * w)[known]
        if len(known):
            a, b = (side.take(known).each(rows) for side in pairs)
            attested[known] = self._attestation.bits(a, b, script, other)
        return mean, attested

    @cached_property
    def _attestation(self) -> Attestation:
        return Attestation(self._learned.lexicon)

    def _related(self, pairs: Pairs) -> Floats:
        """The chance that each pair is one thing in two languages; hardly any form has others."""
        related, chance = (translations, TRANSLATED) if self._kind == "word" else (kinship, COGNATE)
        result = np.zeros(len(pairs.left))
        any_ = [side.each(lambda forms: [bool(self.groups(f)) for f in forms]) for side in pairs]
        rows = np.flatnonzero(any_[0] & any_[1])
        left, right = pairs.take(rows)
        both = zip(left.listed(), right.listed(), strict=True)
        result[rows] = [related(a, b) * chance for a, b in both]
        return result

    def _letters(self, pairs: Pairs, script: str, other: str) -> Floats:
        """log2 J(a, b) - (M(a) + M(b)) / 2: how well the letters of the pairs go together."""
        for x, y, own in ((script, other, pairs), (other, script, Pairs(*reversed(pairs)))):
            model = self._learned.edits(x, y)
            if model is not None:
                return _aligned(model, own)
        # Nobody has trained this pair of scripts: Latin stands for the one that isn't Arabic.
        latin = [form if form.script == "Arab" else _latin(form) for form in pairs.left.forms]
        sides = (Side(latin, side.rows) for side in pairs)
        script, other = (x if x == "Arab" else "Latn" for x in (script, other))
        return self._letters(Pairs(*sides), script, other) - UNTRAINED


def slip(a: Form, b: Form) -> float:
    """Return the chance that b is a written with one given slip: one among all possible ones.

    0 if they are more than one letter apart, or so short that a letter makes another name.
    """
    length = max(len(a.text), len(b.text))
    if min(len(a.text), len(b.text)) < _LEAST_FOR_SLIP or abs(len(a.text) - len(b.text)) > 1:
        return 0.0
    if OSA.distance(a.text, b.text, score_cutoff=1) != 1:
        return 0.0
    return SLIP / (2 * len(ALPHABETS[a.script]) * length)


def _slips(pairs: Pairs) -> Floats:
    """The same of each pair; all are of one script."""
    left, right = (side.each(_sizes) for side in pairs)
    near = (np.minimum(left, right) >= _LEAST_FOR_SLIP) & (np.abs(left - right) <= 1)
    first, second = (side.each(_bags) for side in pairs)
    apart = first ^ second
    # One slip brings in one letter and takes out another, at most: the third bit is too many.
    apart &= apart - 1
    near &= (apart & (apart - 1)) == 0
    rows = np.flatnonzero(near & ~pairs.alike())
    result = np.zeros(len(left))
    if len(rows):
        texts = [[form.text for form in side.take(rows).listed()] for side in pairs]
        steps = process.cpdist(*texts, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
        rows = rows[steps == 1]
        letters = len(ALPHABETS[pairs.left.forms[pairs.left.rows[0]].script])
        result[rows] = SLIP / (2 * letters * np.maximum(left, right)[rows])
    return result


def _initials(pairs: Pairs) -> tuple[NDArray[np.bool_], Floats]:
    """Which pairs of Latin forms have an initial, and what it says."""
    left, right = (side.each(_sizes) for side in pairs)
    first, second = (side.each(lambda forms: [f.text[:1] for f in forms]) for side in pairs)
    return np.minimum(left, right) == 1, np.where(first == second, INITIAL, FLOOR)


def _sizes(forms: Sequence[Form]) -> list[int]:
    return [len(form.text) for form in forms]


def _bags(forms: Sequence[Form]) -> list[int]:
    """Which letters each form has, a bit for each; letters that share a bit are taken for one."""
    bags = []
    for form in forms:
        bits = 0
        for letter in form.text:
            bits |= 1 << (ord(letter) & 31)
        bags.append(bits)
    return bags


def _latin(form: Form) -> Form:
    return Form(romanized(form.text), "Latn")


def _aligned(model: EditModel, pairs: Pairs) -> Floats:
    encoded, rows, marginals = [], [], []
    for side, inventory in enumerate((model.left, model.right)):
        forms, place = pairs[side].distinct
        table = inventory.encode([form.text for form in forms])
        marginals.append(model.marginal(table, side)[place])
        encoded.append(table)
        rows.append(place)
    joint = model.joint(encoded[0], encoded[1], (rows[0], rows[1]))
    with np.errstate(invalid="ignore"):
        bits = joint - (marginals[0] + marginals[1]) / 2
    return np.nan_to_num(bits, nan=-60.0, neginf=-60.0, posinf=60.0)


def _power(bits: Floats) -> Floats:
    result: Floats = np.exp2(np.clip(bits, -1000.0, 60.0))
    return result
