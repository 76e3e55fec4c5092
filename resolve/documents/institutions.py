"""Which words are the kind of an institution, as names of institutions begin: company, centre."""

from __future__ import annotations

from typing import Final

from resolve.documents.words import Word

__all__ = ["heads"]

_KINDS: Final = frozenset(
    {
        *("academy", "agency", "alliance", "association", "authority", "bank", "battalion"),
        *("brigade", "centre", "chamber", "club", "coalition", "college", "commission"),
        *("committee", "company", "confederation", "corporation", "council", "court", "faculty"),
        *("federation", "foundation", "front", "hospital", "institute", "institution", "league"),
        *("ministry", "movement", "municipality", "network", "organization", "party", "regiment"),
        *("trade-union", "union", "university"),
        *("airport", "mosque", "palace", "port", "school", "square", "street", "tower"),
    }
)
"""Concepts of `tables/words/translations.tsv`."""


def heads(word: Word) -> bool:
    """Return whether a word is the kind of an institution."""
    return not _KINDS.isdisjoint(word.concepts)
