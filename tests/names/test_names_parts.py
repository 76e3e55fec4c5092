"""A name's words are put together to the parts that an onomastician sees in it."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.names import read
from resolve.names.fold import ALPHABETS, fold
from resolve.names.parts import person_parts, word_parts
from resolve.names.tokens import tokenize
from resolve.names.unicode import clean
from resolve.tables import read_table
from resolve.types import Part, PartType

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "parts.tsv", ("reading", "text", "parts", "note")
)
NAMES = [row[1] for row in CASES]
PARTICLES = {
    script: read_table(f"particles/{script}.tsv", ("form", "class", "lang", "source", "note"))
    for script in ("Latn", "Arab", "Cyrl", "Hebr")
}
SERVED = {"Latn": "karim", "Arab": "كريم", "Cyrl": "карим", "Hebr": "כרים"}
FOLLOWERS = {"Latn": "qasim", "Arab": "قاسم", "Cyrl": "касим", "Hebr": "קסים"}
texts = st.one_of(
    st.lists(st.sampled_from([word for name in NAMES for word in name.split()]), max_size=9).map(
        " ".join
    ),
    st.text(st.characters(exclude_categories=()), max_size=40),
)


def person(text: str) -> tuple[Part, ...]:
    return person_parts(text, tokenize(clean(text)))


def words(text: str) -> tuple[Part, ...]:
    return word_parts(text, tokenize(clean(text)))


def write(part: Part, reading: str) -> str:
    """The type, the form and its other readings; + for an article, which words don't show."""
    article = "+" if part.article and reading == "person" else ""
    return f"{part.type}:{article}{'|'.join([part.form, *(form for form, _ in part.forms)])}"


def forms(text: str) -> list[str]:
    return [part.form for part in person(text)]


def of_class(class_: str, *scripts: str) -> list[tuple[str, str]]:
    return [
        (script, form)
        for script in scripts or PARTICLES
        for form, found, *_ in PARTICLES[script]
        if found == class_
    ]


@pytest.mark.parametrize(("reading", "text", "expected", "note"), CASES)
def test_cases(reading: str, text: str, expected: str, note: str) -> None:
    parts = person(text) if reading == "person" else words(text)
    assert " ".join(write(part, reading) for part in parts) == expected, note


@settings(deadline=None)
@given(texts)
def test_parts_lie_in_the_mention(text: str) -> None:
    name = read(text)
    for part in (*name.parts, *name.words):
        assert 0 <= part.start < part.end <= len(text)
        written = text[part.start : part.end]
        assert part.text == written or all(
            word in clean(written).text for word in part.text.split()
        )


@settings(deadline=None)
@given(st.lists(st.sampled_from(NAMES), max_size=2).map(" ".join))
def test_words_stand_in_their_order_and_apart(text: str) -> None:
    assert all(left.end <= right.start for left, right in pairwise(words(text)))


@settings(deadline=None)
@given(texts)
def test_a_part_is_comparable(text: str) -> None:
    name = read(text)
    assert len(name.parts) <= 8 and len(name.words) <= 16
    for part in (*name.parts, *name.words):
        letters = ALPHABETS.get(part.script, "0123456789" + ALPHABETS["Latn"])
        readings = [form for form, _ in part.forms]
        for form in (part.form, *readings):
            assert form and set(form) <= set(letters)
        assert part.form not in readings
        assert all(cost >= 0 for _, cost in part.forms)


@settings(deadline=None)
@given(texts)
def test_no_name_with_a_letter_is_lost(text: str) -> None:
    folded = [fold(token.text, token.script)[0] for token in tokenize(clean(text))]
    assert bool(words(text)) >= any(folded) >= bool(person(text))


@settings(deadline=None)
@given(
    st.sampled_from(["Haftar", "al-Haddad", "Dbeibah", "Güler", "bin Rashid", "van Persie"]),
    st.sampled_from(["Khalifa", "Abdul Hamid", "Recep Tayyip", "Mohamed", "Abu Bakr"]),
)
def test_a_family_name_that_comes_first_is_told_by_comma_or_capitals(
    family: str, given_name: str
) -> None:
    plain = [(p.form, p.type, p.forms) for p in person(f"{given_name} {family}")]
    for text in (f"{family}, {given_name}", f"{family.upper()} {given_name}"):
        assert [(p.form, p.type, p.forms) for p in person(text)] == plain


@pytest.mark.parametrize(("script", "article"), of_class("article"))
def test_every_article_of_the_tables_is_set_aside(script: str, article: str) -> None:
    follower = FOLLOWERS[script]
    for gap in (" ", "-"):
        part = person(f"{follower} {article}{gap}{follower}")[-1]
        assert part.article and part.form == follower


@pytest.mark.parametrize(("script", "servant"), of_class("servant"))
def test_a_servant_name_is_one_however_it_is_written(script: str, servant: str) -> None:
    follower = SERVED[script]
    split, joined, glued = (forms(f"{servant}{gap}{follower}") for gap in (" ", "-", ""))
    assert split == joined == glued == [servant + follower]


@pytest.mark.parametrize(("script", "servant"), of_class("given"))
def test_a_servant_name_may_be_a_name_of_its_own(script: str, servant: str) -> None:
    assert (script, servant) in of_class("servant")
    follower = FOLLOWERS[script]
    assert (script, follower) not in of_class("served")
    assert forms(f"{servant} {follower}") == [servant, follower]


@pytest.mark.parametrize(("script", "served"), of_class("served"))
def test_it_is_none_before_a_name_of_god(script: str, served: str) -> None:
    for _, servant in of_class("given", script):
        assert forms(f"{servant} {served}") == [servant + served]
        assert forms(f"{servant} {FOLLOWERS[script]} {served}")[0] == servant


@pytest.mark.parametrize(("script", "particle"), [*of_class("nasab"), *of_class("kunya")])
def test_a_name_is_found_without_its_bin_or_abu(script: str, particle: str) -> None:
    follower = FOLLOWERS[script]
    for text in (f"{follower} {particle} {follower}", f"{particle} {follower}"):
        part = person(text)[-1]
        assert part.type in (PartType.NASAB, PartType.KUNYA)
        assert follower in {part.form, *(form for form, _ in part.forms)}


@pytest.mark.parametrize(("script", "particle"), of_class("nasab"))
def test_inside_a_name_the_place_says_what_bin_does(script: str, particle: str) -> None:
    follower = FOLLOWERS[script]
    part = person(f"{follower} {particle} {follower} {follower}")[1]
    assert part.form == follower and (particle + follower, 0.0) in part.forms


@pytest.mark.parametrize(("script", "particle"), of_class("nasab after"))
def test_oglu_belongs_to_the_word_before(script: str, particle: str) -> None:
    name = FOLLOWERS[script]
    last = person(f"{name} {name} {particle}")
    inside = person(f"{name} {name} {particle} {name}")
    assert [part.form for part in last] == [name, name + particle]
    assert [part.form for part in inside] == [name, name, name]
    for part in (last[1], inside[1]):
        assert part.type is PartType.NASAB
        assert {name, name + particle} == {part.form, *(form for form, _ in part.forms)}
    assert forms(f"{name} {particle}") == [name, particle]


@pytest.mark.parametrize(("script", "ending"), of_class("ending"))
def test_a_laqab_may_be_shortened_to_its_first_half(script: str, ending: str) -> None:
    follower = FOLLOWERS[script]
    part = person(follower + ending)[0]
    assert part.type is PartType.LAQAB
    assert follower in {form for form, _ in part.forms}


@pytest.mark.parametrize(
    "spellings",
    [
        ("Salah al-Din", "Salah Al Din", "Salah aldin", "Salahaldin", "SALAH AL-DIN"),
        ("Abdul Hamid", "Abdulhamid", "Abdul-Hamid", "ABDUL HAMİD"),
        ("عبد الحميد", "عبدالحميد", "عَبْد الحَمِيد"),
        ("صلاح الدين", "صلاحالدين", "صلاح ال دين"),
        ("Nasr Allah", "Nasrallah", "Nasr-Allah"),
        ("Ma'moun", "Mamoun", "Ma’moun"),
    ],
)
def test_split_and_glued_are_one_form(spellings: tuple[str, ...]) -> None:
    assert len({tuple(forms(text)) for text in spellings}) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [("444 Brigade", "444"), ("444th Brigade", "444"), ("اللواء ٤٤٤", "444"), ("١٧ فبراير", "17")],
)
def test_a_number_counts_in_whatever_digits(text: str, number: str) -> None:
    assert number in [part.form for part in words(text)]


@settings(deadline=None)
@given(st.sampled_from(NAMES))
def test_a_title_is_no_part_of_a_person_but_a_word_of_an_organization(text: str) -> None:
    name = read(f"Colonel {text}")
    if name.titles:
        assert "colonel" not in [part.form for part in name.parts]
        assert "colonel" in [part.form for part in name.words]
