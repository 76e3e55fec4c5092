"""A table is read as its columns are told; its actors are those of the table read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer import Entity, load
from gazetteer.errors import FormatError, RecordError
from gazetteer.gathering import gathered
from gazetteer.importers import read
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source


def imported(
    path: Path, text: str, rejects: Rejects | None = None, **columns: str
) -> dict[str, Entity]:
    path.write_bytes(text.encode())
    told = Options({key.replace("__", ":"): column for key, column in columns.items()})
    found = read("table", [Source(path)], rejects or Rejects(strict=True), told)
    return {each.id: each for each in gathered(found) if isinstance(each, Entity)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.csv"


def test_it_reads_what_load_reads(path: Path) -> None:
    text = (
        "Comment,NAME,Type,ID,Lang,Kind,Country,Prominence\n"
        "x,GNA,acronym,gna,EN,Organization,ly,500\n"
        "z,Yas\u0327ar  Güler,,Q7,,,,\n"
        'y,"حكومة\u200f الوفاق",primary,gna,ar,,,\n'
    )
    found = imported(path, text)
    loaded = {each.id: each for each in load(path)}
    assert found == loaded


def test_columns_are_told_by_name(path: Path) -> None:
    text = "QID\tlabel\tlanguage\tcc\nQ1\tAli\tar\tLY\n"
    (one,) = imported(path, text, id="qid", name="label", lang="language", country="cc").values()
    assert (one.id, one.country) == ("Q1", "LY")
    assert [(n.text, n.lang, n.kind, n.source) for n in one.names] == [
        ("Ali", "ara", "primary", "mine.csv")
    ]


def test_a_column_may_be_of_a_type_and_a_language(path: Path) -> None:
    text = "id;name_ar;name_en;aka;note\na;علي;Ali;Abu Ali | Aly;of Tripoli\n"
    found = imported(path, text, name__ar="name_ar", primary__en="name_en", weak="aka", split="|")
    assert [(n.text, n.lang, n.kind) for n in found["a"].names] == [
        ("علي", "ara", "alias"),
        ("Ali", "eng", "primary"),
        ("Abu Ali", "und", "weak"),
        ("Aly", "und", "weak"),
    ]
    assert found["a"].note == "of Tripoli"


def test_kinds_may_be_tags_and_a_script_may_stand_for_a_language(path: Path) -> None:
    found = imported(path, "id,name,lang,kind\na,Ali,Latn,PER\nb,طرابلس,Arab,GPE\n")
    assert [(each.kind, each.names[0].lang) for each in found.values()] == [
        ("person", "und"),
        ("place", "und"),
    ]


def test_a_key_that_cannot_be_an_id_becomes_one(path: Path) -> None:
    text = "key,name,note\nاسم:علي,علي,\nQ7,Omar,\nاسم:على,على,seen\nاسم:علي,Ali,\n"
    found = imported(path, text)
    assert list(found) == ["Q7", "sm-la-6eed1306bd8b", "sm-ly-0cad29703712"]
    assert [[name.text for name in each.names] for each in found.values()] == [
        ["Omar"],
        ["على"],
        ["علي", "Ali"],
    ]
    assert [each.note for each in found.values()] == ["", "seen; key اسم:على", "key اسم:علي"]


def test_rows_of_an_id_need_not_be_neighbours(path: Path) -> None:
    found = imported(path, "id,name,country\na,Ali,\nb,Omar,\na,Aly,LY\n")
    assert [name.text for name in found["a"].names] == ["Ali", "Aly"]
    assert [name.kind for name in found["a"].names] == ["primary", "alias"]
    assert found["a"].country == "LY"


def test_what_cannot_be_read_is_rejected_at_its_line(path: Path) -> None:
    rejects = Rejects()
    text = (
        "id,name,kind,type,lang,country\n"
        "a b,Ali,,,,\n"
        "b,Ali,human,,,\n"
        "c,,,,,\n"
        "d,Ali\n"
        "e,Ali,,main,,\n"
        "f,Ali,,,klingon,Libya\n"
        "g,Ali,,,,\n"
    )
    found = imported(path, text, rejects)
    assert sorted(found) == ["f", "g"]
    assert [reject.removeprefix(str(path)).split(" (")[0] for reject in rejects.first] == [
        ":2: 'a b': is no id",
        ":3: 'b': kind 'human'",
        ":4: 'c': has no name that can be used",
        ":5: 2 fields",
        ":6: 'e': kind of name 'main'",
        ":6: 'e': has no name that can be used",
        ":7: 'f': lang 'klingon' is no language",
        ":7: 'f': country 'LIBYA'",
    ]


@pytest.mark.parametrize(
    ("header", "columns", "what"),
    [
        ("QID,name", {}, "no column 'id'.*--column id=COLUMN"),
        ("id,label", {}, "no column 'name'"),
        ("id,name", {"lang": "language"}, "no column 'language'"),
        ("id,name,Name", {}, "more than one column 'name'"),
    ],
)
def test_a_header_that_lacks_a_column_is_rejected(
    header: str, columns: dict[str, str], what: str, path: Path
) -> None:
    with pytest.raises(RecordError, match=f":1: .*{what}"):
        imported(path, f"{header}\na,Ali\n", **columns)


@pytest.mark.parametrize("columns", [{"nome": "x"}, {"id__en": "x"}, {"name__qqqq": "x"}])
def test_an_option_that_is_no_column_is_an_error(columns: dict[str, str], path: Path) -> None:
    with pytest.raises(FormatError, match="column"):
        imported(path, "id,name\n", **columns)


def test_a_format_says_which_there_are_and_what_it_takes(path: Path) -> None:
    with pytest.raises(FormatError, match=r"no format 'csv'(.|\n)*table .*a CSV or TSV"):
        read("csv", [], Rejects(), Options())
    with pytest.raises(FormatError, match="'table' takes no countries"):
        read("table", [], Rejects(), Options(countries=frozenset({"LY"})))
