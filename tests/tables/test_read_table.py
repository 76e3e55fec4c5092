"""A table that breaks a rule is refused with file and line; one that keeps them is read whole."""

from pathlib import Path

import pytest

from resolve.errors import TableError
from resolve.tables import read_table

COLUMNS = ("form", "source", "note")
HEADER = "form\tsource\tnote\n"

BROKEN = {
    "no header": (b"", 1, "header"),
    "another header": (b"form\tnote\tsource\n", 1, "header"),
    "a field too many": (f"{HEADER}a\tx\t\t\n".encode(), 2, "4 fields"),
    "an empty line": (f"{HEADER}\n".encode(), 2, "1 fields"),
    "not sorted": (f"{HEADER}b\tx\t\na\tx\t\n".encode(), 3, "sort"),
    "a row twice": (f"{HEADER}a\tx\t\na\tx\t\n".encode(), 3, "again"),
    "white space": (f"{HEADER}a \tx\t\n".encode(), 2, "white space around form"),
    "no line feed": (f"{HEADER}a\tx\t".encode(), 2, "line feed"),
    "CRLF": (f"{HEADER}a\tx\t\r\n".encode(), 2, "carriage return"),
    "a byte-order mark": (f"\ufeff{HEADER}".encode(), 1, "byte-order mark"),
    "not NFC": (f"{HEADER}Ya\u015far\tx\t\nYas\u0327ar\tx\t\n".encode(), 3, "NFC"),
    "not UTF-8": (HEADER.encode() + b"a\xe7\tx\t\n", 2, "0xe7"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_is_refused_with_file_and_line(name: str, tmp_path: Path) -> None:
    data, line, what = BROKEN[name]
    path = tmp_path / "titles.tsv"
    path.write_bytes(data)
    with pytest.raises(TableError, match=what) as caught:
        read_table(path, COLUMNS)
    assert f"titles.tsv:{line}:" in str(caught.value)


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(TableError, match=r"titles/nowhere\.tsv"):
        read_table("titles/nowhere.tsv", COLUMNS)


def test_rows_come_back_in_order_with_empty_fields_kept(tmp_path: Path) -> None:
    path = tmp_path / "titles.tsv"
    path.write_text(f"{HEADER}General\teditor\t\nالفريق\teditor\trank\n", encoding="utf-8")
    assert read_table(path, COLUMNS) == (("General", "editor", ""), ("الفريق", "editor", "rank"))
