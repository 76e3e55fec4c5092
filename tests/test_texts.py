"""A text is at the row where it lies, whatever it holds; what isn't among them is nowhere."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.texts import Texts

TEXTS = st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=6), unique=True)


@given(TEXTS, st.text(st.characters(exclude_categories=()), max_size=6))
def test_every_text_is_found_and_no_other(own: list[str], other: str) -> None:
    texts = Texts.of(own)
    assert (len(texts), list(texts)) == (len(own), own)
    assert [texts.row(text) for text in own] == list(range(len(own)))
    assert texts.row(other) == (own.index(other) if other in own else -1)


def test_texts_of_one_sum_are_told_apart() -> None:
    one, other = "plumless", "buckeroo"  # a known collision
    assert zlib.crc32(one.encode()) == zlib.crc32(other.encode())
    texts = Texts.of([one, other])
    assert (texts.row(one), texts.row(other)) == (0, 1)


def test_a_row_that_there_isnt_is_an_error() -> None:
    with pytest.raises(IndexError):
        Texts.of(["haftar"])[-1]
    with pytest.raises(IndexError):
        Texts.of(["haftar"])[1]


def test_arrays_of_the_other_byte_order_are_read_alike() -> None:
    arrays = Texts.arrays_of("own", ["haftar", "حفتر"])
    swapped = {name: a.astype(a.dtype.newbyteorder(">")) for name, a in arrays.items()}
    assert Texts(swapped, "own").row("حفتر") == 1
