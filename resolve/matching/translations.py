"""Which words of organizations and places mean the same? Ministry, وزارة, Bakanlığı, ministère.

Generic words are translated, not transliterated, and so are the states that own an institution
(`Turkish`, `of Türkiye`, التركية). The table `words/translations.tsv` groups them by concept.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from resolve.matching import glossary
from resolve.matching.form import Form
from resolve.names.fold import fold
from resolve.tables import read_table

__all__ = ["concept", "concepts", "save", "translations", "words_of"]

_SHIPPED: Final = "translations.tables"
_TABLE: Final = "words/translations.tsv"
_REMEMBERED: Final = 65_536  # words


def translations(left: Form, right: Form) -> float:
    """Return how likely two words are written for one concept; 0 if no concept has both.

    A word that may stand for several concepts stands for each of them equally often.

    >>> translations(("ministry", "Latn"), ("وزاره", "Arab")) > 0
    True
    """
    first, second = concept(left), concept(right)
    return len(first & second) / (len(first) * len(second)) if first and second else 0.0


@lru_cache(maxsize=_REMEMBERED)
def concept(form: Form) -> frozenset[str]:
    """Return the concepts that a word may stand for; none if it isn't in the table."""
    return frozenset(_glossary().groups(form))


@cache
def words_of(name: str) -> tuple[Form, ...]:
    """Return the words that may stand for a concept, in all languages.

    >>> ("bakanligi", "Latn") in words_of("ministry")
    True
    """
    return tuple(Form(*form) for form in _glossary().members(name))


@cache
def concepts() -> dict[tuple[str, str], frozenset[str]]:
    """Return every word of the table, folded and without its article, with its concepts."""
    found: dict[tuple[str, str], set[str]] = {}
    columns = ("concept", "lang", "word", "source", "note")
    for group, _, word, *_ in read_table(_TABLE, columns):
        form, script = fold(word)
        if script == "Arab" and form.startswith("ال") and len(form) > 4:
            form = form[2:]
        found.setdefault((form, script), set()).add(group)
    return {form: frozenset(groups) for form, groups in found.items()}


def save(folder: Path) -> None:
    """Write the table as it ships: see `resolve.shipped`."""
    glossary.save(folder, _SHIPPED, _TABLE, _weighed())


@cache
def _glossary() -> glossary.Glossary:
    return glossary.opened(_SHIPPED, _TABLE, _weighed)


def _weighed() -> glossary.Groups:
    return {form: dict.fromkeys(groups, 1.0) for form, groups in concepts().items()}
