"""Gazetteers from other formats, one file a format; each gives actors and redirects as a stream.

`FORMATS` lists them, `read` reads one. A format's file is imported when it is asked for, and so
is the library that parses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Final, NamedTuple, TypeAlias

from gazetteer.entity import Entity, Redirect
from gazetteer.errors import FormatError
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

__all__ = ["FORMATS", "Format", "read"]

Reader: TypeAlias = Callable[[Sequence[Source], Rejects, Options], Iterator[Entity | Redirect]]


class Format(NamedTuple):
    """A format that can be imported: what it is, the module that reads it, its options."""

    title: str
    module: str
    options: frozenset[str] = frozenset()


COLUMNS: Final = frozenset({"columns"})

FORMATS: Final[Mapping[str, Format]] = {
    "eu": Format("EU financial sanctions (FSF): CSV or XML", "eu"),
    "ftm": Format("FollowTheMoney entities: JSON lines", "ftm", COLUMNS),
    "jrc": Format("JRC-Names: the entities file", "jrc"),
    "ofac": Format("OFAC's SDN list: SDN.CSV with ALT.CSV and ADD.CSV, or SDN.XML", "ofac"),
    "opensanctions": Format("OpenSanctions: targets.simple.csv", "opensanctions"),
    "popolo": Format("Popolo and EveryPolitician: JSON, with names.csv beside it", "popolo"),
    "statements": Format("FollowTheMoney statements: CSV", "statements", COLUMNS),
    "table": Format("a CSV or TSV of names, its columns mapped", "columns", COLUMNS),
    "un": Format("UN Security Council consolidated list: XML", "un"),
    "wikidata": Format(
        "Wikidata: JSON dump lines, or Special:EntityData files",
        "wikidata",
        frozenset({"countries", "instance_of", "languages"}),
    ),
}
"""The formats by name, each read by `gazetteer.importers.MODULE.read`."""


def read(
    format: str, sources: Sequence[Source], rejects: Rejects, options: Options
) -> Iterator[Entity | Redirect]:
    """The actors and redirects in `sources`, as they come; an id may come more than once.

    Raises FormatError where the format is unknown or doesn't take one of the options given.
    """
    known = FORMATS.get(format)
    if known is None:
        listed = "".join(f"\n  {name:<14} {each.title}" for name, each in FORMATS.items())
        raise FormatError(f"no format {format!r} to import (one of these):{listed}")
    for option in sorted(options.given() - known.options):
        takes = ", ".join(sorted(known.options)) or "none"
        raise FormatError(f"format {format!r} takes no {option} (it takes {takes}: leave it out)")
    reader: Reader = import_module(f"{__name__}.{known.module}").read
    return reader(sources, rejects, options)
