"""Every set has a card, and what is read is counted and summed."""

import hashlib
from pathlib import Path

import pytest

from benchmarks.datasets.cards import CARDS, cards, checksums, files, load, table
from benchmarks.datasets.pairs import GOLD
from resolve.errors import InputError, TableError

CARD = CARDS.read_text("utf-8")


def test_the_set_that_ships_is_as_its_card_says() -> None:
    shipped = table(None)
    assert [row[0] for row in shipped.rows] == ["gold"]
    assert shipped.note == ""


def test_each_card_says_all_that_there_is_to_say() -> None:
    assert cards()[0].name == "gold"
    assert all(text for card in cards() for _, text in card.facts)
    assert "mined" not in {card.negatives for card in cards()}


def test_a_sum_is_that_of_the_bytes() -> None:
    expected = hashlib.sha256((GOLD / "names.tsv").read_bytes()).hexdigest()
    assert checksums(None)["gold/names.tsv"] == expected
    assert list(checksums(None)) == sorted(files(None))


def test_what_differs_from_its_card_or_has_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "un_sc.tsv").write_text("header\nrow\n", "utf-8")
    (tmp_path / "names" / "mine.tsv").write_text("header\n", "utf-8")
    found = table(tmp_path)
    assert [row[0] for row in found.rows] == ["un_sc"]
    assert "names/un_sc.tsv: 1 rows" in found.rows[0]
    assert "names/un_sc.tsv (2,224)" in found.note and "names/mine.tsv" in found.note


def test_an_empty_directory_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--data DIR"):
        files(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[[card]]", "[[card", "cards.toml"),
        ('licence = "MIT, as this project"', 'licence = ""', "leaves out licence"),
        ('licence = "MIT, as this project"', "", "missing required field"),
        ('name = "un_sc"', 'name = "gold"', "name or file of another"),
        ('"names/ofac.tsv"', '"names/un_sc.tsv"', "name or file of another"),
        ('faults = "Tiny."', 'faults = "Tiny."\nfault = "small"', "unknown field"),
    ],
)
def test_a_broken_card_is_named(old: str, new: str, says: str, tmp_path: Path) -> None:
    assert old in CARD
    path = tmp_path / "cards.toml"
    path.write_text(CARD.replace(old, new, 1), "utf-8")
    with pytest.raises(TableError, match=says):
        load(path)
