"""Runs -> mentions: which cut of each run stands, whether it names anybody, and what is found
only because the document names it elsewhere.

A full name of a document is looked for again by its single words: a surname alone in Arabic has
neither capital nor title, and Amelia is Amelia Caldwell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from resolve.documents.common import NAME
from resolve.documents.runs import Cut, Run, Titled
from resolve.documents.words import Case, Gap, Word, Words
from resolve.matching.phrases import Phrase
from resolve.matching.scores import Reading
from resolve.pipeline import Weighing
from resolve.types import Decision, Kind, Outcome

__all__ = [
    "Found",
    "Weighings",
    "accepted",
    "asked",
    "chosen",
    "repeated_words",
    "short_forms",
    "small_words",
]

Weighings = Mapping[tuple[str, Reading | None], Weighing]
"""Names as they are weighed alone, read in one way or in both."""
_ATTESTED: Final = 3.0  # times that a word is attested as a name, to be a part of one
_SMALL: Final = frozenset({"kunya", "nasab", "article"})
_TOLD: Final = 2  # words of a name of the gazetteer that say of what kind it is
_CLEAR: Final = 8.0  # bits of a single word that is taken for a name by nothing else


@dataclass
class Found:
    """A mention in a text: its words, what they look like, and the decision so far."""

    cut: Cut
    start: int
    end: int
    text: str  # the name, as it is weighed
    shape: Kind | None
    weighing: Weighing
    decision: Decision
    title: Titled | None = None
    firm: bool = False
    faint: bool = False
    weak: bool = False
    how: str = "gazetteer"
    cluster: str | None = None
    stands_for: Found | None = None  # what it was introduced for: the GNA of Government of ... (GNA)
    beside: tuple[Titled, ...] = ()  # titles before or after it, with a comma between

    @property
    def kind(self) -> Kind | None:
        """What it is: the actor's kind, else what it looks like."""
        return self.decision.kind or self.shape

    @property
    def parts(self) -> int:
        """How many parts it writes."""
        name = self.weighing.name
        return len(name.parts if self.kind == "person" else name.words)


def asked(run: Run, cut: Cut, words: Words) -> tuple[str, Reading | None]:
    """Return the name of a cut, and how it is to be read, where its shape tells that."""
    name = cut.name(words)
    if cut.exact and cut.end - cut.first < _TOLD:
        return name, None
    if cut.exact and run.kinds:
        person = run.kinds & Phrase.PERSON
        other = run.kinds & (Phrase.ORGANIZATION | Phrase.PLACE)
        return name, None if person and other else "person" if person else "words"
    small = words.word[cut.first].classes & _SMALL  # Abu Salim is a quarter, and may be a man
    if (run.shape is None and not run.firm) or cut.exact or small:
        return name, None
    return name, "words" if run.shape == "organization" and cut.end - cut.first > 1 else "person"


def chosen(words: Words, run: Run, known: Weighings) -> Found:
    """Return the cut of a run that stands."""
    every = [(cut, known[asked(run, cut, words)]) for cut in run.cuts]
    best = every[0]
    outcome = best[1].decision.outcome
    if len(every) > 1 and outcome is not Outcome.LINK:
        best = _shorter(words, run, every)
    cut, weighing = best
    return Found(
        cut,
        cut.start(words),
        cut.stop(words),
        weighing.name.mention.text,
        run.shape,
        weighing,
        weighing.decision,
        run.title if cut.first == run.cuts[0].first else None,
        run.firm and cut == run.cuts[0],
        run.faint and not cut.exact,
        run.weak,
        "gazetteer" if cut.exact else "shape",
    )


def _shorter(
    words: Words, run: Run, every: Sequence[tuple[Cut, Weighing]]
) -> tuple[Cut, Weighing]:
    """The cut that stands in place of one that nobody is known by."""
    whole = every[0]
    outcome = whole[1].decision.outcome
    linked = [each for each in every[1:] if each[1].decision.outcome is Outcome.LINK]
    likeliest = whole[1].decision.id
    open_ = [
        each
        for each in linked
        if not _named_beside(words, whole[0], each[0])
        or (each[1].decision.id == likeliest and _generic_beside(words, whole[0], each[0]))
    ]
    if run.shape == "organization" and run.firm:  # named after its kind, not its place
        open_ = [each for each in open_ if each[0].first == whole[0].first]
    if open_:
        return max(open_, key=lambda each: each[1].decision.bits or 0.0)
    if run.firm or outcome is Outcome.REVIEW:
        return whole
    likely = linked or [e for e in every[1:] if e[1].decision.outcome is Outcome.REVIEW]
    return likely[0] if likely else whole


def _named_beside(words: Words, whole: Cut, cut: Cut) -> bool:
    """Whether the words that a cut leaves out are a name's."""
    beside = [*words.word[whole.first : cut.first], *words.word[cut.end : whole.end]]
    if any(word.case is not Case.NONE for word in beside):
        first = words.word[whole.first]
        starts = cut.first > whole.first and words.gap[whole.first] >= Gap.PAUSE
        return not (starts and not first.attested and not first.ends and cut.end == whole.end)
    return bool(beside) and all(word.attested >= _ATTESTED or word.ends for word in beside)


def _generic_beside(words: Words, whole: Cut, cut: Cut) -> bool:
    """Whether the words that a cut leaves out are institutions': General Electricity Company."""
    beside = [*words.word[whole.first : cut.first], *words.word[cut.end : whole.end]]
    return all(word.generic or word.common for word in beside)


def accepted(words: Words, found: Found) -> bool:
    """Return whether a cut is a mention by what it is, whatever else the document names."""
    outcome = found.decision.outcome
    if found.faint:
        cased = words.word[found.cut.first].case is not Case.NONE
        return outcome is Outcome.LINK and (cased or found.parts > 1)
    if found.weak:
        return found.firm and outcome is Outcome.NIL
    if found.firm or outcome is Outcome.NIL:
        return found.firm
    if found.cut.exact or found.title is not None or found.parts > 1:
        return True
    word = words.word[found.cut.first]
    return word.ends or (found.decision.bits or 0.0) >= _CLEAR


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
        if not taken[k]:
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
        return None if word.common else Cut(k, k + 1, False)
    for skip, part in word.proclitics:
        if keys.get(part.key) and not word.common and word.attested < _ATTESTED:
            return Cut(k, k + 1, False, skip, part.text)
    return None


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
        if found_for is not None and word.case in (Case.UPPER, Case.NONE):
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
    if word.case is not Case.UPPER:
        return False
    telling = [w.form for w in words.word[cut.first : cut.end] if w.form]
    letters = iter("".join(telling))
    initials = {form[0] for form in telling}
    return word.form[0] in initials and all(letter in letters for letter in word.form)


_ARTICLES: Final = frozenset({"a", "an", "the", "un", "une", "le", "la", "bir", "this", "some"})
_OPENING: Final = frozenset({"(", "[", "(\"", "(«", "(“"})
_CLOSING: Final = frozenset({")", "]", "\"", "»", "”"})
