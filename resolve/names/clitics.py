"""What is written onto a name with an apostrophe: l', dell'; 's, the Turkish 'yle."""

from __future__ import annotations

import re
from functools import cache

from resolve.tables import read_table

__all__ = ["bare", "elisions", "split", "suffixes"]

_APOSTROPHE = re.compile("['\u2018\u2019\u02b9\u02bc\u0060\u00b4\uff07\u2032]")


def bare(word: str) -> str:
    """Return a word without what an apostrophe joins to it.

    >>> bare("d'appui"), bare("Türkiye'nin"), bare("D'Angelo")
    ('appui', 'Türkiye', "D'Angelo")
    """
    start, end = split(word)
    return word[start:end]


def split(word: str) -> tuple[int, int]:
    """Return where the name in a word begins and ends; an elided article is in small letters."""
    start, end = 0, len(word)
    for match in _APOSTROPHE.finditer(word):
        head, rest = word[start : match.start()], word[match.end() :]
        if not start and head in elisions() and rest[:1].isalpha():
            start = match.end()
        elif head and rest.lower().replace("i\u0307", "i") in suffixes():  # TÜRKİYE'NİN
            end = match.start()
            break
    return start, end


@cache
def suffixes() -> frozenset[str]:
    """Return what may follow a name's apostrophe."""
    rows = read_table("common/suffixes.tsv", ("suffix", "lang", "source", "note"))
    return frozenset(row[0].lstrip("'") for row in rows) | {""}


@cache
def elisions() -> frozenset[str]:
    """Return what may stand before a name's apostrophe, also at the head of a sentence."""
    rows = read_table("common/elisions.tsv", ("elision", "lang", "source", "note"))
    return frozenset(row[0] for row in rows) | {
        row[0].capitalize() for row in rows if row[0] == "l"
    }
