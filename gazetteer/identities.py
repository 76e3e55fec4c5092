"""Which actors of two gazetteers are the same by what identifies them: ids, redirects, Wikidata.

An id is taken at its word, unless something says that it is somebody else's: another kind of
actor, another Wikidata item, or a bare number (`17`, a row of some table) without any name in
common. Then the actor gets the list's name before its id (`un:17`), the same each time; and so
does every bare number that is new, which means nobody outside of its list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, count

import msgspec

from gazetteer.entity import Entity
from gazetteer.ids import follow, mint
from gazetteer.store import Gazetteer

__all__ = ["Claim", "identities", "own_id"]

Pair = tuple[str, str]
"""An id of right, and one of left."""


class Claim(msgspec.Struct, frozen=True):
    """That an actor of right is `target` of left: surely, or only for a person to judge.

    `probability` is None where the claim doesn't rest on names.
    """

    target: str
    sure: bool
    reason: str
    probability: float | None = None


def identities(
    left: Gazetteer, right: Gazetteer, different: Collection[Pair] = ()
) -> dict[str, list[Claim]]:
    """The claims on each actor of `right` that has any, by its id.

    An actor that left has under its own id is claimed by that one alone. `different` holds the
    pairs that a person has judged to be two.
    """
    by_item: dict[str, list[Entity]] = {}
    for actor in left:
        if actor.wikidata:
            by_item.setdefault(actor.wikidata, []).append(actor)
    retired: dict[str, list[str]] = {}
    for id in right.redirects:
        retired.setdefault(follow(id, right.redirects), []).append(id)
    found = {}
    for actor in right:
        own = own_id(left, right, actor, different)
        if own in left:
            found[actor.id] = [_known(left.get(own), own)]
            continue
        items = by_item.get(actor.wikidata, ()) if actor.wikidata else ()
        claims = chain(
            _taken(left, actor),
            _redirected(left, actor, retired.get(actor.id, ())),
            (_same_item(each, actor) for each in items),
        )
        if own_claims := list(claims):
            found[actor.id] = own_claims
    return found


def own_id(
    left: Gazetteer, right: Gazetteer, actor: Entity, different: Collection[Pair] = ()
) -> str:
    """The id that an actor of `right` has beside those of `left`.

    Its own, unless left has that for somebody else, or it is a bare number that left doesn't have:
    then the list's name stands before it.
    """
    bare = actor.id.isdigit() and actor.id not in left
    if not bare and _agrees(left, actor.id, actor, different):
        return actor.id
    base = mint(right.name)
    for number in count(1):
        id = f"{base}:{actor.id}" if number == 1 else f"{base}-{number}:{actor.id}"
        if id not in right and _agrees(left, id, actor, different):
            return id
    raise AssertionError("the numbers have no end")


def _agrees(left: Gazetteer, id: str, actor: Entity, different: Collection[Pair]) -> bool:
    """Whether `id` is free in left, or that of an actor which nothing sets apart."""
    if id not in left:
        return True
    holder = left.get(id)
    return (actor.id, holder.id) not in different and not _contradiction(holder, actor, id)


def _known(holder: Entity, own: str) -> Claim:
    return Claim(holder.id, True, "the same id" if own == holder.id else f"{own} leads there")


def _taken(left: Gazetteer, actor: Entity) -> Iterator[Claim]:
    """The doubt about an id that left has for somebody else; none about the row of a table."""
    if actor.id in left and not actor.id.isdigit():
        holder = left.get(actor.id)
        against = _contradiction(holder, actor, actor.id)
        yield Claim(holder.id, False, f"the same id, but {against or 'judged another'}")


def _redirected(left: Gazetteer, actor: Entity, ids: Collection[str]) -> Iterator[Claim]:
    """What the redirects of right say: an id of left is one that this actor had."""
    for id in sorted(ids):
        if id in left:
            holder = left.get(id)
            against = _contradiction(holder, actor, id)
            said = f"{id} leads to {actor.id} there"
            yield Claim(holder.id, not against, f"{said}, but {against}" if against else said)


def _same_item(holder: Entity, actor: Entity) -> Claim:
    against = _kinds(holder, actor)
    said = f"the same Wikidata item {actor.wikidata}"
    return Claim(holder.id, not against, f"{said}, but {against}" if against else said)


def _contradiction(holder: Entity, actor: Entity, id: str) -> str:
    """What says that an id means two actors; "" where nothing does."""
    if against := _kinds(holder, actor):
        return against
    if holder.wikidata and actor.wikidata and holder.wikidata != actor.wikidata:
        return f"{actor.wikidata} is not {holder.wikidata}"
    bare = id.isdigit() and not _texts(holder) & _texts(actor)
    return "a bare number, and no name in common" if bare else ""


def _kinds(holder: Entity, actor: Entity) -> str:
    return "" if holder.kind == actor.kind else f"one is a {actor.kind}, one a {holder.kind}"


def _texts(actor: Entity) -> set[str]:
    return {name.text.casefold() for name in actor.names}
