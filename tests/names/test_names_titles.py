"""Titles are set aside with their rank; a name is never lost to them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.names.titles import LANGUAGES, set_aside
from resolve.names.tokens import tokenize
from resolve.names.unicode import clean
from resolve.tables import read_table

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "titles.tsv", ("text", "ranks", "rest", "note")
)
COLUMNS = ("title", "lang", "type", "rank", "position", "name", "source", "note")
ROWS = [row for lang in LANGUAGES for row in read_table(f"titles/{lang}.tsv", COLUMNS)]
WORDS = """
    Lt. Gen. Prime Minister Dr. Sheikh Paşa Bey Libyan of Libya the and Khalifa Haftar Ali al-Din
    M. King , ( ) وزير الدفاع التركي العقيد المصري محمد د. Başkanı Sayın
    ministre turc de la Défense
""".split()  # noqa: SIM905
names = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


@pytest.mark.parametrize(("text", "ranks", "rest", "note"), CASES)
def test_cases(text: str, ranks: str, rest: str, note: str) -> None:
    titles, tokens = set_aside(tokenize(clean(text)))
    found = ";".join(title.rank for title in titles), " ".join(token.text for token in tokens)
    assert found == (ranks, rest), note


@given(st.one_of(names, st.text()))
def test_every_token_is_in_a_title_or_left_and_one_is_left(text: str) -> None:
    tokens = tokenize(clean(text))
    titles, rest = set_aside(tokens)
    for token in tokens:
        inside = any(t.start <= token.start and token.end <= t.end for t in titles)
        assert inside or token in rest
    assert list(rest) == [token for token in tokens if token in rest]
    assert bool(rest) == bool(tokens)


@given(names)
def test_a_title_is_written_as_it_stands_in_the_mention(text: str) -> None:
    titles, _ = set_aside(tokenize(clean(text)))
    for title in titles:
        assert text[title.start : title.end] == title.text


@pytest.mark.parametrize("word", ["Khalifa", "Halife", "خليفة", "Said", "Amir", "Saif", "Osama"])
def test_a_given_name_is_no_title(word: str) -> None:
    assert all(word.casefold() not in row[0].casefold().split() for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[1]} {row[0]}")
def test_every_title_of_the_tables_is_found(row: tuple[str, ...]) -> None:
    title, position = row[0], row[4]
    text = f"Xavier Yorick {title}" if position == "after" else f"{title} Xavier Yorick"
    titles, rest = set_aside(tokenize(clean(text)))
    assert [token.text for token in rest] == ["Xavier", "Yorick"]
    assert titles and all(found.rank for found in titles)


def test_ranks_mean_one_thing_in_all_languages() -> None:
    """The military ladder exists in each language, under the same names."""
    ladder = {"field marshal", "general", "lieutenant general", "major general", "colonel"}
    for lang in LANGUAGES:
        assert ladder <= {row[3] for row in ROWS if row[1] == lang and row[2] == "military"}
