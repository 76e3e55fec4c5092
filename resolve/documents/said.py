"""What a document says for and against actors, beside a name: terms in bits, by actor."""

from __future__ import annotations

from typing import Final

from resolve.types import Relation, Term

__all__ = ["LEAST_SHARE", "Said", "say"]

LEAST_SHARE: Final = 1e-6
"""The least that an actor is taken to be meant, of all mentions."""

_LEAST: Final = 0.05  # bits of a term

Said = dict[int, list[Term]]
"""By the number of the actor in the index."""


def say(said: Said, row: int, bits: float, note: str) -> None:
    """Add a term for an actor, or against it; none that says nothing."""
    if abs(bits) >= _LEAST:
        said.setdefault(row, []).append(Term(Relation.CONTEXT, bits, note=note))
