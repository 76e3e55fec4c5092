"""What becomes of each actor of one gazetteer (right) that is folded into another (left).

A plan says it first, and `apply` does what the plan says, no more. Who is who is claimed by
`gazetteer.identities` and by whoever compares names; here the claims are weighed, by these rules:

- An id of left stays, as an actor or as a redirect, and means whom it meant.
- An actor of right that left has under its own id is known: its names and facts are added. Only
  a person's verdict folds it: so what was judged two, or parted again, stays two.
- What is claimed surely of one actor of left, and by no other of right, is folded: names and
  facts are added, the id becomes a redirect whose source is the merge and whose note the reason.
- What is doubtful stays an actor of its own, and is listed for a person to judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from gazetteer.entity import Entity, Redirect
from gazetteer.identities import Claim, own_id
from gazetteer.ids import follow
from gazetteer.importers.text import tidy
from gazetteer.origins import Origins
from gazetteer.store import Gazetteer
from gazetteer.uniting import renamed, united, united_redirects

__all__ = ["Action", "Doubt", "Merged", "Plan", "Step", "Verdicts", "apply", "plan"]

Action = Literal["known", "fold", "add", "review"]
"""known: left has the id · fold: it becomes a redirect · add: new · review: new, but doubtful."""

Verdicts = Mapping[tuple[str, str], bool]
"""Whether an id of right and one of left are the same actor, as a person judged."""


class Step(msgspec.Struct, frozen=True):
    """What becomes of one actor: `id` in right, `own` its own id in the result, `target` the id
    that its names then stand under.

    `gained` counts the names that are new there; `changed` is whether anything is.
    """

    action: Action
    id: str
    own: str
    target: str
    gained: int
    changed: bool
    reason: str = ""
    probability: float | None = None


class Doubt(msgspec.Struct, frozen=True):
    """A pair for a person to judge: an actor of right, one of left, and why it is doubtful."""

    id: str
    target: str
    reason: str
    probability: float | None = None


class Plan(msgspec.Struct, frozen=True):
    """A step for each actor of right, sorted by id; the doubtful pairs, the likeliest first."""

    steps: tuple[Step, ...]
    doubts: tuple[Doubt, ...]


class Merged(NamedTuple):
    """What a merge makes: the gazetteer, and what is needed to undo it."""

    gazetteer: Gazetteer
    origins: Origins


def plan(
    left: Gazetteer,
    right: Gazetteer,
    claims: Mapping[str, Sequence[Claim]],
    verdicts: Verdicts | None = None,
) -> Plan:
    """What is to be done with each actor of `right`, given the claims on it, by its id.

    A verdict stands above every claim.
    """
    judged = verdicts or {}
    different = {pair for pair, same in judged.items() if not same}
    found = {actor.id: _allowed(actor.id, claims.get(actor.id, ()), different) for actor in right}
    for (id, target), same in judged.items():
        if same:
            found[id] = [Claim(target, True, "judged the same")]
    goals = {id: goal for id, own in found.items() if (goal := _goal(own))}
    crowds = Counter(goal.target for goal in goals.values())
    steps: list[Step] = []
    doubts: list[Doubt] = []
    for actor in right:
        own = own_id(left, right, actor, different)
        goal = goals.get(actor.id)
        alone = goal and (crowds[goal.target] == 1 or own in left)
        if goal and (alone or judged.get((actor.id, goal.target))):
            steps.append(_settled(left, actor, own, goal))
        else:
            steps.append(_apart(actor, own, found[actor.id]))
            doubts += (_doubt(actor.id, claim, crowds) for claim in found[actor.id])
    return Plan(tuple(steps), tuple(sorted(doubts, key=_likeliest)))


def apply(plan: Plan, left: Gazetteer, right: Gazetteer, origins: Origins) -> Merged:
    """`left` with each actor of `right` where the plan puts it, and the origins of what it folds.

    `origins` are those of `left`.
    """
    entities = {actor.id: actor for actor in left}
    records = {record.id: record for record in origins}
    for id in {
        id for step in plan.steps if step.own != step.target for id in (step.own, step.target)
    }:
        if id in entities:
            _record(records, id, origins.alone(entities[id]))
    redirects = list(left.redirections)
    targets = dict(left.redirects)
    for step in plan.steps:
        actor = renamed(right.get(step.id), step.own)
        home = follow(step.target, targets)
        if step.own in records or home != step.own:
            _record(records, step.own, _joined(records.get(step.own), actor))
        if home != step.own:
            actor = _joined(entities.pop(step.own, None), actor)
            if step.own not in targets:
                targets[step.own] = home
                redirects.append(_redirect(step, home, right.name))
        entities[home] = _joined(entities.get(home), renamed(actor, home))
    ids = {step.id: step.own for step in plan.steps}
    redirects += (
        msgspec.structs.replace(redirect, target=ids[follow(redirect.id, right.redirects)])
        for redirect in right.redirections
        if redirect.id not in left
    )
    merged = Gazetteer(left.name, tuple(entities.values()), united_redirects(redirects))
    return Merged(merged, Origins(records.values(), merged.redirects))


def _allowed(id: str, claims: Iterable[Claim], different: set[tuple[str, str]]) -> list[Claim]:
    """The claims on `id` that nobody has judged wrong, one a target: the surest."""
    best: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: (not claim.sure, -(claim.probability or 1.0))):
        if (id, claim.target) not in different:
            best.setdefault(claim.target, claim)
    return list(best.values())


def _goal(claims: Sequence[Claim]) -> Claim | None:
    """The one claim, if it is sure; None where another contests it."""
    return claims[0] if len(claims) == 1 and claims[0].sure else None


def _settled(left: Gazetteer, actor: Entity, own: str, goal: Claim) -> Step:
    holder = left.get(goal.target)
    both = united(holder, renamed(actor, holder.id))
    known = own in left and left.get(own).id == holder.id
    gained = len(both.names) - len(holder.names)
    return Step(
        "known" if known else "fold",
        actor.id,
        own,
        holder.id,
        gained,
        not known or both != holder,
        goal.reason,
        goal.probability,
    )


def _apart(actor: Entity, own: str, claims: Sequence[Claim]) -> Step:
    if not claims:
        return Step("add", actor.id, own, own, len(actor.names), True)
    best = min(claims, key=_likeliest)
    reason = f"{best.target}? {best.reason}"
    return Step("review", actor.id, own, own, len(actor.names), True, reason, best.probability)


def _doubt(id: str, claim: Claim, crowds: Mapping[str, int]) -> Doubt:
    reason = claim.reason
    if claim.sure:
        crowd = crowds[claim.target]
        reason += f"; but {crowd} go there" if crowd > 1 else "; but it would go elsewhere as well"
    return Doubt(id, claim.target, reason, claim.probability)


def _likeliest(claim: Claim | Doubt) -> tuple[float, str, str]:
    """The likeliest first, and what rests on no name before all."""
    id = claim.id if isinstance(claim, Doubt) else ""
    return -(1.0 if claim.probability is None else claim.probability), id, claim.target


def _joined(first: Entity | None, second: Entity) -> Entity:
    return united(first, renamed(second, first.id)) if first else second


def _record(records: dict[str, Entity], id: str, record: Entity | None) -> None:
    """Note what `id` is without the others; nothing where it is nothing without them."""
    if record is None:
        records.pop(id, None)
    else:
        records[id] = record


def _redirect(step: Step, target: str, name: str) -> Redirect:
    likely = "" if step.probability is None else f"p = {min(step.probability, 0.9999):.4f}: "
    return Redirect(step.own, target, f"merge of {name}", tidy(f"{likely}{step.reason}"))
