"""Work that is shared gives what it gives when one does it: in order, lazily, errors and all."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import load
from resolve import Resolver, Settings, pipeline
from resolve.errors import OptionError, TableError
from resolve.index import Index
from resolve.parallel import cores, mapped
from resolve.tables import read_table

TESTS = Path(__file__).parent
NAMES = TESTS.parent / "examples" / "names.txt"
MENTIONS = [
    row[0]
    for row in read_table(
        TESTS / "cases" / "toy_decisions.tsv", ("mention", "outcome", "first", "note")
    )
]
RESOLVER = Resolver(load(TESTS / "toy"))
JOBS = st.integers(1, 3)
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="shares work as Unix does")


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(), max_size=40), JOBS)
def test_results_come_in_the_order_of_the_pieces(pieces: list[int], jobs: int) -> None:
    def work(piece: int) -> str:
        time.sleep(piece % 3 / 2000)  # the first one isn't the first to be done
        return f"<{piece}>"

    assert list(mapped(work, iter(pieces), jobs)) == [f"<{piece}>" for piece in pieces]


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("error", [ZeroDivisionError("x"), TableError("a.tsv:3"), KeyError("k")])
def test_an_error_reaches_who_asked(error: Exception, jobs: int) -> None:
    def work(piece: int) -> int:
        if piece == 5:
            raise error
        return piece

    found = []
    with pytest.raises(type(error)) as raised:
        found.extend(mapped(work, range(9), jobs))
        assert False, found
    assert raised.value.args == error.args


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_what_is_done_before_an_error_is_had(jobs: int) -> None:
    found = []
    with pytest.raises(ZeroDivisionError):
        for each in mapped(lambda piece: 6 // (3 - piece), range(9), jobs):
            found.append(each)
    assert found == [2, 3, 6]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_pieces_that_fail_are_told(jobs: int) -> None:
    def pieces() -> Iterator[int]:
        yield 1
        raise EOFError("the list ends in the middle of a name")

    with pytest.raises(EOFError, match="middle"):
        list(mapped(abs, pieces(), jobs))


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_pieces_are_read_as_results_are_asked_for(jobs: int) -> None:
    read = []

    def pieces() -> Iterator[int]:
        for k in count():
            read.append(k)
            yield k

    results = mapped(abs, pieces(), jobs)
    assert read == []
    assert list(islice(results, 20)) == list(range(20))
    time.sleep(0.05)
    assert len(read) <= 20 + 2 * jobs + 1
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("jobs", [0, -1])
def test_less_than_one_job_is_an_error(jobs: int) -> None:
    with pytest.raises(OptionError, match=f"jobs is {jobs}"):
        list(mapped(abs, [1], jobs))
    with pytest.raises(OptionError, match=f"jobs is {jobs}"):
        RESOLVER.resolve_many(["Menfi"], jobs=jobs)


def test_there_is_a_core() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


@forks
def test_the_work_is_shared() -> None:
    def work(piece: int) -> int:
        time.sleep(0.02)
        return os.getpid()

    assert set(mapped(work, range(4), 1)) == {os.getpid()}
    workers = set(mapped(work, range(12), 2))
    assert len(workers) == 2 and os.getpid() not in workers


@forks
def test_no_worker_stays_behind() -> None:
    for take in (3, 50):
        workers = set(islice(mapped(lambda _: os.getpid(), range(50), 2), take))
        deadline = time.monotonic() + 5
        while any(map(_lives, workers)) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not any(map(_lives, workers))


@forks
def test_a_worker_that_is_killed_is_told() -> None:
    def work(piece: int) -> int:
        if piece == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return piece

    with pytest.raises(ChildProcessError, match=r"one of 2 processes .* take fewer jobs"):
        list(mapped(work, range(50), 2))


@forks
def test_two_that_share_work_at_a_time_do_not_mix() -> None:
    first, second = mapped(str, range(30), 2), mapped(abs, range(0, -30, -1), 2)
    mixed = list(zip(first, second, strict=True))
    assert mixed == [(str(k), k) for k in range(30)]
    found: dict[int, list[int]] = {}

    def share(factor: int) -> None:
        found[factor] = list(mapped(lambda piece: factor * piece, range(20), 2))

    threads = [threading.Thread(target=share, args=(factor,)) for factor in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {factor: [factor * k for k in range(20)] for factor in range(4)}


def test_where_nothing_can_be_forked_one_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert set(mapped(lambda _: os.getpid(), range(4), 2)) == {os.getpid()}


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few names are several pieces, and a piece several batches."""
    monkeypatch.setattr(pipeline, "_BATCH", 3)
    monkeypatch.setattr(pipeline, "_PIECE", 7)


@forks
@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("kind", [None, "person", "place"])
def test_jobs_do_not_change_the_decisions(kind: str | None) -> None:
    resolver = Resolver(load(TESTS / "toy"), Settings(kind=kind))  # type: ignore[arg-type]
    texts = [*MENTIONS, "", "\u202e", *MENTIONS[::-2]]
    one, *others = (resolver.resolve_many(texts, jobs=jobs) for jobs in (1, 2, 3))
    for several in others:
        assert msgspec.json.encode(several) == msgspec.json.encode(one)
    assert resolver.resolve_many([], jobs=2) == []


@forks
@pytest.mark.usefixtures("small_pieces")
def test_progress_counts_up_to_the_end() -> None:
    told: dict[int, list[int]] = {1: [], 2: []}
    for jobs, own in told.items():
        RESOLVER.resolve_many(MENTIONS, own.append, jobs=jobs)
        assert own == sorted(own) and own[-1] == len(MENTIONS)


@forks
@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("jobs", [1, 2])
def test_decisions_are_made_as_they_are_asked_for(jobs: int) -> None:
    read = []

    def endless() -> Iterator[str]:
        for k in count():
            read.append(k)
            yield MENTIONS[k % len(MENTIONS)]

    decisions = RESOLVER.decide_many(endless(), jobs=jobs)
    assert read == []
    found = [decision.mention.text for decision in islice(decisions, 30)]
    assert found == [MENTIONS[k % len(MENTIONS)] for k in range(30)]
    assert len(read) <= 30 + 7 * (2 * jobs + 2)
    decisions.close()  # type: ignore[attr-defined]


@forks
def test_names_of_a_gazetteer_are_read_by_several(monkeypatch: pytest.MonkeyPatch) -> None:
    from resolve.matching import shelf

    monkeypatch.setattr(shelf, "_PIECE", 4)
    arrays = [Index.of(load(TESTS / "toy"), jobs=jobs)._arrays for jobs in (1, 2)]
    assert arrays[0].keys() == arrays[1].keys()
    for name, array in arrays[0].items():
        assert array.dtype == arrays[1][name].dtype
        assert array.tobytes() == arrays[1][name].tobytes(), name


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "resolve.cli", *args, "--gazetteer", str(TESTS / "toy")]


@pytest.mark.parametrize("form", ["tsv", "jsonl"])
def test_the_command_prints_the_same_bytes(form: str) -> None:
    printed = [
        subprocess.run(
            command("--format", form, "--jobs", jobs, str(NAMES)), capture_output=True, check=True
        ).stdout
        for jobs in "12"
    ]
    assert printed[0] == printed[1] and len(printed[0].splitlines()) > 50


@forks
def test_ctrl_c_ends_all_without_a_traceback(tmp_path: Path) -> None:
    many = tmp_path / "many.txt"
    many.write_text("".join(f"{name} {k}\n" for k in range(3000) for name in MENTIONS))
    process = subprocess.Popen(
        command("--jobs", "2", str(many)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    workers = _soon(lambda: _children(process.pid))
    time.sleep(0.5)  # until they are at work
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130 and b"Traceback" not in said, said.decode()
    assert not any(map(_lives, workers))


@forks
def test_what_runs_behind_a_shell_does_not_hear_ctrl_c() -> None:
    process = subprocess.Popen(
        command("--jobs", "2", str(NAMES)),
        stdout=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    _soon(lambda: _children(process.pid))
    os.killpg(process.pid, signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0 and len(printed.splitlines()) > 50


def _soon(found: Callable[[], list[int]]) -> list[int]:
    deadline = time.monotonic() + 30
    while not (there := found()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert there
    return there


def _children(process: int) -> list[int]:
    """The processes that one has started, where the system tells."""
    told = Path(f"/proc/{process}/task/{process}/children")
    if not told.exists():
        pytest.skip("this system doesn't tell the children of a process")
    with contextlib.suppress(OSError):
        return [int(word) for word in told.read_text().split()]
    return []


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
