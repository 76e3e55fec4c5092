"""`resolve gazetteer build`: one file that answers as its gazetteer, whole or not at all."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gazetteer import load
from resolve import Settings
from resolve.index import FORMAT, Index
from resolve.storage import Stored, write

NAMES = Path(__file__).parents[2] / "examples" / "names.txt"
LISTED = """id,name,lang,kind,country
un:1,Khalifa Hafter,en,person,LY
un:1,خليفة حفتر,ar,person,LY
un:2,Bank of Nowhere,en,organization,
"""


@pytest.fixture
def built(run, toy, tmp_path) -> Path:
    path = tmp_path / "toy.idx"
    assert run("gazetteer", "build", toy[1], "-o", path).status == 0
    return path


def beside(path: Path) -> list[str]:
    return [each.name for each in path.parent.iterdir()]


def told(path: Path) -> list[str]:
    """The ids of an index, all of whose bytes were checked."""
    index = Index.open(path)
    index.verify()
    return [index.actor(row).id for row in range(len(index))]


def test_a_package_is_built(run, toy, tmp_path):
    path = tmp_path / "toy.idx"
    ran = run("gazetteer", "build", toy[1], "-o", path)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith(f"{path}: 13 actors, 41 names, ") and ran.err.endswith(" MB\n")
    assert told(path) == [entity.id for entity in load(toy[1])]


def test_a_table_is_built(run, tmp_path):
    table, path = tmp_path / "listed.csv", tmp_path / "listed.idx"
    table.write_text(LISTED, encoding="utf-8")
    ran = run("gazetteer", "build", table, "-o", path)
    assert ran.err.startswith(f"{path}: 2 actors, 3 names, ")
    assert told(path) == ["un:1", "un:2"]


def test_the_one_that_ships_is_built_where_none_is_named(run, tmp_path):
    path = tmp_path / "all.idx"
    assert run("gazetteer", "build", "-o", path, "--jobs", 2).status == 0
    assert told(path) == [entity.id for entity in load()]


def test_a_list_of_names_is_built(run, tmp_path):
    names, path = tmp_path / "names.txt", tmp_path / "names.idx"
    names.write_text("Khalifa Haftar\nAmelia Caldwell\n", encoding="utf-8")
    assert run("gazetteer", "build", names, "-o", path).status == 0
    rows = run("--gazetteer", path, stdin="Caldwell Amelia").rows
    assert rows[1][1:4] == ["amelia-caldwell", "Amelia Caldwell", "LINK"]


def test_the_same_gazetteer_gives_the_same_bytes(run, toy, built, tmp_path):
    again = tmp_path / "again.idx"
    run("gazetteer", "build", f"{toy[1]}/datapackage.json", "-o", again, "--jobs", 2)
    assert again.read_bytes() == built.read_bytes()


@pytest.mark.parametrize(
    "asked",
    [
        ("--format", "tsv"),
        ("--format", "jsonl"),
        ("--explain", "--format", "table"),
        ("--kind", "place"),
        ("--kind", "person", "--jobs", "2", "--top", "2", "--format", "jsonl"),
    ],
    ids=" ".join,
)
def test_an_index_answers_as_its_gazetteer(run, toy, built, asked):
    expected = run(*toy, *asked, NAMES)
    found = run("--gazetteer", built, *asked, NAMES)
    assert found == expected and found.status == 0 and found.out


@pytest.mark.parametrize("name", ["toy", "toy.csv", "toy.idx.gz", "idx"])
def test_an_index_is_told_by_its_name(run, toy, tmp_path, name):
    ran = run("gazetteer", "build", toy[1], "-o", tmp_path / name)
    assert ran.status == 2 and "let it end in .idx" in ran.err and ran.err.count("\n") == 1
    assert not (tmp_path / name).exists()


def test_without_an_output_there_is_nothing_to_do(run, toy):
    ran = run("gazetteer", "build", toy[1])
    assert ran.status == 2 and "--output" in ran.err


@pytest.mark.parametrize("other", ["none", "default", "toy"])
@pytest.mark.parametrize("first", [True, False])
def test_an_index_stands_alone(run, toy, built, other, first):
    other = toy[1] if other == "toy" else other
    paths = (built, other) if first else (other, built)
    ran = run("--gazetteer", paths[0], "--gazetteer", paths[1], stdin="Menfi")
    assert (ran.status, ran.out) == (2, "")
    assert "an index stands alone; build one of all of them" in ran.err


@pytest.mark.parametrize("place", [0, 9, 200, 0.3, 0.5, 0.9, 0.99])
def test_a_damaged_index_is_an_error_in_one_line(run, built, place):
    data = bytearray(built.read_bytes())
    # Where that is padding, the next byte that is not.
    at = int(place * len(data)) if isinstance(place, float) else place
    at += next(k for k, byte in enumerate(data[at:]) if byte)
    data[at] ^= 0x10
    built.write_bytes(data)
    for jobs in (1, 2):
        ran = run("--gazetteer", built, "--jobs", jobs, NAMES)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"resolve: error: {built}: ") and ran.err.count("\n") == 1


@pytest.mark.parametrize("length", [0, 5, 20, 100, 0.5, 0.999])
def test_an_index_that_is_cut_off_is_an_error_in_one_line(run, built, length):
    data = built.read_bytes()
    built.write_bytes(data[: int(length * len(data)) if isinstance(length, float) else length])
    ran = run("--gazetteer", built, stdin="Menfi")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"resolve: error: {built}: ") and ran.err.count("\n") == 1


def test_what_is_no_index_is_an_error_in_one_line(run, tmp_path):
    folder, text, model = tmp_path / "a.idx", tmp_path / "b.idx", tmp_path / "c.idx"
    folder.mkdir()
    text.write_text(LISTED, encoding="utf-8")
    write(model, "model", FORMAT, {})
    for path in (folder, text, model, tmp_path / "missing.idx"):
        ran = run("--gazetteer", path, stdin="Menfi")
        assert (ran.status, ran.out) == (2, "")
        assert str(path) in ran.err and ran.err.count("\n") == 1


def test_an_index_of_another_version_says_how_it_is_built_again(run, built):
    stored = Stored(built, "index", FORMAT)
    write(built, "index", FORMAT, stored.arrays, {"version": "0.0.1"})
    ran = run("--gazetteer", built, stdin="Menfi")
    assert ran.status == 2
    assert "built by resolve-names 0.0.1" in ran.err and "resolve gazetteer build" in ran.err


def test_a_broken_gazetteer_leaves_the_old_index(run, toy, built, tmp_path):
    before = built.read_bytes()
    broken = Path(shutil.copytree(toy[1], tmp_path / "broken"))
    table = broken / "names.tsv"
    table.write_text(table.read_text(encoding="utf-8").replace("\tprimary\t", "\tbest\t"), "utf-8")
    listed = tmp_path / "broken.csv"
    listed.write_text("id,name\nun:1,Khalifa Hafter\nnot an id,Name\n", encoding="utf-8")
    for path in (broken, listed, tmp_path / "missing", built):
        there = set(beside(built))
        ran = run("gazetteer", "build", path, "-o", built)
        assert (ran.status, ran.out) == (2, ""), path
        assert "Traceback" not in ran.err
        assert built.read_bytes() == before and set(beside(built)) == there


def test_an_output_that_cannot_be_written_is_an_error(run, toy, tmp_path):
    (tmp_path / "folder.idx").mkdir()
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "folder.idx", tmp_path / "file" / "a.idx"):
        ran = run("gazetteer", "build", toy[1], "-o", path)
        assert ran.status == 2 and ran.err.startswith("resolve: error: ")
    assert sorted(beside(tmp_path / "file")) == ["file", "folder.idx"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as Unix does")
def test_a_build_that_is_killed_leaves_the_old_index(run, toy, built):
    before, chance = told(built), random.Random(7)
    command = [sys.executable, "-m", "resolve.cli", "gazetteer", "build", toy[1], "-o", built]
    start = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - start
    for _ in range(20):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1.05) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert told(built) == before
    assert run("gazetteer", "build", toy[1], "-o", built).status == 0
    assert beside(built) == [built.name]


def test_settings_are_those_of_the_command(run, built):
    """An index holds names, no thresholds: these are asked for each time."""
    sure = run("--gazetteer", built, "--link", "0.999999", "--format", "tsv", NAMES)
    plain = run("--gazetteer", built, "--format", "tsv", NAMES)
    assert Settings().link < 0.999999 and sure.out.count("\tLINK\t") < plain.out.count("\tLINK\t")


def test_an_index_is_checked_and_asked_for_no_facts(run, built):
    sound = run("gazetteer", "validate", built)
    assert (sound.status, sound.out) == (0, f"{built}: 13 actors, 41 names, no failure\n")
    data = bytearray(built.read_bytes())
    data[-1] ^= 1
    built.write_bytes(data)
    damaged = run("gazetteer", "validate", built)
    assert damaged.status == 2 and "damaged" in damaged.err and "build it again" in damaged.err
    asked = run("gazetteer", "show", "khalifa-haftar", "--gazetteer", built)
    assert asked.status == 2 and "the gazetteer that it was built of" in asked.err
