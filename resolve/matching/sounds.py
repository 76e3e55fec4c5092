"""What is heard of a form, in one number: so that a batch of joins is looked for at once.

A bit for each consonant, then the first one, the last one, and how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from resolve.matching.form import Form
from resolve.matching.keys import phonemes
from resolve.names.fold import ALPHABETS

__all__ = ["ENDS", "FIRST", "LAST", "LENGTH", "LETTERS", "consonants", "sounds"]

LETTERS, FIRST, LAST = (1 << 26) - 1, 31 << 26, 31 << 31
"""Where the number tells the consonants, the first and the last."""
LENGTH = 36
"""Bits from which on the number tells how many there are."""
ENDS = FIRST | LAST
# Without what isn't surely heard, and consonants that other spellings interchange as one; only for
# what is worth a closer look.
_COARSE = str.maketrans("xgjczdtpf", "kkkssssbb", "aiuh")


def sounds(forms: Sequence[Form]) -> list[int]:
    """Return which consonants each form has, a bit a letter, and above them how many."""
    return [_sounds(*form) for form in forms]


@lru_cache(maxsize=262_144)
def consonants(form: str, script: str) -> str:
    """Return the consonants of a form that are surely heard, alike ones as one letter."""
    if script not in ALPHABETS:
        return ""
    return phonemes(form, script).translate(_COARSE)


@lru_cache(maxsize=65_536)
def _sounds(form: str, script: str) -> int:
    letters = [ord(c) - ord("a") for c in consonants(form, script)]
    if not letters:
        return 0
    ends = (letters[0] + 1) << 26 | (letters[-1] + 1) << 31
    return sum({1 << letter for letter in letters}) | ends | len(letters) << LENGTH
