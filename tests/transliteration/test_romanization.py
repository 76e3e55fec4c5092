"""A name of any script is written as newspapers do: known spellings first, others as decoded."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resolve
from resolve.errors import OptionError
from resolve.tables import read_table
from resolve.transliteration import transliterate

CASES = Path(__file__).parents[1] / "cases" / "romanization.tsv"
ROWS = read_table(CASES, ("text", "reading", "among", "source", "note"))

name = st.lists(
    st.text("ابتجحدرسعفقكلمنهويةأ", min_size=2, max_size=7), min_size=1, max_size=3
).map(" ".join)
anything = st.one_of(name, st.text(max_size=30), st.text("абвгдежий שלוםבן", max_size=12))


def spellings(text: str, n: int) -> list[str]:
    return [reading.text for reading in resolve.romanize(text, n)]


@pytest.mark.parametrize(("text", "reading", "among"), [row[:3] for row in ROWS])
def test_a_name_is_spelled_as_newspapers_spell_it(text: str, reading: str, among: str) -> None:
    assert reading in spellings(text, int(among))


@settings(max_examples=50, deadline=None)
@given(text=anything)
def test_readings_are_ranked_distinct_and_share_one(text: str) -> None:
    found = resolve.romanize(text, 6)
    ranks = [(-reading.probability, reading.text) for reading in found]
    assert ranks == sorted(ranks)
    assert len({reading.text for reading in found}) == len(found) <= 6
    assert sum(reading.probability for reading in found) <= 1 + 1e-9
    assert bool(found) == bool(text.split())


@settings(max_examples=50, deadline=None)
@given(text=anything, n=st.integers(1, 8))
def test_asking_for_more_changes_none_of_the_first(text: str, n: int) -> None:
    assert resolve.romanize(text, n) == resolve.romanize(text, n + 3)[:n]


@settings(max_examples=50, deadline=None)
@given(text=name)
def test_an_arabic_name_is_written_in_latin_letters_with_capitals(text: str) -> None:
    for reading in spellings(text, 3):
        assert reading.isascii()
        assert not reading[:1].islower()


@given(text=st.text(st.characters(max_codepoint=0x24F, exclude_characters="\u00b5")))  # Greek mu
def test_latin_text_stays_but_for_its_spaces(text: str) -> None:
    same = unicodedata.normalize("NFC", " ".join(text.split()))
    assert spellings(text, 3) == ([same] if same else [])


def test_marks_are_read_where_no_spelling_is_known() -> None:
    """نَمروش says its first vowel: no reading has another."""
    assert all(reading.startswith("Na") for reading in spellings("نَمروش", 5))
    assert not all(reading.startswith("Na") for reading in spellings("نمروش", 12))


def test_an_article_is_told_from_a_name_that_begins_like_one() -> None:
    assert spellings("الحداد", 1) == ["Al-Haddad"]
    assert spellings("الياس", 1) == ["Elias"]
    assert spellings("سامي الحداد", 1) == ["Sami al-Haddad"]


def test_a_word_of_the_scheme_keeps_its_usage() -> None:
    """Registers have Maamar for معمر, the news Muammar: both are heard."""
    found = spellings("معمر", 10)
    assert found[0] == "Muammar"
    assert "Maamar" in found


def test_scripts_may_be_mixed_in_a_name() -> None:
    assert spellings("Khalifa حفتر", 1) == ["Khalifa Haftar"]
    assert spellings("Путин (بوتين)", 1)[0].startswith("Putin (")


def test_what_the_model_adds_is_not_what_the_scheme_alone_says() -> None:
    alone = transliterate("ياسر عرفات", "news-ara-Arab-Latn", 1, title=True)
    assert spellings("ياسر عرفات", 1) != [alone[0].text]


def test_no_readings_are_a_wrong_number() -> None:
    with pytest.raises(OptionError, match="n is 0"):
        resolve.romanize("حفتر", 0)


def test_numpy_is_read_only_when_a_name_is_romanized() -> None:
    code = "import sys, resolve.transliteration; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
