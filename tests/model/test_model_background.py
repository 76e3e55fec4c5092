"""How common a form is: a probability over all words, and common names are common."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.model.background import Background, LetterModel
from resolve.model.learned import load
from resolve.names.fold import ALPHABETS


def letters() -> LetterModel:
    """Two letters and their pairs, by hand: after a, b is likely; what is missing backs off."""
    base = 4  # boundary, a, b, any other
    single = {0: 0.3, 1: 0.4, 2: 0.2}
    double = {1 * base + 2: 0.5, 1 * base + 0: 0.3, 2 * base + 0: 0.6}
    after = {1: (1 - 0.8) / (1 - 0.2 - 0.3), 2: (1 - 0.6) / (1 - 0.3), 0: 1.0}
    none = np.zeros(0)
    keys = [np.array(sorted(t), np.int64) for t in (single, double)]
    bits = [np.log2([t[k] for k in sorted(t)]) for t in (single, double)]
    backoff = [np.log2([after[k] for k in sorted(single)]), np.zeros(len(double))]
    return LetterModel(
        "ab",
        [*keys, np.zeros(0, np.int64), np.zeros(0, np.int64)],
        [*bits, none, none],
        [*backoff, none, none],
    )


COUNTS = {"ab": 6, "b": 3, "bb": 1}
BACKGROUND = Background(COUNTS, letters(), sum(COUNTS.values()), 2.0)


def test_a_letter_is_told_from_the_longest_sequence_seen() -> None:
    found = np.exp2(letters().log2p(["ab", "ba"]))
    backed_off = 0.2 * (1 - 0.6) / (1 - 0.3) * 0.4 * 0.3  # b, then a by its own, then the end
    assert found == pytest.approx([0.4 * 0.5 * 0.6, backed_off])


def test_the_probabilities_of_all_words_stay_below_one() -> None:
    words = ["".join(word) for n in range(9) for word in product("ab", repeat=n)]
    for model in (letters(), BACKGROUND):
        assert 0.5 < np.exp2(model.log2p(words)).sum() < 1


def test_the_probabilities_of_short_words_stay_below_one_on_the_shipped_tables() -> None:
    for kind in ("name", "word"):
        for script, alphabet in ALPHABETS.items():
            words = ["".join(word) for n in (1, 2) for word in product(alphabet, repeat=n)]
            assert 0 < np.exp2(load().background(kind, script).log2p(words)).sum() < 1


def test_a_name_is_not_its_own_witness() -> None:
    once = Background({"bb": 1}, letters(), 10, 2.0).log2p(["bb"])
    never = Background({}, letters(), 10, 2.0).log2p(["bb"])
    assert np.exp2(once)[0] - np.exp2(never)[0] == pytest.approx(0.2 / 12)


@pytest.mark.parametrize(
    ("script", "common", "rare"),
    [
        ("Latn", "muhammad", "namroush"),
        ("Latn", "ali", "dbeibah"),
        ("Arab", "محمد", "النمروش"),
        ("Cyrl", "александр", "навумау"),
        ("Hebr", "משה", "חפתר"),
    ],
)
def test_a_common_name_is_likelier_than_a_rare_one(script: str, common: str, rare: str) -> None:
    found = load().background("name", script).log2p([common, rare])
    assert found[0] > found[1] + 4


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz\u0131", max_size=40), max_size=6))
def test_a_batch_is_one_by_one(forms: list[str]) -> None:
    background = load().background("name", "Latn")
    together = background.log2p(forms)
    assert np.array_equal(together, [background.log2p([form])[0] for form in forms])
    assert np.isfinite(together).all()
