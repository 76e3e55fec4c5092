"""So many actors: who they are is held, what they are called is made up as it is asked for.

A million are 40 MB. The names of any of them, in any order, are the same each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.datasets.coined.chance import lots
from benchmarks.datasets.coined.stock import Persons, stock
from benchmarks.datasets.coined.writing import LOTS, Written, titled, written
from gazetteer import Entity, EntityName

__all__ = ["ARABIC", "SECOND", "TURKISH", "World", "actor_id"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ARABIC, TURKISH = 0.2, 0.1
"""Shares of the names that are in Arabic script, and as Turkish writes them."""
SECOND = 0.57
"""Share of actors for whom a second name is drawn; one in nine is written as the first."""
_BLOCK = 1 << 14  # actors whose names are made up together
_PERSONS, _STRANGERS, _NAMES = range(3)  # what chance is drawn for


class World:
    """Actors with one name or two, by number from 0."""

    def __init__(self, actors: int, seed: int = 1) -> None:
        self.seed = seed
        self.persons = self._distinct(actors)

    def __len__(self) -> int:
        return len(self.persons)

    def entities(self) -> Iterator[Entity]:
        """Yield the actors by their ids, ascending."""
        for start in range(0, len(self), _BLOCK):
            rows = np.arange(start, min(start + _BLOCK, len(self)))
            for row, names in zip(rows.tolist(), self.names(rows), strict=True):
                yield Entity(actor_id(row), names, "person", source="synthetic")

    def names(self, rows: Ints) -> list[tuple[EntityName, ...]]:
        """Return the names of some actors, the primary one first."""
        drawn = lots(rows, self._seed(_NAMES), 3 + 2 * LOTS)
        persons = self.persons.of(rows)
        columns = []
        for k in range(2):
            how = ways(drawn[:, 1 + k])
            words = written(persons, how, drawn[:, 3 + k * LOTS :])
            columns.append([_name(own, way) for own, way in zip(words, how, strict=True)])
        found: list[tuple[EntityName, ...]] = []
        for first, second, several in zip(*columns, drawn[:, 0] < SECOND, strict=True):
            alias = msgspec.structs.replace(second, kind="alias")
            found.append((first, alias) if several and second.text != first.text else (first,))
        return found

    @cached_property
    def scripts(self) -> tuple[Bools, Bools]:
        """Which actors have a name in Latin letters, and which have one in Arabic script."""
        drawn = lots(np.arange(len(self)), self._seed(_NAMES), 3)
        arabic = drawn[:, 1:] < ARABIC
        arabic[:, 1] = np.where(drawn[:, 0] < SECOND, arabic[:, 1], arabic[:, 0])
        return np.asarray(~arabic.all(1)), np.asarray(arabic.any(1))

    def tells(self, rows: Ints) -> Bools:
        """Whether the given and the family name of actors are nobody else's in this world."""
        distinct, counts = self._ends
        own = self.persons.ends[rows]
        return np.asarray(counts[np.searchsorted(distinct, own)] == 1)

    def strangers(self, count: int) -> Persons:
        """Return persons who share given and family name with no actor, that many at most."""
        found = stock().persons(2 * count, self._random(_STRANGERS, count))
        distinct, _ = self._ends
        place = np.minimum(np.searchsorted(distinct, found.ends), max(len(distinct) - 1, 0))
        unknown = distinct[place] != found.ends if len(distinct) else np.ones(2 * count, bool)
        return found.of(np.flatnonzero(unknown)[:count])

    @cached_property
    def _ends(self) -> tuple[Ints, Ints]:
        return np.unique(self.persons.ends, return_counts=True)

    def _distinct(self, count: int) -> Persons:
        """Persons of whom no two have the same words."""
        random, found = self._random(_PERSONS, count), Persons.none()
        while len(found) < count:
            more = stock().persons(count - len(found), random)
            found = Persons(
                np.concatenate([found.stems, more.stems]),
                np.concatenate([found.endings, more.endings]),
            )
            _, first = np.unique(found.keys, return_index=True)
            found = found.of(np.sort(first))
        return found

    def _random(self, purpose: int, number: int) -> np.random.Generator:
        return np.random.default_rng((self.seed, purpose, number))

    def _seed(self, purpose: int) -> int:
        return self.seed << 8 | purpose


def ways(drawn: NDArray[np.float64]) -> list[Written]:
    """Return in which way each name is written, by a lot."""
    return ["Arab" if x < ARABIC else "Turk" if x < ARABIC + TURKISH else "Latn" for x in drawn]


def actor_id(number: int) -> str:
    """Return the id of an actor; ids sort as numbers do.

    >>> actor_id(17)
    'person-0000017'
    """
    return f"person-{number:07}"


def _name(words: tuple[str, ...], how: Written) -> EntityName:
    language = {"Arab": "ara", "Turk": "tur", "Latn": "und"}[how]
    script = "Arab" if how == "Arab" else "Latn"
    return EntityName(titled(words, how), language, script, "primary", "synthetic")
