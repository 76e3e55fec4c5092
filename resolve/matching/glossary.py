"""Which groups may a form belong to, and how likely? A table of forms, as arrays.

The tables of names and of words in several languages group some ten thousand forms each. They
are folded once, kept as arrays that lie in a file which ships, and asked form by form. Where
the table was changed since, the same arrays are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resolve import shipped
from resolve.texts import Texts

__all__ = ["Glossary", "Groups", "opened", "save"]

Groups = Mapping[tuple[str, str], Mapping[str, float]]
"""Form and script -> the groups that it may belong to, each with its weight."""

_KIND: Final = "glossary"
_FORMAT: Final = 1
_FOLDS: Final = "resolve/tables/fold"  # forms are folded


class Glossary:
    """Forms and their groups. Immutable."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._forms = Texts(arrays, "form")
        self._names = Texts(arrays, "group")
        self._ends, self._groups = arrays["end"], arrays["groups"]
        self._weights = arrays["weights"]

    @staticmethod
    def arrays_of(groups: Groups) -> dict[str, NDArray[Any]]:
        """Return a table as plain arrays."""
        forms = sorted(groups)
        names = sorted({name for own in groups.values() for name in own})
        numbers = {name: k for k, name in enumerate(names)}
        owned = [sorted(groups[form].items()) for form in forms]
        return {
            **Texts.arrays_of("form", [_key(form) for form in forms]),
            **Texts.arrays_of("group", names),
            "end": np.cumsum([len(own) for own in owned], dtype=np.uint32),
            "groups": np.array([numbers[name] for own in owned for name, _ in own], np.uint16),
            "weights": np.array([weight for own in owned for _, weight in own], np.float64),
        }

    def groups(self, form: tuple[str, str]) -> dict[str, float]:
        """Return the groups that a form may belong to, with their weights; none if unknown."""
        row = self._forms.row(_key(form))
        if row < 0:
            return {}
        own = slice(int(self._ends[row - 1]) if row else 0, int(self._ends[row]))
        names = [self._names[number] for number in self._groups[own].tolist()]
        return dict(zip(names, self._weights[own].tolist(), strict=True))

    def members(self, group: str) -> list[tuple[str, str]]:
        """Return the forms that may belong to a group; none where there is no such group."""
        places = np.flatnonzero(self._groups == self._names.row(group))
        rows = np.searchsorted(self._ends, places, "right").tolist()
        found = (self._forms[row].split("\t") for row in rows)
        return [(form, script) for form, script in found]


def opened(name: str, table: str, read: Callable[[], Groups]) -> Glossary:
    """Return a table by the file of it that ships, or by what `read` makes of it, if it changed."""
    stored = shipped.opened(name, _KIND, _FORMAT, _sources(table))
    return Glossary(Glossary.arrays_of(read()) if stored is None else stored.arrays)


def save(folder: Path, name: str, table: str, groups: Groups) -> None:
    """Write the file of a table that ships."""
    path = folder / name
    shipped.save(path, _KIND, _FORMAT, Glossary.arrays_of(groups), _sources(table))


def _sources(table: str) -> Sequence[str]:
    return f"resolve/tables/{table}", _FOLDS


def _key(form: tuple[str, str]) -> str:
    return f"{form[0]}\t{form[1]}"
