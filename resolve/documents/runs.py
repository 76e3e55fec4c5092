"""Runs: stretches of words that may name an actor, each with the ways to cut it.

A run comes from the gazetteer (a sequence of words that is one of its names) or from the shape of
names: capitals, titles, the parts that names are made of. Which cut stands, and whether it names
anybody, is decided by the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from resolve.documents.words import Case, Gap, Word, Words
from resolve.matching.phrases import MOST_WORDS, Phrase, Phrases, extended
from resolve.names.roles import having_role
from resolve.names.titles import TitleMatch, title_at, title_words
from resolve.types import Kind

__all__ = ["Cut", "Match", "Run", "Titled", "matches_at", "title_from"]

_TITLE_WORDS: Final = 12  # words that a title is looked for in
_OF: Final = having_role("office")
_LOWER_WORDS: Final = 3  # telling words of a name that is known without capitals


class Match(NamedTuple):
    """A sequence of words that is a name of the gazetteer."""

    first: int
    end: int
    kinds: int  # bits of `Phrase`


class Titled(NamedTuple):
    """A title in a text: its words, and what it is."""

    first: int
    end: int
    title: TitleMatch


class Cut(NamedTuple):
    """Words of a run that may be the name.

    Of its first word `skip` code points are written onto the name; `head` is what is left then,
    as it is written when nothing stands before it: القوات for the لقوات of للقوات.
    """

    first: int
    end: int
    exact: bool  # a name of the gazetteer, word for word
    skip: int = 0
    head: str = ""

    def start(self, words: Words) -> int:
        """Where it begins in the text."""
        return words.start[self.first] + self.skip

    def stop(self, words: Words) -> int:
        """Where it ends in the text."""
        return words.end[self.end - 1]

    def name(self, words: Words) -> str:
        """The name that it writes."""
        if not self.skip:
            return words.text[self.start(words) : self.stop(words)]
        return self.head + words.text[words.end[self.first] : self.stop(words)]


@dataclass(slots=True)
class Run:
    """A stretch of words that may name an actor: the widest cut first.

    A run without a cut is a title, with a name beside it or without.
    """

    cuts: list[Cut]
    shape: Kind | None = None  # what it looks like
    firm: bool = False  # a name by its shape, though nobody knows it
    faint: bool = False  # only like names in its sound: nothing unless it links
    weak: bool = False  # a common word, too: a name only if something else says so
    title: Titled | None = None
    kinds: int = 0  # of the names that its exact cuts are
    recognised: bool = False  # found by a recogniser


def matches_at(
    words: Words, first: int, phrases: Phrases, begin: Word | None = None
) -> list[Match]:
    """Return the names of the gazetteer that begin at a word, the longest first.

    `begin` stands for the first word, if that is to be read without its proclitic.
    """
    every, gaps = words.word, words.gap
    word = begin or every[first]
    if not word.phrase and not _article(words, first):
        return []
    found: list[Match] = []
    number = count = 0
    lower = loud = plain = begun = silent = False
    for k in range(first, min(first + 2 * MOST_WORDS, len(every))):
        if k > first:
            if gaps[k] > Gap.DOT:
                break
            word = every[k]
        if not word.key:
            silent = silent or word.form not in _OF
            continue
        number, count = extended(number, word.key), count + 1
        if count == 2 and not phrases.begun(number):
            break
        small = word.case is Case.LOWER
        lower = lower or small
        people = word.nation and word.case is Case.TITLE
        plain = plain or word.number or (word.loud and not people)
        if count == 1:
            begun = not small
            kinds = word.kinds
            if word.loud:
                known = phrases.kinds(number) if word.article else kinds
                loud = word.case is Case.UPPER or (word.generic and not people and not known)
        else:
            kinds = phrases.kinds(number)
        whole = begun or not silent  # a university in Benghazi isn't the University of Benghazi
        if kinds and whole and _written(word, kinds, count, lower, plain, loud):
            found.append(Match(first, k + 1, kinds))
        if count == MOST_WORDS:
            break
    return found[::-1]


def _written(
    word: Word, kinds: int, count: int, lower: bool, capital: bool, institution: bool
) -> bool:
    """Whether words are written as a name is: with capitals, an acronym with nothing else.

    Small letters are a name's if a capital is among them, or many words agree; of a by-name, if
    it begins with an institution's capital: Chambre des représentants.
    """
    if word.case is Case.NONE or (word.number and not lower):
        return True
    if count == 1 and kinds & Phrase.ACRONYM and not kinds & Phrase.PLAIN:
        return word.case is Case.UPPER
    if not lower or institution:
        return True
    return bool(kinds & Phrase.PLAIN) and (capital or count >= _LOWER_WORDS)


def _article(words: Words, k: int) -> bool:
    """Whether a word is the Al- of the next."""
    if "article" not in words.word[k].classes:
        return False
    return k + 1 < len(words) and words.gap[k + 1] is Gap.HYPHEN


def title_from(words: Words, first: int, begin: Word | None = None) -> Titled | None:
    """Return the longest title that begins at a word, None if none does."""
    word = begin or words.word[first]
    if not word.begins:
        return None
    every, gaps = words.word, words.gap
    end = min(first + _TITLE_WORDS, len(every))
    keys = [word.title]
    for k in range(first + 1, end):
        if gaps[k] >= Gap.PAUSE:
            end = k
            break
        keys.append(every[k].title)
    if not title_words(keys):
        return None
    tokens = words.tokens(first, end)
    if begin is not None:
        own = tokens[0]
        tokens[0] = type(own)(begin.text, own.start, own.end, own.script, own.separator)
    title = title_at(tokens, 0)
    if title is None:
        return None
    last = first + sum(token.start < title.end for token in tokens)
    return Titled(first, last, title)
