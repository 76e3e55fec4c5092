"""W3C Web Annotations: JSON-LD, one annotation of a mention on a line.

What an annotation is for follows the outcome: `identifying` for LINK, with the actor's URN and
name; `linking` for REVIEW, with the URN of each actor that may be meant; `classifying` for NIL,
whose provisional id names an unknown actor's variants. Kind and outcome are said `classifying`,
the reason `describing`. The target's source is the document's id as an IRI; a place is given in
code points of the whole document, and as a quote with 32 code points on either side. Equal
documents give equal annotation ids.

Source: Web Annotation Data Model, W3C Recommendation 23 February 2017.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from gazetteer.exporters.skos import BASE
from resolve.decisions.figures import rounded_probability
from resolve.documents.formats.lines import json_line
from resolve.types import Decision, Document, Outcome, Span

__all__ = ["CONTEXT", "MOTIVATIONS", "pieces"]

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
AROUND: Final = 32
"""Code points that are quoted before a mention and after it."""

MOTIVATIONS: Final = {
    Outcome.LINK: "identifying",
    Outcome.REVIEW: "linking",
    Outcome.NIL: "classifying",
}

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|urn:", re.ASCII)


def pieces(documents: Iterable[Document]) -> Iterator[str]:
    """A line for each mention."""
    for document in documents:
        source = _iri(document.id)
        for span in document.spans:
            yield json_line(_annotation(document, source, span))


def _annotation(document: Document, source: str, span: Span) -> dict[str, Any]:
    text, offset = document.text, document.offset
    start, end = span.start + offset, span.end + offset
    return {
        "@context": CONTEXT,
        "id": uuid5(NAMESPACE_URL, f"{source}#char={start},{end}").urn,
        "type": "Annotation",
        "motivation": MOTIVATIONS[span.decision.outcome],
        "body": list(_bodies(span)),
        "target": {
            "type": "SpecificResource",
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[span.start : span.end],
                    "prefix": text[max(span.start - AROUND, 0) : span.start],
                    "suffix": text[span.end : span.end + AROUND],
                },
            ],
        },
    }


def _bodies(span: Span) -> Iterator[dict[str, str]]:
    decision = span.decision
    purpose = MOTIVATIONS[decision.outcome]
    for id, name in _actors(decision):
        yield {
            "type": "SpecificResource",
            "source": BASE + quote(id, safe=":/"),
            "purpose": purpose,
        }
        if name:
            yield _text(name, purpose)
    if span.kind is not None:
        yield _text(span.kind, "classifying")
    yield _text(decision.outcome.value, "classifying")
    probability = rounded_probability(decision.probability)
    yield _text(f"{decision.reason} (probability {probability})", "describing")


def _actors(decision: Decision) -> list[tuple[str, str]]:
    """Ids and names: the actor, all that may be meant, or what an unknown one goes by."""
    if decision.id is None:
        return [(decision.cluster, "")] if decision.cluster else []
    first = (decision.id, decision.name or "")
    if decision.outcome is Outcome.LINK:
        return [first]
    return [first, *((c.id, c.name) for c in decision.candidates if c.id != decision.id)]


def _text(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "purpose": purpose}


def _iri(id: str) -> str:
    """The id as an IRI: an address as it is, a path as a relative reference.

    >>> _iri("https://example.org/a?b=1"), _iri("articles/no. 5.txt")
    ('https://example.org/a?b=1', 'articles/no.%205.txt')
    """
    safe = "!$%&'()*+,/:;=?@[]#~" if _IRI.match(id) else "/~"
    return quote(id, safe=safe, errors="replace")
