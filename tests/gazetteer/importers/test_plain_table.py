"""A plain table of names becomes actors; what can't be read fails at its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer, RecordError, load, save, validate


def table(folder: Path, text: str, name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def failures(path: Path) -> list[str]:
    return [failure.removeprefix(str(path)) for failure in validate(path)]


def test_rows_of_one_id_are_one_actor(tmp_path: Path) -> None:
    text = "id,name\nun:110,Salah al-Namroush\nun:110,صلاح النمروش\nQ7,Hulusi Akar\n"
    mine = load(table(tmp_path, text))
    assert mine.name == "mine"
    assert [entity.id for entity in mine] == ["Q7", "un:110"]
    names = mine.get("un:110").names
    assert [(n.text, n.lang, n.script, n.kind) for n in names] == [
        ("Salah al-Namroush", "und", "Latn", "primary"),
        ("صلاح النمروش", "und", "Arab", "alias"),
    ]
    assert {n.source for n in names} == {"mine.csv"}


def test_columns_are_found_in_any_order_and_case(tmp_path: Path) -> None:
    text = (
        "Comment,NAME,Type,ID,Lang,Kind,Country,Prominence\n"
        "x,GNA,acronym,gna,EN,Organization,ly,500\n"
        "y,حكومة الوفاق,primary,gna,ar,,,\n"
    )
    entity = load(table(tmp_path, text)).get("gna")
    assert (entity.kind, entity.country, entity.prominence) == ("organization", "LY", 500)
    assert [(n.lang, n.kind) for n in entity.names] == [("eng", "acronym"), ("ara", "primary")]


def test_an_explicit_primary_name_is_not_rivalled(tmp_path: Path) -> None:
    text = "id,name,type\na,Dbeibah,\na,Abdul Hamid Dbeibah,primary\n"
    entity = load(table(tmp_path, text)).get("a")
    assert [name.kind for name in entity.names] == ["alias", "primary"]


def test_the_extension_tells_the_delimiter(tmp_path: Path) -> None:
    path = table(tmp_path, "id\tname\na\tHaftar, Khalifa\n", "mine.TSV")
    assert load(path).get("a").name == "Haftar, Khalifa"
    path = table(tmp_path, 'id,name\r\na,"Haftar, Khalifa"\r\n', "mine.CSV")
    assert load(path).get("a").name == "Haftar, Khalifa"


def test_what_is_written_by_hand_is_tidied(tmp_path: Path) -> None:
    text = "\ufeffid,name\n a , \u200fYas\u0327ar  G\u00fcler\u00a0\n\n , \n"
    assert load(table(tmp_path, text)).get("a").name == "Yaşar Güler"


def test_every_line_of_a_txt_is_an_actor(tmp_path: Path) -> None:
    text = "Khalifa Haftar\n\n  خليفة حفتر \nKhalifa Haftar\nKHALIFA HAFTAR\n"
    mine = load(table(tmp_path, text, "mine.txt"))
    assert sorted(entity.name for entity in mine) == [
        "KHALIFA HAFTAR",
        "Khalifa Haftar",
        "خليفة حفتر",
    ]
    assert {entity.kind for entity in mine} == {"person"}


@given(st.permutations(["Ali", "ALI", "ali", "علي", "Omar"]))
def test_ids_of_a_txt_ignore_the_order_of_lines(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = table(tmp_path_factory.mktemp("txt"), "\n".join(lines), "mine.txt")
    ids = {entity.name: entity.id for entity in load(path)}
    assert [ids[name] for name in ("ALI", "Ali", "ali")] == ["ali", "ali-2", "ali-3"]


def test_it_can_be_saved_as_a_data_package(tmp_path: Path) -> None:
    mine = load(table(tmp_path, "id,name,lang\nun:1,Ali,en\nun:1,علي,ar\n"))
    save(mine, tmp_path / "package")
    assert load(tmp_path / "package").version == mine.version


def test_an_empty_table_is_an_empty_gazetteer(tmp_path: Path) -> None:
    assert load(table(tmp_path, "id,name\n")).entities == Gazetteer.empty().entities
    assert len(load(table(tmp_path, "", "mine.txt"))) == 0


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("id;name\na;Ali\n", ":1: no column 'id' (the header has: id;name"),
        ("id,title\na,Ali\n", ":1: no column 'name'"),
        ("", ":1: no column 'id' (the header has: nothing"),
        ("id,name,Name\na,Ali,Ali\n", ":1: two columns 'name'"),
        ("id,name\na,Ali\nb\n", ":3: 1 fields (the header has 2)"),
        ("id,name\na b,Ali\n", ":2: id 'a b'"),
        ("id,name\n,Ali\n", ":2: id ''"),
        ("id,name\na,\n", ":2: the name is empty"),
        ("id,name\na,Ali\na,Ali\n", ":3: 'Ali' (und) of 'a' stands in line 2"),
        ("id,name,kind\na,Ali,human\n", ":2: kind 'human'"),
        ("id,name,kind\na,Ali,person\na,Aly,place\n", ":3: kind 'place' of 'a'"),
        ("id,name,type\na,Ali,main\n", ":2: kind of name 'main'"),
        ("id,name,lang\na,Ali,zz\n", ":2: lang 'zz'"),
        ("id,name,prominence\na,Ali,2000\n", ":2: prominence '2000'"),
        ("id,name,type\na,Ali,primary\na,Aly,primary\n", ":3: 'a' has a primary name"),
        ("id,name\na,A\u0000li\n", ":2: name 'A\\x00li': control"),
        ('id,name\na,Ali\nb,"Omar\nc,Aly\n', ":3: a quoted field runs to line "),
    ],
)
def test_what_cannot_be_read_fails_at_its_line(text: str, failure: str, tmp_path: Path) -> None:
    found = failures(table(tmp_path, text))
    assert any(one.startswith(failure) for one in found), found


def test_undecodable_bytes_name_line_and_byte(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_bytes("Ali\nعلي".encode("windows-1256"))
    with pytest.raises(RecordError, match=r"mine\.txt:2: byte 0xda at position 1 "):
        load(path)
