"""Which datasets have a name and since when, as a line that a name's note can hold.

`in eu_fsf 2023-04-20/2024-06-01; in gb_hmt 2022-02-25/`: a dataset, and where known an interval
of ISO 8601, from when the name was first seen there to when it was last. What is not known of the
interval is left out, or all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Sighting", "noted", "read"]

_SIGHTING = re.compile(r"in ([^\s;]+)(?: ([^\s;/]*)/([^\s;/]*))?")


class Sighting(NamedTuple):
    """A dataset that has a name, and the dates or times, as the dataset has them."""

    dataset: str
    first_seen: str = ""
    last_seen: str = ""


def noted(sightings: Iterable[Sighting]) -> str:
    """The note of these sightings, sorted by dataset; one without a dataset is none.

    >>> noted([Sighting("gb_hmt"), Sighting("eu_fsf", "2023-04-20", "2024-06-01")])
    'in eu_fsf 2023-04-20/2024-06-01; in gb_hmt'
    """
    return "; ".join(_told(each) for each in sorted(sightings) if each.dataset)


def read(note: str) -> list[Sighting] | None:
    """The sightings that a note tells of; None where it tells something else.

    >>> read("in eu_fsf 2023-04-20/2024-06-01; in gb_hmt")[1].dataset, read("his nom de guerre")
    ('gb_hmt', None)
    """
    found = [_SIGHTING.fullmatch(part) for part in note.split("; ")]
    if not all(found):
        return None
    return [Sighting(*(part or "" for part in each.groups())) for each in found if each]


def _told(sighting: Sighting) -> str:
    dataset, first, last = sighting
    return f"in {dataset} {first}/{last}" if first or last else f"in {dataset}"
