"""An actor in the making: what a record says of it, tidied and checked as it is collected.

A name or a fact that breaks a rule is rejected alone; the actor is, only where its id or all of
its names are unusable.
"""

from __future__ import annotations

from typing import Final

import msgspec

from gazetteer import tsv
from gazetteer.entity import Entity, EntityName, Kind, NameKind
from gazetteer.ids import is_foreign_id
from gazetteer.importers.languages import language
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source
from gazetteer.importers.text import tidy
from gazetteer.primacy import with_primary
from gazetteer.rules import fact_flaw, name_flaws
from gazetteer.script import script_of

__all__ = ["Draft"]

STRENGTH: Final[tuple[NameKind, ...]] = (
    "primary",
    "alias",
    "acronym",
    "former",
    "weak",
    "misspelling",
)
"""The kinds of names, the most telling first: the one that holds where a name is given twice."""


class Draft:
    """The actor of one record; `entity` is what comes of it."""

    def __init__(
        self, id: str, source: Source, line: int, rejects: Rejects, kind: Kind = "person"
    ) -> None:
        self.id = id.strip()
        self.kind = kind
        self._source = source
        self._line = line
        self._rejects = rejects
        self._names: dict[tuple[str, str], EntityName] = {}
        self._facts: dict[str, str] = {}

    def name(self, text: str, lang: str = "", kind: NameKind = "alias", note: str = "") -> None:
        """Add a name; an empty one is none. `lang` is any code, unknown where it means nothing.

        Of the same text and language, the stronger kind and the first note hold.
        """
        text = tidy(text)
        if not text:
            return
        name = EntityName(
            text, language(lang), script_of(text), kind, self._source.name, tidy(note)
        )
        if what := _flaw(name):
            self.reject(what)
            return
        before = self._names.setdefault((text, name.lang), name)
        if before is not name:
            kind = min(before.kind, name.kind, key=STRENGTH.index)
            united = msgspec.structs.replace(before, kind=kind, note=before.note or name.note)
            self._names[text, name.lang] = united

    def fact(
        self,
        *,
        country: str = "",
        wikidata: str = "",
        description: str = "",
        note: str = "",
        prominence: int | str = "",
    ) -> None:
        """Add facts; of each, the first that is given holds."""
        self._fact("country", country.upper())
        self._fact("wikidata", wikidata.upper())
        self._fact("prominence", str(prominence))
        self._fact("description", description)
        self._fact("note", note)

    def reject(self, what: str) -> None:
        """Reject a part of the record, at its line; raises RecordError if strict."""
        self._rejects.reject(self._source, self._line, f"{self.id!r}: {what}")

    def entity(self, whole: bool = True) -> Entity | None:
        """The actor; None, and a reject, where its id or all of its names are unusable.

        Where no name is primary, the first alias is; weak and former names never are. A record
        that may be one of several of its actor isn't `whole`: `gathered` sees to it then.
        """
        if not is_foreign_id(self.id):
            self.reject("is no id (ASCII letters, digits and :._/- within, such as un:110328)")
            return None
        if not self._names:
            self.reject("has no name that can be used (give it one)")
            return None
        facts, names = self._facts, tuple(self._names.values())
        return Entity(
            id=self.id,
            names=with_primary(names) if whole else names,
            kind=self.kind,
            country=facts.get("country", ""),
            prominence=int(facts.get("prominence", 1)),
            wikidata=facts.get("wikidata", ""),
            description=facts.get("description", ""),
            source=self._source.name,
            note=facts.get("note", ""),
        )

    def _fact(self, fact: str, value: str) -> None:
        if not value or fact in self._facts or not (value := tidy(value)):
            return
        if fact in ("description", "note"):
            flaw = tsv.flaw(value)
            what = f"{fact} {value!r}: {flaw}" if flaw else None
        else:
            what = fact_flaw(fact, value)
        if what:
            self.reject(what)
        else:
            self._facts[fact] = value


def _flaw(name: EntityName) -> str | None:
    """The first rule that the name breaks."""
    for value, which in ((name.text, "name"), (name.note, "note of a name")):
        if not value.isprintable() and (what := tsv.flaw(value)):
            return f"{which} {value!r}: {what}"
    fields = ["", name.text, name.lang, name.script, name.kind, name.source, name.note]
    return next(name_flaws(fields), None)
