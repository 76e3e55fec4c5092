"""Which given names are one name in several languages? Mykola, Nikolai, Nicholas, نقولا.

The table `names/cognates.tsv` groups them, short forms beside them (Kolya, Nick), each with its
share: how commonly whoever is called so bears the group's name. A form that stands for two
names shares itself between them (Sasha: Alexander or Alexandra), so its shares add up to one at
most. Names that one language tells apart are never in one group: Hasan isn't Husayn. Where two
forms of a language have little in common all the same, a note says why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from resolve.errors import TableError
from resolve.tables import read_table

__all__ = ["CognateRow", "Kinship", "groups"]

Kinship = Literal["cognate", "short", "translation"]
"""The same name in another language; what its bearers are called for short; the same meaning."""

_COLUMNS = ("name", "form", "lang", "relation", "weight", "source", "note")
_NAME = re.compile(r"[a-z][a-z'-]*")
_LANG = re.compile(r"[a-z]{3}")


class CognateRow(NamedTuple):
    """A form of a name. `weight` is the share of its bearers that have this name, in (0, 1].

    `lang` (ISO 639-3) is the language that the form is best known from; others may write it too.
    """

    name: str
    form: str
    lang: str
    relation: Kinship
    weight: float
    source: str
    note: str


@cache
def groups(path: str | Path = "names/cognates.tsv") -> Mapping[str, tuple[CognateRow, ...]]:
    """Return every name with its forms, both in code point order.

    A `str` is a table of this package, a `Path` any file.

    Raises TableError, `file:line: what`, for whatever breaks a rule.

    >>> nicholas = {row.form for row in groups()["nicholas"]}
    >>> nicholas >= {"Mykola", "Николай", "Mikołaj", "نقولا", "Kolya"}
    True
    """
    found: dict[str, list[CognateRow]] = {}
    for number, (name, form, lang, relation, weight, source, note) in enumerate(
        read_table(path, _COLUMNS), start=2
    ):
        own = found.setdefault(name, [])
        kinship, share = _kinship(relation), _share(weight)
        complaint = _complaint(name, form, lang, source, own)
        if kinship is None:
            complaint = f"relation {relation!r}; there are {', '.join(get_args(Kinship))}"
        if share is None:
            complaint = f"weight {weight!r}; a share above 0 and at most 1 is expected"
        if kinship is None or share is None or complaint:
            raise TableError(f"{path}:{number}: {complaint}")
        own.append(CognateRow(name, form, lang, kinship, share, source, note))
    return MappingProxyType({name: tuple(rows) for name, rows in found.items()})


def _kinship(relation: str) -> Kinship | None:
    return next((known for known in get_args(Kinship) if known == relation), None)


def _share(weight: str) -> float | None:
    try:
        share = float(weight)
    except ValueError:
        return None
    return share if 0 < share <= 1 else None


def _complaint(name: str, form: str, lang: str, source: str, own: list[CognateRow]) -> str:
    """What is wrong with a row beside its numbers, empty if nothing is."""
    if not _NAME.fullmatch(name):
        return f"name {name!r}; a group's key is lower case, a to z and hyphens"
    if not form:
        return f"{name} has a row without a form; write one or remove it"
    if not _LANG.fullmatch(lang):
        return f"lang {lang!r}; an ISO 639-3 code has three letters, as eng"
    if not source:
        return f"{form} has no source; say where it is from, as editor"
    if own and own[-1].form == form:
        return f"{form} is in {name} twice; keep one of its rows"
    return ""
