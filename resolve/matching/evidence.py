"""What do two names say about being one actor's? Bits, term by term.

    readings   the parts of both names, each with its forms
    evidence   bits of every part for every other                 similarity.py
    alignment  the best way to pair them, and the structure       alignment.py
    terms      the same sum, in words; nothing is computed twice

Persons are compared by the anatomy of their names, organizations and places word by word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from resolve.matching.alignment import (
    GIVEN,
    MIDDLE,
    Alignment,
    Structure,
    contradictions,
    pair_values,
    roles,
    ways,
)
from resolve.matching.slots import Slot
from resolve.types import PartType, Relation, Term

__all__ = ["person_terms", "relation_of"]

Floats = NDArray[np.float64]

SLIP = -6.0
"""Bits below which two words are different words; what lies between may be a slip of the pen."""
CLEAR = 6.0
"""Bits above which two words agree, however rare they are."""
_CLEAR_SHARE = 0.5  # of the rarity of the commoner word: common words cannot say more
_ROLE_NAMES = ("given", "middle", "family", "name")


def person_terms(
    left: Sequence[Slot],
    right: Sequence[Slot],
    evidence: Floats,
    rarity: tuple[Floats, Floats],
    alignment: Alignment,
    row: int,
    structure: Structure,
) -> tuple[Term, ...]:
    """Return the terms of one row of an alignment; they add up to its bits.

    `evidence[i, j]` is what the alignment was made from, `rarity` that of the parts (n,), (m,).
    """
    n, m = evidence.shape
    turned = int(alignment.turned[row])
    left_roles, right_roles = roles(n, turned == 1), roles(m, turned == 2)
    values, _ = pair_values(evidence[None], left_roles, right_roles, structure)
    way = ways(n, m).of(int(alignment.chosen[row]))
    terms = []
    for i, j in way:
        bits = float(values[0, i, j])
        roles_ = left_roles[i], right_roles[j]
        part, other = _ROLE_NAMES[roles_[0]], _ROLE_NAMES[roles_[1]]
        note = "" if part == other or 1 in (n, m) else f"{part} of one, {other} of the other"
        common = float(min(rarity[0][i], rarity[1][j]))
        if PartType.INITIAL in (left[i].part.type, right[j].part.type):
            common = 0.0
        relation = relation_of(float(evidence[i, j]), common)
        if relation is Relation.AGREES and set(roles_) == {GIVEN, MIDDLE}:
            relation = Relation.CROSSED
        terms.append(Term(relation, bits, left[i].part.text, right[j].part.text, part, note))
    over = [i for i in range(n) if i not in {i for i, _ in way}]
    more = [j for j in range(m) if j not in {j for _, j in way}]
    terms += _left_over(
        over, more, left, right, left_roles.tolist(), right_roles.tolist(), structure
    )
    spent = sum(term.bits for term in terms)
    order = float(alignment.own[row]) - spent
    if order < -1e-6:
        note = "read family name first" if turned else "the parts stand in another order"
        terms.append(Term(Relation.ORDER, order, note=note))
    shared = float(alignment.bits[row] - alignment.own[row])
    if shared < -0.05:
        note = "relatives would share this too: the given names must decide"
        terms.append(Term(Relation.FAMILY_ONLY, shared, note=note))
    return tuple(terms)


def relation_of(bits: float, rarity: float) -> Relation:
    """Return what two words that are paired say: agreement, a likely slip, or contradiction.

    >>> relation_of(4.8, 5.0).value, relation_of(3.3, 12.0).value, relation_of(-2.0, 9.0).value
    ('agrees', 'slip', 'slip')
    """
    if bits >= min(CLEAR, _CLEAR_SHARE * rarity):
        return Relation.AGREES
    return Relation.SLIP if bits > SLIP else Relation.CONTRADICTS


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
    met = contradictions([left_roles[i] for i in over], [right_roles[j] for j in more])
    for x, y in met:
        i, j = over[x], more[y]
        cost = float(structure.contradicted[left_roles[i], right_roles[j]])
        part = _ROLE_NAMES[left_roles[i]]
        terms.append(Term(Relation.CONTRADICTS, -cost, left[i].part.text, right[j].part.text, part))
    for i in (i for x, i in enumerate(over) if x not in {x for x, _ in met}):
        role = left_roles[i]
        cost = float(omitted[role])
        terms.append(Term(Relation.OMITTED, -cost, left[i].part.text, None, _ROLE_NAMES[role]))
    for j in (j for y, j in enumerate(more) if y not in {y for _, y in met}):
        role = right_roles[j]
        cost = float(omitted[role])
        terms.append(Term(Relation.OMITTED, -cost, None, right[j].part.text, _ROLE_NAMES[role]))
    return terms
