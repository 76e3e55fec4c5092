"""Speeds are told of right answers only, in turn, and of one round at a time."""

import time
from collections.abc import Sequence

import pytest

from benchmarks import throughput
from benchmarks.datasets.synthetic import synthetic
from benchmarks.processes import Start, linked_right, peak_of, start_ups
from benchmarks.protocol import Answer
from benchmarks.systems.ours import Ours
from benchmarks.throughput import LEAST_RIGHT, WrongAnswersError, race, ratio
from benchmarks.tracks import speed as track
from gazetteer import Gazetteer
from resolve.types import Kind

ROUNDS = [list(range(40)), list(range(40))]


class Clock:
    """Time that passes only for what is asked: `each` seconds an item, and `fixed` a call."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        self.log: list[tuple[str, int]] = []
        monkeypatch.setattr(time, "perf_counter", lambda: self.now)

    def runner(
        self, name: str, each: float, right: float = 1.0, fixed: float = 0.0
    ) -> throughput.Ask[int]:
        def ask(items: Sequence[int]) -> float:
            self.log.append((name, len(items)))
            self.now += fixed + each * len(items)
            return right

        return ask


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_a_speed_is_items_over_seconds_and_its_ratio_that_of_the_rounds(clock: Clock) -> None:
    runners = {"ours": clock.runner("ours", 0.02), "peer": clock.runner("peer", 0.01)}
    found, notes = race(runners, ROUNDS, "ours")
    assert [round(speed.median) for speed in found.values()] == [50, 100] and not notes
    assert ratio(found["peer"].rounds, found["ours"].rounds) == pytest.approx(2)


def test_all_take_turns(clock: Clock) -> None:
    runners = {name: clock.runner(name, 0.01) for name in ("ours", "peer")}
    race(runners, ROUNDS, "ours")
    assert clock.log[-4:] == [("ours", 40), ("peer", 40)] * 2


def test_a_slow_peer_is_asked_for_fewer_but_we_never_are(clock: Clock) -> None:
    runners = {name: clock.runner(name, 0.1) for name in ("ours", "peer")}
    found, _ = race(runners, ROUNDS, "ours")
    assert found["ours"].asked == 40
    assert found["peer"].asked == pytest.approx(throughput.ALLOWED / 0.1, abs=2)


def test_a_peer_that_takes_too_long_for_a_few_is_left_out(clock: Clock) -> None:
    runners = {
        "ours": clock.runner("ours", 0.01),
        "peer": clock.runner("peer", 0.01, fixed=2 * throughput.ALLOWED),
    }
    found, notes = race(runners, ROUNDS, "ours")
    assert set(found) == {"ours"} and "don't suffice" in notes[0]


def test_who_is_wrong_is_left_out_and_if_we_are_nothing_is_told(clock: Clock) -> None:
    wrong = LEAST_RIGHT - 0.01
    runners = {"ours": clock.runner("ours", 0.01), "peer": clock.runner("peer", 0.01, wrong)}
    found, notes = race(runners, ROUNDS, "ours")
    assert set(found) == {"ours"} and "answers are right" in notes[0]
    with pytest.raises(WrongAnswersError, match="peer"):
        race(runners, ROUNDS, "peer")


def test_a_peer_that_fails_is_left_out_and_says_how(clock: Clock) -> None:
    def fails(items: Sequence[int]) -> float:
        raise ValueError("no model")

    found, notes = race({"ours": clock.runner("ours", 0.01), "peer": fails}, ROUNDS, "ours")
    assert set(found) == {"ours"} and "ValueError: no model" in notes[0]
    with pytest.raises(ValueError, match="no model"):
        race({"ours": fails}, ROUNDS, "ours")


def test_only_mentions_with_an_actor_can_be_right() -> None:
    assert linked_right(["a", None, "b"], ["a", "c", None]) == 0.5
    assert linked_right([None], ["a"]) == 1.0


def test_a_process_that_says_something_else_is_an_error() -> None:
    asked = (Start("one", "sys", "print(1)", "1"), Start("two", "sys", "print(2)", "2"))
    (_, seconds, own), (_, _, other) = start_ups(asked, 1)
    assert seconds > 0 and own == 1.0 and other > 0
    with pytest.raises(WrongAnswersError, match="says '1', not '2'"):
        start_ups((Start("one", "sys", "print(1)", "2"),), 1)


def test_memory_is_that_of_the_process_that_links() -> None:
    assert 10 < peak_of("rapidfuzz token_sort_ratio, anyascii", synthetic(40, 20)) < 400
    with pytest.raises(WrongAnswersError, match="not enough values"):
        peak_of("nobody's", synthetic(40, 20))


class Guess:
    """Takes the first actor for everybody."""

    name, note, probabilistic = "guess", "", False

    def missing(self) -> str | None:
        return None

    def version(self) -> str:
        return "1"

    def link(
        self, gazetteer: Gazetteer, mentions: Sequence[str], kind: Kind, top: int = 10
    ) -> list[Answer]:
        first = next(iter(gazetteer)).id
        return [Answer(((first, 1.0),)) for _ in mentions]


def test_the_track_sets_ours_beside_whoever_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(track, "starts", lambda: (Start("ours", "sys", "print(1)", "1"),))
    monkeypatch.setattr(track, "peak_of", lambda system, made: float(len(made.mentions)))
    monkeypatch.setattr(track, "SINGLE", 10)
    result = track.run(None, (Ours(), Guess()), actors=80, most=20, rounds=2)
    lists, single, pairs, start, memory = result.tables
    assert [row[0] for row in lists.rows] == [row[0] for row in pairs.rows] == ["resolve"]
    assert single.rows[0][3] == lists.rows[0][3] == start.rows[0][2] == memory.rows[0][2] == 1
    assert memory.rows[0][1] == 20
    assert any("guess is left out" in note for note in result.notes)
