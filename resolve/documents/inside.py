"""Which places and institutions are named inside the name of another? Tripoli University's city."""

from __future__ import annotations

from typing import Final

from resolve.documents.mentions import Found
from resolve.documents.runs import Cut, matches_at
from resolve.documents.words import Words
from resolve.matching.phrases import Phrase, Phrases

__all__ = ["names_inside"]

_TWO: Final = 2


def names_inside(words: Words, mention: Found, phrases: Phrases) -> list[Cut]:
    """Return the names of the gazetteer inside a mention, none of them a person's."""
    cut, found = mention.cut, []
    if mention.kind == "person" or cut.end - cut.first < _TWO:
        return []
    for k in range(cut.first, cut.end):
        for match in matches_at(words, k, phrases):
            within = match.end <= cut.end and match.end - match.first < cut.end - cut.first
            if within and match.kinds & Phrase.PLAIN and not match.kinds & Phrase.PERSON:
                found.append(Cut(match.first, match.end, True))
                break
    return found
