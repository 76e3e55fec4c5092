"""Statements become actors wherever their rows stand; names keep language and sightings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Entity, RecordError, Redirect
from gazetteer.importers import statements
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

HEADER = (
    "canonical_id,entity_id,prop,prop_type,schema,value,dataset,lang,external,first_seen,last_seen"
)
ROWS = [
    "NK-1,eu-1,name,name,Person,Nadia Ferhat,eu_list,fra,f,2021-01-02,2024-05-06",
    "NK-1,eu-1,name,name,Person,نادية فرحات,eu_list,ara,f,2021-01-02,2024-05-06",
    "NK-1,ch-9,name,name,LegalEntity,Nadia Ferhat,ch_list,fra,f,2022-03-04,",
    "NK-1,ch-9,weakAlias,name,LegalEntity,Nadia,ch_list,,f,,",
    "NK-1,eu-1,nationality,country,Person,dz,eu_list,,f,2021-01-02,2024-05-06",
    "NK-1,eu-1,birthDate,date,Person,1970-02-03,eu_list,,f,2021-01-02,2024-05-06",
    'b,b,name,name,Company,"Brick, Sons & ""Co""",eu_list,eng,f,2020,2024',
    "b,b,registrationNumber,identifier,Company,777,eu_list,,f,2020,2024",
]


def read(
    path: Path, rows: list[str], rejects: Rejects | None = None, header: str = HEADER
) -> list[Entity | Redirect]:
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    rejects = Rejects() if rejects is None else rejects
    return list(statements.read([Source(path)], rejects, Options()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "statements.csv"


def test_names_keep_their_language_and_where_and_when_they_were_seen(path: Path) -> None:
    person, *redirects, company = read(path, ROWS)
    assert isinstance(company, Entity)
    assert (company.id, company.kind, company.name) == ("b", "organization", 'Brick, Sons & "Co"')
    assert isinstance(person, Entity)
    assert [(n.text, n.lang, n.kind, n.note) for n in person.names] == [
        (
            "Nadia Ferhat",
            "fra",
            "primary",
            "in ch_list 2022-03-04/; in eu_list 2021-01-02/2024-05-06",
        ),
        ("نادية فرحات", "ara", "primary", "in eu_list 2021-01-02/2024-05-06"),
        ("Nadia", "und", "weak", "in ch_list"),
    ]
    assert (person.kind, person.country) == ("person", "DZ")
    assert person.description == "born 1970-02-03"
    assert redirects == [
        Redirect("eu-1", "NK-1", "statements.csv"),
        Redirect("ch-9", "NK-1", "statements.csv"),
    ]


@given(st.permutations(ROWS))
def test_rows_of_an_actor_need_not_stand_together(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str]
) -> None:
    path = tmp_path_factory.mktemp("statements") / "statements.csv"
    found = read(path, rows)
    assert [each.id for each in found if isinstance(each, Entity)] == ["NK-1", "b"]
    assert {_facts(each) for each in found} == {_facts(each) for each in read(path, ROWS)}


def _facts(each: Entity | Redirect) -> tuple[object, ...]:
    if isinstance(each, Redirect):
        return (each.id, each.target)
    names = frozenset((name.text, name.lang, name.kind, name.note) for name in each.names)
    return (each.id, each.kind, each.country, each.description, names)


def test_rows_of_an_actor_may_stand_in_several_files(tmp_path: Path) -> None:
    sources = []
    for number, row in enumerate(ROWS[:2]):
        sources.append(Source(tmp_path / f"{number}.csv"))
        Path(sources[-1].path).write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    found = list(statements.read(sources, Rejects(), Options()))
    assert len([each for each in found if isinstance(each, Entity)]) == 1


def test_what_is_no_actor_and_what_is_not_confirmed_is_counted(path: Path) -> None:
    rejects = Rejects()
    rows = [
        "v,v,imoNumber,identifier,Vessel,123,eu_list,,f,,",
        "v,v,name,name,Vessel,Al Bahr,eu_list,,f,,",
        "c,c,name,name,Person,Someone,eu_list,,t,,",
    ]
    assert read(path, rows, rejects) == []
    assert rejects.aside == {"Vessel": 1, "external statement": 1}
    assert rejects.count == 0


@pytest.mark.parametrize(
    ("rows", "failure"),
    [
        (["a,a,name"], ":2: 3 fields (the header has 11)"),
        (["a,a,country,country,Person,ly,x,,f,,"], ":2: 'a': has no name"),
        (
            ["a,a,name,name,Person,A,x,,f,,", "a,a,name,name,Company,A,x,,f,,"],
            ":2: 'a': is of schemata that contradict each other: Person, Company",
        ),
        (["a,no id,name,name,Person,A,x,,f,,"], ":2: 'a': entity_id 'no id' is no id"),
    ],
)
def test_what_is_broken_is_rejected_at_its_line(path: Path, rows: list[str], failure: str) -> None:
    rejects = Rejects()
    found = read(path, [*rows, *ROWS], rejects)
    assert {"NK-1", "b"} <= {each.id for each in found}
    assert rejects.first[0].removeprefix(str(path)).startswith(failure)
    with pytest.raises(RecordError):
        read(path, rows, Rejects(strict=True))


def test_a_file_that_is_none_of_statements_is_one_reject(path: Path) -> None:
    rejects = Rejects()
    assert read(path, ["a,Ali"], rejects, header="id,name") == []
    assert rejects.first == [f"{path}:1: no column 'canonical_id' (the header has: id, name)"]
