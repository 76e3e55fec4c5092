"""A mechanism that is switched off leaves the pairs it is there for with other evidence.

And nothing is left switched off: what the pipeline says afterwards is what it said before.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from benchmarks.mechanisms import MECHANISMS, Without
from benchmarks.systems.ours import Ours
from benchmarks.tracks import ablations as track
from gazetteer import Entity, EntityName, Gazetteer
from resolve.tables import read_table

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "ablations.tsv",
    ("mechanism", "left", "right", "bits", "note"),
)
LEAST = 0.25
"""Bits that a case's evidence changes at least."""

BY_NAME = {mechanism.name: mechanism for mechanism in MECHANISMS}


@cache
def without(name: str) -> Without:
    return Without(BY_NAME[name])


def bits(system: Ours, left: str, right: str) -> float:
    return system.score([(left, right)], "person")[0]


@pytest.mark.parametrize(("name", "left", "right", "change", "note"), CASES)
def test_cases(name: str, left: str, right: str, change: str, note: str) -> None:
    whole, part = bits(Ours(), left, right), bits(without(name), left, right)
    assert (part - whole if change == "more" else whole - part) > LEAST, note
    assert bits(Ours(), left, right) == whole


def test_every_mechanism_has_a_case() -> None:
    assert {row[0] for row in CASES} == set(BY_NAME)


def test_the_pipeline_is_whole_again_after_an_error() -> None:
    whole = bits(Ours(), "Mykola Azarov", "Nikolai Azarov")
    with pytest.raises(TypeError):
        without("cognates").score([("Mykola Azarov", None)], "person")  # type: ignore[list-item]
    assert bits(Ours(), "Mykola Azarov", "Nikolai Azarov") == whole


def test_links_are_drawn_without_the_mechanism_too() -> None:
    name = EntityName("Mykola Azarov", "ukr", "Latn", "primary")
    gazetteer = Gazetteer(name="one", entities=(Entity("mykola-azarov", (name,)),))

    def outcome(system: Ours) -> str | None:
        return system.link(gazetteer, ["Nikolai Azarov"], "person")[0].outcome

    assert (outcome(Ours()), outcome(without("cognates"))) == ("LINK", "NIL")


def test_the_track_sets_each_mechanism_beside_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our system is played by one that puts every pair right, unless letters say nothing."""

    def score(self: Ours, pairs: Sequence[tuple[str, str]], kind: str) -> list[float]:
        return [float(pair in same) for pair in pairs]

    def blind(self: Without, pairs: Sequence[tuple[str, str]], kind: str) -> list[float]:
        return [0.0] * len(pairs) if self.mechanism.name == "edit model" else score(self, pairs, "")

    asked = [pair for own in track._pairs(None, (), track.MOST).values() for pair in own]
    same = {(pair.left, pair.right) for pair in asked if pair.same}
    monkeypatch.setattr(Ours, "score", score)
    monkeypatch.setattr(Without, "score", blind)
    mechanisms = (BY_NAME["edit model"], BY_NAME["order"])
    result = track.run(None, (Ours(),), mechanisms=mechanisms, actors=20, most=200)
    summary, slices, links = result.tables
    recall = {row[0]: row[3] for row in summary.rows}
    assert recall["order"] == 0 and recall["edit model"] == -1
    assert {row[2] for row in slices.rows} == {"nothing", "edit model", "order"}
    assert [row[0] for row in links.rows] == ["nothing", "edit model", "order"]


def test_too_few_pairs_leave_their_slice_out() -> None:
    mechanisms = (BY_NAME["order"],)
    result = track.run(None, (Ours(),), mechanisms=mechanisms, actors=20, most=5)
    assert not result.tables[1].rows and result.tables[0].rows[0][2:4] == (None, None)


def test_only_our_own_system_is_asked() -> None:
    result = track.run(None, ())
    assert not result.tables and "our own" in result.notes[0].lower()
