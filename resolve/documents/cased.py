"""Runs in scripts with capitals: Latin, Cyrillic, Greek.

A zone is a stretch of capitalised words with what may stand inside a name (al-, bin, of, de). In
it titles and names of the gazetteer are found first; what is left beside them is shaped as a name
or as an institution, unless it is a common word, a month, a label. Where all words have capitals,
as in headlines, capitals say nothing, and only what the gazetteer knows is a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from resolve.documents.common import NAME
from resolve.documents.institutions import heads
from resolve.documents.runs import Cut, Match, Run, Titled, matches_at, title_from
from resolve.documents.words import Case, Gap, Word, Words
from resolve.matching.phrases import Phrase, Phrases
from resolve.names.titles import nationality
from resolve.types import Kind

__all__ = ["cased_runs"]

_INSIDE: Final = frozenset({"nasab", "kunya", "servant", "particle", "din", "nasab after"})
_ARTICLES: Final = frozenset({"al", "el", "ul"})  # as, at, en are words of their own
_CONNECTORS: Final = frozenset(
    {"of", "for", "de", "du", "des", "la", "le", "les", "the", "di", "da"}
)
_OPENING: Final = frozenset({"article", "nasab", "kunya"})
_STOPS: Final = frozenset({"function", "verb", "time", "label"})
_BY: Final = frozenset({"by", "par", "von", "di", "por"})
_MOST: Final = 24  # words of a zone
_OPENING_SIGNS: Final = frozenset(":\"'“”„«»‘—–-|/")
_WHERE: Final = frozenset({"in", "near", "at", "en", "dans", "nahe"})
_LEAST: Final = 3  # letters of an unknown name of one word
_ALWAYS: Final = frozenset({"function", "time"})
_MOST_PARTS: Final = 6  # of a person's name
_HEADLINE: Final = 0.7  # of the words that may have a capital, those that do
_HEADLINE_WORDS: Final = 5


def cased_runs(words: Words, phrases: Phrases) -> Iterator[Run]:
    """Yield the runs of the words that have case, in their order."""
    loud = _headlines(words)
    k, size = 0, len(words)
    while k < size:
        word = words.word[k]
        if word.case is Case.NONE:
            k += 1
        elif word.loud or _opens(words, k):
            end = _zone(words, k)
            yield from _Zone(words, phrases, k, end, words.sentence[k] in loud).runs()
            k = end
        else:
            found = matches_at(words, k, phrases) if word.phrase else []
            if found:
                yield Run([Cut(found[0].first, found[0].end, True)], kinds=found[0].kinds)
            k = found[0].end if found else k + 1


def _headlines(words: Words) -> frozenset[int]:
    """The sentences that are lines of their own, most of whose words have capitals."""
    found: set[int] = set()
    edges = [k for k, gap in enumerate(words.gap) if gap >= Gap.SENTENCE]
    for first, end in pairwise([*edges, len(words)]):
        alone = words.gap[first] >= Gap.LINE and (end == len(words) or words.gap[end] >= Gap.LINE)
        if not alone or words.text[words.end[end - 1] : words.end[end - 1] + 1] == ".":
            continue
        telling = [
            w
            for w in words.word[first:end]
            if w.loud or (w.case is Case.LOWER and "function" not in w.common)
        ]
        loud = sum(w.loud for w in telling)
        plain = any(w.common & {"verb", "noun"} and NAME not in w.common for w in telling)
        by_line = words.word[first].form in _BY
        if not plain or by_line:
            continue
        if len(telling) >= _HEADLINE_WORDS and loud >= _HEADLINE * len(telling):
            found.add(words.sentence[first])
    return frozenset(found)


def _opens(words: Words, k: int) -> bool:
    """Whether a small word begins a name: al-Namroush, bin Salman."""
    if k + 1 >= len(words) or not words.word[k].classes & _OPENING:
        return False
    following = words.word[k + 1]
    gap = words.gap[k + 1]
    if "article" in words.word[k].classes and gap is not Gap.HYPHEN:
        return False
    return following.loud and gap in (Gap.SPACE, Gap.HYPHEN)


def _zone(words: Words, first: int) -> int:
    """Where the stretch of capitals that begins at a word ends."""
    end, k = first + 1, first + 1
    while k < min(first + _MOST, len(words)) and words.gap[k] <= Gap.DOT:
        word = words.word[k]
        if word.loud or word.number:
            end = k + 1
        elif not _joins(words, k) or k - end >= 2:
            break
        k += 1
    while end - first > 1 and words.word[end - 1].number and words.gap[end - 1] is Gap.SPACE:
        end -= 1
    return end


def _joins(words: Words, k: int) -> bool:
    """Whether a small word may stand inside a name: bin, of; `at` in at-Tamimi alone."""
    word = words.word[k]
    if word.form in _CONNECTORS:
        return True
    if word.form in _ARTICLES or word.classes & _INSIDE:
        return True
    hyphen = k + 1 < len(words) and words.gap[k + 1] is Gap.HYPHEN
    return "article" in word.classes and hyphen


class _Zone:
    """A stretch of capitals, taken apart."""

    def __init__(
        self, words: Words, phrases: Phrases, first: int, end: int, headline: bool
    ) -> None:
        self.words, self.phrases = words, phrases
        self.first, self.end, self.headline = first, end, headline

    def runs(self) -> Iterator[Run]:
        """Yield the runs of the zone."""
        title: Titled | None = self._title_before()
        held: list[tuple[int, int, Match | None]] = []
        k = self.first
        while k < self.end:
            found = matches_at(self.words, k, self.phrases)
            titled = self._title(k)
            longest = found[0].end if found else k
            if titled is not None and titled.end > longest and titled.end <= self.end + 3:
                yield from self._run(held, title)
                yield Run([], title=titled)
                yield from self._inside(titled)
                held, title, k = [], titled, titled.end
                continue
            if found:
                if (
                    held
                    and not any(match for *_, match in held)
                    and self._before_place(held, found)
                ):
                    yield from self._run(held, title)
                    held, title = [], None
                telling = sum(bool(word.key) for word in self.words.word[k:longest])
                institution = not found[0].kinds & Phrase.PERSON and telling > 1
                if institution and held and not any(match for *_, match in held):
                    held = [h for h in held if not nationality(self.words.word[h[0]].title)]
                held.append((k, longest, found[0]))
                k = longest
                if k < self.end and ((institution and self._named(k)) or self._ends_before(k)):
                    yield from self._run(held, title)
                    held, title = [], None
                continue
            if self._stops(k) or self._parts_persons(k, held):
                yield from self._run(held, title)
                held, title = [], None
            else:
                held.append((k, k + 1, None))
                if self.words.clitic.get(k, ("", ""))[1]:
                    yield from self._run(held, title)
                    held, title = [], None
            k += 1
        yield from self._run(held, title)

    def _before_place(self, held: list[tuple[int, int, Match | None]], found: list[Match]) -> bool:
        """Whether a known surname stands before a place: Sisi Bingazi'ye gitti."""
        last = self.words.word[held[-1][0]]
        place = found[0].kinds & Phrase.PLACE and not found[0].kinds & Phrase.PERSON
        return bool(place) and last.loud and last.ends

    def _title(self, k: int) -> Titled | None:
        """The title that begins at a word; of an institution its words are no title."""
        titled = title_from(self.words, k)
        if titled is None or titled.end - titled.first > 1 or titled.end >= self.end:
            return titled
        after = self.words.word[titled.end]
        close = self.words.gap[titled.end] is Gap.SPACE and after.loud
        return None if close and not _proper(after) and not after.begins else titled

    def _ends_before(self, k: int) -> bool:
        """Whether a name of the gazetteer ends here: before a small word, after a suffix."""
        word = self.words.word[k]
        suffixed = bool(self.words.clitic.get(k - 1, ("", ""))[1])
        return suffixed or (
            not word.loud and not word.number and not word.classes & _INSIDE - {"particle"}
        )

    def _title_before(self) -> Titled | None:
        """The title in small letters that ends where the zone begins: `president`."""
        first = self.first
        if words_before := self.words.word[max(first - 8, 0) : first]:
            gap = self.words.gap[first]
            if gap > Gap.PAUSE or words_before[-1].case is not Case.LOWER:
                return None
            for k in range(first - 1, max(first - 8, -1), -1):
                titled = title_from(self.words, k)
                if titled is not None and titled.end == first:
                    return titled
                if self.words.gap[k] >= Gap.PAUSE:
                    break
        return None

    def _inside(self, titled: Titled) -> Iterator[Run]:
        """The actors that a title names: the UN of UN Secretary-General."""
        k = titled.first
        while k < titled.end:
            found = [m for m in matches_at(self.words, k, self.phrases) if m.end <= titled.end]
            if (found and found[0].kinds & Phrase.PLACE) or (
                found
                and found[0].kinds & Phrase.ORGANIZATION
                and found[0].kinds & (Phrase.PLAIN | Phrase.ACRONYM)
            ):
                yield Run([Cut(k, found[0].end, True)], kinds=found[0].kinds)
            k = found[0].end if found else k + 1

    def _stops(self, k: int) -> bool:
        """Whether a word ends a name: a common one, a month, an English verb."""
        word = self.words.word[k]
        if not word.loud:
            return not _joins(self.words, k) and not word.number
        if self._small(k) or self._initial(k):
            return False
        stops = _STOPS if self.headline or self._begins_sentence(k) else _ALWAYS
        if not word.common & stops:
            return False
        if word.common & {"label", "time"}:
            return True
        if NAME in word.common and not self._begins_sentence(k):
            return False
        return not (NAME in word.common and k + 1 < self.end and self._named(k + 1))

    def _tells(self, first: int, end: int, word: Word) -> bool:
        """Whether a capital inside a sentence is a name's: not a people's, not a part of a word."""
        people = word.title.rstrip("s"), word.title.removesuffix("es")
        if word.common or len(word.text) < _LEAST or any(map(nationality, people)):
            return False
        hyphens = self.words.gap[first] is Gap.HYPHEN or (
            end < len(self.words) and self.words.gap[end] is Gap.HYPHEN
        )
        return not hyphens and (word.case is Case.UPPER or word.text[1:].islower())

    def _told(self, first: int, word: Word) -> Kind | None:
        """What an unknown word is, if the word before it or its capitals tell."""
        if word.case is Case.UPPER:
            return "organization"
        before = self.words.word[first - 1] if first else None
        return "place" if before is not None and before.form in _WHERE else None

    def _parts_persons(self, k: int, held: list[tuple[int, int, Match | None]]) -> bool:
        """Whether a small word stands after a person's name: J. T. Okonjo of Lagos."""
        word = self.words.word[k]
        if word.loud or word.form not in _CONNECTORS or "particle" in word.classes - {"of"}:
            return word.form == "of" and not self._institution(held)
        return not self._institution(held)

    def _institution(self, held: list[tuple[int, int, Match | None]]) -> bool:
        return any(match or not _proper(self.words.word[first]) for first, _, match in held)

    def _initial(self, k: int) -> bool:
        """Whether a word is an initial: the J. of J. T. Okonjo."""
        dotted = k + 1 < self.end and self.words.gap[k + 1] is Gap.DOT
        return dotted and len(self.words.word[k].text) == 1

    def _small(self, k: int) -> bool:
        """Whether a word is the Al- or the Bin of the name that follows."""
        word = self.words.word[k]
        if k + 1 >= self.end or not self.words.word[k + 1].loud:
            return False
        if "article" in word.classes:
            hyphen = self.words.gap[k + 1] is Gap.HYPHEN
            return hyphen or (word.form in _ARTICLES and self.words.gap[k + 1] is Gap.SPACE)
        return bool(word.classes & {"nasab", "kunya", "servant"})

    def _named(self, k: int) -> bool:
        word = self.words.word[k]
        return word.loud and word.attested > 0 and not word.common

    def _begins_sentence(self, k: int) -> bool:
        """Whether a word may have its capital from its place: in a sentence, a quotation."""
        gap = self.words.gap[k]
        if gap is not Gap.PAUSE or not k:
            return gap >= Gap.PAUSE
        between = self.words.text[self.words.end[k - 1] : self.words.start[k]]
        return not _OPENING_SIGNS.isdisjoint(between)

    def _run(
        self, held: list[tuple[int, int, Match | None]], title: Titled | None
    ) -> Iterator[Run]:
        """The run of some words and names of the gazetteer that stand together."""
        held = _trimmed(self.words, held)
        if not held:
            return
        if all(match is not None for *_, match in held):
            for k, (first, end, match) in enumerate(held):
                kinds = match.kinds if match is not None else 0
                yield Run([Cut(first, end, True)], title=title if k == 0 else None, kinds=kinds)
            return
        for part in _apart(self.words, held):
            yield from self._shaped(part, title)
            title = None

    def _shaped(
        self, held: list[tuple[int, int, Match | None]], title: Titled | None
    ) -> Iterator[Run]:
        words = self.words
        first, end = held[0][0], held[-1][1]
        loud = [k for k in range(first, end) if words.word[k].loud and not self._small(k)]
        if len(loud) == 1:  # Juba alone is no word of institutions
            named = [words.word[k] for k in loud if not _plain(words.word[k])]
        else:
            named = [words.word[k] for k in loud if _proper(words.word[k])]
        generic = [words.word[k] for k in loud if words.word[k] not in named]
        exact = [Cut(a, b, True) for a, b, match in held if match is not None]
        cuts = [Cut(first, end, False)]
        start = self._begins_sentence(first) and held[0][2] is None
        doubtful = start and not (words.word[first].attested or words.word[first].ends)
        if len(held) > 1 and (doubtful or self.headline):
            rest = _trimmed(words, held[1:])
            if rest:
                cuts.append(Cut(rest[0][0], rest[-1][1], len(rest) == 1 and rest[0][2] is not None))
        cuts += [cut for cut in exact if cut not in cuts]
        shape: Kind | None
        if generic and title is None:
            shape = "organization"
            firm = (bool(named) or bool(exact)) and end - first > 1
        else:
            shape = "person"
            known = sum(w.attested > 0 or len(w.text) == 1 for w in named)
            firm = (1 < len(named) <= _MOST_PARTS and (known > 0 or not start)) or (
                title is not None and bool(named) and not generic
            )
        if not named and not exact and not _institution(words, first, end, generic):
            return
        lone = len(named) == 1 and not generic and title is None
        article = "article" in words.word[first].classes
        told = named[0].attested or named[0].ends or article if named else False
        faint = lone and not exact and start and not told
        weak = lone and bool(named[0].common)
        if lone and not exact and not start and self._tells(first, end, named[0]):
            firm, shape = True, self._told(first, named[0])
        yield Run(
            cuts,
            shape=shape,
            faint=faint,
            firm=firm and not self.headline,
            weak=weak or (self.headline and not exact and len(named) < 2),
            title=title,
        )


def _institution(words: Words, first: int, end: int, generic: list[Word]) -> bool:
    """Whether words of institutions are one's name: Ministry of Defense, not Defense Ministries."""
    connected = any(words.word[k].form in _CONNECTORS for k in range(first, end))
    owned = any(nationality(word.title) for word in generic)
    return len(generic) > 1 and (connected or owned or len(generic) > 2)


def _proper(word: Word) -> bool:
    """Whether a word is part of a name rather than a word of institutions."""
    if len(word.text) == 1:
        return True
    if word.attested > 1 or word.ends:
        return not word.common or NAME in word.common or word.ends
    return not word.common and not nationality(word.title) and not heads(word)


def _plain(word: Word) -> bool:
    """Whether a word is a common one, or a people's."""
    return not _proper(word) and bool(word.common or nationality(word.title))


def _trimmed(
    words: Words, held: list[tuple[int, int, Match | None]]
) -> list[tuple[int, int, Match | None]]:
    """Without small words at the end, or those of institutions at the start."""
    while held and held[-1][2] is None and not words.word[held[-1][0]].loud:
        held = held[:-1]
    while held and held[0][2] is None:
        word = words.word[held[0][0]]
        if word.loud or (word.classes & _OPENING and len(held) > 1):
            break
        held = held[1:]
    return held


def _apart(
    words: Words, held: list[tuple[int, int, Match | None]]
) -> Iterator[list[tuple[int, int, Match | None]]]:
    """Parts of a run that one name can be: a nationality goes with institutions alone."""
    part: list[tuple[int, int, Match | None]] = []
    for each in held:
        first, _, match = each
        word = words.word[first]
        if match is None and nationality(word.title) and word.loud:
            if part and not any(m is None and not _proper(words.word[a]) for a, _, m in part):
                yield _trimmed(words, part)
                part = []
        elif part and (match is not None or _proper(word)):
            only = [words.word[a] for a, _, m in part if m is None]
            if len(only) == len(part) and all(nationality(w.title) for w in only):
                part = []
        part.append(each)
    part = _trimmed(words, part)
    if part and not (
        len(part) == 1 and part[0][2] is None and nationality(words.word[part[0][0]].title)
    ):
        yield part
