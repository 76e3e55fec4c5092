"""A gazetteer whose writer is killed is the old one or the new one, whenever that happens."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from gazetteer import Entity, EntityName, Gazetteer, load, save
from gazetteer.errors import BusyError
from gazetteer.replacement import is_vacant, replacing

FILES = ["datapackage.json", "entities.tsv", "names.tsv", "redirects.tsv"]
KILLS, SEED = 100, 4
PATIENCE = 0.02  # seconds that a writer lives at most: a save takes some milliseconds
STEPS = ("open", "os.rename", "os.link", "os.remove", "os.mkdir")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as Unix does")


def generation(number: int) -> Gazetteer:
    """A gazetteer each of whose tables tells of the number."""
    name = EntityName(f"Name {number}", "eng", "Latn", "primary", str(number))
    actors = (Entity(f"{number}-{i}", (name,), source=str(number)) for i in range(50))
    return Gazetteer(str(number), tuple(actors))


def number_in(folder: Path) -> int:
    """The generation that the folder holds, whole: a mixture would not load, or differ."""
    found = load(folder)
    assert found.version == generation(int(found.name)).version
    return int(found.name)


def forked(work: Callable[[], object]) -> int:
    """The process that does the work and ends."""
    process = os.fork()
    if process == 0:
        try:
            work()
        finally:
            os._exit(0)
    return process


def test_a_writer_killed_at_random_leaves_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    save(generation(0), tmp_path)
    number = 0

    def on_and_on() -> None:
        for each in range(number + 1, sys.maxsize):
            save(generation(each), tmp_path)

    for _ in range(KILLS):
        process = forked(on_and_on)
        time.sleep(chance.uniform(0, PATIENCE))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        assert number_in(tmp_path) >= number
        number = number_in(tmp_path)
    assert number > 0, "no writer came to its end: be more patient"
    save(generation(1), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES


def killed_before(step: int, work: Callable[[], object]) -> bool:
    """Whether the work, done in a process of its own, was killed before a step on files."""

    def counted() -> None:
        steps = iter(range(step))

        def watch(event: str, args: tuple[object, ...]) -> None:
            if event in STEPS and next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        work()

    _, status = os.waitpid(forked(counted), 0)
    return os.WIFSIGNALED(status)


def test_a_writer_killed_before_any_step_leaves_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    folder, step, seen = tmp_path / "mine", 0, set()
    save(generation(1), folder)
    while killed_before(step, lambda: save(generation(2), folder)):
        found = number_in(folder)
        seen.add(found)
        if step % 2:  # a second writer that is killed too, while it clears up after the first
            killed_before(step // 2, lambda: save(generation(3), folder))
            assert number_in(folder) in (found, 3)
        save(generation(1), folder)
        assert number_in(folder) == 1
        assert sorted(path.name for path in folder.iterdir()) == FILES
        step += 1
    assert seen == {1, 2}
    assert step > 20


def test_a_first_writer_that_is_killed_leaves_none_or_the_new_one(tmp_path: Path) -> None:
    step = 0
    while killed_before(step, partial(save, generation(1), folder := tmp_path / str(step))):
        assert is_vacant(folder) or number_in(folder) == 1
        save(generation(2), folder)
        assert number_in(folder) == 2
        step += 1
    assert step > 10


def test_an_interrupt_just_after_the_change_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(generation(1), tmp_path)
    replace = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        replaced = replace(path, target)
        monkeypatch.setattr(Path, "replace", replace)
        raise KeyboardInterrupt
        return replaced

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(generation(2), tmp_path)
    assert number_in(tmp_path) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES


def test_without_hard_links_the_tables_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(source: Path, target: Path) -> None:
        raise OSError("no hard links here")

    monkeypatch.setattr(os, "link", refused)
    for number in (1, 2):
        save(generation(number), tmp_path)
        assert number_in(tmp_path) == number
        assert sorted(path.name for path in tmp_path.iterdir()) == FILES


def test_two_writers_at_once_are_told(tmp_path: Path) -> None:
    with replacing(tmp_path, "first"):
        with pytest.raises(BusyError, match=str(tmp_path)):
            save(generation(1), tmp_path)
        for table in ("entities", "names", "redirects"):
            (tmp_path / f".new.{table}.tsv").write_text("")
    assert (tmp_path / "datapackage.json").exists()


def test_a_reader_never_sees_a_mixture(tmp_path: Path) -> None:
    save(generation(0), tmp_path)

    def on_and_on() -> None:
        for each in range(1, sys.maxsize):
            save(generation(each), tmp_path)

    process = forked(on_and_on)
    try:
        found = [number_in(tmp_path) for _ in range(100)]
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    assert found == sorted(found)
    assert found[-1] > 0
