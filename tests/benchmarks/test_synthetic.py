"""Made-up names are the same in every run, and it is known whom each means."""

from collections import Counter

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from benchmarks.datasets.coined.chance import lots
from benchmarks.datasets.coined.mentions import CLASSES, SyntheticMention, mentions
from benchmarks.datasets.coined.stock import COINED, NONE, stock
from benchmarks.datasets.coined.world import ARABIC, TURKISH, World
from benchmarks.datasets.synthetic import synthetic
from gazetteer import Entity
from resolve.names.fold import fold
from resolve.names.script import script_of

MADE = synthetic(1000, 600)
ACTORS = {entity.id: entity for entity in MADE.gazetteer}


def named(kind: str) -> list[tuple[SyntheticMention, Entity]]:
    return [(m, ACTORS[m.actor]) for m in MADE.mentions if m.kind == kind and m.actor is not None]


def test_the_same_arguments_give_the_same_names_and_another_seed_gives_others() -> None:
    def written(seed: int) -> tuple[list[str], list[str]]:
        made = synthetic(30, 20, seed)
        return [e.name for e in made.gazetteer], [m.text for m in made.mentions]

    assert written(1) == written(1) != written(2)


def test_what_chance_draws_for_a_number_is_spread_evenly_and_its_own() -> None:
    drawn = lots(np.arange(4000), 3, 5)
    assert drawn.min() >= 0 and drawn.max() < 1
    assert np.abs(drawn.mean(0) - 0.5).max() < 0.03
    assert np.abs(np.corrcoef(drawn.T) - np.eye(5)).max() < 0.06
    assert (lots(np.arange(4000), 4, 5) != drawn).all()


def test_actors_come_sorted_and_the_names_of_any_are_asked_for_in_any_order() -> None:
    world = World(60)
    entities = list(world.entities())
    assert [e.id for e in entities] == sorted(e.id for e in entities)
    rows = np.array([41, 3, 3])
    assert world.names(rows) == [entities[row].names for row in rows.tolist()]


def test_no_two_actors_have_the_same_words() -> None:
    persons = World(3000).persons
    assert len(np.unique(np.column_stack([persons.stems, persons.endings]), axis=0)) == 3000


def test_names_are_as_many_and_in_the_scripts_that_are_said() -> None:
    names = [name for entity in MADE.gazetteer for name in entity.names]
    assert len(names) / len(ACTORS) == pytest.approx(1.5, abs=0.05)
    share = Counter(name.script for name in names)["Arab"] / len(names)
    assert share == pytest.approx(ARABIC, abs=0.04)
    turkish = sum(name.lang == "tur" for name in names) / len(names)
    assert turkish == pytest.approx(TURKISH, abs=0.03)
    assert all(script_of(name.text) == name.script for name in names)
    assert {len(name.text.split()) for name in names} == {2, 3, 4}


def test_many_family_names_are_coined_and_mostly_in_no_lexicon() -> None:
    persons = World(2000).persons
    assert (persons.endings != NONE).mean() == pytest.approx(COINED, abs=0.04)
    unseen = [m.unseen for m, _ in named("respelled")]
    assert 0.2 < sum(unseen) / len(unseen) < 0.5


def test_a_share_of_the_mentions_is_of_each_class_and_no_two_are_alike() -> None:
    counts = Counter(mention.kind for mention in MADE.mentions)
    assert {kind: counts[kind] / 600 for kind in CLASSES} == pytest.approx(CLASSES, abs=0.01)
    assert len({mention.text for mention in MADE.mentions}) == len(MADE.mentions) == 600
    assert all((m.actor is None) == (m.kind == "nil") for m in MADE.mentions)
    assert all(script_of(mention.text) == mention.script for mention in MADE.mentions)


@pytest.mark.parametrize(("kind", "script"), [("arab", "Arab"), ("latin", "Latn")])
def test_a_name_in_the_other_script_has_no_name_of_its_own_script(kind: str, script: str) -> None:
    found = named(kind)
    assert found and all(mention.script == script for mention, _ in found)
    assert all(name.script != script for _, actor in found for name in actor.names)


@pytest.mark.parametrize("slips", [1, 2])
def test_slips_are_counted(slips: int) -> None:
    found = named(f"slip-{slips}")
    assert found
    for mention, actor in found:
        latin = [name.text for name in actor.names if name.script == "Latn"]
        assert min(OSA.distance(mention.text, name) for name in latin) <= slips
        assert any(
            sum(map(OSA.distance, mention.text.split(), name.split())) == slips for name in latin
        )


def test_what_is_said_to_be_unseen_the_lexicon_has_not() -> None:
    lexicon = stock().lexicon
    unseen = [m for m in MADE.mentions if m.unseen and m.actor is not None]
    assert {m.kind for m in unseen} == CLASSES.keys() - {"nil"}
    for mention in unseen:
        for text in [name.text for name in ACTORS[str(mention.actor)].names]:
            assert lexicon.row(*fold(text.split()[-1])) < 0


def test_nobody_is_meant_by_a_given_and_a_family_name_that_an_actor_has() -> None:
    world = World(500)
    strangers = world.strangers(200)
    assert len(strangers) > 100
    assert not set(strangers.ends.tolist()) & set(world.persons.ends.tolist())


def test_too_few_actors_give_fewer_mentions_not_the_same_ones_again() -> None:
    found = mentions(World(3), 400)
    assert 0 < len(found) < 400
    assert len({mention.text for mention in found}) == len(found)
