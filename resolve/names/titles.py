"""Titles, ranks and offices in a name, set aside: they speak of the bearer, but don't name him.

What is a title stands in `tables/titles`, a table a language: its type, the rank that it means in
any language (`lieutenant general` for Korgeneral and الفريق), and whether it stands before or
after the name. A nationality (`nationalities.tsv`) or a word such as "former" and "the"
(`modifiers.tsv`) beside a title goes with it. A comma or a bracket opens a place where titles
may stand again: `Dbeibah, Prime Minister`, `Haddad, Lt. Gen. Mohamed`.

Words that are names as well (Sheikh, King, Paşa) are titles only at the head or the end of a
name that keeps two words without them; and a name never loses its last word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Literal, cast, get_args

import msgspec

from resolve.errors import TableError
from resolve.names.fold import fold
from resolve.names.particles import classes_of
from resolve.tables import read_table
from resolve.types import Token

__all__ = [
    "LANGUAGES",
    "TitleMatch",
    "TitleType",
    "abbreviations",
    "begins_title",
    "military_ranks",
    "nationality",
    "set_aside",
    "sure_titles",
    "title_at",
    "title_key",
    "title_words",
]

TitleType = Literal["military", "office", "honour", "religious", "academic", "family"]
"""What kind of title it is. Family: Mr, Mrs, Bey, Hanım."""

LANGUAGES = ("eng", "ara", "fas", "tur", "fra")
"""The languages with a table of titles. Where two share a word, the first one's row counts."""

NAME_WORDS = 2
"""Words that a name must keep for a word that may be a name itself to be its title."""

MOST_INSIDE = 2
"""Phrases that may stand inside a title: an article and a nationality."""

WORD_LENGTH = 3
"""Letters of a word that counts for that: an article or an initial doesn't."""


class TitleMatch(msgspec.Struct, frozen=True):
    """A title as it is written, where (code points into the mention), and what it means."""

    text: str
    start: int
    end: int
    type: TitleType
    rank: str  # the English title that it stands for: "lieutenant general", "prime minister"


class _Title(msgspec.Struct, frozen=True):
    type: TitleType
    rank: str
    position: str
    name: bool


class _Node:
    """A node of a tree of phrases: what ends here, and the words that may follow.

    What follows is sorted by its words when it is first asked for: few titles ever are.
    """

    __slots__ = ("_below", "_words", "title")

    def __init__(self) -> None:
        self.title: _Title | None = None
        self._below: list[tuple[Sequence[str], _Title]] = []
        self._words: dict[str, _Node] | None = None

    def plant(self, words: Sequence[str], title: _Title) -> None:
        """Add a phrase whose words, from here on, these are; the first one of each counts."""
        if words:
            self._below.append((words, title))
        else:
            self.title = self.title or title

    @property
    def words(self) -> dict[str, _Node]:
        """The nodes of the words that may follow, by their keys."""
        if self._words is None:
            found: dict[str, _Node] = {}
            for words, title in self._below:
                found.setdefault(title_key(words[0]), _Node()).plant(words[1:], title)
            self._words = found  # whole: other threads may be asking
        return self._words


class _Found(msgspec.Struct, frozen=True):
    first: int
    end: int
    title: _Title


class _Phrases(msgspec.Struct, frozen=True):
    titles: _Node
    before: _Node
    after: _Node


def set_aside(tokens: Sequence[Token]) -> tuple[tuple[TitleMatch, ...], tuple[Token, ...]]:
    """Return the titles among `tokens` and the tokens that are left, both in their order.

    Every token is in one of the two. Of what is nothing but titles, the last stays.

    >>> from resolve.names.tokens import tokenize
    >>> from resolve.names.unicode import clean
    >>> titles, rest = set_aside(tokenize(clean("Turkish Defense Minister Gen. Yaşar Güler")))
    >>> [(title.text, title.rank) for title in titles]
    [('Turkish Defense Minister', 'defence minister'), ('Gen.', 'general')]
    >>> [token.text for token in rest]
    ['Yaşar', 'Güler']
    """
    keys = [title_key(token.text) for token in tokens]
    phrases = _phrases()
    if phrases.titles.words.keys().isdisjoint(keys):
        return (), tuple(tokens)
    found = _find(tokens, keys, _breaks(tokens), phrases)
    found = _keep_names(tokens, found)
    taken = {index for match in found for index in range(match.first, match.end)}
    rest = tuple([token for index, token in enumerate(tokens) if index not in taken])
    return tuple([_title_match(tokens, match) for match in found]), rest


def title_at(tokens: Sequence[Token], first: int) -> TitleMatch | None:
    """Return the longest title that begins at a word of running text, None if none does.

    >>> from resolve.names.tokens import tokenize
    >>> from resolve.names.unicode import clean
    >>> title_at(tokenize(clean("by the Turkish Defense Minister in Ankara")), 1).rank
    'defence minister'
    """
    keys = [title_key(token.text) for token in tokens]
    match = _match(_breaks(tokens), keys, first, True, _phrases())
    return None if match is None else _title_match(tokens, match)


def title_words(keys: Sequence[str]) -> int:
    """Return how many words the longest title has that words of these keys begin with; 0 if none.

    Nothing stands between them that a title doesn't go on after.

    >>> title_words(["turkish", "defense", "minister", "in", "ankara"])
    3
    """
    match = _match([False] * len(keys), keys, 0, True, _phrases())
    return 0 if match is None else match.end


@lru_cache(maxsize=1 << 16)
def begins_title(key: str) -> bool:
    """Return whether a title, or what may stand before one, can begin with a word of this key."""
    phrases = _phrases()
    return key in phrases.titles.words or key in phrases.before.words


@lru_cache(maxsize=1 << 16)
def nationality(key: str) -> str:
    """Return the country, ISO 3166-1 alpha-2, of an adjective of nationality; "" for others.

    >>> nationality(title_key("Türk")), nationality(title_key("الليبي")), nationality("general")
    ('TR', 'LY', '')
    """
    return _nationalities().get(key, "")


@cache
def _nationalities() -> dict[str, str]:
    columns = ("adjective", "lang", "country", "position", "source", "note")
    rows = read_table("titles/nationalities.tsv", columns)
    return {title_key(row[0]): row[2] for row in rows if " " not in row[0]}


@cache
def abbreviations() -> frozenset[str]:
    """Return the keys of titles that are cut short with a dot: Gen., Dr., Lt. Col."""
    found = [word for title in _rows() for word in title[0].split() if word.endswith(".")]
    parts = (part for word in found for part in word.replace("-", ".").split(".") if part)
    return frozenset(map(title_key, parts))


@cache
def sure_titles() -> frozenset[str]:
    """Return the keys of titles of one word that are no names as well."""
    sure = (row[0].removesuffix(".") for row in _rows() if row[5] == "no")
    return frozenset(title_key(title) for title in sure if not {" ", "-", "."} & {*title})


@cache
def military_ranks() -> frozenset[str]:
    """Return the ranks that soldiers alone have."""
    return frozenset(row[3] for row in _rows() if row[2] == "military")


def _find(
    tokens: Sequence[Token], keys: list[str], breaks: Sequence[bool], phrases: _Phrases
) -> list[_Found]:
    """All that could be titles, by their words and their place."""
    found: list[_Found] = []
    named = False  # a word of the name has been seen
    opened = True  # a title may stand here
    index = 0
    while index < len(tokens):
        opened = opened or breaks[index]
        match = _match(breaks, keys, index, named, phrases)
        if match and _fits(breaks, match, opened, named):
            found.append(match)
            index = match.end
        else:
            named, opened = True, False
            index += 1
    return found


def _fits(breaks: Sequence[bool], match: _Found, opened: bool, named: bool) -> bool:
    """Whether a title may stand where it was found."""
    title = match.title
    if opened and title.position != "after":
        return not (title.name and named)
    return _ends(breaks, match.end) and named and title.position != "before"


def _keep_names(tokens: Sequence[Token], found: list[_Found]) -> list[_Found]:
    """The titles that leave a name: at least one word, two beside those that may be names."""
    taken = {index for match in found for index in range(match.first, match.end)}
    words = sum(
        len(token.text) >= WORD_LENGTH and not _goes_on(tokens, index)
        for index, token in enumerate(tokens)
        if index not in taken
    )
    if words < NAME_WORDS:
        found = [match for match in found if not match.title.name]
    if found and sum(match.end - match.first for match in found) == len(tokens):
        found = found[:-1]
    return found


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether a hyphen joins a word to the part before it: Abd Al-Basir, Nasser El-Din.

    Behind an article of its own it is a part of its own: Hassan Al-Baghdadi.
    """
    if not index or tokens[index].separator != "-":
        return False
    article = len(tokens[index - 1].text) < WORD_LENGTH
    if not article or index == 1 or "din" in _classes(tokens[index]):
        return True
    return "servant" in _classes(tokens[index - 2])


def _classes(token: Token) -> frozenset[str]:
    return classes_of(*fold(token.text, token.script))


def _match(
    breaks: Sequence[bool], keys: Sequence[str], first: int, named: bool, phrases: _Phrases
) -> _Found | None:
    """The longest title that begins at `first`, with what goes with it on either side.

    After a rank a nationality may be the name itself: the only word of العقيد المصري stays.
    """
    index, inside = first, (phrases.after, phrases.before)
    while (step := _walk(breaks, keys, index, phrases.titles, inside)) is None:
        beside = _walk(breaks, keys, index, phrases.before)
        if beside is None or _ends(breaks, beside[0]):
            return None
        index = beside[0]
    end, title = step
    if title.type in ("office", "military"):
        while not _ends(breaks, end) and (step := _walk(breaks, keys, end, phrases.after)):
            if step[0] == len(keys) and not named:
                break
            end = step[0]
    return _Found(first, end, title)


def _walk(
    breaks: Sequence[bool],
    keys: Sequence[str],
    first: int,
    node: _Node,
    skip: tuple[_Node, ...] = (),
) -> tuple[int, _Title] | None:
    """Where the longest phrase of a tree that begins at `first` ends, and what it is.

    A few phrases of `skip` may stand inside: `ministre (libyen) de la Défense`,
    `Chief of (the) (Turkish) General Staff`.
    """
    best: tuple[int, _Title] | None = None
    index, left = first, MOST_INSIDE if skip else 0
    while index < len(keys) and (index == first or not breaks[index]):
        following = node.words.get(keys[index])
        if following is not None:
            node = following
            index += 1
            if node.title is not None:
                best = index, node.title
            continue
        inside = None
        if left and index > first:
            steps = (_walk(breaks, keys, index, each) for each in skip)
            inside = next((step for step in steps if step is not None), None)
        if inside is None:
            break
        index, left = inside[0], left - 1
    return best


def _breaks(tokens: Sequence[Token]) -> list[bool]:
    """Before which words a phrase can't go on: after a comma, at a bracket."""
    return [token.separator in _BREAKS for token in tokens]


def _ends(breaks: Sequence[bool], index: int) -> bool:
    """Whether a phrase can't go on here."""
    return index == len(breaks) or breaks[index]


def _title_match(tokens: Sequence[Token], match: _Found) -> TitleMatch:
    """The title as it is written, the dot of an abbreviation included."""
    parts = tokens[match.first : match.end]
    text, end = "", parts[0].start
    for token in parts:
        gap = "" if token is parts[0] else token.separator.strip()
        text += gap + " " * (bool(text) and token.start - end - len(gap) > 0) + token.text
        end = token.end
    if match.end < len(tokens) and tokens[match.end].separator == ".":
        text, end = text + ".", end + 1
    return TitleMatch(text, parts[0].start, end, match.title.type, match.title.rank)


@lru_cache(maxsize=1 << 16)
def title_key(word: str) -> str:
    """Return a word without case, accents, harakat and hamza: by it titles are found."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.casefold()).translate(_VARIANTS)
    return "".join([letter for letter in letters if not unicodedata.combining(letter)])


@cache
def _phrases() -> _Phrases:
    """The tables as trees of words."""
    titles, before, after = _Node(), _Node(), _Node()
    for lang in LANGUAGES:
        for phrase, _, type_, rank, position, name, _, _ in read_table(
            f"titles/{lang}.tsv", _COLUMNS
        ):
            if (type_, position, name) not in _ALLOWED:
                raise TableError(
                    f"titles/{lang}.tsv: {phrase!r}: type {type_!r}, position {position!r} or name "
                    f"{name!r} is none of {', '.join(_TYPES)}; {', '.join(_POSITIONS)}; yes, no"
                )
            title = _Title(cast(TitleType, type_), rank, position, name == "yes")
            titles.plant(_words(phrase.replace(".", " ")), title)
    mark = _Title("office", "", "both", False)
    for phrase, _, _, position, _, _ in read_table(
        "titles/nationalities.tsv", ("adjective", "lang", "country", "position", "source", "note")
    ):
        (before if position == "before" else after).plant(_words(phrase), mark)
    for phrase, _, position, _, _ in read_table(
        "titles/modifiers.tsv", ("modifier", "lang", "position", "source", "note")
    ):
        (before if position == "before" else after).plant(_words(phrase), mark)
    return _Phrases(titles, before, after)


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    return tuple(row for lang in LANGUAGES for row in read_table(f"titles/{lang}.tsv", _COLUMNS))


def _words(phrase: str) -> list[str]:
    """The words of a phrase, those that a hyphen joins each for itself."""
    if "-" not in phrase:
        return phrase.split()
    return [part for word in phrase.split() for part in word.split("-")]


_COLUMNS = ("title", "lang", "type", "rank", "position", "name", "source", "note")
_TYPES = get_args(TitleType)
_POSITIONS = ("before", "after", "both")
_ALLOWED = frozenset(product(_TYPES, _POSITIONS, ("yes", "no")))
_BREAKS = frozenset('(),/"–')
# Bakani, الخارجيه, دکتر with an Arabic kaf, رئیس‌جمهور with or without a joiner: written either way.
_VARIANTS = str.maketrans({"ı": "i", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "\u200c": None})
