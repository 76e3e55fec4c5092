"""Two words of one name may be one of the other; nothing else changes by it."""

import pytest

from resolve import compare
from resolve.types import Relation


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("al-Watiya Airbase", "al-Watiya Air Base"),
        ("Gazprombank", "Gazprom Bank"),
        ("BMBank JSC", "BM Bank JSC"),
        ("Counterterrorism Force of Zuwara", "Counter-Terrorism Force of Zuwara"),
    ],
)
def test_a_word_may_be_written_in_two(left: str, right: str) -> None:
    for a, b in ((left, right), (right, left)):
        said = compare(a, b, "organization")
        assert said.bits > 12
        assert said.bits == pytest.approx(sum(term.bits for term in said.terms))
        assert all(term.relation is Relation.AGREES for term in said.terms)
        assert any(" " in (term.left or "") or " " in (term.right or "") for term in said.terms)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Gazprom Neft", "Gazprom Bank"), ("Watiya Airbase", "Watiya Air Force"), ("Mali", "Ma Li")],
)
def test_other_words_are_no_compound(left: str, right: str) -> None:
    assert not any(
        " " in (term.left or "") or " " in (term.right or "")
        for term in compare(left, right, "organization").terms
    )
