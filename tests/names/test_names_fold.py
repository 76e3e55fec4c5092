"""What differs between spellings by habit alone is one form; the form is of a known alphabet."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.names.fold import ALPHABETS, fold, romanized
from resolve.names.script import script_of
from resolve.tables import read_table

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "fold.tsv", ("word", "form", "script", "note")
)
texts = st.one_of(st.text(), st.text(st.characters(exclude_categories=()), max_size=8))


@pytest.mark.parametrize(("word", "form", "script", "note"), CASES)
def test_cases(word: str, form: str, script: str, note: str) -> None:
    assert fold(word) == (form, script), note


@pytest.mark.parametrize("row", CASES, ids=lambda row: row[0])
def test_case_tells_nothing(row: tuple[str, ...]) -> None:
    word, form, *_ = row
    assert fold(word.upper())[0] == form == fold(word.lower())[0]


@settings(deadline=None)
@given(texts)
def test_a_form_has_letters_of_its_alphabet_only(text: str) -> None:
    form, script = fold(text)
    assert set(form) <= set(ALPHABETS[script])
    assert set(romanized(text)) <= set(ALPHABETS["Latn"])


@settings(deadline=None)
@given(texts)
def test_folding_again_changes_nothing(text: str) -> None:
    form, script = fold(text)
    assert fold(form, script) == (form, script)


@settings(deadline=None)
@given(texts)
def test_to_name_the_script_changes_nothing(text: str) -> None:
    assert fold(text, script_of(text)) == fold(text)


@pytest.mark.parametrize("script", ALPHABETS)
def test_every_letter_of_an_alphabet_stands_for_itself(script: str) -> None:
    assert len(set(ALPHABETS[script])) == len(ALPHABETS[script])
    for letter in ALPHABETS[script]:
        assert fold(letter, script) == (letter, script)


@pytest.mark.parametrize("script", ["Latn", "Arab", "Cyrl"])
def test_a_table_folds_into_its_alphabet_and_repeats_no_rule_of_unicode(script: str) -> None:
    rows = read_table(f"fold/{script}.tsv", ("letter", "fold", "source", "note"))
    for letter, form, *_ in rows:
        letter = letter.encode().decode("unicode_escape")
        assert not set(letter) <= set(ALPHABETS[script])
        assert set(form) <= set(ALPHABETS[script])
