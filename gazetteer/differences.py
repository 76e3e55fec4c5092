"""What differs between two versions of a gazetteer: actors, their facts, their names, redirects.

Both are read side by side, sorted by id, so that memory doesn't grow with them: only actors
whose ids were given up in between are kept until their counterpart comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

import msgspec

from gazetteer.entity import Entity, EntityName, Redirect
from gazetteer.ids import follow

__all__ = ["Change", "Difference", "differences"]

Change = Literal["added", "removed", "renamed", "folded", "parted", "changed", "redirected"]
"""folded: into an actor that was there already; parted: an actor again, a redirect before;
changed: a fact or a name; redirected: a redirect that no actor had as its id."""

FACTS: Final = ("kind", "country", "prominence", "wikidata", "description", "source", "note")
OF_A_NAME: Final = ("kind", "script", "source", "note")


class Difference(msgspec.Struct, frozen=True):
    """One difference of the actor `id` (its new id, where it has one).

    `field` is the fact, or `name` for a name that came or went, or `name.kind` and so on for what
    is said of one; then `name` is that name as `text (lang)`. An empty `old` or `new`: nothing.
    """

    change: Change
    id: str
    field: str = ""
    name: str = ""
    old: str = ""
    new: str = ""


def differences(
    old: Iterable[Entity],
    new: Iterable[Entity],
    old_redirects: Iterable[Redirect] = (),
    new_redirects: Iterable[Redirect] = (),
) -> Iterator[Difference]:
    """Each difference from `old` to `new`, whose actors come sorted by id, each id once.

    In the order of ids; a renamed actor stands where the later of its two ids does. There is none
    exactly where the two versions have one digest.
    """
    pairing = _Pairing(old_redirects, new_redirects)
    for was, now in _side_by_side(old, new):
        yield from pairing.compared(was, now)
    yield from pairing.end()


class _Pairing:
    """Finds the counterpart of an actor whose id is in one version only, by the redirects."""

    def __init__(self, old: Iterable[Redirect], new: Iterable[Redirect]) -> None:
        self._old = {redirect.id: redirect for redirect in old}
        self._new = {redirect.id: redirect for redirect in new}
        targets = {id: redirect.target for id, redirect in self._new.items()}
        self._ends = {id: follow(id, targets) for id in targets}
        self._awaited = set(self._ends.values())
        self._gone: dict[str, list[Entity]] = {}  # by the id that they lead to
        self._come: dict[str, Entity] = {}  # that something may have been renamed to
        self._passed: set[str] = set()  # that nothing more can be renamed to
        self._told: set[str] = set()  # redirects that a difference of an actor speaks of

    def compared(self, was: Entity | None, now: Entity | None) -> Iterator[Difference]:
        """The differences that can be told once both of one id have been seen."""
        if was and now:
            yield from _changes(was, now)
            yield from self._arrived(now.id)
        elif now:
            yield from self._appeared(now)
        elif was:
            yield from self._vanished(was)

    def end(self) -> Iterator[Difference]:
        """What is left when all actors have been seen."""
        for id in sorted(self._come):
            yield self._added(self._come[id])
        for id in sorted(self._gone):
            for was in self._gone[id]:
                yield Difference("removed", was.id, old=was.name)
        for id in sorted((self._old.keys() | self._new.keys()) - self._told):
            yield from _redirected(self._old.get(id), self._new.get(id))

    def _appeared(self, now: Entity) -> Iterator[Difference]:
        if waiting := self._gone.pop(now.id, None):
            yield from self._renamed(waiting[0], now)
            for was in waiting[1:]:
                yield self._folded(was, now.id)
        elif now.id in self._awaited:
            self._come[now.id] = now
        else:
            yield self._added(now)

    def _vanished(self, was: Entity) -> Iterator[Difference]:
        target = self._ends.get(was.id)
        if target is None:
            yield Difference("removed", was.id, old=was.name)
        elif now := self._come.pop(target, None):
            yield from self._renamed(was, now)
        elif target in self._passed:
            yield self._folded(was, target)
        else:
            self._gone.setdefault(target, []).append(was)

    def _arrived(self, id: str) -> Iterator[Difference]:
        """An actor of both versions: what leads there was folded into it."""
        if id in self._awaited:
            self._passed.add(id)
            for was in self._gone.pop(id, ()):
                yield self._folded(was, id)

    def _renamed(self, was: Entity, now: Entity) -> Iterator[Difference]:
        self._passed.add(now.id)
        self._told |= {was.id, now.id}
        yield Difference("renamed", now.id, "id", old=was.id, new=now.id)
        yield from _changes(was, now)

    def _folded(self, was: Entity, target: str) -> Difference:
        self._told.add(was.id)
        return Difference("folded", was.id, "id", old=was.name, new=target)

    def _added(self, now: Entity) -> Difference:
        if now.id in self._old:
            self._told.add(now.id)
            return Difference("parted", now.id, "id", old=self._old[now.id].target, new=now.name)
        return Difference("added", now.id, new=now.name)


def _side_by_side(
    old: Iterable[Entity], new: Iterable[Entity]
) -> Iterator[tuple[Entity | None, Entity | None]]:
    """The actors of each id in both versions; None where one has none."""
    left, right = iter(old), iter(new)
    was, now = next(left, None), next(right, None)
    while was or now:
        if now is None or (was and was.id < now.id):
            yield was, None
            was = next(left, None)
        elif was is None or now.id < was.id:
            yield None, now
            now = next(right, None)
        else:
            yield was, now
            was, now = next(left, None), next(right, None)


def _changes(was: Entity, now: Entity) -> Iterator[Difference]:
    """How the facts and names of one actor differ."""
    for fact in FACTS:
        before, after = str(getattr(was, fact)), str(getattr(now, fact))
        if before != after:
            yield Difference("changed", now.id, fact, old=before, new=after)
    before_names, after_names = _names(was), _names(now)
    for key in sorted(before_names.keys() | after_names.keys()):
        old, new = before_names.get(key), after_names.get(key)
        label = f"{key[0]} ({key[1]})"
        if old is None or new is None:
            texts = (old.text if old else "", new.text if new else "")
            yield Difference("changed", now.id, "name", label, *texts)
            continue
        for what in OF_A_NAME:
            if getattr(old, what) != getattr(new, what):
                told = getattr(old, what), getattr(new, what)
                yield Difference("changed", now.id, f"name.{what}", label, *told)


def _names(actor: Entity) -> Mapping[tuple[str, str], EntityName]:
    return {(name.text, name.lang): name for name in actor.names}


def _redirected(was: Redirect | None, now: Redirect | None) -> Iterator[Difference]:
    """How a redirect differs of which no actor's difference tells."""
    (one,) = {redirect.id for redirect in (was, now) if redirect}
    for field in ("target", "source", "note"):
        old, new = getattr(was, field, ""), getattr(now, field, "")
        if old != new and (field == "target" or (was and now)):
            yield Difference("redirected", one, field, old=old, new=new)
