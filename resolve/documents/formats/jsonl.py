"""A document a line, with all that was decided about its mentions; its text is left out.

A document is `id`, `spans` and `repeats`; of a span, `start`, `end`, `surface`, `kind`,
`decision`, `id`, `name`, `probability`, `reason` and `clitic` are always there, whatever else is
empty is left out. `candidates` are the other actors that a REVIEW may mean, the likeliest first.
Places are of the whole document: `offset` says where a part of it begins, and is left out at 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from resolve.decisions.figures import rounded_bits, rounded_probability
from resolve.documents.formats.lines import json_line
from resolve.types import Candidate, Document, Outcome, Span

__all__ = ["document_record", "pieces"]


def pieces(documents: Iterable[Document]) -> Iterator[str]:
    r"""A line for each document, or part of one.

    >>> list(pieces([Document("a.txt", "Tripoli", ())]))
    ['{"id": "a.txt", "spans": []}\n']
    """
    for document in documents:
        yield json_line(document_record(document))


def document_record(document: Document) -> dict[str, Any]:
    """The document as an object for JSON."""
    record: dict[str, Any] = {"id": document.id}
    if document.offset:
        record["offset"] = document.offset
    record["spans"] = [_span(span, document.offset) for span in document.spans]
    if document.repeats:
        moved = [[place + document.offset for place in each] for each in document.repeats]
        record["repeats"] = [dict(zip(("start", "end", "first"), m, strict=True)) for m in moved]
    return record


def _span(span: Span, offset: int) -> dict[str, Any]:
    decision = span.decision
    others = [each for each in decision.candidates if each.id != decision.id]
    optional = {
        "bits": rounded_bits(decision.bits),
        "title": span.title or None,
        "cluster": decision.cluster,
        "found": span.found or None,
        "candidates": [_candidate(each) for each in others]
        if decision.outcome is Outcome.REVIEW
        else None,
        "inside": [
            {"start": start + offset, "end": end + offset, "id": id}
            for start, end, id in span.inside
        ],
        "repeated": span.repeated or None,
    }
    return {
        "start": span.start + offset,
        "end": span.end + offset,
        "surface": span.surface,
        "kind": span.kind,
        "decision": decision.outcome.value,
        "id": decision.id,
        "name": decision.name,
        "probability": rounded_probability(decision.probability),
        "reason": decision.reason,
        "clitic": span.clitic,
        **{key: value for key, value in optional.items() if value not in (None, [])},
    }


def _candidate(candidate: Candidate) -> dict[str, object]:
    return {
        "id": candidate.id,
        "name": candidate.name,
        "probability": rounded_probability(candidate.probability),
        "bits": rounded_bits(candidate.bits),
    }
