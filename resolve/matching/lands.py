"""Of which state does a word in an institution's name speak? Libyan, Libya, ليبي: of LY.

The concepts of `tables/words/translations.tsv` that are states stand in `words/lands.tsv`. A state
is a number: the two letters of ISO 3166-1, 0 for none.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from resolve.matching.form import Form
from resolve.matching.translations import concept
from resolve.tables import read_table

__all__ = ["land", "packed"]

_TABLE: Final = "words/lands.tsv"
_COLUMNS: Final = ("concept", "country", "source", "note")


def packed(country: str) -> int:
    """Return a country as a number; 0 for none.

    >>> packed("LY"), packed("")
    (19545, 0)
    """
    return ord(country[0]) << 8 | ord(country[1]) if len(country) == 2 else 0


@lru_cache(maxsize=65_536)
def land(form: Form) -> int:
    """Return the state that a word speaks of; 0 for none, or several.

    >>> land(Form("libyan", "Latn")) == land(Form("ليبي", "Arab")) == packed("LY")
    True
    """
    found = {_lands()[name] for name in concept(form) if name in _lands()}
    return found.pop() if len(found) == 1 else 0


@cache
def _lands() -> dict[str, int]:
    return {row[0]: packed(row[1]) for row in read_table(_TABLE, _COLUMNS)}
