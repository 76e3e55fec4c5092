"""The actors of a plain table of names: a .csv or .tsv with a header, or a .txt of one a line.

A table needs the columns `id` and `name`; `lang`, `kind`, `type`, `country` and `prominence` are
read where given (in any order and case), others left aside. Rows of one id are one actor. What
is written by hand is tidied on the way in: spaces, NFC, bidi marks, ISO 639-1 languages. What
then still breaks a rule is a failure as in a data package.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from gazetteer import tsv
from gazetteer.errors import RecordError
from gazetteer.failures import Failures
from gazetteer.ids import mint
from gazetteer.importers.languages import UNKNOWN, language
from gazetteer.importers.text import tidy
from gazetteer.script import script_of
from gazetteer.validation import Contents, Table, build

__all__ = ["COLUMNS", "read"]

COLUMNS: Final = ("id", "name", "lang", "kind", "type", "country", "prominence")
NEEDED: Final = ("id", "name")


class _Record(NamedTuple):
    """A row, tidied; an empty field is one that isn't given."""

    line: int
    id: str
    name: str
    lang: str = ""
    kind: str = ""
    type: str = ""
    country: str = ""
    prominence: str = ""


def read(path: Path) -> Contents:
    """The actors in `path`, in the order of their first rows; their source is the file's name.

    The first name of an id is its primary one, the others aliases, unless `type` says otherwise.
    Raises RecordError with every `file:line` that can't be read.
    """
    text = tsv.decode(path.read_bytes(), str(path))
    failures = Failures()
    if path.suffix.lower() == ".txt":
        records = _lines(text)
    else:
        delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
        records = list(_records(text, delimiter, str(path), failures))
    _check_characters(records, str(path), failures)
    entities = Table(str(path), _entities(records, path, failures))
    names = Table(str(path), _names(records, path.name))
    return build(path.stem, entities, names, Table(str(path), []), failures)


def _lines(text: str) -> list[_Record]:
    """A record for each distinct line that isn't empty. Ids don't depend on the lines' order."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if name := tidy(line):
            lines.setdefault(name, number)
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(lines):
        ids[name] = mint(name, taken)
        taken.add(ids[name])
    return [_Record(number, ids[name], name) for name, number in lines.items()]


def _records(text: str, delimiter: str, file: str, failures: Failures) -> Iterator[_Record]:
    # Split at line feeds only: str.splitlines would also break at U+2028 inside a field.
    reader = csv.reader((f"{line}\n" for line in text.split("\n")), delimiter=delimiter)
    header: list[str] = []
    line = 1
    try:
        for fields in reader:
            if reader.line_num > line:
                what = f"a quoted field runs to line {reader.line_num} (close its quotation mark)"
                failures.add(file, line, what)
            elif not header:
                header = _header(fields, file)
            elif any(map(str.strip, fields)):
                if len(fields) != len(header):
                    what = f"{len(fields)} fields (the header has {len(header)})"
                    failures.add(file, line, what)
                else:
                    yield _record(line, dict(zip(header, fields, strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        failures.add(file, line, f"{error} (correct the row)")


def _header(fields: list[str], file: str) -> list[str]:
    header = [field.strip().lower() for field in fields]
    for column in COLUMNS:
        known = f"the header has: {', '.join(fields) or 'nothing'}"
        if column in NEEDED and column not in header:
            raise RecordError(
                [f"{file}:1: no column {column!r} ({known}; add it to the first line)"]
            )
        if header.count(column) > 1:
            raise RecordError([f"{file}:1: two columns {column!r} ({known}; rename one)"])
    return header


def _record(line: int, fields: dict[str, str]) -> _Record:
    given = {column: tidy(fields.get(column, "")) for column in COLUMNS}
    lang = language(given["lang"])
    return _Record(
        line,
        id=given["id"],
        name=given["name"],
        lang=given["lang"].lower() if lang == UNKNOWN else lang,  # what is no code is a failure
        kind=given["kind"].lower(),
        type=given["type"].lower(),
        country=given["country"].upper(),
        prominence=given["prominence"],
    )


def _check_characters(records: list[_Record], file: str, failures: Failures) -> None:
    for record in records:
        if not record.name.isprintable() and (what := tsv.flaw(record.name)):
            failures.add(file, record.line, f"name {record.name!r}: {what}")


def _entities(records: list[_Record], path: Path, failures: Failures) -> list[tsv.Row]:
    """A row for each id, with the first that its records say of each fact."""
    first: dict[str, _Record] = {}
    for record in records:
        known = first.setdefault(record.id, record)
        for fact in ("kind", "country", "prominence"):
            was, now = getattr(known, fact), getattr(record, fact)
            if now and was and now != was:
                what = (
                    f"{fact} {now!r} of {record.id!r}, which was {was!r} before (make them alike)"
                )
                failures.add(str(path), record.line, what)
            elif now and not was:
                known = first[record.id] = known._replace(**{fact: now})
    return [
        (r.line, [r.id, r.kind or "person", r.country, r.prominence or "1", "", "", path.name, ""])
        for r in first.values()
    ]


def _names(records: list[_Record], source: str) -> list[tsv.Row]:
    """A row for each record; an id's first is primary where none of its own says `primary`."""
    has_primary = {record.id for record in records if record.type == "primary"}
    rows: list[tsv.Row] = []
    for record in records:
        kind = record.type or ("alias" if record.id in has_primary else "primary")
        has_primary.add(record.id)
        script = script_of(record.name)
        fields = [record.id, record.name, record.lang or "und", script, kind, source, ""]
        rows.append((record.line, fields))
    return rows
