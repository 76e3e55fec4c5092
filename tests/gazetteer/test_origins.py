"""The origins lie beside their gazetteer, and a merge that is killed leaves one that is whole."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from gazetteer import Entity, EntityName, Gazetteer, RecordError, load, save
from gazetteer.identities import Claim
from gazetteer.merging import Merged, apply, plan
from gazetteer.origins import FOLDER, Origins, load_origins, save_merged
from gazetteer.splitting import unfolded

TOY = Path(__file__).parent.parent / "toy"
KILLS, SEED = 100, 4
PATIENCE = 0.04  # seconds that a merge lives at most: it takes some hundredths


def actor(id: str, name: str) -> Entity:
    return Entity(id, (EntityName(name, "eng", "Latn", "primary", "list"),), source="list")


def merged_into(left: Gazetteer, origins: Origins, *folded: str) -> Merged:
    """The toy with a list's actors added, of whom some are surely one of the toy's."""
    listed = Gazetteer("list", tuple(actor(f"list:{i}", f"Name {i}") for i in range(20)))
    claims = {id: [Claim("tripoli", True, "their names", 0.999)] for id in folded}
    return apply(plan(left, listed, claims), left, listed, origins)


@pytest.fixture
def ours(tmp_path: Path) -> tuple[Path, Gazetteer]:
    toy = load(TOY)
    save(toy, tmp_path)
    return tmp_path, toy


def opened(folder: Path) -> Merged:
    found = load(folder)
    return Merged(found, load_origins(folder, found.redirects))


def test_what_is_saved_can_be_undone_when_it_is_loaded(ours):
    folder, toy = ours
    save_merged(*merged_into(toy, Origins((), {}), "list:3"), folder)
    assert [each.id for each in load(folder / FOLDER)] == ["list:3", "tripoli"]
    parted = unfolded(*opened(folder), "list:3")
    assert parted.gazetteer.get("list:3") == actor("list:3", "Name 3")
    save_merged(*parted, folder)
    assert sorted(load(folder).get("tripoli").names, key=str) == sorted(
        toy.get("tripoli").names, key=str
    )
    assert len(load(folder / FOLDER)) == 0


def test_nothing_folded_needs_no_origins(ours):
    folder, toy = ours
    save_merged(*merged_into(toy, Origins((), {})), folder)
    assert not (folder / FOLDER).exists()


def test_a_broken_gazetteer_is_not_saved(ours):
    folder, toy = ours
    broken = Gazetteer("toy", (*toy, actor("two words", "Name")))
    with pytest.raises(RecordError, match="two words"):
        save_merged(broken, Origins((), {}), folder)
    assert load(folder).version == toy.version


def test_records_that_no_redirect_speaks_of_mean_nothing():
    records = (actor("a", "A"), actor("b", "B"), actor("c", "C"))
    kept = Origins(records, {"b": "a", "z": "c"})
    assert [each.id for each in kept] == ["a", "b"]
    assert kept.folded("c") is None


def test_an_actor_folded_into_a_folded_one_comes_back_from_where_they_went():
    whole = Entity("c", tuple(n for id in "CBA" for n in actor("x", id).names[:1]), source="list")
    kept = Origins(map(actor, "abc", "ABC"), {"a": "b", "b": "c"})
    back = kept.folded("b")
    assert back is not None and {name.text for name in back.names} == {"A", "B"}
    rest = kept.without(whole, "b")
    assert rest is not None and [name.text for name in rest.names] == ["C"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as Unix does")
def test_a_merge_killed_at_random_leaves_the_old_state_or_the_new_one(ours):
    folder, toy = ours
    chance = random.Random(SEED)
    none = Origins((), {})
    merged = merged_into(toy, none, "list:3")
    states = {
        each.gazetteer.version: each
        for each in (Merged(toy, none), merged, unfolded(*merged, "list:3"))
    }
    seen = set()
    for _ in range(KILLS):
        process = os.fork()
        if process == 0:  # pragma: no cover
            while True:
                save_merged(*merged_into(toy, none, "list:3"), folder)
                save_merged(*unfolded(*opened(folder), "list:3"), folder)
                save_merged(toy, none, folder)
        time.sleep(chance.uniform(0, PATIENCE))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        found = opened(folder)
        assert found.gazetteer.version in states
        if "list:3" in found.gazetteer.redirects:
            back = unfolded(*found, "list:3").gazetteer
            assert back.version == unfolded(*merged, "list:3").gazetteer.version
        seen.add(found.gazetteer.version)
    assert len(seen) == len(states), "the kills met too few states: be more patient"
