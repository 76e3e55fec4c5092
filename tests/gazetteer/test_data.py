"""The gazetteer that ships: its rows obey the rules, and its descriptor says what they are."""

import json
from pathlib import Path

import pytest

from gazetteer import Gazetteer, load, package, validate
from gazetteer.entity import KINDS, NAME_KINDS
from gazetteer.ids import is_id
from gazetteer.rules import PROMINENCE
from gazetteer.validation import COLUMNS

FOLDERS = [Path(str(package.shipped())), Path(__file__).parent.parent / "toy"]


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    return load()


def test_it_breaks_no_rule() -> None:
    assert validate() == []


def test_its_ids_are_ours(shipped: Gazetteer) -> None:
    assert [entity.id for entity in shipped if not is_id(entity.id)] == []


@pytest.mark.parametrize(
    "id", ["libya", "turkiye", "egypt", "france", "united-arab-emirates", "russia", "qatar"]
)
def test_the_countries_of_the_news_are_there(id: str, shipped: Gazetteer) -> None:
    assert shipped.get(id).kind == "place"
    assert shipped.get(id).prominence == (1000 if id == "libya" else 400)


@pytest.mark.parametrize("folder", FOLDERS, ids=["shipped", "toy"])
def test_the_descriptor_documents_every_column(folder: Path) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    fields = {r["name"]: r["schema"]["fields"] for r in descriptor["resources"]}
    assert {t: tuple(f["name"] for f in own) for t, own in fields.items()} == dict(COLUMNS)
    assert all(field["description"] for own in fields.values() for field in own)


@pytest.mark.parametrize("folder", FOLDERS, ids=["shipped", "toy"])
def test_the_descriptor_and_the_validator_agree(folder: Path) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    fields = {
        (r["name"], f["name"]): f.get("constraints", {})
        for r in descriptor["resources"]
        for f in r["schema"]["fields"]
    }
    assert fields["entities", "kind"]["enum"] == list(KINDS)
    assert fields["names", "kind"]["enum"] == list(NAME_KINDS)
    assert fields["entities", "prominence"]["minimum"] == PROMINENCE[0]
    assert fields["entities", "prominence"]["maximum"] == PROMINENCE[-1]


@pytest.mark.parametrize("folder", FOLDERS, ids=["shipped", "toy"])
def test_no_field_looks_quoted_to_a_spreadsheet(folder: Path) -> None:
    for table in COLUMNS:
        text = (folder / f"{table}.tsv").read_text("utf-8")
        assert '\t"' not in text
        assert '\n"' not in text
