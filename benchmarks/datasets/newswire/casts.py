"""Who is in the news: actors of the gazetteer as they are written, and strangers.

known       of the gazetteer that ships, by prominence; of a world, by Zipf's law: every
            second person where there is one. One person in four is respelled
unknown     three names in ten are nobody's: persons, places, organizations
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Final, Literal, NamedTuple, get_args

import numpy as np

from benchmarks.datasets.coined.chance import lots
from benchmarks.datasets.coined.stock import stock
from benchmarks.datasets.coined.world import World, actor_id
from benchmarks.datasets.coined.writing import LOTS, Written, respelt, titled, written
from benchmarks.datasets.newswire.words import repeated
from gazetteer import Entity, EntityName, Gazetteer
from resolve.tables import read_table
from resolve.types import Kind

__all__ = ["RESPELLED", "UNKNOWN", "Cast", "How", "Member"]

How = Literal["exact", "respelled", "alone", "unknown"]
"""A name of the gazetteer, one respelled, a surname after its full name, and nobody's name."""

UNKNOWN: Final = 0.3
"""Share of the names that are nobody's."""
RESPELLED: Final = 0.25
"""Share of the known persons who are written otherwise than in the gazetteer."""
_MADE_UP: Final = 0.5  # of the known persons, where there are made-up ones
_TITLED: Final = 0.5  # of those who aren't of the gazetteer that ships; titles contradict them
_AT_ONCE: Final = 2048
_SCRIPTS: Final = {"ara": "Arab", "eng": "Latn", "tur": "Latn"}
_WRITTEN: Final[Mapping[str, Written]] = {"ara": "Arab", "eng": "Latn", "tur": "Turk"}
_LOOSE: Final = str.maketrans("أإآةى", "اااهي")  # as hasty writers have it
_PATTERNS: Final = Path(__file__).with_name("unknown.tsv")


class Member(NamedTuple):
    """Somebody in an article: the name, what is written of it alone, a title, and who it is."""

    name: str
    surname: str
    title: str
    actor: str | None
    how: How


class Cast:
    """Those whom the articles of a language name, drawn for ever."""

    def __init__(self, lang: str, shipped: Gazetteer, world: World | None, seed: int) -> None:
        self._lang, self._world = lang, world
        self._random = Random(f"{lang} cast {seed}")
        self._seed = seed
        titles = read_table(
            f"titles/{lang}.tsv",
            ("title", "lang", "type", "rank", "position", "name", "source", "note"),
        )
        before = [row[0] for row in titles if row[4] == "before" and row[5] == "no"]
        self._titles = repeated(self._random, before, [1] * len(before))
        self._shipped = {kind: self._of_gazetteer(shipped, kind) for kind in get_args(Kind)}

    def draw(self, kind: Kind) -> Member:
        """Return somebody, or some place or organization."""
        if self._random.random() < UNKNOWN:
            return next(self._strangers) if kind == "person" else self._unknown(kind)
        if kind == "person" and self._world is not None and self._random.random() < _MADE_UP:
            return next(self._made_up)
        return next(self._shipped[kind])

    def _of_gazetteer(self, shipped: Gazetteer, kind: Kind) -> Iterator[Member]:
        entities = [e for e in shipped if e.kind == kind and self._names(e)]
        for entity in repeated(self._random, entities, [e.prominence for e in entities]):
            name: str = self._random.choice(self._names(entity))
            how: How = "exact"
            if kind == "person" and self._random.random() < RESPELLED:
                name, how = self._respelt(name), "respelled"
            yield Member(name, _surname(name), "", entity.id, how)

    def _names(self, entity: Entity) -> list[str]:
        """The plain names of an actor in this language, else in its script."""
        plain = [name for name in entity.names if name.kind in ("primary", "alias")]
        own = [name.text for name in plain if name.lang == self._lang]
        return own or [n.text for n in plain if n.script == _SCRIPTS[self._lang]]

    def _respelt(self, name: str) -> str:
        if _SCRIPTS[self._lang] == "Arab":
            return name.translate(_LOOSE)
        words = name.split()
        k = self._random.randrange(len(words))
        other = respelt(words[k].lower(), self._random.randrange(1 << 20))
        words[k] = other[:1].upper() + other[1:]
        return " ".join(words)

    @cached_property
    def _made_up(self) -> Iterator[Member]:
        return self._of_world()

    def _of_world(self) -> Iterator[Member]:
        assert self._world is not None
        world, number = self._world, 0
        how = [_WRITTEN[self._lang]] * _AT_ONCE
        while True:
            drawn = self._lots(number, 2 + LOTS)
            rows = ((len(world) + 1.0) ** drawn[:, 0]).astype(np.int64) - 1  # Zipf's law
            rows = np.minimum(rows, len(world) - 1)
            others = written(world.persons.of(rows), how, drawn[:, 2:])
            for k, (row, names) in enumerate(zip(rows.tolist(), world.names(rows), strict=True)):
                exact = _in_script(names, _SCRIPTS[self._lang])
                if exact and drawn[k, 1] >= RESPELLED:
                    name, kind = exact[k % len(exact)], "exact"
                else:
                    name, kind = titled(others[k], how[k]), "respelled"
                yield Member(name, _surname(name), self._title(), actor_id(row), kind)  # type: ignore[arg-type]
            number += 1

    @cached_property
    def _strangers(self) -> Iterator[Member]:
        return self._of_nobody()

    def _of_nobody(self) -> Iterator[Member]:
        number = 1 << 16
        how = [_WRITTEN[self._lang]] * _AT_ONCE
        while True:
            random = np.random.default_rng((self._seed, number, *self._lang.encode()))
            persons = stock().persons(_AT_ONCE, random)
            for words in written(persons, how, self._lots(number, LOTS)):
                name = titled(words, how[0])
                yield Member(name, _surname(name), self._title(), None, "unknown")
            number += 1

    def _unknown(self, kind: Kind) -> Member:
        rows = read_table(_PATTERNS, ("lang", "kind", "pattern", "source", "note"))
        patterns = [row[2] for row in rows if row[:2] == (self._lang, kind)]
        pattern = self._random.choice(patterns)
        name = pattern.format(next(self._strangers).surname)
        return Member(name, name, "", None, "unknown")

    def _title(self) -> str:
        return next(self._titles) if self._random.random() < _TITLED else ""

    def _lots(self, number: int, width: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        start = number * _AT_ONCE
        own = self._seed << 8 | sum(map(ord, self._lang)) & 255
        return lots(np.arange(start, start + _AT_ONCE), own, width)


def _in_script(names: Sequence[EntityName], script: str) -> list[str]:
    return [name.text for name in names if name.script == script]


def _surname(name: str) -> str:
    return name.split()[-1]
