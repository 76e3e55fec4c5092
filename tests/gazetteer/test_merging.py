"""What a plan weighs from claims and verdicts, what applying it keeps, and how it is undone."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Entity, EntityName, Gazetteer, Redirect
from gazetteer.identities import Claim, identities
from gazetteer.merging import Merged, Plan, Step, apply, plan
from gazetteer.origins import Origins
from gazetteer.splitting import unfolded

NOTHING_FOLDED = Origins((), {})


def actor(id: str, *names: str, source: str = "test", **facts: object) -> Entity:
    kinds = ["primary"] + ["alias"] * len(names)
    own = (EntityName(n, "eng", "Latn", k, source) for n, k in zip(names, kinds, strict=False))  # type: ignore[arg-type]
    return Entity(id, tuple(own), source=source, **facts)  # type: ignore[arg-type]


def table(name: str, *actors: Entity, redirects: Sequence[tuple[str, str]] = ()) -> Gazetteer:
    return Gazetteer(name, actors, tuple(Redirect(a, b, name) for a, b in redirects))


def fold(left: Gazetteer, right: Gazetteer, **sure: str) -> Merged:
    """The merge in which these actors of right surely are those of left."""
    claims = {id: [Claim(target, True, "their names", 0.999)] for id, target in sure.items()}
    return apply(plan(left, right, identities(left, right) | claims), left, right, NOTHING_FOLDED)


def steps(planned: Plan) -> dict[str, Step]:
    return {step.id: step for step in planned.steps}


def test_a_sure_claim_folds_and_says_why():
    left = table("a", actor("haftar", "Khalifa Haftar", country="LY"))
    right = table("un", actor("un:7", "Hafter", source="un.xml", wikidata="Q1", country="US"))
    merged, _ = fold(left, right, **{"un:7": "haftar"})
    (one,) = merged
    assert [(n.text, n.kind, n.source) for n in one.names] == [
        ("Khalifa Haftar", "primary", "test"),
        ("Hafter", "alias", "un.xml"),
    ]
    assert (one.country, one.wikidata) == ("LY", "Q1")
    assert merged.redirections == (
        Redirect("un:7", "haftar", "merge of un", "p = 0.9990: their names"),
    )


def test_a_doubtful_actor_stays_its_own_and_is_listed():
    left, right = table("a", actor("a", "A")), table("b", actor("b", "B"))
    doubtful = [Claim("a", False, "a slip?", 0.7)]
    planned = plan(left, right, {"b": doubtful})
    assert [(d.id, d.target, d.reason, d.probability) for d in planned.doubts] == [
        ("b", "a", "a slip?", 0.7)
    ]
    assert steps(planned)["b"].action == "review"
    assert [e.id for e in apply(planned, left, right, NOTHING_FOLDED).gazetteer] == ["a", "b"]


def test_two_that_would_go_to_one_are_doubtful():
    left = table("a", actor("a", "A"))
    right = table("b", actor("b", "B"), actor("c", "C"))
    sure = {id: [Claim("a", True, "its names", 0.999)] for id in ("b", "c")}
    planned = plan(left, right, sure)
    assert [step.action for step in planned.steps] == ["review", "review"]
    assert {doubt.reason for doubt in planned.doubts} == {"its names; but 2 go there"}


def test_one_that_would_go_to_two_is_doubtful():
    left = table("a", actor("a", "A", wikidata="Q1"), actor("b", "B", wikidata="Q1"))
    right = table("c", actor("c", "C", wikidata="Q1"))
    planned = plan(left, right, identities(left, right))
    assert steps(planned)["c"].action == "review"
    assert {doubt.target for doubt in planned.doubts} == {"a", "b"}


def test_the_one_that_has_the_id_is_known_whoever_else_claims_it():
    left = table("a", actor("a", "A"))
    right = table("b", actor("a", "A"), actor("b", "B"))
    claims = identities(left, right) | {"b": [Claim("a", True, "its names", 0.999)]}
    assert [step.action for step in plan(left, right, claims).steps] == ["known", "review"]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"kind": "place"}, "the same id, but one is a place, one a person"),
        ({"wikidata": "Q2"}, "the same id, but Q2 is not Q1"),
    ],
)
def test_an_id_that_is_somebody_elses_is_written_with_its_list(facts, why):
    left = table("a", actor("x", "X", wikidata="Q1"))
    right = table("UN list", actor("x", "X", **facts))
    planned = plan(left, right, identities(left, right))
    assert [(d.id, d.target, d.reason) for d in planned.doubts] == [("x", "x", why)]
    merged = apply(planned, left, right, NOTHING_FOLDED).gazetteer
    assert [e.id for e in merged] == ["un-list:x", "x"]
    again = plan(merged, right, identities(merged, right))
    assert [(s.action, s.target, s.changed) for s in again.steps] == [("known", "un-list:x", False)]


def test_a_bare_number_is_no_ones_id_without_a_name_in_common():
    left = table("a", actor("1", "Ali"), actor("2", "Umar"))
    right = table("b", actor("1", "ALI", "Aly"), actor("2", "Zayd"), actor("3", "Amr"))
    merged = fold(left, right).gazetteer
    told = [("1", "Ali"), ("2", "Umar"), ("b:2", "Zayd"), ("b:3", "Amr")]
    assert [(each.id, each.name) for each in merged] == told
    assert {n.text for n in merged.get("1").names} == {"Ali", "ALI", "Aly"}


def test_a_redirect_of_right_tells_who_an_actor_was():
    left = table("a", actor("gna", "GNA"))
    right = table("b", actor("government", "Government"), redirects=[("gna", "government")])
    merged = fold(left, right).gazetteer
    assert [e.id for e in merged] == ["gna"]
    assert merged.get("government").id == "gna"


def test_redirects_of_right_lead_where_their_actor_went():
    left = table("a", actor("a", "A"))
    right = table("b", actor("b", "B"), actor("c", "C"), redirects=[("b0", "b"), ("c0", "c")])
    merged = fold(left, right, b="a").gazetteer
    assert {id: merged.get(id).id for id in ("b", "b0", "c0")} == {"b": "a", "b0": "a", "c0": "c"}


def test_a_verdict_stands_above_every_claim():
    left = table("a", actor("a", "A"), actor("b", "B"))
    right = table("l", actor("b", "B", "Bee"), actor("c", "C"))
    claims = identities(left, right) | {"c": [Claim("a", True, "its names", 0.999)]}
    planned = plan(left, right, claims, {("b", "a"): True, ("c", "a"): False})
    assert {s.id: (s.action, s.target) for s in planned.steps} == {
        "b": ("fold", "a"),
        "c": ("add", "c"),
    }
    merged, origins = apply(planned, left, right, NOTHING_FOLDED)
    assert [e.id for e in merged] == ["a", "c"]
    back = unfolded(merged, origins, "b").gazetteer
    assert {n.text for n in back.get("b").names} == {"B", "Bee"}
    assert back.get("a") == left.get("a")


def test_what_was_judged_two_is_not_asked_again():
    left, right = table("a", actor("a", "A")), table("b", actor("b", "A"))
    different = {("b", "a"): False}
    judged = plan(left, right, {"b": [Claim("a", True, "its names", 0.999)]}, different)
    merged = apply(judged, left, right, NOTHING_FOLDED).gazetteer
    claims = {"b": [Claim("a", True, "its names", 0.999)]} | identities(merged, right)
    assert [s.action for s in plan(merged, right, claims).steps] == ["known"]


letters = st.sampled_from("pqrst")
ids = st.sampled_from("abcdef")
countries = st.sampled_from(["", "LY", "TR"])


def tables(name: str) -> st.SearchStrategy[Gazetteer]:
    actors = st.builds(
        lambda id, names, country: actor(id, *names, source=name, country=country),
        ids,
        st.lists(letters, min_size=1, max_size=4, unique=True),
        countries,
    )
    lists = st.lists(actors, max_size=5, unique_by=lambda each: each.id)
    return lists.map(lambda entities: table(name, *entities))


@st.composite
def merges(draw: st.DrawFn) -> tuple[Gazetteer, Gazetteer, Plan]:
    """Two tables, and a plan from claims on some actors of the second."""
    left, right = draw(tables("left")), draw(tables("right"))
    claims = identities(left, right)
    for each in right:
        if len(left) and each.id not in left and draw(st.booleans()):
            target = draw(st.sampled_from(left.entities)).id
            claims[each.id] = [Claim(target, draw(st.booleans()), "drawn", 0.9)]
    return left, right, plan(left, right, claims)


@given(tables("left"))
def test_merging_with_itself_or_with_nobody_changes_nothing(left):
    for right in (left, table("right")):
        planned = plan(left, right, identities(left, right))
        assert not any(step.changed for step in planned.steps)
        merged = apply(planned, left, right, NOTHING_FOLDED)
        assert merged.gazetteer.version == left.version
        assert list(merged.origins) == []


@given(merges())
def test_the_plan_is_what_is_done(drawn):
    left, right, planned = drawn
    merged = apply(planned, left, right, NOTHING_FOLDED).gazetteer
    assert [step.id for step in planned.steps] == [each.id for each in right]
    for step in planned.steps:
        assert merged.get(step.own).id == step.target
        assert (step.own in merged.redirects) == (step.action == "fold")
        new = {n.text for n in merged.get(step.target).names}
        old = {n.text for n in left.get(step.target).names} if step.target in left else set()
        assert step.gained <= len(new - old)


@given(merges())
def test_no_id_and_no_name_is_lost(drawn):
    left, right, planned = drawn
    merged = apply(planned, left, right, NOTHING_FOLDED).gazetteer
    for each in left:
        assert merged.get(each.id).id == each.id
        assert set(each.names) <= set(merged.get(each.id).names)
    for step in planned.steps:
        texts = {(n.text, n.lang) for n in merged.get(step.own).names}
        assert {(n.text, n.lang) for n in right.get(step.id).names} <= texts


@given(merges())
def test_merging_again_changes_nothing(drawn):
    left, right, planned = drawn
    merged, origins = apply(planned, left, right, NOTHING_FOLDED)
    again = apply(plan(merged, right, identities(merged, right)), merged, right, origins)
    assert again.gazetteer.version == merged.version
    assert version(again.origins) == version(origins)


@given(merges(), st.data())
def test_splitting_undoes_what_was_folded(drawn, data):
    left, right, planned = drawn
    merged, origins = apply(planned, left, right, NOTHING_FOLDED)
    folded = [step for step in planned.steps if step.action == "fold"]
    for step in data.draw(st.permutations(folded)):
        merged, origins = unfolded(merged, origins, step.own)
        assert merged.get(step.own) == right.get(step.id)
    for each in left:
        known = [s for s in planned.steps if s.action == "known" and s.target == each.id]
        expected = fold(table("l", each), table("r", *(right.get(s.id) for s in known)))
        assert table("x", merged.get(each.id)).version == expected.gazetteer.version
    assert list(origins) == []


@given(tables("one"), tables("two"), tables("three"), st.data())
def test_of_several_merges_each_can_be_undone(one, two, three, data):
    merged, origins = one, NOTHING_FOLDED
    for other in (two, three):
        claims = identities(merged, other)
        for each in other:
            if len(merged) and each.id not in merged and data.draw(st.booleans()):
                target = data.draw(st.sampled_from(merged.entities)).id
                claims[each.id] = [Claim(target, True, "drawn", 0.9)]
        merged, origins = apply(plan(merged, other, claims), merged, other, origins)
    for redirect in data.draw(st.permutations(merged.redirections)):
        names = {n.text for each in merged for n in each.names}
        merged, origins = unfolded(merged, origins, redirect.id)
        assert {n.text for each in merged for n in each.names} == names
    known = {each.id: {n.text for n in each.names} for each in merged}
    for each in (*one, *two, *three):
        assert {n.text for n in each.names} <= known[each.id]
    assert merged.redirections == ()


@given(merges())
def test_the_order_of_rows_does_not_matter(drawn):
    left, right, planned = drawn
    turned = (msgspec.structs.replace(each, names=each.names[::-1]) for each in right)
    backwards = Gazetteer(right.name, tuple(turned)[::-1], right.redirections)
    merged = apply(planned, left, right, NOTHING_FOLDED)
    assert apply(planned, left, backwards, NOTHING_FOLDED).gazetteer.version == (
        merged.gazetteer.version
    )


def version(origins: Origins) -> str:
    return Gazetteer("origins", tuple(origins)).version


def test_a_plan_can_be_written_as_data():
    left, right = table("a", actor("a", "A")), table("b", actor("b", "B"))
    planned = plan(left, right, {"b": [Claim("a", True, "its names", 0.9)]})
    assert msgspec.convert(msgspec.to_builtins(planned), Plan) == planned
