"""A gazetteer as a Frictionless data package: a folder with datapackage.json and three TSV files.

The descriptor says where the tables `entities`, `names` and `redirects` (which may be missing)
lie. What ships in `gazetteer/data` is such a package, and its descriptor documents every column.
`gazetteer.streaming` reads and writes those that are too large for memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gazetteer import tsv
from gazetteer.descriptor import DESCRIPTOR, file, opened, shipped
from gazetteer.entity import Entity, Redirect
from gazetteer.errors import GazetteerError
from gazetteer.failures import Failures
from gazetteer.validation import COLUMNS, Contents, Table, build

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "DESCRIPTOR",
    "check",
    "entity_row",
    "name_rows",
    "read",
    "redirect_row",
    "shipped",
    "texts",
    "write",
]

TRIES: Final = 5
"""How often a package is read anew that is replaced while it is read: once is rare already."""


def read(folder: Traversable) -> Contents:
    """What the data package in `folder` holds.

    Raises NotFoundError where a file is missing, RecordError with everything that is wrong.
    """
    before = _stamp(folder)
    for _ in range(TRIES):
        contents, error = _attempted(folder)
        now = _stamp(folder)
        if now == before:
            break
        before = now
    if error is not None:
        raise error
    assert contents is not None
    return contents


def write(
    folder: Path, name: str, entities: Sequence[Entity], redirections: Sequence[Redirect]
) -> None:
    """Write the data package into `folder`, which is made if need be.

    The same actors give the same bytes. A descriptor that is there keeps what it says beyond
    its name and tables. Everything is checked before anything is written: raises RecordError
    where a rule is broken. A process that is killed leaves the old package or the new one.
    """
    from gazetteer.replacement import replacing  # late: reading doesn't need it

    tables = check(name, entities, redirections, folder)
    with replacing(folder, name) as aside:
        for table, data in tables.items():
            aside(table).write_bytes(data)


def check(
    name: str,
    entities: Sequence[Entity],
    redirections: Sequence[Redirect] = (),
    folder: Path = Path(),
) -> dict[str, bytes]:
    """The bytes of each table; raises RecordError with every rule that the records break."""
    tables = {table: text.encode() for table, text in texts(entities, redirections).items()}
    _contents(name, {table: (str(folder / f"{table}.tsv"), tables[table]) for table in tables})
    return tables


def texts(entities: Sequence[Entity], redirections: Sequence[Redirect]) -> dict[str, str]:
    """The text of each table, by its name."""
    rows = {
        "entities": map(entity_row, entities),
        "names": (row for entity in entities for row in name_rows(entity)),
        "redirects": map(redirect_row, redirections),
    }
    return {table: tsv.write(COLUMNS[table], rows[table]) for table in COLUMNS}


def entity_row(e: Entity) -> list[str]:
    """The fields of an actor in the table `entities`."""
    facts = [e.kind, e.country, str(e.prominence), e.wikidata, e.description, e.source, e.note]
    return [e.id, *facts]


def name_rows(e: Entity) -> Iterator[list[str]]:
    """The fields of each of an actor's names in the table `names`."""
    return ([e.id, n.text, n.lang, n.script, n.kind, n.source, n.note] for n in e.names)


def redirect_row(r: Redirect) -> list[str]:
    """The fields of a redirect in the table `redirects`."""
    return [r.id, r.target, r.source, r.note]


def _stamp(folder: Traversable) -> tuple[int, int] | None:
    """What tells whether the descriptor has been replaced; it is whenever a table is."""
    try:
        found = (folder / DESCRIPTOR).stat() if isinstance(folder, Path) else None
    except OSError:
        return None
    return found and (found.st_ino, found.st_mtime_ns)


def _attempted(folder: Traversable) -> tuple[Contents | None, GazetteerError | None]:
    try:
        descriptor = opened(folder)
        paths = descriptor.paths
        files = {table: (str(folder / path), file(folder, path)) for table, path in paths.items()}
        return _contents(descriptor.name, files), None
    except GazetteerError as error:
        return None, error


def _contents(name: str, files: dict[str, tuple[str, bytes]]) -> Contents:
    failures = Failures()
    tables = {
        table: Table(file, tsv.read(data, file, COLUMNS[table], failures))
        for table, (file, data) in files.items()
        if table in COLUMNS
    }
    none = Table("redirects.tsv", [])
    return build(name, tables["entities"], tables["names"], tables.get("redirects", none), failures)
