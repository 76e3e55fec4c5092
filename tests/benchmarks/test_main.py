"""The command runs what is asked for, says what fails, and writes nothing in part."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from click.testing import Result as Said

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")

from benchmarks import runs
from benchmarks.__main__ import main
from benchmarks.protocol import Result, Table

asked: list[dict] = []


@pytest.fixture(autouse=True)
def _tracks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two tracks that work, and one that breaks after another name for its failure."""
    asked.clear()
    monkeypatch.setattr(runs, "DIRECTORY", tmp_path / "runs")

    def track(name: str, run: Callable[..., Result]) -> None:
        module = ModuleType(f"benchmarks.tracks.{name}")
        module.run = run  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)

    def merges(data, systems, progress, *, sizes=(5,), most=None):  # type: ignore[no-untyped-def]
        asked.append({"sizes": sizes, "most": most})
        rows = tuple((size, "resolve", 0.9) for size in sizes)
        return Result("merges", (Table("Merges", ("actors", "system", "precision"), rows, 2),))

    def pairs(data, systems, progress, *, most=None):  # type: ignore[no-untyped-def]
        progress("reads pairs")
        asked.append({"data": data, "systems": [s.name for s in systems], "most": most})
        return Result("pairs", (Table("Pairs", ("system", "precision"), (("resolve", 0.9),)),))

    def seeds(data, systems, progress):  # type: ignore[no-untyped-def]
        return Result("seeds", (Table("Seeds", ("what", "n"), (("Haftar", 7),)),))

    def speed(data, systems, progress):  # type: ignore[no-untyped-def]
        raise ValueError("the clock stands still")

    def candidates(data, systems, progress):  # type: ignore[no-untyped-def]
        return Result("candidates", (Table("T", ("a", "b"), (("x", float("nan")),)),))

    for name, run in {"merges": merges, "pairs": pairs, "seeds": seeds, "speed": speed}.items():
        track(name, run)
    track("candidates", candidates)


def call(*args: str) -> Said:
    return CliRunner().invoke(main, list(args))


def test_the_tracks_that_are_asked_for_are_in_the_page(tmp_path: Path) -> None:
    said = call("--track", "pairs", "--track", "seeds", "--out", str(tmp_path / "out"))
    assert said.exit_code == 0, said.output
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "Haftar" in page and ".900" in page
    assert "Seeds" in said.output and ".900" in said.output
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["index.html"]


def test_tracks_may_be_named_without_an_option(tmp_path: Path) -> None:
    assert (
        call("seeds", "--track", "pairs", "--out", str(tmp_path), "--freeze", "one").exit_code == 0
    )
    kept = runs.load(runs.frozen("one"))
    assert [result.track for result in kept.results] == ["pairs", "seeds"]
    assert "--track seeds --track pairs" in kept.commands[0].line


def test_limit_and_systems_reach_the_tracks(tmp_path: Path) -> None:
    args = ("--track", "pairs", "--system", "RESOLVE", "--limit", "5", "--out", str(tmp_path))
    assert call(*args).exit_code == 0
    assert asked == [{"data": None, "systems": ["resolve"], "most": 5}]


def test_sizes_reach_the_tracks_that_have_them_and_stand_in_the_command(tmp_path: Path) -> None:
    args = ("--track", "merges", "--track", "seeds", "--size", "20", "--size", "10")
    assert call(*args, "--freeze", "one", "--out", str(tmp_path)).exit_code == 0
    assert asked == [{"sizes": (10, 20), "most": None}]
    (command,) = runs.load(runs.frozen("one")).commands
    assert command.line.endswith("--size 20 --size 10")


@pytest.mark.parametrize(
    ("track", "reason"),
    [("speed", "ValueError: the clock stands still"), ("candidates", "a number is not finite")],
)
def test_a_track_that_fails_is_reported_and_the_others_run(
    tmp_path: Path, track: str, reason: str
) -> None:
    said = call("--track", track, "--track", "seeds", "--out", str(tmp_path))
    assert said.exit_code == 1
    page = (tmp_path / "index.html").read_text("utf-8")
    assert reason in page and "Haftar" in page
    assert str(Path(__file__).parent.parent.parent) not in page


def test_a_run_is_frozen_shown_again_and_compared_with(tmp_path: Path) -> None:
    first, again = str(tmp_path / "first"), str(tmp_path / "again")
    assert call("--track", "pairs", "--freeze", "one", "--out", first).exit_code == 0
    assert call("--show", "one", "--out", again).exit_code == 0
    pages = [(tmp_path / name / "index.html").read_bytes() for name in ("first", "again")]
    assert pages[0] == pages[1]
    said = call("--track", "pairs", "--against", "one", "--out", again)
    assert said.exit_code == 0
    assert "Since one" in (tmp_path / "again" / "index.html").read_text("utf-8")


def test_a_run_made_in_parts_is_shown_and_kept_as_one(tmp_path: Path) -> None:
    out = ("--out", str(tmp_path))
    assert call("--track", "seeds", "--freeze", "c", *out).exit_code == 0
    for name, size in (("a", "1000"), ("b", "200")):
        assert call("--track", "merges", "--size", size, "--freeze", name, *out).exit_code == 0
    shown = [word for name in "cab" for word in ("--show", name)]
    assert call(*shown, "--freeze", "all", *out).exit_code == 0
    kept = runs.load(runs.frozen("all"))
    assert [result.track for result in kept.results] == ["merges", "seeds"]
    assert [row[0] for row in kept.results[0].tables[0].rows] == [1000, 200]
    assert "made in 3 parts" in (tmp_path / "index.html").read_text("utf-8")


def test_a_frozen_run_is_not_overwritten(tmp_path: Path) -> None:
    args = ("--track", "pairs", "--freeze", "one", "--out", str(tmp_path))
    assert call(*args).exit_code == 0
    assert "is there already" in call(*args).output
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--data", "nowhere"), "no such directory"),
        (("--data", "."), "holds no names/"),
        (("--system", "nobody"), "there are resolve"),
        (("--against", "nothing"), "frozen runs are"),
        (("--freeze", "../out"), "can't name a run"),
        (("--track", "unknown"), "unknown"),
        (("unknown",), "unknown"),
        (("--limit", "0"), "limit"),
        (("--size", "0"), "size"),
    ],
)
def test_wrong_use_is_said_before_anything_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    found = call("--track", "pairs", "--out", str(tmp_path / "out"), *args)
    assert found.exit_code == 2
    assert said in " ".join(found.output.split())
    assert asked == [] and not (tmp_path / "out").exists()
