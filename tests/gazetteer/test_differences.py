"""What differs between two versions, by actor, fact and name."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Entity, EntityName, Gazetteer, Redirect
from gazetteer.differences import Difference, differences


def actor(id: str, *names: str, **facts: object) -> Entity:
    own = tuple(EntityName(text, "eng", "Latn", "alias", "test") for text in names)
    return Entity(id, own, source="test", **facts)  # type: ignore[arg-type]


def version(*actors: Entity, redirects: dict[str, str] | None = None) -> Gazetteer:
    retired = (Redirect(id, target, "test") for id, target in (redirects or {}).items())
    return Gazetteer("some", actors, tuple(retired))


def found(old: Gazetteer, new: Gazetteer) -> list[Difference]:
    return list(differences(old, new, old.redirections, new.redirections))


def test_actors_come_and_go():
    old, new = version(actor("a", "A"), actor("b", "B")), version(actor("b", "B"), actor("c", "C"))
    assert found(old, new) == [
        Difference("removed", "a", old="A"),
        Difference("added", "c", new="C"),
    ]


def test_facts_and_names_change():
    old = version(actor("a", "A", "Aa", country="LY"))
    new = actor("a", "A", "Ab", country="TR", prominence=10)
    kept = msgspec.structs.replace(new.names[0], kind="primary", note="n")
    new = msgspec.structs.replace(new, names=(kept, *new.names[1:]))
    assert found(old, version(new)) == [
        Difference("changed", "a", "country", old="LY", new="TR"),
        Difference("changed", "a", "prominence", old="1", new="10"),
        Difference("changed", "a", "name.kind", "A (eng)", "alias", "primary"),
        Difference("changed", "a", "name.note", "A (eng)", "", "n"),
        Difference("changed", "a", "name", "Aa (eng)", "Aa", ""),
        Difference("changed", "a", "name", "Ab (eng)", "", "Ab"),
    ]


def test_a_new_id_is_a_renaming_whichever_comes_first():
    for was, now in (("a", "z"), ("z", "a")):
        old = version(actor(was, "A"))
        new = version(actor(now, "A", "B"), redirects={was: now})
        assert found(old, new) == [
            Difference("renamed", now, "id", old=was, new=now),
            Difference("changed", now, "name", "B (eng)", "", "B"),
        ]


def test_folding_and_parting_are_each_others_inverse():
    for one, other in (("a", "z"), ("z", "a")):
        apart = version(actor(one, "A"), actor(other, "B"))
        together = version(actor(one, "A", "B"), redirects={other: one})
        assert Difference("folded", other, "id", old="B", new=one) in found(apart, together)
        assert Difference("parted", other, "id", old=one, new="B") in found(together, apart)


def test_of_two_folded_into_a_new_one_the_first_is_renamed():
    old = version(actor("a", "A"), actor("c", "C"))
    new = version(actor("b", "A", "C"), redirects={"a": "b", "c": "b"})
    assert [(d.change, d.id) for d in found(old, new)] == [
        ("renamed", "b"),
        ("changed", "b"),
        ("folded", "c"),
    ]


def test_a_redirect_that_was_no_actor_is_told_too():
    old = version(actor("a", "A"), actor("b", "B"), redirects={"x": "a", "y": "a"})
    new = version(actor("a", "A"), actor("b", "B"), redirects={"x": "b", "z": "a"})
    assert found(old, new) == [
        Difference("redirected", "x", "target", old="a", new="b"),
        Difference("redirected", "y", "target", old="a"),
        Difference("redirected", "z", "target", new="a"),
    ]


ids = st.sampled_from("abcdef")
texts = st.sampled_from("pqr")
actors = st.builds(
    lambda id, names, country: actor(id, *sorted(names), country=country),
    ids,
    st.sets(texts, min_size=1),
    st.sampled_from(["", "LY"]),
)


@st.composite
def versions(draw: st.DrawFn) -> Gazetteer:
    some = draw(st.lists(actors, unique_by=lambda each: each.id, min_size=1))
    known = [each.id for each in some]
    free = [id for id in "abcdef" if id not in known]
    retired = draw(st.dictionaries(st.sampled_from(free), st.sampled_from(known))) if free else {}
    return version(*some, redirects=retired)


@given(versions(), versions())
def test_there_is_none_exactly_where_the_versions_are_equal(old, new):
    assert (not found(old, new)) == (old.version == new.version)


@given(versions(), versions())
def test_every_actor_that_came_or_went_is_told_once(old, new):
    told = found(old, new)
    before, after = {each.id for each in old}, {each.id for each in new}
    came = [d.id for d in told if d.change in ("added", "parted")]
    went = [d.id for d in told if d.change in ("removed", "folded")]
    renamed = [d for d in told if d.change == "renamed"]
    assert sorted(came + [d.new for d in renamed]) == sorted(after - before)
    assert sorted(went + [d.old for d in renamed]) == sorted(before - after)
