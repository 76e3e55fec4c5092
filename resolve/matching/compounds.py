"""Is one word of an institution written in two by the other? Airbase, air base; Gazprom Bank.

Where words end is a habit of spelling. Two words are read as one where their consonants, one
after the other, are those of a word of the other name, and the letters agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.matching.form import Form
from resolve.matching.joins import Join, join, read_as
from resolve.matching.keys import skeleton
from resolve.matching.similarity import FLOOR, Similarity
from resolve.matching.slots import Slot
from resolve.names.fold import ALPHABETS

__all__ = ["Compounded", "Written", "compounds", "read_with", "written"]

Floats = NDArray[np.float64]
Names = tuple[Sequence[Slot], Sequence[Slot]]

WRITTEN_APART = 1.0
"""Bits that it costs to read two words as one. Chosen."""
LEAST_SHARE = 0.5
"""Share of the whole's rarity that two words as one must say. Chosen, as in `joins`."""
_LEAST_BONES = 3  # consonants of a word that is written in two


class Compounded(NamedTuple):
    """A pair of names, with two words of one read as one: what the words say, and are worth."""

    join: Join
    names: Names
    evidence: Floats
    rarity: tuple[Floats, Floats]


class Written(NamedTuple):
    """The words of a name by their consonants: where each stands, and where each two begin."""

    words: Mapping[str, int]
    couples: Mapping[str, int]


def written(slots: Sequence[Slot]) -> Written:
    """Return the words of a name, and every two of them as one, by their consonants."""
    forms = [slot.forms[0][0] for slot in slots]
    words: dict[str, int] = {}
    couples: dict[str, int] = {}
    for place, (text, script) in enumerate(forms):
        if script not in ALPHABETS:
            continue
        words.setdefault(skeleton(text, script), place)
        if place + 1 < len(forms) and forms[place + 1].script == script:
            bones = skeleton(text + forms[place + 1].text, script)
            if len(bones) >= _LEAST_BONES:
                couples.setdefault(bones, place)
    return Written(words, couples)


def compounds(left: Written, right: Written) -> list[Join]:
    """Return which two words of one name may be one of the other, by their consonants."""
    both = (0, left.couples, right.words), (1, right.couples, left.words)
    return [
        Join(side, couples[bones], 2, words[bones])
        for side, couples, words in both
        if not words.keys().isdisjoint(couples)
        for bones in couples
        if bones in words
    ]


def read_with(
    found: Mapping[int, tuple[Sequence[Join], Names, Floats]], similarity: Similarity
) -> dict[int, Compounded]:
    """Return the pairs that read better so, each with its best compound.

    Of every pair: what may be one word, the two names, and what their words say.
    """
    asked: dict[tuple[int, Join], tuple[Form, Form]] = {}
    for row, (joins, names, _) in found.items():
        for each in joins:
            whole = join(names[each.side][each.span]).forms[0][0]
            asked[row, each] = whole, names[1 - each.side][each.answer].forms[0][0]
    if not asked:
        return {}
    said = similarity.bits(list(asked.values()))
    rarity = similarity.rarity([form for pair in asked.values() for form in pair]).reshape(-1, 2)
    best: dict[int, Join] = {}
    for (row, each), bits, common in zip(asked, said, rarity.min(1), strict=True):
        _, _, evidence = found[row]
        own = evidence if each.side == 0 else evidence.T
        better = float(bits) - WRITTEN_APART
        enough = max(LEAST_SHARE * common, float(own[each.span, each.answer].max()))
        if better > enough and (row not in best or better > best[row].bits):
            best[row] = each._replace(bits=better)
    return {row: _read(own, *found[row][1:], similarity) for row, own in best.items()}


def _read(each: Join, names: Names, evidence: Floats, similarity: Similarity) -> Compounded:
    read = read_as((each,), *names)
    own = evidence if each.side == 0 else evidence.T
    kept = np.delete(own, each.first + 1, axis=0)
    kept[each.first] = FLOOR
    kept[each.first, each.answer] = each.bits
    rarity = [similarity.rarity([slot.forms[0][0] for slot in side]) for side in read]
    table = kept if each.side == 0 else kept.T
    return Compounded(each, read, table, (rarity[0], rarity[1]))
