"""Records are gathered by id as they are merged in memory, whatever their order and number."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Entity, EntityName, Gazetteer, Redirect
from gazetteer.gathering import gathered
from gazetteer.package import check
from gazetteer.primacy import with_primary
from gazetteer.uniting import united


def actor(id: str, *texts: str, kind: str = "alias", **facts: object) -> Entity:
    names = tuple(EntityName(text, "eng", "Latn", kind, "test") for text in texts)  # type: ignore[arg-type]
    return Entity(id, names, source="test", **facts)  # type: ignore[arg-type]


def redirect(id: str, target: str) -> Redirect:
    return Redirect(id, target, "test")


def ids(records: list[Entity | Redirect]) -> list[tuple[str, str]]:
    return [(r.id, r.target if isinstance(r, Redirect) else "") for r in gathered(records)]


few = st.sampled_from("abcdef")
actors = st.builds(lambda id, texts: actor(id, *texts), few, st.lists(few, min_size=1, unique=True))
records = st.lists(actors | st.builds(redirect, few, few), max_size=20)


def test_names_are_united_and_the_first_of_each_fact_holds() -> None:
    (one,) = gathered([actor("a", "Ali", country="LY"), actor("a", "Aly", "Ali", country="TN")])
    assert isinstance(one, Entity)
    assert [(name.text, name.kind) for name in one.names] == [("Ali", "primary"), ("Aly", "alias")]
    assert one.country == "LY"


def test_what_is_told_of_a_redirected_id_goes_where_it_leads() -> None:
    old, new, middle = actor("old", "Old"), actor("new", "New"), redirect("middle", "new")
    (both, *redirects) = sorted(
        gathered([old, redirect("old", "middle"), middle, new]), key=lambda r: r.id != "new"
    )
    assert isinstance(both, Entity)
    assert {name.text for name in both.names} == {"Old", "New"}
    assert [r.id for r in redirects] == ["middle", "old"]


def test_a_redirect_to_nobody_is_dropped_and_its_actor_stays() -> None:
    dropped: list[Redirect] = []
    found = gathered(
        [actor("a", "A"), redirect("a", "gone"), redirect("b", "a")], dropped=dropped.append
    )
    assert [r.id for r in found] == ["a", "b"]
    assert dropped == [redirect("a", "gone")]


def test_a_circle_and_a_contradiction_give_way_to_what_came_first() -> None:
    given = [redirect("a", "b"), redirect("b", "a"), redirect("a", "c"), redirect("a", "b")]
    assert ids([*given, actor("b", "B"), actor("c", "C")]) == [("a", "b"), ("b", ""), ("c", "")]
    assert ids([redirect("a", "a"), actor("a", "A")]) == [("a", "")]


@given(records)
def test_what_is_gathered_obeys_the_rules_and_loses_no_name(given: list[Entity | Redirect]) -> None:
    dropped: list[Redirect] = []
    found = list(gathered(given, dropped=dropped.append))
    entities = [each for each in found if isinstance(each, Entity)]
    redirects = [each for each in found if isinstance(each, Redirect)]
    check("gathered", entities, redirects)
    assert [each.id for each in found] == sorted({each.id for each in found})
    said = {(name.text) for each in given if isinstance(each, Entity) for name in each.names}
    assert {name.text for each in entities for name in each.names} == said
    told = {(r.id, r.target) for r in given if isinstance(r, Redirect)}
    assert {(r.id, r.target) for r in (*redirects, *dropped)} == told


@given(st.lists(actors, max_size=20))
def test_without_redirects_it_is_the_merge_in_memory(given: list[Entity]) -> None:
    merged = Gazetteer.merged([Gazetteer.empty(), *(Gazetteer("one", (each,)) for each in given)])
    wanted = [Entity(each.id, with_primary(each.names), source="test") for each in merged.entities]
    assert list(gathered(given)) == wanted


@given(st.lists(actors, min_size=3, max_size=3))
def test_uniting_can_be_done_in_any_bracketing(three: list[Entity]) -> None:
    a, b, c = three
    assert united(a, united(b, c)) == reduce(united, three)


def test_memory_does_not_grow_with_the_number_of_records() -> None:
    def many(count: int) -> Iterator[Entity]:
        return (actor(f"n-{i * 7919 % count}", f"Name {i}", f"Other {i}") for i in range(count))

    def peak(count: int) -> int:
        tracemalloc.start()
        found = sum(1 for _ in gathered(many(count), memory=1 << 20))
        assert found == count
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(20_000) < 2 * peak(5_000)
