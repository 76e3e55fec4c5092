"""Words are found where a reader sees them, and lie in the mention where their offsets say."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.names.tokens import tokenize
from resolve.names.unicode import clean
from resolve.tables import read_table
from resolve.types import Token

CASES = read_table(Path(__file__).parents[1] / "cases" / "tokens.tsv", ("text", "tokens", "note"))
SEPARATORS = frozenset('(),/"–-. ') | {""}
texts = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text(st.sampled_from("AaБбΟο'\".-–,(){}/_ \u200f\u0640\u0651دأ山た1😀\u0301"), max_size=30),
)


def write(token: Token) -> str:
    return {" ": "_", "": "|"}.get(token.separator, token.separator) + token.text


@pytest.mark.parametrize(("text", "expected", "note"), CASES)
def test_cases(text: str, expected: str, note: str) -> None:
    tokens = tokenize(clean(text))
    assert " ".join(map(write, tokens)).removeprefix("|") == expected, note


@given(texts)
def test_tokens_lie_in_the_mention_in_their_order(text: str) -> None:
    tokens = tokenize(clean(text))
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    for left, right in pairwise(tokens):
        assert left.start <= right.start and left.end <= right.end
        # Only a code point that stands for several, U+00BC for 1/4, is in two words.
        assert left.end <= right.start or not unicodedata.is_normalized("NFKC", text)


@given(st.lists(st.sampled_from(["al-Ha\u0640ddad", "ﺧﻠﻴﻔﺔ", "Ma’moun", "عبد\u200cالله", "U.N."])))
def test_a_token_recovers_its_slice(words: list[str]) -> None:
    text = "\u200f \u00a0".join(words)
    for token in tokenize(clean(text)):
        assert clean(text[token.start : token.end]).text.replace(".", "") == token.text


@given(texts)
def test_every_letter_is_in_a_token_and_no_space_is(text: str) -> None:
    cleaned = clean(text)
    tokens = tokenize(cleaned)
    written = "".join(token.text for token in tokens)
    assert [c for c in cleaned.text if c.isalnum()] == [c for c in written if c.isalnum()]
    assert all(token.text and " " not in token.text for token in tokens)
    assert all(token.separator in SEPARATORS for token in tokens)
    assert not tokens or tokens[0].separator == ""


@given(st.text(st.sampled_from("abcZ. -,'9"), max_size=30))
def test_ascii_words_are_those_of_the_general_pattern(text: str) -> None:
    """A letter of another script far off makes the general pattern read the text."""
    text = clean(text).text
    assert tokenize(clean(text)) == tokenize(clean(text + " ж"))[:-1]


def test_marks_of_every_script_belong_to_words() -> None:
    for code in range(0x20, 0x10000):
        mark = chr(code)
        symbol = 0x20D0 <= code <= 0x20FF
        if unicodedata.category(mark)[0] == "M" and not symbol and clean(f"क{mark}").text[1:]:
            assert len(tokenize(clean(f"क{mark}क"))) == 1, hex(code)
