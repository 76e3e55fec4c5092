"""What is written by hand, tidied: the characters that a name never means are taken out."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["tidy"]

# Soft hyphen, bidi marks, zero-width space, word joiner, byte-order mark. The joiners U+200C and
# U+200D stay: Persian and Urdu names are spelled with them.
_MARKS = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def tidy(text: str) -> str:
    """`text` in NFC without bidi marks, with one space between words and none around.

    >>> tidy(" Yas\u0327ar  G\u00fcler\u00a0")
    'Yaşar Güler'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _MARKS.sub("", text))
    return " ".join(text.split())
