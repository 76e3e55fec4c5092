"""Who of one list is who of another, as the resolver claims, and what a merge makes of it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Entity, EntityName, Gazetteer, load
from gazetteer.merging import Merged, Step, apply
from gazetteer.origins import Origins
from gazetteer.splitting import unfolded
from resolve.errors import OptionError
from resolve.merging import planned

NONE = Origins((), {})


@pytest.fixture(scope="module")
def toy() -> Gazetteer:
    return load(Path(__file__).parent / "toy")


def actor(id: str, *names: str, weak: tuple[str, ...] = (), **facts: object) -> Entity:
    kinds = ["primary"] + ["alias"] * len(names)
    own = [EntityName(n, kind=k, source="list") for n, k in zip(names, kinds, strict=False)]  # type: ignore[arg-type]
    own += [EntityName(name, kind="weak", source="list") for name in weak]
    return Entity(id, tuple(own), source="list", **facts)  # type: ignore[arg-type]


def listed(*actors: Entity) -> Gazetteer:
    return Gazetteer("list", actors)


def step(left: Gazetteer, one: Entity) -> Step:
    (found,) = planned(left, listed(one)).steps
    return found


@pytest.mark.parametrize(
    ("names", "id"),
    [
        (("Halife Hafter",), "khalifa-haftar"),
        (("خليفة بلقاسم حفتر", "Khalifa Hiftar"), "khalifa-haftar"),
        (("Salah Eddine al-Namroush",), "salah-al-namroush"),
    ],
)
def test_another_spelling_is_folded(toy, names, id):
    found = step(toy, actor("x", *names, country="LY"))
    assert (found.action, found.target) == ("fold", id)
    assert found.probability and found.probability > 0.99


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (actor("x", "Khalifa Haftar", country="TR"), "TR is not LY"),
        (actor("x", "Ali Khan", "Khalifa Haftar"), "only a by-name says so"),
        (actor("x", "Ali Khan", weak=("Khalifa Haftar", "Halife Hafter")), "only a by-name"),
        (actor("x", "Khalifa Haftar", "Saddam Haftar"), "another name is that of"),
        (actor("x", "Halid Hafter"), "another person, or a slip?"),
        (actor("x", "Haftar"), "haftar"),
    ],
)
def test_what_contradicts_or_says_little_is_reviewed(toy, one, why):
    found = step(toy, one)
    assert found.action == "review"
    assert why in found.reason.lower() or why in found.reason


def test_another_wikidata_item_is_reviewed(toy):
    known = Gazetteer("ours", (actor("haftar", "Khalifa Haftar", wikidata="Q1"),))
    found = step(known, actor("x", "Khalifa Haftar", wikidata="Q2"))
    assert (found.action, found.reason.endswith("but Q2 is not Q1")) == ("review", True)


def test_kinds_are_never_confused(toy):
    assert step(toy, actor("x", "Khalifa Haftar", kind="organization")).action == "add"


def test_an_id_and_names_that_say_different_things_are_reviewed(toy):
    one = actor("tripoli", "Khalifa Haftar")
    plan = planned(toy, listed(one))
    assert [(each.action, each.own) for each in plan.steps] == [("review", "list:tripoli")]
    assert {doubt.target for doubt in plan.doubts} == {"tripoli", "khalifa-haftar"}


def test_somebody_else_is_added(toy):
    assert step(toy, actor("x", "Amelia Caldwell")).action == "add"


def test_of_two_with_one_name_neither_is_chosen(toy):
    twins = Gazetteer("ours", (actor("a", "Salim Bakoush"), actor("b", "Salim Bakoush")))
    plan = planned(twins, listed(actor("x", "Salim Bakoush")))
    assert [each.action for each in plan.steps] == ["review"]
    assert {doubt.target for doubt in plan.doubts} == {"a", "b"}
    both = planned(toy, listed(actor("x", "Halife Hafter"), actor("y", "Khalifa Hiftar")))
    assert [each.action for each in both.steps] == ["review", "review"]


def test_a_verdict_decides(toy):
    doubtful = listed(actor("x", "Halid Hafter"))
    same = planned(toy, doubtful, {("x", "khalifa-haftar"): True})
    assert [(each.action, each.target) for each in same.steps] == [("fold", "khalifa-haftar")]
    different = planned(toy, doubtful, {("x", "khalifa-haftar"): False})
    assert not [each for each in different.doubts if each.target == "khalifa-haftar"]


def test_a_lower_link_folds_more(toy):
    doubtful = listed(actor("x", "Khalifa", "Haftar"))
    assert [s.action for s in planned(toy, doubtful, link=0.999).steps] == ["review"]
    with pytest.raises(OptionError):
        planned(toy, doubtful, link=1.5)


def test_progress_counts_every_actor(toy):
    told: list[int] = []
    planned(toy, listed(actor("x", "X"), actor("tripoli", "T", kind="place")), progress=told.append)
    assert told[-1] == 2


def test_merging_with_itself_changes_nothing(toy):
    plan = planned(toy, toy)
    assert not any(each.changed for each in plan.steps) and not plan.doubts
    assert apply(plan, toy, toy, NONE).gazetteer.version == toy.version


spellings = st.sampled_from(
    ["Khalifa Haftar", "Halife Hafter", "Saddam Haftar", "Hulusi Akar", "Akar", "Ali Dbeibah",
     "Usama Haddad", "Jane Roe", "عبد الحميد الدبيبة", "Tripoli"]
)  # fmt: skip
lists = st.lists(
    st.builds(
        lambda id, names, country: actor(id, *sorted(names), country=country),
        st.sampled_from(["x", "y", "z", "tripoli", "abdulhamid-dbeibah"]),
        st.sets(spellings, min_size=1, max_size=3),
        st.sampled_from(["", "LY", "TR"]),
    ),
    max_size=4,
    unique_by=lambda each: each.id,
).map(lambda actors: listed(*actors))


@settings(max_examples=15, deadline=None)
@given(lists)
def test_merging_keeps_ids_and_names_and_can_be_undone(toy, right):
    plan = planned(toy, right)
    merged = apply(plan, toy, right, NONE)
    for each in toy:
        assert set(each.names) <= set(merged.gazetteer.get(each.id).names)
    for found in plan.steps:
        known = {name.text for name in merged.gazetteer.get(found.own).names}
        assert {name.text for name in right.get(found.id).names} <= known
    again = planned(merged.gazetteer, right)
    assert not any(each.changed for each in again.steps)
    parted: Merged = merged
    for found in plan.steps:
        if found.action == "fold":
            parted = unfolded(*parted, found.own)
            assert parted.gazetteer.get(found.own).names == right.get(found.id).names
