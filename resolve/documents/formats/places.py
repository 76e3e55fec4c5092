"""Where is a text cut? Its paragraphs, each with its spans, and the tokens of a paragraph.

A span's borders are borders of tokens (وآكار: و and آكار), and no span lies in two paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from resolve.tables import read_table
from resolve.types import Document, Span

__all__ = ["LINE_END", "Paragraph", "paragraphs", "tokens"]

LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")


class Paragraph(NamedTuple):
    """A line of a text with its line end, or several that a span joins. Code points."""

    start: int
    end: int
    spans: tuple[Span, ...]


def paragraphs(document: Document) -> Iterator[Paragraph]:
    r"""The paragraphs of a text in their order; one begins where another ends, none is empty.

    >>> [(p.start, p.end) for p in paragraphs(Document("a", "Sebha.\n\nBenghazi", ()))]
    [(0, 7), (7, 8), (8, 16)]
    """
    text, spans = document.text, document.spans
    start = first = last = 0
    for match in LINE_END.finditer(text):
        end = match.end()
        while last < len(spans) and spans[last].end <= end:
            last += 1
        if last < len(spans) and spans[last].start < end:
            continue  # a name that is broken over two lines
        yield Paragraph(start, end, spans[first:last])
        start, first = end, last
    if start < len(text):
        yield Paragraph(start, len(text), spans[first:])


def tokens(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The places of the tokens of `text[start:end]`: words with their marks, and single signs.

    White space is in no token. Joiners (U+200C, U+200D) within a word are part of it.

    >>> text = "Dbeibe'yle 2011"
    >>> [text[start:end] for start, end in tokens(text, 0, len(text), ())]
    ['Dbeibe', "'", 'yle', '2011']
    """
    borders = [place for span in spans for place in (span.start, span.end)]
    following = 0
    for match in _token().finditer(text, start, end):
        begin, stop = match.span()
        while following < len(borders) and borders[following] < stop:
            border = borders[following]
            if border > begin:
                yield begin, border
                begin = border
            following += 1
        yield begin, stop


@cache
def _token() -> re.Pattern[str]:
    rows = read_table("unicode/marks.tsv", ("first", "last", "source", "note"))
    marks = "".join([f"{chr(int(first, 16))}-{chr(int(last, 16))}" for first, last, _, _ in rows])
    return re.compile(rf"[\w{marks}][\w{marks}\u200c\u200d]*|\S")
