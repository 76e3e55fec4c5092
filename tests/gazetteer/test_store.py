"""What a loaded gazetteer answers, what merging keeps, and what saving writes."""

import copy
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import (
    Entity,
    EntityName,
    Gazetteer,
    NotFoundError,
    RecordError,
    Redirect,
    UnknownIdError,
    load,
    save,
)

TOY = Path(__file__).parent.parent / "toy"


@pytest.fixture(scope="module")
def toy() -> Gazetteer:
    return load(TOY)


def actor(id: str, *names: str, **facts: object) -> Entity:
    first = True
    own = []
    for text in names:
        own.append(EntityName(text, "eng", "Latn", "primary" if first else "alias", "test"))
        first = False
    return Entity(id, tuple(own), source="test", **facts)  # type: ignore[arg-type]


ids = st.sampled_from(["a", "b", "c", "d", "e"])
actors = st.builds(lambda id, names: actor(id, *names), ids, st.sets(ids, min_size=1))
gazetteers = st.lists(actors, unique_by=lambda entity: entity.id).map(
    lambda entities: Gazetteer("some", tuple(entities))
)


def test_actors_are_sorted_by_id(toy: Gazetteer) -> None:
    found = [entity.id for entity in toy]
    assert found == sorted(found)
    assert len(toy) == len(found) == 13


def test_a_folder_and_its_descriptor_are_the_same(toy: Gazetteer) -> None:
    assert load(TOY / "datapackage.json").version == toy.version


def test_get_follows_redirects(toy: Gazetteer) -> None:
    assert toy.get("abdulhamid-dbeibah").id == "abdul-hamid-dbeibah"
    assert toy.redirects == {"abdulhamid-dbeibah": "abdul-hamid-dbeibah"}


def test_an_unknown_id_suggests_the_close_ones(toy: Gazetteer) -> None:
    with pytest.raises(UnknownIdError, match="did you mean khalifa-haftar"):
        toy.get("khalifa-hafter")
    with pytest.raises(KeyError):
        toy.get("")


def test_membership_counts_redirects(toy: Gazetteer) -> None:
    assert "tripoli" in toy
    assert "abdulhamid-dbeibah" in toy
    assert "benghazi" not in toy


def test_it_cannot_be_changed(toy: Gazetteer) -> None:
    with pytest.raises(AttributeError):
        toy.entities = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        toy.redirects["x"] = "y"  # type: ignore[index]


def test_it_travels_between_processes(toy: Gazetteer) -> None:
    assert toy.redirects
    for twin in (pickle.loads(pickle.dumps(toy)), copy.deepcopy(toy)):
        assert twin.version == toy.version
        assert twin.get("abdulhamid-dbeibah") == toy.get("abdul-hamid-dbeibah")


def test_the_empty_one_knows_nobody() -> None:
    empty = Gazetteer.empty()
    assert len(empty) == 0
    assert list(empty) == []
    with pytest.raises(UnknownIdError):
        empty.get("tripoli")


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path, tmp_path / "x" / "datapackage.json"):
        with pytest.raises(NotFoundError, match=str(tmp_path)):
            load(path)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "names.xlsx").write_bytes(b"PK")
    with pytest.raises(RecordError, match=r"names\.xlsx:1: not a gazetteer"):
        load(tmp_path / "names.xlsx")


def test_merging_unites_names_and_the_first_wins_on_facts() -> None:
    left = Gazetteer("l", (actor("tripoli", "Tripoli", kind="place", country="LY"),))
    right = Gazetteer("r", (actor("tripoli", "Tarabulus", country="LB", wikidata="Q3579"),))
    (both,) = Gazetteer.merged([left, right])
    assert (both.kind, both.country, both.wikidata) == ("place", "LY", "Q3579")
    assert [(name.text, name.kind) for name in both.names] == [
        ("Tripoli", "primary"),
        ("Tarabulus", "alias"),
    ]


def test_merging_follows_the_redirects_of_either() -> None:
    old = Gazetteer("old", (actor("gna", "GNA"),))
    new = Gazetteer(
        "new", (actor("government", "Government"),), (Redirect("gna", "government", "test"),)
    )
    for order in ([old, new], [new, old]):
        (one,) = Gazetteer.merged(order)
        assert one.id == "government"
        assert {name.text for name in one.names} == {"GNA", "Government"}


def test_merging_never_closes_a_circle_of_redirects() -> None:
    left = Gazetteer("l", (actor("b", "B"),), (Redirect("a", "b", "test"),))
    right = Gazetteer("r", (actor("a", "A"),), (Redirect("b", "a", "test"),))
    both = Gazetteer.merged([left, right])
    assert [entity.id for entity in both] == ["b"]
    assert dict(both.redirects) == {"a": "b"}


def test_merging_none_is_empty_and_one_is_itself(toy: Gazetteer) -> None:
    assert len(Gazetteer.merged([])) == 0
    assert Gazetteer.merged([toy]) is toy


@given(st.lists(gazetteers, max_size=4))
def test_merging_keeps_every_actor_and_every_name(some: list[Gazetteer]) -> None:
    both = Gazetteer.merged(some)
    assert [e.id for e in both] == sorted({e.id for one in some for e in one})
    for entity in both:
        wanted = {n.text for one in some for e in one if e.id == entity.id for n in e.names}
        assert {name.text for name in entity.names} == wanted
        assert sum(name.kind == "primary" for name in entity.names) == 1


@given(gazetteers)
def test_merging_with_itself_changes_nothing(one: Gazetteer) -> None:
    assert Gazetteer.merged([one, one]).version == one.version


def test_what_is_saved_loads_as_it_was(toy: Gazetteer, tmp_path: Path) -> None:
    save(toy, tmp_path / "new")
    again = load(tmp_path / "new")
    assert again.entities == toy.entities
    assert again.redirections == toy.redirections
    assert again.name == toy.name


def test_saving_is_deterministic(toy: Gazetteer, tmp_path: Path) -> None:
    backwards = Gazetteer(
        toy.name,
        tuple(
            Entity(**{**{f: getattr(e, f) for f in e.__struct_fields__}, "names": e.names[::-1]})
            for e in reversed(toy.entities)
        ),
        toy.redirections,
    )
    save(toy, tmp_path / "one")
    save(backwards, tmp_path / "two")
    assert backwards.version == toy.version
    for file in ("datapackage.json", "entities.tsv", "names.tsv", "redirects.tsv"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_saving_keeps_what_a_descriptor_says(toy: Gazetteer, tmp_path: Path) -> None:
    save(toy, tmp_path)
    descriptor = tmp_path / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace("{", '{"title": "mine",', 1))
    save(toy, tmp_path)
    assert '"title": "mine"' in descriptor.read_text()


def test_a_broken_gazetteer_is_not_saved(tmp_path: Path) -> None:
    broken = Gazetteer("broken", (actor("two words", "Name"),))
    with pytest.raises(RecordError, match=r"entities\.tsv:2: id 'two words'"):
        save(broken, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_failed_save_leaves_the_old_files(
    toy: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(toy, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if "redirects" in path.name:
            raise OSError("no space left")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space left"):
        save(Gazetteer.empty(), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_version_is_of_the_content(toy: Gazetteer) -> None:
    renamed = Gazetteer("other", toy.entities, toy.redirections)
    shorter = Gazetteer(toy.name, toy.entities[1:], toy.redirections)
    assert renamed.version == toy.version
    assert shorter.version != toy.version
