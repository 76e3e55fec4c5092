"""Common words are no names, or say so; what an apostrophe joins to a name is told by language."""

import unicodedata

import pytest

import gazetteer
from resolve.tables import read_table

LANGUAGES = ("ara", "deu", "eng", "fas", "fra", "ita", "spa", "tur")
CLASSES = {"function", "verb", "noun", "time", "label"}
TABLES = {
    **{lang: (f"common/{lang}.tsv", ("word", "class", "source", "note")) for lang in LANGUAGES},
    "suffixes": ("common/suffixes.tsv", ("suffix", "lang", "source", "note")),
    "elisions": ("common/elisions.tsv", ("elision", "lang", "source", "note")),
    "roles": ("common/roles.tsv", ("word", "role", "source", "note")),
}


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_sorted_words_of_one_spelling_each_told_once(name: str) -> None:
    rows = read_table(*TABLES[name])
    keys = [row[:2] for row in rows]
    assert rows and keys == sorted(set(keys))
    for word, _, source, _ in rows:
        assert source and word and word == unicodedata.normalize("NFC", word).strip()
        assert len(word.split(" ")) <= 2 and word == word.lower()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_classes_are_known_and_all_there(lang: str) -> None:
    assert {row[1] for row in read_table(*TABLES[lang])} - {"speech"} == CLASSES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_that_is_a_name_says_so(lang: str) -> None:
    names = {name.text.casefold() for entity in gazetteer.load() for name in entity.names}
    rows = read_table(*TABLES[lang])
    silent = [row[0] for row in rows if row[0].casefold() in names and "a name too" not in row[3]]
    assert not silent


def test_a_word_has_one_note_in_all_its_classes_of_content() -> None:
    for lang in LANGUAGES:
        content = [r for r in read_table(*TABLES[lang]) if r[1] not in ("function", "speech")]
        rows = {(row[0], row[3]) for row in content}
        assert len(rows) == len({word for word, _ in rows}), lang


def test_what_an_apostrophe_joins_is_of_known_languages() -> None:
    assert {row[1] for row in read_table(*TABLES["suffixes"])} == {"eng", "tur"}
    assert {row[1] for row in read_table(*TABLES["elisions"])} == {"fra", "ita"}


def test_small_words_have_the_roles_that_are_asked_for_and_are_of_known_languages() -> None:
    rows = read_table(*TABLES["roles"])
    asked = {
        "article",
        "beside",
        "by-line",
        "connector",
        "office",
        "prefix",
        "several",
        "whereabouts",
    }
    assert {row[1] for row in rows} == asked
    assert {lang for row in rows for lang in row[3].split(" ")} <= set(LANGUAGES)


def test_what_newspapers_write_after_a_turkish_name_is_there() -> None:
    written = {"ın", "nün", "ndaki", "lilerin", "dakiler", "yken", "ydı", "dır", "sının", "la"}
    assert written <= {row[0] for row in read_table(*TABLES["suffixes"]) if row[1] == "tur"}
