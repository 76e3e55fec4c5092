"""Many slips at once are one slip after the other, and a slip is one letter's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.matching.form import Form
from resolve.matching.rarity import Rarity
from resolve.matching.slips import SLIP, slip, slips
from resolve.matching.vocabulary import Vocabulary
from resolve.model.learned import load
from resolve.names.fold import ALPHABETS

LEARNED = load()
RARITY = Rarity(LEARNED, "name")
FEW = {script: letters[:4] for script, letters in ALPHABETS.items()}  # so that letters recur
scripts = st.sampled_from(sorted(ALPHABETS))


@st.composite
def batches(draw: st.DrawFn) -> list[tuple[Form, Form]]:
    """Pairs of one script: alike by an edit or two, or not at all."""
    script = draw(scripts)
    words = st.text(FEW[script], min_size=1, max_size=9)
    pairs = []
    for word, other in draw(st.lists(st.tuples(words, words), min_size=1, max_size=12)):
        changed = word
        for _ in range(draw(st.integers(0, 2))):
            changed = edited(draw, changed, FEW[script])
        pairs += [(word, other), (word, changed), (changed, word)]
    return [(Form(a, script), Form(b, script)) for a, b in pairs]


def edited(draw: st.DrawFn, word: str, letters: str) -> str:
    """A word with one letter dropped, added, exchanged, or swapped with the next."""
    k = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(letters))
    kinds = (
        word[:k] + word[k + 1 :],
        word[:k] + letter + word[k:],
        word[:k] + letter + word[k + 1 :],
        word[:k] + word[k : k + 2][::-1] + word[k + 2 :],
    )
    return draw(st.sampled_from(kinds)) or word


def together(pairs: list[tuple[Form, Form]]) -> list[float]:
    left, right = (
        Vocabulary.of([pair[side] for pair in pairs], RARITY, LEARNED.lexicon) for side in (0, 1)
    )
    rows = np.arange(len(pairs))
    return slips(left, rows, right, rows).tolist()


@settings(deadline=None, max_examples=300)
@given(batches())
def test_many_at_once_are_as_one_by_one(pairs: list[tuple[Form, Form]]) -> None:
    assert together(pairs) == [slip(a, b) for a, b in pairs]
    turned = [(b, a) for a, b in pairs]
    assert together(turned) == together(pairs)


def neighbours(word: str, letters: str) -> set[str]:
    """Every word that is one slip away: the definition, written out."""
    places = range(len(word) + 1)
    return {
        *(word[:k] + word[k + 1 :] for k in places),
        *(word[:k] + letter + word[k + n :] for k in places for letter in letters for n in (0, 1)),
        *(word[:k] + word[k : k + 2][::-1] + word[k + 2 :] for k in places),
    } - {word}


@settings(deadline=None)
@given(st.text("abc", min_size=4, max_size=6), st.text("abc", min_size=4, max_size=7))
def test_a_slip_is_any_of_the_slips_there_are(word: str, other: str) -> None:
    found = slip(Form(word, "Latn"), Form(other, "Latn")) > 0
    assert found == (other in neighbours(word, "abc"))


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ("haftar", "hafter", True),
        ("haftar", "haftr", True),
        ("haftar", "hfatar", True),
        ("haftar", "haftarr", True),
        ("haftar", "haftar", False),
        ("haftar", "hatfra", False),
        ("haftar", "hafteer", False),
        ("abba", "baba", True),
        ("abab", "baba", False),
        ("ali", "alli", False),
        ("aliy", "aliyy", True),
    ],
)
def test_one_letter_is_a_slip(left: str, right: str, apart: bool) -> None:
    pair = Form(left, "Latn"), Form(right, "Latn")
    chance = SLIP / (2 * 26 * max(len(left), len(right))) if apart else 0.0
    assert slip(*pair) == chance and together([pair]) == [chance]
