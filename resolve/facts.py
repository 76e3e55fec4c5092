"""What is known of the actors of an index, looked up once: the same ones are asked for often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import numpy as np

from resolve.index import Actor, Index
from resolve.names.offices import Office

__all__ = ["Facts"]

Fact = TypeVar("Fact")

_REMEMBERED: Final = 20_000  # actors


class Facts:
    """The actors of an index, by their numbers. Immutable but for what it remembers."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._actors: dict[int, Actor] = {}
        self._countries: dict[int, str] = {}
        self._offices: dict[int, tuple[Office, ...]] = {}

    def is_person(self, row: int) -> bool:
        """Return whether an actor is a person."""
        return self._index.is_person(row)

    def actor(self, row: int) -> Actor:
        """Return an actor."""
        return _known(self._actors, row, self._index.actor)

    def country(self, row: int) -> str:
        """Return the country of an actor, ISO 3166-1 alpha-2; "" where none is known."""
        return _known(self._countries, row, lambda row: self._index.countries(np.array([row]))[0])

    def offices(self, row: int) -> tuple[Office, ...]:
        """Return the offices that an actor is said to hold or have held."""
        return _known(self._offices, row, self._index.offices)


def _known(known: dict[int, Fact], row: int, ask: Callable[[int], Fact]) -> Fact:
    """What is remembered of an actor; of too many, that of no one else."""
    found = known.get(row)
    if found is None:
        if len(known) >= _REMEMBERED:
            known.clear()
        found = known[row] = ask(row)
    return found
