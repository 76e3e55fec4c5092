"""A description names offices with their years; the office of a relative is none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.names.offices import EVER, Office, offices
from resolve.tables import read_table

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "offices.tsv", ("description", "offices", "note")
)
PIECES = [*" ".join(row[0] for row in CASES).split(), ";", "since", "and", "2014", "2014-2016"]
descriptions = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.text(),
    st.text("President 20149-–;,\ud800\u0301م"),
)


def written(office: Office) -> str:
    """An office as the cases have it: the years that are told."""
    first = "" if office.first == EVER[0] else str(office.first)
    last = "" if office.last == EVER[1] else str(office.last)
    return f"{office.rank} {first}-{last}".removesuffix(" -")


@pytest.mark.parametrize(("description", "expected", "note"), CASES)
def test_cases(description: str, expected: str, note: str) -> None:
    assert "; ".join(map(written, offices(description))) == expected, note


@given(descriptions)
def test_any_description_has_its_offices_each_once(description: str) -> None:
    found = offices(description)
    assert len(set(found)) == len(found)
    for office in found:
        assert office.rank
        for year in {office.first, office.last} - set(EVER):
            assert str(year) in description


@given(descriptions, descriptions)
def test_a_clause_has_its_offices_whatever_follows(first: str, then: str) -> None:
    assert offices(f"{first}; {then}")[: len(offices(first))] == offices(first)
