"""Which given names are one name in several languages? Mykola, Nikolai, Nicholas; Yusuf, Joseph.

Cognates are attested, not heard: their letters may have little in common. They stand in
`resolve.tables.cognates`; here they are forms, folded as the comparison sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from resolve.matching import glossary
from resolve.matching.form import Form
from resolve.names.fold import fold

__all__ = ["cognates", "kinship", "save"]

_SHIPPED: Final = "cognates.tables"
_TABLE: Final = "names/cognates.tsv"
_REMEMBERED: Final = 65_536  # forms


def kinship(left: Form, right: Form) -> float:
    """Return how likely two forms stand for one name of the table, 0 to 1; 0 if none has both.

    >>> kinship(Form("mykola", "Latn"), Form("nikolai", "Latn"))
    1.0
    >>> kinship(Form("hasan", "Latn"), Form("husayn", "Latn"))
    0.0
    """
    first, second = cognates(left), cognates(right)
    return max((first[name] * second[name] for name in first.keys() & second.keys()), default=0.0)


@lru_cache(maxsize=_REMEMBERED)
def cognates(form: Form) -> Mapping[str, float]:
    """Return the names that a form may stand for, each with its weight; none if unknown."""
    return _glossary().groups(form)


def save(folder: Path) -> None:
    """Write the table as it ships: see `resolve.shipped`."""
    glossary.save(folder, _SHIPPED, _TABLE, _table())


@cache
def _glossary() -> glossary.Glossary:
    return glossary.opened(_SHIPPED, _TABLE, _table)


def _table() -> dict[tuple[str, str], dict[str, float]]:
    """Every form of the table, folded, with its names."""
    from resolve.tables.cognates import groups  # late: read only where the table was changed

    found: dict[tuple[str, str], dict[str, float]] = {}
    for name, rows in groups(_TABLE).items():
        for row in rows:
            names = found.setdefault(fold(row.form), {})
            names[name] = max(row.weight, names.get(name, 0.0))
    return found
