"""Tokens in columns, tagged in IOB2: token, start, end, tag, outcome, id; between them a tab.

A tag is O, or B- and I- with PER, ORG, LOC, or MISC where the kind is unknown. Outcome and id
stand with every token of a mention, `_` where there is none. A blank line ends a paragraph that
has tokens; `# doc = ID` begins a document, `# offset = N` a part of one, which is no token: none
has a space in it. Places are code points of the whole document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from resolve.documents.formats.lines import NO_LABEL, encodable, identity, one_line
from resolve.documents.formats.places import Paragraph, paragraphs, tokens
from resolve.types import Document, Span

__all__ = ["TAGS", "pieces"]

TAGS: Final = {"person": "PER", "organization": "ORG", "place": "LOC"}
"""The kinds as CoNLL-2003 writes them."""

NONE: Final = "_"


def pieces(documents: Iterable[Document]) -> Iterator[str]:
    """The comment that begins each document, then each of its paragraphs with the blank line."""
    for document in documents:
        part = f"# offset = {document.offset}\n" if document.offset else ""
        yield f"# doc = {one_line(document.id)}\n{part}"
        for paragraph in paragraphs(document):
            rows = "".join(_rows(document, paragraph))
            if rows:
                yield rows + "\n"


def _rows(document: Document, paragraph: Paragraph) -> Iterator[str]:
    start, end, spans = paragraph
    coming = iter(spans)
    span = next(coming, None)
    for first, last in tokens(document.text, start, end, spans):
        while span is not None and span.end <= first:
            span = next(coming, None)
        inside = span if span is not None and span.start <= first else None
        place = f"{first + document.offset}\t{last + document.offset}"
        word = encodable(document.text[first:last])
        yield f"{word}\t{place}\t{_labels(inside, first)}\n"


def _labels(span: Span | None, start: int) -> str:
    """Tag, outcome and id of a token that begins at `start`."""
    if span is None:
        return f"O\t{NONE}\t{NONE}"
    tag = NO_LABEL if span.kind is None else TAGS[span.kind]
    id = one_line(identity(span.decision) or NONE)
    return f"{'B' if start == span.start else 'I'}-{tag}\t{span.decision.outcome.value}\t{id}"
