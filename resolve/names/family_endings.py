"""The endings that half the families of a country share: -enko, -ović, -oğlu, -zadeh, -yan.

Fursenko is not Kurchenko, alike as the whole is: of two names with one ending only what stands
before it tells. The endings are in `tables/particles/family_endings.tsv`, in groups of spellings.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from resolve.tables import read_table

__all__ = ["Ended", "ended"]

_TABLE: Final = "particles/family_endings.tsv"
_COLUMNS: Final = ("ending", "group", "lang", "source", "note")
_STEM: Final = 3  # letters that must be left


class Ended(NamedTuple):
    """What stands before a family's ending, and the number of the ending's group, from 1."""

    stem: str
    group: int


def ended(form: str) -> Ended | None:
    """Return a folded name without a family's ending; None of other names.

    >>> ended("fursenko").stem, ended("курченко").stem, ended("haftar")
    ('furs', 'курч', None)
    >>> ended("fursenko").group == ended("курченко").group
    True
    """
    endings, longest = _endings()
    for length in range(min(longest, len(form)), 0, -1):
        group = endings.get(form[-length:])
        if group is not None:
            stem = form[:-length]
            return Ended(stem, group) if len(stem) >= _STEM else None
    return None


@cache
def _endings() -> tuple[dict[str, int], int]:
    """The endings with the numbers of their groups; and the letters of the longest."""
    rows = read_table(_TABLE, _COLUMNS)
    groups = sorted({row[1] for row in rows})
    found = {row[0]: groups.index(row[1]) + 1 for row in rows}
    return found, max(map(len, found), default=0)
