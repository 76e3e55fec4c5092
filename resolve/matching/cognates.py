"""Which given names are one name in several languages? Mykola, Nikolai, Nicholas; Yusuf, Joseph.

Cognates are attested, not heard: their letters may have little in common. They stand in
`resolve.tables.cognates`; here they are forms, folded as the comparison sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from resolve.matching.form import Form
from resolve.names.fold import fold
from resolve.tables.cognates import groups

__all__ = ["cognates", "kinship"]

_NONE: Mapping[str, float] = {}


def kinship(left: Form, right: Form) -> float:
    """Return how likely two forms stand for one name of the table, 0 to 1; 0 if none has both.

    >>> kinship(Form("mykola", "Latn"), Form("nikolai", "Latn"))
    1.0
    >>> kinship(Form("hasan", "Latn"), Form("husayn", "Latn"))
    0.0
    """
    first, second = cognates(left), cognates(right)
    return max((first[name] * second[name] for name in first.keys() & second.keys()), default=0.0)


def cognates(form: Form) -> Mapping[str, float]:
    """Return the names that a form may stand for, each with its weight; none if unknown."""
    return _table().get((form[0], form[1]), _NONE)


@cache
def _table() -> dict[tuple[str, str], dict[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    for name, rows in groups().items():
        for row in rows:
            names = found.setdefault(fold(row.form), {})
            names[name] = max(row.weight, names.get(name, 0.0))
    return found
