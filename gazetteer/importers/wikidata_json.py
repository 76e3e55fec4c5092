"""An item of Wikidata as its JSON has it: the parts that tell of names, and nothing else.

The form is Wikibase's, https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html. What
isn't named here is skipped unread. Empty maps are written `[]` in older dumps.
"""

from __future__ import annotations

from typing import Any, Final, Generic, TypeAlias, TypeVar

import msgspec

__all__ = [
    "BROKEN",
    "Claims",
    "Document",
    "Head",
    "HeadClaims",
    "Item",
    "ItemValue",
    "Statement",
    "Statements",
    "Text",
    "held",
    "values",
]

BROKEN: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises where the bytes are no JSON of this form."""

T = TypeVar("T")
_Empty: TypeAlias = tuple[()]


class ItemValue(msgspec.Struct, frozen=True, gc=False):
    """Another item as a value. Dumps before 2017 give its number only."""

    id: str = ""
    number: int = msgspec.field(name="numeric-id", default=0)

    @property
    def qid(self) -> str:
        """The item's QID."""
        return self.id or f"Q{self.number}"


class Text(msgspec.Struct, frozen=True, gc=False):
    """A text and the code of its language, which is Wikidata's own."""

    text: str
    language: str


class _Value(msgspec.Struct, Generic[T], frozen=True, gc=False):
    value: T


class _Snak(msgspec.Struct, Generic[T], frozen=True, gc=False):
    datavalue: _Value[T] | None = None


class _Qualifiers(msgspec.Struct, frozen=True, gc=False):
    end: msgspec.Raw = msgspec.field(name="P582", default=msgspec.Raw())


class Statement(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """What is said of an item: a value, which may be unknown, and its rank."""

    mainsnak: _Snak[T]
    rank: str = "normal"
    qualifiers: _Qualifiers | _Empty = ()

    @property
    def value(self) -> T | None:
        """The value; None where it is unknown or there is none."""
        return self.mainsnak.datavalue.value if self.mainsnak.datavalue else None

    @property
    def ended(self) -> bool:
        """Whether it has an end (P582), known or unknown."""
        return isinstance(self.qualifiers, _Qualifiers) and bool(bytes(self.qualifiers.end))


Statements: TypeAlias = list[Statement[T]]


class HeadClaims(msgspec.Struct, frozen=True, gc=False):
    """What is said of an item's class and country."""

    classes: Statements[ItemValue] = msgspec.field(name="P31", default_factory=list)
    citizenship: Statements[ItemValue] = msgspec.field(name="P27", default_factory=list)
    country: Statements[ItemValue] = msgspec.field(name="P17", default_factory=list)
    iso: Statements[str] = msgspec.field(name="P297", default_factory=list)


class Head(msgspec.Struct, frozen=True, gc=False):
    """What an item is and where it belongs: enough to leave most of a dump aside."""

    id: str
    type: str = "item"
    claims: HeadClaims | _Empty = ()


class Claims(msgspec.Struct, frozen=True, gc=False):
    """What is said of an item's names and positions."""

    native_name: Statements[Text] = msgspec.field(name="P1559", default_factory=list)
    native_label: Statements[Text] = msgspec.field(name="P1705", default_factory=list)
    official_name: Statements[Text] = msgspec.field(name="P1448", default_factory=list)
    birth_name: Statements[Text] = msgspec.field(name="P1477", default_factory=list)
    short_name: Statements[Text] = msgspec.field(name="P1813", default_factory=list)
    nickname: Statements[Text] = msgspec.field(name="P1449", default_factory=list)
    pseudonym: Statements[str] = msgspec.field(name="P742", default_factory=list)
    positions: Statements[ItemValue] = msgspec.field(name="P39", default_factory=list)


class _Term(msgspec.Struct, frozen=True, gc=False):
    value: str


class Item(msgspec.Struct, frozen=True, gc=False):
    """What an item is called, in which languages, and what is said of its names."""

    id: str
    labels: dict[str, _Term] | _Empty = ()
    aliases: dict[str, list[_Term]] | _Empty = ()
    descriptions: dict[str, _Term] | _Empty = ()
    sitelinks: dict[str, msgspec.Raw] | _Empty = ()
    claims: Claims | _Empty = ()


class Document(msgspec.Struct, frozen=True, gc=False):
    """What Special:EntityData and wbgetentities answer: items by the id that was asked for."""

    entities: dict[str, msgspec.Raw] | _Empty


def held(statements: Statements[Any]) -> Statements[Any]:
    """The statements that hold now: not deprecated, of the best rank, and not ended if some aren't.

    >>> said = [Statement(_Snak(_Value("GNA")), "preferred"), Statement(_Snak(_Value("GNC")))]
    >>> values(held(said)), values(said)
    (['GNA'], ['GNA', 'GNC'])
    """
    known = [s for s in statements if s.rank != "deprecated" and s.value is not None]
    best = [s for s in known if s.rank == "preferred"] or known
    return [s for s in best if not s.ended] or best


def values(statements: Statements[T]) -> list[T]:
    """The known values of the statements that aren't deprecated, in their order."""
    return [s.value for s in statements if s.rank != "deprecated" and s.value is not None]
