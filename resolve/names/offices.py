"""Which offices does a description say that somebody holds, and when?

`Chief of the Turkish General Staff 2018-2023; Minister of National Defence since 2023` holds two.
What an office is called stands in `tables/titles`; the years are read where they are written, and
what isn't written is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from resolve.names.fold import fold
from resolve.names.particles import classes_of
from resolve.names.titles import title_at
from resolve.names.tokens import tokenize
from resolve.names.unicode import clean

__all__ = ["EVER", "Office", "offices"]

EVER: Final = (0, 9999)
"""The years of an office whose years aren't told."""
_RANKED: Final = ("office", "military", "honour")
_CLAUSE = re.compile(";|, then |, from | and then ")
_SPAN = re.compile(r"\b(1[89]\d\d|20\d\d)\s*[-–]\s*(1[89]\d\d|20\d\d)\b")
_SINCE = re.compile(r"\b(?:since|from|appointed in)\s+(?:\w+\s+)?(1[89]\d\d|20\d\d)\b")
_UNTIL = re.compile(r"\buntil\s+(?:\w+\s+)?(1[89]\d\d|20\d\d)\b")
_IN = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_MOST: Final = 6  # words before a title that a clause may begin with: "Former", "LNA"


class Office(NamedTuple):
    """A rank as `tables/titles` has it, and the first and the last year that it was held in."""

    rank: str
    first: int
    last: int


def offices(description: str) -> tuple[Office, ...]:
    """Return the offices that a description names, in its order; none for none.

    >>> offices("Chief of the Turkish General Staff 2018-2023; Minister of Defence since 2023")
    ... # doctest: +NORMALIZE_WHITESPACE
    (Office(rank='chief of general staff', first=2018, last=2023),
     Office(rank='defence minister', first=2023, last=9999))
    >>> offices("Cousin of Prime Minister Abdul Hamid Dbeibah")
    ()
    """
    found: list[Office] = []
    carried: list[str] = []
    for clause in _CLAUSE.split(description):
        ranks = _ranks(clause)
        carried = ranks or carried
        if ranks or _SPAN.search(clause):
            found += [Office(rank, *years) for rank in carried for years in _years(clause)]
    return tuple(dict.fromkeys(found))


def _ranks(clause: str) -> list[str]:
    """The ranks that a clause begins with, several if `and` stands between."""
    tokens = tokenize(clean(clause))
    found: list[str] = []
    first, last = 0, min(len(tokens), _MOST)
    while first < last:
        title = title_at(tokens, first)
        if title is None:
            word = tokens[first]
            if "function" in classes_of(*fold(word.text, word.script)):
                break  # Cousin of Prime Minister ... is none
            first += 1
            continue
        if title.type not in _RANKED:
            break
        found.append(title.rank)
        after = next((k for k, token in enumerate(tokens) if token.start >= title.end), last)
        if after + 1 >= len(tokens) or tokens[after].text != "and":
            break
        first, last = after + 1, after + 2
    return found


def _years(clause: str) -> Iterator[tuple[int, int]]:
    spans = [(int(a), int(b)) for a, b in _SPAN.findall(clause)]
    if spans:
        yield from spans
    elif since := _SINCE.search(clause):
        yield int(since[1]), EVER[1]
    elif until := _UNTIL.search(clause):
        yield EVER[0], int(until[1])
    elif year := _IN.search(clause):
        yield int(year[1]), int(year[1])
    else:
        yield EVER
