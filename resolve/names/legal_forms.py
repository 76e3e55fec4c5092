"""The legal form of a company in its name: LLC, ООО, GmbH, شركة, Anonim Şirketi.

It says what the company is, hardly ever which one: lists add and drop it at will, translate and
abbreviate it. So what stands in `tables/words/legal_forms.tsv` counts as one word, whatever its
language: `Limited Liability Company`, `OOO` and `ذ.م.م` are all the form `limited`. A short form
of one word is read only where forms stand, at the head or the end of a name: `SA` inside one is a
word. A word that says no more than that it is a company (Corporation, شركة) stays a word, which
may be translated, but says as little.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from resolve.names.fold import fold
from resolve.names.particles import classes_of
from resolve.tables import read_table

__all__ = ["LegalForm", "legal_forms", "says_company"]

_TABLE: Final = "words/legal_forms.tsv"
_COLUMNS: Final = ("form", "text", "source", "note")
_COMPANY: Final = "company"
_SHORT: Final = 5  # letters of a word that may be anything inside a name

Word = tuple[str, str]
"""A folded word and its alphabet."""


class LegalForm(NamedTuple):
    """A legal form among some words: `words[first:end]`."""

    first: int
    end: int
    form: str  # limited, stock, partnership ...


def says_company(word: Word) -> bool:
    """Return whether a word says that something is a company, and nothing else.

    >>> says_company(fold("Corporation")), says_company(fold("شركة")), says_company(fold("Oil"))
    (True, True, False)
    """
    return _known()[1].get((word,)) == _COMPANY


def legal_forms(words: Sequence[Word]) -> tuple[LegalForm, ...]:
    """Return the legal forms in a name, in their order; none in a name that has nothing else.

    `words` are folded, each with its alphabet.

    >>> [w.form for w in legal_forms([fold("Mada"), fold("General"), fold("Co"), fold("Ltd")])]
    ['limited']
    >>> legal_forms([fold("SA")])
    ()
    """
    firsts, known = _known()
    if firsts.isdisjoint(words):
        return ()
    found: list[LegalForm] = []
    place, least = 0, 0
    while place < len(words):
        match = _longest(words, place, known) if words[place] in firsts else None
        if match is None:
            place += 1
            continue
        long = match.end - match.first > 1 or len(words[place][0]) > _SHORT
        head = match.first == least and "article" not in classes_of(*words[place])  # as-Sarraj
        if long or head or _ends(words, match.end, known):
            found += [match] * (match.form != _COMPANY or match.end - match.first > 1)
            least = match.end if head else least
        place = match.end
    return tuple(found) if sum(f.end - f.first for f in found) < len(words) else ()


def _longest(
    words: Sequence[Word], place: int, known: dict[tuple[Word, ...], str]
) -> LegalForm | None:
    for end in range(min(len(words), place + _longest_form()), place, -1):
        form = known.get(tuple(words[place:end]))
        if form is not None:
            return LegalForm(place, end, form)
    return None


def _ends(words: Sequence[Word], place: int, known: dict[tuple[Word, ...], str]) -> bool:
    """Whether nothing but legal forms follows."""
    while place < len(words):
        match = _longest(words, place, known)
        if match is None:
            return False
        place = match.end
    return True


@cache
def _longest_form() -> int:
    return max(map(len, _known()[1]))


@cache
def _known() -> tuple[frozenset[Word], dict[tuple[Word, ...], str]]:
    """The words that a legal form may begin with, and all of them."""
    known: dict[tuple[Word, ...], str] = {}
    for form, text, *_ in read_table(_TABLE, _COLUMNS):
        words = tuple([fold(word) for word in text.split()])
        known.setdefault(words, form)
    return frozenset(words[0] for words in known), known
