"""A stretch of capitals, taken apart: titles, names of the gazetteer, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from resolve.documents.common import NAME
from resolve.documents.gaps import Gap
from resolve.documents.runs import Cut, Match, Run, Titled, matches_at, title_from
from resolve.documents.shapes import (
    CONNECTORS,
    PREFIXES,
    Held,
    begins_sentence,
    proper,
    runs_of,
    small,
)
from resolve.documents.word import Case
from resolve.documents.words import Words
from resolve.matching.phrases import Phrase, Phrases

__all__ = ["Zone", "joins"]

_INSIDE: Final = frozenset({"nasab", "kunya", "servant", "particle", "din", "nasab after"})
_STOPS: Final = frozenset({"function", "verb", "time", "label"})
_ALWAYS: Final = frozenset({"function", "time"})  # stop inside a sentence, too
_TITLE: Final = 8  # words before a name in which a title in small letters is looked for
_PAST: Final = 3  # small words that a title may have after the last capital


def joins(words: Words, k: int) -> bool:
    """Return whether a small word may stand inside a name: bin, of; `at` in at-Tamimi alone."""
    word = words.word[k]
    if word.form in CONNECTORS or word.form in PREFIXES or word.classes & _INSIDE:
        return True
    hyphen = k + 1 < len(words) and words.gap[k + 1] is Gap.HYPHEN
    return "article" in word.classes and hyphen


class Zone:
    """A stretch of capitalised words with what may stand inside a name."""

    __slots__ = ("_held", "_title", "end", "first", "headline", "phrases", "words")

    def __init__(
        self, words: Words, phrases: Phrases, first: int, end: int, headline: bool
    ) -> None:
        self.words, self.phrases = words, phrases
        self.first, self.end, self.headline = first, end, headline
        self._held: list[Held] = []
        self._title: Titled | None = None

    def runs(self) -> Iterator[Run]:
        """Yield the runs of the zone, in their order."""
        self._title = self._title_before()
        k = self.first
        if self._title is not None and self._title.end > k:
            k = self._title.end
            yield Run([], title=self._title)
            yield from self._inside(self._title)
        while k < self.end:
            found = matches_at(self.words, k, self.phrases)
            titled = self._title_at(k) if self.words.word[k].begins else None
            longest = found[0].end if found else k
            if titled is not None and longest < titled.end <= self.end + _PAST:
                yield from self._ended()
                yield Run([], title=titled)
                yield from self._inside(titled)
                self._title, k = titled, titled.end
            elif found:
                yield from self._matched(found[0])
                k = longest
            else:
                stops = self._stops(k) or self._after_person(k)
                if not stops:
                    self._held.append(Held(k, k + 1))
                if stops or self._suffixed(k):
                    yield from self._ended()
                k += 1
        yield from self._ended()

    def _ended(self) -> Iterator[Run]:
        """The runs of what is held; the title that stands before them is theirs."""
        held, title = self._held, self._title
        self._held, self._title = [], None
        return runs_of(self.words, held, title, self.headline)

    def _matched(self, match: Match) -> Iterator[Run]:
        """What a name of the gazetteer ends, and is held with."""
        held = self._held
        shaped = bool(held) and not any(each.match for each in held)
        if shaped and self._before_place(match):
            yield from self._ended()
        telling = sum(bool(word.key) for word in self.words.word[match.first : match.end])
        institution = not match.kinds & Phrase.PERSON and telling > 1
        if institution and shaped:
            words = self.words.word
            self._held = [h for h in self._held if not words[h.first].nation]
        self._held.append(Held(match.first, match.end, match))
        after = match.end
        if after < self.end and ((institution and self._named(after)) or self._ends_before(after)):
            yield from self._ended()

    def _before_place(self, match: Match) -> bool:
        """Whether a known surname stands before a place: Sisi Bingazi'ye gitti."""
        last = self.words.word[self._held[-1].first]
        place = match.kinds & Phrase.PLACE and not match.kinds & Phrase.PERSON
        return bool(place) and last.loud and last.ends

    def _title_at(self, k: int) -> Titled | None:
        """The title that begins at a word; of an institution its words are no title."""
        titled = title_from(self.words, k)
        if titled is None:
            return None
        first = titled.first
        while first < titled.end - 1 and "function" in self.words.word[first].common:
            first += 1  # The General
        if any(found.end > titled.end for found in matches_at(self.words, first, self.phrases)):
            return None
        if titled.end - first > 1 or titled.end >= self.end:
            return titled
        after = self.words.word[titled.end]
        close = self.words.gap[titled.end] is Gap.SPACE and after.loud
        return None if close and not proper(after) and not after.begins else titled

    def _title_before(self) -> Titled | None:
        """The title that begins with small letters and ends in the zone: `minister of Defense`."""
        words, first = self.words, self.first
        small_before = first and words.word[first - 1].case is Case.LOWER
        if not small_before or words.gap[first] > Gap.PAUSE:
            return None
        for k in range(first - 1, max(first - _TITLE, -1), -1):
            word = words.word[k]
            titled = title_from(words, k) if word.begins else None
            small_word = "function" in word.common  # and Libya's Prime Minister
            if titled is not None and (titled.end == first or not small_word):
                return titled if first <= titled.end < self.end else None
            if words.gap[k] >= Gap.PAUSE:
                break
        return None

    def _inside(self, titled: Titled) -> Iterator[Run]:
        """The actors that a title names: the UN of UN Secretary-General."""
        k = titled.first
        while k < titled.end:
            found = [m for m in matches_at(self.words, k, self.phrases) if m.end <= titled.end]
            if found and _telling(found[0].kinds):
                yield Run([Cut(k, found[0].end, True)], kinds=found[0].kinds)
            k = found[0].end if found else k + 1

    def _ends_before(self, k: int) -> bool:
        """Whether a name of the gazetteer ends here: before a small word, after a suffix."""
        word = self.words.word[k]
        within = word.classes & (_INSIDE - {"particle"})
        return self._suffixed(k - 1) or not (word.loud or word.number or within)

    def _suffixed(self, k: int) -> bool:
        """Whether a word has a suffix after an apostrophe, which ends a name."""
        return bool(self.words.clitic.get(k, ("", ""))[1])

    def _stops(self, k: int) -> bool:
        """Whether a word ends a name: a common one, a month, an English verb."""
        word = self.words.word[k]
        if not word.loud:
            return self._score(k) if word.number else not joins(self.words, k)
        if small(self.words, k, self.end) or self._initial(k) or self._within(k):
            return False
        starts = begins_sentence(self.words, k)
        if not word.common & (_STOPS if self.headline or starts else _ALWAYS):
            return False
        if word.common & {"label", "time"}:
            return True
        if NAME not in word.common:
            return True
        return starts and not (k + 1 < self.end and self._named(k + 1))

    def _after_person(self, k: int) -> bool:
        """Whether a small word stands after a person's name: J. T. Okonjo of Lagos."""
        word = self.words.word[k]
        if word.loud or word.form not in CONNECTORS:
            return False
        within = "particle" in word.classes and word.form != "of"
        return not within and not _institutional(self.words, self._held)

    def _within(self, k: int) -> bool:
        """Whether a particle stands inside a name: Jean-Yves Le Drian."""
        particle = self._held and "particle" in self.words.word[k].classes
        return bool(particle) and k + 1 < self.end and self.words.word[k + 1].loud

    def _score(self, k: int) -> bool:
        """Whether a number is joined to another: Al-Ahli 2-1 Al-Nasr."""
        words, gap = self.words.word, self.words.gap
        before = k > 0 and words[k - 1].number and gap[k] is Gap.HYPHEN
        return before or (k + 1 < len(words) and words[k + 1].number and gap[k + 1] is Gap.HYPHEN)

    def _initial(self, k: int) -> bool:
        """Whether a word is an initial: the J. of J. T. Okonjo."""
        dotted = k + 1 < self.end and self.words.gap[k + 1] is Gap.DOT
        return dotted and len(self.words.word[k].text) == 1

    def _named(self, k: int) -> bool:
        """Whether a word is attested as a name, and nothing else."""
        word = self.words.word[k]
        return word.loud and word.attested > 0 and not word.common


def _telling(kinds: int) -> bool:
    """Whether names are a place's, or an institution's that aren't mere by-names."""
    institution = kinds & Phrase.ORGANIZATION and kinds & (Phrase.PLAIN | Phrase.ACRONYM)
    return bool(kinds & Phrase.PLACE or institution)


def _institutional(words: Words, held: Sequence[Held]) -> bool:
    """Whether what is held has a word of institutions, or a name of the gazetteer."""
    return any(each.match or not proper(words.word[each.first]) for each in held)
