"""FollowTheMoney statements as CSV: a row for each name and fact, with its dataset and language.

The dataset of a name, and when it was first and last seen there, are those of the sightings in
its note (`gazetteer.importers.sightings`), a row each; another name's dataset is its source, and
a fact's the actor's, spelled as FollowTheMoney spells datasets: `un.csv` is `un_csv`. What else a
note says is not in this form. `ftm_properties` says what else isn't.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import IO, Final

from gazetteer.entity import Entity
from gazetteer.exporters.ftm_properties import Told, schema, told
from gazetteer.importers import sightings
from gazetteer.importers.ftm_model import properties
from gazetteer.importers.languages import UNKNOWN
from gazetteer.importers.sightings import Sighting

__all__ = ["COLUMNS", "write"]

COLUMNS: Final = (
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
)
"""The columns of `followthemoney.statement`, in its order."""

ID: Final = "id"  # the property, of the type of that name, by which an entity is stated at all

_GAPS = re.compile("[^a-z0-9]+")


def write(entities: Iterable[Entity], stream: IO[bytes]) -> int:
    """Write the header and each actor's statements; how many actors they were."""
    text = TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text, dialect=csv.unix_dialect)
        writer.writerow(COLUMNS)
        count = 0
        for entity in entities:
            writer.writerows(_rows(entity))
            count += 1
        text.flush()
    finally:
        text.detach()  # the stream is the caller's to close
    return count


def _rows(entity: Entity) -> Iterator[list[str]]:
    own = Sighting(_dataset(entity.source))
    yield _row(entity, Told(ID, entity.id), own)
    seen = set()
    for each in told(entity):
        for sighting in _sightings(each) or [own]:
            row = _row(entity, each, sighting)
            if row[-1] not in seen:
                yield row
            seen.add(row[-1])


def _sightings(each: Told) -> list[Sighting]:
    if each.name is None:
        return []
    return sightings.read(each.name.note) or [Sighting(_dataset(each.name.source))]


def _row(entity: Entity, each: Told, sighting: Sighting) -> list[str]:
    known = each.name is not None and each.name.lang != UNKNOWN
    lang = each.name.lang if each.name is not None and known else ""
    row = {
        "canonical_id": entity.id,
        "entity_id": entity.id,
        "prop": each.property,
        "prop_type": ID if each.property == ID else properties()[each.property].type,
        "schema": schema(entity),
        "value": each.value,
        "dataset": sighting.dataset,
        "lang": lang,
        "external": "f",
        "first_seen": sighting.first_seen,
        "last_seen": sighting.last_seen,
        "id": _key(entity.id, each, sighting.dataset, lang),
    }
    return [row.get(column, "") for column in COLUMNS]


def _key(id: str, each: Told, dataset: str, lang: str) -> str:
    """The statement's own id, as `followthemoney.statement.Statement.make_key` makes it."""
    key = f"{dataset}.{id}.{each.property}.{each.value}" + (f"@{lang}" if lang else "")
    return hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()


def _dataset(source: str) -> str:
    return _GAPS.sub("_", source.lower()).strip("_") or UNKNOWN
