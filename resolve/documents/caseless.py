"""Runs in scripts without capitals: Arabic above all.

A name of the gazetteer is found word for word, with what may be written onto its first word (و ف
ب ل ك س and the article) taken off where the whole word is nothing else. Unknown names are told by
what they are made of: a title before them, a kunya, bin, servants of God, words that the lexicon
attests as names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from resolve.documents.common import NAME, common_phrase, endings
from resolve.documents.institutions import heads
from resolve.documents.runs import Cut, Match, Run, Titled, matches_at, title_from
from resolve.documents.word import GIVEN
from resolve.documents.words import Case, Gap, Word, Words
from resolve.matching.phrases import Phrase, Phrases
from resolve.names.titles import sure_titles

__all__ = ["caseless_runs"]

_LINKS: Final = frozenset({"nasab", "kunya", "servant"})
_ENDS: Final = frozenset({"din", "din article", "din with article", "allah", "nasab after"})
_PART: Final = 1.0  # the same, to go on
_MOST: Final = 6  # words of a name
_TWO: Final = 2
_UNATTESTED: Final = 2  # words after a title that nobody has heard


class _Start(NamedTuple):
    """How a word may be read where a name begins: `skip` letters are written onto it."""

    skip: int
    word: Word


def caseless_runs(words: Words, phrases: Phrases) -> Iterator[Run]:
    """Yield the runs of the words that have no case, in their order."""
    every, paired, end = words.word, words.paired, 0
    for k, word in enumerate(every):
        if (word.idle and (word.number or k not in paired)) or word.case or k < end:
            continue
        run, end = _at(words, k, phrases)
        yield from run


def _at(words: Words, k: int, phrases: Phrases) -> tuple[list[Run], int]:
    """The runs that begin at a word, and where to go on."""
    if k and common_phrase(words.word[k - 1].text, words.word[k].text):
        return [], k + 1
    for start in _starts(words.word[k]):
        begin = start.word if start.skip else None
        found = matches_at(words, k, phrases, begin)
        titled = title_from(words, k, begin)
        if titled is not None and titled.end > (found[0].end if found else k):
            runs = [Run([], title=titled), *_inside(words, titled, phrases)]
            if titled.end < len(words) and words.gap[titled.end] <= Gap.PAUSE:
                for second in _starts(words.word[titled.end]):
                    run, end = _name(words, titled.end, phrases, titled, second)
                    if run is not None:
                        return [*runs, run], end
            return runs, titled.end
        run, end = _name(words, k, phrases, None, start, found)
        institution = _institution(words, k, start, phrases)
        if institution is not None and institution.cuts[0].end > (end if run is not None else k):
            whole = institution.cuts[0]
            exact = [cut for cut in run.cuts if cut.exact] if run is not None else []
            within = [*exact, *_inner(words, whole.first, whole.end, phrases, 1)]
            institution.cuts += [cut for cut in within if cut not in institution.cuts]
            return [institution], whole.end
        if run is not None:
            return [run], end
    return [], k + 1


def _starts(word: Word) -> list[_Start]:
    """The readings of a word, the plain one first; others only where it is no word by itself."""
    plain = _Start(0, word)
    if word.attested >= GIVEN or word.phrase or (word.common and NAME not in word.common):
        return [plain]
    if word.classes & _LINKS:
        return [plain]
    return [plain, *(_Start(*split) for split in word.proclitics)]


def _name(
    words: Words,
    k: int,
    phrases: Phrases,
    title: Titled | None,
    start: _Start | None = None,
    found: list[Match] | None = None,
) -> tuple[Run | None, int]:
    """The run that begins at a word, if one does, and where it ends."""
    start = start or _Start(0, words.word[k])
    if found is None:
        found = matches_at(words, k, phrases, start.word if start.skip else None)
    head = start.word.text
    exact = [Cut(m.first, m.end, True, start.skip, head) for m in found]
    longest = found[0] if found else None
    end, parts, known = _extent(words, k, start.word, title is not None, longest, phrases)
    cuts: list[Cut] = list(exact)
    if parts and (longest is None or end > longest.end):
        widest = Cut(k, end, False, start.skip, head)
        shorter = [
            Cut(k, e, False, start.skip, head)
            for e in range(end - 1, k + (title is None), -1)
            if longest is None or e > longest.end
        ]
        cuts = [widest, *shorter, *exact]
    if not cuts:
        return None, k + 1
    inner = _inner(words, k, end, phrases)
    cuts += [cut for cut in inner if cut not in cuts]
    firm = (parts > 1 and known > 0) or (title is not None and parts > 0)
    single = cuts[0].end - cuts[0].first == 1
    common = start.word.common or (start.skip and words.word[k].common)
    weak = single and title is None and bool(common) and not _state(words, k, start, longest)
    person = parts > 0 or longest is None or bool(longest.kinds & Phrase.PERSON)
    shape = "person" if person else None
    faint = not start.skip and words.sounds(k) and title is None and longest is None
    return Run(cuts, shape, firm and not faint, faint, weak, title), max(  # type: ignore[arg-type]
        cut.end for cut in cuts
    )


def _state(words: Words, k: int, start: _Start, longest: Match | None) -> bool:
    """Whether a word is a state's name rather than an adjective of it: السعودية, in السعودية."""
    if longest is None or not longest.kinds & Phrase.PLACE or not start.word.article:
        return False
    if not start.word.nation:
        return False
    before = words.word[k - 1] if k and words.gap[k] <= Gap.SPACE else None
    return before is None or bool(before.common & {"function", "verb"})


def _extent(
    words: Words, k: int, first: Word, titled: bool, match: Match | None, phrases: Phrases
) -> tuple[int, int, int]:
    """Where a name that begins at a word ends, how many parts it has, how many are attested."""
    person = match if match is not None and match.kinds & Phrase.PERSON else None
    if not _begins(words, k, first, titled) and person is None:
        return k, 0, 0
    end, parts, known, unheard = k, 0, 0, 0
    at = k
    pending = False
    while at < min(k + _MOST + 2, len(words)):
        word = first if at == k else words.word[at]
        if at > k and words.gap[at] not in (Gap.SPACE, Gap.HYPHEN, Gap.NONE):
            break
        if word.case is not Case.NONE or word.number:
            break
        if person is not None and at >= person.end and matches_at(words, at, phrases):
            break  # another name begins
        on = (match is not None and at < match.end) or _goes_on(word, parts, pending, person)
        on = on or (words.sounds(at) and not word.article and person is None)
        if word.classes & _LINKS:
            pending = True
        elif word.classes & _ENDS and parts:
            end, pending = at + 1, False
        elif on or (titled and person is None and unheard < _UNATTESTED):
            if not on:
                if word.common or word.generic or word.begins or _two_words(word):
                    break
                unheard += 1
            parts, pending, end = parts + 1, False, at + 1
            known += word.attested >= GIVEN
            if parts == _MOST:
                break
        else:
            break
        at += 1
    return end, parts, known


def _begins(words: Words, k: int, word: Word, titled: bool) -> bool:
    """Whether a word begins a name by its own shape."""
    if titled and not (word.attested or word.ends) and _inflected(word):
        return False
    if titled and not _two_words(word):
        return not word.common or NAME in word.common or bool(word.classes & _LINKS)
    following = words.word[k + 1] if k + 1 < len(words) and words.gap[k + 1] <= Gap.HYPHEN else None
    if word.classes & _LINKS:
        return following is not None and _goes_on(following, 1, True)
    if word.common or word.generic or word.article:
        if word.article and word.ends and not (word.common or word.generic or word.begins):
            return True  # a surname alone: القذافي
        sure = NAME in word.common and word.attested >= GIVEN and not word.article
        return sure and following is not None and following.attested >= GIVEN
    return word.attested >= GIVEN or words.sounds(k) or (word.ends and not word.begins)


def _goes_on(word: Word, parts: int, pending: bool, match: Match | None = None) -> bool:
    """Whether a word goes on with a name; after one of the gazetteer, more is asked of it."""
    if word.title in sure_titles() and parts:
        return False
    if word.common & {"function", "verb"} and NAME not in word.common:
        return False
    if pending:
        return not word.common & {"function", "verb", "label"}
    if _two_words(word):
        return False
    if word.common or word.generic:
        return NAME in word.common and word.attested >= GIVEN and parts < 2
    if word.begins and word.attested < GIVEN:
        return False
    if match is not None:
        return word.attested >= GIVEN or (word.article and word.ends)
    return word.attested >= _PART or word.ends or (word.article and parts > 0)


def _inflected(word: Word) -> bool:
    """Whether a word that nobody is called has an ending of grammar: غاضبا (angry), نظيره (his)."""
    return word.text.endswith(endings("inflected")) or any(
        part.attested or part.common or part.ends for _, part in word.proclitics
    )


def _two_words(word: Word) -> bool:
    """Whether a word is a common one with a proclitic: and a delegation, for the forces."""
    return word.attested < GIVEN and any(
        part.common or part.generic or part.begins for _, part in word.proclitics
    )


def _institution(words: Words, k: int, start: _Start, phrases: Phrases) -> Run | None:
    """The run of an institution that is named after its kind: شركة الواحة, مركز دراسات الطاقة.

    Its name ends with a definite word, or a proper one, and the adjectives after it.
    """
    head = start.word
    if not heads(head) or head.article:
        return None
    end, definite = k + 1, False
    while end < min(k + _MOST, len(words)) and words.gap[end] is Gap.SPACE:
        word = words.word[end]
        told = _adjoined(word)
        if told.common & {"function", "verb", "time", "label"} or word.begins or told.case:
            break
        if definite and not (told is not word or _adjective(told)):
            break
        named = matches_at(words, end, phrases)
        if named and named[0].kinds & Phrase.PERSON:  # شارع خليفة حفتر
            end, definite = named[0].end, True
            break
        end += 1
        if not (told.common or told.article or told.generic):  # a proper name ends it
            definite = True
            break
        definite = definite or told.article
    if end - k < _TWO or not definite:
        return None
    cuts = [Cut(k, e, False, start.skip, head.text) for e in range(end, k + 1, -1)]
    return Run(cuts, "organization", end - k > _TWO, end - k == _TWO)


def _adjective(word: Word) -> bool:
    """Whether a definite word may be an adjective of the one before it: الوطني, المدنية."""
    return word.article and (word.generic or word.form.endswith(endings("adjective")))


def _adjoined(word: Word) -> Word:
    """A word without the ل of an institution's purpose: لدراسات, للصحة."""
    if word.form.startswith("ل") and not word.attested:
        return next((part for _, part in word.proclitics), word)
    return word


def _inner(words: Words, first: int, end: int, phrases: Phrases, least: int = 2) -> Iterator[Cut]:
    """Names of the gazetteer, of so many words, that begin inside a run."""
    for k in range(first + 1, end):
        for match in matches_at(words, k, phrases):
            if match.end <= end and match.end - match.first >= least:
                yield Cut(match.first, match.end, True)
                break


def _inside(words: Words, titled: Titled, phrases: Phrases) -> Iterator[Run]:
    """The actors that a title names."""
    k = titled.first + 1
    while k < titled.end:
        found = [m for m in matches_at(words, k, phrases) if m.end <= titled.end]
        if found and (found[0].kinds & Phrase.PLACE or found[0].end - k > 1):
            yield Run([Cut(k, found[0].end, True)])
        k = found[0].end if found else k + 1
