"""What stands between two words: the more, the less they go together."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final

__all__ = ["Gap", "gap_of_signs", "gap_of_space"]

_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028]")
_SENTENCE = re.compile("[.!?؟…。]")
_PAUSE = re.compile("[,;:،؛()\\[\\]{}«»\"“”„|/\u2013\u2014–]|(?:^| )-(?: |$)|''")
_HYPHENS: Final = frozenset({"-", "\u2010", "\u2011"})
_DOTS: Final = frozenset({".", ".-"})  # Lt.-Gen.
_IDLE: Final = "#@*&+=~^_-'‘’`"  # signs that say nothing at a stretch's edge


class Gap(IntEnum):
    """What stands before a word: the more, the less it goes with the word before it."""

    NONE = 0
    SPACE = 1
    HYPHEN = 2
    DOT = 3  # after an initial or a title cut short
    PAUSE = 4  # a comma, a quote, a bracket, a dash
    SENTENCE = 5
    LINE = 6
    PARAGRAPH = 7


def gap_of_signs(signs: str, inside: bool) -> Gap:
    """Return what signs between words say, within a stretch without spaces or at its edge."""
    if not signs:
        return Gap.NONE
    if inside and signs in _HYPHENS:
        return Gap.HYPHEN
    if _PAUSE.search(signs):
        return Gap.SENTENCE if _SENTENCE.search(signs) and not inside else Gap.PAUSE
    if _SENTENCE.search(signs):
        return Gap.DOT if inside and signs in _DOTS else Gap.SENTENCE
    return Gap.PAUSE if inside or signs.strip(_IDLE) else Gap.SPACE


def gap_of_space(text: str, start: int, end: int) -> Gap:
    """Return what white space between two stretches says."""
    space = text[start:end]
    lines = space.count("\n") + space.count("\r") - space.count("\r\n")
    if lines > 1 or "\u2029" in space:
        return Gap.PARAGRAPH
    return Gap.LINE if lines or _LINE_ENDS.search(space) else Gap.SPACE
