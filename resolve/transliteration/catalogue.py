"""The schemes there are, and a text written in one of them.

Most are tables (`resolve/tables/schemes`); `anyascii` writes any script in ASCII; those of
camel-tools join where that extra is installed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import msgspec
from anyascii import anyascii

from resolve.errors import OptionError, SchemeError
from resolve.tables.scheme import Scheme, read_scheme, scheme_names
from resolve.transliteration import camel
from resolve.transliteration.engine import Attested, Engine, Reading

__all__ = ["SchemeInfo", "capitalized", "readings", "schemes", "transliterate"]


class SchemeInfo(msgspec.Struct, frozen=True):
    """What a scheme is: whose, of which language and script, into which."""

    name: str
    authority: str
    title: str
    language: str  # ISO 639-3; "mul" for any
    source: str  # ISO 15924; "Zyyy" for any
    target: str  # ISO 15924
    url: str
    notes: str = ""
    kind: str = "standard"  # or usage: as people write
    year: int | None = None
    invertible: bool = False


ANYASCII = SchemeInfo(
    name="anyascii",
    authority="Hunter WB",
    title="AnyAscii",
    language="mul",
    source="Zyyy",
    target="Latn",
    url="https://github.com/anyascii/anyascii",
    notes="Any script in ASCII, letter by letter, without regard to language.",
    kind="usage",
)


@cache
def schemes() -> tuple[SchemeInfo, ...]:
    """Return every scheme that can be used here, sorted by name.

    >>> [scheme.name for scheme in schemes() if scheme.language == "tur"]
    ['arabic-tur-Latn-Arab']
    """
    fields = list(SchemeInfo.__struct_fields__)
    tables = [
        SchemeInfo(**{field: getattr(read_scheme(name), field) for field in fields})
        for name in scheme_names()
    ]
    mapped = [
        SchemeInfo(
            name=name,
            authority="CAMeL Lab, New York University Abu Dhabi",
            title=f"camel-tools character map {name}",
            language="ara",
            source=source,
            target=target,
            url="https://camel-tools.readthedocs.io/en/latest/reference/encoding_schemes.html",
            invertible=True,
        )
        for name, (source, target) in (camel.MAPS.items() if camel.is_installed() else ())
    ]
    return tuple(sorted([*tables, *mapped, ANYASCII], key=lambda scheme: scheme.name))


def transliterate(
    text: str,
    scheme: str,
    n: int = 5,
    *,
    inverse: bool = False,
    title: bool = False,
    attested: Attested | None = None,
) -> tuple[Reading, ...]:
    """Return the `n` best readings of `text` in `scheme`, best first, ties by text.

    A source that says all gets one reading. One without vowels gets several where the scheme is
    `usage`; a `standard` never invents them. Letters that the scheme doesn't know stay as they
    are. `inverse` returns the sources that the scheme writes as `text`: none if there are none.
    `title` writes a name's words with capitals. `attested` gives a word's known spellings.

    Raises SchemeError for an unknown scheme, or one that has no inverse, and OptionError for an
    `n` below 1.

    >>> transliterate("عُمَر المُخْتَار", "alalc-ara-Arab-Latn-2012", title=True)[0].text
    'ʻUmar al-Mukhtār'
    """
    if n < 1:
        raise OptionError(f"n is {n}; the number of readings must be 1 or more")
    if scheme == ANYASCII.name and not inverse:
        return (Reading(anyascii(text), 1.0),)
    if scheme in camel.MAPS:
        return (Reading(camel.mapped(text, scheme, inverse=inverse), 1.0),)
    engine = _engine(scheme)
    if inverse and not engine.scheme.invertible:
        known = ", ".join(name for name in scheme_names() if read_scheme(name).invertible)
        raise SchemeError(f"{scheme} writes different sources alike: no inverse; try {known}")
    found = engine.inverse(text, n) if inverse else engine.readings(text, n, attested)
    return capitalized(found, engine.scheme) if title and not inverse else found


def readings(
    word: str, scheme: str, attested: Attested | None = None, n: int = 5
) -> tuple[Reading, ...]:
    """Return the `n` best readings of one word: its attested spellings first, then the rules'.

    `attested` maps a word to spellings with probabilities that add up to 1 or less; the rules
    share the rest. It is asked for the whole word and for what follows a prefix.

    >>> known = {"حفتر": [("hifter", 0.25), ("haftar", 0.75)]}
    >>> [reading.text for reading in readings("حفتر", "news-ara-Arab-Latn", known.__getitem__)]
    ['haftar', 'hifter']
    """
    return transliterate(word, scheme, n, attested=attested)


@cache
def _engine(name: str) -> Engine:
    if name in scheme_names():
        return Engine(read_scheme(name))
    known = ", ".join([*scheme_names(), *camel.MAPS, ANYASCII.name])
    raise SchemeError(f"no transliteration scheme {name!r}; known: {known}")


def capitalized(found: tuple[Reading, ...], scheme: Scheme) -> tuple[Reading, ...]:
    """Return each reading with a name's capitals, best first; those that fall together are one."""
    merged: dict[str, float] = {}
    for reading in found:
        text = _name(reading.text, scheme)
        merged[text] = merged.get(text, 0.0) + reading.probability
    ranked = sorted(merged.items(), key=lambda reading: (-reading[1], reading[0]))
    return tuple(Reading(text, p) for text, p in ranked)


def _name(text: str, scheme: Scheme) -> str:
    def word(match: re.Match[str]) -> str:
        small = match[0] in scheme.particles
        if small and not (scheme.capital_first and match.start() == 0):
            return match[0]
        return _upper_first(match[0], scheme.capitals)

    return re.sub(r"[^\s\-]+", word, text)


def _upper_first(word: str, capitals: Mapping[str, str]) -> str:
    """The word with its first letter that has a case in upper case: `ʻUmar`."""
    for at, letter in enumerate(word):
        if letter.lower() != letter.upper():
            return word[:at] + capitals.get(letter, letter.upper()) + word[at + 1 :]
    return word
