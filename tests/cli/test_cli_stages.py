from __future__ import annotations

import json

import pytest


def test_romanize_writes_a_name_as_newspapers_do(run):
    rows = run("romanize", "خليفة حفتر", "Akar").rows
    assert rows[0] == ["name", "reading", "probability"]
    assert [row[:2] for row in rows[1:]] == [["خليفة حفتر", "Khalifa Haftar"], ["Akar", "Akar"]]


def test_romanize_gives_the_spelling_of_the_news_among_the_first(run):
    rows = run("romanize", "النمروش", "--top", "5").rows[1:]
    assert {row[0] for row in rows} == {"النمروش"}
    assert "Al-Namroush" in {row[1] for row in rows}


def test_romanize_gives_several_readings_ranked(run):
    rows = run("romanize", "محمد", "--top", "3").rows[1:]
    assert 1 < len(rows) <= 3
    probabilities = [float(row[2]) for row in rows]
    assert probabilities == sorted(probabilities, reverse=True)


def test_each_line_of_a_file_is_romanized_blank_ones_too(run, tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("حفتر\n\nحفتر\n", encoding="utf-8")
    rows = run("romanize", "--file", path).rows[1:]
    assert [row[0] for row in rows] == ["حفتر", "", "حفتر"]
    assert rows == run("romanize", stdin=path.read_bytes()).rows[1:]


@pytest.mark.parametrize("args", [("--scheme",), ("--scheme", "list")])
def test_scheme_lists_the_schemes(run, args):
    rows = run("romanize", *args).rows
    assert rows[0] == ["scheme", "from", "to", "title"]
    assert "Arab" in {row[1] for row in rows[1:]}
    records = run("romanize", *args, "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["name"] for line in records] == [row[0] for row in rows[1:]]


def test_scheme_picks_one_of_those_it_lists(run):
    names = [row[0] for row in run("romanize", "--scheme").rows[1:]]
    for name in names:
        ran = run("romanize", "--scheme", name, "حفتر")
        assert ran.status == 0
    wrong = run("romanize", "--scheme", "nobody-1999", "حفتر")
    assert wrong.status == 2
    assert names[0] in wrong.err


def test_normalize_shows_what_a_name_consists_of(run):
    header, row = run("normalize", "Gen.  Khalifa Haftar").rows
    found = dict(zip(header, row, strict=True))
    assert found["name"] == "Gen.  Khalifa Haftar"
    assert found["normalized"] == "Gen. Khalifa Haftar"
    assert found["script"] == "Latn"
    assert found["titles"] == "Gen."
    assert found["parts"] == "given:khalifa family:haftar"


def test_normalize_as_json_says_where_each_part_stands(run):
    text = "Gen.  Khalifa Haftar"
    record = json.loads(run("normalize", text, "--format", "jsonl").out)
    assert [text[part["start"] : part["end"]] for part in record["parts"]] == ["Khalifa", "Haftar"]
