"""Alikeness is the ratio of Indel distance, of sounds, letters and consonants, for all at once."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from resolve.matching.alikeness import MOST_LETTERS, alikeness
from resolve.matching.form import Form
from resolve.matching.rarity import Rarity
from resolve.matching.vocabulary import SCRIPTS, Vocabulary
from resolve.model.learned import load
from resolve.names.fold import ALPHABETS
from resolve.names.script import NO_SCRIPT

LEARNED = load()
RARITY = Rarity(LEARNED, "name")
LETTERS = {**ALPHABETS, NO_SCRIPT: "0123456789"}
forms = st.sampled_from(SCRIPTS).flatmap(
    lambda script: st.builds(
        Form,
        st.text(LETTERS[script], min_size=1, max_size=9)
        | st.text(LETTERS[script], min_size=50, max_size=70)
        | st.text(LETTERS[script][:3], min_size=1, max_size=80),
        st.just(script),
    )
)
lists = st.lists(forms, min_size=1, max_size=9)


def of(own: list[Form]) -> Vocabulary:
    return Vocabulary.of(own, RARITY, LEARNED.lexicon)


def ratio(left: np.ndarray, right: np.ndarray) -> float:
    return fuzz.ratio(left[:MOST_LETTERS].tobytes(), right[:MOST_LETTERS].tobytes())


def expected(left: Vocabulary, a: int, right: Vocabulary, b: int) -> float:
    """The formula, as the module has it, by a library's ratio."""
    sounds = ratio(left.sounds.row(a), right.sounds.row(b))
    same = left.script[a] == right.script[b]
    letters = ratio(left.letters.row(a), right.letters.row(b)) if same else 0.0
    bones = ratio(left.bones.row(a), right.bones.row(b))
    return 0.3 * max(sounds, letters) + 0.3 * sounds + 0.4 * bones


@settings(deadline=None, max_examples=200)
@given(lists, lists)
def test_alikeness_is_its_formula(own: list[Form], others: list[Form]) -> None:
    left, right = of(own), of(others)
    rows = np.arange(len(others))[::-1]
    for a in range(len(own)):
        found = alikeness(left, a, right, rows)
        wanted = [expected(left, a, right, b) for b in rows.tolist()]
        assert np.allclose(found, wanted, rtol=0, atol=1e-9)


@settings(deadline=None)
@given(lists)
def test_a_form_is_wholly_like_itself_and_all_are_in_between(own: list[Form]) -> None:
    vocabulary = of(own)
    rows = np.arange(len(own))
    table = np.stack([alikeness(vocabulary, a, vocabulary, rows) for a in rows.tolist()])
    assert np.allclose(np.diagonal(table), 100) and (table >= 0).all() and (table <= 100).all()
    assert np.array_equal(table, table.T)


def test_no_rows_give_nothing() -> None:
    vocabulary = of([Form("haftar", "Latn")])
    assert alikeness(vocabulary, 0, vocabulary, np.zeros(0, np.int64)).tolist() == []
    assert alikeness(vocabulary, 0, of([]), np.zeros(0, np.int64)).tolist() == []


def test_spellings_are_more_alike_than_names() -> None:
    vocabulary = of([Form(t, "Latn") for t in ("haftar", "hafter", "khaftar", "menfi")])
    near, near_too, far = alikeness(vocabulary, 0, vocabulary, np.arange(1, 4)).tolist()
    assert min(near, near_too) > 80 > 40 > far


def test_numpy_without_bit_counts_says_the_same(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    vocabulary = of([Form(t, "Latn") for t in ("haftar", "hafter", "dbeibah" * 9, "m")])
    rows = np.arange(4)
    found = [alikeness(vocabulary, a, vocabulary, rows).tolist() for a in range(4)]
    monkeypatch.delattr(np, "bitwise_count", raising=False)
    assert [alikeness(vocabulary, a, vocabulary, rows).tolist() for a in range(4)] == found
