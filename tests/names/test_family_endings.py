"""Of two families with one ending only what stands before it tells."""

import pytest

from resolve import compare
from resolve.names.family_endings import ended
from resolve.names.fold import ALPHABETS, fold
from resolve.tables import read_table

TABLE = read_table("particles/family_endings.tsv", ("ending", "group", "lang", "source", "note"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_every_ending_is_folded_and_taken_off(row: tuple[str, ...]) -> None:
    form, script = fold(row[0])
    assert form == row[0] and script in ALPHABETS
    stem = {"Latn": "marak", "Cyrl": "марак", "Arab": "مرک"}[script]
    found = ended(stem + row[0])
    assert found is not None and found.stem.startswith(stem[:4])


def test_a_stem_is_left_and_other_names_stay_whole() -> None:
    assert ended("oglu") is None and ended("ianoglu") is not None
    assert ended("haftar") is ended("dbeibah") is ended("") is None


@pytest.mark.parametrize(
    ("left", "right", "other"),
    [
        ("Sergei Fursenko", "Serhii Fursenka", "Sergei Kurchenko"),
        ("Ahmet Davutoğlu", "Ahmet Davutoglou", "Ahmet Keçecioğlu"),
        ("Reza Hosseinzadeh", "Reza Huseynzade", "Reza Mohammadzadeh"),
        ("Levon Ter-Petrosyan", "Levon Ter-Petrossian", "Levon Ter-Sargsyan"),
    ],
)
def test_another_stem_is_another_family(left: str, right: str, other: str) -> None:
    same, unlike = compare(left, right).bits, compare(left, other).bits
    assert same > 15 and same > unlike + 8


@pytest.mark.parametrize(
    ("left", "right", "other"),
    [
        ("أحمد داود أوغلو", "Ahmet Davutoğlu", "Ahmet Yavuzoğlu"),
        ("مولود تشاويش أوغلو", "Mevlüt Çavuşoğlu", "Mevlüt Karaosmanoğlu"),
    ],
)
def test_across_scripts_what_stands_before_the_ending_is_enough(
    left: str, right: str, other: str
) -> None:
    same, unlike = compare(left, right), compare(left, other)
    assert same.probability > 0.95 > 0.5 > unlike.probability
