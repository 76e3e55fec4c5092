"""A TSV of names, one a row with its actor's facts, for a spreadsheet; `import table` reads it.

Not in this form: a name's source and note, and its script, which the letters tell.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import TextIOWrapper
from typing import IO, Final

from gazetteer.entity import Entity

__all__ = ["COLUMNS", "write"]

COLUMNS: Final = (
    "id",
    "name",
    "lang",
    "type",
    "kind",
    "country",
    "prominence",
    "wikidata",
    "description",
    "note",
)


def write(entities: Iterable[Entity], stream: IO[bytes]) -> int:
    """Write the header and a row for each name; how many actors they were."""
    text = TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        count = 0
        for e in entities:
            count += 1
            facts = (e.kind, e.country, e.prominence, e.wikidata, e.description, e.note)
            writer.writerows((e.id, n.text, n.lang, n.kind, *facts) for n in e.names)
        text.flush()
    finally:
        text.detach()  # the stream is the caller's to close
    return count
