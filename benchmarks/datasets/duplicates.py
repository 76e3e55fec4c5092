"""Which ids of the public lists are one actor? `duplicates.tsv`: every row was looked at.

    same        one actor on two lists, or twice on one
    unsure      perhaps one: a link from one to the other is neither right nor wrong
    different   two actors whom an exact rule, or their likeness, would have joined

`rule` says why a row is there: `letters` (a full name in the same letters, in any order),
`consonants` (three parts of the same consonants) or `judged` (proposed by a matcher or found by
reading, and known from the world). Of the rows that follow from others by `same` one is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

import msgspec

from resolve.errors import InputError
from resolve.model.inputs import rows

__all__ = ["PATH", "Duplicate", "Verdict", "doubtful", "heads", "reviewed"]

PATH: Final = Path(__file__).with_name("duplicates.tsv")

Verdict = Literal["same", "unsure", "different"]

COLUMNS: Final = (
    "left_source",
    "left_id",
    "right_source",
    "right_id",
    "verdict",
    "rule",
    "evidence",
    "source",
    "note",
)


class Duplicate(msgspec.Struct, frozen=True):
    """Two ids, each written as `source id`, and what they were found to be."""

    left: str
    right: str
    verdict: Verdict
    rule: str
    evidence: str

    @property
    def possible(self) -> bool:
        """Whether they may be one actor."""
        return self.verdict != "different"


@cache
def reviewed(path: Path = PATH) -> tuple[Duplicate, ...]:
    """Return the rows of the table. Raises InputError for one that can't be read.

    >>> {duplicate.verdict for duplicate in reviewed()} == {"same", "unsure", "different"}
    True
    """
    found = []
    for line, row in enumerate(rows(path), start=2):
        if tuple(row) != COLUMNS or row["verdict"] not in get_args(Verdict):
            raise InputError(
                f"{path}:{line}: a row has {', '.join(COLUMNS)}, and the verdict is "
                f"{', '.join(get_args(Verdict))}"
            )
        left, right = (f"{row[f'{side}_source']} {row[f'{side}_id']}" for side in ("left", "right"))
        verdict: Verdict = row["verdict"]  # type: ignore[assignment]
        found.append(Duplicate(left, right, verdict, row["rule"], row["evidence"]))
    return tuple(found)


def heads(ids: Iterable[str], table: Iterable[Duplicate] | None = None) -> dict[str, str]:
    """Return for each id the first of its actor's ids, in the order of letters."""
    wanted = list(ids)
    head: dict[str, str] = {}

    def find(id: str) -> str:
        while (up := head.get(id, id)) != id:
            id = up
        return id

    for duplicate in reviewed() if table is None else table:
        if duplicate.verdict == "same":
            low, high = sorted((find(duplicate.left), find(duplicate.right)))
            head[high] = low
    first: dict[str, str] = {}
    for id in sorted(wanted):
        first.setdefault(find(id), id)
    return {id: first[find(id)] for id in wanted}


def doubtful(
    head: dict[str, str], table: Iterable[Duplicate] | None = None
) -> frozenset[frozenset[str]]:
    """Return the pairs of heads, as `heads` gives them, that may be one actor."""
    return frozenset(
        frozenset((head[duplicate.left], head[duplicate.right]))
        for duplicate in (reviewed() if table is None else table)
        if duplicate.verdict == "unsure" and duplicate.left in head and duplicate.right in head
    )
