"""Two actors where one was by mistake: a merge undone, or names given to an actor of their own.

An id that was given up gets its own actor back, and its redirect is withdrawn: it means whom it
meant before, and never anybody else.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from gazetteer.entity import Entity, EntityName, Redirect
from gazetteer.errors import IdError, RecordError, UnknownIdError
from gazetteer.ids import is_foreign_id, mint
from gazetteer.merging import Merged
from gazetteer.origins import Origins
from gazetteer.store import Gazetteer

__all__ = ["given_names", "unfolded"]


def unfolded(gazetteer: Gazetteer, origins: Origins, id: str) -> Merged:
    """The gazetteer with the actor that was folded as `id` as it was, and the other without it.

    Names and facts that either got since then stay with the other. Raises UnknownIdError where
    no origin says what `id` was, RecordError where no name would be left to the other.
    """
    target = gazetteer.get(id)
    if target.id == id:
        raise UnknownIdError(f"{id!r} is an actor of its own (say which names are another's)")
    back = origins.folded(id)
    if back is None:
        raise UnknownIdError(f"no origin says what {id!r} was (say which names of {target.id!r})")
    rest = origins.without(target, id)
    if rest is None:
        raise RecordError([f"{target.id!r} has no name that isn't from {id!r} (rename it instead)"])
    return _parted(gazetteer, origins, rest, back)


def given_names(
    gazetteer: Gazetteer,
    origins: Origins,
    id: str,
    chosen: Callable[[EntityName], bool],
    into: str | None = None,
) -> Merged:
    """The gazetteer with the chosen names of the actor `id` given to one of their own.

    That one's id is `into`; where it is None, `id` if that is a redirect, else one made from
    its names. It is of the same kind; its other facts are unknown. Raises IdError where `into`
    is somebody's, RecordError where one of the two would have no name.
    """
    target = gazetteer.get(id)
    theirs = tuple(name for name in target.names if chosen(name))
    rest = tuple(name for name in target.names if not chosen(name))
    if not theirs or not rest:
        which = "no name" if not theirs else "every name"
        raise RecordError([f"{which} of {target.id!r} is chosen (choose some, and leave some)"])
    source = theirs[0].source
    new = Entity("", theirs, target.kind, source=source, note=f"split from {target.id}")
    if into is None:
        into = id if id != target.id else mint(new.name, gazetteer)
    _check(gazetteer, target, into)
    return _parted(
        gazetteer,
        origins,
        msgspec.structs.replace(target, names=rest),
        msgspec.structs.replace(new, id=into),
    )


def _check(gazetteer: Gazetteer, target: Entity, into: str) -> None:
    """Raise IdError where `into` can't be given to what is parted from `target`."""
    if not is_foreign_id(into):
        raise IdError(f"id {into!r} (ASCII letters and digits, single hyphens between)")
    if into not in gazetteer:
        return
    holder = gazetteer.get(into)
    if holder.id == into or holder.id != target.id:
        raise IdError(f"{into!r} means {holder.id!r} ({holder.name}); choose a new id")


def _parted(gazetteer: Gazetteer, origins: Origins, rest: Entity, back: Entity) -> Merged:
    others = (actor for actor in gazetteer if actor.id != rest.id)
    redirections: tuple[Redirect, ...] = tuple(
        redirect for redirect in gazetteer.redirections if redirect.id != back.id
    )
    parted = Gazetteer(gazetteer.name, (*others, rest, back), redirections)
    return Merged(parted, Origins(origins, parted.redirects))
