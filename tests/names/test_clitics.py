"""What an apostrophe joins to a name is taken off, whichever apostrophe; a name keeps its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.names.clitics import bare, elisions, split, suffixes

APOSTROPHES = "'\u2018\u2019\u02b9\u02bc\u0060\u00b4\uff07\u2032"
apostrophes = st.sampled_from(APOSTROPHES)
names = st.sampled_from(["Haftar", "Türkiye", "Akar", "Erdoğan", "İnönü", "al-Sarraj", "دبيبة"])


@given(st.sampled_from(sorted(elisions())), names, st.sampled_from(sorted(suffixes())), apostrophes)
def test_what_the_tables_have_is_taken_off(
    elision: str, name: str, suffix: str, apostrophe: str
) -> None:
    word = f"{elision}{apostrophe}{name}{apostrophe}{suffix}"
    start, end = split(word)
    assert word[start:end] == bare(word) == name
    assert bare(f"{elision}{apostrophe}{name}") == bare(f"{name}{apostrophe}{suffix}") == name


@pytest.mark.parametrize("suffix", ["s", "S", "nin", "NUN", "yle", "ın", ""])
def test_a_suffix_may_be_in_capitals(suffix: str) -> None:
    assert bare(f"Haftar'{suffix}") == "Haftar"


@pytest.mark.parametrize(
    "name", ["D'Angelo", "O'Neill", "Ma'moun", "Dell'Utri", "D'Alema", "l'1", "Sana'a Airport"]
)
def test_a_name_keeps_its_own_apostrophe(name: str) -> None:
    assert bare(name) == name


@pytest.mark.parametrize("word", ["L'Express", "l'Express"])
def test_an_article_is_elided_at_the_head_of_a_sentence_too(word: str) -> None:
    assert bare(word) == "Express"


@given(st.one_of(st.text(), st.text("lsd'’ Ha\ud800\u0301م")))
def test_something_is_left_of_any_word(word: str) -> None:
    start, end = split(word)
    assert 0 <= start <= end <= len(word)
    assert bool(bare(word)) == bool(word)
    assert bare(word) in word
