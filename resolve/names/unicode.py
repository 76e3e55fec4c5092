"""What a name looks like once its encoding no longer matters: clean text, with its way back.

Cleaning changes how a text is encoded, not what a reader sees: compatibility and presentation
forms become letters (NFKC), what can't be seen is dropped, every space is a space, every
apostrophe a `'`, every dash a `-`, and a letter that only another keyboard writes differently
(Persian kaf, Urdu heh) is the Arabic one. Harakat and the seats of alef stay: they are read.
A Cyrillic or Greek letter inside a Latin word, or the reverse, is taken for its look-alike if
that makes the word one of a single script. The tables are `unicode/characters.tsv` and
`unicode/lookalikes.tsv`.

The Kurdish and Uyghur vowel ae (U+06D5) stays: it is no heh, though it may look like a final one.
"""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import combining, is_normalized, normalize

import msgspec

from resolve.names.script import NO_SCRIPT, script_of_letter
from resolve.tables import read_table

__all__ = ["MAX_LENGTH", "Cleaned", "clean"]

MAX_LENGTH = 512
"""Code points of a name that are read; what follows them is left aside. No name is longer."""

Span = tuple[int, int]


class Cleaned(msgspec.Struct, frozen=True):
    """A clean text. `offsets` says what of the original each code point stands for.

    `offsets` is None where every code point stands for the one at its own position.
    """

    text: str
    offsets: tuple[Span, ...] | None = None

    def origin(self, index: int) -> int:
        """Return where in the original the clean code point `index` comes from.

        >>> clean("ﻻ  بأس").origin(3)
        3
        """
        return index if self.offsets is None else self.offsets[index][0]

    def span(self, start: int, end: int) -> Span:
        """Return the start and end in the original of the clean slice `start:end`, not empty.

        >>> clean("‏خلـيـفـة").span(0, 5)
        (1, 9)
        """
        if self.offsets is None:
            return start, end
        return self.offsets[start][0], self.offsets[end - 1][1]


def clean(text: str) -> Cleaned:
    """Return `text` as a reader sees it, with the way back to the original.

    The first `MAX_LENGTH` code points are read, and no more come back. Spaces are single, none
    stands at either end. Whatever a text holds, lone surrogates included, it has a clean form,
    which may be empty; and what is clean stays as it is.

    >>> clean("‏ﺧﻠﻴﻔﺔ\u00a0\u00a0حـفـتـر‎").text
    'خليفة حفتر'
    >>> clean("Ma’moun  Аl–Haddad").text  # with a Cyrillic А
    "Ma'moun Al-Haddad"
    """
    if len(text) > MAX_LENGTH:
        text = text[:MAX_LENGTH]
    if _LATIN.fullmatch(text) or _ARABIC.fullmatch(text):
        return Cleaned(text)
    return _clean(text)


def _clean(text: str) -> Cleaned:
    """The plain way, for what isn't known to be clean already."""
    spans: list[Span] | None = None
    before = None
    while text != before:  # NFKC brings new characters of the table: tatweel in a ligature
        before = text
        text, spans = _normalize(*_translate(text, spans))
    text, spans = _squeeze(text, spans)
    if len(text) > MAX_LENGTH:
        text = text[:MAX_LENGTH].rstrip(" ")
    text, spans = _normalize(_unmix(text), spans)  # a Latin e for a Cyrillic one takes its accent
    if spans is None:
        return Cleaned(text)
    return Cleaned(text, tuple(spans[: len(text)]))


def _translate(text: str, spans: list[Span] | None) -> tuple[str, list[Span] | None]:
    """Replace or drop the characters of the table; each becomes one character or none."""
    result = text.translate(_CHARACTERS)
    if len(result) != len(text):
        spans = spans or _identity(text)
        dropped = _DROPPED
        spans = [span for letter, span in zip(text, spans, strict=True) if letter not in dropped]
    return result, spans


def _normalize(text: str, spans: list[Span] | None) -> tuple[str, list[Span] | None]:
    """NFKC; every letter of a sequence that changes stands for the whole sequence."""
    if is_normalized("NFKC", text):
        return text, spans
    result = normalize("NFKC", text)
    spans = spans or _identity(text)
    pieces: list[str] = []
    changed: list[Span] = []
    start = 0
    for end in _boundaries(text):
        piece = normalize("NFKC", text[start:end])
        pieces.append(piece)
        if piece == text[start:end]:
            changed += spans[start:end]
        else:
            changed += [(spans[start][0], spans[end - 1][1])] * len(piece)
        start = end
    if "".join(pieces) != result:  # no rule of Unicode's, but no offset may ever be wrong
        changed = [(spans[0][0], spans[-1][1])] * len(result)
    return result, changed


def _boundaries(text: str) -> list[int]:
    """Where `text` can be cut so that its pieces normalize to what the whole does.

    A mark goes with what it stands on; another letter composes with the one before it or not.
    """
    ends: list[int] = []
    last = normalize("NFKC", text[0])[-1]
    for index in range(1, len(text)):
        alone = normalize("NFKC", text[index])
        joined = normalize("NFKC", last + alone)
        if joined == last + alone and not combining(alone[0]):
            ends.append(index)
        last = joined[-1]
    return [*ends, len(text)]


def _squeeze(text: str, spans: list[Span] | None) -> tuple[str, list[Span] | None]:
    """Single spaces, none at either end."""
    result = " ".join(_SPACES.split(text)).strip(" ")
    if result == text:
        return text, spans
    spans = spans or _identity(text)
    kept: list[Span] = []
    space: Span | None = None
    for letter, span in zip(text, spans, strict=True):
        if letter == " ":
            space = (space[0], span[1]) if space else span
        else:
            if space and kept:
                kept.append(space)
            space = None
            kept.append(span)
    return result, kept


def _unmix(text: str) -> str:
    """Each word of several scripts in one, if look-alikes allow it; a letter for a letter."""
    if text.isascii() or _LETTERS.isdisjoint(text):
        return text
    return _WORD.sub(_unmix_word, text)


def _unmix_word(match: re.Match[str]) -> str:
    """A word in the script of most of its letters that all others have look-alikes in.

    At a tie Latin is tried first.
    """
    word = match[0]
    if word.isascii():
        return word
    counts = Counter(map(script_of_letter, word))
    del counts[NO_SCRIPT]
    if len(counts) < 2:
        return word
    for script in sorted(counts, key=lambda script: (-counts[script], script != "Latn", script)):
        others = _LOOKALIKES.get(script, {})
        if all(
            letter in others or script_of_letter(letter) in (script, NO_SCRIPT) for letter in word
        ):
            return "".join([others.get(letter, letter) for letter in word])
    return word


def _identity(text: str) -> list[Span]:
    return [(index, index + 1) for index in range(len(text))]


def _read_characters() -> dict[int, str]:
    """The table of characters, its ranges written out."""
    rows = read_table("unicode/characters.tsv", ("first", "last", "becomes", "source", "note"))
    table: dict[int, str] = {}
    for first, last, becomes, _, _ in rows:
        target = chr(int(becomes, 16)) if becomes else ""
        table.update(dict.fromkeys(range(int(first, 16), int(last, 16) + 1), target))
    return table


def _read_lookalikes() -> dict[str, dict[str, str]]:
    """For every script the letters of others that look like one of its own."""
    rows = read_table(
        "unicode/lookalikes.tsv",
        ("left", "left_script", "right", "right_script", "use", "source", "note"),
    )
    table: dict[str, dict[str, str]] = {}
    for left, left_script, right, right_script, use, _, _ in rows:
        one, other = chr(int(left[2:], 16)), chr(int(right[2:], 16))
        table.setdefault(left_script, {})[other] = one
        if use == "both":  # "left": nobody writes a name with the right one, U+04BB
            table.setdefault(right_script, {})[one] = other
    return table


_CHARACTERS = _read_characters()
_DROPPED = frozenset(chr(code) for code, target in _CHARACTERS.items() if not target)
_LOOKALIKES = _read_lookalikes()
_LETTERS = frozenset().union(*_LOOKALIKES.values()) - frozenset(map(chr, range(128)))
_SPACES = re.compile(" +")
_WORD = re.compile("[\\w\u0300-\u036f']+")

# Text that cleaning leaves as it is: letters that are NFKC and in no table, single spaces.
_LATIN_LETTERS = "!-_a-~À-ıĴ-ľŁ-ňŊ-žƏǍ-ǜǞ-ǰǴ-ȳəḀ-ẙẜ-ỿ"
_ARABIC_LETTERS = "!-@\\[-_{-~،؛؟\u0621-\u063a\u0641-\u064a\u0660-\u0669پچژڤگ"
_LATIN = re.compile(f"(?:[{_LATIN_LETTERS}]+(?: [{_LATIN_LETTERS}]+)*)?")
_ARABIC = re.compile(f"[{_ARABIC_LETTERS}]+(?: [{_ARABIC_LETTERS}]+)*")
