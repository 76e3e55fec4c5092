"""Are these the letters of an Arab's name? A small table: each letter after the two before it.

    bits = sum log2 P(letter | two before, Arab names) / P(letter | two before, the world's)

Both are interpolated letter models (Witten & Bell 1991) of Latin spellings. The lexicon tells of a
name that it knows; this tells of one that nobody has attested.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["LETTERS", "UNIT", "arab_bits", "origin"]

LETTERS: Final = 28
"""Numbers of letters: 0 for the boundary of a word, 1 to 26 for a to z, 27 for any other."""
UNIT: Final = 1 / 16
"""Bits are kept in sixteenths, as whole numbers: the same everywhere."""
_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"
_NUMBERS: Final[Mapping[str, int]] = {c: k for k, c in enumerate(_ALPHABET, start=1)}

Floats = NDArray[np.float64]


def origin(arab: Mapping[str, float], world: Mapping[str, float]) -> NDArray[Any]:
    """Return the bits of each letter after two others, in units: (letters, letters, letters).

    `arab` and `world` are Latin forms with their weights.
    """
    ours, theirs = (_letter_model(forms) for forms in (arab, world))
    return np.rint((np.log2(ours) - np.log2(theirs)) / UNIT).astype(np.int16)


def arab_bits(form: str, table: NDArray[Any]) -> float:
    """Return what the letters of a Latin form say for an Arab name, in bits."""
    before, last, said = 0, 0, 0
    for number in (*(_NUMBERS.get(c, LETTERS - 1) for c in form), 0):
        said += int(table[before, last, number])
        before, last = last, number
    return said * UNIT


def _letter_model(forms: Mapping[str, float]) -> Floats:
    """P(letter | two before it): the last axis adds up to one."""
    seen = np.zeros((LETTERS, LETTERS, LETTERS))
    for form, weight in sorted(forms.items()):
        numbers = [0, 0, *(_NUMBERS.get(c, LETTERS - 1) for c in form), 0]
        for triple in zip(numbers, numbers[1:], numbers[2:], strict=False):
            seen[triple] += weight
    model = np.full(LETTERS, 1 / LETTERS)
    for counts in (seen.sum((0, 1)), seen.sum(0), seen):
        total, types = counts.sum(-1, keepdims=True), (counts > 0).sum(-1, keepdims=True)
        # What was never seen says nothing: there the shorter model stands alone.
        known = np.maximum(total + types, 1.0)
        model = np.where(total > 0, (counts + types * model) / known, model)
    return model
