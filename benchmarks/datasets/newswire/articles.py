"""Articles, so many bytes of them, with every name that was planted and where it stands.

An article is a dozen to thirty sentences of one language on some eight actors, who come again:
by their full name, or a person by the surname alone. About six words in a hundred begin a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, get_args

import msgspec

from benchmarks.datasets.coined.world import World
from benchmarks.datasets.newswire.casts import Cast, How, Member
from benchmarks.datasets.newswire.words import Words, capitalized, joined
from gazetteer import Gazetteer
from resolve.tables import read_table
from resolve.types import Kind

__all__ = ["SHARES", "Article", "Planted", "articles"]

SHARES: Final = {"eng": 0.5, "ara": 0.3, "tur": 0.2}
"""The languages and their shares of the bytes."""
_SENTENCES: Final = (12, 30)
_PARAGRAPH: Final = 3  # sentences
_NEW: Final = 0.5
"""Share of the names that are somebody new in the article, once it has named somebody."""
_ALONE: Final = 0.5  # of the persons who come again, those by the surname alone
_TEMPLATES: Final = Path(__file__).with_name("templates.tsv")
_SLOT: Final = re.compile(r"\{(\w+)(?:(')(\w+))?\}")
_LONGER: Final = {"ara": 0.7, "eng": 0.1, "tur": 0.72}
"""Share of the nouns that another one follows, so that names are no denser than in English."""


class Planted(msgspec.Struct, frozen=True):
    """A name in an article, without title and suffix: code points, whom it means, and how."""

    start: int
    end: int
    actor: str | None
    how: How


class Article(msgspec.Struct, frozen=True):
    """A text, and what it names."""

    id: str
    lang: str
    text: str
    planted: tuple[Planted, ...]


def articles(
    shipped: Gazetteer, world: World | None, size: float, seed: int = 1
) -> Iterator[Article]:
    """Yield articles of so many MB of UTF-8 in all; the same arguments give the same ones."""
    writers = {lang: _Writer(lang, shipped, world, seed) for lang in SHARES}
    written = dict.fromkeys(SHARES, 0)
    number = 0
    while sum(written.values()) < size * 1e6:
        lang = min(SHARES, key=lambda own: written[own] / SHARES[own])
        article = writers[lang].article(f"{lang}-{number:06}")
        written[lang] += len(article.text.encode()) + 1
        number += 1
        yield article


class _Writer:
    """Writes the articles of a language."""

    def __init__(self, lang: str, shipped: Gazetteer, world: World | None, seed: int) -> None:
        self._lang = lang
        self._random = Random(f"{lang} articles {seed}")
        self._words = Words(lang, seed)
        self._cast = Cast(lang, shipped, world, seed)
        self._templates = _templates()[lang]

    def article(self, id: str) -> Article:
        """Return one more article."""
        text, planted = _Text(), list[Planted]()
        there: dict[Kind, list[Member]] = {kind: [] for kind in get_args(Kind)}
        for k in range(self._random.randint(*_SENTENCES)):
            if k:
                text.add("\n\n" if k % _PARAGRAPH == 0 else " ")
            start = text.size
            for piece in self._random.choice(self._templates):
                if isinstance(piece, str):
                    text.add(capitalized(piece, self._lang) if text.size == start else piece)
                else:
                    self._fill(piece, text, there, planted, text.size == start)
        return Article(id, self._lang, text.whole, tuple(planted))

    def _fill(
        self,
        slot: tuple[str, str, str],
        text: _Text,
        there: dict[Kind, list[Member]],
        planted: list[Planted],
        first: bool,
    ) -> None:
        kind, mark, suffix = slot
        if kind == "title":
            return  # it goes with the person who follows
        if kind in ("person", "surname", "place", "organization"):
            own: Kind = "person" if kind == "surname" else kind  # type: ignore[assignment]
            member, alone = self._member(own, there, kind == "surname")
            written = member.surname if alone else member.name
            if own == "person" and member.title and not alone:
                text.add(member.title + " ")
            start = text.size
            text.add(joined(written, suffix, mark))
            how = "alone" if alone and member.how != "unknown" else member.how
            planted.append(Planted(start, start + len(written), member.actor, how))
            return
        word = joined(self._words.fill(kind), suffix, mark)
        text.add(capitalized(word, self._lang) if first else word)
        while kind == "noun" and self._random.random() < _LONGER[self._lang]:
            text.add(" " + self._words.fill(kind))

    def _member(
        self, kind: Kind, there: dict[Kind, list[Member]], again: bool
    ) -> tuple[Member, bool]:
        """Somebody, and whether by the surname alone, as only who was named before is."""
        before = there[kind]
        if before and (again or self._random.random() >= _NEW):
            member = self._random.choice(before[:-1] or before)
            before.remove(member)
            before.append(member)  # the last one isn't the next
            alone = kind == "person" and " " in member.name
            return member, alone and (again or self._random.random() < _ALONE)
        member = self._cast.draw(kind)
        before.append(member)
        return member, False


class _Text:
    """A text that grows, and how long it is."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.size = 0

    def add(self, piece: str) -> None:
        self._pieces.append(piece)
        self.size += len(piece)

    @property
    def whole(self) -> str:
        return "".join(self._pieces)


@cache
def _templates() -> dict[str, list[list[str | tuple[str, str, str]]]]:
    """The sentences of each language, as pieces: what stands there, and slots."""
    found: dict[str, list[list[str | tuple[str, str, str]]]] = {}
    for lang, template, *_ in read_table(_TEMPLATES, ("lang", "template", "source", "note")):
        pieces: list[str | tuple[str, str, str]] = []
        end = 0
        template = template.replace("{title} ", "")  # whoever has a title comes with it
        for slot in _SLOT.finditer(template):
            if slot.start() > end:
                pieces.append(template[end : slot.start()])
            pieces.append((slot[1], slot[2] or "", slot[3] or ""))
            end = slot.end()
        if end < len(template):
            pieces.append(template[end:])
        found.setdefault(lang, []).append(pieces)
    return found
