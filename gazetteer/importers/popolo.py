"""The actors of Popolo documents, as EveryPolitician publishes them, with names.csv beside them.

A source that ends in `.csv` has the columns `id` and `name`: more names of the persons. Every
other one is a JSON document, http://www.popoloproject.com/specs/, with `persons`,
`organizations`, `areas` and `memberships`. Documents are read first, so that their names lead.

- `name` is the primary name; where there is none, given, patronymic and family name make it up.
  A family name alone is no name: it would mean all who bear it.
- `other_names` keep their language and note. One with an end date is former, `NOTED` says what
  other notes mean. `sort_name` is turned (`Haftar, Khalifa`).
- A person's description is its summary, or else the seat that it holds or held last; seats are
  not known from standard input, which can't be read twice.
- Ids of persons are kept. Those of organizations and areas, such as `legislature`, often are
  the same in each file: they get the file's name before them, unless they are unique by their
  form (UUIDs, those with a colon). A character that an id may not have is written as its code.

No option is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, TypeVar

import msgspec

from gazetteer.entity import Entity, Kind, NameKind
from gazetteer.ids import mint
from gazetteer.importers.delimited import records
from gazetteer.importers.documents import Found, objects
from gazetteer.importers.draft import Draft
from gazetteer.importers.inversion import listed, turned
from gazetteer.importers.options import Options
from gazetteer.importers.popolo_seats import LABELLED, Membership, Seats
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import STDIN, Source

__all__ = ["read"]

KINDS: Final[Mapping[str, Kind]] = {
    "persons": "person",
    "organizations": "organization",
    "areas": "place",
}

NOTED: Final[Mapping[str, NameKind]] = {
    "abbreviation": "acronym",
    "acronym": "acronym",
    "former name": "former",
    "maiden name": "former",
    "misspelling": "misspelling",
    "nickname": "weak",
}
"""What the note of another name makes of it; with others it is an alias."""

NOBODY: Final = frozenset(("independent", "_unknown", "unknown"))
"""How EveryPolitician's ids of parties end that stand for having none."""

_UNIQUE = re.compile(r":|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_FOREIGN = re.compile(r"[^A-Za-z0-9:._/-]|_$")
_QID = re.compile(r"Q[1-9][0-9]*$")

T = TypeVar("T")


class _Identifier(msgspec.Struct, frozen=True):
    identifier: str | int | None = None
    scheme: str | None = None


class _OtherName(msgspec.Struct, frozen=True):
    name: str | None = None
    lang: str | None = None
    note: str | None = None
    end_date: str | None = None


class _Record(msgspec.Struct, frozen=True):
    """A person, organization or area; each has some of these."""

    id: str | int
    name: str | None = None
    given_name: str | None = None
    additional_name: str | None = None
    patronymic_name: str | None = None
    family_name: str | None = None
    sort_name: str | None = None
    summary: str | None = None
    classification: str | None = None
    type: str | None = None
    other_names: list[_OtherName] | None = None
    identifiers: list[_Identifier] | None = None
    memberships: list[Membership] | None = None


def read(sources: Sequence[Source], rejects: Rejects, options: Options) -> Iterator[Entity]:
    """The actors, document by document; then those of names.csv, once for each run of an id.

    Raises RecordError where a document is no JSON, MissingExtraError where ijson is missing.
    """
    del options  # none is read
    stems: set[str] = set()
    for source in sources:
        if not _is_csv(source):
            stems.add(stem := mint(source.name.partition(".json")[0], stems))
            yield from _document(source, stem, rejects)
    for source in filter(_is_csv, sources):
        yield from _names(source, rejects)


def _is_csv(source: Source) -> bool:
    return source.name.lower().endswith(".csv")


def _document(source: Source, stem: str, rejects: Rejects) -> Iterator[Entity]:
    with closing(Seats()) as seats:
        if source.path != STDIN:
            _fill(seats, source)
        found = None
        for found in objects(source, KINDS):
            record = _converted(found, _Record, source, rejects)
            if record is None or _is_nobody(found, record, rejects):
                continue
            draft = Draft(_id(found.array, record, stem), source, found.line, rejects)
            draft.kind = KINDS[found.array]
            _add_names(draft, record)
            _add_facts(draft, record, seats)
            if entity := draft.entity():
                yield entity
        if found is None:
            rejects.reject(source, 1, "no persons, organizations or areas (is it Popolo?)")


def _fill(seats: Seats, source: Source) -> None:
    """What the document says of seats, in a first reading. The second rejects what is wrong."""
    quiet = Rejects()
    for found in objects(source, (*LABELLED, "memberships", "persons")):
        if found.array == "memberships":
            if seat := _converted(found, Membership, source, quiet):
                seats.add(seat)
        elif record := _converted(found, _Record, source, quiet):
            if found.array in LABELLED:
                seats.label(str(record.id), record.name or "")
            for seat in record.memberships or ():
                seats.add(msgspec.structs.replace(seat, person_id=str(record.id)))
    seats.finish()


def _names(source: Source, rejects: Rejects) -> Iterator[Entity]:
    """The persons of names.csv."""
    rows = records(source, rejects, needed=("id", "name"))
    for id, run in groupby(rows, key=lambda row: row[1]["id"]):
        line, fields = next(run)
        draft = Draft(_whole(id), source, line, rejects)
        for each in (fields, *map(itemgetter(1), run)):
            draft.name(each["name"], each.get("lang", ""))
        if entity := draft.entity():
            yield entity


def _converted(found: Found, type: type[T], source: Source, rejects: Rejects) -> T | None:
    try:
        return msgspec.convert(found.value, type)
    except msgspec.ValidationError as error:
        rejects.reject(source, found.line, f"no record of {found.array}: {error}")
        return None


def _is_nobody(found: Found, record: _Record, rejects: Rejects) -> bool:
    """Whether the record stands for no actor, which is counted: no party, a numbered district."""
    name = record.name or ""
    if found.array == "organizations" and str(record.id).rpartition("/")[2] in NOBODY:
        rejects.leave("having no party")
    elif found.array == "areas" and name and not any(map(str.isalpha, name)):
        rejects.leave("area without a name in letters")
    else:
        return False
    return True


def _id(array: str, record: _Record, stem: str) -> str:
    id = str(record.id)
    if array == "persons":
        return f"popolo:{id}" if id.isdecimal() else _whole(id)
    return _whole(id if _UNIQUE.search(id) else f"{stem}:{id}")


def _whole(id: str) -> str:
    """`id` with the code of each character that an id may not have: EveryPolitician's areas.

    >>> _whole("area/bío_bío")
    'area/b:u00edo_b:u00edo'
    """
    return _FOREIGN.sub(lambda found: f":u{ord(found[0]):04x}", id.strip())


def _add_names(draft: Draft, record: _Record) -> None:
    parts = (record.given_name, record.patronymic_name or record.additional_name)
    given = " ".join(filter(None, parts))
    composed = f"{given} {record.family_name}" if given and record.family_name else ""
    draft.name(record.name or composed, kind="primary")
    if record.patronymic_name:
        draft.name(composed)
    for other in record.other_names or ():
        note = other.note or ""
        kind = "former" if other.end_date else NOTED.get(note.lower(), "alias")
        draft.name(other.name or "", other.lang or "", kind, note)
    if record.sort_name and "," in record.sort_name:
        draft.name(turned(record.sort_name), note=listed(record.sort_name))


def _add_facts(draft: Draft, record: _Record, seats: Seats) -> None:
    for each in record.identifiers or ():
        if (each.scheme or "").lower() == "wikidata" and (qid := _QID.search(str(each.identifier))):
            draft.fact(wikidata=qid[0])
    described: tuple[Any, ...] = (record.summary, record.classification, record.type)
    draft.fact(description=next(filter(None, described), ""))
    if draft.kind == "person":
        draft.fact(description=seats.of(str(record.id)))
