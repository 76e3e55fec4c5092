"""`resolve gazetteer add`, as it is called."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gazetteer import load

TABLE = """decision\tid\tname\tkind\tvariants\tcount
NIL\tnil:amelia-caldwell\tAmelia Caldwell\tperson\tAmelia Caldwell | أميليا كالدويل\t7
NIL\tnil:khalifa-haftar\tKhalifa Haftar\tperson\tHaftar's son\t1
LINK\tkhalifa-haftar\tKhalifa Haftar\tperson\tHalife Hafter Paşa\t9
"""


@pytest.fixture
def ours(toy, tmp_path) -> Path:
    return Path(shutil.copytree(toy[1], tmp_path / "ours"))


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "actors.tsv"
    path.write_text(TABLE)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_dry_run_shows_what_would_be_done(run, ours, table):
    before = contents(ours)
    ran = run("gazetteer", "add", table, "--to", ours, "--dry-run")
    assert ran.rows == [
        ["action", "id", "target", "name", "new_names", "names", "reason"],
        [
            "add",
            "nil:amelia-caldwell",
            "amelia-caldwell",
            "Amelia Caldwell",
            "2",
            "Amelia Caldwell | أميليا كالدويل",
            "",
        ],
        [
            "add",
            "nil:khalifa-haftar",
            "khalifa-haftar-2",
            "Khalifa Haftar",
            "2",
            "Khalifa Haftar | Haftar's son",
            "khalifa-haftar isn't called Haftar's son",
        ],
    ]
    told = "2 actors added, 0 names given to 0 known actors, 0 known already, 1 row left out"
    assert (ran.status, ran.err) == (0, f"would be done: {told}\n")
    assert contents(ours) == before


def test_a_table_is_added_in_place_and_once(run, ours, table):
    ran = run("gazetteer", "add", table, "--to", ours)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == (
        "nil:khalifa-haftar is added as khalifa-haftar-2: "
        "khalifa-haftar isn't called Haftar's son\n"
        "2 actors added, 0 names given to 0 known actors, 0 known already, 1 row left out"
        f" -> {ours}\n"
    )
    found = load(ours).get("amelia-caldwell")
    assert [(n.text, n.lang, n.script, n.kind, n.source) for n in found.names] == [
        ("Amelia Caldwell", "und", "Latn", "primary", "actors.tsv"),
        ("أميليا كالدويل", "und", "Arab", "alias", "actors.tsv"),
    ]
    before = contents(ours)
    again = run("gazetteer", "add", table, "--to", ours)
    assert again.err.startswith("0 actors added, 0 names given to 0 known actors, 2 known already")
    assert contents(ours) == before


def test_what_was_added_is_found(run, ours, table, tmp_path):
    assert run("gazetteer", "add", table, "--to", ours, "-o", tmp_path / "new").status == 0
    ran = run("--gazetteer", tmp_path / "new", stdin="أميليا كالدويل\n")
    assert {"LINK", "amelia-caldwell"} <= set(ran.rows[1])
    assert "amelia-caldwell" not in load(ours)


def test_accepted_names_go_to_a_known_actor(run, ours, tmp_path):
    path = tmp_path / "actors.csv"
    path.write_text(
        "id,name,kind,variants,accept\n"
        "khalifa-haftar,Khalifa Haftar,person,Halife Hafter Paşa | Khalifa Haftar,yes\n"
        "nil:x,X,,,no\n"
    )
    ran = run("gazetteer", "add", path, "--to", ours)
    told = "0 actors added, 1 name given to 1 known actor, 0 known already, 1 row left out"
    assert (ran.status, ran.err) == (0, f"{told} -> {ours}\n")
    names = {name.text: name for name in load(ours).get("khalifa-haftar").names}
    assert names["Halife Hafter Paşa"].kind == "alias"


def test_a_bad_row_keeps_all_from_being_added(run, ours, table, tmp_path):
    bad = tmp_path / "bad.tsv"
    bad.write_text("id\tname\tkind\tvariants\nnil:a\tA\tvessel\t\nnobody\tB\tperson\t\n")
    before = contents(ours)
    ran = run("gazetteer", "add", table, bad, "--to", ours)
    assert ran.status == 2
    assert f"{bad}:2: kind 'vessel'" in ran.err
    assert f"{bad}:3: no actor 'nobody'" in ran.err
    assert contents(ours) == before


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (["--to", "default"], "default is not a data package: say with -o DIR where to write"),
        ([], "--to"),
    ],
)
def test_a_gazetteer_is_needed_that_can_be_written(run, table, args, what):
    ran = run("gazetteer", "add", table, *args)
    assert (ran.status, what in ran.err) == (2, True)


def test_a_merge_can_still_be_undone(run, toy, ours, table, tmp_path):
    listed = tmp_path / "un.csv"
    listed.write_text("id,name,lang,kind,country\nun:1,Khalifa Hafter,en,person,LY\n")
    assert run("gazetteer", "merge", ours, listed).status == 0
    assert run("gazetteer", "add", table, "--to", ours, "-o", tmp_path / "new").status == 0
    assert run("gazetteer", "split", tmp_path / "new", "un:1").status == 0
    assert load(tmp_path / "new").get("khalifa-haftar") == load(toy[1]).get("khalifa-haftar")


def test_a_gazetteer_that_is_not_there_is_begun(run, table, tmp_path):
    mine = tmp_path / "mine"
    assert run("gazetteer", "add", table, "--to", mine, "--dry-run").status == 0
    assert not mine.exists()
    assert run("gazetteer", "add", table, "--to", mine).status == 0
    assert [entity.id for entity in load(mine)] == ["amelia-caldwell", "khalifa-haftar"]
    again = run("gazetteer", "add", table, "--to", mine)
    assert again.status == 0 and "0 actors added" in again.err
