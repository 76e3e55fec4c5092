"""Who of one gazetteer is who of another: claimed by ids, and by the resolver from the names.

What follows from the claims is `gazetteer.merging`'s to say. The names of an actor claim surely
where they link to one actor of the other gazetteer and to no second, the primary name or two
others among them, and neither country nor Wikidata item contradicts. A lone by-name isn't enough:
two men went as Mohamed al-Bashir, and the UN's Merai Zoghbi is not OFAC's Abd al-Rahman al-Faqih.
Else each actor that a name links to, or may mean, is a doubt for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

import msgspec

from gazetteer import Entity, EntityName, Gazetteer
from gazetteer.identities import Claim, identities
from gazetteer.merging import Plan, Verdicts, plan
from resolve.pipeline import Resolver
from resolve.types import Decision, Outcome, Settings

__all__ = ["LINK", "planned"]

LINK: Final = 0.998
"""The probability from which a name links for a merge: it is for good and for all mentions to
come, so it asks for more than the .95 of a single mention. Read by hand, of nine pairs between .99
and .998 two were two men (Kim Sung Su and Kim Song; Fahrettin Kerim Gökay and Fahrettin Koca);
above, of the 60 of the UN's and EU's lists that share no spelling with OFAC's, none, and of 35 of
two parliaments one (Ömer Biçer and Omar al-Bashir)."""

RIVAL: Final = 0.05
"""The least probability of an actor that a person is asked about."""

_BATCH: Final = 64
"""Actors asked about in one go. The unknown names of a batch are compared with one another, for
ids that a merge has no use for: the smaller it is, the less of that."""


def planned(
    left: Gazetteer,
    right: Gazetteer,
    verdicts: Verdicts | None = None,
    link: float = LINK,
    progress: Callable[[int], None] | None = None,
) -> Plan:
    """What a merge of `right` into `left` does with each actor of `right`.

    `progress` is told how many of them are done. Raises OptionError for a `link` out of its range.
    """
    different = {pair for pair, same in (verdicts or {}).items() if not same}
    claims = identities(left, right, different)
    asked = [a for a in right if not any(claim.sure for claim in claims.get(a.id, ()))]
    done = len(right) - len(asked)
    even = _even(left)
    for kind in dict.fromkeys(actor.kind for actor in asked):
        settings = Settings(link=link, review=min(Settings().review, link), kind=kind)
        resolver = Resolver(even, settings)
        own = (actor for actor in asked if actor.kind == kind)
        while batch := list(islice(own, _BATCH)):
            for actor, decisions in _decided(resolver, batch):
                claims.setdefault(actor.id, []).extend(_by_names(actor, decisions, left))
            done += len(batch)
            if progress is not None:
                progress(done)
    return plan(left, right, claims, verdicts)


def _even(gazetteer: Gazetteer) -> Gazetteer:
    """The actors, each as prominent as the other: a list has a row for each, whoever is in the
    news. Else any Muhammed Mustafa Rashed would be drawn to the ruler of Dubai."""
    actors = (msgspec.structs.replace(actor, prominence=1) for actor in gazetteer)
    return Gazetteer(gazetteer.name, tuple(actors), gazetteer.redirections)


def _decided(
    resolver: Resolver, actors: Sequence[Entity]
) -> Iterator[tuple[Entity, list[Decision]]]:
    """Each actor with the decisions on its names, in their order."""
    decisions = resolver.decide_many(name.text for actor in actors for name in actor.names)
    for actor in actors:
        yield actor, list(islice(decisions, len(actor.names)))


def _by_names(actor: Entity, decisions: Sequence[Decision], left: Gazetteer) -> list[Claim]:
    """The claims that the decisions on an actor's names make, one for each actor of `left`."""
    pairs = list(zip(actor.names, decisions, strict=True))
    best: dict[str, Claim] = {}
    for name, decision in pairs:
        for claim in _claimed(name.text, decision):
            known = best.get(claim.target)
            if known is None or _weight(claim) > _weight(known):
                best[claim.target] = claim
    linked = [claim.target for claim in best.values() if claim.sure]
    said = [name for name, decision in pairs if decision.outcome is Outcome.LINK]
    telling = _telling(actor, said)
    doubts = {target: _doubt(actor, left.get(target), linked, telling) for target in best}
    if len(linked) == 1 and not doubts[linked[0]]:
        return [best[linked[0]]]
    return [
        Claim(
            target,
            False,
            "; but ".join(filter(None, (claim.reason, doubts[target]))),
            claim.probability,
        )
        for target, claim in best.items()
    ]


def _claimed(text: str, decision: Decision) -> Iterator[Claim]:
    """The actors that a name links to or may mean; surely, as far as that name can say."""
    reason = f"{text}: {decision.reason}"
    if decision.outcome is Outcome.LINK and decision.id:
        yield Claim(decision.id, True, reason, decision.probability)
    elif decision.outcome is Outcome.REVIEW:
        for candidate in decision.candidates:
            if candidate.id == decision.id or candidate.probability >= RIVAL:
                yield Claim(candidate.id, False, reason, candidate.probability)


def _telling(actor: Entity, names: Sequence[EntityName]) -> bool:
    """Whether names that link can tell who an actor is: a primary one, or two that aren't weak."""
    strong = [name for name in names if name.kind != "weak"]
    primary = any(name.kind == "primary" or name.text == actor.name for name in strong)
    return primary or len({name.text.casefold() for name in strong}) > 1


def _weight(claim: Claim) -> tuple[bool, float]:
    return claim.sure, claim.probability or 0.0


def _doubt(actor: Entity, holder: Entity, linked: Sequence[str], telling: bool) -> str:
    """What speaks against `actor` being `holder` though a name of it links; "" where nothing."""
    others = [target for target in linked if target != holder.id]
    facts = ((actor.country, holder.country), (actor.wikidata, holder.wikidata))
    against = [f"{one} is not {other}" for one, other in facts if one and other and one != other]
    if others:
        against.append(f"another name is that of {', '.join(sorted(others))}")
    if holder.id in linked and not telling:
        against.append("only a by-name says so")
    return ", ".join(against)
