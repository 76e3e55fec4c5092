"""What is written as FollowTheMoney, the library and we ourselves read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Entity, EntityName
from gazetteer.entity import KINDS, NAME_KINDS
from gazetteer.exporters import ftm, statements
from gazetteer.importers import ftm as ftm_importer
from gazetteer.importers import statements as statements_importer
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source
from gazetteer.script import script_of

SEEN = "in eu_list 2021-01-02/2024-05-06; in un_list 2020-01-01/"
NADIA = Entity(
    "nadia-ferhat",
    (
        EntityName("Nadia Ferhat", "fra", "Latn", "primary", "editor", SEEN),
        EntityName("Nadia Ferhatt", "fra", "Latn", "misspelling", "editor"),
        EntityName("Nadia Farhat", "eng", "Latn", "primary", "my list.csv"),
        EntityName("نادية فرحات", "ara", "Arab", "primary", "editor"),
        EntityName("Umm Sami", "und", "Latn", "weak", "editor"),
    ),
    "person",
    "DZ",
    50,
    "Q42",
    "Minister of Sand, until 2024",
    "editor",
    "seen twice",
)
SANDS = Entity(
    "sands",
    (
        EntityName("The Sands", "eng", "Latn", "primary", "editor"),
        EntityName("TS", "eng", "Latn", "acronym", "editor"),
        EntityName("Old Sands", "eng", "Latn", "former", "editor"),
    ),
    "place",
    "DZ",
    source="editor",
)
ACTORS = (NADIA, SANDS)
Writer = Callable[[Iterable[Entity], IO[bytes]], int]


def written(write: Writer, actors: Iterable[Entity] = ACTORS) -> bytes:
    stream = io.BytesIO()
    assert write(actors, stream) == len(list(actors))
    assert not stream.closed
    return stream.getvalue()


def read_back(importer: Any, data: bytes, folder: Path) -> list[Entity]:
    path = folder / "back"
    path.write_bytes(data)
    rejects = Rejects(strict=True)
    found = list(importer.read([Source(path)], rejects, Options()))
    assert not rejects.aside
    return found


def test_the_canonical_name_is_the_caption_and_stands_first() -> None:
    record = json.loads(written(ftm.write).splitlines()[0])
    assert record == {
        "id": "nadia-ferhat",
        "caption": "Nadia Farhat",
        "schema": "Person",
        "properties": {
            "name": ["Nadia Farhat", "Nadia Ferhat", "نادية فرحات"],
            "alias": ["Nadia Ferhatt"],
            "weakAlias": ["Umm Sami"],
            "country": ["dz"],
            "wikidataId": ["Q42"],
            "summary": ["Minister of Sand, until 2024"],
            "notes": ["seen twice"],
        },
    }


def test_a_statement_is_a_sighting_of_a_name_in_its_language() -> None:
    rows = list(csv.DictReader(io.StringIO(written(statements.write).decode())))
    names = [row for row in rows if row["value"] in ("Nadia Ferhat", "Nadia Farhat")]
    told = ("prop", "lang", "dataset", "first_seen", "last_seen", "external")
    assert [tuple(row[column] for column in told) for row in names] == [
        ("name", "eng", "my_list_csv", "", "", "f"),
        ("name", "fra", "eu_list", "2021-01-02", "2024-05-06", "f"),
        ("name", "fra", "un_list", "2020-01-01", "", "f"),
    ]
    assert len({row["id"] for row in rows}) == len(rows)


# What each form can't hold: see the docstrings of the exporters.
STORED = {"misspelling": "alias"}
TEXT = st.text(st.sampled_from("abçşŞعليд -'"), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
ANY_NAME = st.builds(
    lambda text, lang, kind: EntityName(text, lang, script_of(text), kind, "back", ""),
    TEXT.filter(lambda text: script_of(text) != "Zyyy"),
    st.sampled_from(["eng", "ara", "und"]),
    st.sampled_from([kind for kind in NAME_KINDS if kind not in ("primary", *STORED)]),
)
ANY_ACTOR = st.builds(
    lambda names, kind, country, facts: Entity(
        "a-1",
        (msgspec.structs.replace(names[0], kind="primary"), *names[1:]),
        kind,
        country,
        wikidata=facts[0],
        description=facts[1],
        source="back",
        note=facts[2],
    ),
    st.lists(ANY_NAME, min_size=1, max_size=6, unique_by=lambda name: name.text),
    st.sampled_from(KINDS),
    st.sampled_from(["", "LY", "TR"]),
    st.tuples(st.sampled_from(["", "Q7"]), st.sampled_from(["", "A poet"]), TEXT),
)


def held(entity: Entity, *fields: str) -> Entity:
    """The actor as the forms hold it: names in no order, of these fields alone."""
    names = []
    for name in entity.names:
        lost = STORED.get(name.kind, name.kind)
        kind = "alias" if entity.kind == "place" and lost == "acronym" else lost
        kept = {field: getattr(name, field) for field in fields}
        names.append(EntityName(name.text, script=name.script, kind=kind, **kept))
    return msgspec.structs.replace(
        entity, names=tuple(sorted(names, key=repr)), prominence=1, source="back"
    )


@given(ANY_ACTOR)
def test_entities_are_read_back_but_for_languages(
    tmp_path_factory: pytest.TempPathFactory, entity: Entity
) -> None:
    (back,) = read_back(ftm_importer, written(ftm.write, [entity]), tmp_path_factory.mktemp("f"))
    assert held(back) == held(entity)
    assert back.name == entity.name


@given(ANY_ACTOR)
def test_statements_are_read_back_with_languages(
    tmp_path_factory: pytest.TempPathFactory, entity: Entity
) -> None:
    data = written(statements.write, [entity])
    (back,) = read_back(statements_importer, data, tmp_path_factory.mktemp("f"))
    assert held(back, "lang") == held(entity, "lang")
    assert {name.note for name in back.names} == {"in back"}
    assert back.name == entity.name


def test_sightings_are_read_back(tmp_path: Path) -> None:
    back, _ = read_back(statements_importer, written(statements.write), tmp_path)
    notes = {name.text: name.note for name in back.names}
    assert notes["Nadia Ferhat"] == SEEN
    assert notes["Nadia Farhat"] == "in my_list_csv"


def test_what_is_written_twice_is_the_same() -> None:
    for write in (ftm.write, statements.write):
        assert written(write) == written(write)
    assert written(ftm.write, []) == b""


def test_the_library_reads_our_entities() -> None:
    library = pytest.importorskip("followthemoney")
    for line, entity in zip(written(ftm.write).splitlines(), ACTORS, strict=True):
        record = json.loads(line)
        for cleaned in (True, False):  # False has the library check and clean each value
            proxy = library.EntityProxy.from_dict(record, cleaned=cleaned)
            assert proxy.properties == record["properties"]
            assert (proxy.id, proxy.caption) == (entity.id, entity.name)


def test_the_library_reads_our_statements() -> None:
    pytest.importorskip("followthemoney")
    from followthemoney import Dataset, StatementEntity, registry
    from followthemoney.statement.serialize import CSV_COLUMNS, read_csv_statements

    assert list(statements.COLUMNS) == CSV_COLUMNS
    found = list(read_csv_statements(io.BytesIO(written(statements.write))))
    assert all(statement.id == statement.generate_key() for statement in found)
    for entity in ACTORS:
        own = [each for each in found if each.canonical_id == entity.id]
        back = StatementEntity.from_statements(Dataset.make({"name": "ours", "title": "x"}), own)
        names = back.get_type_statements(registry.name)
        texts = {(each.value, each.lang or "und") for each in names}
        assert {(name.text, name.lang) for name in entity.names} == texts
        assert back.get("country") == [entity.country.lower()]


def test_what_the_library_writes_we_read(tmp_path: Path) -> None:
    pytest.importorskip("followthemoney")
    from followthemoney.statement.serialize import CSV, read_csv_statements, write_statements

    ours = written(statements.write)
    theirs = tmp_path / "theirs.csv"
    with theirs.open("wb") as stream:  # which the library closes
        write_statements(stream, CSV, read_csv_statements(io.BytesIO(ours)))
    back = read_back(statements_importer, theirs.read_bytes(), tmp_path)
    # The library takes a name that was last seen at no known time for last seen when first seen.
    expected = read_back(statements_importer, ours, tmp_path)
    assert [held(each, "lang") for each in back] == [held(each, "lang") for each in expected]
