"""Text -> words: where each stands, what stood before it, and what it is wherever it stands.

The text is never altered: places are code points into it. A text has many words and few distinct
ones, so that what a word is (`word.py`) is looked up once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain, islice, pairwise
from typing import Final, NamedTuple

from resolve.documents.common import LANGUAGES, languages_of
from resolve.documents.gaps import Gap, gap_of_signs, gap_of_space
from resolve.documents.word import STEM, Case, Word
from resolve.matching.phrases import Phrases
from resolve.model.lexicon import Lexicon
from resolve.names.clitics import split
from resolve.names.particles import proclitics
from resolve.names.tokens import tokenize
from resolve.names.unicode import clean
from resolve.types import Token

__all__ = ["Case", "Gap", "Lexis", "Word", "Words", "text_languages"]

_LONGEST: Final = 400
"""Code points of a stretch without spaces that are read as one; nothing longer is a name."""
_SELDOM: Final = 1.0  # times that a word is attested which may be another language's
_REMEMBERED: Final = 30_000  # stretches, and as many of longer ago
_AND: Final = frozenset("وف")
_TOLD: Final = 5_000  # code points that tell the language of a text
_LETTERS = re.compile("[^\\W\\d_]+")
_SPACE = re.compile(r"(\s+)")
_NARROWEST: Final = 40  # code points of the widest line that was wrapped, and the most
_WIDEST: Final = 120
_LONG: Final = 100  # code points of a line that goes on in the next, as no headline does
_EVEN: Final = 0.6  # of the widest line that every line but the last has
_NO_TEXT = re.compile("[#@]|.*(?:://|www\\.|@)")  # hashtags, handles, addresses
# A stretch that is one word as it stands: letters that cleaning leaves as they are.
_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ıĴ-ľŁ-ňŊ-ž]+")
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]+")
# The same with signs after it that belong to no word.
_SIGNED = re.compile("([A-Za-zÀ-ÖØ-öø-ıĴ-ľŁ-ňŊ-ž]+|[\u0621-\u063a\u0641-\u064a]+)[.,:;!?)،؛؟]+")
_SEPARATORS: Final[Sequence[str]] = ("", " ", "-", ".", ",", ",", ",", ",")


class Piece(NamedTuple):
    """A word in a stretch without spaces: its place there, and what is written onto it."""

    start: int
    end: int
    word: Word
    gap: Gap  # before it; of the first one, what the stretch begins with
    before: str = ""  # an elided article: l'
    after: str = ""  # a suffix: 'yle


class Stretch(NamedTuple):
    """What stands between two spaces: words, and what follows the last."""

    pieces: tuple[Piece, ...]
    tail: Gap
    alone: Word | None = None  # all that it is


class Words:
    """The words of a text in their order: parallel lists."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.word: list[Word] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.gap: list[Gap] = []
        self.clitic: dict[int, tuple[str, str]] = {}  # before and after
        self.sentence: list[int] = []
        self.edges: list[int] = []  # where sentences begin
        self.paired: set[int] = set()  # strange words that stand beside another, or a name

    @cached_property
    def nations(self) -> list[int]:
        """The adjectives of nationality."""
        return [k for k, word in enumerate(self.word) if word.nation and word.begins]

    def sounds(self, k: int) -> bool:
        """Return whether a strange word sounds like a name, and stands where one may."""
        return k in self.paired and bool(self.word[k].heard)

    def __len__(self) -> int:
        return len(self.word)

    def tokens(self, first: int, end: int) -> list[Token]:
        """Return some words as a name's tokens, with their places in the text."""
        return [
            Token(
                self.word[k].text,
                self.start[k],
                self.end[k],
                self.word[k].script,
                _SEPARATORS[self.gap[k]],
            )
            for k in range(first, end)
        ]


class Lexis:
    """What words are in some languages, remembered.

    It depends on the gazetteer and the learned tables.
    """

    def __init__(
        self, lexicon: Lexicon, phrases: Phrases, languages: frozenset[str] = frozenset(LANGUAGES)
    ) -> None:
        self.phrases, self.lexicon, self.languages = phrases, lexicon, languages
        self._words: dict[tuple[str, str], Word] = {}
        self._words_before: dict[tuple[str, str], Word] = {}  # of longer ago
        self._stretches: dict[str, Stretch] = {}
        self._stretches_before: dict[str, Stretch] = {}

    def read(self, text: str) -> Words:
        """Return the words of a text, of any length."""
        words, known, before = Words(text), self._stretches, self._stretches_before
        add_word, add_start = words.word.append, words.start.append
        add_end, add_gap, add_sentence = words.end.append, words.gap.append, words.sentence.append
        none, plain, full = Gap.NONE, Gap.SPACE, Gap.SENTENCE
        tail, position, sentence = Gap.PARAGRAPH, 0, 0
        for space, chunk in _chunks(text):
            start = position + len(space)
            stretch = known.get(chunk)
            if stretch is None:
                stretch = known[chunk] = before.get(chunk) or self._stretch(chunk)
            if stretch.alone is not None and space == " " and tail <= plain:
                position = start + len(chunk)
                add_word(stretch.alone)
                add_start(start)
                add_end(position)
                add_gap(plain)
                add_sentence(sentence)
                tail = none
                continue
            gap = tail if tail > plain else plain
            if space != " ":
                gap = max(gap, gap_of_space(text, position, start))
            position = start + len(chunk)
            for first, end, word, own, head, after in stretch.pieces:
                if own > gap:
                    gap = own
                if gap == full and words.word and _abbreviated(words, text):
                    gap = Gap.DOT
                if gap >= full:
                    sentence += 1
                    words.edges.append(len(words.word))
                if head or after:
                    words.clitic[len(words.word)] = head, after
                add_word(word)
                add_start(start + first)
                add_end(start + end)
                add_gap(gap)
                add_sentence(sentence)
                gap = none
            tail = stretch.tail if stretch.pieces else max(gap, stretch.tail)
        _unwrap(words)
        if len(known) > _REMEMBERED:
            self._stretches_before, self._stretches = known, {}
            self._words_before, self._words = self._words, {}
        return words

    def unheard(self, words: Words) -> list[Word]:
        """Return the words that only their sound can tell to be names, not asked for before.

        Without capitals, a name of another language is written as no Arab's is: سرحات أكسين. Two
        such words stand together, or one beside a name's, or it is no name.
        """
        every, gaps = words.word, words.gap
        strange = [k for k, word in enumerate(every) if word.strange]
        for k in sorted({*strange, *(k + 1 for k in strange)}):
            if not 0 < k < len(every) or gaps[k] is not Gap.SPACE:
                continue
            before, word = every[k - 1], every[k]
            after = before.strange and (word.strange or word.attested > 0)
            if word.strange and not word.proclitics:
                after = after or (0 < before.attested <= _SELDOM and not before.common)
            if after:
                words.paired.add(k - 1)
                if word.strange:
                    words.paired.add(k)
        new = {id(word): word for word in (words.word[k] for k in sorted(words.paired))}
        return [word for word in new.values() if word.heard is None]

    def word(self, text: str, script: str) -> Word:
        """Return what a word is; the same object for the same word."""
        key = (text, script)
        word = self._words.get(key)
        if word is None:
            word = self._words_before.get(key) or self._made(text, script)
            self._words[key] = word
        return word

    def _made(self, text: str, script: str) -> Word:
        word = Word(text, script, self.lexicon, self.phrases, self.languages)
        if word.script == "Arab":
            split_ = list(self._split(word))
            # ولطرابلس: and for; what stands after و and ف may have its own.
            after = [(a + b, w) for a, p in split_ if a == 1 for b, w in _after_and(text, p)]
            word.read_with((*split_, *after))
        return word

    def _stretch(self, chunk: str) -> Stretch:
        script = "Latn" if _LATIN.fullmatch(chunk) else "Arab" if _ARABIC.fullmatch(chunk) else ""
        if script:
            word = self.word(chunk, script)
            return Stretch((Piece(0, len(chunk), word, Gap.NONE),), Gap.NONE, word)
        signed = _SIGNED.fullmatch(chunk)
        if signed and "www." not in chunk:
            end = signed.end(1)
            word = self.word(signed[1], "Arab" if _ARABIC.fullmatch(signed[1]) else "Latn")
            return Stretch((Piece(0, end, word, Gap.NONE),), _gap_of_signs(chunk[end:], False))
        if _NO_TEXT.match(chunk.lstrip("([\"'«“")):
            return Stretch((), Gap.PAUSE)
        pieces: list[Piece] = []
        cleaned = clean(chunk)
        end = 0
        for token in tokenize(cleaned):
            if end > token.start:  # pieces never overlap, whatever NFKC made of one sign
                continue
            gap = gap_of_signs(chunk[end : token.start], bool(pieces))
            pieces.append(self._piece(chunk, token, gap))
            end = token.end
        tail = gap_of_signs(chunk[end:], False) if pieces else gap_of_signs(chunk, False)
        first = pieces[0] if len(pieces) == 1 else None
        alone = first is not None and first == Piece(0, len(chunk), first.word, Gap.NONE)
        return Stretch(tuple(pieces), tail, first.word if first and alone else None)

    def _piece(self, chunk: str, token: Token, gap: Gap) -> Piece:
        """A token, what is written onto it with an apostrophe taken off."""
        start, end, text = token.start, token.end, token.text
        before = after = ""
        if "'" in text:
            written = chunk[start:end]
            first, last = split(written)
            if (first, last) != (0, len(written)):
                before, after = written[:first], written[last:]
                start, end = start + first, start + last
                text = clean(chunk[start:end]).text
        return Piece(start, end, self.word(text, token.script), gap, before, after)

    def _split(self, word: Word) -> Iterator[tuple[int, Word]]:
        """What an Arabic word is without the proclitics that it may begin with."""
        for proclitic, rest in proclitics():
            letters = proclitic.removesuffix("ال") if proclitic.endswith("ال") else proclitic
            keep = len(letters) - (proclitic.endswith("لل") or proclitic == "لل")
            if not word.text.startswith(proclitic) or len(word.text) - len(proclitic) < STEM:
                continue
            written = word.text[len(proclitic) :]
            whole = "ال" + written if proclitic.endswith(("ال", "لل")) else rest + written
            yield keep, self.word(whole, word.script)


_gap_of_signs = lru_cache(maxsize=1 << 10)(gap_of_signs)


def _after_and(text: str, part: Word) -> tuple[tuple[int, Word], ...]:
    """What a word is without the proclitics after and, so."""
    return part.proclitics if text[0] in _AND else ()


def _chunks(text: str) -> Iterator[tuple[str, str]]:
    """The stretches without spaces, none too long, each with the space before it."""
    parts = _SPACE.split(text)
    if max(map(len, parts)) > _LONGEST:
        parts = [*_cut(parts)]
    return zip(chain(("",), islice(parts, 1, None, 2)), islice(parts, 0, None, 2), strict=True)


def _cut(parts: Sequence[str]) -> Iterator[str]:
    """Stretches and spaces by turns, with none between what is cut off of a stretch."""
    for k, part in enumerate(parts):
        if k % 2:
            yield part
            continue
        yield part[:_LONGEST]
        for start in range(_LONGEST, len(part), _LONGEST):
            yield from ("", part[start : start + _LONGEST])


def text_languages(text: str) -> frozenset[str]:
    """Return the languages that a text is written in, by its first words."""
    return languages_of(_LETTERS.findall(text[:_TOLD].lower()))


def _unwrap(words: Words) -> None:
    """Take the line ends of a paragraph that was wrapped to a width for spaces."""
    edges = [k for k in words.edges if words.gap[k] >= Gap.LINE]
    edges.append(len(words))
    paragraph: list[int] = []
    wrapped: list[int] = []
    for edge, after in pairwise(edges):
        if words.gap[edge] == Gap.PARAGRAPH:
            paragraph = []
        paragraph.append(edge)
        if after == len(words) or words.gap[after] == Gap.PARAGRAPH:
            wrapped += _wrapped(words, paragraph, words.end[after - 1])
    for k in wrapped:
        signs = words.text[words.end[k - 1] : words.start[k]]
        words.gap[k] = max(Gap.SPACE, gap_of_signs("".join(signs.split()), False))
    if wrapped:
        ends = accumulate(gap >= Gap.SENTENCE for gap in words.gap)
        words.sentence[:] = ends
        words.edges = [k for k in words.edges if words.gap[k] >= Gap.SENTENCE]


def _wrapped(words: Words, lines: Sequence[int], end: int) -> list[int]:
    """The first words of the lines that go on with the line before, of one paragraph's lines."""
    starts = [words.start[k] for k in lines]
    sizes = [b - a for a, b in pairwise(starts)]
    widest = max(sizes, default=0)
    even = _NARROWEST <= widest <= _WIDEST and min(sizes) >= _EVEN * widest
    if even and end - starts[-1] <= widest:
        return list(lines[1:])
    return [k for size, k in zip(sizes, lines[1:], strict=True) if size >= _LONG]


def _abbreviated(words: Words, text: str) -> bool:
    """Whether the dot after the last word cuts it short: Gen., J., U.S."""
    last = words.word[-1]
    end = words.end[-1]
    dot = text[end : end + 2]
    if dot[:1] != "." or (dot[1:] and not dot[1:].isspace()):
        return text[end - 1 : end] == "." and text[end : end + 1].isspace()
    return last.loud and (len(last.text) == 1 or last.abbreviates)
