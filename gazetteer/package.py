"""A gazetteer as a Frictionless data package: a folder with datapackage.json and three TSV files.

The descriptor says where the tables `entities`, `names` and `redirects` (which may be missing)
lie. What ships in `gazetteer/data` is such a package, and its descriptor documents every column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from gazetteer import tsv
from gazetteer.entity import Entity, Redirect
from gazetteer.errors import NotFoundError, RecordError
from gazetteer.failures import Failures
from gazetteer.validation import COLUMNS, Contents, Table, build

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["DESCRIPTOR", "read", "shipped", "texts", "write"]

DESCRIPTOR: Final = "datapackage.json"
_BYTE = re.compile(r"\(byte (\d+)\)")


class _Resource(msgspec.Struct):
    name: str
    path: str


class _Descriptor(msgspec.Struct):
    name: str
    resources: list[_Resource]


def shipped() -> Traversable:
    """The folder of the gazetteer that ships."""
    from importlib.resources import files  # late: who brings a gazetteer doesn't need it

    return files("gazetteer") / "data"


def read(folder: Traversable) -> Contents:
    """What the data package in `folder` holds.

    Raises NotFoundError where a file is missing, RecordError with everything that is wrong.
    """
    descriptor = _descriptor(_bytes(folder, DESCRIPTOR), str(folder / DESCRIPTOR))
    paths = {resource.name: resource.path for resource in descriptor.resources}
    return _contents(
        descriptor.name,
        {table: (str(folder / path), _bytes(folder, path)) for table, path in paths.items()},
    )


def write(
    folder: Path, name: str, entities: Sequence[Entity], redirections: Sequence[Redirect]
) -> None:
    """Write the data package into `folder`, which is made if need be.

    The same actors give the same bytes. A descriptor that is there keeps what it says beyond
    its name and tables. Everything is checked, and written aside, before any file is replaced:
    raises RecordError, with nothing written, where a rule is broken.
    """
    tables = {table: text.encode() for table, text in texts(entities, redirections).items()}
    files = {table: f"{table}.tsv" for table in tables}
    _contents(name, {table: (str(folder / files[table]), data) for table, data in tables.items()})
    folder.mkdir(parents=True, exist_ok=True)
    contents = {files[table]: data for table, data in tables.items()}
    _replace(folder, {**contents, DESCRIPTOR: _descriptor_for(folder, name)})


def texts(entities: Sequence[Entity], redirections: Sequence[Redirect]) -> dict[str, str]:
    """The text of each table, by its name."""
    rows = {
        "entities": (
            (
                e.id,
                e.kind,
                e.country,
                str(e.prominence),
                e.wikidata,
                e.description,
                e.source,
                e.note,
            )
            for e in entities
        ),
        "names": (
            (e.id, n.text, n.lang, n.script, n.kind, n.source, n.note)
            for e in entities
            for n in e.names
        ),
        "redirects": ((r.id, r.target, r.source, r.note) for r in redirections),
    }
    return {table: tsv.write(COLUMNS[table], rows[table]) for table in COLUMNS}


def _contents(name: str, files: dict[str, tuple[str, bytes]]) -> Contents:
    failures = Failures()
    tables = {
        table: Table(file, tsv.read(data, file, COLUMNS[table], failures))
        for table, (file, data) in files.items()
        if table in COLUMNS
    }
    none = Table("redirects.tsv", [])
    return build(name, tables["entities"], tables["names"], tables.get("redirects", none), failures)


def _bytes(folder: Traversable, path: str) -> bytes:
    try:
        return (folder / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        remedy = "a gazetteer is a folder with datapackage.json, or a .csv, .tsv or .txt of names"
        raise NotFoundError(f"no {path} in {folder} ({remedy})") from None


def _descriptor(data: bytes, file: str) -> _Descriptor:
    """The descriptor's name and tables; RecordError where it can't be read or lacks one."""
    try:
        descriptor = msgspec.json.decode(tsv.decode(data, file), type=_Descriptor)
    except msgspec.DecodeError as error:
        byte = _BYTE.search(str(error))
        line = data.count(b"\n", 0, int(byte[1])) + 1 if byte else 1
        raise RecordError([f"{file}:{line}: {error} (see the one that ships)"]) from None
    failures = Failures()
    named = [resource.name for resource in descriptor.resources]
    for table in ("entities", "names"):
        if table not in named:
            failures.add(file, 1, f"no resource {table!r} (add it: name and path of the TSV file)")
    for resource in descriptor.resources:
        if resource.path.startswith("/") or ".." in resource.path.split("/"):
            what = f"resource {resource.name!r} lies outside: {resource.path!r} (move it inside)"
            failures.add(file, 1, what)
    failures.check()
    return descriptor


def _descriptor_for(folder: Path, name: str) -> bytes:
    own = folder / DESCRIPTOR
    there: dict[str, Any] = msgspec.json.decode(own.read_bytes()) if own.exists() else {}
    model: dict[str, Any] = msgspec.json.decode((shipped() / DESCRIPTOR).read_bytes())
    there.update({"name": name, "resources": model["resources"]})
    there.setdefault("profile", model["profile"])
    return msgspec.json.format(msgspec.json.encode(there), indent=2) + b"\n"


def _replace(folder: Path, files: dict[str, bytes]) -> None:
    """Put every file aside first, then in its place: a failure leaves none half written."""
    import os  # late, with what follows: reading needs neither

    asides = {folder / f".{name}.{os.getpid()}": folder / name for name in files}
    try:
        for aside, data in zip(asides, files.values(), strict=True):
            aside.write_bytes(data)
        for aside, place in asides.items():
            aside.replace(place)
    finally:
        for aside in asides:
            aside.unlink(missing_ok=True)
