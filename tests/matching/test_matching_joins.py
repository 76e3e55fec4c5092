"""Parts that are written apart are read as one where the other name writes them so."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.matching.comparison import Comparison, read_slots
from resolve.matching.joins import LONGEST, join
from resolve.matching.slots import plain
from resolve.matching.sounds import sounds
from resolve.model.learned import load
from resolve.names import read
from resolve.tables import read_table
from resolve.types import Relation, Term

TESTS = Path(__file__).parents[1]
CASES = read_table(TESTS / "cases" / "joins.tsv", ("left", "right", "pieces", "whole", "note"))
APART = [(left, right) for left, right, pieces, _, _ in CASES if not pieces]
TEXTS = sorted({text for row in CASES for text in row[:2]})
WORDS = sorted({word for text in TEXTS for word in text.split()})
COMPARISON = Comparison(load())
names = st.one_of(
    st.sampled_from(TEXTS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join),
)


def said(left: str, right: str) -> tuple[float, tuple[Term, ...]]:
    return COMPARISON.compare([(read(left), read(right))], "person")[0]


def met(left: str, right: str) -> set[tuple[str, str]]:
    """What answers to what, the shorter text last."""
    found = [(t.left, t.right) for t in said(left, right)[1] if t.left and t.right]
    return {(a, b) if len(a.split()) >= len(b.split()) else (b, a) for a, b in found}


def longer(left: str, right: str) -> bool:
    """Whether the terms tell of a part that neither name has by itself."""
    own = {part.text for text in (left, right) for part in read(text).parts}
    told = {text for t in said(left, right)[1] for text in (t.left, t.right) if text}
    return bool(told - own)


@pytest.mark.parametrize(
    ("left", "right", "pieces", "whole", "note"), [row for row in CASES if row[2]]
)
def test_parts_written_apart_answer_to_one(
    left: str, right: str, pieces: str, whole: str, note: str
) -> None:
    assert (pieces, whole) in met(left, right), note
    assert (pieces, whole) in met(right, left), note
    term = next(t for t in said(left, right)[1] if pieces in (t.left, t.right))
    assert term.relation is Relation.AGREES and term.bits > 0


@pytest.mark.parametrize(("left", "right"), APART)
def test_a_name_at_greater_length_is_not_joined(left: str, right: str) -> None:
    assert not longer(left, right)


def test_the_other_piece_does_not_vanish() -> None:
    """alidbeibah ~ dbeibah: Ali is omitted, never swallowed."""
    terms = said("Ali Dbeibah", "Dbeibah")[1]
    assert [t.left for t in terms if t.relation is Relation.OMITTED] == ["Ali"]


def test_where_words_end_matters_less_than_which_they_are() -> None:
    alike, apart = said("Guo Ying Wang", "Guo Ying Wang")[0], said("Guo Ying Wang", "Guoying Wang")
    other = said("Guo Ping Wang", "Guoying Wang")
    assert alike >= apart[0] > other[0]


def test_a_contradiction_beside_a_join_stays_one() -> None:
    terms = said("Gholam Reza Soleymani", "Gholamreza Ziaei")[1]
    assert {t.relation for t in terms} == {Relation.AGREES, Relation.CONTRADICTS}


@settings(deadline=None, max_examples=100)
@given(names, names)
def test_the_terms_add_up_and_either_name_may_be_the_left_one(left: str, right: str) -> None:
    bits, terms = said(left, right)
    assert sum(t.bits for t in terms) == pytest.approx(bits, abs=0.051)
    assert said(right, left)[0] == pytest.approx(bits, abs=1e-5)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(names, names), min_size=1, max_size=6))
def test_a_batch_is_compared_as_its_pairs_one_by_one(pairs: list[tuple[str, str]]) -> None:
    together = COMPARISON.compare([(read(a), read(b)) for a, b in pairs], "person")
    alone = [said(a, b)[0] for a, b in pairs]
    assert [bits for bits, _ in together] == pytest.approx(alone, abs=1e-5)


@pytest.mark.parametrize(("left", "right", "pieces", "whole", "note"), CASES)
def test_the_index_joins_what_direct_comparison_joins(
    left: str, right: str, pieces: str, whole: str, note: str
) -> None:
    for mention, name in ((left, right), (right, left)):
        own, other = read_slots(read(mention), "person"), read_slots(name, "person")
        index = COMPARISON.index(COMPARISON.arrays([plain(other)], "person"), "person")
        scores = COMPARISON.score([own], [np.array([0])], index, "person")
        bits, terms = said(mention, name)
        assert float(scores.bits[0][0]) == pytest.approx(bits, abs=1e-6)
        told = {(t.left, t.right) for t in scores.terms(0, 0, other)}
        assert told == {(t.left, t.right) for t in terms}


@settings(deadline=None, max_examples=50)
@given(names)
def test_a_join_has_the_letters_of_its_pieces(text: str) -> None:
    pieces = read_slots(text, "person")[:LONGEST]
    if pieces:
        joined = join(pieces)
        assert joined.forms[0][0].text == "".join(p.forms[0][0].text for p in pieces)
        assert joined.part.article == pieces[0].part.article
        assert joined.part.text.split() == " ".join(p.part.text for p in pieces).split()


def test_what_is_heard_is_alike_in_every_script() -> None:
    forms = [read_slots(text, "person")[0].forms[0][0] for text in ("Shukri", "شكري", "Шукри")]
    assert len(set(sounds(forms))) == 1
