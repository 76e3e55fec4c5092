"""The EU's list says the same in either form: names, how strong they are, and where one is from."""

import io
import sys
from pathlib import Path

import pytest

from gazetteer import Entity, RecordError
from gazetteer.importers import read
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

CASES = Path(__file__).parents[2] / "cases" / "imports"
XML = (CASES / "eu.xml").read_text(encoding="utf-8")
CSV = (CASES / "eu.csv").read_text(encoding="utf-8")


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path / "fsf")


def imported(source: Source, data: str | bytes, rejects: Rejects) -> list[Entity]:
    Path(source.path).write_bytes(data.encode() if isinstance(data, str) else data)
    return [each for each in read("eu", [source], rejects, Options()) if isinstance(each, Entity)]


@pytest.mark.parametrize(("data", "line"), [(XML, 26), (CSV, 15), ("\ufeff" + CSV, 15)])
def test_both_forms_tell_the_same_of_the_same_actors(source: Source, data: str, line: int) -> None:
    rejects = Rejects()
    person, company = imported(source, data, rejects)
    assert {name.text: (name.kind, name.lang) for name in person.names} == {
        "Salem al-Waddani": ("primary", "eng"),
        "سالم الوداني": ("alias", "ara"),
        "Salim O. Waddani": ("alias", "und"),
        "Abu Omar": ("weak", "und"),
        "The Colonel": ("weak", "und"),
        "Salem Fezzani": ("former", "und"),
    }
    assert (person.id, person.kind, person.country) == ("eu:901", "person", "LY")
    assert person.description == "Colonel"
    assert person.note == "EU.901.1; LYi.901; LBY; Made up for a test."
    assert (company.id, company.kind, company.country) == ("eu:902", "organization", "MT")
    assert rejects.aside == {"vessel": 1}
    assert rejects.first[-1].startswith(f"{source.path}:{line}: 'eu:904': has no name")


def test_a_row_without_all_its_fields_is_rejected_by_its_line(source: Source) -> None:
    rejects = Rejects()
    imported(source, CSV, rejects)
    assert rejects.first[0] == f"{source.path}:13: 2 fields (the header has 18)"


def test_the_older_csv_is_read_with_its_three_letter_countries(source: Source) -> None:
    data = (
        "Entity_logical_id;Subject_type;Naal_wholename;Naal_logical_id;Citi_country\n"
        "901;P;Salem al-Waddani;1;\n901;P;;2;LBY\n"
    )
    (actor,) = imported(source, data, Rejects())
    assert (actor.id, actor.name, actor.country) == ("eu:901", "Salem al-Waddani", "LY")


def test_windows_1252_is_rejected_line_by_line_and_never_read_wrong(source: Source) -> None:
    header, row, *_ = CSV.splitlines()
    data = "\n".join([header, row.replace("Salem", "Salém"), row]).encode("cp1252")
    rejects = Rejects()
    (actor,) = imported(source, data, rejects)
    assert [name.text for name in actor.names] == ["Salem al-Waddani"]
    assert f"{source.path}:2: byte 0xe9 " in rejects.first[0]


def test_xml_in_utf_16_is_told_from_csv(source: Source) -> None:
    data = XML.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    assert len(imported(source, data, Rejects())) == 2


def test_another_csv_is_refused(source: Source) -> None:
    with pytest.raises(RecordError, match=r":1: .* no column for the id \(the header has: id, x"):
        imported(source, "id;x\n1;2\n", Rejects())


@pytest.mark.parametrize("data", [XML, CSV])
def test_standard_input_is_read_from_its_beginning(
    monkeypatch: pytest.MonkeyPatch, data: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert len(list(read("eu", [Source("-")], Rejects(), Options()))) == 2
