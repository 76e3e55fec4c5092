from __future__ import annotations

import json

import pytest


def test_list_gives_one_row_an_actor_sorted_by_id(run, toy):
    rows = run("gazetteer", "list", *toy).rows
    assert rows[0] == ["id", "kind", "country", "name", "names", "description"]
    ids = [row[0] for row in rows[1:]]
    assert "salah-al-namroush" in ids
    assert ids == sorted(ids)
    places = run("gazetteer", "list", *toy, "--kind", "place").rows[1:]
    assert {row[1] for row in places} == {"place"}


def test_several_gazetteers_are_one(run, toy, tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("id,name\namelia-caldwell,Amelia Caldwell\n")
    both = run("gazetteer", "list", *toy, "--gazetteer", mine).rows[1:]
    assert len(both) == len(run("gazetteer", "list", *toy).rows)
    assert run("gazetteer", "list", "--gazetteer", "none").rows[1:] == []
    mine_only = run("gazetteer", "list", "--gazetteer", "none", "--gazetteer", mine)
    assert [row[0] for row in mine_only.rows[1:]] == ["amelia-caldwell"]


def test_show_gives_facts_names_and_provenance(run, toy):
    ran = run("gazetteer", "show", "salah-al-namroush", *toy)
    assert ran.status == 0
    for text in ("kind: person", "country: LY", "names in ara:", "صلاح النمروش  (primary, Arab,"):
        assert text in ran.out
    record = json.loads(run("gazetteer", "show", "tripoli", *toy, "--format", "jsonl").out)
    assert record["kind"] == "place"
    assert {"Trablus", "Tripoli"} <= {name["text"] for name in record["names"]}


def test_show_follows_redirects_and_says_so(run, toy):
    ran = run("gazetteer", "show", "abdulhamid-dbeibah", *toy)
    assert ran.out.startswith("abdulhamid-dbeibah -> abdul-hamid-dbeibah\n")


def test_an_unknown_id_is_an_error(run, toy):
    ran = run("gazetteer", "show", "nobody", *toy)
    assert (ran.status, ran.out) == (2, "")
    assert "no actor 'nobody'" in ran.err


def test_validate_passes_a_good_gazetteer(run, toy):
    ran = run("gazetteer", "validate", toy[1])
    assert (ran.status, ran.err) == (0, "")
    assert "13 actors, 41 names, no failure" in ran.out


def test_validate_tells_every_failure_by_file_and_line(run, tmp_path):
    bad = tmp_path / "bad.csv"
    rows = "".join(f"not an id {i},Name\n" for i in range(30))
    bad.write_text(f"id,name\n{rows}good,Good\n")
    ran = run("gazetteer", "validate", bad)
    assert ran.status == 2
    lines = ran.err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{bad}:{i}" for i in range(2, 32)]


@pytest.mark.parametrize("args", [(), ("list", "x"), ("what",)])
def test_wrong_use_is_an_error(run, args):
    ran = run("gazetteer", *args)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("resolve: error: ")
