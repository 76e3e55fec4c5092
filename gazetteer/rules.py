"""What a row of each table obeys by itself, and the remedy where it doesn't.

What rows owe to each other, an id that means one actor, is checked in `gazetteer.validation`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from gazetteer.entity import KINDS, NAME_KINDS
from gazetteer.ids import is_foreign_id
from gazetteer.script import LETTERS

__all__ = ["PROMINENCE", "entity_flaws", "fact_flaw", "name_flaws", "redirect_flaws"]

PROMINENCE: Final = range(1, 1001)

_NUMBER = re.compile(r"[0-9]{1,4}")

FACTS: Final[Mapping[str, tuple[Callable[[str], object], str]]] = {
    "country": (
        re.compile(r"(?:[A-Z]{2})?").fullmatch,
        "two letters as in ISO 3166-1, such as LY; or empty",
    ),
    "prominence": (
        lambda value: _NUMBER.fullmatch(value) and int(value) in PROMINENCE,
        f"a whole number from {PROMINENCE[0]} to {PROMINENCE[-1]}",
    ),
    "wikidata": (
        re.compile(r"(?:Q[1-9][0-9]*)?").fullmatch,
        "Q and a number, such as Q1016; or empty",
    ),
}
"""Whether a value has the form of its fact, and the remedy where it hasn't."""

_LANG = re.compile(r"[a-z]{3}")
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")
_NO_SOURCE = "source is empty (say where the row is from; `editor` for what you know yourself)"


def entity_flaws(fields: list[str]) -> Iterator[str]:
    """What is wrong with a row of the entities, each with its remedy."""
    id, kind, country, prominence, wikidata, _, source, _ = fields
    if not is_foreign_id(id):
        yield _bad_id(id)
    if kind not in KINDS:
        yield f"kind {kind!r} (one of {', '.join(KINDS)})"
    for fact, value in (("country", country), ("prominence", prominence), ("wikidata", wikidata)):
        if what := fact_flaw(fact, value):
            yield what
    if not source:
        yield _NO_SOURCE


def fact_flaw(fact: str, value: str) -> str | None:
    """What is wrong with the value of a fact, with the remedy; None where nothing is.

    >>> fact_flaw("country", "LY"), fact_flaw("country", "Libya")
    (None, "country 'Libya' (two letters as in ISO 3166-1, such as LY; or empty)")
    """
    is_formed, remedy = FACTS[fact]
    return None if is_formed(value) else f"{fact} {value!r} ({remedy})"


def name_flaws(fields: list[str]) -> Iterator[str]:
    """What is wrong with a row of the names, each with its remedy."""
    _, text, lang, script, kind, source, _ = fields
    if not text:
        yield "the name is empty (write it, or remove the row)"
    if not _LANG.fullmatch(lang):
        yield f"lang {lang!r} (three letters as in ISO 639-3, such as ara; und if not known)"
    if not _SCRIPT.fullmatch(script):
        yield f"script {script!r} (four letters as in ISO 15924, such as Arab)"
    elif (letters := LETTERS.get(script)) and not letters.search(text):
        yield f"script {script!r}, but no letter of {text!r} is in it (correct one of the two)"
    if kind not in NAME_KINDS:
        yield f"kind of name {kind!r} (one of {', '.join(NAME_KINDS)})"
    if not source:
        yield _NO_SOURCE


def redirect_flaws(fields: list[str]) -> Iterator[str]:
    """What is wrong with a row of the redirects by itself, each with its remedy."""
    id, _, source, _ = fields
    if not is_foreign_id(id):
        yield _bad_id(id)
    if not source:
        yield _NO_SOURCE


def _bad_id(id: str) -> str:
    return f"id {id!r} (ASCII letters and digits, single hyphens between: khalifa-haftar)"
