"""JSON lines as doccano imports them for sequence labelling.

A label is [start, end, kind]; `decisions`, which doccano keeps with the id as the example's
metadata, holds for each label in its order the outcome, an id and the reason. Places are within
the line's own text. doccano takes no empty text, so there is no line for one.

Source: doccano's own reader, `backend/data_import/pipeline/label.py` and `catalog.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from resolve.documents.formats.lines import identity, json_line, label
from resolve.types import Document

__all__ = ["pieces"]


def pieces(documents: Iterable[Document]) -> Iterator[str]:
    r"""A line for each document, or part of one, that has a text.

    >>> list(pieces([Document("a.txt", "Tripoli", ())]))
    ['{"id": "a.txt", "text": "Tripoli", "label": [], "decisions": []}\n']
    """
    for document in documents:
        if document.text:
            yield json_line(_record(document))


def _record(document: Document) -> dict[str, Any]:
    spans = document.spans
    record: dict[str, Any] = {
        "id": document.id,
        "text": document.text,
        "label": [[s.start, s.end, label(s.kind)] for s in spans],
        "decisions": [
            [s.decision.outcome.value, identity(s.decision), s.decision.reason] for s in spans
        ],
    }
    if document.offset:
        record["offset"] = document.offset
    return record
