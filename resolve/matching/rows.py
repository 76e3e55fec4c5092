"""How many bits do the forms of one vocabulary say for those of another? Row for row.

The formula is that of `similarity`; here whatever can be known of a form beforehand is an array,
so that a batch of a million pairs is a few operations on columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.matching import similarity as formula
from resolve.matching.cognates import kinship
from resolve.matching.form import Form
from resolve.matching.letters import letters
from resolve.matching.similarity import FLOOR, Similarity
from resolve.matching.translations import translations
from resolve.matching.vocabulary import SCRIPTS, Vocabulary
from resolve.model.attestation import Attestation
from resolve.model.learned import Learned
from resolve.names.fold import ALPHABETS, romanized
from resolve.names.servants import served

__all__ = ["Pairs", "RowSimilarity"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_CHUNK = 1 << 16  # pairs that are weighed together


class Pairs(NamedTuple):
    """Rows of two vocabularies, pair by pair; `related` as `RowSimilarity.relation` has it."""

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


class RowSimilarity:
    """Bits for rows of vocabularies. Safe to share between threads."""

    def __init__(self, learned: Learned, similarity: Similarity) -> None:
        self._learned = learned
        self._similarity = similarity
        self._words = similarity._kind == "word"
        self._attestation = Attestation(learned.lexicon)

    def relation(self, left: Form, right: Form) -> float:
        """Return how likely two forms are one name, or one concept, in two languages."""
        return translations(left, right) if self._words else kinship(left, right)

    def bits(self, pairs: Pairs) -> Floats:
        """Return the bits of each pair, in their order."""
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
        for a in range(len(ALPHABETS)):
            for b in range(len(ALPHABETS)):
                places = np.flatnonzero((left == a) & (right == b) & ~short)
                if len(places):
                    own = pairs.take(places)
                    result[places] = self._group(own, SCRIPTS[a], SCRIPTS[b])
        numbers = np.flatnonzero((left == len(ALPHABETS)) & (right == len(ALPHABETS)))
        result[numbers] = np.where(_equal(pairs.take(numbers)), formula.NUMBER, FLOOR)
        if not self._words:
            self._servants(pairs, result)
        return result

    def _initials(self, pairs: Pairs, left: Ints, right: Ints, result: Floats) -> Bools:
        """Say what a Latin initial does; and which pairs have one."""
        latin = SCRIPTS.index("Latn")
        sizes = pairs.left.sizes[pairs.left_rows], pairs.right.sizes[pairs.right_rows]
        short = (left == latin) & (right == latin) & ((sizes[0] == 1) | (sizes[1] == 1))
        first = pairs.left.initial[pairs.left_rows] == pairs.right.initial[pairs.right_rows]
        result[short & first] = formula.INITIAL
        return np.asarray(short)

    def _group(self, pairs: Pairs, left: str, right: str) -> Floats:
        """Bits of pairs that share their scripts."""
        own, other = pairs.left.rarity[pairs.left_rows], pairs.right.rarity[pairs.right_rows]
        rarity = (own + other) / 2
        first, second = pairs.left.lexicon[pairs.left_rows], pairs.right.lexicon[pairs.right_rows]
        lexicon = self._learned.lexicon
        novelty = (
            np.maximum(lexicon.novelties(first, left, right), formula.LEAST_NOVELTY),
            np.maximum(lexicon.novelties(second, right, left), formula.LEAST_NOVELTY),
        )
        attested = np.full(len(own), -np.inf)
        known = np.flatnonzero((novelty[0] < 1) & (novelty[1] < 1))
        attested[known] = self._attestation.bits(
            first[known].astype(np.int64), second[known].astype(np.int64), left, right
        )
        equal = _equal(pairs) if left == right else np.zeros(len(own), bool)
        slips = _slips(pairs, equal) if left == right else np.zeros(len(own))
        said = self._letters(pairs, left, right) + rarity
        return self._weighed(said, (own, other), novelty, attested, equal, slips, pairs.related)

    def _weighed(
        self,
        said: Floats,
        rarities: tuple[Floats, Floats],
        novelties: tuple[Floats, Floats],
        attested: Floats,
        equal: Bools,
        slips: Floats,
        related: Floats,
    ) -> Floats:
        """The formula of `similarity`."""
        rarity = (rarities[0] + rarities[1]) / 2
        v, w = novelties
        novelty = np.where((v < 1) & (w < 1), v * w, np.sqrt(v * w))
        common = _power(rarity)
        chance = formula.TRANSLATED if self._words else formula.COGNATE
        mass = novelty * _power(said)
        mass += np.maximum(1 - novelty, formula._LEAST_MASS) * _power(attested + rarity)
        mass += (formula._LEAST_MASS * equal + slips + related * chance) * common
        bits = np.log2(mass + np.exp2(FLOOR))
        return np.asarray(np.minimum(bits, np.minimum(*rarities)))

    def _letters(self, pairs: Pairs, left: str, right: str) -> Floats:
        model = self._learned.edits(left, right)
        if model is not None:
            return letters(model, pairs.left, pairs.left_rows, pairs.right, pairs.right_rows)
        model = self._learned.edits(right, left)
        if model is not None:
            return letters(model, pairs.right, pairs.right_rows, pairs.left, pairs.left_rows)
        # Nobody has trained this pair of scripts: Latin stands for the one that isn't Arabic.
        own = pairs
        if left != "Arab":
            vocabulary, rows = self._latin(pairs.left, pairs.left_rows)
            own, left = own._replace(left=vocabulary, left_rows=rows), "Latn"
        if right != "Arab":
            vocabulary, rows = self._latin(pairs.right, pairs.right_rows)
            own, right = own._replace(right=vocabulary, right_rows=rows), "Latn"
        return self._letters(own, left, right) - formula.UNTRAINED

    def _latin(self, vocabulary: Vocabulary, rows: Ints) -> tuple[Vocabulary, Ints]:
        """The forms of some rows in Latin letters."""
        distinct, place = np.unique(rows, return_inverse=True)
        forms = [Form(romanized(vocabulary.form(row).text), "Latn") for row in distinct.tolist()]
        return Vocabulary.of(forms, self._similarity, self._learned.lexicon), place

    def _servants(self, pairs: Pairs, result: Floats) -> None:
        """Let two servants' names say what the names of God in them do, and that they are."""
        both = pairs.left.servant[pairs.left_rows] & pairs.right.servant[pairs.right_rows]
        places = np.flatnonzero(both)
        if not len(places):
            return
        own = pairs.take(places)
        inner = [
            (_half(own.left, a), _half(own.right, b))
            for a, b in zip(own.left_rows.tolist(), own.right_rows.tolist(), strict=True)
        ]
        rarity = np.minimum(own.left.rarity[own.left_rows], own.right.rarity[own.right_rows])
        said = self._similarity.bits(inner) + formula.SERVANT
        result[places] = np.minimum(said, rarity)


def _half(vocabulary: Vocabulary, row: int) -> Form:
    """The name of God in a servant's name."""
    form = vocabulary.form(row)
    return Form(str(served(*form)), form.script)


def _power(bits: Floats) -> Floats:
    return np.asarray(np.exp2(np.clip(bits, -1000.0, 60.0)))


def _equal(pairs: Pairs) -> Bools:
    """Which pairs, of one script, are the same letters."""
    sizes = pairs.left.sizes[pairs.left_rows], pairs.right.sizes[pairs.right_rows]
    result = np.asarray(sizes[0] == sizes[1])
    for places in _of_one_size(result, sizes[0]):
        left = pairs.left.letters.padded(pairs.left_rows[places])
        right = pairs.right.letters.padded(pairs.right_rows[places])
        result[places] = (left == right).all(1)
    return result


def _of_one_size(wanted: Bools, sizes: NDArray[np.int64]) -> Iterator[Ints]:
    for size in np.unique(sizes[wanted]).tolist():
        yield np.flatnonzero(wanted & (sizes == size))


def _slips(pairs: Pairs, equal: Bools) -> Floats:
    """The chance of the one slip that turns each form of a pair into the other; 0 for most."""
    sizes = pairs.left.sizes[pairs.left_rows].astype(int), pairs.right.sizes[pairs.right_rows]
    n, m = sizes[0], sizes[1].astype(int)
    result = np.zeros(len(n))
    able = (np.minimum(n, m) >= formula._LEAST_FOR_SLIP) & (np.abs(n - m) <= 1) & ~equal
    places = np.flatnonzero(able)
    if not len(places):
        return result
    n, m = n[places], m[places]
    width = int(max(n.max(), m.max()))
    left = pairs.left.letters.padded(pairs.left_rows[places], width)
    right = pairs.right.letters.padded(pairs.right_rows[places], width)
    columns = np.arange(width)
    # Letters that agree from the beginning, and from the end.
    head = np.cumprod(left == right, axis=1).sum(1)
    back = [
        np.take_along_axis(table, np.maximum(size[:, None] - 1 - columns, 0), 1)
        for table, size in ((left, n), (right, m))
    ]
    inside = columns < np.minimum(n, m)[:, None]
    tail = np.cumprod((back[0] == back[1]) & inside, axis=1).sum(1)
    tail = np.minimum(tail, np.minimum(n, m) - np.minimum(head, np.minimum(n, m)))
    between = np.maximum(n, m) - head - tail
    second = np.minimum(head + 1, width - 1)
    rows = np.arange(len(places))
    first = np.minimum(head, width - 1)
    swapped = (left[rows, first] == right[rows, second]) & (
        left[rows, second] == right[rows, first]
    )
    one = (between == 1) | ((n == m) & (between == 2) & swapped)
    scripts = pairs.left.script[pairs.left_rows[places]]
    letters_of = np.array([len(ALPHABETS[script]) for script in ALPHABETS])
    chance = formula.SLIP / (2 * letters_of[scripts] * np.maximum(n, m))
    result[places] = np.where(one, chance, 0.0)
    return result
