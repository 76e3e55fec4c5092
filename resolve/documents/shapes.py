"""Is a stretch of capitals shaped as a person's name, or as an institution's?

An institution's has a word for its kind or a common noun (Ministry of Defense, Libya Consultancy),
a person's has none. Where all words have capitals, as in headlines, or where one stands at the
head of a sentence, a capital says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from resolve.documents.common import NAME
from resolve.documents.gaps import Gap
from resolve.documents.institutions import heads
from resolve.documents.runs import Cut, Match, Run, Titled
from resolve.documents.word import Case, Word
from resolve.documents.words import Words
from resolve.matching.phrases import Phrase
from resolve.names.roles import having_role
from resolve.names.titles import nationality
from resolve.types import Kind

__all__ = [
    "CONNECTORS",
    "PREFIXES",
    "SMALL",
    "Held",
    "begins_sentence",
    "proper",
    "runs_of",
    "small",
]

CONNECTORS: Final = having_role("connector")
"""Small words inside an institution's name."""
SMALL: Final = frozenset({"article", "nasab", "kunya"})
"""What a small word is that may begin a name."""
PREFIXES: Final = having_role("prefix")
"""What a small word is before a surname; as, at, en are words of their own."""
_OPENING: Final = frozenset(":\"'“”„«»‘—–-|/")  # signs after which a sentence may begin
_WHERE: Final = having_role("whereabouts")
_LEAST: Final = 3  # letters of an unknown name of one word
_MOST_PARTS: Final = 6  # of a person's name


class Held(NamedTuple):
    """A word of a stretch, or a name of the gazetteer there."""

    first: int
    end: int
    match: Match | None = None


def runs_of(
    words: Words, held: Sequence[Held], title: Titled | None, headline: bool
) -> Iterator[Run]:
    """Yield the runs of some words and names of the gazetteer that stand together."""
    held = _trimmed(words, held)
    if held and title is not None and title.end != held[0].first:
        title = None  # Prime Minister of Libya
    if held and all(each.match for each in held):
        yield from _exact(words, held, title)
        return
    for part in _apart(words, held):
        if _owned(words, part):
            yield from _exact(words, [each for each in part if each.match], None)
            continue
        run = _shaped(words, part, title, headline)
        if run is not None:
            yield run
        title = None


def proper(word: Word) -> bool:
    """Return whether a word is part of a name rather than a word of institutions."""
    if len(word.text) == 1:
        return True
    if word.attested > 1 or word.ends:
        return not word.common or NAME in word.common or word.ends
    return not word.common and not word.nation and not heads(word)


def small(words: Words, k: int, end: int) -> bool:
    """Return whether a word is the Al- or the Bin of the name that follows."""
    word = words.word[k]
    if k + 1 >= end or not words.word[k + 1].loud:
        return False
    if "article" in word.classes:
        gap = words.gap[k + 1]
        return gap is Gap.HYPHEN or (word.form in PREFIXES and gap is Gap.SPACE)
    return bool(word.classes & {"nasab", "kunya", "servant"})


def begins_sentence(words: Words, k: int) -> bool:
    """Return whether a word may have its capital from its place: in a sentence, a quotation."""
    gap = words.gap[k]
    if gap is not Gap.PAUSE or not k:
        return gap >= Gap.PAUSE
    return not _OPENING.isdisjoint(words.text[words.end[k - 1] : words.start[k]])


def _exact(words: Words, held: Sequence[Held], title: Titled | None) -> Iterator[Run]:
    """Names of the gazetteer that stand side by side; an acronym among capitals is doubtful."""
    for each in held:
        kinds = each.match.kinds if each.match else 0
        weak = bool(kinds & Phrase.ACRONYM) and _shouted(words, each.first, each.end)
        yield Run([Cut(each.first, each.end, True)], weak=weak, title=title, kinds=kinds)
        title = None


def _shouted(words: Words, first: int, end: int) -> bool:
    """Whether a common word in capitals stands beside another: WHO IS HE?"""
    common = words.word[first].common & {"function", "verb"}
    return bool(common) and _among_capitals(words, first, end)


def _among_capitals(words: Words, first: int, end: int) -> bool:
    """Whether a common word in capitals stands beside a word."""
    beside = [k for k in (first - 1, end) if 0 <= k < len(words)]
    return any(words.word[k].case is Case.UPPER and words.word[k].common for k in beside)


def _owned(words: Words, held: Sequence[Held]) -> bool:
    """Whether common words stand before the `of` of a name: Residents of Tripoli."""
    first = next((k for k, each in enumerate(held) if each.match), 0)
    before = [words.word[each.first] for each in held[:first]]
    connected = bool(before) and not before[-1].loud and before[-1].form in CONNECTORS
    return connected and not any(word.loud and (proper(word) or heads(word)) for word in before)


def _shaped(words: Words, held: Sequence[Held], title: Titled | None, headline: bool) -> Run | None:
    """The run of words that one name can be."""
    first, end = held[0].first, held[-1].end
    loud = [k for k in range(first, end) if words.word[k].loud and not small(words, k, end)]
    alone = len(loud) == 1  # Juba alone is no word of institutions
    telling = [k for k in loud if proper(words.word[k]) or (alone and not _plain(words.word[k]))]
    named = [words.word[k] for k in telling]
    generic = [words.word[k] for k in loud if k not in telling]
    exact = [Cut(each.first, each.end, True) for each in held if each.match]
    start = begins_sentence(words, first) and not held[0].match
    if not named and not exact and not _institution(words, first, end, generic):
        return None
    run = Run(_cuts(words, held, exact, start, headline), title=title)
    if generic and title is None:
        run.shape, run.firm = "organization", bool(named or exact) and end - first > 1
    else:
        known = any(word.attested > 0 or len(word.text) == 1 for word in named)
        full = 1 < len(named) <= _MOST_PARTS and (known or not start)
        run.shape, run.firm = "person", full or bool(title and named and not generic)
    if _named_after(words, held):
        run.shape, run.firm = "organization", True
    if len(named) == 1 and not generic and title is None:
        _alone(words, run, named[0], bool(exact), start)
    run.firm = run.firm and not headline
    sure = any(word.ends and not word.common for word in named)
    run.weak = run.weak or (headline and not exact and len(named) < 2 and not sure)
    return run


def _named_after(words: Words, held: Sequence[Held]) -> bool:
    """Whether a word that is no name follows a person's name: Khalifa Haftar Stadium."""
    for k, each in enumerate(held):
        if each.match and each.match.kinds & Phrase.PERSON:
            after = [words.word[own.first] for own in held[k + 1 :] if not own.match]
            return any(w.loud and not w.attested and not w.ends and len(w.text) > 1 for w in after)
    return False


def _cuts(
    words: Words, held: Sequence[Held], exact: Sequence[Cut], start: bool, headline: bool
) -> list[Cut]:
    """The ways to cut a run: the whole, without a doubtful first word, names of the gazetteer."""
    first = words.word[held[0].first]
    cuts = [Cut(held[0].first, held[-1].end, False)]
    doubtful = start and not (first.attested or first.ends)
    rest = _trimmed(words, held[1:]) if doubtful or headline else []
    if rest:
        cuts.append(Cut(rest[0].first, rest[-1].end, len(rest) == 1 and rest[0].match is not None))
    return [*cuts, *(cut for cut in exact if cut not in cuts)]


def _alone(words: Words, run: Run, word: Word, exact: bool, start: bool) -> None:
    """What a single capital is: a name, perhaps one, or a common word, too."""
    first, end = run.cuts[0].first, run.cuts[0].end
    told = word.attested or word.ends or "article" in words.word[first].classes
    run.faint = start and not exact and not told
    run.weak = bool(word.common)
    shouted = word.case is Case.UPPER and _among_capitals(words, first, end)
    if not exact and not start and not shouted and _tells(words, first, end, word):
        run.firm, run.shape = True, _told(words, first, word)


def _tells(words: Words, first: int, end: int, word: Word) -> bool:
    """Whether a capital inside a sentence is a name's: not a people's, not a part of a word."""
    people = word.title.rstrip("s"), word.title.removesuffix("es")
    if word.common or len(word.text) < _LEAST or any(map(nationality, people)):
        return False
    after = words.gap[end] if end < len(words) else Gap.SPACE
    hyphens = Gap.HYPHEN in (words.gap[first], after)
    return not hyphens and (word.case is Case.UPPER or word.text[1:].islower())


def _told(words: Words, first: int, word: Word) -> Kind | None:
    """What an unknown word is, if the word before it or its capitals tell."""
    if word.case is Case.UPPER:
        return "organization"
    return "place" if first and words.word[first - 1].form in _WHERE else None


def _institution(words: Words, first: int, end: int, generic: Sequence[Word]) -> bool:
    """Whether words of institutions are one's name: Ministry of Defense, not Defense Ministries."""
    connected = any(words.word[k].form in CONNECTORS for k in range(first, end))
    owned = any(word.nation for word in generic)
    return len(generic) > 1 and (connected or owned or len(generic) > 2)


def _plain(word: Word) -> bool:
    """Whether a word is a common one, or a people's."""
    return not proper(word) and bool(word.common or word.nation)


def _trimmed(words: Words, held: Sequence[Held]) -> list[Held]:
    """Without small words at the end, or those of institutions at the start."""
    kept = list(held)
    while kept and not kept[-1].match and not words.word[kept[-1].first].loud:
        kept.pop()
    while kept and not kept[0].match:
        word = words.word[kept[0].first]
        if word.loud or (word.classes & SMALL and len(kept) > 1):
            break
        kept.pop(0)
    return kept


def _apart(words: Words, held: Sequence[Held]) -> Iterator[list[Held]]:
    """Parts of a run that one name can be: a nationality goes with institutions alone."""
    part: list[Held] = []
    for each in held:
        word = words.word[each.first]
        if not each.match and word.loud and word.nation:
            if part and all(p.match or proper(words.word[p.first]) for p in part):
                if whole := _trimmed(words, part):
                    yield whole
                part = []
        elif part and (each.match or proper(word)) and all(_people(words, p) for p in part):
            part = []
        part.append(each)
    part = _trimmed(words, part)
    if part and not (len(part) == 1 and _people(words, part[0])):
        yield part


def _people(words: Words, held: Held) -> bool:
    """Whether a word is an adjective of nationality."""
    return not held.match and bool(words.word[held.first].nation)
