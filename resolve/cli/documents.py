"""The documents of the user's files, as they come: running text, its code points as they stand.

A file is told by its name. `*.html` and `*.htm` are web pages, of which the text is taken;
`*.jsonl` and `*.ndjson` hold an object a line; `*.csv`, `*.tsv` and `*.tab` are tables; every
other is one text. Where a column is named, an input whose name doesn't tell is objects if its
first line begins with a brace, and a table if not; `*.txt` is a text even then.

A text is not altered: line ends stay, nothing is normalized, only a byte-order mark is dropped.
So places in it are places in the decoded file; those in a page are places in its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from resolve.cli.parts import parts
from resolve.cli.reading import (
    STDIN,
    as_table,
    column,
    open_bytes,
    source_name,
    text_blocks,
    text_lines,
)
from resolve.errors import InputError, OptionError
from resolve.types import Text

__all__ = ["LIMIT", "read_documents"]

LIMIT: Final = 1_000_000
"""The most code points that a part of a document has."""

COLUMN: Final = "text"
"""The column, or the key, that holds the text where none is named."""

ID: Final = "id"
"""The one that holds the id, where there is one and none is named."""

PAGES: Final = (".html", ".htm")
OBJECTS: Final = (".jsonl", ".ndjson")
TABLES: Final = (".csv", ".tsv", ".tab")
TEXTS: Final = (".txt",)

NAMED: Final = {
    "NoneType": "null",
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "list": "a list",
    "dict": "an object",
}
"""What a message calls a value of JSON that is no string."""


class _Form(NamedTuple):
    """How the user says that the documents are written."""

    encoding: str | None
    column: str | None
    id_column: str | None
    as_html: bool


def read_documents(
    paths: Sequence[str],
    *,
    encoding: str | None = None,
    column: str | None = None,
    id_column: str | None = None,
    as_html: bool = False,
    limit: int = LIMIT,
) -> Iterator[Text]:
    """The documents of the files, in order; no path means standard input.

    The id of a file's only text is its path; that of a row or an object is what `id_column`
    says there, else its `id`, else `path:line`. `as_html` says that texts are web pages,
    wherever they stand. A text longer than `limit` comes in parts (see `parts`), which joined
    are the text; that of a file is read as it comes. An empty file is one document without text.

    Raises InputError, with file and line, for what can't be read, before all else for a path
    that is no file; MissingExtraError for a page without the extra `html`.
    """
    if limit < 1:
        raise OptionError(f"limit {limit}: a part of a document has at least one character")
    _check(paths)
    form = _Form(encoding, column, id_column, as_html)
    return (
        Text(id, part.text, part.offset, part.last)
        for path in paths or [STDIN]
        for id, blocks in _documents(path, form)
        for part in parts(blocks, limit)
    )


def _check(paths: Iterable[str]) -> None:
    """Raise InputError for a path that is no file, before an hour is spent on those before it."""
    for path in paths:
        if path == STDIN:
            continue
        if Path(path).is_dir():
            raise InputError(f"{path}: is a folder; give the files in it, such as {path}/*.txt")
        if not Path(path).exists():
            raise InputError(
                f"no file {path!r}; documents are read from files, or from standard input (as -)"
            )


def _documents(path: str, form: _Form) -> Iterator[tuple[str, Iterable[str]]]:
    """The id of each document of a file, with the blocks of its text."""
    source, kind = source_name(path), Path(path).suffix.lower()
    with open_bytes(path) as stream:
        if kind in OBJECTS or kind in TABLES or (form.column and kind not in PAGES + TEXTS):
            for id, text in _records(path, kind, stream, form):
                yield id, [_shown(text) if form.as_html else text]
        elif kind in PAGES or form.as_html:
            from resolve.cli.html import page_text

            yield source, [page_text(stream.read(), source, form.encoding)]
        else:
            yield source, text_blocks(stream, source, form.encoding)


def _records(path: str, kind: str, stream: BinaryIO, form: _Form) -> Iterator[tuple[str, str]]:
    lines = text_lines(text_blocks(stream, source_name(path), form.encoding))
    first = next(lines, "")
    every = chain([first], lines) if first else lines
    if kind in OBJECTS or (kind not in TABLES and first.lstrip().startswith("{")):
        return _objects(source_name(path), every, form)
    return _rows(path, every, form)


def _rows(path: str, lines: Iterator[str], form: _Form) -> Iterator[tuple[str, str]]:
    """The id and the text of each row of a table; empty lines are left out."""
    table = as_table(path, lines)
    at = column(table, form.column or COLUMN)
    named = form.id_column or (ID if ID in table.header else None)
    id_at = None if named is None else column(table, named, "--id")
    for row in table.rows:
        if len(row.cells) < 2 and not any(row.cells):
            continue
        place = f"{row.source}:{row.line}"
        if at >= len(row.cells):
            raise InputError(
                f"{place}: the row ends before column {at + 1}, which holds the text; "
                "complete the row, or remove it"
            )
        known = id_at is not None and id_at < len(row.cells) and row.cells[id_at]
        yield known or place, row.cells[at]


def _objects(source: str, lines: Iterator[str], form: _Form) -> Iterator[tuple[str, str]]:
    """The id and the text of the object on each line; empty lines are left out."""
    key = form.column or COLUMN
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{source}:{number}"
        record = _object(line, place)
        text = _value(record, key, "--column", place)
        if not isinstance(text, str):
            raise InputError(
                f"{place}: the value of {key!r} is {NAMED[type(text).__name__]}, not a string; "
                "correct it, or remove the line"
            )
        named = form.id_column or (ID if ID in record else None)
        id = _value(record, named, "--id", place) if named else None
        if isinstance(id, bool) or not (id is None or isinstance(id, str | int)):
            raise InputError(
                f"{place}: the value of {named!r} is {NAMED[type(id).__name__]}; an id is a "
                "string or a whole number"
            )
        yield place if id is None or id == "" else str(id), text


def _object(line: str, place: str) -> dict[str, object]:
    try:
        found = json.loads(line)
    except RecursionError:
        raise InputError(f"{place}: is nested too deeply; remove the line") from None
    except ValueError as error:  # a number of 5,000 digits is one as well
        raise InputError(
            f"{place}: is not JSON ({error}); write one object a line, or call a file of plain "
            "text *.txt"
        ) from None
    if not isinstance(found, dict):
        raise InputError(f'{place}: is no object; write one a line, such as {{"text": "..."}}')
    return found


def _value(record: dict[str, object], key: str, option: str, place: str) -> object:
    if key not in record:
        there = ", ".join(map(repr, record)) or "nothing"
        raise InputError(f"{place}: no key {key!r}; {option} can be one of {there}")
    return record[key]


def _shown(text: str) -> str:
    from resolve.cli.html import html_text

    return html_text(text)
