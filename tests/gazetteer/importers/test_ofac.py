"""OFAC's list says the same in its CSV and XML; the enhanced form adds names in their script."""

import random
from pathlib import Path

import pytest

from gazetteer import Entity, RecordError
from gazetteer.importers import read
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

CASES = Path(__file__).parents[2] / "cases" / "imports"
SDN, ALT, ADD, COMMENTS, XML, ENHANCED = (
    (CASES / f"ofac_{name}").read_text(encoding="utf-8")
    for name in ("sdn.csv", "alt.csv", "add.csv", "comments.csv", "sdn.xml", "enhanced.xml")
)

SALEM = {
    "Salem Omar AL-WADDANI": "primary",
    "Salim WADDANI": "alias",
    "Salem FEZZANI": "former",
    "ABU-'UMAR": "weak",
    "THE COLONEL": "weak",
}


def imported(folder: Path, rejects: Rejects, *texts: str) -> dict[str, Entity]:
    sources = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        sources.append(Source(path))
    found = read("ofac", sources, rejects, Options())
    return {each.id: each for each in found if isinstance(each, Entity)}


def kinds(actor: Entity) -> dict[str, str]:
    return {name.text: name.kind for name in actor.names}


def test_the_csv_files_are_told_by_their_columns_in_any_order(tmp_path: Path) -> None:
    found = set()
    for seed in range(6):
        files = random.Random(seed).sample([SDN, ALT, ADD, COMMENTS], 4)
        actors = imported(tmp_path, Rejects(), *files)
        person, company, other = (actors[f"ofac:{number}"] for number in (901, 902, 904))
        assert kinds(person) == SALEM
        assert (person.kind, person.country, person.description) == ("person", "LY", "Colonel")
        assert person.note == "LIBYA3; SDGT; DOB 1970; Gender Male"
        assert kinds(company) == {"SAHEL TRADING COMPANY, LTD.": "primary", "SAHEL GROUP": "alias"}
        assert (company.kind, company.country, company.note) == ("organization", "MT", "LIBYA3")
        assert (other.name, other.country) == ("Samuel KNOWLES JR.", "BS")
        assert other.note == "SDNT; Linked To: SAHEL TRADING COMPANY"
        found.add(tuple(actors))
    assert found == {("ofac:901", "ofac:902", "ofac:904")}


def test_a_name_that_was_turned_says_how_it_is_listed(tmp_path: Path) -> None:
    actor = imported(tmp_path, Rejects(), SDN)["ofac:901"]
    assert actor.names[0].note == "listed as AL-WADDANI, Salem Omar"


def test_vessels_are_left_aside_and_what_is_broken_is_told_by_file_and_line(tmp_path: Path) -> None:
    rejects = Rejects()
    imported(tmp_path, rejects, ALT, SDN)
    assert rejects.aside == {"vessel": 1}
    assert [reject.removeprefix(str(tmp_path)) for reject in rejects.first] == [
        "/1.txt:5: 2 fields (the others have 12)",
        "/0.txt:4: belongs to the party '999', which SDN.CSV doesn't have (give both of one day)",
    ]


def test_sdn_xml_tells_the_same(tmp_path: Path) -> None:
    rejects = Rejects()
    actors = imported(tmp_path, rejects, XML)
    assert kinds(actors["ofac:901"]) == SALEM
    assert actors["ofac:901"].country == "LY"
    assert actors["ofac:901"].note == "LIBYA3; SDGT"
    assert (actors["ofac:902"].kind, actors["ofac:902"].country) == ("organization", "MT")
    assert kinds(actors["ofac:902"]) == {"SAHEL TRADING COMPANY, LTD.": "primary"}
    assert (rejects.count, rejects.aside) == (0, {"vessel": 1})


def test_the_enhanced_form_has_names_in_their_own_script(tmp_path: Path) -> None:
    actor = imported(tmp_path, Rejects(), ENHANCED)["ofac:901"]
    assert kinds(actor) == {
        "Salem Omar AL-WADDANI": "primary",
        "سالم عمر الوداني": "alias",
        "ABU-'UMAR": "weak",
    }
    assert actor.names[1].note == "Arabic script"
    assert (actor.country, actor.description, actor.note) == ("LY", "Colonel", "LIBYA3")


def test_the_csv_without_its_main_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"SDN\.CSV is not among them"):
        imported(tmp_path, Rejects(), ALT, ADD)


@pytest.mark.parametrize("text", ["id,name\n1,Ali\n", "", "<html/>", "1,2,3\n"])
def test_a_file_of_another_kind_is_refused_by_name_and_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(RecordError, match=r"0\.txt:1: "):
        imported(tmp_path, Rejects(), text)
