"""The letters of a word that comparison sees: without case, marks and spelling habits.

A form is written in one of the alphabets that the learned model knows: `Latn` (a-z), `Arab`
(28 letters and the Persian four), `Cyrl`, `Hebr`. Words of other scripts are romanised first.
What differs between spellings by habit alone (hamza seats, ta marbuta, ё) is one letter here;
what differs by sound stays apart, for the evidence to weigh.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from resolve.names.script import script_of
from resolve.tables import read_table

__all__ = ["ALPHABETS", "fold", "romanized"]

ALPHABETS = {
    "Latn": "abcdefghijklmnopqrstuvwxyz",
    "Arab": "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ",
    "Cyrl": "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџқғңөүұһәҷҳӣӯ",
    "Hebr": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
}
"""The letters of each alphabet, in the order in which the model numbers them."""


def fold(word: str, script: str | None = None) -> tuple[str, str]:
    """Return the form of one word and the alphabet it is written in.

    Letters only, lower case, at most one word: spaces and hyphens vanish. A word without a
    letter of a known script gives an empty form. `script` (ISO 15924) saves the detection.

    >>> fold("Yaşar"), fold("أبو"), fold("O'Neill")
    (('yashar', 'Latn'), ('ابو', 'Arab'), ('oneill', 'Latn'))
    """
    if script is None:
        script = script_of(word)
    if script in ALPHABETS:
        return _letters(word, script), script
    return romanized(word), "Latn"


@lru_cache(maxsize=65536)
def romanized(word: str) -> str:
    """Return the Latin form of a word in any script, letter by letter.

    Vowels that the script does not write stay unwritten: for Arabic and Hebrew this is a last
    resort, used only against scripts for which no model has been trained.

    >>> romanized("Путин"), romanized("Παπανδρέου")
    ('putin', 'papandreoy')
    """
    from anyascii import anyascii  # late: most words are of a script that has its alphabet

    return _letters(anyascii(unicodedata.normalize("NFKC", word)), "Latn")


_SILENT = {"Mn", "Lm"}  # categories of vowel signs and of the stroke that only fills a line


@lru_cache(maxsize=1 << 14)
def _letters(word: str, script: str) -> str:
    word = word.lower()
    if script == "Latn" and word.isascii():
        return word if word.isalpha() else _others("Latn").sub("", word)
    for letters, folded in _beginnings(script):
        if letters[0] in word:
            bare = "".join([c for c in word if unicodedata.category(c) not in _SILENT])  # ئَا
            if bare.startswith(letters):
                word = folded + bare.removeprefix(letters)
    word = word.translate(_table(script))
    if script != "Arab":
        # Arabic forms have their marks in the table; й and ї must not lose theirs.
        word = _MARKS[script](word)
    return _others(script).sub("", word)


@cache
def _table(script: str) -> dict[int, str]:
    return {ord(letter): folded for letter, folded in _folds(script) if len(letter) == 1}


@cache
def _beginnings(script: str) -> tuple[tuple[str, str], ...]:
    """Letters that are folded together where they begin a word."""
    return tuple(row for row in _folds(script) if len(row[0]) > 1)


@cache
def _folds(script: str) -> tuple[tuple[str, str], ...]:
    if script == "Hebr":
        return ()
    rows = read_table(f"fold/{script}.tsv", ("letter", "fold", "source", "note"))
    return tuple((row[0].encode().decode("unicode_escape"), row[1]) for row in rows)


@cache
def _others(script: str) -> re.Pattern[str]:
    return re.compile(f"[^{ALPHABETS[script]}]+")


def _bare(word: str) -> str:
    return unicodedata.normalize("NFKD", word)


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word)


_MARKS: dict[str, Callable[[str], str]] = {"Latn": _bare, "Cyrl": _composed, "Hebr": _bare}
