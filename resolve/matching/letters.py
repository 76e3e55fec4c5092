"""How well do the letters of two forms go together? Rows of vocabularies, by the edit models.

    letters(a, b) = log2 J(a, b) - (M(a) + M(b)) / 2

J is the joint probability of writing both for one name, M the marginal one of each.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from resolve.matching.vocabulary import SCRIPTS, Vocabulary
from resolve.model.edit import END, MAX_LETTERS, START, EditModel, Encoded, Inventory, Written
from resolve.names.fold import ALPHABETS

__all__ = ["letters"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_IMPOSSIBLE = -60.0  # bits


def letters(
    model: EditModel, left: Vocabulary, left_rows: Ints, right: Vocabulary, right_rows: Ints
) -> Floats:
    """Return the bits of each pair of rows; the left ones are in the model's left alphabet."""
    sides = [
        Written(*own.letters, rows, _numbers(inventory, SCRIPTS[int(own.script[rows[0]])]))
        for own, rows, inventory in (
            (left, left_rows, model.left),
            (right, right_rows, model.right),
        )
    ]
    said = model.together(*sides)
    if said is None:
        said = _plain(model, left, sides[0], right, sides[1])
    with np.errstate(invalid="ignore"):
        bits: Floats = said[0] - (said[1] + said[2]) / 2
    if np.isfinite(bits).all():
        return bits
    return np.nan_to_num(bits, nan=_IMPOSSIBLE, neginf=_IMPOSSIBLE, posinf=-_IMPOSSIBLE)


def _plain(
    model: EditModel, left: Vocabulary, mine: Written, right: Vocabulary, theirs: Written
) -> Floats:
    """As `EditModel.together` has it."""
    words, places, marginals = [], [], []
    for side, (own, inventory, asked) in enumerate(
        ((left, model.left, mine), (right, model.right, theirs))
    ):
        # Each distinct form is encoded once.
        each, place = np.unique(asked.rows, return_inverse=True)
        words.append(_encoded(inventory, own, each, asked.numbers))
        places.append(place)
        marginals.append(model.marginal(words[side], side)[place])
    joint = model.joint(words[0], words[1], (places[0], places[1]))
    return np.array([joint, *marginals])


@lru_cache
def _numbers(inventory: Inventory, script: str) -> Ints:
    """The letters of a script as the model numbers them: none first, both boundaries last."""
    return inventory.numbers(f"\0{ALPHABETS[script]}{START}{END}")


def _encoded(inventory: Inventory, vocabulary: Vocabulary, rows: Ints, numbers: Ints) -> Encoded:
    """The forms of some rows, all of one script, as the model reads them."""
    sizes = np.minimum(vocabulary.letters.sizes(rows), MAX_LETTERS)
    longest = int(sizes.max(initial=0))
    codes = np.zeros((len(rows), longest + 2), np.int64)
    codes[:, 0] = len(numbers) - 2
    inside = np.arange(longest) < sizes[:, None]
    codes[:, 1:-1] = np.where(inside, vocabulary.letters.padded(rows, longest), 0)
    codes[np.arange(len(rows)), sizes + 1] = len(numbers) - 1
    return inventory.encoded(numbers[codes], (sizes + 2).astype(np.int32))
