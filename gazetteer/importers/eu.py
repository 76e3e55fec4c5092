"""The EU's consolidated financial sanctions list (FSF): its persons and enterprises.

It is published in two forms, told by their content:

    XML 1.1   <export> <sanctionEntity logicalId="13"> <nameAlias wholeName="..." strong="true"/>
    CSV       parted by semicolons; a row for each name, address, birth or citizenship of an
              entity. `eu_columns.tsv` says what the columns are called, in 1.1 and in 1.0.

The id is `eu:` and the logical id. The first strong name is the primary one; one that isn't
strong, or is remarked to be of low quality, is weak. The CSV has no `strong`: names are weak by
their remark alone. The function that someone has is the description; reference numbers,
programme and remark are the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element

from gazetteer import tsv
from gazetteer.entity import Entity, Kind, NameKind
from gazetteer.errors import RecordError
from gazetteer.failures import Failures
from gazetteer.importers.countries import country, home
from gazetteer.importers.delimited import rows
from gazetteer.importers.draft import Draft
from gazetteer.importers.elements import elements, texts
from gazetteer.importers.options import Options
from gazetteer.importers.peeked import Peeked
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.remarks import remark
from gazetteer.importers.source import Source

__all__ = ["read"]

KINDS: Final[Mapping[str, Kind]] = {
    "person": "person",
    "p": "person",
    "enterprise": "organization",
    "e": "organization",
}
"""By the code of the subject's type, or the letter of its class."""

NOWHERE: Final = "00"  # the code of a country that isn't known
COLUMNS: Final = "eu_columns.tsv"

_WEAK = re.compile(r"\b(?:low|weak)[- ]quality\b|\bweak alias\b", re.IGNORECASE)
_FORMER = re.compile(r"\bf\.?k\.?a\b|\bformer name\b|\b(?:formerly|previously) known as\b", re.I)


@dataclass
class _Subject:
    """What either form says of an actor, before any of it is judged."""

    line: int
    id: str
    type: str
    names: list[tuple[str, str, NameKind]] = field(default_factory=list)
    citizenships: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(sources: Sequence[Source], rejects: Rejects, options: Options) -> Iterator[Entity]:
    """The actors in the order of the files; no options are read.

    Raises RecordError where a file is neither form of this list, or its XML not well-formed.
    """
    for source in sources:
        with closing(Peeked(source)) as peeked:
            subjects = _marked(peeked) if peeked.is_xml() else _tabled(peeked, rejects)
            for subject in subjects:
                kind = KINDS.get(subject.type.strip().lower())
                if kind is None:
                    rejects.leave(subject.type or "subject without a type")
                elif (entity := _entity(subject, kind, source, rejects)) is not None:
                    yield entity


def _entity(subject: _Subject, kind: Kind, source: Source, rejects: Rejects) -> Entity | None:
    draft = Draft(f"eu:{subject.id}", source, subject.line, rejects, kind)
    for text, language, how in subject.names:
        draft.name(text, language, how)
    draft.fact(
        country=home(subject.citizenships, subject.addresses),
        description=remark(*subject.functions),
        note=remark(*subject.notes),
    )
    return draft.entity()


def _marked(source: Source) -> Iterator[_Subject]:
    for line, element in elements(source, ("export",), ("sanctionEntity",)):
        type_ = element.find("subjectType")
        subject = _Subject(
            line, element.get("logicalId", ""), "" if type_ is None else type_.get("code", "")
        )
        for alias in element.iterfind("nameAlias"):
            how = _how(alias.get("strong", ""), " ".join(texts(alias, "remark")))
            name = _whole(*map(alias.get, ("wholeName", "firstName", "middleName", "lastName")))
            subject.names.append((name, alias.get("nameLanguage", ""), how))
            subject.functions.append(alias.get("function", ""))
        subject.citizenships = [_place(each) for each in element.iterfind("citizenship")]
        subject.addresses = [_place(each) for each in element.iterfind("address")]
        programmes = [each.get("programme", "") for each in element.iterfind("regulation")]
        subject.notes = [
            element.get("euReferenceNumber", ""),
            element.get("unitedNationId", ""),
            *programmes,
            *texts(element, "remark"),
        ]
        yield subject


def _place(element: Element) -> str:
    return _code(element.get("countryIso2Code", ""), element.get("countryDescription", ""))


def _tabled(source: Source, rejects: Rejects) -> Iterator[_Subject]:
    """An actor for each run of rows with one id."""
    for id, run in groupby(_fields(source, rejects), lambda row: row[1].get("id", "")):
        subject: _Subject | None = None
        for line, row in run:
            if subject is None:
                subject = _Subject(line, id, row.get("type", ""))
            _add(subject, row)
        if subject is not None:
            yield subject


def _fields(source: Source, rejects: Rejects) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by the fields of ours; where a column is there twice, the first counts."""
    found = rows(source, rejects, ";")
    line, header = next(found, (1, []))
    fields = [_columns().get(column.strip(), "") for column in header]
    for needed in ("id", "name", "type"):
        if needed not in fields:
            known = ", ".join(header)[:200] or "nothing"
            what = f"neither XML nor the FSF's CSV: no column for the {needed}"
            raise RecordError([f"{source.path}:{line}: {what} (the header has: {known})"])
    for line, row in found:
        if len(row) != len(header):
            rejects.reject(source, line, f"{len(row)} fields (the header has {len(header)})")
            continue
        given: dict[str, str] = {}
        for name, value in zip(fields, row, strict=True):
            given.setdefault(name, value.strip())
        yield line, given


def _add(subject: _Subject, row: Mapping[str, str]) -> None:
    def told(field: str) -> str:
        return row.get(field, "")

    name = _whole(told("name"), told("first"), told("middle"), told("last"))
    subject.names.append((name, told("language"), _how("", told("name_remark"))))
    subject.functions.append(told("function"))
    subject.citizenships.append(_code(told("citizenship"), told("citizenship_name")))
    subject.addresses.append(_code(told("address"), told("address_name")))
    subject.notes += map(told, ("reference", "united_nations", "programme", "remark"))


def _whole(whole: str | None, *parts: str | None) -> str:
    return (whole or "").strip() or " ".join(filter(None, parts))


def _how(strong: str, told: str) -> NameKind:
    if strong.strip().lower() == "false" or _WEAK.search(told):
        return "weak"
    return "former" if _FORMER.search(told) else "alias"


def _code(code: str, name: str) -> str:
    """The code given where it is one of two letters, else that of the country's name."""
    if len(code) == 2 and code != NOWHERE:
        return code
    return country(code) or country(name)


@cache
def _columns() -> dict[str, str]:
    """The field of ours for each column of the CSV."""
    failures = Failures()
    data = (files("gazetteer.importers") / COLUMNS).read_bytes()
    table = tsv.read(data, COLUMNS, ("column", "field", "source", "note"), failures)
    failures.check()
    return {column: field for _, (column, field, *_) in table}
