"""A data package record by record, in memory that doesn't grow with it.

Its tables are sorted by id, so that the actors and their names are read side by side, and the
records that `gazetteer.gathering` gives are written as they come. The rules are those of a package
read whole; the first one that is broken is raised at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, TextIO

from gazetteer import tsv
from gazetteer.descriptor import opened
from gazetteer.entity import Entity, Redirect
from gazetteer.errors import NotFoundError, RecordError
from gazetteer.package import entity_row, name_rows, redirect_row
from gazetteer.replacement import replacing
from gazetteer.rules import entity_flaws, name_flaws, redirect_flaws
from gazetteer.validation import COLUMNS, entity_of, name_of

__all__ = ["Written", "read_redirects", "read_stream", "write_stream"]

BUFFER = 1 << 20  # bytes gathered before they are written


class Written(NamedTuple):
    """How many of each a package holds."""

    actors: int
    names: int
    redirects: int


def read_stream(folder: Path) -> Iterator[Entity]:
    """The actors of the package in `folder`, sorted by id, each with its names.

    Raises NotFoundError where a file is missing, RecordError at the first row that breaks a rule.
    """
    paths = opened(folder).paths
    names = _Names(folder / paths["names"])
    file = folder / paths["entities"]
    before = ""
    for line, fields in _rows(file, "entities"):
        if fields[0] == before:
            what = f"id {before!r} is that of the row above already (an id means one actor)"
            raise _broken(file, line, what)
        before = fields[0]
        own = names.of(before)
        if not own:
            what = f"{before!r} has no name (add a row for it to the names)"
            raise _broken(file, line, what)
        for at, what in _flaws(fields, [row for _, row in own]):
            raise _broken(file, line, what) if at is None else names.broken(own[at][0], what)
        yield entity_of(fields, [name_of(row) for _, row in own])
    names.end()


def read_redirects(folder: Path) -> Iterator[Redirect]:
    """The redirects of the package in `folder`, sorted by id; where they lead isn't checked."""
    path = opened(folder).paths.get("redirects")
    for _, fields in _rows(folder / path, "redirects") if path else ():
        yield Redirect(*fields)


def write_stream(folder: Path, name: str, records: Iterable[Entity | Redirect]) -> Written:
    """Write the package into `folder` as `package.write` does; says how much it holds.

    The records come sorted by id, each id once, and a redirect leads to one of the actors: what
    `gathered` gives. Raises RecordError where another rule is broken, and then nothing is changed.
    """
    with replacing(folder, name) as aside, ExitStack() as stack:
        files: dict[str, TextIO] = {}
        for table, columns in COLUMNS.items():
            file = aside(table).open("w", BUFFER, encoding="utf-8", newline="")
            files[table] = stack.enter_context(file)
            _put(files[table], columns)
        written = _write(records, files)
    return written


def _write(records: Iterable[Entity | Redirect], files: dict[str, TextIO]) -> Written:
    actors = names = redirects = 0
    before = ""
    for record in records:
        if record.id <= before:
            raise RecordError([f"{record.id!r} comes after {before!r} (sort the records by id)"])
        before = record.id
        if isinstance(record, Redirect):
            redirects += 1
            _put(files["redirects"], _checked_redirect(record))
            continue
        row, own = entity_row(record), sorted(name_rows(record))
        for _, what in _flaws(row, own):
            raise RecordError([f"{record.id!r}: {what}"])
        actors += 1
        names += len(own)
        _put(files["entities"], row)
        for fields in own:
            _put(files["names"], fields)
    return Written(actors, names, redirects)


def _put(file: TextIO, fields: Sequence[str]) -> None:
    file.write("\t".join(fields) + "\n")


def _checked_redirect(redirect: Redirect) -> list[str]:
    row = redirect_row(redirect)
    what = tsv.row_flaw(row) or next(redirect_flaws(row), None)
    if what:
        raise RecordError([f"{redirect.id!r}: {what}"])
    return row


def _flaws(entity: list[str], names: list[list[str]]) -> Iterator[tuple[int | None, str]]:
    """What is wrong with an actor (None) or the name at an index, whose rows are sorted."""
    yield from ((None, what) for what in entity_flaws(entity))
    if what := tsv.row_flaw(entity):
        yield None, what
    if not names:
        yield None, "has no name (give it one)"
    primary: set[str] = set()
    before = ["", ""]
    for at, name in enumerate(names):
        yield from ((at, what) for what in name_flaws(name))
        if what := tsv.row_flaw(name):
            yield at, what
        if name[1:3] == before:
            yield at, f"{name[1]!r} ({name[2]}) of {name[0]!r} stands there twice (remove one)"
        if name[4] == "primary" and name[2] in primary:
            yield at, f"{name[0]!r} has two primary names in {name[2]!r} (make one an alias)"
        elif name[4] == "primary":
            primary.add(name[2])
        before = name[1:3]


class _Names:
    """The rows of the table `names`, taken actor by actor."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._rows = _rows(file, "names")
        self._next = next(self._rows, None)

    def of(self, id: str) -> list[tsv.Row]:
        """The rows of this actor, which is asked for in the order of ids."""
        if self._next is not None and self._next[1][0] < id:
            self.end()
        own = []
        while self._next is not None and self._next[1][0] == id:
            own.append(self._next)
            self._next = next(self._rows, None)
        return own

    def end(self) -> None:
        """Raise RecordError where a row is left that belongs to none of the actors."""
        if self._next is not None:
            line, (id, *_) = self._next
            what = f"names the unknown actor {id!r} (add it to the entities, or correct the id)"
            raise self.broken(line, what)

    def broken(self, line: int, what: str) -> RecordError:
        """The error of a row."""
        return _broken(self._file, line, what)


def _rows(file: Path, table: str) -> Iterator[tsv.Row]:
    """The rows below the header, each with its line, in their order, which is checked."""
    columns = COLUMNS[table]
    previous = ""
    try:
        stream = file.open("rb")
    except FileNotFoundError:
        raise NotFoundError(f"no {file.name} in {file.parent} (its descriptor names it)") from None
    with stream:
        for number, data in enumerate(stream, start=1):
            line = _decoded(data, file, number)
            fields = line.split("\t")
            if number == 1:
                if tuple(fields) != columns:
                    what = f"the header is {line!r} (write: {' '.join(columns)}, tabs between)"
                    raise _broken(file, 1, what)
                continue
            if len(fields) != len(columns):
                what = f"{len(fields)} fields (the header has {len(columns)})"
                raise _broken(file, number, what)
            if line < previous:
                what = f"{fields[0]!r} is out of order (sort the rows: LC_ALL=C sort)"
                raise _broken(file, number, what)
            previous = line
            yield number, fields


def _decoded(data: bytes, file: Path, number: int) -> str:
    try:
        return data.removesuffix(b"\n").decode()
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[error.start]:02x} at position {error.start + 1} of the line"
        raise _broken(file, number, f"{byte} is not UTF-8 (save the file as UTF-8)") from None


def _broken(file: Path, line: int, what: str) -> RecordError:
    return RecordError([f"{file}:{line}: {what}"])
