"""The set that ships obeys its rules, and every rule is seen to be broken."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.datasets.gold import COLUMNS, failures, read, words
from benchmarks.datasets.pairs import GOLD
from gazetteer import load
from resolve.errors import TableError

CASES = Path(__file__).parents[1] / "cases" / "gold_failures.tsv"


def test_it_breaks_no_rule() -> None:
    assert failures() == []


def test_it_is_as_large_as_its_card_claims() -> None:
    names = [row for _, row in read("names.tsv")]
    types = Counter(
        {row["entity_id"]: row["entity_type"] for row in names}[id]
        for id in {row["entity_id"] for row in names}
    )
    assert min(types[kind] for kind in ("PER", "ORG", "LOC")) >= 50
    assert len({row["native"] for _, row in read("translit.tsv")}) >= 200


def test_half_of_its_pairs_and_more_are_look_alikes() -> None:
    labels = Counter(row["label"] for _, row in read("pairs.tsv"))
    assert labels["0"] >= labels["1"] >= 500


def test_it_is_no_copy_of_the_gazetteer() -> None:
    listed = {name.text for entity in load() for name in entity.names}
    own = [row["name"] for _, row in read("names.tsv")]
    assert sum(name not in listed for name in own) > 0.5 * len(own)


def test_no_negative_is_one_spelling_twice() -> None:
    rows = [row for _, row in read("pairs.tsv") if row["label"] == "0"]
    assert [r for r in rows if r["name_a"].casefold() == r["name_b"].casefold()] == []


def test_an_article_is_no_word() -> None:
    assert words("Saif al-İslam") >= {"saif", "al", "islam"}


def _broken() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", _broken(), ids=lambda row: row["says"])
def test_a_broken_rule_is_named(row: dict[str, str], tmp_path: Path) -> None:
    for name in COLUMNS:
        shutil.copy(GOLD / name, tmp_path / name)
    path = tmp_path / row["file"]
    text = path.read_text("utf-8")
    old, new = (row[key].replace("\\t", "\t").replace("\\n", "\n") for key in ("old", "new"))
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), "utf-8")
    try:
        found = failures(tmp_path)
    except TableError as error:
        found = [str(error)]
    assert any(row["says"] in failure for failure in found), found[:3]
