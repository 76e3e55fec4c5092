"""What actors were before one was folded into another: enough to part them again exactly.

A merged gazetteer's folder holds a gazetteer `origins` beside its tables: each actor that was
folded, under the id that is a redirect now, and each that another was folded into, as it is
without that one. It is a data package like any other, so `resolve gazetteer list --gazetteer
DIR/origins` shows it. A record that no redirect of the merged gazetteer speaks of means nothing:
so the origins are written before the tables and tidied after them, and a crash in between leaves
a gazetteer that is whole, and all that is needed to undo what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from pathlib import Path
from typing import Final

import msgspec

from gazetteer.entity import Entity, EntityName
from gazetteer.package import DESCRIPTOR
from gazetteer.store import Gazetteer, load, save
from gazetteer.uniting import renamed, united

__all__ = ["FOLDER", "Origins", "load_origins", "save_merged"]

FOLDER: Final = "origins"
"""The folder of the origins in that of their gazetteer, and the name of that package."""

FACTS: Final = ("country", "prominence", "wikidata", "description", "source", "note")


class Origins:
    """The records of actors before they were folded, with the redirects that say what became of
    each; the others are left out."""

    def __init__(self, records: Iterable[Entity], redirects: Mapping[str, str]) -> None:
        self._records = {record.id: record for record in records}
        self._folded: dict[str, list[str]] = {}
        for id in sorted(self._records.keys() & redirects.keys()):
            self._folded.setdefault(self._home(id, redirects), []).append(id)
        told = {id for folded in self._folded.values() for id in folded} | self._folded.keys()
        self._records = {id: self._records[id] for id in sorted(self._records.keys() & told)}

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._records.values())

    def get(self, id: str) -> Entity | None:
        """The record of `id` alone, without what was folded into it; None where there is none."""
        return self._records.get(id)

    def folded(self, id: str) -> Entity | None:
        """The actor that was folded as `id`, with what had been folded into it by then.

        None where no record says what it was.
        """
        return self._whole(id) if id in self._records else None

    def alone(self, actor: Entity) -> Entity | None:
        """`actor` without all that was folded into it; None where no name is its own."""
        if actor.id not in self._folded:
            return actor
        return _less(actor, self._whole(actor.id), self._records.get(actor.id), set())

    def without(self, actor: Entity, id: str) -> Entity | None:
        """`actor` without what was folded into it as `id`; None where no name would be left.

        What has been changed since then stays as it is.
        """
        gone = self._whole(id)
        names = set(gone.names) if gone else set()
        return _less(actor, self._whole(actor.id), self._whole(actor.id, but=id), names)

    def _home(self, id: str, redirects: Mapping[str, str]) -> str:
        """The next id on the way of the redirects that has a record, or where they end."""
        target = redirects[id]
        while target in redirects and target not in self._records:
            target = redirects[target]
        return target

    def _whole(self, id: str, but: str = "") -> Entity | None:
        """The actor `id` as its records make it, without the one folded as `but`."""
        own = self._records.get(id)
        folded = [self._whole(each, but) for each in self._folded.get(id, ()) if each != but]
        parts = [renamed(part, id) for part in (own, *folded) if part is not None]
        return reduce(united, parts) if parts else None


def load_origins(folder: Path, redirects: Mapping[str, str]) -> Origins:
    """The origins in a gazetteer's folder; none where nothing was folded there."""
    place = folder / FOLDER
    return Origins(load(place) if (place / DESCRIPTOR).exists() else (), redirects)


def save_merged(gazetteer: Gazetteer, origins: Origins, folder: Path) -> None:
    """Write a gazetteer with its origins; a crash leaves the old ones or the new ones.

    Raises RecordError, with the tables as they were, where `gazetteer` breaks a rule.
    """
    place = folder / FOLDER
    there = tuple(load(place)) if (place / DESCRIPTOR).exists() else ()
    own = {record.id: record for record in origins}
    both = Gazetteer(FOLDER, tuple(({record.id: record for record in there} | own).values()))
    if both.entities != there:
        save(both, place)
    save(gazetteer, folder)
    if len(both) > len(own):
        save(Gazetteer(FOLDER, tuple(own.values())), place)


def _less(
    now: Entity, before: Entity | None, after: Entity | None, gone: set[EntityName]
) -> Entity | None:
    """`now` with the change from `before` to `after`; what was changed otherwise stays."""
    was = {(name.text, name.lang): name for name in before.names} if before else {}
    left = {(name.text, name.lang): name for name in after.names} if after else {}
    names = []
    for name in now.names:
        key = name.text, name.lang
        if key in left:
            # As it would have been: another kind of name where a primary one gave way.
            names.append(left[key] if name == was.get(key) or name in gone else name)
        elif key not in was:
            names.append(name)
    if not names:
        return None
    facts = {
        fact: getattr(after, fact) if after else getattr(Entity(now.id, ()), fact)
        for fact in FACTS
        if before and getattr(now, fact) == getattr(before, fact)
    }
    # An actor whose own record is missing keeps saying where it is from.
    facts["source"] = facts.get("source") or now.source
    return msgspec.structs.replace(now, names=tuple(names), **facts)
