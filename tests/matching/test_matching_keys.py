"""Spellings of one name share a key, or are attested as one; a key is never the name itself."""

from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.matching.keys import keys, phonemes, skeleton
from resolve.model.learned import load
from resolve.names.fold import ALPHABETS, fold
from resolve.tables import read_table

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "spellings.tsv", ("left", "right", "unrelated", "note")
)
forms = st.sampled_from(sorted(ALPHABETS)).flatmap(
    lambda script: st.tuples(st.text(ALPHABETS[script], min_size=1, max_size=12), st.just(script))
)
SOUNDS = frozenset("abcdfghijklmnprstuxz")


@pytest.mark.parametrize(("left", "right", "unrelated", "note"), CASES)
def test_spellings_of_one_name_are_found(left: str, right: str, unrelated: str, note: str) -> None:
    first, second = fold(left), fold(right)
    attested = load().lexicon.neighbours(*first, second[1]).forms
    assert set(keys(*first)) & set(keys(*second)) or second[0] in attested


def test_most_names_that_differ_share_no_key() -> None:
    """Else the vocabulary would be compared with itself."""
    written = sorted({fold(row[k]) for row in CASES for k in (0, 1)})
    together = sum(bool(set(keys(*a)) & set(keys(*b))) for a in written for b in written)
    assert together < len(written) ** 2 / 10


@settings(deadline=None)
@given(forms)
def test_a_form_has_keys_that_depend_on_nothing_else(form: tuple[str, str]) -> None:
    found = keys(*form)
    assert found and list(found) == sorted(set(found)) and found == keys(*form)


def test_nothing_has_no_key() -> None:
    assert keys("", "Latn") == ()


@settings(deadline=None)
@given(forms)
def test_a_skeleton_has_no_vowels_beside_consonants(form: tuple[str, str]) -> None:
    bones = skeleton(*form)
    assert not set("aiu") & set(bones) or len(bones) == 1
    assert all(a != b for a, b in pairwise(bones))


@settings(deadline=None)
@given(forms, st.integers(0, 11))
def test_a_consonant_left_out_is_found_again(form: tuple[str, str], place: int) -> None:
    text, script = form
    bones = skeleton(text, script)
    if len(bones) >= 2:
        place %= len(bones)
        left = bones[:place] + bones[place + 1 :]
        assert "".join(sound for sound, _ in groupby(left)) in keys(text, script)


@pytest.mark.parametrize(
    ("slip", "form"),
    [
        ("khawsa", "khawla"),  # one of two consonants
        ("ayen", "ayman"),
        ("mohamdmad", "mohammad"),  # one that parts a double letter
        ("binmubarakpobr", "binnubarakpour"),  # two of many
    ],
)
def test_a_slip_of_the_pen_shares_a_key(slip: str, form: str) -> None:
    assert {*keys(slip, "Latn")} & {*keys(form, "Latn")}


@pytest.mark.parametrize("script", sorted(ALPHABETS))
def test_every_letter_has_its_sound_in_the_shared_alphabet(script: str) -> None:
    assert set(phonemes(ALPHABETS[script], script)) <= SOUNDS
    rows = read_table(f"phonemes/{script}.tsv", ("letters", "phonemes", "source", "note"))
    assert set(ALPHABETS[script]) <= {letters for letters, *_ in rows}
