"""A part as the evidence sees it: the forms it may stand for, and what each reading costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from resolve.matching.form import Form
from resolve.types import Part

__all__ = ["ARTICLE", "MAX_FORMS", "Plain", "Slot", "plain", "slots"]

MAX_FORMS = 3
"""Readings of one part that are compared."""
ARTICLE = 1.0
"""Bits that it costs if one side writes an article and the other doesn't."""


class Slot(NamedTuple):
    """A part, and its forms with the bits that each costs, the plain one first."""

    part: Part
    forms: tuple[tuple[Form, float], ...]


class Plain(NamedTuple):
    """What an index keeps of a part: whether it has an article, and its forms with their costs."""

    article: bool
    forms: Sequence[tuple[Form, float]]


def slots(parts: Sequence[Part], most: int) -> tuple[Slot, ...]:
    """Return the parts as slots; of more than `most`, the first ones and the last."""
    if len(parts) > most:
        parts = [*parts[: most - 1], parts[-1]]
    found = []
    for part in parts:
        forms = [(Form(part.form, part.script), 0.0)]
        forms += [(Form(text, part.script), cost) for text, cost in part.forms]
        found.append(Slot(part, tuple(forms[:MAX_FORMS])))
    return tuple(found)


def plain(slots: Sequence[Slot]) -> list[Plain]:
    """Return what an index keeps of a name."""
    return [Plain(slot.part.article, slot.forms) for slot in slots]
