"""JSON lines as Prodigy's `ner.manual` reads them: text, its tokens, and the spans over them.

A token is a word or a sign; white space is one as well, but for the single space that a token's
`ws` stands for, as in spaCy, so the tokens make up the text. A span's `token_end` is its last
token. `kb_id` is a linked actor's; `decision` is the outcome. Places are within the line's text.

Source: prodi.gy/docs/api-interfaces, `ner_manual`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from resolve.documents.formats.lines import json_line, label
from resolve.documents.formats.places import tokens
from resolve.types import Document, Outcome, Span

__all__ = ["pieces"]


def pieces(documents: Iterable[Document]) -> Iterator[str]:
    """A line for each document, or part of one."""
    for document in documents:
        yield json_line(_record(document))


def _record(document: Document) -> dict[str, Any]:
    meta: dict[str, object] = {"id": document.id}
    if document.offset:
        meta["offset"] = document.offset
    found = list(_tokens(document))
    starts = [token["start"] for token in found]
    ends = [token["end"] for token in found]
    return {
        "text": document.text,
        "tokens": found,
        "spans": [_span(span, starts, ends) for span in document.spans],
        "meta": meta,
    }


def _tokens(document: Document) -> Iterator[dict[str, Any]]:
    """The tokens with their numbers, and whether a space follows that is in none of them."""
    text = document.text
    places = [*tokens(text, 0, len(text), document.spans), (len(text), len(text))]
    number = reached = 0
    for start, end in places:
        if reached < start:
            yield _token(number, text, reached, start, False)
            number += 1
        if start < end:
            reached = end + (text[end : end + 1] == " ")
            yield _token(number, text, start, end, reached > end)
            number += 1


def _token(number: int, text: str, start: int, end: int, space: bool) -> dict[str, Any]:
    return {"text": text[start:end], "start": start, "end": end, "id": number, "ws": space}


def _span(span: Span, starts: list[int], ends: list[int]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "start": span.start,
        "end": span.end,
        "token_start": bisect_right(ends, span.start),
        "token_end": bisect_left(starts, span.end) - 1,
        "label": label(span.kind),
        "decision": span.decision.outcome.value,
    }
    if span.decision.outcome is Outcome.LINK:
        record["kb_id"] = span.decision.id
    return record
