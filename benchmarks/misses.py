"""Why was an actor missed that the gazetteer has? Each miss is sorted into one kind of error.

What the evidence of the mention and its actor's name contradicts comes first, then what stands
in doubt, then what is merely too little. The terms are those of `resolve.compare`, whatever
system missed: they say how hard a name is, and in our own case what went wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from benchmarks.protocol import Answer
from resolve.types import Evidence, Relation

__all__ = ["ERRORS", "error_of"]

WEAK: Final = 4.0
"""Bits of an agreement that is no more than a resemblance; chosen."""
TELLING: Final = -2.0
"""Bits at which a part on one side only costs something; chosen."""

_Test = Callable[[Evidence, Answer, str], bool]


def error_of(evidence: Evidence, answer: Answer, actor: str, alike: bool) -> str:
    """Return why `answer` doesn't link to `actor`, whose name was compared: one of `ERRORS`.

    `alike` says whether the two names have anything in common.
    """
    if not alike:
        return NOTHING
    return next((name for name, test in _TESTS if test(evidence, answer, actor)), FEW)


def _contradicts(*parts: str) -> _Test:
    """Whether a part of these is contradicted; of none named, any part."""

    def test(evidence: Evidence, answer: Answer, actor: str) -> bool:
        return any(
            term.relation is Relation.CONTRADICTS and (not parts or term.part in parts)
            for term in evidence.terms
        )

    return test


def _holds(relation: Relation, least: float, most: float) -> _Test:
    """Whether there is a term of this relation with so many bits: `least` < bits < `most`."""

    def test(evidence: Evidence, answer: Answer, actor: str) -> bool:
        return any(t.relation is relation and least < t.bits < most for t in evidence.terms)

    return test


def _absent(evidence: Evidence, answer: Answer, actor: str) -> bool:
    return all(id != actor for id, _ in answer.ranked)


def _behind(evidence: Evidence, answer: Answer, actor: str) -> bool:
    """Whether another actor comes first, or takes most of what is missing to certainty."""
    best, score = answer.ranked[0]
    if best != actor:
        return True
    return len(answer.ranked) > 1 and answer.ranked[1][1] > (1 - score) / 2 >= 0


_ANY = float("inf")
NOTHING: Final = "nothing in common"
FEW: Final = "too few bits"
_TESTS: Final[Sequence[tuple[str, _Test]]] = (
    ("given contradicted", _contradicts("given")),
    ("family contradicted", _contradicts("family")),
    ("middle contradicted", _contradicts("middle")),
    ("word contradicted", _contradicts()),
    ("crossed", _holds(Relation.CROSSED, -_ANY, _ANY)),
    ("slip doubt", _holds(Relation.SLIP, -_ANY, _ANY)),
    ("not a candidate", _absent),
    ("rival", _behind),
    ("weak pair", _holds(Relation.AGREES, -_ANY, WEAK)),
    ("part omitted", _holds(Relation.OMITTED, -_ANY, TELLING)),
)
ERRORS: Final = (NOTHING, *(name for name, _ in _TESTS), FEW)
"""The kinds of error, in the order in which they are looked for."""
