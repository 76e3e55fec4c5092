"""The words of a language as texts have them: few ones often, and ever new ones.

Nouns and verbs are those of `resolve/tables/common`, each by Zipf's law, in an order that the
seed draws. What is written onto them is a table of how often; of Turkish suffixes the capitals
follow the word (A: a, e; I: ı, i, u, ü; D: d, t; N, S, Y: only after a vowel).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Final, TypeVar

from resolve.tables import read_table

__all__ = ["LANGUAGES", "Words", "capitalized", "joined", "repeated"]

LANGUAGES: Final = ("eng", "ara", "tur")
_HERE: Final = Path(__file__).parent
_SHIFT: Final = 20.0
"""Of the law of Zipf and Mandelbrot: the first words aren't much more frequent than the next."""
_AT_ONCE: Final = 4096
_VOWELS: Final = "aıoueiöüâîû"
_BACK: Final = "aıouâû"
_ROUNDED: Final = "ouöüû"
_HARD: Final = "fstkçşhp"
_YEARS: Final = (1950, 2026)

Drawn = TypeVar("Drawn")


class Words:
    """What fills the slots of a language's sentences: `noun`, `verb`, `day`, `month` ..."""

    def __init__(self, lang: str, seed: int) -> None:
        self._random = random = Random(f"{lang} {seed}")
        common = read_table(f"common/{lang}.tsv", ("word", "class", "source", "note"))
        inflections = read_table(
            _HERE / "inflections.tsv",
            ("lang", "class", "before", "after", "often", "source", "note"),
        )
        self._drawn: dict[str, Iterator[str]] = {}
        self._onto: dict[str, Iterator[tuple[str, str]]] = {}
        for kind in ("noun", "verb"):
            words = [word for word, own, *_ in common if own == kind]
            random.shuffle(words)
            often = [1 / (rank + _SHIFT) for rank in range(len(words))]
            self._drawn[kind] = repeated(random, words, often)
            rows = [row for row in inflections if row[:2] == (lang, kind)]
            onto = [(before, after) for _, _, before, after, *_ in rows]
            self._onto[kind] = repeated(random, onto, [int(row[4]) for row in rows])
        columns = ("lang", "slot", "word", "source", "note")
        calendar = read_table(_HERE / "calendar.tsv", columns)
        for slot in ("day", "month"):
            words = [word for own, kind, word, *_ in calendar if (own, kind) == (lang, slot)]
            self._drawn[slot] = repeated(random, words, [1] * len(words))

    def fill(self, slot: str) -> str:
        """Return a word for a slot."""
        if slot in self._onto:
            return self._inflected(slot)
        if slot == "number":
            return str(int(10 ** self._random.uniform(0.4, 3.6)))
        if slot == "year":
            return str(self._random.randrange(*_YEARS))
        return next(self._drawn[slot])

    def _inflected(self, kind: str) -> str:
        word = next(self._drawn[kind])
        before, after = next(self._onto[kind])
        if before.endswith(("ال", "لل")) and word.startswith("ال"):
            before = before[:-2]  # the article stands there once
        if "{" in after:
            return word + after.replace("{noun}", next(self._drawn["noun"]))
        return before + joined(word, after)


def repeated(random: Random, values: Sequence[Drawn], often: Sequence[float]) -> Iterator[Drawn]:
    """Yield values for ever, each as often as it says."""
    sums = list(accumulate(often))
    while True:
        yield from random.choices(values, cum_weights=sums, k=_AT_ONCE)


def joined(word: str, suffix: str, mark: str = "") -> str:
    """Return a word with a suffix after a mark; a suffix with capitals follows its vowels.

    >>> joined("Ankara", "DA", "'"), joined("Dibeybe", "YlA", "'"), joined("Akar", "NIn", "'")
    ("Ankara'da", "Dibeybe'yle", "Akar'ın")
    >>> joined("oil", "-led")
    'oil-led'
    """
    if suffix == suffix.lower():
        return word + mark + suffix if suffix else word
    found: list[str] = []
    low = word.replace("I", "ı").replace("İ", "i").lower()
    vowel = next((letter for letter in reversed(low) if letter in _VOWELS), "e")
    last = low[-1:]
    for letter in suffix:
        if letter in "NSY":
            written = letter.lower() if last in _VOWELS else ""
        elif letter == "A":
            written = "a" if vowel in _BACK else "e"
        elif letter == "I":
            if last in _VOWELS:
                continue
            written = (
                ("u" if vowel in _ROUNDED else "ı")
                if vowel in _BACK
                else ("ü" if vowel in _ROUNDED else "i")
            )
        elif letter == "D":
            written = "t" if last in _HARD else "d"
        else:
            written = letter
        if written:
            found.append(written)
            last = written
            vowel = written if written in _VOWELS else vowel
    return word + mark + "".join(found)


def capitalized(sentence: str, lang: str) -> str:
    """Return a sentence with its first letter large."""
    first = "İ" if lang == "tur" and sentence[:1] == "i" else sentence[:1].upper()
    return first + sentence[1:]
