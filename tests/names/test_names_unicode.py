"""Clean text is what a reader sees, whatever the encoding; and there is always a way back."""

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.names import unicode
from resolve.names.script import script_of_letter
from resolve.names.unicode import MAX_LENGTH, Cleaned, clean
from resolve.tables import read_table

CASES = read_table(Path(__file__).parents[1] / "cases" / "clean.tsv", ("raw", "clean", "note"))
TRICKY = (
    "aeo \u0430\u0435\u043e\u0456\u03bf\u0301\u0308\u0323'-\u200f\u200c\u0640\u00a0\ud83d\udc00"
    "\ufdfa\ufefb\ufe71\ufe77\u06a9\u06cc\u06c0\u06d3\u06d5\u0654\u0627\u0653\u064e\u0651"
    "\u1100\u1161\u11a8\uff76\uff9e\u212b\ufb01\u00b4\u00a8\u0345\u0958\u09c7\u09be\U0001d400\U000e0001\r\n\t\x00"
)
texts = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text(st.sampled_from(TRICKY), max_size=40),
    st.text(max_size=20).map(lambda text: text * 60),
)


def read_escapes(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", lambda m: chr(int(m[1] or m[2], 16)), text)


def as_latin(text: str) -> set[str]:
    """The letters and marks of a text, a look-alike as the Latin letter it looks like."""
    letters = [unicode._LOOKALIKES["Latn"].get(c, c) for c in text]
    return set(unicodedata.normalize("NFD", "".join(letters)))


@pytest.mark.parametrize(("raw", "expected", "note"), CASES)
def test_cases(raw: str, expected: str, note: str) -> None:
    assert clean(read_escapes(raw)).text == read_escapes(expected), note


@given(texts)
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = clean(text).text
    assert clean(once) == Cleaned(once)


@given(texts)
def test_clean_text_is_normal_short_and_seen(text: str) -> None:
    result = clean(text).text
    assert unicodedata.is_normalized("NFKC", result)
    assert len(result) <= MAX_LENGTH
    assert result == result.strip(" ") and "  " not in result
    assert unicode._CHARACTERS.keys().isdisjoint(map(ord, result))


@given(texts)
def test_offsets_are_monotone_and_inside(text: str) -> None:
    cleaned = clean(text)
    spans = [cleaned.span(i, i + 1) for i in range(len(cleaned.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))
    assert [cleaned.origin(i) for i in range(len(spans))] == [start for start, _ in spans]


@given(texts)
def test_a_clean_letter_comes_from_a_slice_that_has_it(text: str) -> None:
    cleaned = clean(text)
    for index, letter in enumerate(cleaned.text):
        start, end = cleaned.span(index, index + 1)
        assert letter == " " or as_latin(letter) <= as_latin(clean(text[start:end]).text)


@given(st.text(st.sampled_from("Aliعلي Ялa'-")))
def test_what_cannot_be_seen_changes_nothing(text: str) -> None:
    cleaned = clean("\u200b".join(text) + "\u200f")
    assert cleaned.text == clean(text).text


def test_fast_letters_are_clean() -> None:
    """The letters that are let through unread are those that the plain way leaves alone."""
    for code in range(0x10000):
        letter = chr(code)
        if unicode._LATIN.fullmatch(letter) or unicode._ARABIC.fullmatch(letter):
            assert unicode._clean(letter) == Cleaned(letter), hex(code)


def test_characters_become_one_character_that_stays_or_none() -> None:
    table = unicode._CHARACTERS
    assert all(len(target) <= 1 for target in table.values())
    assert table.keys().isdisjoint(map(ord, set(table.values()) - {""}))


def test_invisible_characters_are_in_the_table() -> None:
    for code in range(0x10000):
        category = unicodedata.category(chr(code))
        prepended = unicodedata.name(chr(code), "").startswith(("ARABIC", "SYRIAC", "KAITHI"))
        if category in ("Cc", "Cs", "Zl", "Zp") or (category == "Cf" and not prepended):
            assert code in unicode._CHARACTERS, hex(code)
        if category == "Zs" and code != 0x20:
            assert unicode._CHARACTERS.get(code) == " ", hex(code)


def test_lookalikes_are_of_two_scripts_and_one_case() -> None:
    for script, others in unicode._LOOKALIKES.items():
        for other, letter in others.items():
            assert script_of_letter(letter) == script != script_of_letter(other)
            assert letter.isupper() == other.isupper()
            assert unicodedata.is_normalized("NFKC", letter)


def test_a_megabyte_is_read_no_further_than_its_head() -> None:
    head = "Khalifa\u200f Haftar " * 100
    assert clean(head + "\u202e\ud800a\u0301" * 300_000) == clean(head)
