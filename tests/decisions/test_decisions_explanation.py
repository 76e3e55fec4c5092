"""An explanation is read off the terms, and the terms are the whole of the bits."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.decisions.explanation import reason_for_link, reason_for_nil, reason_for_review
from resolve.matching.alignment import MAX_PARTS
from resolve.matching.comparison import NOTHING, Comparison, Reading
from resolve.model.learned import load
from resolve.names import read
from resolve.tables import read_table
from resolve.types import Candidate, Relation

FOLDER = Path(__file__).parents[1] / "cases"
PARTS = read_table(FOLDER / "parts.tsv", ("reading", "text", "parts", "note"))
INSTITUTIONS = read_table(FOLDER / "organizations.tsv", ("left", "right", "unrelated", "note"))
COMPARISON = Comparison(load())
WORDS = sorted({word for row in PARTS for word in row[1].split()})
names = st.one_of(
    st.sampled_from(sorted({*(row[1] for row in PARTS), *(row[0] for row in INSTITUTIONS)})),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join),
)
readings: st.SearchStrategy[Reading] = st.sampled_from(["person", "words"])
AGAINST = frozenset((Relation.CONTRADICTS, Relation.OMITTED, Relation.ORDER, Relation.FAMILY_ONLY))


@settings(deadline=None, max_examples=100)
@given(names, names, readings)
def test_the_terms_add_up_to_the_bits_of_any_pair(left: str, right: str, reading: Reading) -> None:
    bits, terms = COMPARISON.compare([(read(left), read(right))], reading)[0]
    if not terms:
        assert bits in (0, NOTHING)
    else:
        # What is too small to be told, relatives' share below 0.05 bits, is not told.
        assert sum(term.bits for term in terms) == pytest.approx(bits, abs=0.051)


@settings(deadline=None, max_examples=50)
@given(names, names, readings)
def test_symmetric_and_in_batches(left: str, right: str, reading: Reading) -> None:
    pair = read(left), read(right)
    both = COMPARISON.compare([pair, pair[::-1], pair], reading)
    alone = COMPARISON.compare([pair], reading)[0]
    assert [bits for bits, _ in both] == pytest.approx([alone[0]] * 3, abs=1e-6)
    assert sorted(round(t.bits, 6) for t in both[0][1]) == pytest.approx(
        sorted(round(t.bits, 6) for t in alone[1]), abs=1e-5
    )


@settings(deadline=None, max_examples=50)
@given(names, names, readings)
def test_a_term_says_what_its_relation_means(left: str, right: str, reading: Reading) -> None:
    for term in COMPARISON.compare([(read(left), read(right))], reading)[0][1]:
        if term.relation in AGAINST:
            assert term.bits <= 0
        if term.relation is Relation.OMITTED:
            assert (term.left is None) != (term.right is None)
        if term.relation is Relation.AGREES:
            assert term.bits > 0 and (term.left is None) == (term.right is None)


@settings(deadline=None, max_examples=50)
@given(names, names)
def test_every_part_is_told_once(left: str, right: str) -> None:
    first, second = read(left), read(right)
    terms = COMPARISON.compare([(first, second)], "person")[0][1]
    for name, told in (
        (first, [term.left for term in terms if term.left]),
        (second, [term.right for term in terms if term.right]),
    ):
        if first.parts and second.parts and len(name.parts) <= MAX_PARTS:
            # Parts that are read as one are told as one.
            whole = " ".join(part.text for part in name.parts)
            assert sorted(" ".join(told).split()) == sorted(whole.split())


@settings(deadline=None, max_examples=50)
@given(names, names)
def test_every_reason_is_one_short_line(left: str, right: str) -> None:
    bits, terms = COMPARISON.compare([(read(left), read(right))], "person")[0]
    best = Candidate("actor", right, "person", right, bits, 0.6, terms)
    for reason in (
        reason_for_link(read(left), best),
        reason_for_review(read(left), best, [], 0.95),
        reason_for_nil(read(left), best),
        reason_for_nil(read(left), None),
    ):
        assert "\n" not in reason and len(reason) < 400
    assert reason_for_review(read(left), best, [], 0.95) and reason_for_nil(read(left), best)


def test_a_reason_names_what_agrees_and_what_contradicts() -> None:
    def actor(left: str, right: str) -> Candidate:
        bits, terms = COMPARISON.compare([(read(left), read(right))], "person")[0]
        return Candidate("actor", right, "person", right, bits, 0.6, terms)

    link = reason_for_link(read("Khalifa Haftar"), actor("Khalifa Haftar", "خليفة حفتر"))
    assert "Haftar" in link and "حفتر" in link
    nil = reason_for_nil(read("Osama Haftar"), actor("Osama Haftar", "Khalifa Haftar"))
    assert "Osama" in nil and "Khalifa" in nil


def test_a_title_that_was_set_aside_is_told() -> None:
    bits, terms = COMPARISON.compare([(read("Haftar"), read("Haftar"))], "person")[0]
    best = Candidate("haftar", "Haftar", "person", "Haftar", bits, 0.99, terms)
    assert "Field Marshal" in reason_for_link(read("Field Marshal Haftar"), best)
