"""A legal form is one word, whatever its language, and never all of a name."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.matching.form import Form
from resolve.names import read
from resolve.names.fold import fold
from resolve.names.legal_forms import legal_forms, says_company
from resolve.names.script import NO_SCRIPT
from resolve.tables import read_table

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "legal_forms.tsv", ("name", "form", "note")
)
TABLE = read_table("words/legal_forms.tsv", ("form", "text", "source", "note"))

words = st.sampled_from(["Wadi", "Zuwara", "of", "al", "النفط", *[row[1] for row in TABLE]])


def forms(name: str) -> str:
    told = [w.form for w in read(name).words if w.script == NO_SCRIPT and not w.form.isdecimal()]
    return " ".join(told)


@pytest.mark.parametrize(("name", "form", "note"), CASES)
def test_cases(name: str, form: str, note: str) -> None:
    assert forms(name) == form, note


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[1])
def test_every_form_of_the_table_is_read_behind_a_name(row: tuple[str, ...]) -> None:
    read_as = forms(f"Zuwara {row[1]}").split()
    assert read_as[-1:] == [row[0]] or (row[0] == "company" and says_company(fold(row[1])))


@given(st.lists(words, max_size=6))
def test_something_is_left_beside_the_forms_and_nothing_is_read_twice(parts: list[str]) -> None:
    told = [Form(*fold(word)) for word in " ".join(parts).split()]
    found = legal_forms(told)
    assert not found or sum(form.end - form.first for form in found) < len(told)
    assert all(a.end <= b.first for a, b in pairwise(found))


def test_a_form_says_little_where_it_is_missing_and_keeps_its_place_in_the_text() -> None:
    name = read("Zuwara Oil Co., Ltd.")
    (company,) = [word for word in name.words if word.script == NO_SCRIPT]
    assert name.mention.text[company.start : company.end] == "Co., Ltd"
