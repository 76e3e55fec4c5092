"""What a distinct word is, wherever it stands: its form, its case, what may begin with it."""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property
from typing import Final

from resolve.documents.common import common_classes
from resolve.matching.form import Form
from resolve.matching.phrases import Phrases, word_key
from resolve.matching.translations import concept
from resolve.model.lexicon import Lexicon
from resolve.names.fold import fold
from resolve.names.particles import classes_of
from resolve.names.titles import abbreviations, begins_title, title_key

__all__ = ["STEM", "Case", "Word"]

STEM: Final = 3
"""Letters that a proclitic must leave."""
_AFTER_ARTICLE: Final = 4
_CASED: Final = frozenset({"Latn", "Cyrl", "Grek", "Armn"})


class Case(IntEnum):
    """How a word is written. Scripts without case have none."""

    NONE = 0
    LOWER = 1
    TITLE = 2  # also McCain
    UPPER = 3  # two letters or more


class Word:
    """What a distinct word is, wherever it stands."""

    def __init__(
        self,
        text: str,
        script: str,
        lexicon: Lexicon,
        phrases: Phrases,
        languages: frozenset[str],
    ) -> None:
        self.text = text
        self.form, self.script = fold(text, script)
        self.number = text[:1].isdecimal()
        self.case = _case(text, script)
        self.key = word_key(text, script)
        self.classes = classes_of(self.form, self.script)
        self.common = common_classes(text, self.form, self.script, languages)
        self.title = title_key(text)
        self.begins = begins_title(self.title)
        self.abbreviates = self.title in abbreviations()
        bare = self.bare
        self.attested = lexicon.count(self.form, self.script) + (
            lexicon.count(bare, self.script) if bare != self.form else 0.0
        )
        self.generic = bool(concept(Form(bare, self.script)))
        self.phrase = bool(self.key) and phrases.first(self.key)
        self.ends = bool(self.key) and phrases.last(self.key)
        self.heard: bool | None = None  # whether it sounds like a name of the gazetteer, if asked
        self.proclitics: tuple[tuple[int, Word], ...] = ()

    @property
    def bare(self) -> str:
        """The form without an Arabic article."""
        if self.script == "Arab" and self.form.startswith("ال") and len(self.form) > _AFTER_ARTICLE:
            return self.form[2:]
        return self.form

    @cached_property
    def strange(self) -> bool:
        """Whether nothing is known of it, in a script without capitals."""
        known = self.attested or self.common or self.generic or self.begins
        if known or self.number or len(self.form) < STEM or self.article:
            return False
        return not any(p.common or p.generic or p.begins or p.phrase for _, p in self.proclitics)

    @property
    def article(self) -> bool:
        """Whether an Arabic article is written onto it."""
        return self.bare != self.form

    @property
    def loud(self) -> bool:
        """Whether it is written with a capital."""
        return self.case >= Case.TITLE


def _case(text: str, script: str) -> Case:
    if script not in _CASED:
        return Case.NONE
    if not text[:1].isupper():
        return Case.LOWER
    return Case.UPPER if len(text) > 1 and text.isupper() else Case.TITLE
