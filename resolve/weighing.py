"""What a name was found to mean, before it is decided on, and what more may be known of it.

    Ranked     the actors that each name of a batch may mean, the likeliest first
    Weighing   the decision on one name, with what another needs that knows more than the name
    Further    a name, and what is known beside it
    Reweighed  the actors that the name may mean then, the likeliest first
    Again      where the candidates of a name are explained, once it was searched again

The stages are wired in `resolve.pipeline`; these carry what goes between them.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.decisions.calibration import FULL, LONE
from resolve.decisions.decision import Weighed
from resolve.facts import Facts
from resolve.index import Actor
from resolve.matching.comparison import Reading
from resolve.matching.shelf import Found
from resolve.types import Candidate, Decision, Name, Term

__all__ = ["EVEN", "Again", "Further", "Ranked", "Reweighed", "Said", "Weighing"]

Said = Mapping[int, Sequence[Term]]
"""What is known beside a name for or against actors, by their number in the index."""
EVEN = 3.0
"""Bits within which names alone don't set candidates apart."""


class Ranked(NamedTuple):
    """The actors that each mention of a batch may mean: by mention, the likeliest first."""

    actors: Facts
    found: tuple[Found, ...]
    mentions: NDArray[np.int64]
    entities: NDArray[np.int64]
    bits: NDArray[np.float64]
    positions: NDArray[np.int64]  # of its best name in the pool
    readings: NDArray[np.int64]  # which of `found` has it
    lines: NDArray[np.int8]  # how they were compared, as the calibration has it
    probabilities: NDArray[np.float64]

    def contradicted(self, k: int) -> bool:
        """Return whether something written speaks against an actor, in a row of the table."""
        found = self.found[self.readings[k]]
        return bool(found.contradicted(int(self.mentions[k]), int(self.positions[k])))

    def name(self, k: int) -> str:
        """Return the name of an actor, in a row of the table."""
        return self.actors.actor(int(self.entities[k])).name

    def candidate(self, k: int) -> Candidate:
        """Return an actor, in a row of the table, explained."""
        found = self.found[self.readings[k]]
        matched, weak, terms = found.explain(int(self.mentions[k]), int(self.positions[k]))
        actor = self.actors.actor(int(self.entities[k]))
        bits, probability = float(self.bits[k]), float(self.probabilities[k])
        return Candidate(*actor, matched, bits, probability, terms, weak)

    def weighed(self, k: int, contradicted: bool | None = None) -> Weighed:
        """Return a row of the table, to be explained when it is asked for.

        `contradicted` is told where it is known.
        """
        ask = partial(self.contradicted, k)
        probability = float(self.probabilities[k])
        return Weighed(
            probability, partial(self.name, k), partial(self.candidate, k), ask, contradicted
        )


class Again(NamedTuple):
    """What a name was found to mean among others that were searched with it."""

    found: Found
    k: int  # its place among them
    places: Mapping[int, tuple[int, float]]  # of each actor: its best name's, and the bits

    def candidate(self, actor: Actor, row: int) -> Candidate:
        """Return an actor, explained but for its probability."""
        if row not in self.places:
            return Candidate(*actor, actor.name, 0.0, 0.0, ())
        position, bits = self.places[row]
        matched, weak, terms = self.found.explain(self.k, position)
        return Candidate(*actor, matched, bits, 0.0, terms, weak)


@dataclass(frozen=True, eq=False)
class Weighing:
    """The decision on a name alone, and what another needs that knows more than the name.

    Of the candidates, the likeliest first: their numbers in the index, their evidence in bits,
    how they are compared, as the calibration has it, and whether something written speaks against
    them.
    """

    name: Name
    decision: Decision
    rows: array[int]
    bits: array[float]
    lines: bytes
    contradicted: bytes
    explained: dict[int, Candidate] = field(default_factory=dict, repr=False)  # so far
    again: dict[Reading, Again] = field(default_factory=dict, repr=False)  # to explain them by

    @cached_property
    def weak(self) -> bool:
        """Whether what agrees best is a by-name."""
        return bool(self.decision.candidates) and self.decision.candidates[0].weak

    @cached_property
    def likely(self) -> list[int]:
        """The candidates whose evidence is as good as the best one's, or nearly so."""
        least = max(self.bits, default=0.0)
        least = max(least, 0.0) - EVEN
        every = zip(self.rows, self.bits, self.contradicted, strict=True)
        return [row for row, bits, against in every if bits >= least and not against]


class Further(NamedTuple):
    """A name, and what is known beside it.

    `said` has the terms that speak for or against an actor, by its number in the index. `further`
    are actors, with their evidence in bits, whom the name alone didn't bring forward; `unknown`
    is the evidence for somebody whom the gazetteer hasn't got, and the share of mentions that
    mean him.
    """

    weighing: Weighing
    said: Said
    further: Mapping[int, float] = {}
    unknown: tuple[float, float] | None = None

    def rows(self) -> list[int]:
        """Return the actors that may be meant."""
        known = self.weighing.rows
        return [*known, *(row for row in self.further if row not in known)]

    def bits(self) -> list[float]:
        """Return the evidence for each by the name."""
        known = self.weighing.rows
        more = [bits for row, bits in self.further.items() if row not in known]
        return [*self.weighing.bits, *more]

    def told(self, row: int) -> float:
        """Return what is known beside the name says for an actor, in bits."""
        said = self.said.get(row)
        return sum([term.bits for term in said]) if said else 0.0

    def lines(self) -> list[int]:
        """Return how each was compared with the name, and an unknown."""
        line = LONE if len(self.weighing.name.parts) == 1 else FULL
        known = self.weighing.lines
        more = len(self.rows()) - len(known) + (self.unknown is not None)
        return [*known, *[int(line)] * more]


class Reweighed(NamedTuple):
    """The actors that a name may mean where more than it is known, the likeliest first."""

    asked: Further
    rows: list[int]
    probabilities: list[float]
    against: list[bool]  # whether something written speaks against them
    nil: float

    @classmethod
    def of(cls, asked: Further, found: NDArray[np.float64], most: int) -> Reweighed:
        """Return at most so many of the actors, whose probabilities these are."""
        every, bits, written = asked.rows(), asked.bits(), asked.weighing.contradicted
        each = found.tolist()
        order = sorted(range(len(every)), key=lambda k: (-each[k], -bits[k], every[k]))[:most]
        return cls(
            asked,
            [every[k] for k in order],
            [each[k] for k in order],
            [k < len(written) and bool(written[k]) for k in order],
            max(1 - float(found.sum()), 0.0),
        )

    def first(self) -> list[int]:
        """Return those that a decision needs explained: the likeliest one, or not contradicted."""
        free = [row for row, against in zip(self.rows, self.against, strict=True) if not against]
        return list(dict.fromkeys([*self.rows[:1], *free[:1]]))
