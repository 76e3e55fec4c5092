"""Rows come with their lines; what can't be read is rejected alone."""

from pathlib import Path

import pytest

from gazetteer import RecordError
from gazetteer.importers import delimited
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path / "rows.csv")


def given(source: Source, data: str | bytes) -> None:
    Path(source.path).write_bytes(data.encode() if isinstance(data, str) else data)


def told(rejects: Rejects, source: Source) -> list[str]:
    return [reject.removeprefix(source.path) for reject in rejects.first]


def test_a_row_has_the_line_where_it_begins(source: Source) -> None:
    given(source, 'a,b\n"two\nlines",c\n\nd,"e ""f"""\n')
    assert list(delimited.rows(source, Rejects())) == [
        (1, ["a", "b"]),
        (2, ["two\nlines", "c"]),
        (5, ["d", 'e "f"']),
    ]


def test_what_is_broken_is_rejected_and_the_rest_is_read(source: Source) -> None:
    given(source, b'id,name\na,Ali\nb\n\xff,x\nc,"C"x\nd,Omar\n"e,never closed\nf,lost\n')
    rejects = Rejects()
    found = [(line, row["id"]) for line, row in delimited.records(source, rejects)]
    assert found == [(2, "a"), (6, "d")]
    assert told(rejects, source) == [
        ":3: 1 fields (the header has 2)",
        ":4: byte 0xff at position 1 is not UTF-8 (save it as UTF-8)",
        ":5: ',' expected after '\"' (correct the row)",
        ":7: a quoted field runs to line 8 (close its quotation mark)",
    ]


def test_a_missing_column_is_one_reject(source: Source) -> None:
    given(source, "id;name\na;Ali\n")
    rejects = Rejects()
    assert list(delimited.records(source, rejects, ["name"])) == []
    assert told(rejects, source) == [":1: no column 'name' (the header has: id;name)"]


def test_an_empty_file_lacks_its_columns(source: Source) -> None:
    given(source, "")
    rejects = Rejects()
    assert list(delimited.records(source, rejects, ["id"])) == []
    assert told(rejects, source) == [":1: no column 'id' (the header has: nothing)"]


def test_strict_raises_at_the_first(source: Source) -> None:
    given(source, "id,name\na,Ali\nb\n")
    found = delimited.records(source, Rejects(strict=True))
    assert next(found) == (2, {"id": "a", "name": "Ali"})
    with pytest.raises(RecordError, match=r"rows\.csv:3: 1 fields"):
        next(found)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("id,name\na;b,c", [["id", "name"], ["a;b", "c"]]),
        ("id;name;lang\n", [["id", "name", "lang"]]),
        ("id\tname, or so\n", [["id", "name, or so"]]),
        ("id\n", [["id"]]),
        ("", []),
    ],
)
def test_the_first_line_tells_the_delimiter(
    source: Source, text: str, rows: list[list[str]]
) -> None:
    given(source, text)
    assert [row for _, row in delimited.rows(source, Rejects(), None)] == rows
