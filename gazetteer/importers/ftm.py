"""The actors in FollowTheMoney entities: JSON lines, as Aleph and OpenSanctions write them.

A line is an entity: `id`, `schema`, `properties` with lists of texts, and where OpenSanctions
wrote it a `caption` and `referents`. What becomes of each is told in `ftm_model`. The names have
no language, so they are `und`. The caption is the primary name where it is among the names, else
the first one is. Referents, the ids that were merged into this one, become redirects.

Left aside, and counted by schema: what is no actor (a payment, a vessel, a sanction), and an
`Address` without a name; `--column name=full` takes the full address for its name.

Read of the options: `columns`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from gazetteer.entity import Entity, Redirect
from gazetteer.ids import is_foreign_id
from gazetteer.importers.draft import Draft
from gazetteer.importers.ftm_model import Model, Value
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

__all__ = ["read"]


class _Record(msgspec.Struct):
    id: str
    schema: str
    caption: str = ""
    properties: dict[str, Any] = {}
    referents: list[str] = []


def read(
    sources: Sequence[Source], rejects: Rejects, options: Options
) -> Iterator[Entity | Redirect]:
    """Each actor as it comes, with the redirects to it after it."""
    model = Model(options.columns)
    decoder = msgspec.json.Decoder(_Record)
    for source in sources:
        for line, data in source.lines():
            if not data.strip():
                continue
            try:
                record = decoder.decode(data)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                what = f"{error} (an entity of FollowTheMoney in JSON is a line)"
                rejects.reject(source, line, what)
            else:
                yield from _actor(record, model, source, line, rejects)


def _actor(
    record: _Record, model: Model, source: Source, line: int, rejects: Rejects
) -> Iterator[Entity | Redirect]:
    kinds = model.kinds([record.schema], record.properties)
    if not kinds:
        rejects.leave(record.schema)
        return
    draft = Draft(record.id, source, line, rejects, next(iter(kinds)))
    given = [name for name in record.properties if name in model.read]
    model.fill(draft, {name: _values(name, record, draft) for name in given})
    entity = draft.entity()
    if entity is not None:
        yield entity
        yield from _redirects(record, draft, source)


def _values(name: str, record: _Record, draft: Draft) -> list[Value]:
    """The texts of a property, the caption first; what is no text is rejected."""
    given = record.properties[name]
    values = []
    for each in given if isinstance(given, list) else [given]:
        if isinstance(each, str):
            values.append(Value(each))
        else:
            draft.reject(f"{name} has {each!r:.80} (write texts, in quotation marks)")
    if name == "name" and record.caption:
        values.sort(key=lambda value: value.text != record.caption)
    return values


def _redirects(record: _Record, draft: Draft, source: Source) -> Iterator[Redirect]:
    for id in record.referents:
        if id == draft.id:
            continue
        if is_foreign_id(id):
            yield Redirect(id, draft.id, source.name)
        else:
            draft.reject(f"the referent {id!r} is no id (ASCII letters, digits and :._/-)")
