"""What each form of OFAC's lists says of a listed party, before any of it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from gazetteer.entity import Kind, NameKind
from gazetteer.importers.source import Source

__all__ = ["KINDS", "Party", "kind_of_name"]

KINDS: Final[Mapping[str, Kind]] = {
    "individual": "person",
    "entity": "organization",
    "": "organization",
}
"""The types that are actors; in the CSV entities have none. Vessels and aircraft are not."""

NAME_KINDS: Final[Mapping[str, NameKind]] = {"fka": "former", "nka": "alias", "aka": "alias"}
"""Formerly, now and also known as."""


@dataclass
class Party:
    """An entry; `names` have kind and note, countries are named in English."""

    source: Source
    line: int
    id: str
    type: str
    names: list[tuple[str, NameKind, str]] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    title: str = ""
    remarks: list[str] = field(default_factory=list)


def kind_of_name(type: str, weak: bool = False) -> NameKind:
    """The kind of a name of OFAC's `type`; a weak one is weak, whatever its type.

    >>> kind_of_name("f.k.a."), kind_of_name("A.K.A.", weak=True), kind_of_name("nka")
    ('former', 'weak', 'alias')
    """
    return "weak" if weak else NAME_KINDS.get(type.replace(".", "").strip().lower(), "alias")
