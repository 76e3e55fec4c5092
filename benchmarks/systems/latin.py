"""How is a name written for a system that knows Latin letters alone? In a-z, 0-9 and spaces.

ANYASCII    letter by letter, as users of these libraries commonly do
ROMANIZED   by `resolve.romanize`: what the library is worth behind a good romanization

Both end alike: without marks, case and punctuation, words separated by single spaces. A name
without a letter or digit is the empty string.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

import resolve
from resolve.names import normalize

__all__ = ["ANYASCII", "ROMANIZED", "Latin"]

KEPT = 1 << 18
"""Spellings that are remembered: those of a long gazetteer."""

_PUNCTUATION = re.compile(r"[^a-z0-9]+")
_APOSTROPHE = re.compile(r"['`]")


@dataclass(frozen=True)
class Latin:
    """A way to write any name in Latin letters, and what the tables call it."""

    name: str
    spell: Callable[[str], str]


def _letter_by_letter(text: str) -> str:
    """Return the name as anyascii writes it, in a-z, 0-9 and spaces."""
    return _plain(anyascii(normalize(text)))


@lru_cache(maxsize=KEPT)
def _romanized(text: str) -> str:
    """Return the name as `resolve.romanize` writes it, in a-z, 0-9 and spaces."""
    readings = resolve.romanize(text)
    return _plain(anyascii(readings[0].text)) if readings else ""


def _plain(text: str) -> str:
    """Return small letters and digits; an apostrophe parts no word: Sa'id, not Sa id."""
    return _PUNCTUATION.sub(" ", _APOSTROPHE.sub("", text.casefold())).strip()


ANYASCII = Latin("anyascii", _letter_by_letter)
ROMANIZED = Latin("our romanization", _romanized)
