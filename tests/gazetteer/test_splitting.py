"""What is parted from an actor, what stays with it, and which ids may be given."""

import msgspec
import pytest

from gazetteer import (
    Entity,
    EntityName,
    Gazetteer,
    IdError,
    RecordError,
    Redirect,
    UnknownIdError,
)
from gazetteer.identities import Claim
from gazetteer.merging import Merged, apply, plan
from gazetteer.origins import Origins
from gazetteer.splitting import given_names, unfolded

HAFTAR = Entity(
    "haftar",
    (
        EntityName("Khalifa Haftar", "eng", "Latn", "primary", "editor"),
        EntityName("Hafter", "eng", "Latn", "alias", "editor"),
    ),
    country="LY",
    source="editor",
)
OTHER = Entity(
    "un:7",
    (
        EntityName("Hafter", "eng", "Latn", "primary", "un.xml", "as listed"),
        EntityName("Haftar, K.", "eng", "Latn", "weak", "un.xml"),
    ),
    wikidata="Q7",
    description="another man",
    source="un.xml",
)


@pytest.fixture
def folded() -> Merged:
    left, right = Gazetteer("ours", (HAFTAR,)), Gazetteer("un", (OTHER,))
    claims = {"un:7": [Claim("haftar", True, "their names", 0.999)]}
    return apply(plan(left, right, claims), left, right, Origins((), {}))


def test_unfolding_gives_both_back_as_they_were(folded):
    parted, origins = unfolded(*folded, "un:7")
    assert parted.entities == (HAFTAR, OTHER)
    assert parted.redirections == ()
    assert list(origins) == []


def test_what_was_changed_since_stays(folded):
    (actor,) = folded.gazetteer
    new = EntityName("Field Marshal", "eng", "Latn", "weak", "editor")
    edited = msgspec.structs.replace(
        actor, names=(*actor.names, new), description="edited", prominence=1000
    )
    changed = Gazetteer("ours", (edited,), folded.gazetteer.redirections)
    parted, _ = unfolded(changed, folded.origins, "un:7")
    assert parted.get("un:7") == OTHER
    expected = msgspec.structs.replace(
        HAFTAR, names=(*HAFTAR.names, new), description="edited", prominence=1000
    )
    assert parted.get("haftar") == expected


def test_only_what_was_folded_is_unfolded(folded):
    with pytest.raises(UnknownIdError, match="'haftar' is an actor of its own"):
        unfolded(*folded, "haftar")
    with pytest.raises(UnknownIdError, match="no origin says what 'un:7' was"):
        unfolded(folded.gazetteer, Origins((), {}), "un:7")
    with pytest.raises(UnknownIdError, match="no actor 'un:8'"):
        unfolded(*folded, "un:8")


def test_names_of_a_source_become_an_actor_under_the_old_id(folded):
    parted, origins = given_names(*folded, "un:7", lambda name: name.source == "un.xml")
    assert [n.text for n in parted.get("un:7").names] == ["Haftar, K."]
    assert parted.get("un:7").kind == "person"
    assert parted.get("haftar").names == HAFTAR.names
    assert parted.redirections == ()
    assert list(origins) == []


def test_names_of_an_actor_get_an_id_from_them_or_the_given_one():
    alone = Gazetteer("ours", (HAFTAR,)), Origins((), {})
    chosen = {"Hafter"}
    minted, _ = given_names(*alone, "haftar", lambda name: name.text in chosen)
    assert [each.id for each in minted] == ["haftar", "hafter"]
    given, _ = given_names(*alone, "haftar", lambda name: name.text in chosen, "new")
    assert [each.id for each in given] == ["haftar", "new"]
    assert given.get("new").note == "split from haftar"


def test_an_id_that_means_somebody_is_not_given():
    other = Entity("other", (EntityName("Other", source="editor"),), source="editor")
    retired = Redirect("old", "other", "editor"), Redirect("before", "haftar", "editor")
    ours = Gazetteer("ours", (HAFTAR, other), retired), Origins((), {})

    def chosen(name: EntityName) -> bool:
        return name.text == "Hafter"

    for into in ("other", "old", "haftar"):
        with pytest.raises(IdError, match=f"'{into}' means"):
            given_names(*ours, "haftar", chosen, into)
    with pytest.raises(IdError, match="two words"):
        given_names(*ours, "haftar", chosen, "two words")
    parted, _ = given_names(*ours, "haftar", chosen, "before")
    assert parted.get("before").name == "Hafter"


def test_neither_actor_is_left_without_a_name():
    ours = Gazetteer("ours", (HAFTAR,)), Origins((), {})
    with pytest.raises(RecordError, match="no name of 'haftar' is chosen"):
        given_names(*ours, "haftar", lambda name: False)
    with pytest.raises(RecordError, match="every name of 'haftar' is chosen"):
        given_names(*ours, "haftar", lambda name: True)
