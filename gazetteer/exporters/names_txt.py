"""Plain names: one a line, each once, in code point order; what a list to search for is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Final

from gazetteer.entity import Entity
from gazetteer.spill import store

__all__ = ["write"]

TABLE: Final = "CREATE TABLE names (text TEXT PRIMARY KEY) WITHOUT ROWID"


def write(entities: Iterable[Entity], stream: IO[bytes]) -> int:
    """Write every distinct name of the actors; how many actors they were."""
    count = 0
    with store(TABLE) as kept:
        for entity in entities:
            count += 1
            rows = ((name.text,) for name in entity.names)
            kept.executemany("INSERT OR IGNORE INTO names VALUES (?)", rows)
        for (text,) in kept.execute("SELECT text FROM names ORDER BY text"):
            stream.write(f"{text}\n".encode())
    return count
