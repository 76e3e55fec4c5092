from __future__ import annotations

import codecs
import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from resolve.cli import reading
from resolve.errors import ColumnError, EncodingError, InputError, OptionError

CASES = Path(__file__).parents[1] / "cases"

text = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))
ends = st.sampled_from(["\n", "\r\n", "\r"])
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])


@pytest.fixture(params=[1, 2, 7, reading.BLOCK], scope="module")
def block(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def read(
    block: int, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[bytes, str | None], list[str]]:
    """The lines of a file that is read in blocks of so many bytes."""
    path = tmp_path_factory.mktemp("read") / "names.txt"

    def read(data: bytes, encoding: str | None = None) -> list[str]:
        path.write_bytes(data)
        with pytest.MonkeyPatch.context() as patched:
            # A mark is looked for in the first block, which a file or a pipe gives whole.
            patched.setattr(reading, "BLOCK", max(block, 4))
            return [row.cells[0] for row in reading.read_names([str(path)], encoding)]

    return read


@settings(deadline=None)
@given(lines=st.lists(text), end=ends, encoding=encodings)
def test_every_line_is_a_row_whatever_ends_it(read, lines, end, encoding):
    written = "".join(line + end for line in lines)
    assume_no_mark = written.removeprefix("\ufeff")
    # The mark of UTF-16 and then NUL is the mark of UTF-32: no bytes can tell them apart.
    assume(encoding != "utf-16" or not assume_no_mark.startswith("\0"))
    expected = assume_no_mark.split(end)[:-1] if assume_no_mark else []
    assert read(assume_no_mark.encode(encoding)) == expected


@settings(deadline=None)
@given(lines=st.lists(text, min_size=1))
def test_the_last_line_needs_no_end(read, lines):
    lines = ["x" + line for line in lines]
    assert read("\n".join(lines).encode()) == lines


@pytest.mark.parametrize("char", list("\x0b\x0c\x1c\x85\u2028\u2029\x00"))
def test_nothing_but_cr_and_lf_ends_a_line(read, char):
    assert read(f"a{char}b\n".encode()) == [f"a{char}b"]


def test_a_code_page_is_read_where_it_is_named(read):
    assert read("معمر القذافي\n".encode("windows-1256"), "windows-1256") == ["معمر القذافي"]


def test_a_line_of_a_megabyte_passes(read, block):
    if block >= 7:
        assert read(b"x" * 1_000_000 + b"\ny") == ["x" * 1_000_000, "y"]


def _undecodable() -> list[dict[str, str]]:
    with (CASES / "undecodable.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize("case", _undecodable(), ids=lambda case: case["note"])
def test_bytes_that_are_no_text_are_named_by_line_and_byte(read, case):
    with pytest.raises(EncodingError) as raised:
        read(
            bytes.fromhex(case["bytes"]), None if case["encoding"] == "utf-8" else case["encoding"]
        )
    assert f"names.txt:{case['line']}: byte {case['byte']} of the file" in str(raised.value)
    assert "--encoding" in str(raised.value)


@settings(deadline=None)
@given(before=st.lists(text), line=text)
def test_an_undecodable_byte_is_found_wherever_it_stands(read, before, line):
    start = "".join(f"{each}\r\n" for each in before) + "x" + line
    with pytest.raises(EncodingError) as raised:
        read(start.encode() + b"\xff\nrest\n")
    place = f":{len(before) + 1}: byte {len(start.encode()) + 1} of the file (0xFF)"
    assert place in str(raised.value)


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13", "idna\x00"])
def test_an_unknown_encoding_is_a_wrong_option(read, encoding):
    with pytest.raises(OptionError, match="--encoding"):
        read(b"x", encoding)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE])
def test_a_mark_alone_is_an_empty_file(read, mark):
    assert read(mark) == []


def test_a_missing_file_is_named_with_the_remedy(tmp_path):
    with pytest.raises(InputError, match="echo NAME"):
        list(reading.read_names([str(tmp_path / "Dbeibah")]))
    with pytest.raises(InputError, match="cannot be read"):
        list(reading.read_names([str(tmp_path)]))


cells = st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4)


@settings(deadline=None)
@given(rows=st.lists(cells, min_size=1))
def test_csv_cells_come_back_as_they_were_quoted(rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(["name", "role"])
        writer.writerows(rows)
    with reading.open_table(str(path)) as table:
        assert table.header == ("name", "role")
        assert [row.cells for row in table.rows] == [tuple(row) for row in rows]


def test_a_row_says_where_it_begins(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('name,role\n"two\nlines",x\nAkar,y\n', encoding="utf-8")
    with reading.open_table(str(path)) as table:
        assert [row.line for row in table.rows] == [2, 4]


def test_tsv_knows_no_quotes(tmp_path):
    path = tmp_path / "table.tsv"
    path.write_text('name\trole\n"Hulusi" Akar\tminister\n"\tx\n\n', encoding="utf-8")
    with reading.open_table(str(path)) as table:
        found = [row.cells for row in table.rows]
    assert found == [('"Hulusi" Akar', "minister"), ('"', "x"), ("",)]


@pytest.mark.parametrize("row", ['"never closed\nAkar', 'a "b"\n"c" d,e'])
def test_csv_with_stray_quotes_is_an_error_that_names_the_row(tmp_path, row):
    path = tmp_path / "table.csv"
    path.write_text(f"name,role\nGüler,x\n{row}\n", encoding="utf-8")
    with (
        reading.open_table(str(path)) as table,
        pytest.raises(InputError, match=r"table\.csv:[34]: .*quotes"),
    ):
        list(table.rows)


@pytest.mark.parametrize(
    ("header", "wanted", "at"), [("a;b,c;d", "d", 2), ("a,b", "2", 1), ("a\tb,c", "b,c", 1)]
)
def test_a_column_is_found_by_name_or_number(tmp_path, header, wanted, at):
    path = tmp_path / "table.csv"
    path.write_text(header + "\n", encoding="utf-8")
    with reading.open_table(str(path)) as table:
        assert reading.column(table, wanted) == at


@pytest.mark.parametrize("wanted", ["nmae", "0", "4", "-1", "", "٢"])
def test_a_wrong_column_lists_the_ones_there_are(tmp_path, wanted):
    path = tmp_path / "table.csv"
    path.write_text("name,role,name\n", encoding="utf-8")
    with reading.open_table(str(path)) as table:
        with pytest.raises(ColumnError, match="1 'name', 2 'role', 3 'name'"):
            reading.column(table, wanted)
        with pytest.raises(ColumnError, match="columns 1 and 3 are both called"):
            reading.column(table, "name")
