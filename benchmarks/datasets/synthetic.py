"""Actors and mentions that nobody bears, in any number, from the names that the model attests.

    actors     given, middle and family name, drawn as often as the public lists have them
    mentions   one in five in Arabic script, one in ten as Turkish writes it, the others in another
               attested Latin spelling or with a letter mistyped; a middle name may be left out
    NIL        one mention in five is of an actor who isn't in the gazetteer

For timing: names as they come, whose actor is known, without any data at hand. How good the
answers are is measured on real names.
"""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from random import Random

import msgspec

import resolve.model
from gazetteer import Entity, EntityName, Gazetteer
from resolve.model import store
from resolve.model.learned import load
from resolve.transliteration import transliterate

__all__ = ["Synthetic", "SyntheticMention", "synthetic"]

ARABIC, TURKISH, NIL = 0.2, 0.1, 0.2
"""Shares of the mentions."""
MIDDLE = 0.5
"""Share of actors who have a middle name; half of their mentions leave it out."""
SLIP = 0.1
"""Share of Latin words that hold a letter too many, too few, or two exchanged."""

_LEAST_SHARE = 0.1  # of a word's spellings, which a spelling must have to be taken
_LEAST = 4  # letters of a word that a slip can happen to
_TURKISH = "turkish-ara-Arab-Latn"


class SyntheticMention(msgspec.Struct, frozen=True):
    """A written name, and the id of the actor that it means; None for one nobody knows."""

    text: str
    actor: str | None
    script: str


class Synthetic(msgspec.Struct, frozen=True):
    """A gazetteer of persons and mentions of its actors, in no order."""

    gazetteer: Gazetteer
    mentions: tuple[SyntheticMention, ...]


def synthetic(actors: int, mentions: int, seed: int = 1) -> Synthetic:
    """Return that many actors and mentions; the same arguments give the same names.

    >>> made = synthetic(20, 10)
    >>> len(made.gazetteer), len(made.mentions), made.mentions == synthetic(20, 10).mentions
    (20, 10, True)
    """
    random = Random(seed)
    names = _Names(random)
    strangers = round(mentions * NIL)
    bearers: dict[tuple[str, ...], None] = {}
    while len(bearers) < actors + strangers:
        bearers.setdefault(names.bearer())
    everyone = list(bearers)
    known, unknown = everyone[:actors], everyone[actors:]
    asked = [(random.randrange(actors), True) for _ in range(mentions - strangers)]
    asked += [(number, False) for number in range(strangers)]
    random.shuffle(asked)
    return Synthetic(
        Gazetteer(name="synthetic", entities=tuple(map(_entity, range(actors), known))),
        tuple(
            names.mention(known[n], _id(n)) if there else names.mention(unknown[n], None)
            for n, there in asked
        ),
    )


class _Names:
    """The words that names are made of, by how often the public lists have them."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._lexicon = load().lexicon
        arrays, _ = store.read(Path(resolve.model.__file__).with_name("data"))
        forms = arrays["background/name/Latn/forms"].tobytes().decode("utf-8").split("\n")
        counts = arrays["background/name/Latn/counts"].tolist()
        # Only what the model can write in Arabic: each actor may be mentioned in either script.
        written = [
            (form, count)
            for form, count in zip(forms, counts, strict=True)
            if len(form) > 2 and self._spellings(form, "Arab")
        ]
        self._words = [form for form, _ in written]
        self._often = list(accumulate(count for _, count in written))

    def bearer(self) -> tuple[str, ...]:
        """Return the words of a name; a family name is any, the others are common ones."""
        middle = self._random.random() < MIDDLE
        words = self._random.choices(self._words, cum_weights=self._often, k=1 + middle)
        return (*words, self._random.choice(self._words))

    def mention(self, words: tuple[str, ...], actor: str | None) -> SyntheticMention:
        """Return the name as someone else writes it."""
        if len(words) > 2 and self._random.random() < 0.5:
            words = (words[0], words[-1])
        lot = self._random.random()
        if lot < ARABIC:
            return SyntheticMention(" ".join(map(self._arabic, words)), actor, "Arab")
        writer = self._turkish if lot < ARABIC + TURKISH else self._latin
        return SyntheticMention(" ".join(map(writer, words)).title(), actor, "Latn")

    def _arabic(self, word: str) -> str:
        return self._drawn(word, "Arab")

    def _turkish(self, word: str) -> str:
        return transliterate(self._arabic(word), _TURKISH)[0].text

    def _latin(self, word: str) -> str:
        word = self._drawn(word, "Latn")
        return self._slipped(word) if self._random.random() < SLIP else word

    def _drawn(self, word: str, script: str) -> str:
        found = self._spellings(word, script)
        (form,) = self._random.choices(list(found), list(found.values())) if found else (word,)
        return form

    def _spellings(self, word: str, script: str) -> dict[str, float]:
        found = self._lexicon.neighbours(word, "Latn", script)
        shares = zip(found.forms, found.given_left.tolist(), strict=True)
        return {form: share for form, share in shares if share >= _LEAST_SHARE}

    def _slipped(self, word: str) -> str:
        if len(word) < _LEAST:
            return word
        at = self._random.randrange(1, len(word) - 1)
        return self._random.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )


def _id(number: int) -> str:
    return f"person-{number:06}"


def _entity(number: int, words: tuple[str, ...]) -> Entity:
    name = EntityName(" ".join(words).title(), "und", "Latn", "primary", "synthetic")
    return Entity(_id(number), (name,), "person")
