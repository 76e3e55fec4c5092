"""What the shape and the spelling of a name say against candidates, in running text.

In a list of names Ondera may be Londra. In a text a capital alone is a surname, and an
institution or a place is written as people write it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from resolve.documents.mentions import Found
from resolve.documents.runs import Titled
from resolve.documents.said import Said, say
from resolve.documents.words import Case, Words
from resolve.names.fold import fold
from resolve.pipeline import Resolver
from resolve.types import Candidate

__all__ = ["say_spelling"]

SHAPE: Final = 12.0
"""Bits against an actor of another kind than the name is shaped as. Chosen."""
SPELLED: Final = 4.0
"""Bits against an actor none of whose names is spelled so, where others' are. Chosen."""
_TELLING: Final = 3  # parts of a name from which on its shape isn't asked for


def say_spelling(
    resolver: Resolver, words: Words, mention: Found, rows: Sequence[int], said: Said
) -> None:
    """Say what speaks against candidates; nothing of the spelling if something else was said."""
    if mention.title is not None and _personal(words, mention.title):
        for row in rows:
            if not resolver.facts.is_person(row):
                say(said, row, -SHAPE, f"{mention.title.title.text} stands before a person")
    if not mention.cut.exact and _generation(words, mention):
        for row in rows:
            say(said, row, -2 * SHAPE, "a junior or a senior is another")
    if mention.cut.exact:
        _say_exact(resolver, mention, rows, said)
        return
    if mention.parts == 1 and not said:
        word = words.word[mention.cut.end - 1]
        for row in rows if word.case is not Case.NONE and not word.ends else ():
            say(said, row, -SPELLED, "no name has it in this spelling")
    organization = mention.shape == "organization"
    note = f"the shape is {'an institution' if organization else 'a person'}'s"
    for row in rows:
        other = resolver.facts.is_person(row) == organization
        if other and (organization or mention.parts < _TELLING):
            say(said, row, -SHAPE, note)


def _personal(words: Words, titled: Titled) -> bool:
    """Whether a title stands before persons alone: الدكتور, not a minister who visited Tripoli."""
    cased = words.word[titled.first].case is not Case.NONE
    return cased or titled.title.type in ("academic", "family")


def _generation(words: Words, mention: Found) -> bool:
    """Whether a name has a Jr that a name of the gazetteer hasn't."""
    own = words.word[mention.cut.first : mention.cut.end]
    return any("suffix" in word.classes for word in own)


def _say_exact(resolver: Resolver, mention: Found, rows: Sequence[int], said: Said) -> None:
    """Of a name that the gazetteer has word for word, against those who have it otherwise."""
    if not any(not resolver.facts.is_person(row) for row in rows[1:]):
        return
    likely = mention.weighing.likely
    plain = {row for row in likely if _alike(resolver.candidate(mention.weighing, row))}
    for row in rows if plain else ():
        if row not in plain and not resolver.facts.is_person(row):
            say(said, row, -SPELLED, "no name of it is spelled so")


def _alike(candidate: Candidate) -> bool:
    """Whether every word of a candidate's name is written as in the mention."""
    pairs = [t for t in candidate.terms if t.left is not None or t.right is not None]
    return all(
        t.left is not None and t.right is not None and fold(t.left) == fold(t.right) for t in pairs
    )
