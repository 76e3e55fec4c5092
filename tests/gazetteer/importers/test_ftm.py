"""Entities of FollowTheMoney become actors, by the tables; what is no actor is counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gazetteer import Entity, RecordError, Redirect
from gazetteer.errors import FormatError
from gazetteer.importers import ftm
from gazetteer.importers.ftm_model import LENGTH, properties, schemata
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path / "entities.ftm.json")


def told(
    source: Source, *lines: Any, rejects: Rejects | None = None, **columns: str
) -> list[Entity | Redirect]:
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    Path(source.path).write_text("\n".join(texts), encoding="utf-8")
    rejects = Rejects() if rejects is None else rejects
    return list(ftm.read([source], rejects, Options(columns=columns)))


def actor(source: Source, schema: str, id: str = "a1", **properties: list[str]) -> Entity:
    rejects = Rejects()
    record = {"id": id, "schema": schema, "properties": properties}
    (found,) = told(source, record, rejects=rejects)
    assert isinstance(found, Entity)
    assert not rejects.first
    return found


def names(entity: Entity) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in entity.names]


def test_each_property_of_a_name_has_its_kind(source: Source) -> None:
    found = actor(
        source,
        "Person",
        weakAlias=["Abu Sami"],
        previousName=["Sami Old"],
        abbreviation=["SN"],
        alias=["Samy New"],
        name=["Sami New", "سامي الجديد"],
    )
    assert names(found) == [
        ("Sami New", "primary"),
        ("سامي الجديد", "alias"),
        ("Samy New", "alias"),
        ("Abu Sami", "weak"),
        ("Sami Old", "former"),
        ("SN", "acronym"),
    ]
    assert {(name.lang, name.source) for name in found.names} == {("und", "entities.ftm.json")}
    assert (found.kind, found.source) == ("person", "entities.ftm.json")


def test_the_caption_is_the_primary_name_where_it_is_a_name(source: Source) -> None:
    record = {"id": "a", "schema": "Person", "properties": {"name": ["B", "A"]}}
    for caption, name in (("A", "A"), ("a@b.example", "B")):
        (found,) = told(source, {**record, "caption": caption})
        assert isinstance(found, Entity)
        assert found.name == name
        assert len(found.names) == 2


@pytest.mark.parametrize(
    ("schema", "properties", "kind"),
    [
        ("Person", {}, "person"),
        ("Organization", {}, "organization"),
        ("Company", {}, "organization"),
        ("PublicBody", {}, "organization"),
        ("Address", {}, "place"),
        ("Territory", {}, "place"),
        ("LegalEntity", {}, "organization"),
        ("LegalEntity", {"incorporationDate": ["1990"]}, "organization"),
        ("LegalEntity", {"birthDate": ["1990"]}, "person"),
        ("LegalEntity", {"gender": ["female"]}, "person"),
    ],
)
def test_the_schema_tells_the_kind(
    source: Source, schema: str, properties: dict[str, list[str]], kind: str
) -> None:
    assert actor(source, schema, name=["Alpha"], **properties).kind == kind


def test_what_is_no_actor_is_counted_by_its_schema(source: Source) -> None:
    rejects = Rejects()
    lines = [
        {"id": "v", "schema": "Vessel", "properties": {"name": ["Al Bahr"]}},
        {"id": "s", "schema": "Sanction", "properties": {}},
        {"id": "t", "schema": "Sanction", "properties": {}},
        {"id": "h", "schema": "Address", "properties": {"full": ["1 Shore Road, Tripoli"]}},
    ]
    assert told(source, *lines, rejects=rejects) == []
    assert rejects.aside == {"Vessel": 1, "Sanction": 2, "Address": 1}
    assert rejects.count == 0


def test_an_address_is_named_by_what_the_import_is_told(source: Source) -> None:
    home = {"id": "h", "schema": "Address", "properties": {"full": ["1 Shore Road, Tripoli"]}}
    (found,) = told(source, home, name="full")
    assert isinstance(found, Entity)
    assert (found.kind, found.name) == ("place", "1 Shore Road, Tripoli")


def test_a_column_that_nothing_is_read_from_is_refused(source: Source) -> None:
    with pytest.raises(FormatError, match=r"column 'label' .*one of: abbreviation"):
        told(source, label="full")


def test_a_name_is_composed_only_where_there_is_none(source: Source) -> None:
    parts = {
        "lastName": ["Karimov", "Каримов"],
        "firstName": ["Anvar", "Анвар"],
        "fatherName": ["Rustamovich"],
    }
    assert names(actor(source, "Person", **parts)) == [
        ("Anvar Rustamovich Karimov", "primary"),
        ("Анвар Каримов", "alias"),
    ]
    assert names(actor(source, "Person", name=["A. Karimov"], **parts)) == [
        ("A. Karimov", "primary")
    ]
    assert names(actor(source, "Person", lastName=["Karimov"])) == [("Karimov", "weak")]


@pytest.mark.parametrize(
    ("properties", "country"),
    [
        ({"nationality": ["ly"], "country": ["tr"]}, "LY"),
        ({"country": ["eg"], "citizenship": ["tn"]}, "TN"),
        ({"jurisdiction": ["mt"], "mainCountry": ["it"]}, "IT"),
        ({"birthCountry": ["sy"]}, ""),
        ({"country": ["zz", "suhh", "md-pmr"]}, "MD"),
        ({"country": ["ca-qc"]}, "CA"),
        ({"territoryCode": ["us-de"]}, "US"),
    ],
)
def test_the_country_is_whom_one_acts_for(
    source: Source, properties: dict[str, list[str]], country: str
) -> None:
    assert actor(source, "LegalEntity", name=["Alpha"], **properties).country == country


def test_every_country_code_of_the_library_is_read(source: Source) -> None:
    library = pytest.importorskip("followthemoney")
    for code in library.registry.country.names:
        country = actor(source, "Company", name=["Alpha"], country=[code]).country
        assert len(country) in (0, 2)


def test_the_description_is_the_summary_else_what_is_short(source: Source) -> None:
    facts = {
        "position": ["Minister of Sand", "Deputy"],
        "birthDate": ["1960-05-01"],
        "description": ["x" * LENGTH],
    }
    found = actor(source, "Person", name=["A"], notes=["On leave"], **facts)
    assert found.description == "Minister of Sand; Deputy; born 1960-05-01"
    assert found.note == "On leave"
    assert actor(source, "Person", name=["A"], summary=["A poet"], **facts).description == "A poet"


def test_a_qid_is_known_from_the_property_or_the_id(source: Source) -> None:
    assert actor(source, "Person", name=["A"], wikidataId=["Q42"]).wikidata == "Q42"
    assert actor(source, "Person", id="Q42", name=["A"]).wikidata == "Q42"
    assert actor(source, "Person", id="NK-42", name=["A"]).wikidata == ""


def test_referents_become_redirects(source: Source) -> None:
    rejects = Rejects()
    record = {
        "id": "NK-1",
        "schema": "Person",
        "properties": {"name": ["A"]},
        "referents": ["eu-fsf-1", "NK-1", "not an id"],
    }
    _, *redirects = told(source, record, rejects=rejects)
    assert redirects == [Redirect("eu-fsf-1", "NK-1", "entities.ftm.json")]
    assert "the referent 'not an id'" in rejects.first[0]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "truncated"),
        ("[]", "Expected `object`, got `array`"),
        ('{"schema": "Person"}', "missing required field `id`"),
        ('{"id": 7, "schema": "Person"}', "Expected `str`, got `int`"),
        ('{"id": "a b", "schema": "Person", "properties": {"name": ["A"]}}', "'a b': is no id"),
        ('{"id": "a", "schema": "Person", "properties": {}}', "'a': has no name"),
        ('{"id": "a", "schema": "Person", "properties": {"name": [1]}}', "name has 1"),
        (
            '{"id": "a", "schema": "Person", "properties": {"name": "A", "country": "Libya"}}',
            "country 'LIBYA'",
        ),
    ],
)
def test_what_is_broken_is_rejected_at_its_line(source: Source, line: str, what: str) -> None:
    rejects = Rejects()
    good = {"id": "good", "schema": "Person", "properties": {"name": ["Good"]}}
    found = told(source, good, "", line, good, rejects=rejects)
    assert [each.id for each in found].count("good") == 2
    assert what in rejects.first[0].removeprefix(f"{source.path}:3: ")
    assert rejects.first[0].startswith(f"{source.path}:3: ")
    with pytest.raises(RecordError):
        told(source, line, rejects=Rejects(strict=True))


def test_the_tables_say_what_the_library_says() -> None:
    library = pytest.importorskip("followthemoney")
    for name in schemata():
        assert library.model.get(name) is not None
    for name, each in properties().items():
        known = library.model.get(each.schema).get(name)
        assert (known.schema.name, known.type.name) == (each.schema, each.type)
