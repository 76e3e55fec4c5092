"""Of a patronymic only the name in it tells: its ending has one form."""

from pathlib import Path

import pytest

from resolve.names.patronymics import patronymic
from resolve.tables import read_table

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "patronymics.tsv", ("left", "right", "same", "note")
)
ENDINGS = read_table(
    "particles/patronymics.tsv", ("ending", "reading", "drops", "lang", "source", "note")
)


def stem(ending: str) -> str:
    return "ivan" if ending.isascii() else "иван"


@pytest.mark.parametrize(("left", "right", "same", "note"), CASES)
def test_cases(left: str, right: str, same: str, note: str) -> None:
    assert (patronymic(left) == patronymic(right)) == (same == "yes"), note


@pytest.mark.parametrize("ending", [row[0] for row in ENDINGS])
def test_a_standard_ending_stays_and_leaves_a_name(ending: str) -> None:
    standard = patronymic(stem(ending) + ending)
    assert standard is not None and standard.startswith(stem(ending))
    assert patronymic(standard) == standard


@pytest.mark.parametrize(("ending", "note"), [(row[0], row[5]) for row in ENDINGS])
def test_sons_and_daughters_stay_apart(ending: str, note: str) -> None:
    standard = patronymic(stem(ending) + ending)
    assert standard is not None
    assert standard.endswith(("a", "а")) == (note == "daughter of")


@pytest.mark.parametrize("word", ["ivan", "ivanov", "vich", "lvich", "іван", ""])
def test_other_words_are_none(word: str) -> None:
    assert patronymic(word) is None
