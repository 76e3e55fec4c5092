"""What a language's habits spelled is read as the English press spells it, or not at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.names.fold import ALPHABETS, fold
from resolve.names.respelling import respelled
from resolve.tables import list_tables, read_table

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "respellings.tsv", ("word", "english", "lang", "note")
)
COLUMNS = ("spelling", "reading", "after", "before", "class", "source", "note")
LANGUAGES = list_tables("respellings", ".tsv")
HABITS = [
    (lang, *row) for lang in LANGUAGES for row in read_table(f"respellings/{lang}.tsv", COLUMNS)
]
MARKS = [(lang, spelling) for lang, spelling, _, _, _, class_, *_ in HABITS if class_ == "mark"]


@pytest.mark.parametrize(("word", "english", "lang", "note"), CASES)
def test_cases(word: str, english: str, lang: str, note: str) -> None:
    assert respelled(word) == (english or None), note


@pytest.mark.parametrize(("lang", "spelling"), MARKS)
def test_every_mark_of_a_language_is_shown_by_a_case(lang: str, spelling: str) -> None:
    assert any(lang == row[2] and spelling in row[0].lower() for row in CASES)


@pytest.mark.parametrize("word", [row[0] for row in CASES])
def test_case_tells_nothing(word: str) -> None:
    assert respelled(word.upper()) == respelled(word.lower()) == respelled(word)


@pytest.mark.parametrize("english", [row[1] for row in CASES if row[1]])
def test_what_is_respelled_is_as_the_english_press_writes(english: str) -> None:
    assert respelled(english) is None


@given(
    st.one_of(
        st.lists(st.sampled_from([row[1] for row in HABITS] + list("aeioknv")), max_size=6).map(
            "".join
        ),
        st.text(max_size=20),
    )
)
def test_a_reading_is_a_form_of_its_own(word: str) -> None:
    english = respelled(word)
    if english is not None:
        assert english and set(english) <= set(ALPHABETS["Latn"])
        assert english != fold(word, "Latn")[0]


@pytest.mark.parametrize("row", HABITS)
def test_a_row_says_what_a_language_writes_or_never_does(row: tuple[str, ...]) -> None:
    _, spelling, reading, after, before, class_, source, _ = row
    assert class_ in ("mark", "habit", "never")
    assert bool(reading) == (class_ != "never") and source
    assert spelling.isalpha() and spelling == spelling.lower()
    assert all(letter.isalpha() or letter == "#" for letter in after + before)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_language_marks_what_it_never_writes(lang: str) -> None:
    for _, spelling, _, after, before, class_, *_ in [row for row in HABITS if row[0] == lang]:
        if class_ == "never" and not after + before:
            assert not [mark for own, mark in MARKS if own == lang and spelling in mark]
