"""News as files: the articles, and the index of the actors that they name.

A gazetteer is that which ships, alone or with so many persons who are made up.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

import gazetteer
from benchmarks.datasets.coined.world import World
from benchmarks.datasets.newswire.articles import Article, articles
from benchmarks.scale.building import Build, Built, build
from benchmarks.scale.child import asked
from gazetteer import Entity
from gazetteer.streaming import write_stream

__all__ = ["SHIPPED", "Told", "actors", "index", "read", "write"]

SHIPPED: Final = ""
"""The index of the gazetteer that ships: no file."""
_WORD: Final = re.compile(r"\w+")


class Told(msgspec.Struct, frozen=True):
    """What some articles hold: bytes, words, different ones, names, and different ones."""

    articles: int
    size: int
    words: int
    distinct: int
    names: int
    distinct_names: int


def actors(made_up: int, seed: int = 1) -> Iterator[Entity]:
    """Yield the actors that ship and so many persons besides, by their ids, ascending."""
    shipped: Iterable[Entity] = gazetteer.load()
    if not made_up:
        yield from shipped
    else:
        yield from heapq.merge(
            shipped, World(made_up, seed).entities(), key=lambda entity: entity.id
        )


def index(made_up: int, folder: Path, seed: int = 1) -> tuple[str, Built | None]:
    """Return the path of the index of these actors, and what it took to build it."""
    if not made_up:
        return SHIPPED, None
    package, path = folder / f"actors-{made_up}", folder / f"actors-{made_up}.idx"
    write_stream(package, "documents", actors(made_up, seed))
    return str(path), asked(build, Build(str(package), str(path)), threads=True)


def write(path: Path, made_up: int, size: float, seed: int = 1) -> Told:
    """Write so many MB of articles, one a line, and return what they hold."""
    world = World(made_up, seed) if made_up else None
    words: set[str] = set()
    names: set[str] = set()
    count = total = many = planted = 0
    with path.open("wb") as file:
        for article in articles(gazetteer.load(), world, size, seed):
            own = [word.casefold() for word in _WORD.findall(article.text)]
            words.update(own)
            names.update(article.text[name.start : name.end] for name in article.planted)
            count, many, planted = count + 1, many + len(own), planted + len(article.planted)
            total += len(article.text.encode())
            file.write(msgspec.json.encode(article) + b"\n")
    return Told(count, total, many, len(words), planted, len(names))


def read(path: str) -> Iterator[Article]:
    """Yield the articles of a file."""
    with Path(path).open("rb") as file:
        for line in file:
            yield msgspec.json.decode(line, type=Article)
