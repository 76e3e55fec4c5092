"""A scheme does what its authority and its examples say, and a broken table is refused."""

from pathlib import Path

import msgspec
import pytest

from resolve.errors import OptionError, SchemeError, TableError
from resolve.tables import read_table
from resolve.tables.scheme import read_scheme, scheme_names
from resolve.transliteration import Reading, schemes, transliterate

CASES = Path(__file__).parents[1] / "cases" / "transliteration.tsv"
ROWS = read_table(CASES, ("scheme", "text", "reading", "source", "note"))
EXAMPLES = [(name, *pair) for name in scheme_names() for pair in read_scheme(name).examples]


def first_readings(name: str, found: tuple[Reading, ...]) -> list[str]:
    """What must hold the expected: the reading of a standard, the likely ones of a usage."""
    return [r.text for r in found[: 1 if read_scheme(name).kind == "standard" else 5]]


@pytest.mark.parametrize(("name", "source", "target"), EXAMPLES)
def test_a_scheme_writes_its_own_examples(name: str, source: str, target: str) -> None:
    assert target in first_readings(name, transliterate(source, name, title=True))


@pytest.mark.parametrize(("name", "text", "reading"), [row[:3] for row in ROWS])
def test_a_name_is_written_as_the_scheme_rules(name: str, text: str, reading: str) -> None:
    assert reading in first_readings(name, transliterate(text, name))


def test_an_unknown_scheme_lists_the_known() -> None:
    with pytest.raises(SchemeError, match="alalc-ara-Arab-Latn-2012"):
        transliterate("حفتر", "alalc")
    with pytest.raises(SchemeError, match="alalc-ara-Arab-Latn-2012"):
        read_scheme("alalc")


def test_a_scheme_without_inverse_names_those_that_have_one() -> None:
    with pytest.raises(SchemeError, match="din-ara-Arab-Latn-1982"):
        transliterate("Haftar", "news-ara-Arab-Latn", inverse=True)


def test_no_readings_are_a_wrong_number() -> None:
    with pytest.raises(OptionError, match="n is 0"):
        transliterate("حفتر", "news-ara-Arab-Latn", 0)


def test_every_scheme_is_listed_with_its_authority() -> None:
    listed = {scheme.name: scheme for scheme in schemes()}
    assert set(scheme_names()) | {"anyascii"} <= set(listed)
    assert all(scheme.authority and scheme.title and scheme.url for scheme in listed.values())


def test_anyascii_writes_any_script() -> None:
    assert transliterate("Κυριάκος 习近平", "anyascii")[0].text.isascii()


GOOD = """
authority = "a"
title = "t"
language = "ara"
source = "Arab"
target = "Latn"
kind = "usage"
url = "u"
notes = "n"
examples = [["ب", "b"]]
[letters]
"ب" = "b"
"""

BROKEN = {
    "no toml": (GOOD + "=", 13, "Invalid"),
    "an unknown field": (GOOD.replace('notes = "n"', "colour = 1"), 1, "colour"),
    "a wrong type": (GOOD.replace('"t"', "7"), 3, "Expected `str`"),
    "no examples": (GOOD.replace('[["ب", "b"]]', "[]"), 3, "no examples"),
    "another language": (GOOD.replace('"ara"', '"fas"'), 4, "-fas-Arab-Latn"),
    "weights": (GOOD + '"ت" = { "t" = 0.5, "d" = 0.4 }\n', 13, "0.9, not 1"),
    "a class": (GOOD + '[[rules]]\nfrom = "ب"\nto = "p"\nbefore = "sun"\n', 16, "no class 'sun'"),
    "a rule's type": (GOOD + '[[rules]]\nfrom = "ب"\nto = 7\n', 13, "rules"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_scheme_is_refused_with_file_and_line(name: str, tmp_path: Path) -> None:
    text, line, what = BROKEN[name]
    path = tmp_path / "own-ara-Arab-Latn.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=what) as caught:
        read_scheme(path)
    assert f"own-ara-Arab-Latn.toml:{line}:" in str(caught.value)


def test_a_users_own_scheme_is_read_like_the_shipped_ones(tmp_path: Path) -> None:
    path = tmp_path / "own-ara-Arab-Latn.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert msgspec.to_builtins(read_scheme(path))["letters"] == {"ب": "b"}
