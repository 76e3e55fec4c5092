"""What a recogniser is, and what it says: where a name stands, and what it names.

Its labels are told as kinds by `labels.tsv`; peoples, events, products and the like are no actors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, Protocol, cast

from resolve.tables import read_table
from resolve.types import Kind

__all__ = ["Recognised", "Recogniser", "kind_of", "pieces"]

_LABELS: Final = Path(__file__).with_name("labels.tsv")


class Recognised(NamedTuple):
    """A name in a text: code points, and the kind of what it names."""

    start: int
    end: int
    kind: Kind


class Recogniser(Protocol):
    """Finds names in running text, by whatever it has learned."""

    def mentions(self, text: str) -> list[Recognised]:
        """Return the names of a text of any length, by their place; none overlaps another."""


def kind_of(label: str) -> Kind | None:
    """Return the kind that a recogniser's label means, None for what is no actor.

    >>> kind_of("GPE"), kind_of("NORP")
    ('place', None)
    """
    return _kinds().get(label)


def pieces(text: str, limit: int) -> Iterator[tuple[int, str]]:
    """Yield a text in pieces of at most `limit` code points, each with its place in the text.

    They end after white space where there is any: at the last line end, else the last space.

    >>> list(pieces("Haftar met Akar", 8))
    [(0, 'Haftar '), (7, 'met Akar')]
    """
    start = 0
    while len(text) - start > limit:
        end = start + limit
        held = text[start:end]
        line = held.rfind("\n") + 1
        space = max((found.end() for found in re.finditer(r"\s", held)), default=0)
        cut = line or space or limit
        yield start, text[start : start + cut]
        start += cut
    if start < len(text):
        yield start, text[start:]


@cache
def _kinds() -> dict[str, Kind]:
    rows = read_table(_LABELS, ("label", "kind", "source", "note"))
    return {label: cast(Kind, kind) for label, kind, *_ in rows}
