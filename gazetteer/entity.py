"""An actor of the gazetteer and its names, as frozen values.

An empty string stands for what is not known, as an empty field does in the files. Languages are
ISO 639-3 codes (`und` where not known), scripts ISO 15924, countries ISO 3166-1 alpha-2.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

import msgspec

__all__ = ["KINDS", "NAME_KINDS", "Entity", "EntityName", "Kind", "NameKind", "Redirect"]

Kind = Literal["person", "organization", "place"]
"""What an actor is. A place acts in the news as its government does."""

NameKind = Literal["primary", "alias", "weak", "former", "misspelling", "acronym"]
"""What a name is to its actor. `weak` can mean many: a kunya, a nickname, a bare epithet."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
NAME_KINDS: Final[tuple[NameKind, ...]] = get_args(NameKind)


class EntityName(msgspec.Struct, frozen=True, gc=False):
    """One name of an actor. An actor has at most one primary name a language."""

    text: str
    lang: str = "und"
    script: str = "Zyyy"
    kind: NameKind = "alias"
    source: str = ""
    note: str = ""


class Entity(msgspec.Struct, frozen=True):
    """An actor: who it is, and every name that it goes by (at least one).

    `prominence` says how often the news means this actor, on a scale of 1 to 1000: 1000 a head
    of state who is in it daily, 100 a minister, 10 a minor figure, 1 where nothing is known.
    """

    id: str
    names: tuple[EntityName, ...]
    kind: Kind = "person"
    country: str = ""
    prominence: int = 1
    wikidata: str = ""
    description: str = ""
    source: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """The canonical name: the primary one in English, else the first primary, else the first.

        >>> Entity("yasar-guler", (EntityName("Yaşar Güler", "tur", "Latn", "primary"),)).name
        'Yaşar Güler'
        """
        primary = None
        for name in self.names:
            if name.kind == "primary":
                if name.lang == "eng":
                    return name.text
                primary = primary or name
        return (primary or self.names[0]).text


class Redirect(msgspec.Struct, frozen=True, gc=False):
    """An id that is no longer an actor's own, and the id that took its place."""

    id: str
    target: str
    source: str = ""
    note: str = ""
