"""`resolve gazetteer merge`, `diff` and `split`, as they are called."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gazetteer import load

LISTED = """id,name,lang,kind,country
un:1,Khalifa Hafter,en,person,LY
un:1,Halife Hafter,tr,person,LY
un:2,Halid Hafter,tr,person,LY
un:3,Amelia Caldwell,en,person,GB
"""


@pytest.fixture
def ours(toy, tmp_path) -> Path:
    return Path(shutil.copytree(toy[1], tmp_path / "ours"))


@pytest.fixture
def listed(tmp_path) -> Path:
    path = tmp_path / "un.csv"
    path.write_text(LISTED)
    return path


def version(folder: Path) -> str:
    return load(folder).version


def test_a_dry_run_shows_the_plan_and_writes_nothing(run, ours, listed):
    before = version(ours)
    ran = run("gazetteer", "merge", ours, listed, "--dry-run")
    assert ran.rows[0] == ["action", "id", "target", "name", "new_names", "probability", "reason"]
    assert [row[:3] for row in ran.rows[1:]] == [
        ["fold", "un:1", "khalifa-haftar"],
        ["review", "un:2", "un:2"],
        ["add", "un:3", "un:3"],
    ]
    assert ran.err == "would be done: 0 known, 1 folded, 1 added, 1 to be reviewed (1 pair)\n"
    assert version(ours) == before
    assert not (ours / "origins").exists()


def test_a_dry_run_says_what_is_done(run, ours, listed, tmp_path):
    plan = run("gazetteer", "merge", ours, listed, "--dry-run").rows[1:]
    assert run("gazetteer", "merge", ours, listed, "-o", tmp_path / "new").status == 0
    merged = load(tmp_path / "new")
    for _, id, target, *_ in plan:
        assert merged.get(id).id == target
    assert len(merged) == len(load(ours)) + 2


def test_a_merge_is_in_place_and_lists_the_doubtful(run, ours, listed):
    ran = run("gazetteer", "merge", ours, listed)
    assert (ran.status, len(ran.rows)) == (0, 2)
    assert dict(zip(*ran.rows, strict=True))["target"] == "khalifa-haftar"
    assert f"1 to be reviewed (1 pair) -> {ours}\n" in ran.err
    assert load(ours).get("un:1").id == "khalifa-haftar"
    (redirect,) = (each for each in load(ours).redirections if each.id == "un:1")
    assert redirect.source == "merge of un"
    assert redirect.note.startswith("p = 0.99")


def test_verdicts_are_applied(run, ours, listed, tmp_path):
    review = tmp_path / "review.tsv"
    ran = run("gazetteer", "merge", ours, listed, "--review", review)
    assert (ran.status, ran.out) == (0, "")
    header, row = review.read_text().splitlines()
    review.write_text(f"{header}\nsame{row}\n")
    assert run("gazetteer", "merge", ours, listed, "--verdicts", review).status == 0
    assert load(ours).get("un:2").id == "khalifa-haftar"
    assert run("gazetteer", "split", ours, "un:2").status == 0
    assert [name.text for name in load(ours).get("un:2").names] == ["Halid Hafter"]
    review.write_text(f"{header}\ndifferent{row}\n")
    assert run("gazetteer", "merge", ours, listed, "--verdicts", review).rows == [[""]]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("maybe\tun:1\ttripoli\n", "review.tsv:2: verdict 'maybe' (same, different, or empty)"),
        ("same\tun:9\ttripoli\n", "review.tsv:2: no actor 'un:9' in un"),
        ("same\tun:1\tnobody\n", "review.tsv:2: no actor 'nobody' in toy"),
        ("same\tun:1\ttripoli\ndifferent\tun:1\ttripoli\n", "review.tsv:3: un:1 is judged both"),
        ("same\tun:1\ttripoli\nsame\tun:1\tturkiye\n", "review.tsv:3: un:1 can't be tripoli and"),
    ],
)
def test_a_verdict_that_cannot_be_used_is_an_error(run, ours, listed, tmp_path, rows, what):
    (tmp_path / "review.tsv").write_text(f"verdict\tid\ttarget\n{rows}")
    before = version(ours)
    ran = run("gazetteer", "merge", ours, listed, "--verdicts", tmp_path / "review.tsv")
    assert (ran.status, what in ran.err, version(ours)) == (2, True, before)


def test_a_result_needs_a_folder_that_may_hold_it(run, ours, listed, tmp_path):
    ran = run("gazetteer", "merge", listed, ours)
    assert (ran.status, "un.csv is not a data package: say with -o DIR" in ran.err) == (2, True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    ran = run("gazetteer", "merge", ours, listed, "-o", tmp_path / "other")
    assert (ran.status, "is there and is no gazetteer" in ran.err) == (2, True)


def test_diff_tells_what_a_merge_did_and_its_status_says_whether(run, toy, ours, listed):
    assert run("gazetteer", "diff", toy[1], ours).status == 0
    run("gazetteer", "merge", ours, listed)
    ran = run("gazetteer", "diff", toy[1], ours)
    assert ran.status == 1
    assert ["added", "un:3", "", "", "", "Amelia Caldwell"] in ran.rows
    name = ["changed", "khalifa-haftar", "name", "Khalifa Hafter (eng)", "", "Khalifa Hafter"]
    assert name in ran.rows
    records = run("gazetteer", "diff", toy[1], ours, "--format", "jsonl").out.splitlines()
    assert json.loads(records[0]).keys() == set(ran.rows[0])
    assert run("gazetteer", "diff", ours, ours / "nowhere").status == 2
    assert run("gazetteer", "diff", listed, listed).status == 0


def test_split_undoes_a_merge(run, toy, ours, listed, tmp_path):
    run("gazetteer", "merge", ours, listed)
    ran = run("gazetteer", "split", ours, "un:1", "-o", tmp_path / "parted")
    told = "un:1 (Khalifa Hafter), 2 names and khalifa-haftar (Khalifa Haftar), 4 names"
    assert (ran.status, ran.err) == (0, f"{told} -> {tmp_path / 'parted'}\n")
    rows = run("gazetteer", "diff", toy[1], tmp_path / "parted").rows[1:]
    assert [row[:2] for row in rows] == [["added", "un:1"], ["added", "un:2"], ["added", "un:3"]]


def test_split_parts_the_names_that_are_chosen(run, ours, tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("Halife Hafter\n")
    ran = run("gazetteer", "split", ours, "khalifa-haftar", "--names", names, "--into", "new")
    assert ran.status == 0
    assert [name.text for name in load(ours).get("new").names] == ["Halife Hafter"]
    names.write_text("Nobody\n")
    ran = run("gazetteer", "split", ours, "khalifa-haftar", "--names", names)
    assert (ran.status, "names.txt:1: 'Nobody' is no name of" in ran.err) == (2, True)


def test_split_by_source_gives_names_back(run, ours, listed):
    run("gazetteer", "merge", ours, listed)
    ran = run("gazetteer", "split", ours, "un:1", "--source", "un.csv")
    assert ran.status == 0
    assert [name.text for name in load(ours).get("un:1").names] == ["Khalifa Hafter"]


def test_what_cannot_be_split_is_an_error(run, ours, tmp_path):
    for args, what in (
        (["tripoli"], "'tripoli' is an actor of its own"),
        (["abdulhamid-dbeibah"], "no origin says what 'abdulhamid-dbeibah' was"),
        (["tripoli", "--into", "x"], "--into goes with --names or --source"),
        (["tripoli", "--source", "x", "--names", "y"], "exclude one another"),
        (["tripoli", "--source", "toy"], "every name of 'tripoli' is chosen"),
    ):
        ran = run("gazetteer", "split", ours, *args)
        assert (ran.status, what in ran.err) == (2, True), ran.err
