"""The actors in a CSV or TSV whose columns are told, read as it comes.

The columns are `id`, the facts (`kind`, `country`, `prominence`, `wikidata`, `description`,
`note`), `name` with its `lang` and `type`, and one for each type of name (`primary`, `alias`,
`weak`, `former`, `misspelling`, `acronym`). `name:LANG` and `alias:LANG` are of that language.
`--column id=QID` says that the file calls it QID; one that isn't told is found under its own name,
in any case. `id` and one column of names are needed; `--column key=NAME` is for a column that
tells the actors apart by any text: where it can't be an id, one is made of it, the same each time,
and the note keeps the text. With `--column split=;` a field of names
holds several, parted by `;`. Tab, semicolon or comma part the fields: the header tells. A kind may
be written as taggers write it (PER, ORG, LOC), and a script (Arab) may stand for a language.

The rows of an id are one actor, wherever they stand; its kind is that of the first.

Read of the options: `columns`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, cast

from gazetteer.entity import KINDS, NAME_KINDS, Entity, Kind, NameKind
from gazetteer.errors import FormatError
from gazetteer.ids import is_foreign_id, mint
from gazetteer.importers.delimited import rows
from gazetteer.importers.draft import Draft
from gazetteer.importers.languages import UNKNOWN, language
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source
from gazetteer.importers.text import tidy

__all__ = ["read"]

FACTS: Final = ("country", "prominence", "wikidata", "description", "note")
DIGITS: Final = 12
"""Hexadecimal ones of a digest: two of a million keys share theirs with a chance of .002."""

SPLIT: Final = "split"
"""The key of what parts several names in a field."""

TAGS: Final[Mapping[str, Kind]] = {
    **{kind: kind for kind in KINDS},
    "per": "person",
    "org": "organization",
    "organisation": "organization",
    "loc": "place",
    "location": "place",
    "gpe": "place",
}
"""The kinds, and what the tag sets of CoNLL-2003 and OntoNotes 5 call them."""

NAMES: Final = ("name", *NAME_KINDS)
SCRIPT: Final = re.compile("[A-Z][a-z]{3}")  # the form of ISO 15924: letters tell the script

KEYS: Final = ("id", "key", "kind", "lang", "type", *FACTS, *NAMES)


class _Column(NamedTuple):
    """Where a name stands: its place in the row, its type and its language, where told."""

    at: int
    type: str
    lang: str


class _Layout(NamedTuple):
    """Where in a row everything stands."""

    width: int
    places: Mapping[str, int]
    names: Sequence[_Column]
    split: str

    def field(self, row: Sequence[str], key: str) -> str:
        """The field of a column; empty where there is none."""
        at = self.places.get(key)
        return "" if at is None else row[at].strip()


def read(sources: Sequence[Source], rejects: Rejects, options: Options) -> Iterator[Entity]:
    """An actor for each row; raises FormatError where an option names no column of ours."""
    _check(options.columns)
    for source in sources:
        found = rows(source, rejects, None)
        line, header = next(found, (1, []))
        layout = _layout(header, options.columns)
        if isinstance(layout, str):
            rejects.reject(source, line, layout)
            continue
        for line, row in found:
            if len(row) != layout.width:
                rejects.reject(source, line, f"{len(row)} fields (the header has {layout.width})")
            elif entity := _entity(row, layout, source, line, rejects):
                yield entity


def _check(columns: Mapping[str, str]) -> None:
    for key in columns:
        name, _, lang = key.partition(":")
        if key != SPLIT and name not in (NAMES if lang else KEYS):
            keys = ", ".join((*KEYS, SPLIT))
            raise FormatError(f"no column {key!r} to be told (one of {keys}; name:LANG)")
        if lang and language(lang) == UNKNOWN != lang:
            raise FormatError(f"column {key!r}: {lang!r} is no language (a code of ISO 639)")


def _layout(header: Sequence[str], columns: Mapping[str, str]) -> _Layout | str:
    """Where everything stands, or what is wrong with the header."""
    has = f"the header has: {', '.join(header)[:200] or 'nothing'}"
    places: dict[str, int] = {}
    known = [column.strip().casefold() for column in header]
    for key, column in {**{key: key for key in KEYS}, **columns}.items():
        count = known.count(column.strip().casefold())
        if key == SPLIT or (count == 0 and key not in columns):
            continue
        if count != 1:
            return f"{'no' if count == 0 else 'more than one'} column {column!r} ({has})"
        places[key] = known.index(column.strip().casefold())
    parts = ((at, *key.partition(":")[::2]) for key, at in places.items())
    names = sorted(_Column(*each) for each in parts if each[1] in NAMES)
    identified = "id" in places or "key" in places
    if not identified or not names:
        what = "name" if identified else "id"
        return f"no column {what!r} ({has}; tell which one it is: --column {what}=COLUMN)"
    return _Layout(len(header), places, names, columns.get(SPLIT, ""))


def _entity(
    row: Sequence[str], layout: _Layout, source: Source, line: int, rejects: Rejects
) -> Entity | None:
    kind = layout.field(row, "kind").lower() or "person"
    key = layout.field(row, "key")
    draft = Draft(layout.field(row, "id") or _id(key), source, line, rejects)
    if kind not in TAGS:
        draft.reject(f"kind {kind!r} (one of {', '.join(TAGS)})")
        return None
    draft.kind = TAGS[kind]
    lang = layout.field(row, "lang")
    if lang and language(lang) == UNKNOWN != lang and not SCRIPT.fullmatch(lang):
        draft.reject(f"lang {lang!r} is no language (a code of ISO 639; it is read as unknown)")
    for column in layout.names:
        type = layout.field(row, "type").lower() if column.type == "name" else column.type
        field = row[column.at]
        for text in field.split(layout.split) if layout.split else (field,):
            draft.name(text, column.lang or lang, cast(NameKind, type or "alias"))
    facts = {fact: layout.field(row, fact) for fact in FACTS}
    if key and key != draft.id:
        facts["note"] = "; ".join(filter(None, (facts["note"], f"key {key}")))
    draft.fact(**facts)
    return draft.entity(whole=False)


def _id(key: str) -> str:
    """The key where it may be an id, else its readable part and a digest of all of it."""
    key = tidy(key)
    if not key or is_foreign_id(key):
        return key
    return f"{mint(key)}-{hashlib.sha256(key.encode(errors='replace')).hexdigest()[:DIGITS]}"
