"""Which sounds are written for which? A small table, by which forms are chosen to be compared.

Words are sounds here (`matching.keys.phonemes`), one alphabet for all scripts; an edit model of
single sounds is learned from spellings of one name (`em`). What counts is whether a script writes
vowels: with the Arabic and the Hebrew one few are there to be heard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.model import em
from resolve.model.edit import EditModel

__all__ = ["ABJADS", "SOUNDS", "UNIT", "hearing"]

ABJADS = frozenset({"Arab", "Hebr"})
"""Scripts that hardly write vowels (ISO 15924)."""
SOUNDS = 28
"""Numbers of sounds: 0 for none, 1 to 26 for a to z, 27 for what the tables leave as it is."""
UNIT = 1 / 16
"""Bits are kept in sixteenths, as whole numbers: the same everywhere."""
SLIPPED = 0.04
"""Share of sounds that are written as any other, or as none: slips of the pen."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Floats = NDArray[np.float64]
Hear = Callable[[str], str]


def hearing(kinds: Mapping[tuple[bool, bool], tuple[em.Weighted, Hear, Hear]]) -> NDArray[Any]:
    """Return the bits of each sound for each other, in units: (2, 2, sounds, sounds).

    The first two numbers say whether the left and the right word are in an abjad. `kinds` are the
    pairs of words of one name, and how those of the left and the right script sound.
    """
    table = np.zeros((2, 2, SOUNDS, SOUNDS), np.int16)
    for (left, right), (pairs, hear_left, hear_right) in kinds.items():
        heard: em.Weighted = {}
        for (a, b), weight in pairs.items():
            pair = hear_left(a), hear_right(b)
            if all(side and side.isascii() and side.isalpha() for side in pair):
                heard[pair] = heard.get(pair, 0.0) + weight
        model = em.fit(heard, (1, 1), symmetric=left == right)
        said = _bits(_joint(model))
        table[int(left), int(right)] = said
        table[int(right), int(left)] = said.T
    return table


def _joint(model: EditModel) -> Floats:
    """How often each sound is written for each other; number 0 is none."""
    joint = np.zeros((SOUNDS, SOUNDS))
    numbers = {letter: k for k, letter in enumerate(_LETTERS, start=1)} | {"": 0}
    sides = [[numbers.get(s, -1) for s in side.substrings] for side in (model.left, model.right)]
    for x, y, p in zip(*(column.tolist() for column in model.chances), strict=True):
        a, b = sides[0][x], sides[1][y]
        if a >= 0 and b >= 0:
            joint[a, b] += p
    return np.asarray(joint / joint.sum())


def _bits(joint: Floats) -> NDArray[np.int16]:
    """log2 of the joint probability against that of writing both apart; for none, of one alone."""
    # A sound that was never heard is as rare as the rarest, and written as itself.
    joint = joint + np.diag(np.where(np.diag(joint) > 0, 0.0, joint[joint > 0].min()))
    joint[0, 0] = 0.0
    left, right = (_shares(joint.sum(axis)) for axis in (1, 0))
    slip = np.outer(left, right) / 2
    slip[0], slip[:, 0] = right / 4, left / 4
    slip[0, 0] = 0.0
    mixed = (1 - SLIPPED) * joint + SLIPPED * slip
    left[0] = right[0] = 1.0
    with np.errstate(divide="ignore"):
        bits = np.log2(mixed / np.outer(left, right))
    bits[0, 0] = 0.0
    return np.rint(bits / UNIT).astype(np.int16)


def _shares(sums: Floats) -> Floats:
    shares = sums.copy()
    shares[0] = 0.0
    return np.asarray(shares / shares.sum())
