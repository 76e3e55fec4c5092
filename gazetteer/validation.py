"""The actors that a gazetteer's rows tell of, and every rule that the rows break.

It stands on the loading path: the files that ship and the user's own pass through the same
checks, and every failure says file, line, what and the remedy.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Final, NamedTuple, cast

from gazetteer.entity import Entity, EntityName, Kind, NameKind, Redirect
from gazetteer.errors import IdError, RecordError
from gazetteer.failures import Failures
from gazetteer.ids import follow
from gazetteer.rules import entity_flaws, name_flaws, redirect_flaws
from gazetteer.tsv import Row

__all__ = [
    "COLUMNS",
    "Contents",
    "Table",
    "build",
    "entity_of",
    "name_of",
    "validate",
]

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "entities": (
        "id",
        "kind",
        "country",
        "prominence",
        "wikidata",
        "description",
        "source",
        "note",
    ),
    "names": ("entity_id", "name", "lang", "script", "kind", "source", "note"),
    "redirects": ("id", "target", "source", "note"),
}
"""The columns of each table of a data package, in their order."""


class Table(NamedTuple):
    """The rows of a file, as yet unchecked."""

    file: str
    rows: list[Row]


class Contents(NamedTuple):
    """What a gazetteer's files hold: actors in the order of their rows, and retired ids."""

    name: str
    entities: tuple[Entity, ...]
    redirections: tuple[Redirect, ...]


def validate(path: str | Path | None = None) -> list[str]:
    """Each rule that the gazetteer at `path` breaks, as `file:line: what (remedy)`; [] if none.

    None is the one that ships. Raises NotFoundError where there is no gazetteer.
    """
    from gazetteer.store import load  # late: loading stands on this module

    try:
        load(path)
    except RecordError as error:
        return list(error.failures)
    return []


def build(
    name: str, entities: Table, names: Table, redirects: Table, failures: Failures
) -> Contents:
    """The actors with their names, and the redirects. Raises RecordError with all failures."""
    lines = _lines_of_ids(entities, failures)
    by_entity = _names(names, lines, failures)
    found = []
    for line, fields in entities.rows:
        for what in entity_flaws(fields):
            failures.add(entities.file, line, what)
        own = by_entity.get(fields[0])
        if own is None:
            failures.add(
                entities.file, line, f"{fields[0]!r} has no name (add a row for it to the names)"
            )
        else:
            found.append((fields, own))
    redirections = _redirects(redirects, lines, failures)
    failures.check()
    return Contents(name, tuple(entity_of(fields, own) for fields, own in found), redirections)


def entity_of(fields: list[str], names: list[EntityName]) -> Entity:
    """The actor that a row of the entities tells of, with its names."""
    id, kind, country, prominence, wikidata, description, source, note = fields
    return Entity(
        id=id,
        names=tuple(names),
        kind=cast(Kind, kind),
        country=country,
        prominence=int(prominence),
        wikidata=wikidata,
        description=description,
        source=source,
        note=note,
    )


def name_of(fields: list[str]) -> EntityName:
    """The name that a row of the names tells of."""
    _, text, lang, script, kind, source, note = fields
    return EntityName(text, lang, script, cast(NameKind, kind), source, note)


def _lines_of_ids(table: Table, failures: Failures) -> dict[str, int]:
    lines: dict[str, int] = {}
    for line, (id, *_) in table.rows:
        if id in lines:
            what = f"id {id!r} is that of line {lines[id]} already (an id means one actor)"
            failures.add(table.file, line, what)
        lines.setdefault(id, line)
    return lines


def _names(
    table: Table, entities: Container[str], failures: Failures
) -> dict[str, list[EntityName]]:
    """The names of each actor, in the order of their rows."""
    found: dict[str, list[EntityName]] = {}
    seen: dict[tuple[str, str, str], int] = {}
    primaries: dict[tuple[str, str], int] = {}
    for line, fields in table.rows:
        id, text, lang, _, kind, *_ = fields
        for what in name_flaws(fields):
            failures.add(table.file, line, what)
        if id not in entities:
            what = f"names the unknown actor {id!r} (add it to the entities, or correct the id)"
            failures.add(table.file, line, what)
        first = seen.setdefault((id, text, lang), line)
        if first != line:
            what = f"{text!r} ({lang}) of {id!r} stands in line {first} already (remove one)"
            failures.add(table.file, line, what)
        elif kind == "primary" and (first := primaries.setdefault((id, lang), line)) != line:
            what = (
                f"{id!r} has a primary name in {lang!r} in line {first} already (make one an alias)"
            )
            failures.add(table.file, line, what)
        found.setdefault(id, []).append(name_of(fields))
    return found


def _redirects(
    table: Table, entities: Mapping[str, int], failures: Failures
) -> tuple[Redirect, ...]:
    targets: dict[str, str] = {}
    for line, (id, target, *_) in table.rows:
        if id in targets:
            failures.add(table.file, line, f"{id!r} is redirected already (remove one row)")
        targets.setdefault(id, target)
    for line, fields in table.rows:
        id, target, *_ = fields
        for what in redirect_flaws(fields):
            failures.add(table.file, line, what)
        if id in entities:
            what = f"{id!r} is an actor in line {entities[id]} (an id is never reused: remove one)"
            failures.add(table.file, line, what)
        try:
            end = follow(target, targets)
        except IdError as error:
            failures.add(table.file, line, str(error))
        else:
            if end not in entities:
                what = f"{id!r} leads to {end!r}, which is no actor (correct the target)"
                failures.add(table.file, line, what)
    return tuple(Redirect(*fields) for _, fields in table.rows)
