"""The package's tables, validated and cached: TSV for lists of facts, TOML for schemes.

What a language does is written here as data, each row with its source; code only reads it.
One validator serves the shipped files and a user's own, on the loading path: a table that
breaks a rule is a TableError that names file and line.

A TSV is UTF-8, NFC, LF, without quoting or comments: a header, then rows in code point order,
none twice, no field with white space around it. Only what is asked for is read, and once.
`resolve.tables.scheme` reads the schemes on the same footing.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from resolve.errors import TableError

__all__ = ["decode", "list_tables", "read_bytes", "read_table"]

_HERE = Path(__file__).parent

Row = tuple[str, ...]


@cache
def read_table(path: str | Path, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the rows of a TSV as tuples in the order of `columns`, which its header must equal.

    A `str` is a table of this package (`"titles/eng.tsv"`), a `Path` any file. A table without
    rows is empty, not an error.

    Raises TableError, `file:line: what`, for whatever breaks a rule.
    """
    text = decode(read_bytes(path), str(path))
    lines = text.split("\n")
    if lines.pop() != "":
        raise TableError(f"{path}:{len(lines) + 1}: the last line has no line feed; add it")
    if not lines or tuple(lines[0].split("\t")) != columns:
        found = ", ".join(lines[0].split("\t")) if lines else "nothing"
        raise TableError(f"{path}:1: the header must be {', '.join(columns)}; found {found}")
    rows = tuple([tuple(line.split("\t")) for line in lines[1:]])
    previous: Row = ()
    for number, row in enumerate(rows, start=2):
        if row <= previous or len(row) != len(columns) or row != tuple(map(str.strip, row)):
            raise TableError(f"{path}:{number}: {_complaint(row, previous, columns)}")
        previous = row
    return rows


def read_bytes(path: str | Path) -> bytes:
    """Return the content of a table, unread: a `str` is this package's, a `Path` any file.

    Raises TableError if there is no such file.
    """
    try:
        return (path if isinstance(path, Path) else _HERE / path).read_bytes()
    except OSError as error:
        raise TableError(f"{path}: cannot be read: {error.strerror or error}") from error


def decode(data: bytes, path: str) -> str:
    """Return `data` as text. Raises TableError if it isn't UTF-8, NFC and LF, without a BOM."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TableError(f"{path}:{line}: not UTF-8: byte 0x{data[error.start]:02x}") from error
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        raise TableError(f"{path}:{line}: a carriage return; end lines with a line feed only")
    if text.startswith("\ufeff"):
        raise TableError(f"{path}:1: a byte-order mark; remove it")
    if not unicodedata.is_normalized("NFC", text):
        for line, content in enumerate(text.split("\n"), start=1):
            if not unicodedata.is_normalized("NFC", content):
                raise TableError(f"{path}:{line}: not NFC; normalize it")
    return text


def list_tables(folder: str, suffix: str) -> tuple[str, ...]:
    """Return the names of this package's tables in `folder`, without `suffix`, sorted.

    >>> list_tables("nothing/here", ".tsv")
    ()
    """
    place = _HERE / folder
    if not place.is_dir():
        return ()
    names = (entry.name for entry in place.iterdir())
    return tuple(sorted(name.removesuffix(suffix) for name in names if name.endswith(suffix)))


def _complaint(row: Row, previous: Row, columns: Row) -> str:
    """What is wrong with a row, and what to do about it."""
    if len(row) != len(columns):
        return f"{len(row)} fields, {len(columns)} expected ({', '.join(columns)})"
    for column, field in zip(columns, row, strict=True):
        if field != field.strip():
            return f"white space around {column} {field!r}; remove it"
    if row == previous:
        return "the row before, again; remove one"
    return f"{row!r} sorts before {previous!r}; sort the rows by code point"
