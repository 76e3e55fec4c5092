"""Do two names of organizations or places say the same, word by word?

Words answer to words in any order, by their letters or by translation; each says at most a few
bits. A word that nothing answers to speaks against, the more the rarer it is: `National` is
added at will, `Consultancy` is not. Where both sides have such words, they contradict each
other, which weighs much more: contradicted is not omitted. A legal form is hardly a word at all.
Two names that are written alike, word for word, are worth all their words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resolve.matching.evidence import relation_of
from resolve.matching.rarity import LEGAL_FORM
from resolve.matching.slots import Slot
from resolve.names.legal_forms import says_company
from resolve.names.script import NO_SCRIPT
from resolve.types import Relation, Term

__all__ = ["MAX_WORDS", "STATE", "WordAlignment", "WordStructure", "align_words", "word_terms"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LAND = 2.0
"""Bits of naming the state that an actor is of, where its name doesn't. Chosen."""
STATE = -2
"""What answers to the state that an actor is of."""
_NONE = -1
_CLEAR = np.inf  # long words share an ending that is a word (Yarsaleneftegaz, Tarkosaleneftegaz)
_LEGAL = "legal form"
MAX_WORDS = 8
"""Words of a name that are compared; of a longer one, the first seven and the last."""


@dataclass(frozen=True, eq=False)
class WordStructure:
    """What the words of two names say, in bits; see `model/constants.toml`."""

    cap: float  # the most that one pair of words may say
    alike: float  # the most that two names may say that are written alike
    form: float  # a legal form that nothing answers
    plain: float  # rarity of a word that could stand in any name
    rarest: float  # rarity that counts at most
    unanswered: float  # a word that nothing answers, for each bit that it is rarer than plain
    beside_place: float  # a place's name with another word is mostly another thing's
    complete: float  # nothing is left over on either side
    contradicted: float  # both sides have a word that nothing answers, if the words are rarest

    @classmethod
    def of(cls, constants: Mapping[str, float]) -> WordStructure:
        """Return the structure of a table of constants, by name."""
        return cls(
            constants["word_cap"],
            constants["word_alike"],
            constants["word_form"],
            constants["word_plain"],
            constants["word_rarest"],
            constants["word_unanswered"],
            constants["word_beside_place"],
            constants["word_complete"],
            constants["word_contradicted"],
        )

    def costs(self, rarity: Floats) -> Floats:
        """Return what each word costs if nothing answers it, by its rarity."""
        more = np.clip(rarity, self.plain, self.rarest) - self.plain
        cost: Floats = np.where(rarity > LEGAL_FORM, self.unanswered * more, self.form)
        return cost

    def weights(self, rarity: Floats) -> Floats:
        """Return how much each word counts in a contradiction, from 0 to 1, by its rarity."""
        more = np.clip(rarity, self.plain, self.rarest) - self.plain
        weight: Floats = more / (self.rarest - self.plain)
        return weight

    def contradiction(self, left: Floats, right: Floats) -> Floats:
        """Return what words that nothing answers cost because both sides have some.

        `left` and `right` are their rarities, pair by pair, 0 where there is none.
        """
        met = np.minimum(self.weights(left).sum(-1), self.weights(right).sum(-1))
        return np.asarray(self.contradicted * met)


@dataclass(frozen=True)
class WordAlignment:
    """The best way to pair the words of each pair of names of a batch.

    `answers[pair, i]` is the word of the right name that answers to word i, -1 for none, -2 where
    the state that the right name's actor is of does.
    `complete` is what it adds that nothing is left over on either side, `beside_place` says
    where a place's name has another word beside it.
    """

    bits: Floats
    answers: Ints
    complete: Floats
    beside_place: NDArray[np.bool_]


def align_words(
    evidence: Floats,
    rarity: tuple[Floats, Floats],
    sizes: Ints,
    alike: NDArray[np.bool_],
    places: NDArray[np.bool_],
    lands: tuple[Ints, Ints],
    structure: WordStructure,
) -> WordAlignment:
    """Return how the words of the left names answer to those of the right ones, pair by pair.

    `evidence[pair, i, j]` are bits; `rarity` is that of the left words (pairs, n) and of the
    right ones (pairs, m); `sizes` are the words of each right name; `alike` where the forms are
    equal, `places` which names are places'. `lands` are the states that the left words speak of
    (pairs, n) and those that the right names' actors are of (pairs,), 0 for none.
    """
    count, n, m = evidence.shape
    pairs = np.arange(count)
    written = np.arange(m)[None] < sizes[:, None]
    left_free, right_free = np.ones((count, n), bool), written.copy()
    answers = np.full((count, n), _NONE, np.int64)
    total = np.zeros(count)
    open_ = np.where(right_free[:, None, :], evidence, -np.inf)
    for _ in range(min(n, m)):
        # The strongest pair first: with positive evidence only, second thoughts are rare.
        place = open_.reshape(count, n * m).argmax(1)
        i, j = place // m, place % m
        bits = open_[pairs, i, j]
        good = bits > 0
        total += np.where(good, np.minimum(bits, structure.cap), 0.0)
        answers[pairs[good], i[good]] = j[good]
        left_free[pairs[good], i[good]] = False
        right_free[pairs[good], j[good]] = False
        open_[pairs[good], i[good], :] = -np.inf
        open_[pairs[good], :, j[good]] = -np.inf
    # The Libyan X is X of Libya: its state need not be a part of its name.
    alone = ~right_free.any(1, keepdims=True)
    own = np.asarray(left_free & alone & (lands[0] > 0) & (lands[0] == lands[1][:, None]))
    total += LAND * own.any(1)
    answers[own] = STATE
    left_free &= ~own
    costs = structure.costs(rarity[0]), structure.costs(rarity[1])
    total -= (left_free * costs[0]).sum(1) + (right_free * costs[1]).sum(1)
    total -= structure.contradiction(left_free * rarity[0], right_free * rarity[1])
    leftover = left_free.any(1) | right_free.any(1)
    worth = (rarity[0].sum(1) + (rarity[1] * written).sum(1)) / 2
    share = np.clip(total / np.maximum(worth, 1.0), 0.0, 1.0)
    complete = structure.complete * share * ~leftover
    total += complete - structure.beside_place * (leftover & places)
    whole = np.minimum(worth, structure.alike) + structure.complete
    bits = np.where(alike, np.maximum(total, whole), total)
    return WordAlignment(bits, answers, complete, leftover & places)


def word_terms(
    left: Sequence[Slot],
    right: Sequence[Slot],
    evidence: Floats,
    rarity: tuple[Floats, Floats],
    alignment: WordAlignment,
    row: int,
    structure: WordStructure,
) -> tuple[Term, ...]:
    """Return the terms of one row of an alignment; they add up to its bits."""
    terms = []
    answered = alignment.answers[row]
    for i, j in enumerate(answered.tolist()):
        if j >= 0:
            bits = min(float(evidence[i, j]), structure.cap)
            common = float(min(rarity[0][i], rarity[1][j]))
            relation = relation_of(left[i], right[j], float(evidence[i, j]), common, _CLEAR)
            part = _part(left[i])
            if part == _part(right[j]) == _LEGAL:
                relation = Relation.AGREES  # Company for شركة: neither tells
            terms.append(Term(relation, bits, left[i].part.text, right[j].part.text, part))
    costs = structure.costs(rarity[0]), structure.costs(rarity[1])
    over = [i for i, j in enumerate(answered.tolist()) if j == _NONE]
    own = [left[i].part.text for i, j in enumerate(answered.tolist()) if j == STATE]
    if own:
        note = f"{' '.join(own)}: the state that it is of"
        terms.append(Term(Relation.AGREES, LAND, note=note))
    more = [j for j in range(len(right)) if j not in answered]
    for indices, side, cost_of in ((over, left, costs[0]), (more, right, costs[1])):
        for i in indices:
            cost = float(cost_of[i])
            text = side[i].part.text
            one, other = (text, None) if side is left else (None, text)
            terms.append(Term(Relation.OMITTED, -cost, one, other, _part(side[i])))
    met = float(structure.contradiction(rarity[0][over], rarity[1][more]))
    if not over and not more:
        bits = float(alignment.complete[row])
        terms.append(Term(Relation.AGREES, bits, note="nothing left over"))
    if alignment.beside_place[row]:
        note = "a place's name with another word is mostly another thing's"
        terms.append(Term(Relation.NOTE, -structure.beside_place, note=note))
    if met:
        note = "each has words that nothing answers"
        terms.append(Term(Relation.CONTRADICTS, -met, note=note))
    spent = sum(term.bits for term in terms)
    if float(alignment.bits[row]) - spent > 1e-6:
        terms.append(
            Term(
                Relation.AGREES,
                float(alignment.bits[row]) - spent,
                note="written alike, word for word",
            )
        )
    return tuple(terms)


def _part(slot: Slot) -> str:
    form = slot.forms[0][0]
    sign = form.script == NO_SCRIPT and not form.text.isdecimal()
    return _LEGAL if sign or says_company(form) else "word"
