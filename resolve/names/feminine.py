"""Which given name is the feminine of which? Cemile of Cemil, Jeanne of Jean, Samira of Samir.

How one ends and the other does is in `tables/particles/feminine_endings.tsv`.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from resolve.names.fold import fold
from resolve.tables import read_table

__all__ = ["of_one_stem"]

_TABLE: Final = "particles/feminine_endings.tsv"
_COLUMNS: Final = ("masculine", "feminine", "lang", "source", "note")
_STEM: Final = 3  # letters of a given name that has a feminine
_CONSONANTS: Final = tuple("bcdfghjklmnpqrstvwxyz")


def of_one_stem(left: str, right: str) -> bool:
    """Return whether of two Latin words, in either order, one is the other's feminine.

    >>> of_one_stem("Jean", "Jeanne"), of_one_stem("Camila", "Camilla")
    (True, False)
    """
    (own, script), (other, other_script) = fold(left), fold(right)
    if script != other_script or script != "Latn" or own == other:
        return False
    short, long = sorted((own, other), key=len)
    return len(short) >= _STEM and any(
        short.endswith(man or _CONSONANTS) and short.removesuffix(man) + woman == long
        for man, woman in _endings()
    )


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple((row[0], row[1]) for row in read_table(_TABLE, _COLUMNS))
