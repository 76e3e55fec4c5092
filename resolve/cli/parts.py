"""The parts of a text that is too long to be held at once; joined, they are the text again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["Part", "parts"]

_END = r"(?>\r\n|\r|\n)"  # of a line, whole: a CR and its LF are one
PARAGRAPH = re.compile(rf".*{_END}[^\S\r\n]*{_END}", re.DOTALL)
LINE = re.compile(rf".*{_END}", re.DOTALL)
SPACE = re.compile("(?s:.*)[^\\S\N{NO-BREAK SPACE}\N{FIGURE SPACE}\N{NARROW NO-BREAK SPACE}]")


class Part(NamedTuple):
    """A part, how many code points stand before it, and whether it is the last."""

    offset: int
    text: str
    last: bool


def parts(blocks: Iterable[str], limit: int) -> Iterator[Part]:
    """The text of the blocks in parts of at most `limit` code points, in order; at least one.

    A part ends where a paragraph does, or else a line, in the last half of the limit; or else
    after a space, and where there is none, anywhere but between a letter and the marks that
    stand on it (unless these alone are more than the limit). Where the blocks part the text
    does not matter.

    >>> [part.text for part in parts(["Hulusi Akar met Khalifa Haftar."], 12)]
    ['Hulusi Akar ', 'met Khalifa ', 'Haftar.']
    """
    held: list[str] = []
    size = offset = 0
    for block in blocks:
        held.append(block)
        size += len(block)
        if size <= limit:
            continue
        text, start = "".join(held), 0
        while size - start > limit:
            end = _cut(text, start, limit)
            yield Part(offset + start, text[start:end], False)
            start = end
        held, size, offset = [text[start:]], size - start, offset + start
    yield Part(offset, "".join(held), True)


def _cut(text: str, start: int, limit: int) -> int:
    """Where the part that begins at `start` ends; more text than the limit follows there."""
    end = start + limit
    if limit > 1 and text[end - 1 : end + 1] == "\r\n":
        end -= 1
    half = start + limit // 2
    for pattern, begin in ((PARAGRAPH, half), (LINE, half), (SPACE, start)):
        found = pattern.match(text, begin, end)
        if found and not _is_mark(text[found.end()]):
            return found.end()
    cut = end
    while cut > start and (_is_mark(text[cut]) or text[cut - 1 : cut + 1] == "\r\n"):
        cut -= 1
    return cut if cut > start else end


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")
