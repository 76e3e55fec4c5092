"""Popolo documents become actors: names with languages, seats in words, ids that don't clash."""

import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gazetteer import Entity, MissingExtraError, RecordError
from gazetteer.importers import documents, popolo
from gazetteer.importers.options import Options
from gazetteer.importers.popolo_seats import Membership, Seats
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

pytest.importorskip("ijson")

DOCUMENT: dict[str, Any] = {
    "persons": [
        {
            "id": "0a1b2c3d-0000-4000-8000-000000000001",
            "name": "Aguila Saleh",
            "sort_name": "Saleh, Aguila",
            "identifiers": [
                {"scheme": "everypolitician_legacy", "identifier": 7},
                {"scheme": "wikidata", "identifier": "Q18198402"},
            ],
            "other_names": [
                {"lang": "ar", "name": "عقيلة صالح", "note": "multilingual"},
                {"lang": "ru", "name": "Агила Салех", "note": "multilingual"},
                {"name": "Saleh Issa", "end_date": "2010"},
                {"name": "The Sheikh", "note": "nickname"},
            ],
            "gender": None,
        },
        {"id": 12, "given_name": "Vladimir", "patronymic_name": "I.", "family_name": "Petrov"},
    ],
    "organizations": [
        {"id": "party/nfa", "name": "National Forces Alliance", "classification": "party"},
        {"id": "party/_unknown", "name": "unknown", "classification": "party"},
        {"id": "legislature", "name": "House of Representatives", "classification": "legislature"},
    ],
    "memberships": [
        {
            "person_id": "0a1b2c3d-0000-4000-8000-000000000001",
            "organization_id": "legislature",
            "on_behalf_of_id": "party/nfa",
            "area_id": "area/qubbah",
            "role": "speaker",
        },
    ],
    "areas": [
        {"id": "area/qubbah", "name": "Al Qubbah", "type": "constituency"},
        {"id": "area/7", "name": "7"},
        {"id": "ocd-division/country:ly", "name": "Libya"},
    ],
}
SALEH = DOCUMENT["persons"][0]["id"]


def write(folder: Path, document: object = DOCUMENT, name: str = "libya.json") -> Source:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(document, indent=1, ensure_ascii=False), "utf-8")
    return Source(folder / name)


def read(*sources: Source, rejects: Rejects | None = None) -> Iterator[Entity]:
    return popolo.read(sources, rejects or Rejects(), Options())


def by_id(*sources: Source, rejects: Rejects | None = None) -> dict[str, Entity]:
    return {entity.id: entity for entity in read(*sources, rejects=rejects)}


def test_a_person_has_its_names_in_their_languages(tmp_path: Path) -> None:
    saleh = by_id(write(tmp_path))[SALEH]
    assert (saleh.kind, saleh.wikidata, saleh.source) == ("person", "Q18198402", "libya.json")
    assert [(n.text, n.lang, n.kind, n.note) for n in saleh.names] == [
        ("Aguila Saleh", "und", "primary", "listed as Saleh, Aguila"),
        ("عقيلة صالح", "ara", "alias", "multilingual"),
        ("Агила Салех", "rus", "alias", "multilingual"),
        ("Saleh Issa", "und", "former", ""),
        ("The Sheikh", "und", "weak", "nickname"),
    ]


def test_a_name_is_made_up_where_none_is_given(tmp_path: Path) -> None:
    petrov = by_id(write(tmp_path))["popolo:12"]
    assert [(n.text, n.kind) for n in petrov.names] == [("Vladimir I. Petrov", "primary")]


def test_a_family_name_alone_is_no_name(tmp_path: Path) -> None:
    rejects = Rejects()
    source = write(tmp_path, {"persons": [{"id": "a", "family_name": "Saleh"}]})
    assert by_id(source, rejects=rejects) == {}
    assert rejects.count == 1


def test_a_seat_is_told_in_words_though_it_comes_last(tmp_path: Path) -> None:
    told = by_id(write(tmp_path))[SALEH].description
    assert told == "speaker, House of Representatives (National Forces Alliance), Al Qubbah"


def test_the_seat_that_is_held_goes_before_one_that_ended() -> None:
    with closing(Seats()) as seats:
        seats.add(Membership("a", role="minister", start_date="2012", end_date="2014"))
        seats.add(Membership("a", role="member", start_date="2010"))
        seats.add(Membership("a", role="mayor", start_date="2001", end_date="2020"))
        seats.finish()
        assert (seats.of("a"), seats.of("b")) == ("member", "")


def test_organizations_and_areas_are_actors(tmp_path: Path) -> None:
    rejects = Rejects()
    found = by_id(write(tmp_path), rejects=rejects)
    assert {id: entity.kind for id, entity in found.items() if entity.kind != "person"} == {
        "libya:party/nfa": "organization",
        "libya:legislature": "organization",
        "libya:area/qubbah": "place",
        "ocd-division/country:ly": "place",
    }
    assert rejects.count == 0
    assert rejects.aside == {"having no party": 1, "area without a name in letters": 1}


def test_a_legislature_of_two_files_is_two_actors(tmp_path: Path) -> None:
    found = by_id(
        write(tmp_path / "ly", name="ep-popolo-v1.0.json"),
        write(tmp_path / "eg", name="ep-popolo-v1.0.json"),
    )
    legislatures = [id for id in found if id.endswith(":legislature")]
    assert legislatures == ["ep-popolo-v1-0:legislature", "ep-popolo-v1-0-2:legislature"]


def test_an_id_is_kept_apart_though_letters_are_written_as_codes(tmp_path: Path) -> None:
    areas = [{"id": f"area/{name}", "name": name} for name in ("bío_bío", "bio_bio", "são_")]
    rejects = Rejects()
    found = by_id(write(tmp_path, {"areas": areas}), rejects=rejects)
    assert (len(found), rejects.count) == (3, 0)


def test_names_csv_adds_names_after_the_documents(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    rows = [f"{SALEH},Agila Saleh", f"{SALEH},Aqila Salih", "b,Somebody"]
    names.write_text("\n".join(["id,name", *rows]), "utf-8")
    found = list(read(Source(names), write(tmp_path)))
    assert [entity.id for entity in found][-2:] == [SALEH, "b"]
    assert [n.text for n in found[-2].names] == ["Agila Saleh", "Aqila Salih"]
    assert {n.source for n in found[-2].names} == {"names.csv"}


@pytest.mark.parametrize("indent", [None, 0, 4])
def test_the_layout_of_a_document_is_no_matter(indent: int | None, tmp_path: Path) -> None:
    other = tmp_path / "other" / "libya.json"
    other.parent.mkdir()
    text = "\ufeff" + json.dumps(DOCUMENT, indent=indent)
    other.write_bytes(gzip.compress(text.encode()))
    assert list(read(Source(other))) == list(read(write(tmp_path)))


def test_a_bad_record_is_rejected_at_its_opening_brace(tmp_path: Path) -> None:
    path = tmp_path / "libya.json"
    path.write_text(
        '{"persons": [\n{"id": "a", "name": "A B"},\n{"id": "b",\n"name": 5}]}', "utf-8"
    )
    rejects = Rejects()
    assert list(by_id(Source(path), rejects=rejects)) == ["a"]
    assert [each.split(": ")[0] for each in rejects.first] == [f"{path}:3"]
    with pytest.raises(RecordError, match=":3: no record of persons"):
        list(read(Source(path), rejects=Rejects(strict=True)))


def test_a_document_of_another_kind_is_told(tmp_path: Path) -> None:
    rejects = Rejects()
    assert list(read(write(tmp_path, {"people": [{"id": "a"}]}), rejects=rejects)) == []
    assert "libya.json:1: no persons, organizations or areas" in rejects.first[0]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('{"persons": [\n{"id": "a",\n}]}', 3, "no JSON"),
        ('{"persons": [\n{"id": "a"', 2, "no JSON"),
        ("", 1, "no JSON"),
        ('{"persons":\n' + "[" * 99, 2, "nested more than 64"),
    ],
)
def test_a_broken_document_is_refused_with_its_line(
    text: str, line: int, what: str, tmp_path: Path
) -> None:
    (tmp_path / "libya.json").write_text(text, "utf-8")
    with pytest.raises(RecordError, match=rf"libya\.json:{line}: {what}"):
        list(read(Source(tmp_path / "libya.json")))


def test_without_ijson_its_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(documents, "import_module", missing)
    with pytest.raises(MissingExtraError, match=r"resolve-names\[formats\]"):
        list(read(write(tmp_path)))
