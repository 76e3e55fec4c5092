"""A gazetteer with the candidates that a person accepted: new actors, and names of known ones.

A new actor's id is minted from its name; what was added before adds nothing again. No id changes
its meaning, and no fact of a known actor is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, cast

import msgspec

from gazetteer.candidates import PROVISIONAL, Candidate
from gazetteer.entity import Entity, EntityName, Kind
from gazetteer.errors import UnknownIdError
from gazetteer.failures import Failures
from gazetteer.ids import follow, mint
from gazetteer.store import Gazetteer

__all__ = ["Action", "Added", "Step", "added"]

Action = Literal["add", "alias", "known"]
"""add: a new actor · alias: names for one who is known · known: nothing that isn't there."""


class Step(msgspec.Struct, frozen=True):
    """What becomes of the candidate `id`: its names stand under the actor `target`, where the
    `gained` ones are new."""

    action: Action
    id: str
    target: str
    name: str
    gained: tuple[str, ...] = ()
    reason: str = ""


class Added(NamedTuple):
    """The gazetteer with the candidates, and a step for each of them, sorted by id."""

    gazetteer: Gazetteer
    steps: tuple[Step, ...]


def added(
    gazetteer: Gazetteer, candidates: Iterable[Candidate], failures: Failures | None = None
) -> Added:
    """`gazetteer` with the candidates; those of one id are one actor.

    Whoever has an id that the name makes, the candidate's kind and all its names, is the
    candidate already; where a name is missing, the two are different actors of like names.
    Raises RecordError with all the `failures`, to which an id is added that nobody has.
    """
    failures = failures or Failures()
    known, new = _gathered(gazetteer, candidates, failures)
    failures.check()
    entities = {actor.id: actor for actor in gazetteer}
    # In the order of their ids: two of them may be one actor's, by a redirect.
    known.sort(key=lambda each: each.id)
    steps = [_named(entities, gazetteer.get(each.id).id, each) for each in known]
    claims: dict[str, str] = {}
    # Those with most names first: who has fewer of the same names must not pass for one of them.
    for each in sorted(new, key=lambda each: (-len(each.names), each.id)):
        step = _placed(entities, gazetteer.redirects, each, claims)
        claims[step.target] = each.id
        steps.append(step)
    result = Gazetteer(gazetteer.name, tuple(entities.values()), gazetteer.redirections)
    return Added(result, tuple(sorted(steps, key=lambda step: step.id)))


def _gathered(
    gazetteer: Gazetteer, candidates: Iterable[Candidate], failures: Failures
) -> tuple[list[Candidate], list[Candidate]]:
    """Those of known actors and the new ones, each id once."""
    known: dict[str, Candidate] = {}
    new: dict[str, Candidate] = {}
    for each in candidates:
        if not each.id.startswith(PROVISIONAL):
            if each.id and each.id not in gazetteer:
                failures.add(each.file, each.line, _unknown(gazetteer, each.id))
            first = known.setdefault(each.id, each)
            known[each.id] = _united(first, each)
        else:
            first = new.setdefault(each.id, each)
            if each.kind != first.kind:
                what = f"kind {each.kind!r} of {each.id!r}, which is {first.kind!r} in"
                failures.add(
                    each.file, each.line, f"{what} {first.file}:{first.line} (make them alike)"
                )
            new[each.id] = _united(first, each)
    return list(known.values()), list(new.values())


def _unknown(gazetteer: Gazetteer, id: str) -> str:
    try:
        gazetteer.get(id)
    except UnknownIdError as error:
        return f"{error}; a new actor's id begins with {PROVISIONAL}"
    raise AssertionError(id)


def _united(first: Candidate, second: Candidate) -> Candidate:
    """`first` with the names and the facts that only `second` has."""
    return first._replace(
        names=(*first.names, *_missing(first.names, second.names)),
        country=first.country or second.country,
        prominence=first.prominence if first.prominence != "1" else second.prominence,
        description=first.description or second.description,
    )


def _missing(there: Iterable[EntityName], names: Iterable[EntityName]) -> Iterator[EntityName]:
    """The names whose text isn't there, in whatever language."""
    texts = {name.text for name in there}
    return (name for name in names if name.text not in texts)


def _named(entities: dict[str, Entity], id: str, candidate: Candidate) -> Step:
    """Give the names to the actor `id`."""
    actor = entities[id]
    names = tuple(_missing(actor.names, candidate.names))
    if not names:
        return Step("known", candidate.id, id, actor.name, reason="has all these names")
    entities[id] = msgspec.structs.replace(actor, names=actor.names + names)
    return Step("alias", candidate.id, id, actor.name, tuple(name.text for name in names))


def _placed(
    entities: dict[str, Entity],
    redirects: Mapping[str, str],
    candidate: Candidate,
    claims: Mapping[str, str],
) -> Step:
    """Find the actor that the candidate is already, or make it one. `claims` says whom the
    candidates before it are."""
    name, reason, passed = candidate.names[0].text, "", set[str]()
    while (id := mint(name, passed)) in entities or id in redirects:
        actor = entities[follow(id, redirects)]
        difference = _difference(actor, candidate, claims)
        if difference is None:
            return Step("known", candidate.id, actor.id, actor.name, reason="has all these names")
        reason = reason or difference
        passed.add(id)
    primary = msgspec.structs.replace(candidate.names[0], kind="primary")
    entities[id] = Entity(
        id=id,
        names=(primary, *candidate.names[1:]),
        kind=cast(Kind, candidate.kind),
        country=candidate.country,
        prominence=int(candidate.prominence),
        description=candidate.description,
        source=candidate.source,
    )
    texts = tuple(each.text for each in candidate.names)
    return Step("add", candidate.id, id, name, texts, reason)


def _difference(actor: Entity, candidate: Candidate, claims: Mapping[str, str]) -> str | None:
    """What tells the actor from the candidate; None where nothing does."""
    if actor.id in claims:
        return f"{actor.id} is {claims[actor.id]}"
    if actor.kind != candidate.kind:
        return f"{actor.id} is a different {actor.kind}"
    missing = next(_missing(actor.names, candidate.names), None)
    return f"{actor.id} isn't called {missing.text}" if missing else None
