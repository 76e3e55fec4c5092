"""How would the English press spell a word that another language's habits spelled?

One name is written in Latin by the habits of many languages: Dorosjenko, Doroschenko and
Doroshenko are one. `tables/respellings` has them, a file a language: spellings that mark the
language (sj, tsch, cz), habits that hold beside a mark (j for y), and what it never writes.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from resolve.names.fold import fold
from resolve.tables import list_tables, read_table

__all__ = ["respelled"]

_EDGE = "#"
_COLUMNS = ("spelling", "reading", "after", "before", "class", "source", "note")


class _Habits(NamedTuple):
    """What one language writes for what; a spelling's place is the number of its group."""

    pattern: re.Pattern[str]
    readings: tuple[str, ...]
    marks: re.Pattern[str]
    never: re.Pattern[str] | None


@lru_cache(maxsize=65536)
def respelled(word: str) -> str | None:
    """Return the form of a Latin word as the English press would spell it.

    None, if no language's mark is in it, if nothing would change, or if two languages that may
    have spelled it so differ.

    >>> respelled("Dorosjenko"), respelled("TSCHERESOW"), respelled("Doroshenko")
    ('doroshenko', 'cherezov', None)
    """
    word = word.lower()
    if not any(mark in word for mark in _marks()):
        return None
    found = {
        fold(_applied(habits, word), "Latn")[0]
        for habits in map(_habits, _languages())
        if habits.marks.search(word) and not (habits.never and habits.never.search(word))
    }
    english = found.pop() if len(found) == 1 else None
    return english if english != fold(word, "Latn")[0] else None


def _applied(habits: _Habits, word: str) -> str:
    return habits.pattern.sub(lambda m: habits.readings[(m.lastindex or 1) - 1], word)


@cache
def _languages() -> tuple[str, ...]:
    return list_tables("respellings", ".tsv")


@cache
def _marks() -> tuple[str, ...]:
    """The marks of all languages, wherever they stand; none that holds another."""
    found = {row[0] for lang in _languages() for row in _rows(lang) if row[4] == "mark"}
    return tuple(sorted(m for m in found if not any(o in m for o in found - {m})))


def _rows(lang: str) -> tuple[tuple[str, ...], ...]:
    return read_table(f"respellings/{lang}.tsv", _COLUMNS)


@cache
def _habits(lang: str) -> _Habits:
    """The patterns of a language; made for the first word that has a mark of any."""
    rows = _rows(lang)
    classes = {name: [row for row in rows if row[4] == name] for name in ("mark", "habit", "never")}
    # The longest spelling first; of equal ones, the one that says where it holds.
    order = sorted(
        classes["mark"] + classes["habit"], key=lambda r: (-len(r[0]), -len(r[2] + r[3]), r)
    )
    never = [_placed(row) for row in classes["never"]]
    return _Habits(
        re.compile("|".join(f"({_placed(row)})" for row in order)),
        tuple(row[1] for row in order),
        re.compile("|".join(_placed(row) for row in classes["mark"])),
        re.compile("|".join(never)) if never else None,
    )


def _placed(row: tuple[str, ...]) -> str:
    """The pattern of a spelling where it holds: after and before certain letters or an edge."""
    spelling, _, after, before, *_ = row
    return _beside(after, "^", "<=") + re.escape(spelling) + _beside(before, "$", "=")


def _beside(letters: str, edge: str, look: str) -> str:
    if not letters:
        return ""
    some = [f"(?{look}[{letters.replace(_EDGE, '')}])"] if letters != _EDGE else []
    return "(?:" + "|".join(some + [edge] * (_EDGE in letters)) + ")"
