"""Items of Wikidata become actors: by class, country and language; from a dump or a document."""

import gzip
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from gazetteer import Entity, FormatError, RecordError, Redirect
from gazetteer.importers import wikidata, wikidata_countries
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source
from gazetteer.importers.wikidata_tables import classes, country, language_of

Item = dict[str, Any]


def said(value: Any, rank: str = "normal", ended: bool = False) -> Item:
    if isinstance(value, str) and value[:1] == "Q" and value[1:].isdigit():
        value = {"entity-type": "item", "numeric-id": int(value[1:]), "id": value}
    snak = {"snaktype": "value", "datavalue": {"value": value, "type": "x"}}
    qualifiers = {"P582": [{"snaktype": "value", "property": "P582"}]} if ended else {}
    return {"mainsnak": snak, "type": "statement", "rank": rank, "qualifiers": qualifiers}


def text(value: str, language: str) -> Item:
    return {"text": value, "language": language}


def item(id: str, labels: dict[str, str], claims: dict[str, list[Item]], **more: Any) -> Item:
    return {
        "type": "item",
        "id": id,
        "labels": {code: {"language": code, "value": label} for code, label in labels.items()},
        "descriptions": {"en": {"language": "en", "value": "of Libya"}},
        "aliases": more.pop("aliases", []),  # as PHP writes an empty map
        "claims": claims,
        "sitelinks": {f"w{number}": {"site": "w"} for number in range(more.pop("sitelinks", 0))},
        **more,
    }


HAFTAR = item(
    "Q558582",
    {"en": "Khalifa Haftar", "ar": "خليفة حفتر", "tr": "Halife Hafter"},
    {
        "P31": [said("Q5")],
        "P27": [said("Q1016")],
        "P39": [said("Q100", ended=True), said("Q200"), said("Q300")],
        "P1559": [said(text("خليفة بلقاسم حفتر", "ar"))],
        "P1449": [said(text("المشير", "ar"))],
    },
    aliases={"en": [{"language": "en", "value": "Haftar"}]},
    sitelinks=40,
)
GNA = item(
    "Q22906715",
    {"mul": "Government of National Accord"},
    {
        "P31": [said("Q7188")],
        "P17": [said("Q1016")],
        "P1813": [said(text("GNA", "en")), said(text("Accord", "en"))],
        "P1448": [said(text("Presidency Council", "en"), ended=True)],
    },
)


def dump(folder: Path, *items: Item, name: str = "dump.json") -> Source:
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in items)
    (folder / name).write_text(f"[\n{lines}\n]\n", "utf-8")
    return Source(folder / name)


def read(
    *sources: Source, rejects: Rejects | None = None, **options: frozenset[str]
) -> list[Entity | Redirect]:
    return list(wikidata.read(sources, rejects or Rejects(), Options(**options)))


def one(folder: Path, each: Item, **options: frozenset[str]) -> Entity:
    (entity,) = read(dump(folder, each), **options)
    assert isinstance(entity, Entity)
    return entity


def changed(each: Item, **claims: list[Item]) -> Item:
    return {**each, "claims": {**each["claims"], **claims}}


def test_an_item_is_an_actor_with_its_facts(tmp_path: Path) -> None:
    haftar = one(tmp_path, HAFTAR)
    assert (haftar.id, haftar.wikidata, haftar.kind) == ("Q558582", "Q558582", "person")
    assert (haftar.country, haftar.prominence) == ("LY", 200)
    assert (haftar.description, haftar.note) == ("of Libya", "positions: Q200 Q300")
    assert [(n.text, n.lang, n.kind) for n in haftar.names] == [
        ("خليفة حفتر", "ara", "primary"),
        ("Khalifa Haftar", "eng", "primary"),
        ("Halife Hafter", "tur", "primary"),
        ("Haftar", "eng", "alias"),
        ("خليفة بلقاسم حفتر", "ara", "alias"),
        ("المشير", "ara", "weak"),
    ]
    assert {n.source for n in haftar.names} == {"dump.json"}


def test_capitals_are_an_acronym_and_what_ended_is_former(tmp_path: Path) -> None:
    gna = one(tmp_path, GNA)
    assert gna.kind == "organization"
    assert {n.text: n.kind for n in gna.names} == {
        "Government of National Accord": "primary",
        "GNA": "acronym",
        "Accord": "alias",
        "Presidency Council": "former",
    }


def test_a_persons_name_in_capitals_is_no_acronym(tmp_path: Path) -> None:
    shouted = {**HAFTAR, "aliases": {"en": [{"value": "HAFTAR"}]}}
    assert {n.text: n.kind for n in one(tmp_path, shouted).names}["HAFTAR"] == "alias"


def test_only_instances_of_known_classes_are_actors(tmp_path: Path) -> None:
    rejects = Rejects()
    taxon = item("Q1", {"en": "Homo"}, {"P31": [said("Q16521")]})
    nothing = item("Q2", {"en": "?"}, {})
    nothing["claims"] = []
    lexeme = {"type": "lexeme", "id": "L1"}
    assert read(dump(tmp_path, taxon, nothing, lexeme), rejects=rejects) == []
    assert rejects.count == 0
    assert rejects.aside == {"no instance of a known class": 2, "no item": 1}


def test_the_class_said_to_hold_tells_the_kind(tmp_path: Path) -> None:
    both = changed(GNA, P31=[said("Q515", "deprecated"), said("Q515"), said("Q7278", "preferred")])
    assert one(tmp_path, both).kind == "organization"


@pytest.mark.parametrize(
    ("citizenships", "expected"),
    [
        ([said("Q1016")], "LY"),
        ([said("Q1016", ended=True), said("Q43")], "TR"),
        ([said("Q1016"), said("Q43", "preferred")], "TR"),
        ([said("Q1016"), said("Q43")], ""),
        ([said("Q1016", "deprecated")], ""),
        ([said("Q15180"), said("Q159")], "RU"),
        ([{"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"}], ""),
    ],
)
def test_the_country_is_the_one_that_holds(
    citizenships: list[Item], expected: str, tmp_path: Path
) -> None:
    assert one(tmp_path, changed(HAFTAR, P27=citizenships)).country == expected


def test_a_country_keeps_its_own_code(tmp_path: Path) -> None:
    libya = item("Q1016", {"en": "Libya"}, {"P31": [said("Q6256")], "P297": [said("LY")]})
    entity = one(tmp_path, libya)
    assert (entity.kind, entity.country) == ("place", "LY")


def test_actors_of_another_country_are_left_aside(tmp_path: Path) -> None:
    rejects = Rejects()
    turk = {**changed(HAFTAR, P27=[said("Q43")]), "id": "Q9"}
    dual = {**changed(HAFTAR, P27=[said("Q43"), said("Q1016")]), "id": "Q10"}
    found = read(dump(tmp_path, HAFTAR, turk, dual), rejects=rejects, countries=frozenset({"LY"}))
    assert [(e.id, e.country) for e in found if isinstance(e, Entity)] == [
        ("Q558582", "LY"),
        ("Q10", "LY"),
    ]
    assert rejects.aside == {"of another country": 1}


def test_names_are_kept_in_the_languages_asked_for(tmp_path: Path) -> None:
    languages = frozenset({"ara"})
    assert {n.lang for n in one(tmp_path, HAFTAR, languages=languages).names} == {"ara"}
    assert [n.lang for n in one(tmp_path, GNA, languages=languages).names] == ["mul"]


def test_an_actor_without_a_name_in_them_is_left_aside(tmp_path: Path) -> None:
    rejects = Rejects()
    assert read(dump(tmp_path, HAFTAR), rejects=rejects, languages=frozenset({"kat"})) == []
    assert (rejects.count, rejects.aside) == (0, {"no name in a language asked for": 1})


def test_classes_are_restricted_and_added(tmp_path: Path) -> None:
    river = item("Q4022000", {"en": "Nile"}, {"P31": [said("Q4022")]})
    source = dump(tmp_path, HAFTAR, GNA, river)
    asked = [{"Q5"}, {"Q4022=place"}, {"Q5", "Q4022=place"}]
    found = [read(source, instance_of=frozenset(classes)) for classes in asked]
    assert [[entity.id for entity in each] for each in found] == [
        ["Q558582"],
        ["Q558582", "Q22906715", "Q4022000"],
        ["Q558582", "Q4022000"],
    ]


@pytest.mark.parametrize("asked", ["Q4022", "human", "Q5=animal"])
def test_a_class_of_unknown_kind_is_refused_before_reading(asked: str) -> None:
    with pytest.raises(FormatError, match=asked):
        wikidata.read([Source("missing.json")], Rejects(), Options(instance_of=frozenset({asked})))


def test_a_dump_is_read_zipped_and_without_brackets(tmp_path: Path) -> None:
    plain = dump(tmp_path, HAFTAR, GNA)
    zipped = tmp_path / "zip" / "dump.json.gz"
    zipped.parent.mkdir()
    zipped.write_bytes(gzip.compress(Path(plain.path).read_bytes()))
    bare = tmp_path / "bare" / "dump.json"
    bare.parent.mkdir()
    bare.write_text(f"{json.dumps(HAFTAR)}\n\n{json.dumps(GNA)}", "utf-8")
    assert read(plain) == read(Source(zipped)) == read(Source(bare))
    assert len(read(plain)) == 2


@pytest.mark.parametrize("indent", [None, 0, 2])
def test_a_document_of_entity_data_is_read(indent: int | None, tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    document = {"entities": {"Q558582": HAFTAR, "Q22906715": GNA}, "success": 1}
    path.write_text(json.dumps(document, indent=indent), "utf-8")
    assert read(Source(path)) == read(dump(tmp_path, HAFTAR, GNA))


def test_an_item_that_was_merged_away_redirects(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_text(json.dumps({"entities": {"Q77": HAFTAR}}), "utf-8")
    assert read(Source(path))[1:] == [Redirect("Q77", "Q558582", "dump.json")]


def test_a_bad_line_is_rejected_by_its_number(tmp_path: Path) -> None:
    good = json.dumps(HAFTAR).encode()
    bad = [b'{"id": "Q1"', b'{"type": "item"}', b'{"id": "Q2", "claims": 3}', b'"\xff"']
    bad.append(b"[" * 9999)
    path = tmp_path / "dump.json"
    path.write_bytes(b"[\n" + b",\n".join([good, *bad, good]) + b"\n]\n")
    rejects = Rejects()
    assert len(read(Source(path), rejects=rejects)) == 2
    assert [each.removeprefix(f"{path}:").split(":")[0] for each in rejects.first] == list("34567")
    with pytest.raises(RecordError, match=r"dump\.json:3: no item of Wikidata: "):
        read(Source(path), rejects=Rejects(strict=True))


def test_a_bad_document_is_rejected_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    broken = json.dumps({"entities": {"Q1": {"id": 5}, "Q558582": HAFTAR}}, indent=1)
    path.write_text(broken, "utf-8")
    rejects = Rejects()
    assert len(read(Source(path), rejects=rejects)) == 1
    assert rejects.first[0].startswith(f"{path}:3: no item of Wikidata: ")
    path.write_text('{"entities":\n{"Q1":\n}', "utf-8")
    assert read(Source(path), rejects=rejects) == []
    assert rejects.first[1].startswith(f"{path}:3: no document of Wikidata: ")


def test_languages_of_wikidata_become_iso_639_3() -> None:
    codes = ["zh-hans", "be-x-old", "be-tarask", "sr-el", "simple", "mul", "als", "zh-yue", "ckb"]
    found = [language_of(code) for code in codes]
    assert found == ["zho", "bel", "bel", "srp", "eng", "mul", "gsw", "yue", "ckb"]


def test_prominence_grows_with_sitelinks() -> None:
    for kind in ("person", "organization", "place"):
        found = [wikidata.prominence(kind, sitelinks) for sitelinks in range(500)]
        assert found == sorted(found)
        assert (found[0], found[-1]) == (1, 1000)


def test_the_tables_know_whom_the_news_means() -> None:
    assert {classes()[qid] for qid in ("Q7278", "Q43229", "Q133311")} == {"organization"}
    assert [country(qid) for qid in ("Q1016", "Q43", "Q219060", "Q15180")] == ["LY", "TR", "PS", ""]


def test_the_countries_are_regenerated() -> None:
    pytest.importorskip("rigour")
    if version("rigour") != wikidata_countries.RELEASE:
        pytest.skip(f"rigour {version('rigour')}, not {wikidata_countries.RELEASE}")
    committed = Path(wikidata_countries.__file__).with_suffix(".tsv").read_text("utf-8")
    assert wikidata_countries.text() == committed
