"""What a distinct word is, wherever it stands: its form, its case, what may begin with it."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from resolve.documents.common import common_classes
from resolve.matching.form import Form
from resolve.matching.phrases import Phrases, extended, word_key
from resolve.matching.translations import concept
from resolve.model.lexicon import Lexicon
from resolve.names.fold import fold
from resolve.names.particles import classes_of
from resolve.names.titles import abbreviations, begins_title, nationality, title_key

__all__ = ["GIVEN", "STEM", "Case", "Word"]

STEM: Final = 3
"""Letters that a proclitic must leave."""
GIVEN: Final = 3.0
"""Times that a word without capitals is attested as a name, to begin one."""
_AFTER_ARTICLE: Final = 4
_OPENING: Final = frozenset({"article", "kunya", "nasab", "servant"})
_CASED: Final = frozenset({"Latn", "Cyrl", "Grek", "Armn"})


class Case(IntEnum):
    """How a word is written. Scripts without case have none."""

    NONE = 0
    LOWER = 1
    TITLE = 2  # also McCain
    UPPER = 3  # two letters or more


class Word:
    """What a distinct word is, wherever it stands."""

    __slots__ = (
        "abbreviates",
        "article",
        "attested",
        "bare",
        "begins",
        "case",
        "classes",
        "common",
        "concepts",
        "ends",
        "form",
        "generic",
        "heard",
        "idle",
        "key",
        "kinds",
        "loud",
        "nation",
        "number",
        "phrase",
        "proclitics",
        "script",
        "strange",
        "text",
        "title",
    )

    def __init__(
        self,
        text: str,
        script: str,
        lexicon: Lexicon,
        phrases: Phrases,
        languages: frozenset[str],
    ) -> None:
        self.text = text
        form, alphabet = fold(text, script)
        self.form, self.script = form, alphabet
        self.number = text[:1].isdecimal()
        self.case = _case(text, script)
        self.loud = self.case >= Case.TITLE  # written with a capital
        self.key = key = word_key(text, script)
        self.classes = classes_of(form, alphabet)
        self.common = common_classes(text, form, alphabet, languages)
        self.title = title_key(text)
        self.nation = nationality(self.title)  # whose an adjective of nationality is, else ""
        self.begins = begins_title(self.title)
        self.abbreviates = self.title in abbreviations()
        # The form without an Arabic article, and whether one is written onto it.
        self.article = alphabet == "Arab" and form.startswith("ال") and len(form) > _AFTER_ARTICLE
        self.bare = bare = form[2:] if self.article else form
        self.attested = lexicon.count(form, alphabet)
        if self.article:
            self.attested += lexicon.count(bare, alphabet)
        self.concepts = concept(Form(bare, alphabet))
        self.generic = bool(self.concepts)
        self.phrase = bool(key) and phrases.first(key)
        # What the gazetteer's names are that it is all of, as bits of `Phrase`.
        self.kinds = phrases.kinds(extended(0, key) ^ self.article) if self.phrase else 0
        self.ends = bool(key) and phrases.last(key)
        self.heard: bool | None = None  # whether it sounds like a name of the gazetteer, if asked
        self.read_with(())

    def read_with(self, proclitics: tuple[tuple[int, Word], ...]) -> None:
        """Take what else it is: so many letters of it, and the word that is left without them."""
        self.proclitics = proclitics
        self.strange = self._strange()  # nothing is known of it, in a script without capitals
        self.idle = self._idle()

    def _strange(self) -> bool:
        known = self.attested or self.common or self.generic or self.begins or self.article
        if known or self.number or self.case is not Case.NONE or len(self.form) < STEM:
            return False
        return not any(p.common or p.generic or p.begins or p.phrase for _, p in self.proclitics)

    def _idle(self) -> bool:
        """Whether neither a name nor a title begins with it, but for its sound."""
        if self.number and self.case is Case.NONE:
            return not self.phrase
        if self.loud or self.phrase or not self.classes.isdisjoint(_OPENING):
            return False
        if self.case is not Case.NONE:
            return True
        return not any(
            word.phrase
            or word.begins
            or word.generic
            or word.ends
            or word.attested >= GIVEN
            or not word.classes.isdisjoint(_OPENING)
            for word in (self, *(part for _, part in self.proclitics))
        )


def _case(text: str, script: str) -> Case:
    if script not in _CASED:
        return Case.NONE
    if not text[:1].isupper():
        return Case.LOWER
    return Case.UPPER if len(text) > 1 and text.isupper() else Case.TITLE
