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

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.matching.cognates import cognates, kinship
from resolve.matching.form import Form
from resolve.matching.letters import letters
from resolve.matching.ragged import distinct
from resolve.matching.rarity import Rarity
from resolve.matching.slips import SAME, apart, slips
from resolve.matching.translations import concept, translations
from resolve.matching.vocabulary import SCRIPTS, Vocabulary
from resolve.model.attestation import Attestation
from resolve.model.learned import Learned
from resolve.names.family_endings import ended
from resolve.names.fold import ALPHABETS, romanized
from resolve.names.servants import served

__all__ = ["FLOOR", "INITIAL", "Pairs", "Similarity"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

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
_REMEMBERED = 400_000  # pairs; about 60 MB
_CHUNK = 1 << 16  # pairs that are weighed together
_NONE = len(SCRIPTS) ** 2  # no two scripts
_LATIN = SCRIPTS.index("Latn")


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
            if len(known) + len(missing) > _REMEMBERED:
                # Other threads may hold the memory of before: it is replaced, never emptied.
                known = self._known = {}
            known.update(new)
            both = zip(keys, said, strict=True)
            said = [new[key] if bits is None else bits for key, bits in both]
        return np.array(said, float)

    def _looked_up(self, pairs: Sequence[tuple[Form, Form]]) -> Floats:
        forms = sorted({form for pair in pairs for form in pair})
        place = {form: row for row, form in enumerate(forms)}
        left = np.array([place[a] for a, _ in pairs], np.int64)
        right = np.array([place[b] for _, b in pairs], np.int64)
        return self._among(forms, left, right)

    def _among(self, forms: Sequence[Form], left: Ints, right: Ints) -> Floats:
        """The bits of pairs of some forms, by their places; the left one comes first."""
        # Hardly any form has a name in other languages.
        related = np.array([bool(self.groups(form)) for form in forms], bool)
        relations = np.zeros(len(left))
        for k in np.flatnonzero(related[left] & related[right]).tolist():
            relations[k] = self.relation(forms[left[k]], forms[right[k]])
        own = Vocabulary.of(forms, self._rarity, self._learned.lexicon, heard=False)
        return self.between(Pairs(own, left, own, right, relations))

    def between(self, pairs: Pairs) -> Floats:
        """Return the bits of each pair of rows, in their order. None is remembered."""
        count = len(pairs.left_rows)
        result = np.full(count, FLOOR)
        for start in range(0, count, _CHUNK):
            places = np.arange(start, min(start + _CHUNK, count))
            result[places] = self._bits(pairs.take(places))
        return result

    def _bits(self, pairs: Pairs) -> Floats:
        result = np.full(len(pairs.left_rows), FLOOR)
        left, right = pairs.left.script[pairs.left_rows], pairs.right.script[pairs.right_rows]
        short = self._initials(pairs, left, right, result)
        both = np.where(short, _NONE, left.astype(np.int64) * len(SCRIPTS) + right)
        for group in np.flatnonzero(np.bincount(both, minlength=_NONE)[:_NONE]).tolist():
            a, b = divmod(group, len(SCRIPTS))
            places = np.flatnonzero(both == group)
            own = pairs if len(places) == len(both) else pairs.take(places)
            if a < len(ALPHABETS) and b < len(ALPHABETS):
                result[places] = self._group(own, SCRIPTS[a], SCRIPTS[b])
            elif a == b:  # numbers and legal forms are equal or not
                result[places] = np.where(_equal(own), own.left.rarity[own.left_rows], FLOOR)
        if not self._words:
            self._servants(pairs, result)
            self._endings(pairs, result)
        return result

    def _initials(self, pairs: Pairs, left: Ints, right: Ints, result: Floats) -> Bools:
        """Say what a Latin initial does; and which pairs have one."""
        sizes = pairs.left.sizes[pairs.left_rows], pairs.right.sizes[pairs.right_rows]
        short = (left == _LATIN) & (right == _LATIN) & ((sizes[0] == 1) | (sizes[1] == 1))
        first = pairs.left.initial[pairs.left_rows] == pairs.right.initial[pairs.right_rows]
        result[short & first] = INITIAL
        return np.asarray(short)

    def _group(self, pairs: Pairs, left: str, right: str) -> Floats:
        """Bits of pairs that share their scripts."""
        own, other = pairs.left.rarity[pairs.left_rows], pairs.right.rarity[pairs.right_rows]
        rarity = (own + other) / 2
        first, second = pairs.left.lexicon[pairs.left_rows], pairs.right.lexicon[pairs.right_rows]
        lexicon = self._learned.lexicon
        novelty = (
            np.maximum(lexicon.novelties(first, left, right), LEAST_NOVELTY),
            np.maximum(lexicon.novelties(second, right, left), LEAST_NOVELTY),
        )
        attested = np.full(len(own), -np.inf)
        known = np.flatnonzero((novelty[0] < 1) & (novelty[1] < 1))
        attested[known] = self._attestation.bits(
            first[known].astype(np.int64), second[known].astype(np.int64), left, right
        )
        equal = _equal(pairs) if left == right else np.zeros(len(own), bool)
        slipped = slips(*pairs[:4]) if left == right else np.zeros(len(own))
        said = self._letters(pairs, left, right) + rarity
        return self._weighed(said, (own, other), novelty, attested, equal, slipped, pairs.related)

    def _weighed(
        self,
        said: Floats,
        rarities: tuple[Floats, Floats],
        novelties: tuple[Floats, Floats],
        attested: Floats,
        equal: Bools,
        slipped: Floats,
        related: Floats,
    ) -> Floats:
        """The formula of `similarity`."""
        rarity = (rarities[0] + rarities[1]) / 2
        v, w = novelties
        novelty = np.where((v < 1) & (w < 1), v * w, np.sqrt(v * w))
        common = _power(rarity)
        chance = TRANSLATED if self._words else COGNATE
        mass = novelty * _power(said)
        mass += np.maximum(1 - novelty, _LEAST_MASS) * _power(attested + rarity)
        mass += (_LEAST_MASS * equal + slipped + related * chance) * common
        bits = np.log2(mass + np.exp2(FLOOR))
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
            vocabulary, rows = self._latin(pairs.left, pairs.left_rows)
            own, left = own._replace(left=vocabulary, left_rows=rows), "Latn"
        if right != "Arab":
            vocabulary, rows = self._latin(pairs.right, pairs.right_rows)
            own, right = own._replace(right=vocabulary, right_rows=rows), "Latn"
        return self._letters(own, left, right) - UNTRAINED

    def _latin(self, vocabulary: Vocabulary, rows: Ints) -> tuple[Vocabulary, Ints]:
        """The forms of some rows in Latin letters."""
        each, place = np.unique(rows, return_inverse=True)
        forms = [Form(romanized(vocabulary.form(row).text), "Latn") for row in each.tolist()]
        return self.vocabulary(forms), place

    @cached_property
    def _attestation(self) -> Attestation:
        return Attestation(self._learned.lexicon)

    def _servants(self, pairs: Pairs, result: Floats) -> None:
        """Let two servants' names say what the names of God in them do, and that they are."""
        both = pairs.left.servant[pairs.left_rows] & pairs.right.servant[pairs.right_rows]
        places = np.flatnonzero(both)
        if not len(places):
            return
        own = pairs.take(places)
        rarity = np.minimum(own.left.rarity[own.left_rows], own.right.rarity[own.right_rows])
        said = self._inside(own, _half) + SERVANT
        result[places] = np.minimum(said, rarity)

    def _endings(self, pairs: Pairs, result: Floats) -> None:
        """Let families of one ending say no more than what stands before it does; and in two
        scripts no less, where that is plainly the same: داود أوغلو is Davutoğlu.
        """
        own = pairs.left.ending[pairs.left_rows]
        places = np.flatnonzero((own > 0) & (own == pairs.right.ending[pairs.right_rows]))
        # What stands before it never says less than the floor.
        places = places[result[places] > FLOOR + ENDING]
        if len(places):
            some = pairs.take(places)
            left, right = some.left, some.right
            rarity = np.minimum(left.rarity[some.left_rows], right.rarity[some.right_rows])
            stem = self._inside(some, _stem)
            across = left.script[some.left_rows] != right.script[some.right_rows]
            most = np.where(across & (stem >= PLAIN), rarity, result[places])
            result[places] = np.minimum(stem + ENDING, most)

    def _inside(self, pairs: Pairs, part: Callable[[Form], Form]) -> Floats:
        """The bits of parts of the forms of each pair, as `bits` has them."""
        left, mine = _parts(pairs.left, pairs.left_rows, part)
        right, theirs = _parts(pairs.right, pairs.right_rows, part)
        forms = sorted({*left, *right})
        place = {form: row for row, form in enumerate(forms)}
        a = np.array([place[form] for form in left], np.int64)[mine]
        b = np.array([place[form] for form in right], np.int64)[theirs]
        asked = np.minimum(a, b) * len(forms) + np.maximum(a, b)
        distinct_pairs = distinct(asked)
        said = self._among(forms, distinct_pairs // len(forms), distinct_pairs % len(forms))
        return said[np.searchsorted(distinct_pairs, asked)]


def _parts(
    vocabulary: Vocabulary, rows: Ints, part: Callable[[Form], Form]
) -> tuple[list[Form], Ints]:
    """Parts of the forms of some rows, each row once; and where in them that of each row is."""
    each = distinct(rows)
    forms = vocabulary.forms(each.tolist())
    return [part(form) for form in forms], np.searchsorted(each, rows)


def _stem(form: Form) -> Form:
    """What stands before a family's ending."""
    found = ended(form.text)
    return form if found is None else Form(found.stem, form.script)


def _half(form: Form) -> Form:
    """The name of God in a servant's name."""
    return Form(str(served(*form)), form.script)


def _power(bits: Floats) -> Floats:
    return np.asarray(np.exp2(np.clip(bits, -1000.0, 60.0)))


def _equal(pairs: Pairs) -> Bools:
    """Which pairs, of one script, are the same letters."""
    left, right = pairs.left.letters, pairs.right.letters
    told = apart(left, pairs.left_rows, right, pairs.right_rows)
    if told is not None:
        return np.asarray(told == SAME)
    sizes = pairs.left.sizes[pairs.left_rows], pairs.right.sizes[pairs.right_rows]
    result = np.asarray(sizes[0] == sizes[1])
    for places in _of_one_size(result, sizes[0]):
        mine, theirs = left.padded(pairs.left_rows[places]), right.padded(pairs.right_rows[places])
        result[places] = (mine == theirs).all(1)
    return result


def _of_one_size(wanted: Bools, sizes: NDArray[np.int64]) -> Iterator[Ints]:
    for size in distinct(sizes[wanted]).tolist():
        yield np.flatnonzero(wanted & (sizes == size))
