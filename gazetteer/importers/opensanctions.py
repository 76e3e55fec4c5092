"""The actors in OpenSanctions' simple table, `targets.simple.csv`: one a row.

Its columns are read as properties of FollowTheMoney (`ftm_model`): `name` is the primary name,
`aliases` are aliases, and so is every further name, former ones too: the table doesn't tell them
apart. Several values stand in a field with semicolons between, quoted as in CSV. What is no actor
(a vessel, a crypto wallet) is left aside and counted by its schema.

Read of the options: none.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from gazetteer.entity import Entity
from gazetteer.importers import delimited
from gazetteer.importers.draft import Draft
from gazetteer.importers.ftm_model import Model, Value
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

__all__ = ["NEEDED", "PROPERTIES", "read"]

NEEDED: Final = ("id", "schema", "name")

PROPERTIES: Final[Mapping[str, str]] = {
    "name": "name",
    "aliases": "alias",
    "birth_date": "birthDate",
    "countries": "country",
}
"""The property that each column is read as."""


def read(sources: Sequence[Source], rejects: Rejects, options: Options) -> Iterator[Entity]:
    """Each actor as it comes."""
    model = Model()
    for source in sources:
        for line, fields in delimited.records(source, rejects, NEEDED):
            given = {name: column for column, name in PROPERTIES.items() if fields.get(column)}
            kinds = model.kinds([fields["schema"]], given)
            if not kinds:
                rejects.leave(fields["schema"])
                continue
            draft = Draft(fields["id"], source, line, rejects, next(iter(kinds)))
            model.fill(draft, {name: _values(given[name], fields, draft) for name in given})
            entity = draft.entity()
            if entity is not None:
                yield entity


def _values(column: str, fields: Mapping[str, str], draft: Draft) -> list[Value]:
    """The values of a field; `name` holds one, whatever stands in it."""
    if column == "name":
        return [Value(fields[column])]
    try:
        return [Value(each) for each in next(csv.reader([fields[column]], delimiter=";"), [])]
    except csv.Error as error:
        draft.reject(f"{column} {fields[column]!r}: {error} (semicolons between, quoted as in CSV)")
        return []
