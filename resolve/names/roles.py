"""What do small words do in names, and beside them? `tables/common/roles.tsv` has them, folded."""

from __future__ import annotations

from functools import cache

from resolve.tables import read_table

__all__ = ["having_role"]


@cache
def having_role(role: str) -> frozenset[str]:
    """Return the small words that do something in names.

    article: before what is one of many; by-line: before an author; connector: inside an
    institution's name; office: inside an office's; prefix: before a surname, a word of its own;
    several: between names; beside: after a name, it says that another is meant; whereabouts:
    before a place.

    >>> sorted(having_role("prefix"))
    ['al', 'el', 'ul']
    """
    rows = read_table("common/roles.tsv", ("word", "role", "source", "note"))
    return frozenset(word for word, own, *_ in rows if own == role)
