"""What an id looks like, how one is minted, and where redirects end."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import IdError
from gazetteer.ids import MAX_LENGTH, follow, is_foreign_id, is_id, mint

CASES = Path(__file__).parent.parent / "cases" / "minted_ids.tsv"
ROWS = [line.split("\t")[:2] for line in CASES.read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("name", "id"), ROWS)
def test_a_name_gives_its_readable_id(name: str, id: str) -> None:
    assert mint(name) == id


@given(st.text(), st.sets(st.text(alphabet="ab-", max_size=4)))
def test_a_minted_id_is_ours_and_new(name: str, taken: set[str]) -> None:
    id = mint(name, taken)
    assert is_id(id)
    assert id not in taken


@given(st.text(min_size=100))
def test_a_minted_id_stays_short(name: str) -> None:
    assert len(mint(name)) <= MAX_LENGTH


@given(st.text())
def test_minting_is_deterministic(name: str) -> None:
    assert mint(name) == mint(name)


def test_namesakes_are_numbered_in_turn() -> None:
    taken: set[str] = set()
    for expected in ("ali", "ali-2", "ali-3"):
        assert mint("Ali", taken) == expected
        taken.add(expected)


@pytest.mark.parametrize("text", ["", "-ali", "ali-", "ali--haftar", "Ali", "ali haftar", "علي"])
def test_what_is_not_an_id_of_ours(text: str) -> None:
    assert not is_id(text)


@pytest.mark.parametrize("text", ["Q1234", "un:110328", "eu/fsf.12_3", "ali-haftar"])
def test_ids_from_elsewhere_are_accepted(text: str) -> None:
    assert is_foreign_id(text)


@pytest.mark.parametrize("text", ["", "two words", "tab\tbed", ":x", "علي", "a\n"])
def test_ids_that_no_table_may_have(text: str) -> None:
    assert not is_foreign_id(text)


def test_redirects_are_followed_to_their_end() -> None:
    assert follow("a", {"a": "b", "b": "c"}) == "c"
    assert follow("z", {"a": "b"}) == "z"


def test_a_circle_is_an_error() -> None:
    with pytest.raises(IdError, match="a -> b -> a"):
        follow("a", {"a": "b", "b": "a"})
