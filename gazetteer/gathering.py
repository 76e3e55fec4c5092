"""The records of an import, sorted by id and those of one id united, in bounded memory.

What doesn't fit is kept and sorted on disk (`gazetteer.spill`).
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import Final

import msgspec

from gazetteer.entity import Entity, Redirect
from gazetteer.primacy import with_primary
from gazetteer.spill import MEMORY, store
from gazetteer.uniting import renamed, united

__all__ = ["gathered"]

BATCH: Final = 4096  # records stored at once: more are no faster

TABLES: Final = """
    CREATE TABLE actors (number INTEGER PRIMARY KEY, id TEXT NOT NULL, body BLOB NOT NULL);
    CREATE TABLE redirects (id TEXT PRIMARY KEY, target TEXT NOT NULL, body BLOB NOT NULL)
        WITHOUT ROWID;
    CREATE TABLE moves (id TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID;
"""


def gathered(
    records: Iterable[Entity | Redirect],
    memory: int = MEMORY,
    dropped: Callable[[Redirect], object] = lambda redirect: None,
) -> Iterator[Entity | Redirect]:
    """The records sorted by id, each id once, with every redirect leading to an actor.

    Of one id, names are united and the first of each fact holds; one name at least is primary
    where any may be. What is told of a redirected id is told of the actor that it leads to. A
    redirect that leads to none, closes a circle, or contradicts an earlier one is `dropped`.
    """
    with store(TABLES, memory) as kept:
        _fill(kept, records, dropped)
        _move(kept)
        found: list[Iterator[Entity | Redirect]]
        found = [_actors(kept), _redirects(kept, dropped)]
        yield from heapq.merge(*found, key=_id)


def _fill(
    kept: sqlite3.Connection,
    records: Iterable[Entity | Redirect],
    dropped: Callable[[Redirect], object],
) -> None:
    encode = msgspec.msgpack.encode
    coming = iter(records)
    while batch := list(islice(coming, BATCH)):
        rows = [(each.id, encode(each)) for each in batch if isinstance(each, Entity)]
        kept.executemany("INSERT INTO actors (id, body) VALUES (?, ?)", rows)
        for each in batch:
            if isinstance(each, Redirect) and not _add(kept, each):
                dropped(each)


def _add(kept: sqlite3.Connection, redirect: Redirect) -> bool:
    """Whether the redirect agrees with those before it, and is kept."""
    known = kept.execute("SELECT target FROM redirects WHERE id = ?", (redirect.id,)).fetchone()
    if known is not None:
        return bool(known[0] == redirect.target)
    if redirect.id in _chain(kept, redirect.target):
        return False
    row = (redirect.id, redirect.target, msgspec.msgpack.encode(redirect))
    kept.execute("INSERT INTO redirects VALUES (?, ?, ?)", row)
    return True


def _chain(kept: sqlite3.Connection, id: str) -> Iterator[str]:
    """The ids from `id` along the redirects, itself first."""
    yield id
    select = "SELECT target FROM redirects WHERE id = ?"
    while (found := kept.execute(select, (id,)).fetchone()) is not None:
        (id,) = found
        yield id


def _move(kept: sqlite3.Connection) -> None:
    """Give what is told of a redirected id to the actor that it leads to."""
    if kept.execute("SELECT 1 FROM redirects LIMIT 1").fetchone() is None:
        return
    kept.execute("CREATE INDEX actors_by_id ON actors (id)")
    rivals = kept.execute("SELECT id, target FROM redirects WHERE id IN (SELECT id FROM actors)")
    ends = ((id, _end(kept, target)) for id, target in rivals)
    kept.executemany(
        "INSERT INTO moves VALUES (?, ?)", ((id, end) for id, end in ends if end is not None)
    )
    kept.execute("UPDATE actors SET id = moves.target FROM moves WHERE actors.id = moves.id")


def _end(kept: sqlite3.Connection, id: str) -> str | None:
    """The last actor along the redirects from `id`; None where there is none."""
    select = "SELECT 1 FROM actors WHERE id = ?"
    found = [each for each in _chain(kept, id) if kept.execute(select, (each,)).fetchone()]
    return found[-1] if found else None


def _actors(kept: sqlite3.Connection) -> Iterator[Entity]:
    decode = msgspec.msgpack.Decoder(Entity).decode
    # The plus keeps SQLite from reading the bodies one by one in the order of the index.
    rows = kept.execute("SELECT id, body FROM actors ORDER BY +id, number")
    for id, group in groupby(rows, key=lambda row: row[0]):
        one = renamed(_united([decode(body) for _, body in group]), id)
        yield msgspec.structs.replace(one, names=with_primary(one.names))


def _united(told: list[Entity]) -> Entity:
    """One actor out of all, two by two: an id may have a hundred thousand rows."""
    while len(told) > 1:
        pairs = [united(*told[at : at + 2]) for at in range(0, len(told) - 1, 2)]
        told = pairs + told[len(pairs) * 2 :]
    return told[0]


def _redirects(
    kept: sqlite3.Connection, dropped: Callable[[Redirect], object]
) -> Iterator[Redirect]:
    decode = msgspec.msgpack.Decoder(Redirect).decode
    for (body,) in kept.execute("SELECT body FROM redirects ORDER BY id"):
        redirect = decode(body)
        if _end(kept, redirect.target) is None:
            dropped(redirect)
        else:
            yield redirect


def _id(record: Entity | Redirect) -> str:
    return record.id
