"""The UN's list gives its individuals and entities, with the quality of each alias."""

import shutil
from pathlib import Path

import pytest

from gazetteer import Entity, RecordError
from gazetteer.importers import read
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

LIST = Path(__file__).parents[2] / "cases" / "imports" / "un.xml"


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(shutil.copy(LIST, tmp_path / "consolidated.xml"))


@pytest.fixture
def actors(source: Source) -> dict[str, Entity]:
    return {actor.id: actor for actor in imported(source, Rejects())}


def imported(source: Source, rejects: Rejects) -> list[Entity]:
    found = read("un", [source], rejects, Options())
    return [each for each in found if isinstance(each, Entity)]


def kinds(actor: Entity) -> dict[str, str]:
    return {name.text: name.kind for name in actor.names}


def test_an_individual_has_its_name_composed_and_its_aliases_by_quality(
    actors: dict[str, Entity],
) -> None:
    actor = actors["un:1001"]
    assert kinds(actor) == {
        "SALEM OMAR AL-WADDANI": "primary",
        "سالم عمر الوداني": "alias",
        "Salim Al-Waddani": "alias",
        "Abu Omar": "weak",
    }
    notes = {name.script: name.note for name in actor.names if name.note}
    assert notes == {"Arab": "original script", "Latn": "listed as Al-Waddani, Salim"}
    assert {name.source for name in actor.names} == {"consolidated.xml"}
    assert (actor.kind, actor.country, actor.description) == ("person", "LY", "Colonel")
    assert actor.note == "LYi.901; Libya; A name made up for a test."


def test_an_entity_keeps_its_commas_and_has_former_names(actors: dict[str, Entity]) -> None:
    actor = actors["un:2001"]
    assert kinds(actor) == {
        "SAHEL TRADING COMPANY, LTD": "primary",
        "STC": "alias",
        "SAHEL IMPORT, TRIPOLI": "former",
    }
    assert (actor.kind, actor.country) == ("organization", "MT")


def test_a_comma_within_a_part_of_a_name_turns_nothing_round(actors: dict[str, Entity]) -> None:
    assert actors["un:1003"].name == "MATHIEU CHUI N\u2019GOMA"


def test_a_country_that_is_not_known_is_kept_in_the_note(actors: dict[str, Entity]) -> None:
    assert (actors["un:1003"].country, actors["un:1003"].note) == ("", "Ruritania")


def test_a_record_that_tells_of_nobody_is_rejected_by_its_line(source: Source) -> None:
    rejects = Rejects()
    imported(source, rejects)
    assert [reject.removeprefix(source.path)[:9] for reject in rejects.first] == [
        ":21: 'un:",
        ":22: 'un:",
    ]
    with pytest.raises(RecordError, match=":21: "):
        imported(source, Rejects(strict=True))


def test_another_xml_file_is_refused(source: Source) -> None:
    Path(source.path).write_text("<export/>", encoding="utf-8")
    with pytest.raises(RecordError, match="<CONSOLIDATED_LIST>"):
        imported(source, Rejects())
