"""Names of persons that a list writes family name first, turned as they are said.

OFAC writes every person as `LAST, First`, the UN some aliases. A name that is turned keeps what
was listed in its note; spelling and capitals stay as they are.
"""

from __future__ import annotations

from typing import Final

__all__ = ["listed", "turned"]

# What stands after a name and belongs to its end: `KNOWLES, JR., Samuel` is Samuel Knowles Jr.
SUFFIXES: Final = frozenset(("jr", "sr", "ii", "iii", "iv"))


def turned(name: str) -> str:
    """`name` with what stands before its first comma moved behind what stands after it.

    >>> turned("HAFTAR, Khalifa"), turned("KNOWLES, JR., Samuel"), turned("Ibrahim Jadhran")
    ('Khalifa HAFTAR', 'Samuel KNOWLES JR.', 'Ibrahim Jadhran')
    """
    last, *rest = [part.strip() for part in name.split(",")]
    suffixes = [part for part in rest if part.lower().rstrip(".") in SUFFIXES]
    given = [part for part in rest if part not in suffixes]
    return " ".join(filter(None, (*given, last, *suffixes)))


def listed(name: str) -> str:
    """The note of a name that `turned` changes: as it stands in the list; empty for others.

    >>> listed("HAFTAR, Khalifa"), listed("Ibrahim Jadhran")
    ('listed as HAFTAR, Khalifa', '')
    """
    return f"listed as {name}" if "," in name else ""
