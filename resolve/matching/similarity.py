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

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.matching.cognates import cognates, kinship
from resolve.matching.form import Form
from resolve.matching.hearing import IN_ABJAD
from resolve.matching.letters import letters
from resolve.matching.ragged import distinct
from resolve.matching.rarity import Rarity
from resolve.matching.slips import compared
from resolve.matching.translations import concept, translations
from resolve.matching.vocabulary import SCRIPTS, Parts, Vocabulary, follows
from resolve.memory import remembered
from resolve.model.attestation import Attestation, mean_bits
from resolve.model.learned import Learned
from resolve.names.family_endings import ended
from resolve.names.fold import ALPHABETS, romanized
from resolve.names.servants import served

__all__ = ["FLOOR", "INITIAL", "Pairs", "Similarity"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Scripts = NDArray[np.uint8]

FLOOR = -9.0
"""The least bits of a pair of forms."""
INITIAL = 3.0
"""Bits of an initial that is the first letter of the other form (design study)."""
UNTRAINED = 4.0
"""Bits that a pair of scripts for which no model is trained is worth less: both are romanised."""
TRANSLATED = 0.5
"""Chance that a word of an institution is translated in another list."""
COGNATE = 0.05
"""Chance that a given name is written as another language's form of it (Mykola, Nikolai)."""
SERVANT = 4.0
"""Bits of being a servant's name at all: one man in a dozen in the Arab lists."""
ENDING = 4.0
"""Bits of a family's ending that two names share (-enko, -oğlu)."""
PLAIN = 8.0
"""Bits from which on what stands before a family's ending is the same, whatever the whole says."""
LEAST_NOVELTY = 0.1
"""However often a name is attested, another language may spell it anew (Halide for خالدة)."""
_LEAST_MASS = 0.5
_LEAST = 2.0**FLOOR
_REMEMBERED = 400_000  # pairs; about 60 MB
_CHUNK = 1 << 16  # pairs that are weighed together
_LATIN = SCRIPTS.index("Latn")
_SHIFT, _MASK = 32, (1 << 32) - 1


class Pairs(NamedTuple):
    """Rows of two vocabularies, pair by pair; `related` as `Similarity.relation` has it."""

    left: Vocabulary
    left_rows: Ints
    right: Vocabulary
    right_rows: Ints
    related: Floats

    def take(self, places: Ints) -> Pairs:
        """Return some of the pairs, in their order."""
        return self._replace(
            left_rows=self.left_rows[places],
            right_rows=self.right_rows[places],
            related=self.related[places],
        )


class Similarity:
    """Bits for pairs of forms. Safe to share between threads."""

    def __init__(self, learned: Learned, kind: str = "name") -> None:
        self._learned = learned
        self._words = kind == "word"
        self._rarity = Rarity(learned, kind)
        self._known: dict[tuple[Form, Form], float] = {}

    def rarity(self, forms: Sequence[Form]) -> Floats:
        """Return -log2 P of each form: the bits that it is worth to share it."""
        return self._rarity.of(forms)

    def vocabulary(self, forms: Sequence[Form]) -> Vocabulary:
        """Return forms as rows, in their order."""
        return Vocabulary.of(forms, self._rarity, self._learned.lexicon)

    def groups(self, form: Form) -> Iterable[str]:
        """Return the names, or the concepts, that a form may stand for in other languages."""
        return concept(form) if self._words else cognates(form)

    def relation(self, left: Form, right: Form) -> float:
        """Return how likely two forms are one name, or one concept, in two languages."""
        return translations(left, right) if self._words else kinship(left, right)

    def bits(self, pairs: Sequence[tuple[Form, Form]]) -> Floats:
        """Return the bits of each pair, in their order, remembered; symmetric in the two forms."""
        known = self._known
        keys = [pair if pair[0] <= pair[1] else (pair[1], pair[0]) for pair in pairs]
        said = [known.get(key) for key in keys]
        missing = sorted({key for key, bits in zip(keys, said, strict=True) if bits is None})
        if missing:
            new = dict(zip(missing, self._looked_up(missing).tolist(), strict=True))
            self._known = remembered(known, new, _REMEMBERED)
            both = zip(keys, said, strict=True)
            said = [new[key] if bits is None else bits for key, bits in both]
        return np.array(said, float)

    def _looked_up(self, pairs: Sequence[tuple[Form, Form]]) -> Floats:
        forms = sorted({form for pair in pairs for form in pair})
        place = {form: row for row, form in enumerate(forms)}
        left = np.array([place[a] for a, _ in pairs], np.int64)
        right = np.array([place[b] for _, b in pairs], np.int64)
        return self._among(Vocabulary(self._unheard(forms)), left, right)

    def _unheard(self, forms: Sequence[Form]) -> dict[str, NDArray[Any]]:
        """Forms as arrays without their sounds; and whether each has names in other languages."""
        own = Vocabulary.of(forms, self._rarity, self._learned.lexicon, heard=False)
        related = np.array([bool(self.groups(form)) for form in forms], bool)
        return {**own.arrays, "related": related}

    def _among(self, own: Vocabulary, left: Ints, right: Ints) -> Floats:
        """The bits of pairs of some forms, as `_unheard` has them."""
        related = own.arrays["related"]
        relations = np.zeros(len(left))
        # Hardly any form has a name in other languages.
        for k in np.flatnonzero(related[left] & related[right]).tolist():
            relations[k] = self.relation(own.form(int(left[k])), own.form(int(right[k])))
        return self.between(Pairs(own, left, own, right, relations))

    def between(self, pairs: Pairs) -> Floats:
        """Return the bits of each pair of rows, in their order. None is remembered."""
        count = len(pairs.left_rows)
        if count <= _CHUNK:
            return self._bits(pairs)
        result = np.full(count, FLOOR)
        for start in range(0, count, _CHUNK):
            places = np.arange(start, min(start + _CHUNK, count))
            result[places] = self._bits(pairs.take(places))
        return result

    def _bits(self, pairs: Pairs) -> Floats:
        left, right = pairs.left.script[pairs.left_rows], pairs.right.script[pairs.right_rows]
        short = _short(pairs, left, right)
        spelled = (left < len(ALPHABETS)) & (right < len(ALPHABETS)) & ~short
        if spelled.all():
            result = self._spelled(pairs, left, right)
        else:
            result = np.full(len(left), FLOOR)
            places = np.flatnonzero(spelled)
            result[places] = self._spelled(pairs.take(places), left[places], right[places])
            first = pairs.left.initial[pairs.left_rows] == pairs.right.initial[pairs.right_rows]
            result[short & first] = INITIAL
            # Numbers and legal forms are equal or not.
            places = np.flatnonzero(~spelled & ~short & (left == right))
            own = pairs.take(places)
            same = compared(*own[:4])[0]
            result[places[same]] = own.left.rarity[own.left_rows[same]]
        if not self._words:
            self._servants(pairs, result)
            self._endings(pairs, result)
        return result

    def _spelled(self, pairs: Pairs, left: Scripts, right: Scripts) -> Floats:
        """Bits of pairs of forms in alphabets, whose scripts are these."""
        count = len(left)
        letters, novelty, attested = np.zeros(count), np.ones((2, count)), np.zeros((2, count))
        rows = pairs.left.lexicon[pairs.left_rows], pairs.right.lexicon[pairs.right_rows]
        groups = left * np.uint8(len(SCRIPTS)) + right
        for group in np.bincount(groups).nonzero()[0].tolist():
            a, b = SCRIPTS[group // len(SCRIPTS)], SCRIPTS[group % len(SCRIPTS)]
            places = (groups == group).nonzero()[0]
            if len(places) == count:
                letters = self._letters(pairs, a, b)
                novelty, attested = self._attestation.pairs(*rows, a, b)
            else:
                letters[places] = self._letters(pairs.take(places), a, b)
                said = self._attestation.pairs(rows[0][places], rows[1][places], a, b)
                novelty[:, places], attested[:, places] = said
        return self._weighed(pairs, letters, novelty, attested, _alike(pairs, left == right))

    def _weighed(
        self, pairs: Pairs, letters: Floats, novelties: Floats, attested: Floats, alike: Floats
    ) -> Floats:
        """The formula of `similarity`; `alike` is `[a = b]/2 + s`."""
        rarities = pairs.left.rarity[pairs.left_rows], pairs.right.rarity[pairs.right_rows]
        rarity = (rarities[0] + rarities[1]) / 2
        v, w = np.maximum(novelties, LEAST_NOVELTY)
        both = v * w
        novelty = np.where((v < 1) & (w < 1), both, np.sqrt(both))
        chance = TRANSLATED if self._words else COGNATE
        mass = novelty * _power(letters + rarity)
        mass += np.maximum(1 - novelty, _LEAST_MASS) * _power(mean_bits(attested) + rarity)
        mass += (alike + pairs.related * chance) * _power(rarity)
        bits = np.log2(mass + _LEAST)
        return np.asarray(np.minimum(bits, np.minimum(*rarities)))

    def _letters(self, pairs: Pairs, left: str, right: str) -> Floats:
        model = self._learned.edits(left, right)
        if model is not None:
            return letters(model, *pairs[:4])
        model = self._learned.edits(right, left)
        if model is not None:
            return letters(model, *pairs[2:4], *pairs[:2])
        # Nobody has trained this pair of scripts: Latin stands for the one that isn't Arabic.
        own = pairs
        if left != "Arab":
            vocabulary, rows = self._parts(pairs.left, pairs.left_rows, _latin)
            own, left = own._replace(left=vocabulary, left_rows=rows), "Latn"
        if right != "Arab":
            vocabulary, rows = self._parts(pairs.right, pairs.right_rows, _latin)
            own, right = own._replace(right=vocabulary, right_rows=rows), "Latn"
        return self._letters(own, left, right) - UNTRAINED

    @cached_property
    def _attestation(self) -> Attestation:
        return Attestation(self._learned.lexicon)

    def _servants(self, pairs: Pairs, result: Floats) -> None:
        """Let two servants' names say what the names of God in them do, and that they are."""
        servants = pairs.left.servant[pairs.left_rows]
        if not servants.any():
            return
        places = (servants & pairs.right.servant[pairs.right_rows]).nonzero()[0]
        if not len(places):
            return
        own = pairs.take(places)
        rarity = np.minimum(own.left.rarity[own.left_rows], own.right.rarity[own.right_rows])
        said = self._inside(own, _half) + SERVANT
        result[places] = np.minimum(said, rarity)

    def _endings(self, pairs: Pairs, result: Floats) -> None:
        """Let families of one ending say no more than what stands before it does; and
        beside an abjad no less, where that is plainly the same: داود أوغلو is Davutoğlu.
        """
        ending = pairs.left.ending[pairs.left_rows]
        if not ending.any():
            return
        shared = (ending > 0) & (ending == pairs.right.ending[pairs.right_rows])
        # What stands before it never says less than the floor.
        places = (shared & (result > FLOOR + ENDING)).nonzero()[0]
        if len(places):
            some = pairs.take(places)
            left, right = some.left, some.right
            rarity = np.minimum(left.rarity[some.left_rows], right.rarity[some.right_rows])
            stem = self._inside(some, _stem)
            # Vowels that aren't written leave it to the letters of the stem alone.
            bare = IN_ABJAD[left.script[some.left_rows]] != IN_ABJAD[right.script[some.right_rows]]
            most = np.where(bare & (stem >= PLAIN), rarity, result[places])
            result[places] = np.minimum(stem + ENDING, most)

    def _inside(self, pairs: Pairs, part: Callable[[Form], Form]) -> Floats:
        """The bits of parts of the forms of each pair, as `bits` has them."""
        left, mine = self._parts(pairs.left, pairs.left_rows, part)
        right, theirs = self._parts(pairs.right, pairs.right_rows, part)
        each, others = distinct(mine), distinct(theirs)
        own = Vocabulary.gathered((left, each), (right, others))
        a, b = np.searchsorted(each, mine), len(each) + np.searchsorted(others, theirs)
        turned = follows(own, a, b)
        asked = np.where(turned, b, a) << _SHIFT | np.where(turned, a, b)
        distinct_pairs = distinct(asked)
        said = self._among(own, distinct_pairs >> _SHIFT, distinct_pairs & _MASK)
        return said[np.searchsorted(distinct_pairs, asked)]

    def _parts(
        self, vocabulary: Vocabulary, rows: Ints, part: Callable[[Form], Form]
    ) -> tuple[Vocabulary, Ints]:
        """Parts of the forms of some rows, as rows of another vocabulary."""
        known = vocabulary.parts.get(part)
        if known is None:
            new = Parts(len(vocabulary), part, self._unheard)
            known = vocabulary.parts.setdefault(part, new)
        return known.rows(vocabulary, rows)


def _stem(form: Form) -> Form:
    """What stands before a family's ending."""
    found = ended(form.text)
    return form if found is None else Form(found.stem, form.script)


def _latin(form: Form) -> Form:
    """The form in Latin letters."""
    return Form(romanized(form.text), "Latn")


def _half(form: Form) -> Form:
    """The name of God in a servant's name."""
    return Form(str(served(*form)), form.script)


def _power(bits: Floats) -> Floats:
    return np.asarray(np.exp2(np.minimum(np.maximum(bits, -1000.0), 60.0)))


def _short(pairs: Pairs, left: Scripts, right: Scripts) -> Bools:
    """Which pairs are Latin, and have an initial."""
    short: Bools = pairs.left.initials[pairs.left_rows] | pairs.right.initials[pairs.right_rows]
    return short & (left == _LATIN) & (right == _LATIN) if short.any() else short


def _alike(pairs: Pairs, comparable: Bools) -> Floats:
    """What it says of pairs of one script that they are written alike, or but for a slip."""
    if not comparable.all():
        alike, places = np.zeros(len(comparable)), np.flatnonzero(comparable)
        if len(places):
            alike[places] = _alike(pairs.take(places), comparable[places])
        return alike
    same, slipped = compared(*pairs[:4])
    return np.asarray(_LEAST_MASS * same + slipped)
