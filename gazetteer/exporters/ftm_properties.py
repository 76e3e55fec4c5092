"""What an actor is in FollowTheMoney: its schema, and each value of its properties.

The inverse of what the importers read, by the same tables (`gazetteer.importers.ftm_model`). A
place is written as an `Address`, which every version of the library knows; its name is its full
address too, since that is what the library shows. FollowTheMoney can't hold a name's script, that
a name is a misspelling or a place's acronym (they are aliases), nor an actor's prominence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from gazetteer.entity import Entity, EntityName
from gazetteer.importers.ftm_model import properties, written_as

__all__ = ["ANYTHING", "Told", "schema", "told"]

ANYTHING: Final = "Thing"  # the schema whose properties every other one has


class Told(NamedTuple):
    """A value of a property, with the name that it is, where it is one."""

    property: str
    value: str
    name: EntityName | None = None


def schema(entity: Entity) -> str:
    """The schema that the actor is written as."""
    return written_as()[entity.kind]


def told(entity: Entity) -> Iterator[Told]:
    """Each name, the canonical one first; what the library shows; each fact that is known."""
    for name in sorted(entity.names, key=lambda name: _rank(name, entity)):
        yield Told(_property(name, entity), name.text, name)
    if properties()[written_as()["caption"]].schema == schema(entity):
        yield Told(written_as()["caption"], entity.name)
    facts = {
        "country": entity.country.lower(),
        "wikidata": entity.wikidata,
        "description": entity.description,
        "note": entity.note,
    }
    for fact, value in facts.items():
        if value:
            yield Told(written_as()[fact], value)


def _rank(name: EntityName, entity: Entity) -> tuple[bool, bool]:
    return name.text != entity.name, name.kind != "primary"


def _property(name: EntityName, entity: Entity) -> str:
    """The property of its kind; that of an alias where the schema has none."""
    found = written_as().get(name.kind, "")
    has_it = found and (entity.kind != "place" or properties()[found].schema == ANYTHING)
    return found if has_it else written_as()["alias"]
