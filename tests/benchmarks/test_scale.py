"""Speeds among many actors are told of the same names for all, and answers are looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

pytest.importorskip("scipy")

from benchmarks.datasets.coined.mentions import mentions
from benchmarks.datasets.synthetic import World
from benchmarks.processes import said
from benchmarks.protocol import Result, Table
from benchmarks.report.goals import goals
from benchmarks.scale import child, pairs, sharing, sized, start
from benchmarks.scale.asking import Ask, Asked, ask
from benchmarks.scale.building import Build, Built, Open, build, opened
from benchmarks.scale.child import asked
from benchmarks.scale.limits import Limits
from benchmarks.scale.runners import PEERS
from benchmarks.scale.start import Started
from benchmarks.systems import systems
from benchmarks.throughput import WrongAnswersError
from benchmarks.tracks import scale as track
from gazetteer.streaming import write_stream

SIZES = (60, 120)
LIMITS = Limits(
    mentions=50, single=12, warm=5, pooled=40, allowed=0.2, compared=10, seconds=0.05, rounds=1
)
STARTED = [Started("the command", "resolve", 0.3, 90.0)]


def here(function: Callable[[Any], Any], task: Any, **options: bool) -> Any:
    """A child's answer without a child: `test_a_function_is_called_in_a_process_of_its_own`."""
    return function(task)


@cache
def result() -> Result:
    with (
        patch.object(sized, "asked", here),
        patch.object(pairs, "asked", here),
        patch.object(track, "started", lambda rounds, progress: STARTED),
        patch.object(sized, "shared", lambda index, names, count: None),
    ):
        return track.run(None, systems(), sizes=SIZES, limits=LIMITS)


def table(title: str) -> Table:
    return next(table for table in result().tables if table.title == title)


def column(title: str, name: str) -> list[Any]:
    own = table(title)
    return [row[own.columns.index(name)] for row in own.rows]


@pytest.fixture
def built(tmp_path: Path) -> tuple[str, Built]:
    write_stream(tmp_path / "package", "synthetic", World(30).entities())
    index = str(tmp_path / "an.idx")
    return index, asked(build, Build(str(tmp_path / "package"), index))


def test_all_are_asked_for_the_same_names_at_every_size() -> None:
    there = {system.name for system in systems() if system.missing() is None}
    asked_for = {row[:2] for row in table("A list of names").rows}
    assert {name for _, name in asked_for} - {"resolve", track.PLAIN} == there & set(PEERS)
    assert {size for size, _ in asked_for} == set(SIZES)
    mine = [row for row in table("A list of names").rows if str(row[1]).startswith("resolve")]
    assert all(row[2] == LIMITS.mentions and 0.9 < row[5] <= 1 for row in mine)


def test_nobody_comes_first() -> None:
    (stranger, *_) = [m for m in mentions(World(40), 20) if m.actor is None]
    task = Ask(
        system="rapidfuzz WRatio, anyascii",
        actors=0,
        seed=1,
        index="",
        allowed=0.1,
        warm=(),
        single=(),
        batch=(stranger,),
        pooled=(),
    )
    assert ask(task).first == (False,)


def test_growth_and_curves_are_of_sizes_that_were_measured() -> None:
    assert set(column("Growth", "from actors")) == {60} and set(column("Growth", "actors")) == {120}
    speeds = {row[1]: row[3] for row in table("A list of names").rows if row[0] == 120}
    assert {curve.label: curve.y[-1] for curve in result().curves} == pytest.approx(speeds)


def test_candidates_are_told_by_class_and_of_unseen_words_by_themselves() -> None:
    rows = [row for row in table("Candidates by class").rows if row[0] == 120]
    assert {row[1] for row in rows} == {"arab", "latin", "respelled", "slip-1", "slip-2"}
    assert track.PLAIN not in {row[3] for row in rows} or len({row[3] for row in rows}) > 1
    ours = {row[1:3]: row for row in rows if str(row[3]).startswith("resolve")}
    assert all(ours[kind, "unseen"][6] <= ours[kind, "any"][6] for kind, _ in ours)
    assert ours["respelled", "any"][7] > 0.8
    nearest = [row for row in rows if str(row[3]).startswith("rapidfuzz")]
    assert nearest and all(row[6] == 0 and row[7] is None for row in nearest)


def test_what_is_too_few_to_tell_has_no_share() -> None:
    rows = table("Candidates by class").rows
    assert all((row[5] is None) == (row[4] < 10) for row in rows)


def test_the_index_is_built_opened_and_weighed() -> None:
    assert column("Index file", "actors") == list(SIZES)
    small, large = column("Index file", "file MB")
    assert 0 < small < large
    assert all(ms > 0 for ms in column("Index file", "open ms"))


def test_a_system_that_does_not_tell_what_is_shared_is_said() -> None:
    assert table("Memory of processes that share an index").rows == ()
    assert any("doesn't tell" in note for note in result().notes)


def test_pairs_are_aligned_and_compared_beside_peers_that_know_pairs() -> None:
    what = {(row[0], row[1]): row for row in table("Pairs of names").rows}
    assert {kind for kind, _ in what} == {"aligned", "in full"}
    assert ("in full", "rapidfuzz WRatio, anyascii") in what
    assert all(row[4] > 0.9 for (kind, _), row in what.items() if kind == "in full")


def test_each_goal_of_the_track_has_its_figure() -> None:
    wanted = [goal for goal in goals() if goal.track == "scale"]
    assert len(wanted) == 17
    for goal in wanted:
        own = table(str(goal.table))
        assert goal.measure in own.columns
        assert set(goal.where) <= set(own.columns[: own.keys])
        sizes = {1_000_000: 120, 100_000: 60}
        for key, value in goal.where.items():
            assert sizes.get(value, value) in column(own.title, key)  # type: ignore[call-overload]


def test_the_same_names_are_asked_of_all_sizes_and_no_more_than_there_are_actors() -> None:
    assert Limits(mentions=100).within(None, 40).mentions == 40
    assert Limits(mentions=100).within(30, 40).mentions == 30
    assert Limits(mentions=100, pooled=60).within(30, 40).pooled == 30


def test_a_function_is_called_in_a_process_of_its_own(built: tuple[str, Built]) -> None:
    index, found = built
    assert found.seconds > 0 and 20 < found.peak < 2000
    assert found.size == pytest.approx(Path(index).stat().st_size / 1e6)
    with pytest.raises(WrongAnswersError, match="no-index"):
        asked(opened, Open("no-index", "Ali"))


def test_numba_is_hidden_from_a_process_that_is_to_be_plain() -> None:
    code = child._WITHOUT_NUMBA + "from resolve.compiled import available; print(available())"
    assert said(code) == "False"


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux alone tells")
def test_what_two_processes_share_is_counted_once(built: tuple[str, Built]) -> None:
    held = sharing.shared(built[0], ["Mohamed Ali"], 2)
    assert held is not None and len(held) == 2
    assert all(0 < own.files <= own.pss <= own.rss for own in held)


def test_a_process_that_cannot_open_the_index_is_an_error() -> None:
    with pytest.raises(WrongAnswersError, match="shares the index"):
        sharing.shared("no-index", ["Ali"], 1)


def test_starts_take_turns_and_what_they_print_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = start._Start("one", "resolve", "print('a-1')", "a-1")
    monkeypatch.setattr(start, "_starts", lambda: (one,))
    (found,) = start.started(1)
    assert found.seconds > 0 and 1 < found.peak < 1000
    monkeypatch.setattr(start, "_starts", lambda: (one._replace(answer="a-2"),))
    with pytest.raises(WrongAnswersError, match="says 'a-1', not 'a-2'"):
        start.started(1)


def test_ours_must_be_right_and_its_routes_alike() -> None:
    known = [m for m in mentions(World(40), 20) if m.actor is not None][:2]
    half, none = answered(True, False), answered(False, False)
    sized._right("resolve", half, known)
    with pytest.raises(WrongAnswersError, match="resolve is right in 0%"):
        sized._right("resolve", none, known)
    assert sized._disagreements(9, [half, half]) == []
    assert "1 names aren't answered alike" in sized._disagreements(9, [half, none])[0]


def answered(*first: bool) -> Asked:
    times: dict[str, Any] = {"prepared": 1.0, "seconds": 1.0, "core": 1.0, "peak": 1.0}
    return Asked(**times, single=(), single_core=(), first=first, pooled=())
