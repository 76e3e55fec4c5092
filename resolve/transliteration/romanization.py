"""How would a newspaper write this name in Latin letters? Its readings, best first.

    attested   the word's known spellings              resolve.model.lexicon
    decoded    those of a word that nobody attested    decoding.py
    usage      the article, Abd-compounds, bin, Abu,   tables/schemes/news-ara-Arab-Latn
               and a few words of the news

A word's attested spellings share `1 - novelty`; the decoded ones and those of usage share the
rest. Arabic, Cyrillic and Hebrew letters have a model; other scripts are written letter by
letter, and Latin stays as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby, starmap

from anyascii import anyascii

from resolve.errors import ModelError, OptionError
from resolve.model.learned import load
from resolve.names import normalize
from resolve.names.fold import ALPHABETS, fold
from resolve.names.script import NO_SCRIPT
from resolve.names.tokens import tokenize
from resolve.names.unicode import Cleaned
from resolve.tables import read_table
from resolve.tables.scheme import read_scheme
from resolve.transliteration.catalogue import capitalized, transliterate
from resolve.transliteration.decoding import Decoder
from resolve.transliteration.engine import Reading, joined

__all__ = ["romanize"]

NEWS = "news-ara-Arab-Latn"
"""The scheme of English-language newspapers: usage for Arabic, capitals for all."""
RULES = 0.25
"""Share of the scheme's rules, beside the decoder, in the spelling of an unknown Arabic word:
on 200 persons of the gazetteer .25 and .4 spell as the news does, 0 does so less."""
WORDS = 0.5
"""Share of the scheme's own words beside their attested spellings: editors write Muammar where
registers have Maamar."""
STEM = 2
"""Letters that must follow an article or an Abd-."""
MOST = 32
"""Spellings of a word that are kept, and readings of a name: the first doesn't depend on `n`."""
NOTHING = 1e-9
"""Less probability than that is none."""

Spellings = tuple[tuple[str, float], ...]


def romanize(text: str, n: int = 1) -> tuple[Reading, ...]:
    """Return the `n` best spellings of a name in Latin letters: this is `resolve.romanize`."""
    if n < 1:
        raise OptionError(f"n is {n}; the number of readings must be 1 or more")
    clean = normalize(text)
    tokens = tokenize(Cleaned(clean))
    if {token.script for token in tokens} <= {"Latn", NO_SCRIPT}:
        same = " ".join(unicodedata.normalize("NFC", text).split())
        return (Reading(same, 1.0),) if same else ()
    parts: list[list[tuple[str, float]]] = []
    end = 0
    for script, run in groupby(tokens, key=lambda token: token.script):
        words = [(token.start, token.end) for token in run]
        if script == "Arab":  # read as a whole: bin, the article and Abd- go with what follows
            words = [(words[0][0], words[-1][1])]
        for start, stop in words:
            parts.append([(anyascii(clean[end:start]), 1.0)])
            parts.append(_readings(clean[start:stop], script))
            end = stop
    parts.append([(anyascii(clean[end:]), 1.0)])
    return joined(parts, max(n, MOST))[:n]


def _readings(text: str, script: str) -> list[tuple[str, float]]:
    """How a run of Arabic, or one word of another script, is written; capitals included."""
    if script == "Latn":
        return [(text, 1.0)]
    if script == "Arab":
        found = transliterate(_theophoric(text), NEWS, MOST, title=True, attested=_attested)
    else:
        known = _spellings(text, script) if script in ALPHABETS else ()
        left = 1.0 - sum(p for _, p in known)
        letters = anyascii(text)
        rest = [(letters, left)] if left > NOTHING else []
        found = capitalized(tuple(starmap(Reading, (*known, *rest))), read_scheme(NEWS))
    # What the scheme doesn't know is to be read all the same: a letter of Urdu, a Quranic mark.
    return [(anyascii(reading.text), reading.probability) for reading in found]


def _theophoric(text: str) -> str:
    """The text with an attested Nasr Allah in one word: Nasrallah. Abd Allah is the scheme's."""
    words: list[str] = []
    for word in text.split(" "):
        if words and word in _allah() and not _is_abd(words[-1]):
            form, script = fold(words[-1] + word, "Arab")
            if load().lexicon.novelty(form, script, "Latn") < 1.0:
                words[-1] += word
                continue
        words.append(word)
    return " ".join(words)


@cache
def _allah() -> frozenset[str]:
    rows = read_table("particles/Arab.tsv", ("form", "class", "lang", "source", "note"))
    return frozenset(form for form, kind, *_ in rows if kind == "allah")


@lru_cache(maxsize=1 << 14)
def _attested(word: str) -> Spellings:
    """An Arabic word's spellings; what they leave of 1 is the scheme's.

    None where the scheme should first take off an article or an Abd-.
    """
    return () if _has_prefix(word) else _spellings(word, "Arab")


@lru_cache(maxsize=1 << 14)
def _spellings(word: str, script: str) -> Spellings:
    """A word's attested and decoded spellings, best first, with their shares."""
    form, _ = fold(word, script)
    lexicon = load().lexicon
    novelty = lexicon.novelty(form, script, "Latn")
    neighbours = lexicon.neighbours(form, script, "Latn")
    attested = zip(neighbours.forms, neighbours.given_left.tolist(), strict=True)
    own = script == "Arab" and word in read_scheme(NEWS).words
    shares: dict[str, float] = {}
    _share(shares, attested, (1.0 - WORDS if own else 1.0) * (1.0 - novelty))
    if not own and not (script == "Arab" and _is_vocalised(word)):
        left = novelty * (1.0 - RULES if script == "Arab" else 1.0)
        _share(shares, _decoder(script).spellings(form, MOST), left)
    return tuple(sorted(shares.items(), key=lambda spelling: (-spelling[1], spelling[0])))


def _share(shares: dict[str, float], spellings: Iterable[tuple[str, float]], whole: float) -> None:
    """Give the likeliest of `spellings` their shares of `whole`."""
    best = sorted(spellings, key=lambda spelling: (-spelling[1], spelling[0]))[:MOST]
    total = sum(p for _, p in best)
    for text, p in best:
        shares[text] = shares.get(text, 0.0) + whole * p / total


def _has_prefix(word: str) -> bool:
    """Whether an Arabic word begins with an article or an Abd-, or is an Abd itself.

    Not if it is better attested with it than without: Elias is no al-Yas.
    """
    if _is_abd(word):
        return True
    form, script = fold(word, "Arab")
    novelty = load().lexicon.novelty
    for prefix in _prefixes():
        bare, _ = fold(word.removeprefix(prefix), script)
        if word.startswith(prefix) and len(bare) >= STEM:
            whole = novelty(form, script, "Latn")
            return whole == 1.0 or 2.0 * whole > novelty(bare, script, "Latn")
    return False


def _is_abd(word: str) -> bool:
    """Whether the scheme reads a word together with the article of the next one."""
    return any(prefix.startswith(word + " ") for prefix in _prefixes())


@cache
def _prefixes() -> tuple[str, ...]:
    """What the scheme takes off the beginning of a word, the longest first."""
    found = {rule.source for rule in read_scheme(NEWS).rules if rule.prefix}
    return tuple(sorted(found, key=lambda prefix: (-len(prefix), prefix)))


def _is_vocalised(word: str) -> bool:
    """Whether vowels are written as marks: the rules read them, the model has none."""
    return any(map(unicodedata.combining, word))


@cache
def _decoder(script: str) -> Decoder:
    learned = load()
    edits = learned.edits(script, "Latn")
    if edits is None:
        raise ModelError(f"no edit model {script}-Latn; train again: python -m resolve.model.train")
    return Decoder(edits, learned.background("name", "Latn"))
