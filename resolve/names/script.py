"""Which script a text is written in: an ISO 15924 code for a letter, a word, a name.

Digits, marks, punctuation and symbols belong to no script here: only letters vote. The ranges
are those of Unicode's Scripts.txt, joined where nothing but common, inherited or unassigned
code points lies between two ranges of one script (`unicode/scripts.tsv`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from resolve.tables import read_table

__all__ = ["NO_SCRIPT", "script_of", "script_of_letter"]

NO_SCRIPT = "Zyyy"
"""The ISO 15924 code for "undetermined": there is no letter."""

_JAPANESE = frozenset({"Hira", "Kana"})


def script_of(text: str) -> str:
    """Return the script of most letters of `text`, "Zyyy" where there is none.

    A tie goes to the script that comes first in the text. Chinese characters beside kana are
    Japanese: such a text, or one of both kana, is "Jpan".

    >>> script_of("Abdul Hamid Dbeibah"), script_of("خليفة حفتر 2011"), script_of("2011 - ?")
    ('Latn', 'Arab', 'Zyyy')
    """
    if text.isascii():
        return "Latn" if _ASCII_LETTER.search(text) else NO_SCRIPT
    if _ARABIC.fullmatch(text):
        return "Arab"
    if _LATIN.fullmatch(text) and _ASCII_LETTER.search(text):
        return "Latn"
    counts: dict[str, int] = {}
    for letter in text:
        script = script_of_letter(letter)
        if script != NO_SCRIPT:
            counts[script] = counts.get(script, 0) + 1
    if not counts:
        return NO_SCRIPT
    if not _JAPANESE.isdisjoint(counts):
        kana = [script for script in ("Hira", "Kana", "Hani") if script in counts]
        if len(kana) > 1:
            counts["Jpan"] = sum(counts.pop(script) for script in kana)
    return max(counts, key=counts.__getitem__)


@lru_cache(maxsize=1 << 14)
def script_of_letter(letter: str) -> str:
    """Return the script of one code point, "Zyyy" if it is no letter or of no known script.

    >>> [script_of_letter(letter) for letter in "aяגش۳-"]
    ['Latn', 'Cyrl', 'Hebr', 'Arab', 'Zyyy', 'Zyyy']
    """
    if not letter.isalpha():
        return NO_SCRIPT
    code = ord(letter)
    first, last, script = _RANGES[bisect_right(_FIRSTS, code) - 1]
    return script if first <= code <= last else NO_SCRIPT


_RANGES = tuple(
    (int(first, 16), int(last, 16), script)
    for first, last, script, _, _ in read_table(
        "unicode/scripts.tsv", ("first", "last", "script", "source", "note")
    )
)
_FIRSTS = tuple(first for first, _, _ in _RANGES)
_ASCII_LETTER = re.compile("[A-Za-z]")
_LATIN = re.compile("[\\x00-\u024f\u1e00-\u1eff]+")
_ARABIC = re.compile("[\u0621-\u0652 ]*[\u0621-\u063a\u0641-\u064a][\u0621-\u0652 ]*")
