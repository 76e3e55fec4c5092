"""By which of two given names does one go? Tuğrul Türkeş is Yıldırım Tuğrul Türkeş.

Where the father's name follows one's own, who goes by the second name is the father: so it costs
to pair a given name with a middle one (`Structure.crossed`). Elsewhere it is a second given name,
by which many go.

    2^bits = 2^crossed + d 2^(agreed - 2)

`crossed` is what the pair says by the structure, `agreed` what it would say as given names, `d` the
chance that they are given names both: that the name is no Arab's, by its novelty to Arabic and by
the letters of all parts that agree. (Muhammad before another name is often left out, too; but
Mahamat Idriss Déby is Idriss Déby's son.)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolve.matching.alignment import (
    GIVEN,
    MIDDLE,
    Alignment,
    Structure,
    roles,
    soft_cap,
    values_of,
    ways,
)
from resolve.matching.form import Form
from resolve.matching.slots import Slot
from resolve.model.learned import Learned
from resolve.model.lexicon import Lexicon
from resolve.model.origin import arab_bits

__all__ = ["crossed_ways", "second_names"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SECOND: Final = 2.0
"""Bits that it costs to go by one's second name: one in four does who has two. Chosen."""
NOVEL: Final = 0.2
"""Novelty up to which a name is taken to be an Arab one. Chosen."""
_LEAST: Final = 4.0  # bits of two names that are one
_SHORT: Final = 5  # letters of a name that another vowel makes another name


@cache
def crossed_ways(n: int, m: int) -> Bools:
    """Return which ways pair a given name with a middle one, all of one name being answered.

    Shape (3, ways of n and m): by which side is read family name first, see `Alignment`.
    """
    table = ways(n, m)
    whole = ~(table.left_over.any(1) & table.right_over.any(1))
    found = [table.pairs @ _crossed(n, m, turned).ravel() > 0 for turned in range(3)]
    return np.array(found) & whole


def second_names(
    left: Sequence[Slot],
    right: Sequence[Slot],
    evidence: Floats,
    alignment: Alignment,
    row: int,
    structure: Structure,
    learned: Learned,
) -> dict[tuple[int, int], float]:
    """Return what pairs of parts say beyond what a row of an alignment has them say, in bits.

    `evidence[i, j]` is what the alignment was made from.
    """
    n, m = evidence.shape
    turned = int(alignment.turned[row])
    if not crossed_ways(n, m)[turned, alignment.chosen[row]]:
        return {}
    crossed = _crossed(n, m, turned)
    way = ways(n, m).of(int(alignment.chosen[row]))
    values = values_of(evidence, turned, structure)
    foreign = _foreign([(_form(left[i]), _form(right[j])) for i, j in way], learned.origin)
    found = {}
    for i, j in way:
        if crossed[i, j] and evidence[i, j] >= _LEAST:
            chance = foreign * _novelty(_form(left[i]), _form(right[j]), learned.lexicon)
            if chance > 0:
                agreed = _agreed(float(evidence[i, j]), structure) + np.log2(chance)
                found[i, j] = float(np.logaddexp2(values[i, j], agreed) - values[i, j])
    return found


def _crossed(n: int, m: int, turned: int) -> Bools:
    """Which parts are a given name on one side and a middle one on the other."""
    left, right = roles(n, turned == 1)[:, None], roles(m, turned == 2)[None, :]
    found = ((left == GIVEN) & (right == MIDDLE)) | ((left == MIDDLE) & (right == GIVEN))
    return np.asarray(found)


def _agreed(bits: float, structure: Structure) -> float:
    most = structure.cap[GIVEN, GIVEN]
    return float(soft_cap(np.array([bits]), np.array([most]))[0]) - SECOND


def _foreign(pairs: Sequence[tuple[Form, Form]], origin: NDArray[np.int16]) -> float:
    """The chance that a name is no Arab's, by the Latin letters of the parts that agree."""
    spelled = [[f.text for f in pair if f.script == "Latn"] for pair in pairs]
    said = sum(max(arab_bits(text, origin) for text in texts) for texts in spelled if texts)
    return float(1 / (1 + np.exp2(said))) if any(spelled) else 0.0


def _novelty(left: Form, right: Form, lexicon: Lexicon) -> float:
    """How little Arabic knows two forms of a name, 0 to 1."""
    short = min(len(left.text), len(right.text)) <= _SHORT
    if short and left.script == right.script and left.text != right.text:
        return 0.0
    known = [lexicon.novelty(*form, "Arab") for form in (left, right) if form.script != "Arab"]
    return max(min(known, default=0.0) - NOVEL, 0.0) / (1 - NOVEL)


def _form(slot: Slot) -> Form:
    return slot.forms[0][0]
