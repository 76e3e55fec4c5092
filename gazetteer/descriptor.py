"""The descriptor of a data package: its name, and in which file each table lies.

It is the datapackage.json of Frictionless Data. The one that ships documents every column, and
every package that is written describes its tables as that one does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from gazetteer import tsv
from gazetteer.errors import NotFoundError, RecordError
from gazetteer.failures import Failures

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["DESCRIPTOR", "Descriptor", "described", "file", "opened", "shipped"]

DESCRIPTOR: Final = "datapackage.json"
NEEDED: Final = ("entities", "names")
"""The tables that every package has; who never gave up an id needs no redirects."""

_BYTE = re.compile(r"\(byte (\d+)\)")


class _Resource(msgspec.Struct):
    name: str
    path: str


class Descriptor(msgspec.Struct):
    """What is read of a descriptor: the rest is for who looks at the package."""

    name: str
    resources: list[_Resource]

    @property
    def paths(self) -> dict[str, str]:
        """The file of each table, within the folder."""
        return {resource.name: resource.path for resource in self.resources}


def shipped() -> Traversable:
    """The folder of the gazetteer that ships."""
    from importlib.resources import files  # late: who brings a gazetteer doesn't need it

    return files("gazetteer") / "data"


def opened(folder: Traversable) -> Descriptor:
    """The descriptor of the package in `folder`.

    Raises NotFoundError where there is none, RecordError where it can't be read or lacks a table.
    """
    data = file(folder, DESCRIPTOR)
    where = str(folder / DESCRIPTOR)
    try:
        descriptor = msgspec.json.decode(tsv.decode(data, where), type=Descriptor)
    except msgspec.DecodeError as error:
        byte = _BYTE.search(str(error))
        line = data.count(b"\n", 0, int(byte[1])) + 1 if byte else 1
        raise RecordError([f"{where}:{line}: {error} (see the one that ships)"]) from None
    _check(descriptor, where)
    return descriptor


def described(folder: Path, name: str, paths: Mapping[str, str]) -> bytes:
    """The descriptor for `folder` as `name`, its tables lying at `paths`.

    One that is there keeps what it says beyond its name and tables.
    """
    own = folder / DESCRIPTOR
    there: dict[str, Any] = msgspec.json.decode(own.read_bytes()) if own.exists() else {}
    model: dict[str, Any] = msgspec.json.decode((shipped() / DESCRIPTOR).read_bytes())
    resources = [{**table, "path": paths[table["name"]]} for table in model["resources"]]
    there.update({"name": name, "resources": resources})
    there.setdefault("profile", model["profile"])
    return msgspec.json.format(msgspec.json.encode(there), indent=2) + b"\n"


def file(folder: Traversable, path: str) -> bytes:
    """What the file at `path` in the package holds; raises NotFoundError where it is missing."""
    try:
        return (folder / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        remedy = "a gazetteer is a folder with datapackage.json, or a .csv, .tsv or .txt of names"
        raise NotFoundError(f"no {path} in {folder} ({remedy})") from None


def _check(descriptor: Descriptor, where: str) -> None:
    failures = Failures()
    for table in NEEDED:
        if table not in descriptor.paths:
            failures.add(where, 1, f"no resource {table!r} (add it: name and path of the TSV file)")
    for resource in descriptor.resources:
        if resource.path.startswith("/") or ".." in resource.path.split("/"):
            what = f"resource {resource.name!r} lies outside: {resource.path!r} (move it inside)"
            failures.add(where, 1, what)
    failures.check()
