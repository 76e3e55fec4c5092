"""Every export says all that its form can hold, the same bytes each time."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Entity, EntityName, load
from gazetteer.entity import NAME_KINDS
from gazetteer.errors import FormatError, MissingExtraError
from gazetteer.exporters import FORMATS, write
from gazetteer.gathering import gathered
from gazetteer.importers import read
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source
from gazetteer.script import script_of

TOY = load(Path(__file__).parents[2] / "toy")


def exported(format: str, *entities: Entity) -> str:
    stream = io.BytesIO()
    assert write(format, iter(entities), stream) == len(entities)
    assert not stream.closed
    return stream.getvalue().decode()


def actor(*names: tuple[str, str, str, str], **facts: object) -> Entity:
    made = (EntityName(text, lang, script, kind, "test") for text, lang, script, kind in names)  # type: ignore[arg-type]
    return Entity("Q1016", tuple(made), source="test", **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_writes_every_actor_the_same_way_each_time(format: str) -> None:
    once = exported(format, *TOY)
    assert once == exported(format, *TOY)
    for entity in TOY:
        assert entity.name in once


@pytest.mark.parametrize("format", FORMATS)
def test_no_actor_is_no_error(format: str) -> None:
    assert exported(format).count("\n") <= 1


def test_an_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(FormatError, match=r"no format 'rdf'(.|\n)*skos .*SKOS"):
        exported("rdf")


def test_names_are_distinct_and_sorted() -> None:
    lines = exported("names", *TOY).splitlines()
    assert lines == sorted({name.text for entity in TOY for name in entity.names})


names = st.tuples(
    st.text("Aa éعلي'\"-,", min_size=1, max_size=6).map(lambda text: f"x{text.strip()}"),
    st.sampled_from(["und", "ara", "eng", "tur"]),
    st.sampled_from(NAME_KINDS),
)


@given(
    st.lists(names, min_size=1, max_size=6, unique_by=lambda name: name[:2]),
    st.sampled_from(["", "LY"]),
    st.sampled_from(["", 'he said "no"', "a, b; c"]),
)
def test_a_table_is_read_back_but_for_sources(
    tmp_path_factory: pytest.TempPathFactory,
    given: list[tuple[str, str, str]],
    country: str,
    note: str,
) -> None:
    given_names = [(" ".join(t.split()), lang, "", kind) for t, lang, kind in given]
    entity = actor(
        *((text, lang, script_of(text), kind) for text, lang, _, kind in given_names),
        country=country,
        note=note,
        kind="organization",
        prominence=7,
    )
    (entity,) = (each for each in gathered([entity]) if isinstance(each, Entity))
    path = tmp_path_factory.mktemp("table") / "test"
    path.write_text(exported("table", entity))
    again = list(gathered(read("table", [Source(path)], Rejects(strict=True), Options())))
    assert again == [entity]


def test_concepts_are_read_by_rdflib() -> None:
    rdflib = pytest.importorskip("rdflib")
    pytest.importorskip("langcodes")
    graph = rdflib.Graph().parse(data=exported("skos", *TOY), format="nt")
    skos = rdflib.SKOS
    assert {str(each) for each in graph.objects(None, skos.notation)} == {e.id for e in TOY}
    haftar = rdflib.URIRef("urn:resolve:khalifa-haftar")
    preferred = {(str(o), o.language) for o in graph.objects(haftar, skos.prefLabel)}
    assert ("Khalifa Haftar", "en") in preferred
    assert ("خليفة حفتر", "ar") in preferred


def test_labels_are_told_by_kind_and_tagged_by_language_and_script() -> None:
    pytest.importorskip("langcodes")
    entity = actor(
        ("Libya", "eng", "Latn", "primary"),
        ('Lib"ya', "eng", "Latn", "misspelling"),
        ("Libya", "eng", "Latn", "alias"),
        ("ليبيا", "ara", "Arab", "primary"),
        ("Lībiyā", "ara", "Latn", "alias"),
        ("リビア", "jpn", "Kana", "primary"),
        ("LY", "und", "Latn", "acronym"),
        ("42", "und", "Zyyy", "weak"),
        wikidata="Q1016",
        description="a country",
    )
    lines = exported("skos", entity).splitlines()
    assert lines[:2] == [
        "<urn:resolve:Q1016> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<http://www.w3.org/2004/02/skos/core#Concept> .",
        '<urn:resolve:Q1016> <http://www.w3.org/2004/02/skos/core#notation> "Q1016" .',
    ]
    said = [line.split("core#", 1)[1].replace("> ", " ", 1) for line in lines[2:]]
    assert said == [
        'prefLabel "Libya"@en .',
        'prefLabel "ليبيا"@ar .',
        'prefLabel "リビア"@ja .',
        'altLabel "Lībiyā"@ar-Latn .',
        'altLabel "LY"@und-Latn .',
        'altLabel "42" .',
        'hiddenLabel "Lib\\"ya"@en .',
        'definition "a country" .',
        "exactMatch <http://www.wikidata.org/entity/Q1016> .",
    ]


def test_two_languages_of_one_tag_have_one_preferred_label() -> None:
    pytest.importorskip("langcodes")
    entity = actor(("Aqra", "tgl", "Latn", "primary"), ("Akra", "fil", "Latn", "primary"))
    assert exported("skos", entity).count("prefLabel") == 1


@pytest.mark.parametrize("library", ["rdflib", "langcodes"])
def test_a_missing_library_is_named_with_its_extra(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"needs {library}.*resolve-names\[formats\]"):
        exported("skos", *TOY)
