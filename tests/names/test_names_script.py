"""The script of a text is that of most of its letters."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.names.script import NO_SCRIPT, script_of, script_of_letter
from resolve.tables import read_table

CASES = read_table(Path(__file__).parents[1] / "cases" / "scripts.tsv", ("text", "script", "note"))
NAMES = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "HEBREW": "Hebr", "GREEK": "Grek",
    "ARMENIAN": "Armn", "GEORGIAN": "Geor", "DEVANAGARI": "Deva", "HANGUL": "Hang",
    "HIRAGANA": "Hira", "KATAKANA": "Kana", "ETHIOPIC": "Ethi", "SYRIAC": "Syrc", "THAANA": "Thaa",
    "BENGALI": "Beng", "TAMIL": "Taml", "THAI": "Thai",
}  # fmt: skip


@pytest.mark.parametrize(("text", "script", "note"), CASES)
def test_cases(text: str, script: str, note: str) -> None:
    assert script_of(text) == script, note


@pytest.mark.parametrize(("prefix", "script"), NAMES.items())
def test_letters_are_of_the_script_that_their_name_says(prefix: str, script: str) -> None:
    letters = [
        letter
        for letter in map(chr, range(0x20000))
        if letter.isalpha() and unicodedata.name(letter, "").startswith(f"{prefix} LETTER")
    ]
    assert {script_of_letter(letter) for letter in letters} <= {script}


@given(st.text(st.characters(exclude_categories=())))
def test_the_fast_way_equals_the_plain_count(text: str) -> None:
    counts: dict[str, int] = {}
    for letter in text:
        script = script_of_letter(letter)
        if script != NO_SCRIPT:
            counts[script] = counts.get(script, 0) + 1
    found = script_of(text)
    if found == NO_SCRIPT:
        assert not counts
    elif found != "Jpan":
        assert counts[found] == max(counts.values())
