"""LINK, REVIEW or NIL? A decision is drawn from the candidates' evidence and the settings.

LINK needs a probability, and nothing written that contradicts: the costly error is a wrong
merge, so what might be a slip of the pen, or a relative, goes to REVIEW, and so does what agrees
only with a nickname. REVIEW: some actor of the gazetteer that
nothing contradicts is more likely meant than not, but the name alone can't say which, or how
surely. Else NIL.
"""

from __future__ import annotations

from collections.abc import Sequence

from resolve.decisions.explanation import (
    reason_for_link,
    reason_for_nil,
    reason_for_review,
)
from resolve.types import Candidate, Decision, Name, Outcome, PartType, Relation, Settings

__all__ = ["DOUBTS", "decide"]

_TELLING = -7.0
"""Bits of an institution's word on one side only that can't be left out or added at will."""
DOUBTS = frozenset((Relation.CONTRADICTS, Relation.SLIP, Relation.CROSSED))
"""Relations that leave it to a person whether two names are one actor's, whatever the bits."""


def decide(name: Name, candidates: Sequence[Candidate], nil: float, settings: Settings) -> Decision:
    """Return the decision on a mention.

    `candidates` come most likely first, with their probabilities; `nil` is what is missing to
    one. All of them are weighed; the decision keeps the first `settings.top`.
    """
    kept = tuple(candidates)
    if kept and kept[0].probability >= settings.link and not _doubtful(name, kept[0]):
        return _about(name, kept, settings, Outcome.LINK, reason_for_link(name, kept[0]))
    unlike = sum(c.probability for c in kept if _contradicted(c))
    if kept and 1 - nil - unlike >= settings.review:
        possible = tuple(sorted(kept, key=_contradicted))
        reason = reason_for_review(name, possible, settings.link)
        return _about(name, possible, settings, Outcome.REVIEW, reason)
    return Decision(
        mention=name.mention,
        outcome=Outcome.NIL,
        id=None,
        name=None,
        kind=None,
        probability=nil + unlike,
        bits=kept[0].bits if kept else None,
        reason=reason_for_nil(name, kept),
        candidates=kept[: settings.top],
    )


def _about(
    name: Name,
    candidates: tuple[Candidate, ...],
    settings: Settings,
    outcome: Outcome,
    reason: str,
) -> Decision:
    best = candidates[0]
    return Decision(
        mention=name.mention,
        outcome=outcome,
        id=best.id,
        name=best.name,
        kind=best.kind,
        probability=best.probability,
        bits=best.bits,
        reason=reason,
        candidates=candidates[: settings.top],
    )


def _contradicted(candidate: Candidate) -> bool:
    """Whether something that both names write speaks against their being one."""
    return any(t.relation is Relation.CONTRADICTS for t in candidate.terms)


def _doubtful(name: Name, candidate: Candidate) -> bool:
    """Whether more than a probability is in doubt: something written speaks against, or for
    a slip, or for a relative; one institution has a telling word more; or the name that agrees
    is one that the gazetteer itself calls weak, or a kunya alone, which half a country bears.
    """
    kunya = len(name.parts) == 1 and name.parts[0].type is PartType.KUNYA
    omitted = any(t.relation is Relation.OMITTED for t in candidate.terms)
    return (
        candidate.weak
        or (kunya and omitted)
        or any(
            t.relation in DOUBTS
            or (t.relation is Relation.OMITTED and t.part == "word" and t.bits <= _TELLING)
            for t in candidate.terms
        )
    )
