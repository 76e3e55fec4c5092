"""A store on disk for what may not fit into memory: SQLite's, temporary, gone with the process.

It lies in TMPDIR, or where the system keeps such files.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final

from gazetteer.errors import GazetteerError

__all__ = ["MEMORY", "store"]

MEMORY: Final = 64 << 20
"""Bytes that SQLite may use before it spills: a million actors take some 300 MB in all."""


@contextmanager
def store(tables: str, memory: int = MEMORY) -> Iterator[sqlite3.Connection]:
    """The store with the tables of that SQL; raises GazetteerError where the disk is full."""
    try:
        with closing(sqlite3.connect("", isolation_level=None)) as found:
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "temp_store=FILE"):
                found.execute(f"PRAGMA {pragma}")
            found.execute(f"PRAGMA cache_size={-(memory >> 10)}")  # negative: KiB, not pages
            found.executescript(tables)
            found.execute("BEGIN")
            yield found
    except sqlite3.OperationalError as error:
        what = f"the records cannot be kept on disk: {error}"
        raise GazetteerError(f"{what} (set TMPDIR to a folder with room)") from error
