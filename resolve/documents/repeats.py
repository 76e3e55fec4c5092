"""Passages of a text that stand in it before, word for word.

Agencies' texts repeat themselves: a teaser opens the article again, a page was saved twice. Such
a passage says nothing new, and its mentions are counted once.
"""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from typing import Final

from resolve.documents.words import Words
from resolve.types import Repeat

__all__ = ["repeats"]

_text = attrgetter("text")
LEAST: Final = 8
"""Words of the shortest sentence that is a repeat when it stands twice."""


def repeats(words: Words) -> list[Repeat]:
    """Return the repeated passages in their order: whole sentences, joined where they follow on."""
    edges = [*words.edges, len(words)]
    seen: dict[tuple[str, ...], int] = {}
    found: list[Repeat] = []
    for first, end in pairwise(edges):
        if end - first < LEAST:
            continue
        said = tuple(map(_text, words.word[first:end]))
        start, stop = words.start[first], words.end[end - 1]
        before = seen.setdefault(said, start)
        if before == start:
            continue
        last = found[-1] if found else None
        if last and start - last.end == before - last.first - (last.end - last.start):
            found[-1] = Repeat(last.start, stop, last.first)
        else:
            found.append(Repeat(start, stop, before))
    return found
