"""Words that are no names, as `tables/common` has them: function words, verbs, months, labels.

A word may be several of these, in several languages; `NAME` says that it is a name too.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from resolve.names.fold import fold
from resolve.tables import read_table

__all__ = ["LANGUAGES", "NAME", "common_classes", "elisions", "suffixes"]

LANGUAGES: Final = ("ara", "deu", "eng", "fra", "ita", "spa", "tur")
NAME: Final = "name"
_NAME_NOTE: Final = "a name too"
_NONE: Final[frozenset[str]] = frozenset()


def common_classes(form: str, script: str) -> frozenset[str]:
    """Return what a word commonly is: function, verb, noun, time, label; also name. Else nothing.

    >>> "time" in common_classes("sunday", "Latn"), common_classes("haftar", "Latn")
    (True, frozenset())
    """
    return _common().get((form, script), _NONE)


@cache
def suffixes() -> frozenset[str]:
    """Return what may follow a name's apostrophe: 's, the Turkish 'yle."""
    rows = read_table("common/suffixes.tsv", ("suffix", "lang", "source", "note"))
    return frozenset(row[0].lstrip("'") for row in rows) | {""}


@cache
def elisions() -> frozenset[str]:
    """Return what may stand before a name's apostrophe: l', dell'."""
    rows = read_table("common/elisions.tsv", ("elision", "lang", "source", "note"))
    return frozenset(row[0] for row in rows)


@cache
def _common() -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for lang in LANGUAGES:
        for word, class_, _, note in read_table(
            f"common/{lang}.tsv", ("word", "class", "source", "note")
        ):
            own = found.setdefault(fold(word), set())
            own.add(class_)
            if note == _NAME_NOTE:  # not "a name too, in capitals": that is the gazetteer's to say
                own.add(NAME)
    return {key: frozenset(classes) for key, classes in found.items()}
