"""LINK, REVIEW or NIL? A decision is drawn from the candidates' evidence and the settings.

LINK needs a probability, and nothing written that contradicts: the costly error is a wrong
merge, so what might be a slip of the pen, or a relative, goes to REVIEW, and so does what agrees
only with a nickname. REVIEW: some actor of the gazetteer that
nothing contradicts is more likely meant than not, but the name alone can't say which, or how
surely. Else NIL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from resolve.decisions.doubts import doubt
from resolve.decisions.explanation import (
    reason_for_link,
    reason_for_nil,
    reason_for_review,
)
from resolve.types import Candidate, Decision, Name, Outcome, PartType, Relation, Settings, Term

__all__ = ["DOUBTS", "SETTLES", "Weighed", "decide"]

_NEGLIGIBLE = 1e-4
"""Probability below which it makes no difference whether a candidate is contradicted."""
_TELLING = -4.0
"""Bits of an institution's word on one side only that can't be left out or added at will."""
SETTLES = 0.5
"""Bits from which on what a document says settles what a name alone leaves open: a by-name, a
kunya, an institution whose state isn't written. What is written against stays against."""
PLAIN_SLIP = 7.0
"""Bits from which on two spellings are one name, whatever letter differs. With the next: of 17
such names on the seen half, 10,000 actors, none is another person's."""
BETWEEN = 3.0
"""The same of a middle name where the given and the family name agree."""
_LONG = 5  # letters of a name that one letter doesn't turn into another
DOUBTS = frozenset((Relation.CONTRADICTS, Relation.SLIP, Relation.CROSSED))
"""Relations that leave it to a person whether two names are one actor's, whatever the bits."""


class Weighed:
    """An actor with its probability; the evidence is put into words when it is asked for."""

    __slots__ = ("_ask", "_candidate", "_contradicted", "_explain", "name", "probability")

    def __init__(
        self,
        probability: float,
        name: Callable[[], str],
        explain: Callable[[], Candidate],
        contradicted: Callable[[], bool],
        known: bool | None = None,
    ) -> None:
        """Take how it is put into words, and whether it is `contradicted`, if that is known."""
        self.probability = probability
        self.name = name
        self._explain, self._ask = explain, contradicted
        self._candidate: Candidate | None = None
        self._contradicted = known

    @property
    def candidate(self) -> Candidate:
        """The candidate, explained."""
        if self._candidate is None:
            self._candidate = self._explain()
        return self._candidate

    @property
    def contradicted(self) -> bool:
        """Whether something that both names write speaks against their being one."""
        if self._contradicted is None:
            self._contradicted = self._ask()
        return self._contradicted


def decide(name: Name, weighed: Sequence[Weighed], nil: float, settings: Settings) -> Decision:
    """Return the decision on a mention.

    Candidates come most likely first, with their probabilities; `nil` is what is missing to
    one. All of them are weighed; the decision keeps the first `settings.top`.
    """
    further = ""
    if weighed and weighed[0].probability >= settings.link:
        best = weighed[0].candidate
        further = doubt(name, best)
        if not further and not _doubtful(name, best):
            return _about(name, weighed, settings, Outcome.LINK, reason_for_link(name, best))
    likely = [each for each in weighed if each.probability >= _NEGLIGIBLE]
    unlike = sum(each.probability for each in likely if each.contradicted)
    if weighed and 1 - nil - unlike >= settings.review:
        possible = sorted(likely, key=lambda each: each.contradicted)
        best = possible[0].candidate
        near = best.probability / 20
        rivals = [each.name() for each in possible[1:] if each.probability >= near]
        reason = reason_for_review(name, best, rivals, settings.link, further)
        possible += weighed[len(likely) :]
        return _about(name, possible, settings, Outcome.REVIEW, reason)
    nearest = weighed[0].candidate if weighed else None
    return Decision(
        mention=name.mention,
        outcome=Outcome.NIL,
        id=None,
        name=None,
        kind=None,
        probability=nil + unlike,
        bits=nearest.bits if nearest else None,
        reason=reason_for_nil(name, nearest),
        candidates=tuple(each.candidate for each in weighed[: settings.top]),
    )


def _about(
    name: Name,
    weighed: Sequence[Weighed],
    settings: Settings,
    outcome: Outcome,
    reason: str,
) -> Decision:
    best = weighed[0].candidate
    return Decision(
        mention=name.mention,
        outcome=outcome,
        id=best.id,
        name=best.name,
        kind=best.kind,
        probability=best.probability,
        bits=best.bits,
        reason=reason,
        candidates=tuple(each.candidate for each in weighed[: settings.top]),
    )


def _doubtful(name: Name, candidate: Candidate) -> bool:
    """Whether more than a probability is in doubt: something written speaks against, or for
    a slip, or for a relative; one institution has a telling word more; or the name that agrees
    is one that the gazetteer itself calls weak, or a kunya alone, which half a country bears.
    """
    if any(t.relation in DOUBTS and not _excused(t, candidate.terms) for t in candidate.terms):
        return True
    omitted = [t for t in candidate.terms if t.relation is Relation.OMITTED]
    beside = candidate.kind == "person" and any(t.left for t in omitted)
    said = sum(t.bits for t in candidate.terms if t.relation is Relation.CONTEXT)
    if said >= SETTLES and not beside:
        return False
    kunya = len(name.parts) == 1 and name.parts[0].type is PartType.KUNYA
    return (
        candidate.weak
        or (kunya and bool(omitted))
        or any(t.part == "word" and t.bits <= _TELLING for t in omitted)
    )


def _excused(slip: Term, terms: Sequence[Term]) -> bool:
    """Whether what may be a slip hardly can be another name: the letters say so by themselves,
    in a word that is long enough; or it stands between a given and a family name that agree.
    """
    if slip.relation is not Relation.SLIP or not (slip.left and slip.right):
        return False
    if slip.part == "word" or slip.part == "name":
        return False
    if slip.bits >= PLAIN_SLIP and min(len(slip.left), len(slip.right)) >= _LONG:
        return True
    agreed = {t.part for t in terms if t.relation is Relation.AGREES}
    return slip.part == "middle" and slip.bits >= BETWEEN and {"given", "family"} <= agreed
