"""A source gives the same lines zipped or not, tells its progress, and owns up to damage."""

import gzip
import io
import sys
from pathlib import Path

import pytest

from gazetteer import NotFoundError, RecordError
from gazetteer.importers.source import Source

LINES = ["\ufeffأحمد", "Ali\r", "", "last"]


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "names.csv"
    path.write_bytes("\n".join(LINES).encode())
    return path


def test_lines_are_numbered_and_have_no_end(plain: Path) -> None:
    lines = [(number, line.decode()) for number, line in Source(plain).lines()]
    assert lines == [(1, "أحمد"), (2, "Ali"), (3, ""), (4, "last")]


def test_a_zipped_file_is_told_by_its_bytes_and_named_without_gz(plain: Path) -> None:
    zipped = plain.with_name("names.csv.gz")
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    misnamed = plain.with_name("names.txt")
    misnamed.write_bytes(zipped.read_bytes())
    assert list(Source(zipped).lines()) == list(Source(plain).lines())
    assert list(Source(misnamed).lines()) == list(Source(plain).lines())
    assert Source(zipped).name == Source(plain).name == "names.csv"


def test_several_zipped_members_are_one_file(tmp_path: Path) -> None:
    path = tmp_path / "two.gz"
    path.write_bytes(gzip.compress(b"a\n") + gzip.compress(b"b\n"))
    assert [line for _, line in Source(path).lines()] == [b"a", b"b"]


def test_standard_input_is_a_source(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(gzip.compress(b"Ali\n")))
    monkeypatch.setattr(sys, "stdin", stdin)
    source = Source("-")
    assert (source.name, list(source.lines())) == ("stdin", [(1, b"Ali")])
    assert not stdin.buffer.closed


def test_progress_counts_the_raw_bytes(plain: Path) -> None:
    zipped = plain.with_suffix(".gz")
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    for path in (plain, zipped):
        told: list[int] = []
        list(Source(path, told.append).lines())
        assert sum(told) == path.stat().st_size


@pytest.mark.parametrize("keep", [12, 40, 3000])
def test_a_cut_off_gzip_file_is_an_error(keep: int, tmp_path: Path) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 4096)[:keep])
    with pytest.raises(RecordError, match=r"cut\.gz: damaged or cut off: "):
        list(Source(path).lines())


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(NotFoundError, match=str(path)):
            Source(path).opened()


def test_the_name_can_stand_in_a_table() -> None:
    assert Source("/a/two\tcolumns \u202eof\n.CSV.GZ").name == "two_columns _of_.CSV"
