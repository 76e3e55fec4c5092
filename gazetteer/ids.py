"""Canonical ids: what one looks like, how one is made from a name, and where a retired one leads.

The grammar of ours is `[a-z0-9]+(-[a-z0-9]+)*`: readable words of ASCII letters and digits with
single hyphens, from the canonical English name (`khalifa-haftar`). Tables from elsewhere keep
the ids that they come with: those may hold upper case and `:._/-` too (`Q1234`, `un:110328`).

An id is never given to another actor. One that is given up stays as a redirect to the id that
took its place; redirects lead on to an actor in the end, and never round in a circle.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from typing import Final

from gazetteer.errors import IdError

__all__ = ["MAX_LENGTH", "follow", "is_foreign_id", "is_id", "mint"]

MAX_LENGTH: Final = 80
"""The most characters that a minted id has, before a number that tells it from others."""

UNNAMED: Final = "unnamed"
"""What an id is made from where a name has nothing to read aloud, such as "???"."""

_OURS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FOREIGN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9:._/-]*[A-Za-z0-9])?")

# Letters that NFKD leaves whole, as newspapers write them without their stroke or dot.
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ə": "e",
    }
)
# Apostrophes, ayn and hamza stand within a word (Sana'a, Qur'an): they join, not part.
_APOSTROPHES = re.compile("['\u2018\u2019\u02bb\u02bc\u02be\u02bf\u0060\u00b4]")
_GAPS = re.compile(r"[^a-z0-9]+")


def is_id(text: str) -> bool:
    """Whether `text` is a canonical id of ours.

    >>> is_id("khalifa-haftar"), is_id("Khalifa Haftar"), is_id("un:110328")
    (True, False, False)
    """
    return _OURS.fullmatch(text) is not None


def is_foreign_id(text: str) -> bool:
    """Whether `text` may serve as an id in a table from elsewhere; ours may as well.

    >>> is_foreign_id("un:110328"), is_foreign_id("khalifa-haftar"), is_foreign_id("no spaces")
    (True, True, False)
    """
    return _FOREIGN.fullmatch(text) is not None


def mint(name: str, taken: Container[str] = ()) -> str:
    """A new id for `name`, not among `taken`: a second `Ali` is `ali-2`, a third `ali-3`.

    The same name and the same `taken` give the same id. A name without Latin letters is
    romanized letter by letter, so that the id can be typed.

    >>> mint("Yaşar Güler"), mint("Yasar Guler", {"yasar-guler"})
    ('yasar-guler', 'yasar-guler-2')
    """
    base = _slug(name) or _slug(_romanized(name)) or UNNAMED
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def follow(id: str, redirects: Mapping[str, str]) -> str:
    """The id where the redirects from `id` end; `id` itself where none starts there.

    Raises IdError where they lead round in a circle.

    >>> follow("tarabulus", {"tarabulus": "tripoli-libya", "tripoli-libya": "tripoli"})
    'tripoli'
    """
    seen = [id]
    while (target := redirects.get(seen[-1])) is not None:
        if target in seen:
            raise IdError(
                f"redirects lead round in a circle: {' -> '.join([*seen, target])} "
                f"(remove the one that points back)"
            )
        seen.append(target)
    return seen[-1]


def _slug(text: str) -> str:
    """The ASCII words of `text` with hyphens between; "" if a letter is left and none is Latin."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).lower())
    folded = folded.translate(_LETTERS)
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    slug = _GAPS.sub("-", _APOSTROPHES.sub("", plain)).strip("-")
    if not any("a" <= char <= "z" for char in slug) and any(map(str.isalpha, plain)):
        return ""
    if len(slug) > MAX_LENGTH:
        slug = slug[: MAX_LENGTH + 1].rpartition("-")[0] or slug[:MAX_LENGTH]
    return slug


def _romanized(text: str) -> str:
    from anyascii import anyascii  # late: seldom needed, and its tables take time to load

    return anyascii(text)
