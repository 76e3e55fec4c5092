"""What is a name only because the document has the name elsewhere.

parts         a word of a full name: a surname alone in Arabic has neither capital nor title,
              and Amelia is Amelia Caldwell
small words   a place that is written with a small letter once: between turkey and the UN
short forms   what was introduced in brackets: Government of National Accord (GNA)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from resolve.documents.common import NAME
from resolve.documents.mentions import Found
from resolve.documents.runs import Cut
from resolve.documents.words import Case, Gap, Word, Words
from resolve.names.roles import having_role

__all__ = ["repeated_words", "short_forms", "small_words"]

_CAPITALS: Final = 2  # of an acronym: GoNA
_ATTESTED: Final = 3.0  # times that a word is attested as a name, to be no other with a proclitic
_ARTICLES: Final = having_role("article")
_OPENING: Final = frozenset({"(", "[", '("', "(«", "(“"})
_CLOSING: Final = frozenset({")", "]", '"', "»", "”"})


def repeated_words(words: Words, full: Iterable[Found], taken: Sequence[bool]) -> Iterator[Cut]:
    """Yield the words elsewhere that are a part of a full name of a person of the document."""
    keys: dict[int, bool] = {}
    lasts: dict[int, tuple[int, ...]] = {}
    for found in full:
        own = [k for k in range(found.cut.first, found.cut.end) if words.word[k].key]
        for k in own:
            word = words.word[k]
            keys[word.key] = keys.get(word.key, False) or k == own[-1]
        last = [k for k in own if words.start[k] >= _last_part(found)]
        if 1 < len(last) < len(own):
            lasts[words.word[last[0]].key] = tuple(words.word[k].key for k in last)
    for k, word in enumerate(words.word if keys else ()):
        if taken[k] or not (word.key in keys or word.proclitics):
            continue
        cut = _same_words(words, k, lasts.get(word.key, ())) or _same_word(words, k, word, keys)
        if cut is not None:
            yield cut


def _last_part(found: Found) -> int:
    """Where the last part of a person's name begins in the text: صنع الله, two words."""
    parts = found.weighing.name.parts
    return found.end - (len(found.text) - parts[-1].start) if parts else found.end


def _same_words(words: Words, k: int, keys: Sequence[int]) -> Cut | None:
    """The words from here on, if they are these."""
    end = k + len(keys)
    own = tuple(word.key for word in words.word[k:end])
    close = all(gap <= Gap.HYPHEN for gap in words.gap[k + 1 : end])
    return Cut(k, end, False) if keys and own == tuple(keys) and close else None


def _same_word(words: Words, k: int, word: Word, keys: Mapping[int, bool]) -> Cut | None:
    if word.case is not Case.NONE:
        common = "time" in word.common or (word.common and NAME not in word.common)
        suffixed = bool(words.clitic.get(k, ("", ""))[1])
        starts = words.gap[k] >= Gap.PAUSE and bool(word.common) and not suffixed
        if word.loud and not common and not starts and word.key in keys:
            first = k
            if k and words.gap[k] is Gap.HYPHEN and "article" in words.word[k - 1].classes:
                first = k - 1
            return Cut(first, k + 1, False)
        return None
    if keys.get(word.key):
        said = (
            NAME in word.common and k and words.gap[k] is Gap.SPACE and _speaks(words.word[k - 1])
        )
        return None if word.common and not said else Cut(k, k + 1, False)
    for skip, part in word.proclitics:
        if keys.get(part.key) and not word.common and word.attested < _ATTESTED:
            return Cut(k, k + 1, False, skip, part.text)
    return None


def _speaks(word: Word) -> bool:
    """Whether a word is a verb of speech, whose subject is a person: قال الحداد, no mourning."""
    return any("speech" in each.common for each in (word, *(part for _, part in word.proclitics)))


def small_words(words: Words, places: Iterable[Found], taken: Sequence[bool]) -> Iterator[Cut]:
    """Yield the names of places that are written small once: between turkey and the UN.

    The document names the place with its capital, too, and a small word that isn't an article
    stands before: no one eats a roast turkey there.
    """
    keys = {
        words.word[found.cut.first].key
        for found in places
        if found.cut.end - found.cut.first == 1 and words.word[found.cut.first].loud
    }
    small: dict[int, list[int]] = {}
    for k, word in enumerate(words.word if keys else ()):
        if word.case is Case.LOWER and word.key in keys and k and not taken[k]:
            small.setdefault(word.key, []).append(k)
    for places_ in small.values():
        if all(_after_small_word(words, k) for k in places_):
            yield from (Cut(k, k + 1, True) for k in places_)


def _after_small_word(words: Words, k: int) -> bool:
    before = words.word[k - 1]
    plain = "function" in before.common and before.form not in _ARTICLES
    return plain and words.gap[k] is Gap.SPACE and "verb" not in words.word[k].common


def short_forms(words: Words, mentions: Sequence[Found]) -> Iterator[tuple[Found, Cut]]:
    """Yield the short forms that stand in brackets after what they are short for, and again.

    With each comes the mention that it was introduced for: Government of National Accord (GNA).
    """
    short: dict[int, Found] = {}
    for found in mentions:
        k = found.cut.end
        if found.kind == "person" or not _bracketed(words, found.end, k):
            continue
        word = words.word[k]
        if word.case is Case.NONE and found.kind != "organization":
            continue  # a date line: طرابلس (وال)
        if word.key and _abbreviates(word, words, found.cut):
            short.setdefault(word.key, found)
    for k, word in enumerate(words.word if short else ()):
        found_for = short.get(word.key)
        if found_for is not None and word.case is not Case.LOWER:
            if not found_for.cut.first <= k < found_for.cut.end:
                yield found_for, Cut(k, k + 1, False)
            continue
        for skip, part in word.proclitics:
            if part.key in short and not word.common:
                yield short[part.key], Cut(k, k + 1, False, skip, part.text)
                break


def _bracketed(words: Words, end: int, k: int) -> bool:
    """Whether one word in brackets or quotes follows."""
    if k >= len(words) or words.text[end : words.start[k]].strip() not in _OPENING:
        return False
    return words.text[words.end[k] : words.end[k] + 1] in _CLOSING


def _abbreviates(word: Word, words: Words, cut: Cut) -> bool:
    """Whether a word is short for others: letters of theirs in their order, the first at first."""
    if word.case is Case.NONE:
        return not word.common
    if sum(map(str.isupper, word.text)) < _CAPITALS:
        return False
    telling = [w.form for w in words.word[cut.first : cut.end] if w.form]
    letters = iter("".join(telling))
    initials = {form[0] for form in telling}
    return word.form[0] in initials and all(letter in letters for letter in word.form)
