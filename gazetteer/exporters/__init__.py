"""Gazetteers in other formats, one file a format; each is written as the actors come.

`FORMATS` lists them, `write` writes one. A format's file is imported when it is asked for, and so
is the library that it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import IO, Final, NamedTuple, TypeAlias

from gazetteer.entity import Entity
from gazetteer.errors import FormatError

__all__ = ["FORMATS", "Format", "write"]

Writer: TypeAlias = Callable[[Iterable[Entity], IO[bytes]], int]


class Format(NamedTuple):
    """A format that can be exported: what it is, and the module that writes it."""

    title: str
    module: str


FORMATS: Final[Mapping[str, Format]] = {
    "ftm": Format("FollowTheMoney entities: JSON lines", "ftm"),
    "names": Format("plain names, one a line, sorted and distinct", "names_txt"),
    "skos": Format("SKOS concepts: N-Triples", "skos"),
    "statements": Format("FollowTheMoney statements: CSV", "statements"),
    "table": Format("a TSV of names, one a row, as `import table` reads it", "table"),
}
"""The formats by name, each written by `gazetteer.exporters.MODULE.write`."""


def write(format: str, entities: Iterable[Entity], stream: IO[bytes]) -> int:
    """Write the actors to the stream; how many they were.

    Raises FormatError where the format is unknown.
    """
    known = FORMATS.get(format)
    if known is None:
        listed = "".join(f"\n  {name:<14} {each.title}" for name, each in FORMATS.items())
        raise FormatError(f"no format {format!r} to export (one of these):{listed}")
    writer: Writer = import_module(f"{__name__}.{known.module}").write
    return writer(entities, stream)
