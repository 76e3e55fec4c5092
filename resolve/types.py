"""The vocabulary of the pipeline: what one stage hands to the next.

Every value is frozen; nothing upstream is lost. A `Mention` is read into a `Name`, a `Name`
finds `Candidate`s, each carries its `Evidence` in bits, and a `Decision` is drawn from them.
Mentions without an actor (NIL) are gathered into `Cluster`s. A `Document` is running text with
its mentions, each a `Span`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple

import msgspec

__all__ = [
    "Candidate",
    "Cluster",
    "Decision",
    "Document",
    "Evidence",
    "Kind",
    "Mention",
    "Name",
    "Outcome",
    "Part",
    "PartType",
    "Relation",
    "Repeat",
    "Settings",
    "Span",
    "Term",
    "Text",
    "Token",
]

Kind = Literal["person", "organization", "place"]
"""What an actor is. A place acts in the news as its government does."""


class Outcome(StrEnum):
    """LINK: this actor. REVIEW: a name alone can't decide. NIL: an actor that we don't know."""

    LINK = "LINK"
    REVIEW = "REVIEW"
    NIL = "NIL"


class PartType(StrEnum):
    """What a token is in its name, in the standard onomastic terms."""

    GIVEN = "given"  # ism
    NASAB = "nasab"  # bin, ibn, bint, ould + the name that follows
    KUNYA = "kunya"  # Abu, Umm + the name that follows
    LAQAB = "laqab"  # -al-Din, Sayf al-Islam
    NISBA = "nisba"  # al-Tikriti
    MIDDLE = "middle"
    FAMILY = "family"
    INITIAL = "initial"
    WORD = "word"  # of an organization or place


class Relation(StrEnum):
    """How a term of the evidence came about."""

    AGREES = "agrees"  # both are written and speak for one actor
    SLIP = "slip"  # both are written, too unlike to agree and too like to contradict
    CROSSED = "crossed"  # one's given name is a later name of the other: father and son?
    CONTRADICTS = "contradicts"  # both are written and speak against it
    OMITTED = "omitted"  # written on one side only: unknown, not contradicted
    ORDER = "order"  # the parts stand in another order
    FAMILY_ONLY = "family only"  # what two relatives would share as well
    NOTE = "note"
    CONTEXT = "context"  # what the document says beside the name


class Mention(msgspec.Struct, frozen=True):
    """A name as it was written, and where. The text is never altered."""

    text: str
    source: str | None = None  # file or document
    start: int | None = None  # code points into the source
    line: int | None = None  # counted from 1


class Token(msgspec.Struct, frozen=True):
    """A word of a name. `start` and `end` are code points into the mention's own text."""

    text: str
    start: int
    end: int
    script: str  # ISO 15924
    separator: str = " "  # what stood before it: "" for the first, " ", "-", ",", "("


class Part(msgspec.Struct, frozen=True):
    """One or more tokens that carry one meaning: `Abdul Hamid`, `al-Din`, `bin Rashid`.

    `form` is what the evidence compares: letters only, without case, marks and article.
    `forms` holds further readings with the bits that each costs (`nasr` for `abunasr`).
    """

    form: str
    script: str
    type: PartType
    text: str
    start: int
    end: int
    article: bool = False
    forms: tuple[tuple[str, float], ...] = ()


class Name(msgspec.Struct, frozen=True):
    """A mention, read: clean text, tokens, titles set aside, and parts in their order."""

    mention: Mention
    text: str
    script: str  # of most letters, ISO 15924; "Zyyy" where there are none
    tokens: tuple[Token, ...]
    titles: tuple[str, ...]
    parts: tuple[Part, ...]  # read as a person's name
    words: tuple[Part, ...]  # read as an organization's or a place's name


class Term(msgspec.Struct, frozen=True):
    """One term of the evidence. `bits` is log2 of a likelihood ratio; terms add up."""

    relation: Relation
    bits: float
    left: str | None = None
    right: str | None = None
    part: str | None = None  # given, family, middle, word ...
    note: str = ""


class Evidence(msgspec.Struct, frozen=True):
    """What two names say about being one actor's: `bits` = log2 P(pair|same)/P(pair|different).

    `bits` is the sum of the terms' bits, but for what is too small to be told (below .05).
    `probability` is calibrated: that of two names out of a list of 512.
    """

    left: str
    right: str
    bits: float
    probability: float
    terms: tuple[Term, ...]


class Candidate(msgspec.Struct, frozen=True):
    """An actor that the mention may mean; the probabilities of all and of NIL add up to one."""

    id: str
    name: str  # canonical name
    kind: Kind
    matched: str  # the gazetteer's name that agrees best
    bits: float  # of the evidence, before the prior
    probability: float
    terms: tuple[Term, ...]
    weak: bool = False  # what agrees is a name that alone is too weak to tell: a nickname, a kunya


class Decision(msgspec.Struct, frozen=True):
    """What a mention means, how sure that is, and why.

    LINK: `id`, `name`, `kind` are the actor's. REVIEW: they are the most likely actor's, for a
    person to confirm. NIL: they are None; `cluster` holds the provisional id that the variants
    of one unknown name share. `probability` is that of the decision's actor, or of NIL.
    """

    mention: Mention
    outcome: Outcome
    id: str | None
    name: str | None
    kind: Kind | None
    probability: float
    bits: float | None
    reason: str
    candidates: tuple[Candidate, ...]
    cluster: str | None = None


class Cluster(msgspec.Struct, frozen=True):
    """The variants of one actor that the gazetteer doesn't know, under a provisional id."""

    id: str
    name: str  # the most complete of its spellings
    members: tuple[int, ...]  # positions in the input, ascending


class Span(msgspec.Struct, frozen=True):
    """A mention in a document, and what it means there.

    `start` and `end` are code points into the document's text: those of the name, without its
    title and without what is written onto it. `decision` is drawn with what the document says
    beside the name; its mention holds the title, if there is one.
    """

    start: int
    end: int
    surface: str  # what stands there
    kind: Kind | None  # the actor's; without one, what the name looks like
    decision: Decision
    title: str = ""  # as written: Lieutenant General
    clitic: str = ""  # written onto the name: the و of وآكار, the 'yle of Dbeibe'yle
    found: str = "gazetteer"  # how: a name of the gazetteer, the shape of a name, a recogniser
    inside: tuple[tuple[int, int, str], ...] = ()  # start, end, id: actors named within it
    repeated: bool = False  # it stands in a passage that the document has had before


class Text(NamedTuple):
    """A text to be tagged, or a part of one that is too long to be held at once.

    `offset` says how many code points stand before this part; `last` that none follows.
    """

    id: str
    text: str
    offset: int = 0
    last: bool = True


class Repeat(NamedTuple):
    """A passage that stands earlier in its document, at `first`, word for word."""

    start: int
    end: int
    first: int


class Document(msgspec.Struct, frozen=True):
    """A text and its mentions, by their place; none overlaps another.

    A text that is too long to be held at once comes in parts, which are documents of one id:
    `offset` says how many code points stand before this part. All places are within the part.
    """

    id: str
    text: str
    spans: tuple[Span, ...]
    repeats: tuple[Repeat, ...] = ()
    offset: int = 0


class Settings(msgspec.Struct, frozen=True):
    """How decisions are drawn. `link` and `review` are probabilities, 0 < review <= link < 1."""

    link: float = 0.95
    review: float = 0.5
    top: int = 5  # candidates kept in a decision; 0 keeps the decision alone, for long lists
    kind: Kind | None = None  # consider actors of this kind only
