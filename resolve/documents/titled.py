"""Whose office does the title beside a name name? At the year of the text, if that is known.

What an actor held, and when, is read from what the gazetteer says of him (`names.offices`). A
nationality in the title speaks for its people, and against others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from resolve.documents.mentions import Found
from resolve.documents.runs import Titled
from resolve.documents.said import Said, say
from resolve.documents.words import Words
from resolve.facts import Facts
from resolve.names.offices import EVER, Office
from resolve.names.titles import military_ranks

__all__ = ["Titles"]

OFFICE: Final = 6.0
"""Bits for an actor who holds the office that the title names. Chosen."""
ONCE: Final = 2.0
"""The same of an office held at another time; and against those who never held it. Chosen."""
SOLDIER: Final = 0.5
"""Bits for a soldier of another rank than the title's. Chosen."""
NATIONALITY: Final = 4.0
"""Bits for, or against, an actor of the nationality that the title names. Chosen."""


class Titles:
    """The titles of a text's mentions, as evidence."""

    def __init__(self, facts: Facts, words: Words, year: int | None) -> None:
        self._facts, self._words, self._year = facts, words, year

    def holders(self, mention: Found) -> frozenset[int]:
        """Return the candidates whose office a title of the mention is."""
        return frozenset(
            row
            for titled in mention.titles
            for row in mention.weighing.rows
            if self._bits(titled.title.rank, self._facts.offices(row))[0] >= OFFICE
        )

    def say(self, mention: Found, rows: Sequence[int], said: Said) -> None:
        """Say what the titles say for those who hold, or held, the office, and against others."""
        if mention.kind not in ("person", None) or not mention.titles:
            return
        countries = [self._facts.country(row) for row in rows]
        for titled in mention.titles:
            title, country = titled.title, self._country(titled)
            held = [self._bits(title.rank, self._facts.offices(row)) for row in rows]
            most = max((bits for bits, _ in held), default=0.0)
            for row, own, (bits, note) in zip(rows, countries, held, strict=True):
                if bits:
                    say(said, row, bits, note)
                elif most >= OFFICE and title.type in ("office", "military"):
                    say(said, row, -ONCE, f"no {title.rank}")
                if country and own:
                    bits = NATIONALITY if own == country else -NATIONALITY
                    of = "of" if own == country else "not of"
                    say(said, row, bits, f"{title.text}: {of} {own}")

    def _bits(self, rank: str, held: Sequence[Office]) -> tuple[float, str]:
        """What a title says for somebody who held these offices, and which of them it is."""
        same = [o for o in held if o.rank == rank or o.rank.endswith(f" {rank}")]
        if self._year is None:
            now = [o for o in same if o.last == EVER[1]] or same
        else:
            now = [o for o in same if o.first <= self._year <= o.last]
        if now:
            return OFFICE, f"{now[0].rank}{_years(now[0])}"
        if same:
            return ONCE, f"{same[0].rank}{_years(same[0])}"
        soldiers = military_ranks()
        other = next((o for o in held if o.rank in soldiers), None) if rank in soldiers else None
        return (SOLDIER, f"a soldier, {other.rank}") if other is not None else (0.0, "")

    def _country(self, titled: Titled) -> str:
        """The state that a title names by an adjective or by its name."""
        for k in range(titled.first, titled.end):
            country = self._words.word[k].nation
            if country:
                return country
        return ""


def _years(office: Office) -> str:
    if (office.first, office.last) == EVER:
        return ""
    first = "" if office.first == EVER[0] else str(office.first)
    last = "" if office.last == EVER[1] else str(office.last)
    return f" {first}-{last}" if first != last else f" {first}"
