"""The rows of OpenSanctions' simple table become actors."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer import Entity, RecordError
from gazetteer.importers import opensanctions
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

HEADER = (
    '"id","schema","name","aliases","birth_date","countries","addresses","identifiers",'
    '"sanctions","phones","emails","program_ids","dataset","first_seen","last_seen","last_change"'
)
TAIL = '"","","","","","","A list","2021-01-02T03:04:05","2024-05-06T07:08:09","2023-01-01"'
PERSON = (
    '"Q42","Person","Ferhat; the Elder","Nadia Ferhat;""N; Ferhat"";نادية فرحات","1970;1971",'
    f'"dz;fr",{TAIL}'
)
VESSEL = f'"NK-v","Vessel","Al Bahr","","","pa",{TAIL}'


def read(path: Path, rows: list[str], rejects: Rejects) -> list[Entity]:
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return list(opensanctions.read([Source(path)], rejects, Options()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "targets.simple.csv"


def test_aliases_are_parted_at_semicolons_that_no_quotation_mark_holds(path: Path) -> None:
    rejects = Rejects()
    (person,) = read(path, [PERSON, VESSEL], rejects)
    assert [(n.text, n.kind, n.source) for n in person.names] == [
        ("Ferhat; the Elder", "primary", "targets.simple.csv"),
        ("Nadia Ferhat", "alias", "targets.simple.csv"),
        ("N; Ferhat", "alias", "targets.simple.csv"),
        ("نادية فرحات", "alias", "targets.simple.csv"),
    ]
    assert (person.id, person.kind, person.country) == ("Q42", "person", "DZ")
    assert (person.wikidata, person.description) == ("Q42", "born 1970; born 1971")
    assert rejects.aside == {"Vessel": 1}
    assert rejects.count == 0


@pytest.mark.parametrize(
    ("row", "failure"),
    [
        (f'"no id","Person","A","","","",{TAIL}', ":2: 'no id': is no id"),
        (f'"a","Person","","","","",{TAIL}', ":2: 'a': has no name"),
        ('"a","Person","A"', ":2: 3 fields (the header has 16)"),
    ],
)
def test_what_is_broken_is_rejected_at_its_line(path: Path, row: str, failure: str) -> None:
    rejects = Rejects()
    assert [each.id for each in read(path, [row, PERSON], rejects)] == ["Q42"]
    assert rejects.first[0].removeprefix(str(path)).startswith(failure)
    with pytest.raises(RecordError):
        read(path, [row], Rejects(strict=True))
