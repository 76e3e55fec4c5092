"""One actor out of what several lists say of it, and the redirects of several lists as one set.

What stands first holds: a later list adds names and the facts that are still unknown, and never
takes anything away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from gazetteer.entity import Entity, EntityName, Redirect
from gazetteer.ids import follow

__all__ = ["renamed", "united", "united_redirects"]

UNKNOWN: Final = 1
"""The prominence of an actor of whom nothing is known."""


def united(first: Entity, second: Entity) -> Entity:
    """`first` with the names that only `second` has, and the facts that only `second` has.

    A name is known where its text and language are. A primary name of `second` becomes an alias
    where `first` has a primary one in that language.
    """
    known = {(name.text, name.lang) for name in first.names}
    primary = {name.lang for name in first.names if name.kind == "primary"}
    added = tuple(
        _demoted(name) if name.lang in primary else name
        for name in second.names
        if (name.text, name.lang) not in known
    )
    return msgspec.structs.replace(
        first,
        names=first.names + added,
        country=first.country or second.country,
        prominence=first.prominence if first.prominence > UNKNOWN else second.prominence,
        wikidata=first.wikidata or second.wikidata,
        description=first.description or second.description,
        source=first.source or second.source,
        note=first.note or second.note,
    )


def renamed(entity: Entity, id: str) -> Entity:
    """`entity` under `id`: itself where that is its id already."""
    return entity if entity.id == id else msgspec.structs.replace(entity, id=id)


def united_redirects(redirections: Iterable[Redirect]) -> tuple[Redirect, ...]:
    """The redirects; a later one that contradicts, or would close a circle, gives way."""
    kept: dict[str, Redirect] = {}
    targets: dict[str, str] = {}
    for redirect in redirections:
        if redirect.id not in kept and follow(redirect.target, targets) != redirect.id:
            kept[redirect.id] = redirect
            targets[redirect.id] = redirect.target
    return tuple(kept.values())


def _demoted(name: EntityName) -> EntityName:
    return msgspec.structs.replace(name, kind="alias") if name.kind == "primary" else name
