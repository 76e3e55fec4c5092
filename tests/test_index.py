"""An index knows of each actor what its gazetteer says: in memory, and in a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gazetteer import Entity, EntityName, Gazetteer, load
from resolve.index import Index
from resolve.names.offices import Office, offices

TOY = load(Path(__file__).parent / "toy")
ENTITIES = sorted(TOY, key=lambda entity: entity.id)


@pytest.fixture(scope="module", params=["memory", "file"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.of(TOY)
    if request.param == "file":
        path = tmp_path_factory.mktemp("index") / "toy.idx"
        index.save(path)
        index = Index.open(path)
    return index


def test_a_row_is_its_actors(index: Index) -> None:
    rows = [index.row(entity.id) for entity in ENTITIES]
    assert rows == [index.row(entity.id) for entity in ENTITIES] == list(range(len(index)))
    assert [index.actor(row) for row in rows] == [(e.id, e.name, e.kind) for e in ENTITIES]


@pytest.mark.parametrize("id", ["", "a", "khalifa", "khalifa-haftar-2", "zz", "\ud800"])
def test_nobody_has_an_id_that_isnt_there(index: Index, id: str) -> None:
    assert index.row(id) == index.row(id) == -1


def test_actors_have_their_countries(index: Index) -> None:
    rows = np.arange(len(index))[::-1]
    assert index.countries(rows) == [entity.country for entity in reversed(ENTITIES)]
    assert index.countries(rows[:0]) == []


def test_an_actor_without_a_country_has_none() -> None:
    one = Entity("nobody", (EntityName("Nobody"),))
    assert Index.of(Gazetteer(name="one", entities=(one,))).countries(np.array([0])) == [""]


def test_persons_are_told_from_others(index: Index) -> None:
    assert [index.is_person(k) for k in range(len(index))] == [
        entity.kind == "person" for entity in ENTITIES
    ]


def test_persons_hold_the_offices_of_their_descriptions(index: Index) -> None:
    for row, entity in enumerate(ENTITIES):
        held = offices(entity.description) if entity.kind == "person" else ()
        assert index.offices(row) == held
    akar = index.offices(index.row("hulusi-akar"))
    assert akar == (Office("defence minister", 2018, 2023),)


def test_an_index_without_a_name_is_one() -> None:
    empty = Index.of(Gazetteer.empty())
    assert len(empty) == 0 and empty.row("") == -1
    assert empty.countries(np.array([], np.int64)) == []
    assert empty.phrases.kinds(0) == 0
