"""What the formats write alike: JSON on a line, text that UTF-8 can hold, labels, numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from resolve.types import Decision, Kind

__all__ = [
    "NO_LABEL",
    "encodable",
    "identity",
    "json_line",
    "label",
    "one_line",
]

LABELS: Final[Mapping[Kind, str]] = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
"""The kinds as spaCy's models call them, and the annotation tools with them."""

NO_LABEL: Final = "MISC"
"""Where there is no kind: CoNLL-2003's word for any other name."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_BREAK = re.compile("\r\n|[\t\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029]")


def json_line(record: Mapping[str, object]) -> str:
    r"""The object on one line, its letters as they are; a lone surrogate is escaped.

    Two of them that a reader would join to one code point are U+FFFD, twice: no place moves.

    >>> json_line({"surface": "Haftar\ud800"})
    '{"surface": "Haftar\\ud800"}\n'
    """
    text = json.dumps(record, ensure_ascii=False)
    if _SURROGATE.search(text):
        text = _SURROGATE_PAIR.sub("\ufffd\ufffd", text)
        text = _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text + "\n"


def encodable(text: str) -> str:
    r"""The text with U+FFFD for each lone surrogate: as many code points.

    >>> encodable("Haftar\ud800")
    'Haftar\ufffd'
    """
    return _SURROGATE.sub("\ufffd", text)


def one_line(text: str) -> str:
    r"""The text, encodable, with a space for each line end and tab.

    >>> one_line("Khalifa\r\nHaftar")
    'Khalifa Haftar'
    """
    return _BREAK.sub(" ", encodable(text))


def label(kind: Kind | None) -> str:
    """The kind as annotation tools call it.

    >>> label("person"), label(None)
    ('PERSON', 'MISC')
    """
    return NO_LABEL if kind is None else LABELS[kind]


def identity(decision: Decision) -> str | None:
    """The actor's id; that of its cluster where the actor is unknown; None where it has none."""
    return decision.id or decision.cluster
