"""What do two names say about being one actor's? Bits, term by term.

    readings   the parts of both names, each with its forms
    evidence   bits of every part for every other                 similarity.py
    alignment  the best way to pair them, and the structure       alignment.py
    terms      the same sum, in words; nothing is computed twice

Persons are compared by the anatomy of their names, organizations and places word by word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from resolve.matching.alignment import (
    GIVEN,
    MIDDLE,
    Alignment,
    Structure,
    contradictions,
    roles,
    values_of,
    ways,
)
from resolve.matching.form import Form
from resolve.matching.keys import skeleton
from resolve.matching.slips import slip
from resolve.matching.slots import Slot
from resolve.names.fold import ALPHABETS
from resolve.types import PartType, Relation, Term

__all__ = ["person_terms", "relation_of"]

Floats = NDArray[np.float64]

SLIP = -6.0
"""Bits below which two words are different words; what lies between may be a slip of the pen."""
SHORT = 6
"""Letters up to which a word becomes another one by a slip."""
CLEAR = 4.0
"""Bits above which two words agree, however rare they are."""
CLEAR_ACROSS = 2.0
"""The same of words in two scripts: nobody slips from one into the other."""
GOES_BY = 7.0
"""Bits from which on a given name that is a later one of the other name is no father's."""
_CLEAR_SHARE = 0.5  # of the rarity of the commoner word: common words cannot say more
_CLEAR_BUT_A_LETTER = 0.75  # the same, of a short word with another consonant
_ROLE_NAMES = ("given", "middle", "family", "name")


def person_terms(
    left: Sequence[Slot],
    right: Sequence[Slot],
    evidence: Floats,
    rarity: tuple[Floats, Floats],
    alignment: Alignment,
    row: int,
    structure: Structure,
    second: Mapping[tuple[int, int], float] = MappingProxyType({}),
) -> tuple[Term, ...]:
    """Return the terms of one row of an alignment; they add up to its bits.

    `evidence[i, j]` is what the alignment was made from, `rarity` that of the parts (n,), (m,);
    `second` what second given names say besides (`second_names`).
    """
    n, m = evidence.shape
    turned = int(alignment.turned[row])
    left_roles, right_roles = roles(n, turned == 1).tolist(), roles(m, turned == 2).tolist()
    values = values_of(evidence, turned, structure).tolist()
    way = ways(n, m).of(int(alignment.chosen[row]))
    terms = []
    for i, j in way:
        bits = values[i][j]
        roles_ = left_roles[i], right_roles[j]
        part, other = _ROLE_NAMES[roles_[0]], _ROLE_NAMES[roles_[1]]
        note = "" if part == other or 1 in (n, m) else f"{part} of one, {other} of the other"
        common = float(min(rarity[0][i], rarity[1][j]))
        relation = relation_of(left[i], right[j], float(evidence[i, j]), common)
        if relation is Relation.AGREES and set(roles_) == {GIVEN, MIDDLE}:
            bits += second.get((i, j), 0.0)
            if bits < GOES_BY:
                relation = Relation.CROSSED
            else:
                note = "the second given name of one"
        terms.append(Term(relation, bits, left[i].part.text, right[j].part.text, part, note))
    paired = {i for i, _ in way}, {j for _, j in way}
    over = [i for i in range(n) if i not in paired[0]]
    more = [j for j in range(m) if j not in paired[1]]
    terms += _left_over(over, more, left, right, left_roles, right_roles, structure)
    spent = sum(term.bits for term in terms)
    order = float(alignment.own[row]) + sum(second.values()) - spent
    if order < -1e-6:
        note = "read family name first" if turned else "the parts stand in another order"
        terms.append(Term(Relation.ORDER, order, note=note))
    shared = float(alignment.bits[row] - alignment.own[row])
    if shared < -0.05:
        note = "relatives would share this too: the given names must decide"
        terms.append(Term(Relation.FAMILY_ONLY, shared, note=note))
    return tuple(terms)


def relation_of(
    left: Slot, right: Slot, bits: float, rarity: float, clear: float = CLEAR
) -> Relation:
    """Return what two words that are paired say: agreement, a likely slip, or contradiction.

    `rarity` is that of the commoner one, in bits; `clear` what two words of one script must say at
    most to agree. In a short word one other consonant makes
    another word (Salah and Salam, Kufra and Jufra): there only what is all but as good as the
    word itself is no slip.
    """
    if left.part.type is PartType.WORD and left.forms[0][0] == right.forms[0][0]:
        return Relation.AGREES  # a word of one letter, too: Y, M
    if PartType.INITIAL in (left.part.type, right.part.type):
        return Relation.AGREES if bits > 0 else Relation.CONTRADICTS
    scripts = {slot.forms[0][0].script for slot in (left, right)}
    clear = min(clear if len(scripts) == 1 else CLEAR_ACROSS, _CLEAR_SHARE * rarity)
    if _but_a_consonant(left.forms[0][0], right.forms[0][0]):
        clear = _CLEAR_BUT_A_LETTER * rarity
    if bits >= clear:
        return Relation.AGREES
    return Relation.SLIP if bits > SLIP else Relation.CONTRADICTS


def _but_a_consonant(form: Form, other: Form) -> bool:
    """Whether two short forms are told apart by one consonant alone."""
    if form.script != other.script or form.script not in ALPHABETS:
        return False
    if min(len(form.text), len(other.text)) > SHORT:
        return False
    # h is half of a digraph, whose other half stands alone where marks are dropped: Yasar, Yaşar.
    bones = [skeleton(f.text.replace("h", "") or f.text, f.script) for f in (form, other)]
    return slip(form, other) > 0 and bones[0] != bones[1]


def _left_over(
    over: list[int],
    more: list[int],
    left: Sequence[Slot],
    right: Sequence[Slot],
    left_roles: list[int],
    right_roles: list[int],
    structure: Structure,
) -> list[Term]:
    """Terms of the parts that nothing answers to, in the order in which the structure counts."""
    terms = []
    omitted = structure.omissions(len(left), len(right))
    met = contradictions(
        tuple([left_roles[i] for i in over]), tuple([right_roles[j] for j in more])
    )
    for x, y in met:
        i, j = over[x], more[y]
        cost = float(structure.contradicted[left_roles[i], right_roles[j]])
        part = _ROLE_NAMES[left_roles[i]]
        terms.append(Term(Relation.CONTRADICTS, -cost, left[i].part.text, right[j].part.text, part))
    said = {x for x, _ in met}, {y for _, y in met}
    for i in (i for x, i in enumerate(over) if x not in said[0]):
        role = left_roles[i]
        cost = float(omitted[role])
        terms.append(Term(Relation.OMITTED, -cost, left[i].part.text, None, _ROLE_NAMES[role]))
    for j in (j for y, j in enumerate(more) if y not in said[1]):
        role = right_roles[j]
        cost = float(omitted[role])
        terms.append(Term(Relation.OMITTED, -cost, None, right[j].part.text, _ROLE_NAMES[role]))
    return terms
