"""Which rule of a scheme applies at a letter: the longest, in the longest context that fits."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import product
from typing import NamedTuple

import msgspec

from resolve.tables.scheme import EDGE, Output, Rule, Scheme

__all__ = ["Choice", "Rules", "expanded", "outputs"]


SPACE = " "


class Letters(NamedTuple):
    """A class of letters, or (`wanted` False) whatever is not in it; "" is what is no letter."""

    members: frozenset[str]
    wanted: bool


Context = tuple[tuple[Letters, ...], ...]
"""Alternatives, each a sequence outward from the rule; none at all fits everywhere."""


class Choice(NamedTuple):
    """What a source becomes in a context."""

    outputs: tuple[tuple[str, float], ...]
    before: Context
    after: Context
    prefix: bool


class Rules:
    """The rules of a scheme by what they read. `alphabet` holds its letters; all else is edge."""

    def __init__(self, scheme: Scheme) -> None:
        rules = list(expanded(scheme))
        classes = {name: frozenset(letters) for name, letters in scheme.classes.items()}
        classes[EDGE] = frozenset(["", SPACE])
        self.alphabet = _alphabet(scheme, rules)
        self._choices: dict[str, list[Choice]] = {}
        for rule in rules:
            before = _context(rule.before, classes)
            after = tuple(names[::-1] for names in _context(rule.after, classes))
            choice = Choice(outputs(rule.to), before, after, rule.prefix)
            self._choices.setdefault(rule.source, []).append(choice)
        for choices in self._choices.values():
            choices.sort(key=lambda choice: -_length(choice))
        self._longest = max(map(len, self._choices), default=0)

    def longest(self, letters: str, at: int, stems: Collection[int]) -> tuple[int, Choice | None]:
        """Return where the longest rule at `at` ends, and its choice; None where none fits.

        `stems` are the positions where words begin: what stands before them is an edge.
        """
        for end in range(min(at + self._longest, len(letters)), at, -1):
            if choice := self.match(letters, at, end, stems):
                return end, choice
        return at + 1, None

    def match(self, letters: str, at: int, end: int, stems: Collection[int]) -> Choice | None:
        """Return the choice for just `letters[at:end]`, which may be empty; None if none fits."""
        for choice in self._choices.get(letters[at:end], ()):
            if self._fits(letters, at, -1, choice.after, stems) and self._fits(
                letters, end, 1, choice.before, stems
            ):
                return choice
        return None

    def _fits(
        self, letters: str, at: int, step: int, context: Context, stems: Collection[int]
    ) -> bool:
        """Whether the letters outward from `at` are as one of the alternatives says."""
        if not context:
            return True
        first = at if step > 0 else at - 1
        seen: list[str] = []
        for index in range(first, first + step * max(map(len, context)), step):
            inside = 0 <= index < len(letters) and not (step < 0 and index + 1 in stems)
            letter = letters[index] if inside else ""
            seen.append(letter if letter == SPACE or letter in self.alphabet else "")
        return any(
            all((letter in x.members) is x.wanted for letter, x in zip(seen, names, strict=False))
            for names in context
        )


def expanded(scheme: Scheme) -> Iterator[Rule]:
    """Yield the rules of a scheme, one a letter where they say `each`; words and letters last."""
    for rule in scheme.rules:
        if not rule.each:
            yield rule
            continue
        for letter in scheme.classes[rule.each]:
            yield msgspec.structs.replace(
                rule,
                each="",
                source=rule.source.replace("{letter}", letter),
                before=rule.before.replace("{letter}", letter),
                after=rule.after.replace("{letter}", letter),
                to=_filled(rule.to, letter, scheme.letters[letter]),
            )
    for word, to in scheme.words.items():
        yield Rule(word, to, before=EDGE, after=EDGE)
    for letter, to in scheme.letters.items():
        yield Rule(letter, to)


def outputs(to: Output) -> tuple[tuple[str, float], ...]:
    """Return what a letter becomes, with probabilities."""
    return ((to, 1.0),) if isinstance(to, str) else tuple(to.items())


def _filled(to: Output, letter: str, own: Output) -> dict[str, float]:
    filled: dict[str, float] = {}
    for (text, p), (out, q) in product(outputs(to), outputs(own)):
        done = unicodedata.normalize("NFC", text.replace("{letter}", letter).replace("{out}", out))
        filled[done] = filled.get(done, 0.0) + p * q
    return filled


def _alphabet(scheme: Scheme, rules: Sequence[Rule]) -> frozenset[str]:
    """Letters and marks that the scheme reads, and what it calls a `letter`."""
    seen = {letter for rule in rules for letter in rule.source}
    seen.update(letter for members in scheme.classes.values() for letter in members)
    letters = {letter for letter in seen if unicodedata.category(letter)[0] in "LM"}
    return frozenset(letters | set(scheme.classes.get("letter", "")))


def _context(text: str, classes: dict[str, frozenset[str]]) -> Context:
    return tuple(
        tuple(
            Letters(classes.get(name.removeprefix("!"), frozenset(name[-1])), name[0] != "!")
            for name in alternative.split()
        )
        for alternative in text.split("|")
        if alternative.strip()
    )


def _length(choice: Choice) -> int:
    return sum(max(map(len, side), default=0) for side in (choice.before, choice.after))
