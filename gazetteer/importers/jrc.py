"""JRC-Names: the persons and organizations of the entities file.

    1000595 TAB P TAB u TAB Dani+Ábalo

A line a name: the number of the entity, its type, the language of the name (`u` for any), and
the name with `+` for spaces. Lines of one number follow each other; the first name is taken for
the usual one. The id is `jrc:` and the number; number 0 collects what belongs to no entity, and
is left aside. Persons (P), organizations (O) and places (T) are taken; events (E) and what is of
unknown type (U) are no actors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Final, NamedTuple

from gazetteer.entity import Entity, Kind
from gazetteer.importers.draft import Draft
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

__all__ = ["read"]

KINDS: Final[Mapping[str, Kind]] = {"P": "person", "O": "organization", "T": "place"}

ANY: Final = "u"  # the language of a name that is written so in several
NO_ENTITY: Final = "0"
FIELDS: Final = 4


class _Line(NamedTuple):
    number: int
    id: str
    type: str
    language: str
    name: str


def read(sources: Sequence[Source], rejects: Rejects, options: Options) -> Iterator[Entity]:
    """The actors in the order of the files; no options are read."""
    for source in sources:
        for id, run in groupby(_lines(source, rejects), lambda line: line.id):
            first = next(run)
            kind = KINDS.get(first.type.upper())
            if kind is None or id == NO_ENTITY:
                rejects.leave("number 0" if kind else f"type {first.type}")
                continue
            draft = Draft(f"jrc:{id}", source, first.number, rejects, kind)
            for line in chain([first], run):
                language = "" if line.language == ANY else line.language
                draft.name(line.name.replace("+", " "), language)
            if (entity := draft.entity()) is not None:
                yield entity


def _lines(source: Source, rejects: Rejects) -> Iterator[_Line]:
    """Each line that has its four fields; comments and empty lines are passed over."""
    for number, data in source.lines():
        try:
            fields = data.decode().split("\t")
        except UnicodeDecodeError as error:
            byte = error.object[error.start]
            what = f"byte 0x{byte:02x} is not UTF-8 (save the file as UTF-8)"
            rejects.reject(source, number, what)
            continue
        if len(fields) == FIELDS and fields[0].strip().isdigit():
            yield _Line(number, *(field.strip() for field in fields))
        elif data.strip() and not data.startswith(b"#"):
            what = f"not number, type, language and name, tabs between: {fields[0][:40]!r}"
            rejects.reject(source, number, f"{what} (give the entities file)")
