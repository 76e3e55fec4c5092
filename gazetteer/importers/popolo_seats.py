"""Who sits where: the memberships of a Popolo document, on disk, since it may tell of them last.

They are kept in a temporary SQLite file, which goes when it is closed, so that memory doesn't
grow with the number of seats.
"""

from __future__ import annotations

import sqlite3
from typing import Final

import msgspec

__all__ = ["LABELLED", "Membership", "Seats"]

LABELLED: Final = ("organizations", "areas", "posts")
"""The arrays whose objects are named where somebody sits."""

TABLES: Final = """
    CREATE TABLE label (id TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
    CREATE TABLE seat (
        person TEXT, role TEXT, body TEXT, party TEXT, area TEXT, until TEXT, since TEXT
    );
"""
CHOSEN: Final = """
    SELECT role, b.name, p.name, a.name FROM seat
    LEFT JOIN label b ON b.id = body
    LEFT JOIN label p ON p.id = party
    LEFT JOIN label a ON a.id = area
    WHERE person = ? ORDER BY until DESC, since DESC, seat.rowid DESC LIMIT 1
"""
NOT_ENDED: Final = "9999"  # sorts behind every date of ISO 8601


class Membership(msgspec.Struct, frozen=True):
    """A seat of a person: in which body, as what, for whom, for where."""

    person_id: str | None = None
    organization_id: str | None = None
    on_behalf_of_id: str | None = None
    area_id: str | None = None
    role: str | None = None
    start_date: str | None = None
    end_date: str | None = None


class Seats:
    """The seats of persons; to be closed, which `with closing(...)` does."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")  # an empty name is a temporary file of its own
        self._db.executescript(TABLES)

    def label(self, id: str, name: str) -> None:
        """Take note of what an organization or area is called; of two names the first holds."""
        self._db.execute("INSERT OR IGNORE INTO label VALUES (?, ?)", (id, name))

    def add(self, seat: Membership) -> None:
        """Take note of a seat."""
        where = (seat.organization_id, seat.on_behalf_of_id, seat.area_id)
        when = (seat.end_date or NOT_ENDED, seat.start_date or "")
        self._db.execute(
            "INSERT INTO seat VALUES (?, ?, ?, ?, ?, ?, ?)",
            (seat.person_id, seat.role or "", *where, *when),
        )

    def finish(self) -> None:
        """Make the persons quick to find; nothing is added afterwards."""
        self._db.execute("CREATE INDEX of_person ON seat (person)")

    def of(self, person: str) -> str:
        """The seat that a person holds, or held last, in words; empty where none is known.

        >>> seats = Seats()
        >>> seats.label("hor", "House of Representatives")
        >>> seats.add(Membership("aguila-saleh", "hor", role="speaker"))
        >>> seats.of("aguila-saleh")
        'speaker, House of Representatives'
        """
        role, body, party, area = self._db.execute(CHOSEN, (person,)).fetchone() or [""] * 4
        behind = f" ({party})" if party else ""
        return ", ".join(filter(None, (role, f"{body or ''}{behind}".strip(), area)))

    def close(self) -> None:
        """Remove the temporary file."""
        self._db.close()
