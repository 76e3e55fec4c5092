"""JRC-Names gives persons, organizations and places, a line a name."""

from pathlib import Path

import pytest

from gazetteer import Entity, RecordError
from gazetteer.importers import read
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

LINES = (Path(__file__).parents[2] / "cases" / "imports" / "jrc.txt").read_bytes()


def imported(path: Path, data: bytes, rejects: Rejects) -> list[Entity]:
    path.write_bytes(data)
    found = read("jrc", [Source(path)], rejects, Options())
    return [each for each in found if isinstance(each, Entity)]


def test_the_lines_of_one_number_are_one_actor(tmp_path: Path) -> None:
    rejects = Rejects()
    person, company, place = imported(tmp_path / "entities", LINES, rejects)
    assert [(name.text, name.lang, name.kind) for name in person.names] == [
        ("Salem al-Waddani", "und", "primary"),
        ("سالم الوداني", "ara", "alias"),
        ("Selim el-Veddani", "tur", "alias"),
    ]
    assert (person.id, person.kind) == ("jrc:11", "person")
    assert (company.id, company.kind, company.name) == ("jrc:12", "organization", "Sahel Trading")
    assert (place.id, place.kind) == ("jrc:14", "place")
    assert rejects.aside == {"number 0": 1, "type E": 1}


def test_a_broken_line_is_rejected_alone(tmp_path: Path) -> None:
    rejects = Rejects()
    path = tmp_path / "entities"
    found = imported(path, LINES + b"16\tP\tu\tCaf\xe9\n17\tP\tu\tOmar\n", rejects)
    assert [actor.id for actor in found] == ["jrc:11", "jrc:12", "jrc:14", "jrc:17"]
    assert [reject.removeprefix(f"{path}:")[:3] for reject in rejects.first] == ["12:", "13:"]
    assert "byte 0xe9 is not UTF-8" in rejects.first[1]
    with pytest.raises(RecordError, match=":12: "):
        imported(path, LINES, Rejects(strict=True))
