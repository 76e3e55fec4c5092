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
from resolve.documents.gaps import Gap
from resolve.documents.runs import Cut, Run, matches_at
from resolve.documents.shapes import SMALL
from resolve.documents.word import Case
from resolve.documents.words import Words
from resolve.documents.zones import Zone, joins
from resolve.matching.phrases import Phrases
from resolve.names.roles import having_role

__all__ = ["cased_runs"]

_MOST: Final = 24  # words of a zone
_BY: Final = having_role("by-line")
_HEADLINE: Final = 0.7  # of the words that may have a capital, those that do
_HEADLINE_WORDS: Final = 5


def cased_runs(words: Words, phrases: Phrases) -> Iterator[Run]:
    """Yield the runs of the words that have case, in their order."""
    awake = [k for k, word in enumerate(words.word) if not word.idle and word.case]
    loud = _headlines(words) if awake else frozenset()
    end = 0
    for k in awake:
        if k < end:
            continue
        word = words.word[k]
        if word.loud or _opens(words, k):
            end = _end(words, k)
            yield from Zone(words, phrases, k, end, words.sentence[k] in loud).runs()
        elif word.phrase:
            found = matches_at(words, k, phrases)
            if found:
                end = found[0].end
                yield Run([Cut(found[0].first, end, True)], kinds=found[0].kinds)


def _headlines(words: Words) -> frozenset[int]:
    """The sentences that are lines of their own, most of whose words have capitals."""
    both = pairwise([*words.edges, len(words)])
    return frozenset(words.sentence[a] for a, b in both if _headline(words, a, b))


def _headline(words: Words, first: int, end: int) -> bool:
    """Whether a sentence is a headline with capitals; no by-line, and with a common word."""
    alone = words.gap[first] >= Gap.LINE and (end == len(words) or words.gap[end] >= Gap.LINE)
    stop = words.end[end - 1]
    if not alone or words.text[stop : stop + 1] == "." or words.word[first].form in _BY:
        return False
    telling = [
        word
        for word in words.word[first:end]
        if word.loud or (word.case is Case.LOWER and "function" not in word.common)
    ]
    loud = sum(word.loud for word in telling)
    plain = any(w.common & {"verb", "noun"} and NAME not in w.common for w in telling)
    return plain and len(telling) >= _HEADLINE_WORDS and loud >= _HEADLINE * len(telling)


def _opens(words: Words, k: int) -> bool:
    """Whether a small word begins a name: al-Namroush, bin Salman."""
    if k + 1 >= len(words) or not words.word[k].classes & SMALL:
        return False
    gap = words.gap[k + 1]
    if "article" in words.word[k].classes and gap is not Gap.HYPHEN:
        return False
    return words.word[k + 1].loud and gap in (Gap.SPACE, Gap.HYPHEN)


def _end(words: Words, first: int) -> int:
    """Where the stretch of capitals that begins at a word ends."""
    end, k = first + 1, first + 1
    while k < min(first + _MOST, len(words)) and words.gap[k] <= Gap.DOT:
        word = words.word[k]
        if word.loud or word.number:
            end = k + 1
        elif not joins(words, k) or k - end >= 2:
            break
        k += 1
    while end - first > 1 and words.word[end - 1].number and words.gap[end - 1] is Gap.SPACE:
        end -= 1
    return end
