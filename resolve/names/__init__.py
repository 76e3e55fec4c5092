"""Text -> Name: what a written name consists of, before anything is compared.

clean      Unicode: one way to write what looks alike       unicode.py, script.py
tokenize   words, with offsets into the mention             tokens.py
set aside  titles and ranks, kept as evidence               titles.py
parts      given, nasab, kunya, laqab, nisba, family        parts.py, fold.py
"""

from __future__ import annotations

from resolve.names.parts import person_parts, word_parts
from resolve.names.script import script_of
from resolve.names.titles import set_aside
from resolve.names.tokens import tokenize
from resolve.names.unicode import clean
from resolve.types import Mention, Name, Part

__all__ = ["normalize", "person", "read", "words"]


def read(mention: Mention | str) -> Name:
    """Return the name that a mention writes; its parts and words may be empty.

    Never raises: what is not a name has no parts.

    >>> name = read("Lt. Gen. Salah al-Din al-Namroush")
    >>> name.titles, [(part.form, str(part.type)) for part in name.parts]
    (('Lt. Gen.',), [('salahaldin', 'laqab'), ('namroush', 'family')])
    """
    if isinstance(mention, str):
        mention = Mention(mention)
    cleaned = clean(mention.text)
    tokens = tokenize(cleaned)
    titles, rest = set_aside(tokens)
    return Name(
        mention,
        cleaned.text,
        script_of(cleaned.text),
        tokens,
        tuple(" ".join(mention.text[title.start : title.end].split()) for title in titles),
        person_parts(mention.text, rest),
        word_parts(mention.text, tokens),
    )


def person(text: str) -> tuple[Part, ...]:
    """Return the parts of a person's name: `read(text).parts` and no more."""
    return person_parts(text, set_aside(tokenize(clean(text)))[1])


def words(text: str) -> tuple[Part, ...]:
    """Return the words of an organization's or a place's name: `read(text).words` and no more."""
    return word_parts(text, tokenize(clean(text)))


def normalize(text: str) -> str:
    """Return the name as clean text, its words separated by single spaces.

    >>> normalize("  ﻣﺤـﻤﺪ\u200f   اﻟﻤﻨﻔﻲ ")
    'محمد المنفي'
    """
    return " ".join(clean(text).text.split())
