"""The actors in FollowTheMoney statements: a CSV with one value of one property a row.

A row says that a `dataset` gives the entity `canonical_id`, which it calls `entity_id`, the
`value` of `prop`, in the language `lang`, and when that was first and last seen. What becomes of
each is told in `ftm_model`; the first `name` in each language is its primary one. A name's note
holds its sightings: the datasets that have it, with the dates (`sightings`). An `entity_id` that
was merged into another becomes a redirect.

The rows of an entity need not stand together: they are sorted on disk, in a file of their own
that goes with the import. A row that is `external` is a suggestion that nobody has confirmed: it
is left aside and counted, as is an entity that is no actor.

Read of the options: `columns`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import groupby
from typing import Final, NamedTuple

from gazetteer.entity import Entity, Redirect
from gazetteer.ids import is_foreign_id
from gazetteer.importers import delimited
from gazetteer.importers.draft import Draft
from gazetteer.importers.ftm_model import Model, Value
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.sightings import Sighting, noted
from gazetteer.importers.source import Source
from gazetteer.importers.text import tidy

__all__ = ["NEEDED", "read"]

NEEDED: Final = ("canonical_id", "entity_id", "prop", "schema", "value")
"""The columns that a row can't do without. Of the others, what is missing isn't known."""

TRUE: Final = frozenset(("t", "true", "1", "yes"))  # how `external` is written

_TABLE = (
    "CREATE TABLE statement (canonical_id, source, line, entity_id, schema, prop, value, lang,"
    " dataset, first_seen, last_seen)"
)
_SORTED = "SELECT * FROM statement ORDER BY canonical_id, source, line"


class _Row(NamedTuple):
    canonical_id: str
    source: int  # which of the sources
    line: int
    entity_id: str
    schema: str
    prop: str  # empty where it tells nothing but the schema and the ids
    value: str
    lang: str
    dataset: str
    first_seen: str
    last_seen: str


def read(
    sources: Sequence[Source], rejects: Rejects, options: Options
) -> Iterator[Entity | Redirect]:
    """Each actor, sorted by id, with the redirects to it after it."""
    model = Model(options.columns)
    with closing(sqlite3.connect("")) as disk:  # "" is a file that goes when it is closed
        disk.execute("PRAGMA journal_mode = OFF")  # nobody reads it after a crash
        disk.execute(_TABLE)
        marks = ", ".join("?" * len(_Row._fields))
        rows = _rows(sources, rejects, model)
        disk.executemany(f"INSERT INTO statement VALUES ({marks})", rows)
        found = map(_Row._make, disk.execute(_SORTED))
        for _, of_one in groupby(found, key=lambda row: row.canonical_id):
            yield from _actor(list(of_one), model, sources, rejects)


def _rows(sources: Sequence[Source], rejects: Rejects, model: Model) -> Iterator[_Row]:
    """The rows that tell anything: those of other properties only where schema or id is new."""
    before = None
    for number, source in enumerate(sources):
        for line, fields in delimited.records(source, rejects, NEEDED):
            if fields.get("external", "").lower() in TRUE:
                rejects.leave("external statement")
                continue
            prop = fields["prop"]
            own = fields["entity_id"], fields["canonical_id"], fields["schema"]
            if prop in model.read or own != before:
                yield _row(number, line, fields, prop if prop in model.read else "")
            before = own


def _row(number: int, line: int, fields: dict[str, str], prop: str) -> _Row:
    entity_id = fields["entity_id"].strip()
    return _Row(
        fields["canonical_id"].strip() or entity_id,
        number,
        line,
        entity_id,
        fields["schema"],
        prop,
        fields["value"],
        *(fields.get(column, "") for column in ("lang", "dataset", "first_seen", "last_seen")),
    )


def _actor(
    rows: list[_Row], model: Model, sources: Sequence[Source], rejects: Rejects
) -> Iterator[Entity | Redirect]:
    first, source = rows[0], sources[rows[0].source]
    given = dict.fromkeys(row.prop for row in rows if row.prop)
    listed = dict.fromkeys(row.schema for row in rows)
    kinds = model.kinds(listed, given)
    if not kinds:
        rejects.leave(first.schema)
        return
    draft = Draft(first.canonical_id, source, first.line, rejects, min(kinds))
    if len(kinds) > 1:
        draft.reject(f"is of schemata that contradict each other: {', '.join(listed)} (part them)")
        return
    model.fill(draft, _values(rows))
    entity = draft.entity()
    if entity is not None:
        yield entity
        yield from _redirects(rows, draft, source)


def _values(rows: list[_Row]) -> dict[str, list[Value]]:
    """The values of each property, in order; of those alike, the sightings are noted together."""
    seen: dict[tuple[str, str], set[Sighting]] = {}
    found: dict[str, dict[tuple[str, str], None]] = {}
    for row in rows:
        if row.prop:
            key = tidy(row.value), row.lang
            seen.setdefault(key, set()).add(Sighting(row.dataset, row.first_seen, row.last_seen))
            found.setdefault(row.prop, {})[key] = None
    return {
        prop: [Value(text, lang, noted(seen[text, lang])) for text, lang in keys]
        for prop, keys in found.items()
    }


def _redirects(rows: list[_Row], draft: Draft, source: Source) -> Iterator[Redirect]:
    for id in dict.fromkeys(row.entity_id for row in rows):
        if id and id != draft.id:
            if is_foreign_id(id):
                yield Redirect(id, draft.id, source.name)
            else:
                draft.reject(f"entity_id {id!r} is no id (ASCII letters, digits and :._/-)")
