"""Bits for two forms are symmetric, bounded, and more for one name than for two."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.matching.form import Form
from resolve.matching.similarity import FLOOR, Similarity
from resolve.model.learned import load
from resolve.names.fold import fold
from resolve.tables import read_table

FOLDER = Path(__file__).parents[1] / "cases"
CASES = read_table(FOLDER / "spellings.tsv", ("left", "right", "unrelated", "note"))
WORDS = read_table(FOLDER / "fold.tsv", ("word", "form", "script", "note"))
KNOWN = sorted(
    {Form(*fold(row[k])) for row in CASES for k in (0, 1)}
    | {Form(form, script) for _, form, script, _ in WORDS if form}
    | {Form("m", "Latn"), Form("444", "Zyyy"), Form("17", "Zyyy")}
)
SIMILARITY = {kind: Similarity(load(), kind) for kind in ("name", "word")}
forms = st.one_of(
    st.sampled_from(KNOWN),
    st.builds(Form, st.text("abdehiklmnrsuyz", min_size=1, max_size=9), st.just("Latn")),
    st.builds(Form, st.text("ابحدرسعفلمنهوي", min_size=1, max_size=7), st.just("Arab")),
)
pairs = st.lists(st.tuples(forms, forms), min_size=1, max_size=12)
kinds = st.sampled_from(sorted(SIMILARITY))


def bits(left: str, right: str, kind: str = "name") -> float:
    pair = Form(*fold(left)), Form(*fold(right))
    return float(SIMILARITY[kind].bits([pair])[0])


@pytest.mark.parametrize(("left", "right", "unrelated", "note"), CASES)
def test_one_name_in_two_spellings_beats_another_name(
    left: str, right: str, unrelated: str, note: str
) -> None:
    same = bits(left, right)
    assert same > max(bits(left, unrelated), bits(unrelated, right)), note


@settings(deadline=None, max_examples=50)
@given(pairs, kinds)
def test_symmetric(found: list[tuple[Form, Form]], kind: str) -> None:
    similarity = SIMILARITY[kind]
    turned = [(b, a) for a, b in found]
    assert similarity.bits(found).tolist() == similarity.bits(turned).tolist()


@settings(max_examples=25, deadline=None)
@given(pairs, kinds)
def test_many_at_once_are_as_one_by_one(found: list[tuple[Form, Form]], kind: str) -> None:
    fresh = [Similarity(load(), kind) for _ in range(2)]
    batch = fresh[0].bits(found)
    alone = np.concatenate([fresh[1].bits([pair]) for pair in found])
    assert np.allclose(batch, alone, rtol=0, atol=1e-6)


@settings(deadline=None, max_examples=50)
@given(pairs, kinds)
def test_no_pair_says_more_than_its_commoner_form_is_worth(
    found: list[tuple[Form, Form]], kind: str
) -> None:
    similarity = SIMILARITY[kind]
    said = similarity.bits(found)
    rarity = [np.minimum(*similarity.rarity(pair)) for pair in found]
    initial = np.array([1 in (len(a.text), len(b.text)) for a, b in found])
    assert (initial | (said <= np.array(rarity) + 1e-9)).all()
    assert (said >= FLOOR).all() and np.isfinite(said).all()


@settings(deadline=None, max_examples=50)
@given(st.lists(forms, min_size=1, max_size=9), kinds)
def test_a_form_is_worth_something_and_says_so_of_itself(found: list[Form], kind: str) -> None:
    similarity = SIMILARITY[kind]
    assert (similarity.rarity(found) > 0).all()
    same = similarity.bits([(form, form) for form in found])
    assert (same > 0).all()


def test_a_rare_name_shared_is_worth_more_than_a_common_one() -> None:
    assert bits("namroush", "namroush") > bits("haftar", "haftar") > bits("mohamed", "mohamed")


def test_an_initial_stands_for_what_begins_with_it() -> None:
    assert bits("m", "mohamed") > 0 > bits("m", "khalifa")
    assert bits("m", "m") > 0 > bits("m", "k")


def test_a_number_agrees_with_itself_alone() -> None:
    numbers = [Form("444", "Zyyy"), Form("17", "Zyyy")]
    said = SIMILARITY["word"].bits([(a, b) for a in numbers for b in numbers])
    assert said[0] == said[3] > 0 and said[1] == said[2] == FLOOR


@pytest.mark.parametrize("other", ["وزارة", "bakanlık", "ministère", "министерство"])
def test_a_generic_word_is_translated(other: str) -> None:
    assert bits("ministry", other, "word") > 0 > bits("council", other, "word")


@pytest.mark.parametrize(("right", "slip"), [("haftar", "hatfar"), ("dbeibah", "dbeibh")])
def test_a_slip_of_the_pen_is_closer_than_another_name(right: str, slip: str) -> None:
    assert bits("menfi", right) < bits(slip, right) < bits(right, right)
