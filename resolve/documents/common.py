"""Words that are no names, as `tables/common` has them: function words, verbs, months, labels.

A word may be several of these, in several languages; `NAME` says that it is a name too.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from resolve.names.fold import fold
from resolve.tables import read_table

__all__ = ["LANGUAGES", "NAME", "common_classes"]

LANGUAGES: Final = ("ara", "deu", "eng", "fra", "ita", "spa", "tur")
NAME: Final = "name"
_NAME_NOTE: Final = "a name too"
_NONE: Final[frozenset[str]] = frozenset()


def common_classes(text: str, form: str, script: str) -> frozenset[str]:
    """Return what a word commonly is: function, verb, noun, time, label; also name. Else nothing.

    `form` and `script` are what the word is folded to. على (on) isn't علي (Ali).

    >>> "time" in common_classes("Sunday", "sunday", "Latn")
    True
    >>> common_classes("علي", "علي", "Arab")
    frozenset()
    """
    return _common().get(_key(text, form, script), _NONE)


@cache
def _common() -> dict[tuple[str, str, bool], frozenset[str]]:
    found: dict[tuple[str, str, bool], set[str]] = {}
    for lang in LANGUAGES:
        for word, class_, _, note in read_table(
            f"common/{lang}.tsv", ("word", "class", "source", "note")
        ):
            own = found.setdefault(_key(word, *fold(word)), set())
            own.add(class_)
            if note == _NAME_NOTE:  # not "a name too, in capitals": that is the gazetteer's to say
                own.add(NAME)
    return {key: frozenset(classes) for key, classes in found.items()}


def _key(text: str, form: str, script: str) -> tuple[str, str, bool]:
    return form, script, text.endswith("ى")
