"""Titles are set aside with their rank; a name is never lost to them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.names.titles import (
    LANGUAGES,
    abbreviations,
    begins_title,
    military_ranks,
    nationality,
    set_aside,
    sure_titles,
    title_at,
    title_key,
)
from resolve.names.tokens import tokenize
from resolve.names.unicode import clean
from resolve.tables import read_table

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "titles.tsv", ("text", "ranks", "rest", "note")
)
COLUMNS = ("title", "lang", "type", "rank", "position", "name", "source", "note")
NATIONALITIES = read_table(
    "titles/nationalities.tsv", ("adjective", "lang", "country", "position", "source", "note")
)
ROWS = [row for lang in LANGUAGES for row in read_table(f"titles/{lang}.tsv", COLUMNS)]
DEFENCE, STAFF = "defence minister", "chief of general staff"
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
    assert found == (ranks, " ".join(token.text for token in tokenize(clean(rest)))), note


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


@pytest.mark.parametrize(
    ("text", "first", "title", "rank"),
    [
        ("by the Turkish Defense Minister in Ankara", 0, "", ""),
        ("by the Turkish Defense Minister in Ankara", 1, "the Turkish Defense Minister", DEFENCE),
        ("by the Turkish Defense Minister in Ankara", 2, "Turkish Defense Minister", DEFENCE),
        ("by the Turkish Defense Minister in Ankara", 4, "Minister", "minister"),
        ("met Lt. Gen. Haftar", 1, "Lt. Gen.", "lieutenant general"),
        ("a Minister, of Defence", 1, "Minister", "minister"),
        ("le ministre libyen de la Défense", 1, "ministre libyen de la Défense", DEFENCE),
        ("the Chief of the Turkish General Staff", 1, "Chief of the Turkish General Staff", STAFF),
        ("قال وزير الدفاع التركي خلوصي أكار", 1, "وزير الدفاع التركي", DEFENCE),
        ("Turkish Haftar", 0, "", ""),
        ("Paşa geldi", 0, "Paşa", "pasha"),
    ],
)
def test_a_title_of_running_text_is_the_longest_that_begins_there(
    text: str, first: int, title: str, rank: str
) -> None:
    found = title_at(tokenize(clean(text)), first)
    if found is None:
        assert not title
    else:
        assert (found.text, text[found.start : found.end]) == (title, title)
        assert found.rank == rank


@given(st.one_of(names, st.text()))
def test_a_title_of_running_text_begins_with_a_word_that_begins_one(text: str) -> None:
    tokens = tokenize(clean(text))
    for k, token in enumerate(tokens):
        found = title_at(tokens, k)
        if found is not None:
            assert found.start == token.start
            assert begins_title(title_key(token.text))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[1]} {row[0]}")
def test_every_title_of_the_tables_is_found_in_running_text(row: tuple[str, ...]) -> None:
    text = f"Xavier {row[0]} Yorick"
    title = title_at(tokenize(clean(text)), 1)
    assert title is not None and text[title.start : title.end] == row[0]


@pytest.mark.parametrize("row", [row for row in NATIONALITIES if " " not in row[0]])
def test_an_adjective_of_nationality_has_its_country(row: tuple[str, ...]) -> None:
    for word in (row[0], row[0].upper(), row[0].lower()):
        assert nationality(title_key(word)) == row[2]


@pytest.mark.parametrize("word", ["", "general", "Haftar", "of", "Begeç"])
def test_other_words_have_no_country(word: str) -> None:
    assert nationality(title_key(word)) == ""


def test_a_dot_cuts_short_what_the_tables_write_with_one() -> None:
    assert {"gen", "lt", "col", "dr", "korg"} <= abbreviations()
    assert not {"general", "haftar", "of"} & abbreviations()


def test_what_may_be_a_name_is_no_sure_title() -> None:
    assert {"general", "minister", "bakan", title_key("اللواء")} <= sure_titles()
    assert not {"sheikh", "king", "pasa", title_key("الشيخ")} & sure_titles()


def test_soldiers_alone_have_military_ranks() -> None:
    assert {"general", "field marshal", "colonel"} <= military_ranks()
    assert not {"prime minister", "president", "doctor", "sheikh"} & military_ranks()
