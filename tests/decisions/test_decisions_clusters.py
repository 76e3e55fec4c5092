"""Clusters depend on the set of names alone, and never hold what contradicts."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.ids import is_id
from resolve.decisions.clusters import CONTRADICTION, PREFIX, clusters
from resolve.names import read
from resolve.tables import read_table
from resolve.types import Cluster, Name

PARTS = read_table(
    Path(__file__).parents[1] / "cases" / "parts.tsv", ("reading", "text", "parts", "note")
)
NAMES = [read(text) for text in sorted({row[1] for row in PARTS}) if read(text).parts]
MERGED = 5.0  # bits from which a pair is an edge


class World:
    """Names, and what each two of them say, whatever their positions."""

    def __init__(self, seed: int, names: Sequence[Name]) -> None:
        self.seed = seed
        self.names = list(names)

    def bits(self, a: Name, b: Name) -> float:
        left, right = sorted((a.text, b.text))
        chance = random.Random(f"{self.seed} {left} {right}")
        return float(chance.choice([-20, -20, -1, 0, 3, 8, 8, 20]))

    def clusters(self) -> list[Cluster]:
        names = self.names
        pairs = [(i, j) for j in range(len(names)) for i in range(j)]
        bits = {(i, j): self.bits(names[i], names[j]) for i, j in pairs}
        edges = {pair: said for pair, said in bits.items() if said >= MERGED}
        return clusters(names, edges, lambda wanted: [bits[pair] for pair in wanted])


worlds = st.builds(
    World,
    st.integers(0, 10_000),
    st.lists(st.sampled_from(NAMES), unique_by=lambda name: name.text, min_size=1, max_size=12),
)


def named(names: Sequence[Name], found: Sequence[Cluster]) -> dict[str, tuple[str, frozenset[str]]]:
    """Each cluster by its id: its name and the texts of its members."""
    return {c.id: (c.name, frozenset(names[i].text for i in c.members)) for c in found}


@settings(deadline=None)
@given(worlds)
def test_each_name_is_in_just_one_cluster(world: World) -> None:
    found = world.clusters()
    members = [i for cluster in found for i in cluster.members]
    assert sorted(members) == list(range(len(world.names)))
    assert [c.members[0] for c in found] == sorted(c.members[0] for c in found)
    assert all(list(c.members) == sorted(c.members) for c in found)
    assert len({c.id for c in found}) == len(found)


@settings(deadline=None)
@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_the_names_does_not_matter(world: World, chance: random.Random) -> None:
    before = named(world.names, world.clusters())
    chance.shuffle(world.names)
    assert named(world.names, world.clusters()) == before


@settings(deadline=None)
@given(worlds)
def test_no_cluster_holds_contradicting_names(world: World) -> None:
    for cluster in world.clusters():
        group = [world.names[i] for i in cluster.members]
        assert all(world.bits(a, b) >= CONTRADICTION for a in group for b in group if a is not b)


@settings(deadline=None)
@given(worlds)
def test_a_pair_that_nothing_speaks_against_is_together(world: World) -> None:
    """Two clusters with an edge between them are apart only where two names contradict."""
    found = world.clusters()
    for k, first in enumerate(found):
        for second in found[:k]:
            across = [
                world.bits(world.names[i], world.names[j])
                for i in first.members
                for j in second.members
            ]
            assert max(across) < MERGED or min(across) < CONTRADICTION


@settings(deadline=None)
@given(worlds)
def test_an_id_is_provisional_and_made_of_the_most_complete_spelling(world: World) -> None:
    for cluster in world.clusters():
        assert cluster.id.startswith(PREFIX) and is_id(cluster.id.removeprefix(PREFIX))
        group = [world.names[i] for i in cluster.members]
        assert cluster.name in [name.text for name in group]
        best = next(name for name in group if name.text == cluster.name)
        assert len(best.parts) == max(len(name.parts) for name in group)


@settings(max_examples=30, deadline=None)
@given(worlds)
def test_without_edges_every_name_is_alone(world: World) -> None:
    found = clusters(world.names, {}, lambda wanted: [0.0 for _ in wanted])
    assert [c.members for c in found] == [(i,) for i in range(len(world.names))]


@pytest.mark.parametrize("text", ["", "???", "\u200f"])
def test_what_is_no_name_is_in_no_cluster(text: str) -> None:
    names = [read("Mehmet Öz"), read(text)]
    found = clusters(names, {}, lambda wanted: [0.0 for _ in wanted])
    assert [(c.id, c.members) for c in found] == [("nil:mehmet-oz", (0,))]


def test_names_that_are_minted_alike_get_ids_of_their_own() -> None:
    names = [read(text) for text in ("Mehmet Öz", "Mehmet Oz")]
    first, second = clusters(names, {}, lambda wanted: [0.0 for _ in wanted])
    assert first.id != second.id
