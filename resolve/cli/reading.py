"""The rows of the user's files: every line one row, in order, blank ones too.

Text is UTF-8 unless a byte-order mark says UTF-16 or UTF-32, or the user names another encoding.
Bytes that are not text in it are an error that names line and byte; nothing is replaced.

A line ends at LF, CRLF or CR and nowhere else: a form feed or U+2028 is part of a name.
CSV is quoted as RFC 4180 has it. TSV knows no quotes: its cells are taken as they stand.
"""

from __future__ import annotations

import codecs
import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

from resolve.errors import ColumnError, EncodingError, InputError, OptionError

__all__ = [
    "MARKS",
    "STDIN",
    "Row",
    "Table",
    "as_table",
    "column",
    "given_names",
    "open_bytes",
    "open_table",
    "read_names",
    "source_name",
    "text_blocks",
    "text_lines",
]

STDIN = "-"
"""The path that stands for standard input."""

BLOCK = 1 << 20  # bytes read at a time
MARKS = (  # the longer ones first: UTF-32's mark begins as UTF-16's does
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


class Row(NamedTuple):
    """One row of the input and where it begins: its cells are as the user wrote them."""

    cells: tuple[str, ...]
    source: str
    line: int  # counted from 1


class Table(NamedTuple):
    """An open table. `header` is empty where the table has none; `rows` can be read once."""

    source: str
    header: tuple[str, ...]
    rows: Iterator[Row]


def read_names(paths: Sequence[str], encoding: str | None = None) -> Iterator[Row]:
    """One row of one cell for each line of the files, in order; no path means standard input."""
    for path in paths or [STDIN]:
        with open_bytes(path) as stream:
            source = source_name(path)
            lines = text_lines(text_blocks(stream, source, encoding))
            for number, line in enumerate(lines, start=1):
                yield Row((line.rstrip("\r\n"),), source, number)


def given_names(
    names: Sequence[str], paths: Sequence[str], encoding: str | None = None
) -> Iterator[Row]:
    """One row for each name of the command line, then one for each line of the files."""
    for name in names:
        try:
            name.encode()
        except UnicodeEncodeError as error:
            raise EncodingError(
                f"{name!r}: its character {error.start + 1} is not text in the terminal's "
                "encoding; write the name in a file and give its --encoding"
            ) from None
        yield Row((name,), "command line", 0)
    if paths or not names:
        yield from read_names(paths, encoding)


@contextmanager
def open_table(path: str, encoding: str | None = None, header: bool = True) -> Iterator[Table]:
    """The table at `path`, its first row taken as the header unless `header` is False.

    The delimiter is a tab in `*.tsv` and `*.tab`; elsewhere the first line tells: a tab if it has
    one, else the more frequent of comma and semicolon.
    """
    with open_bytes(path) as stream:
        lines = text_lines(text_blocks(stream, source_name(path), encoding))
        yield as_table(path, lines, header)


def as_table(path: str, lines: Iterator[str], header: bool = True) -> Table:
    """The table that the lines of the file at `path` are: see `open_table`."""
    source, first = source_name(path), next(lines, "")
    every = chain([first], lines) if first else lines
    rows = _rows(every, source, _delimiter(path, first))
    head = next(rows, None) if header else None
    if header and not head:
        raise InputError(f"{source}: is empty; a table begins with the names of its columns")
    return Table(source, head.cells if head else (), rows)


def column(table: Table, wanted: str, option: str = "--column") -> int:
    """The position, from 0, of a column given by its name or by its number, counted from 1.

    Raises ColumnError where there is no such column, or more than one; it lists those there are.
    """
    named = [i for i, name in enumerate(table.header) if name == wanted]
    if len(named) == 1:
        return named[0]
    if named:
        places = " and ".join(str(i + 1) for i in named)
        raise ColumnError(
            f"{table.source}: columns {places} are both called {wanted!r}; "
            f"give the number: {option} {named[0] + 1}"
        )
    number = int(wanted) if wanted.isascii() and wanted.isdigit() else 0
    if number and (number <= len(table.header) or not table.header):
        return number - 1
    if not table.header:
        raise ColumnError(f"{table.source}: without a header, {option} takes a number, from 1")
    there = ", ".join(f"{i} {name!r}" for i, name in enumerate(table.header, start=1))
    raise ColumnError(f"{table.source}: no column {wanted!r}; {option} can be one of {there}")


def source_name(path: str) -> str:
    """What a message calls the file at `path`."""
    return "standard input" if path == STDIN else path


@contextmanager
def open_bytes(path: str) -> Iterator[BinaryIO]:
    """The file's bytes; a file that cannot be opened is an InputError with its remedy."""
    if path == STDIN:
        yield sys.stdin.buffer
        return
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 (closed below, outside of the except)
    except FileNotFoundError:
        raise InputError(
            f"no file {path!r}; names are read from files or from standard input "
            "(a single name: echo NAME | resolve)"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read: {reason}") from None
    with stream:
        yield stream


def text_blocks(stream: BinaryIO, source: str, encoding: str | None) -> Iterator[str]:
    """The stream's text in blocks, without its byte-order mark; none ends between CR and LF.

    Raises EncodingError, with line and byte, where the bytes are not text; OptionError where no
    encoding has that name.
    """
    block = stream.read(BLOCK)
    codec = _codec(encoding, block)
    decoder = codecs.getincrementaldecoder(codec)("strict")
    fed, line, held, begun = 0, 1, "", False
    while True:
        fed += len(block)
        try:
            text = held + decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            good = held + error.object[: error.start].decode(codec, "replace")
            raise EncodingError(
                f"{source}:{line + _breaks(good)}: byte {fed - len(error.object) + error.start + 1}"
                f" of the file (0x{error.object[error.start]:02X}) is not {codec} text; name the "
                "encoding it is written in, such as --encoding windows-1256"
            ) from None
        if not begun and text:
            begun, text = True, text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        held = "\r" if block and text.endswith("\r") else ""
        text = text.removesuffix("\r") if held else text
        line += _breaks(text)
        yield text
        if not block:
            return
        block = stream.read(BLOCK)


def _codec(encoding: str | None, start: bytes) -> str:
    """The name of the codec: the user's, or what the first bytes say."""
    if encoding is None:
        return next((name for mark, name in MARKS if start.startswith(mark)), "utf-8")
    try:
        "".encode(encoding)
        codecs.getincrementaldecoder(encoding)
        return encoding
    except (LookupError, ValueError):
        raise OptionError(
            f"--encoding: no text encoding is called {encoding!r}; "
            "known are utf-8, utf-16, windows-1256, windows-1254, iso-8859-6 and so on"
        ) from None


def _breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def text_lines(blocks: Iterable[str]) -> Iterator[str]:
    """The lines of a text given in blocks, each with the end it has."""
    begun: list[str] = []
    for block in blocks:
        for piece in _LINE.findall(block):
            begun.append(piece)
            if piece[-1] in "\r\n":
                yield "".join(begun)
                begun.clear()
    if begun:
        yield "".join(begun)


def _delimiter(path: str, first: str) -> str:
    if path.lower().endswith((".tsv", ".tab")) or "\t" in first:
        return "\t"
    return ";" if first.count(";") > first.count(",") else ","


def _rows(lines: Iterator[str], source: str, delimiter: str) -> Iterator[Row]:
    if delimiter == "\t":
        for number, line in enumerate(lines, start=1):
            yield Row(tuple(line.rstrip("\r\n").split("\t")), source, number)
        return
    csv.field_size_limit(2**31 - 1)  # a name of a megabyte is still a name
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                f"{source}:{start}: the row that begins here is not CSV ({error}); "
                'close its quotes, and write a quote inside quotes twice: ""'
            ) from None
        yield Row(tuple(cells), source, start)
