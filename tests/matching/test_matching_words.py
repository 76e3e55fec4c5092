"""Organizations and places are the same word by word, in any order, by letters or translation."""

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.matching.comparison import NOTHING, Comparison
from resolve.matching.words import MAX_WORDS
from resolve.model.learned import load
from resolve.names import read
from resolve.tables import read_table
from resolve.types import Relation, Term

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "organizations.tsv",
    ("left", "right", "unrelated", "note"),
)
COMPARISON = Comparison(load())
names = st.sampled_from(sorted({text for row in CASES for text in row[:3]}))
phrases = st.one_of(
    names,
    st.lists(
        st.sampled_from([word for row in CASES for text in row[:3] for word in text.split()]),
        max_size=12,
    ).map(" ".join),
)


def said(left: str, right: str) -> tuple[float, tuple[Term, ...]]:
    return COMPARISON.compare([(read(left), read(right))], "words")[0]


def bits(left: str, right: str) -> float:
    return said(left, right)[0]


@pytest.mark.parametrize(("left", "right", "unrelated", "note"), CASES)
def test_one_institution_in_two_languages_beats_its_neighbour(
    left: str, right: str, unrelated: str, note: str
) -> None:
    assert bits(left, right) > 0, note
    assert bits(left, right) > max(bits(left, unrelated), bits(unrelated, right)), note


@settings(deadline=None)
@given(phrases, phrases)
def test_symmetric(left: str, right: str) -> None:
    assert bits(left, right) == pytest.approx(bits(right, left), abs=1e-6)


@settings(deadline=None)
@given(phrases, phrases)
def test_the_terms_add_up(left: str, right: str) -> None:
    found, terms = said(left, right)
    if read(left).words and read(right).words:
        assert sum(term.bits for term in terms) == pytest.approx(found, abs=1e-6)
    else:
        assert (found, terms) == (NOTHING, ())


@settings(deadline=None, max_examples=30)
@given(names, names)
def test_the_order_of_the_words_does_not_matter_to_names_that_differ(left: str, right: str) -> None:
    if left == right:
        return
    words = right.split()[:4]
    rest = right.split()[4:]
    found = {round(bits(left, " ".join([*order, *rest])), 6) for order in permutations(words)}
    assert len(found) == 1 or bits(left, right) >= max(found) - 1e-6


def test_written_alike_is_worth_the_most() -> None:
    name = "Government of National Accord"
    turned = "National Accord Government"
    assert bits(name, name) >= bits(name, turned) > bits(name, "Government of National Unity")


def test_function_words_say_nothing() -> None:
    assert bits("Bank of Libya", "The Bank of the Libya") == bits("Bank Libya", "Bank Libya")


def test_a_word_that_nothing_answers_speaks_against_and_the_rarer_the_more() -> None:
    name = "Libyan Investment Authority"
    same, common, rare = (bits(name, text) for text in (name, f"National {name}", f"Zuwara {name}"))
    assert same > common > rare


def test_words_on_both_sides_contradict_each_other() -> None:
    """Defence against Interior is worse than Defence against nothing."""
    omitted = bits("Ministry", "Ministry of Defence")
    contradicted = bits("Ministry of Interior", "Ministry of Defence")
    assert contradicted < omitted < bits("Ministry of Defence", "Ministry of Defence")
    terms = said("Ministry of Interior", "Ministry of Defence")[1]
    assert Relation.CONTRADICTS in {term.relation for term in terms}


def test_one_word_of_four_is_not_the_name() -> None:
    assert bits("Libya", "Central Bank of Libya") < 0 < bits("Libya", "ليبيا")


@pytest.mark.parametrize("number", ["111", "445", "44"])
def test_a_brigade_is_its_number(number: str) -> None:
    assert bits("444 Brigade", f"{number} Brigade") < 0 < bits("444 Brigade", "اللواء ٤٤٤")


def test_a_long_name_keeps_its_first_words_and_its_last() -> None:
    words = [f"{a}{b}" for a in ("zan", "mur", "tal") for b in ("idar", "olis", "unak", "eket")]
    long = " ".join(words)
    short = " ".join([*words[: MAX_WORDS - 1], words[-1]])
    assert bits(long, long) == pytest.approx(bits(short, short))


def test_nothing_is_said_of_nothing() -> None:
    assert said("", "Ministry of Defence") == said("?", "!") == (NOTHING, ())


@pytest.mark.parametrize(
    ("left", "right", "doubt"),
    [
        ("Novatek Yarsaleneftegaz", "Novatek Tarkosaleneftegaz", True),
        ("Harakat ul Jihad Islami", "Harakat ul Jihad Islamiyya", False),
        ("Mitiga International Airport", "Maitiga International Airport", False),
    ],
)
def test_a_long_word_that_shares_its_ending_is_another(left: str, right: str, doubt: bool) -> None:
    assert any(term.relation is Relation.SLIP for term in said(left, right)[1]) == doubt
