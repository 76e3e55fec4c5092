"""Which sequences of words are names of the gazetteer? Asked of running text, word by word.

A name is the sequence of its telling words: articles and function words say nothing. Every word
has a key, a sequence has a number made of its words' keys; the index keeps those numbers, so that
a name is found in a text without knowing where it begins. Numbers may collide: what is found is
proposed, and weighed as any other name is.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.names.clitics import bare
from resolve.names.fold import fold
from resolve.names.particles import classes_of
from resolve.names.script import NO_SCRIPT
from resolve.names.tokens import tokenize
from resolve.names.unicode import clean
from resolve.parallel import mapped
from resolve.types import Token

__all__ = ["MOST_WORDS", "Named", "Phrase", "Phrases", "extended", "word_key"]

MOST_WORDS: Final = 12
"""Telling words of a name that is looked for in texts; longer ones are found in part."""
_MIX: Final = 0x9E3779B97F4A7C15
_LIMIT: Final = (1 << 64) - 1
_SILENT: Final = frozenset({"article", "function"})
_AFTER_ARTICLE: Final = 4
_PIECE: Final = 20_000  # names that one process reads at a time


class Phrase:
    """What the names of one sequence of words are, as bits of a number."""

    PLAIN: Final = 1  # one of them is no acronym and no by-name
    ACRONYM: Final = 2
    PERSON: Final = 4
    ORGANIZATION: Final = 8
    PLACE: Final = 16


class Named(NamedTuple):
    """A name of the gazetteer, and what it is."""

    text: str
    kinds: int  # bits of `Phrase`


def word_key(text: str, script: str) -> int:
    """Return the key of a word, 0 for one that says nothing: an article, of, and.

    >>> word_key("the", "Latn"), word_key("الدبيبة", "Arab") == word_key("دبيبه", "Arab")
    (0, True)
    """
    return _word_key(text, script)


@lru_cache(maxsize=1 << 16)
def _word_key(text: str, script: str) -> int:
    digits = "".join(takewhile(str.isdecimal, text))
    form, script = (str(int(digits)), NO_SCRIPT) if digits else fold(text, script)
    classes = classes_of(form, script)
    if not form or (_SILENT & classes and "name" not in classes and not _acronym(text)):
        return 0
    if script == "Arab" and form.startswith("ال") and len(form) > _AFTER_ARTICLE:
        form = form[2:]
    return zlib.crc32(f"{script}{form}".encode()) or 1


def extended(number: int, key: int) -> int:
    """Return the number of a sequence with one word more; that of none is 0.

    One Arabic word with an article has the number + 1 (or - 1): الهند is India, هند a woman.
    """
    return ((number + key) * _MIX ^ (number >> 29)) & _LIMIT


class Phrases:
    """The names of a gazetteer as sequences of words. Immutable."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._numbers = _viewed(arrays["phrase/number"])
        self._kinds = _viewed(arrays["phrase/kinds"])
        self._begun = _viewed(arrays["phrase/begun"])
        self._first = _viewed(arrays["phrase/first"])
        self._last = _viewed(arrays["phrase/last"])

    @staticmethod
    def arrays_of(names: Sequence[Named], jobs: int = 1) -> dict[str, NDArray[Any]]:
        """Return what the names of a gazetteer are as sequences of words.

        `number` and `kinds` are those of whole names, `begun` the numbers of their first two
        words, `first` the keys that one can begin with, `last` those of persons' last words.
        """
        numbers: list[int] = []
        kinds: list[int] = []
        begun: set[int] = set()
        first: set[int] = set()
        last: set[int] = set()
        for keys, article, kind in _all_keys(names, jobs):
            number = 0
            for place, key in enumerate(keys):
                number = extended(number, key)
                if place == 1:
                    begun.add(number)
            numbers.append(number ^ article)
            kinds.append(kind)
            first.add(keys[0])
            if kind & Phrase.PERSON and len(keys) > 1:
                last.add(keys[-1])
        every, rows = np.unique(np.array(numbers, np.uint64), return_inverse=True)
        united = np.zeros(len(every), np.uint8)
        np.bitwise_or.at(united, rows, np.array(kinds, np.uint8))
        return {
            "phrase/number": every,
            "phrase/kinds": united,
            "phrase/begun": np.array(sorted(begun), np.uint64),
            "phrase/first": np.array(sorted(first), np.uint32),
            "phrase/last": np.array(sorted(last), np.uint32),
        }

    def kinds(self, number: int) -> int:
        """Return what the names of a sequence are; nothing where no name is one."""
        place = bisect_left(self._numbers, number)
        found = place < len(self._numbers) and self._numbers[place] == number
        return self._kinds[place] if found else 0

    def begun(self, number: int) -> bool:
        """Return whether a name begins with these two words and has more, or no more."""
        return _holds(self._begun, number)

    def first(self, key: int) -> bool:
        """Return whether a name can begin with a word."""
        return _holds(self._first, key)

    def last(self, key: int) -> bool:
        """Return whether a person's name ends with a word, and has others."""
        return _holds(self._last, key)


def _all_keys(names: Sequence[Named], jobs: int) -> Iterator[tuple[list[int], bool, int]]:
    pieces = (names[k : k + _PIECE] for k in range(0, len(names), _PIECE))
    for piece in mapped(_keys_of, pieces, jobs if len(names) > jobs * _PIECE else 1):
        yield from piece


def _keys_of(names: Sequence[Named]) -> list[tuple[list[int], bool, int]]:
    found = []
    for text, kinds in names:
        tokens = tokenize(clean(text))
        told = [(word_key(bare(t.text), t.script), t) for t in tokens]
        keys = [key for key, _ in told if key]
        if keys:
            article = len(keys) == 1 and next(_article(t) for key, t in told if key)
            found.append((keys[:MOST_WORDS], article, int(kinds)))
    return found


def _article(token: Token) -> bool:
    form = fold(token.text, token.script)[0]
    return token.script == "Arab" and form.startswith("ال") and len(form) > _AFTER_ARTICLE


def _acronym(text: str) -> bool:
    """Whether letters are written as an acronym's are: AL is no article."""
    return len(text) > 1 and text.isupper()


def _holds(values: memoryview[int], value: int) -> bool:
    place = bisect_left(values, value)
    return place < len(values) and values[place] == value


def _viewed(array: NDArray[Any]) -> memoryview[int]:
    view: memoryview[int] = array.astype(array.dtype.newbyteorder("="), copy=False).data
    return view
