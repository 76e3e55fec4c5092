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
    if not form.endswith(_any_ending()):
        return None
    ending = max((e for e in _endings() if form.endswith(e)), key=len)
    stem = form.removesuffix(ending)
    return Ended(stem, _endings()[ending]) if len(stem) >= _STEM else None


@cache
def _endings() -> dict[str, int]:
    rows = read_table(_TABLE, _COLUMNS)
    groups = sorted({row[1] for row in rows})
    return {row[0]: groups.index(row[1]) + 1 for row in rows}


@cache
def _any_ending() -> tuple[str, ...]:
    return tuple(_endings())
