from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.cli import writing
from resolve.cli.records import beside
from resolve.errors import OptionError

any_text = st.text(st.characters(exclude_categories=["Cs"]))


@settings(deadline=None)
@given(rows=st.lists(st.lists(any_text, min_size=2, max_size=2)))
def test_no_name_splits_a_row_or_moves_a_column_of_tsv(rows):
    stream = io.StringIO(newline="")
    write = writing.writer("tsv", stream)
    for row in rows:
        write(row)
    lines = stream.getvalue().split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(rows)
    assert all(line.count("\t") == 1 and "\r" not in line for line in lines)


@settings(deadline=None)
@given(rows=st.lists(st.lists(any_text, min_size=2, max_size=2)))
def test_csv_carries_every_name_exactly(rows):
    stream = io.StringIO(newline="")
    write = writing.writer("csv", stream)
    for row in rows:
        write(row)
    assert list(csv.reader(io.StringIO(stream.getvalue(), newline=""))) == rows


@settings(deadline=None)
@given(text=st.text())
def test_json_lines_carry_every_name_exactly_even_lone_surrogates(text, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "out.jsonl"
    with writing.opened(str(path)) as stream:
        writing.write_json(stream, {"mention": text})
    line, rest = path.read_bytes().split(b"\n")
    assert rest == b""
    assert json.loads(line) == {"mention": text}


@settings(deadline=None)
@given(p=st.floats(0, 1))
def test_no_probability_is_written_as_certain(p):
    assert 0 < float(writing.probability(p)) < 1
    assert abs(float(writing.probability(p)) - p) <= 0.0001 + 1e-9


@settings(deadline=None)
@given(
    cells=st.lists(any_text, max_size=6),
    width=st.integers(0, 4),
)
def test_the_row_comes_back_and_the_results_stand_in_their_columns(cells, width):
    row = beside(cells, width, ["R"])
    assert row[width] == "R"
    assert row[: min(width, len(cells))] == cells[:width]
    assert row[width + 1 :] == cells[width:]


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    target = tmp_path / "out.tsv"
    target.write_text("before")
    with pytest.raises(ZeroDivisionError), writing.opened(str(target)) as stream:
        stream.write("half")
        stream.flush()
        assert target.read_text() == "before"
        raise ZeroDivisionError
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]
    with writing.opened(str(target)) as stream:
        stream.write("after")
    assert target.read_text() == "after"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link_and_permissions_stay(tmp_path):
    target, link = tmp_path / "out.tsv", tmp_path / "link.tsv"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(target)
    with writing.opened(str(link)) as stream:
        stream.write("after")
    assert link.is_symlink()
    assert target.read_text() == "after"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with (
        pytest.raises(OptionError, match=r"-o .*none.* cannot be written"),
        writing.opened(str(tmp_path / "none" / "out.tsv")),
    ):
        pass


def test_a_device_is_written_to_and_not_replaced():
    with writing.opened(os.devnull) as stream:
        stream.write("x")
    assert Path(os.devnull).is_char_device()
