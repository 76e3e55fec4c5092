"""The parties in OFAC's CSV files, each told by how many columns it has; there is no header.

    SDN.CSV    12   number, name, type, program, title, six on vessels, remarks
    ADD.CSV     6   number, number of the address, address, city, country, remarks
    ALT.CSV     5   number, number of the name, type (aka, fka, nka), name, remarks
    SDN_COMMENTS    2   number, what the remarks of SDN.CSV have no room for

An empty field is `-0-`, and a last line of U+001A (the end of a file in DOS) may follow. What
lies beside SDN.CSV is kept in a temporary database: memory doesn't grow with the files, and they
may be in any order. The form is OFAC's data specification of 2023-09-25.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import chain
from operator import itemgetter
from typing import Final, TypeAlias

import msgspec

from gazetteer.errors import RecordError
from gazetteer.importers.delimited import rows
from gazetteer.importers.ofac.party import Party, kind_of_name
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

__all__ = ["delimited"]

MAIN, ADDRESSES, NAMES, COMMENTS = 12, 6, 5, 2
"""The columns of each file."""

EMPTY: Final = "-0-"
END: Final = "\x1a"

Rows: TypeAlias = Iterator[tuple[int, list[str]]]

TIES: Final = ("nationality", "alt. nationality", "citizen", "alt. citizen")
"""What ties someone to a country in the remarks, the closest first."""

# Parts of the remarks, which semicolons part: `a.k.a. 'ABU-'UMAR'`, `nationality Libya`.
_QUOTED = re.compile(r"([afn]\.k\.a\.) '(.+)'")
_TIE = re.compile(rf"({'|'.join(map(re.escape, TIES))}) (.+)")


def delimited(sources: Sequence[Source], rejects: Rejects) -> Iterator[Party]:
    """The parties in the order of SDN.CSV. A row beside it that belongs to none is rejected.

    Raises RecordError where a file is none of these, or SDN.CSV isn't among them.
    """
    with closing(_Beside(sources)) as beside:
        main: list[tuple[Source, Rows]] = []
        for number, source in enumerate(sources):
            form, found = _told(source, rejects)
            if form == MAIN:
                main.append((source, found))
            else:
                beside.add(number, form, _sound(source, found, form, rejects))
        if not main:
            names = ", ".join(source.path for source in sources)
            raise RecordError([f"{names}: SDN.CSV is not among them (give it as well)"])
        for source, found in main:
            for line, fields in _sound(source, found, MAIN, rejects):
                yield _party(source, line, fields, beside.taken(fields[0]))
        for number, line, id in beside.left():
            what = f"belongs to the party {id!r}, which SDN.CSV doesn't have (give both of one day)"
            rejects.reject(sources[number], line, what)


def _told(source: Source, rejects: Rejects) -> tuple[int, Rows]:
    """How many columns the file has, and all of its rows."""
    found = rows(source, rejects)
    line, fields = next(found, (1, []))
    if len(fields) not in (MAIN, ADDRESSES, NAMES, COMMENTS) or not fields[0].strip().isdigit():
        what = f"{len(fields)} columns: none of OFAC's (give SDN.CSV, ALT.CSV, ADD.CSV)"
        raise RecordError([f"{source.path}:{line}: {what}"])
    return len(fields), chain([(line, fields)], found)


def _sound(source: Source, found: Rows, width: int, rejects: Rejects) -> Rows:
    """The rows of the width that is due, what is empty in them empty."""
    for line, fields in found:
        if len(fields) == width:
            values = (field.strip() for field in fields)
            yield line, ["" if value == EMPTY else value for value in values]
        elif fields != [END]:
            rejects.reject(source, line, f"{len(fields)} fields (the others have {width})")


def _party(
    source: Source, line: int, fields: list[str], beside: list[tuple[int, list[str]]]
) -> Party:
    id, name, type, program, title, *_, remarks = fields
    party = Party(source, line, id, type.lower(), title=title)
    party.names.append((name, "primary", ""))
    party.programs = program.replace("] [", ", ").split(", ")
    for form, other in beside:
        if form == NAMES:
            party.names.append((other[3], kind_of_name(other[2]), ""))
        elif form == ADDRESSES:
            party.addresses.append(other[4])
        else:
            remarks = f"{remarks} {other[1]}"
    _remark(party, remarks)
    return party


def _remark(party: Party, remarks: str) -> None:
    """Take from the remarks the names that they quote, and the countries."""
    ties = []
    for part in filter(None, map(str.strip, remarks.removesuffix(".").split(";"))):
        if found := _QUOTED.fullmatch(part):
            party.names.append((found[2], kind_of_name(found[1], weak=True), ""))
        elif found := _TIE.fullmatch(part):
            ties.append((TIES.index(found[1]), found[2]))
        else:
            party.remarks.append(part)
    party.nationalities = [name for _, name in sorted(ties, key=itemgetter(0))]


class _Beside:
    """The rows of the files beside SDN.CSV, by the party that they belong to."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._database = sqlite3.connect("")  # a file that is gone when it is closed
        self._database.execute("CREATE TABLE beside (id, form, source, line, fields)")
        self._database.execute("CREATE TABLE taken (id PRIMARY KEY)")

    def add(self, source: int, form: int, found: Rows) -> None:
        """Keep the rows of a file."""
        self._database.executemany(
            "INSERT INTO beside VALUES (?, ?, ?, ?, ?)",
            (
                (fields[0], form, source, line, msgspec.json.encode(fields))
                for line, fields in found
            ),
        )
        self._database.execute("CREATE INDEX IF NOT EXISTS ids ON beside (id)")

    def taken(self, id: str) -> list[tuple[int, list[str]]]:
        """The rows that belong to `id`, in their order, each with its form."""
        self._database.execute("INSERT OR IGNORE INTO taken VALUES (?)", (id,))
        found = self._database.execute(
            "SELECT form, fields FROM beside WHERE id = ? ORDER BY source, line", (id,)
        )
        return [(form, msgspec.json.decode(fields, type=list[str])) for form, fields in found]

    def left(self) -> Iterator[tuple[int, int, str]]:
        """The source, line and id of each row that was not taken."""
        yield from self._database.execute(
            "SELECT source, line, id FROM beside WHERE id NOT IN (SELECT id FROM taken)"
            " ORDER BY source, line"
        )

    def close(self) -> None:
        """Give the database up."""
        self._database.close()
