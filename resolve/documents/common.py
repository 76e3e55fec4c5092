"""Words that are no names, as `tables/common` has them: function words, verbs, months, labels.

A word may be several of these, in several languages; `NAME` says that it is a name too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Final

from resolve.names.fold import fold
from resolve.tables import read_table

__all__ = [
    "LANGUAGES",
    "NAME",
    "common_classes",
    "common_phrase",
    "endings",
    "languages_of",
]

LANGUAGES: Final = ("ara", "deu", "eng", "fas", "fra", "ita", "spa", "tur")
NAME: Final = "name"
_NAME_NOTE: Final = "a name too"
_SHARE: Final = 0.4  # of the small words of the commonest language that another one has
_NONE: Final[frozenset[str]] = frozenset()


def common_classes(text: str, form: str, script: str, languages: frozenset[str]) -> frozenset[str]:
    """Return what a word commonly is in some languages; nothing for most words.

    Function, verb, noun, time, label; also speech (a verb of it) and name. `form` and `script`
    are what the word is folded to. Akar is a verb in Turkish alone; على (on) isn't علي (Ali).

    >>> common_classes("Akar", "akar", "Latn", frozenset({"eng"}))
    frozenset()
    >>> common_classes("علي", "علي", "Arab", frozenset({"ara"}))
    frozenset()
    """
    own = _common().get(_key(text, form, script))
    if own is None:
        return _NONE
    return frozenset(class_ for lang, class_ in own if lang in languages)


def languages_of(chunks: Iterable[str]) -> frozenset[str]:
    """Return the languages that a text's small words are of: all that we know, if it has none.

    >>> sorted(languages_of("he said that they were with the men who had left".split()))
    ['eng']
    """
    counts: dict[str, int] = {}
    small = _small_words()
    own = Counter(chunks)
    for chunk in own.keys() & small.keys():
        for lang in small[chunk]:
            counts[lang] = counts.get(lang, 0) + own[chunk]
    most = max(counts.values(), default=0)
    return frozenset(k for k, n in counts.items() if n >= _SHARE * most) or frozenset(LANGUAGES)


def common_phrase(first: str, second: str) -> bool:
    """Return whether two words are a common phrase: القوة القاهرة, no Cairo.

    >>> common_phrase("القوة", "القاهرة")
    True
    """
    return f"{first} {second}" in _phrases()


@cache
def endings(class_: str) -> tuple[str, ...]:
    """Return how words end that are `inflected`, or definite `adjective`s, in Arabic.

    >>> endings("adjective")
    ('ي', 'ين', 'يه')
    """
    rows = read_table("common/endings.tsv", ("ending", "class", "lang", "source", "note"))
    return tuple(ending for ending, own, *_ in rows if own == class_)


@cache
def _phrases() -> frozenset[str]:
    return frozenset(row[0] for lang in LANGUAGES for row in _table(lang) if " " in row[0])


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    """The function words, as they are written in a text, with their languages."""
    found: dict[str, tuple[str, ...]] = {}
    for lang in LANGUAGES:
        for word, class_, *_ in _table(lang):
            if class_ == "function":
                found[word] = (*found.get(word, ()), lang)
    return found


@cache
def _common() -> dict[tuple[str, str, bool], frozenset[tuple[str, str]]]:
    found: dict[tuple[str, str, bool], set[tuple[str, str]]] = {}
    for lang in LANGUAGES:
        for word, class_, _, note in _table(lang):
            own = found.setdefault(_key(word, *fold(word)), set())
            own.add((lang, class_))
            if note == _NAME_NOTE:  # not "a name too, in capitals": that is the gazetteer's to say
                own.add((lang, NAME))
    return {key: frozenset(classes) for key, classes in found.items()}


def _table(lang: str) -> tuple[tuple[str, ...], ...]:
    return read_table(f"common/{lang}.tsv", ("word", "class", "source", "note"))


def _key(text: str, form: str, script: str) -> tuple[str, str, bool]:
    return form, script, text.endswith("ى")
