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

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from resolve.matching.cognates import cognates, kinship
from resolve.matching.form import Form
from resolve.matching.translations import concept, translations
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
        keys = [p if p[0] <= p[1] else (p[1], p[0]) for p in pairs]
        known = self._known
        found = {key: known[key] for key in keys if key in known}
        missing = sorted({key for key in keys if key not in found})
        if missing:
            found.update(zip(missing, self._compare(missing).tolist(), strict=True))
            if len(known) + len(missing) > _CACHE:
                # Other threads may hold the memory of before: it is replaced, never emptied.
                known = self._known = {}
            known.update((key, found[key]) for key in missing)
        return np.array([found[key] for key in keys])

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

    def _compare(self, pairs: list[tuple[Form, Form]]) -> Floats:
        result = np.full(len(pairs), FLOOR)
        groups: dict[tuple[str, str], list[int]] = {}
        for row, (a, b) in enumerate(pairs):
            if a.script == b.script == "Latn" and 1 in (len(a.text), len(b.text)):
                result[row] = INITIAL if a.text[0] == b.text[0] else FLOOR
            elif a.script in ALPHABETS and b.script in ALPHABETS:
                groups.setdefault((a.script, b.script), []).append(row)
            elif a == b:
                result[row] = NUMBER
        for (left, right), rows in groups.items():
            lefts, rights = [pairs[r][0] for r in rows], [pairs[r][1] for r in rows]
            result[rows] = self._group(lefts, rights, left, right)
        if self._kind == "name":
            self._servants(pairs, result)
        return result

    def _servants(self, pairs: list[tuple[Form, Form]], result: Floats) -> None:
        """Let two servants' names say what the names of God in them do, and that they are."""
        halves = [(served(*a), served(*b)) for a, b in pairs]
        rows = [row for row, (a, b) in enumerate(halves) if a is not None and b is not None]
        if not rows:
            return
        inner = [
            (Form(str(a), pairs[row][0].script), Form(str(b), pairs[row][1].script))
            for row, (a, b) in ((row, halves[row]) for row in rows)
        ]
        rarity = [self.rarity([pairs[row][side] for row in rows]) for side in (0, 1)]
        result[rows] = np.minimum(self.bits(inner) + SERVANT, np.minimum(*rarity))

    def _group(self, a: list[Form], b: list[Form], left: str, right: str) -> Floats:
        """Bits of pairs that share their scripts."""
        own, other = self.rarity(a), self.rarity(b)
        rarity = (own + other) / 2
        letters = self._letters(a, b, left, right) + rarity
        lexicon = self._learned.lexicon
        new = {x: max(lexicon.novelty(*x, right), LEAST_NOVELTY) for x in set(a)}
        newer = {y: max(lexicon.novelty(*y, left), LEAST_NOVELTY) for y in set(b)}
        v, w = np.array([new[x] for x in a]), np.array([newer[y] for y in b])
        known = (v < 1) & (w < 1)
        novelty = np.where(known, v * w, np.sqrt(v * w))
        attested = np.full(len(a), -np.inf)
        for row in np.flatnonzero(known).tolist():
            bits_of = lexicon.neighbours(*a[row], right).bits
            attested[row] = bits_of.get(b[row].text, -np.inf)
        mass = novelty * _power(letters)
        mass += np.maximum(1 - novelty, _LEAST_MASS) * _power(attested + rarity)
        mass += np.array([_LEAST_MASS * (x == y) for x, y in zip(a, b, strict=True)]) * _power(
            rarity
        )
        if left == right:
            mass += np.array([slip(x, y) for x, y in zip(a, b, strict=True)]) * _power(rarity)
        related, chance = (translations, TRANSLATED) if self._kind == "word" else (kinship, COGNATE)
        mass += (
            np.array([related(x, y) for x, y in zip(a, b, strict=True)]) * chance * _power(rarity)
        )
        bits: Floats = np.log2(mass + np.exp2(FLOOR))
        return np.minimum(bits, np.minimum(own, other))

    def _letters(self, a: list[Form], b: list[Form], left: str, right: str) -> Floats:
        """log2 J(a, b) - (M(a) + M(b)) / 2: how well the letters of the pairs go together."""
        for x, y, turned in ((left, right, False), (right, left, True)):
            model = self._learned.edits(x, y)
            if model is not None:
                first, second = (b, a) if turned else (a, b)
                return self._aligned(model, first, second)
        # Nobody has trained this pair of scripts: Latin stands for the one that isn't Arabic.
        if left != "Arab":
            a, left = [Form(romanized(f.text), "Latn") for f in a], "Latn"
        if right != "Arab":
            b, right = [Form(romanized(f.text), "Latn") for f in b], "Latn"
        return self._letters(a, b, left, right) - UNTRAINED

    def _aligned(self, model: EditModel, a: list[Form], b: list[Form]) -> Floats:
        sides: list[Floats] = []
        encoded = []
        for side, forms, inventory in ((0, a, model.left), (1, b, model.right)):
            # Encode each distinct form once, then lay them out by pair.
            distinct = sorted({f.text for f in forms})
            place = {text: i for i, text in enumerate(distinct)}
            rows = np.array([place[f.text] for f in forms], np.int32)
            table = inventory.encode(distinct)
            sides.append(model.marginal(table, side)[rows])
            encoded.append((table, rows))
        joint = model.joint(encoded[0][0].take(encoded[0][1]), encoded[1][0].take(encoded[1][1]))
        with np.errstate(invalid="ignore"):
            bits = joint - (sides[0] + sides[1]) / 2
        return np.nan_to_num(bits, nan=-60.0, neginf=-60.0, posinf=60.0)


def _power(bits: Floats) -> Floats:
    result: Floats = np.exp2(np.clip(bits, -1000.0, 60.0))
    return result


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
