"""Apply a scheme to a text, either way: every reading with its probability, best first.

One mechanism serves all schemes. At each letter the longest rule that fits its context applies;
where a rule has several outputs the readings branch, are summed where they meet again, and the
best are kept. The inverse is computed from the same rules: a source stands only if the scheme
writes it so. What no rule knows passes through as it is.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import product
from math import exp, log

import msgspec

from resolve.tables.scheme import Output, Scheme
from resolve.transliteration.rules import Rules, expanded, outputs

__all__ = ["Attested", "Engine", "Reading", "joined"]

BEAM = 32
"""Readings of a word that are followed at once."""

LONGEST_WORD = 64
"""Letters after which a word is cut: hostile text costs time in proportion to its length."""

Attested = Callable[[str], Sequence[tuple[str, float]]]
"""A word -> its attested spellings with probabilities; what they leave of 1 the rules share."""

Ranked = dict[str, float]


class Reading(msgspec.Struct, frozen=True):
    """One way to write a text in another script, and its probability among all ways."""

    text: str
    probability: float


class Engine:
    """A scheme, made ready. Safe to share between threads."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._rules = Rules(scheme)
        marks = r"[^\W\d_][\u0300-\u036f\u0653-\u0655]+"
        spellings = map(re.escape, sorted(scheme.spellings, key=len, reverse=True))
        self._spelling = re.compile("|".join([*spellings, marks]))

    def readings(self, text: str, n: int, attested: Attested | None = None) -> tuple[Reading, ...]:
        """Return the `n` best readings of `text`, best first, ties by text."""
        letters, kept = self._spelled(text)
        parts: list[list[tuple[str, float]]] = []
        live: dict[int, Ranked] = {0: {"": 1.0}}  # where readings have come to
        stems = {0}  # where words begin, after a prefix too
        begin = 0
        for at in range(len(letters)):
            if at not in live:
                continue
            here = live.pop(at)
            border = self._is_border(letters, at)
            if not live and at > begin and (border or at - begin >= LONGEST_WORD):
                parts.append(_best(here, n))
                begin, here = at, {"": 1.0}
            if border:
                stems.add(at)
            here = _pruned(here)
            if attested and at in stems and letters[at] in self._rules.alphabet:
                here = self._add_attested(letters, at, here, live, attested)
            if insertion := self._rules.match(letters, at, at, stems):
                here = _pruned(_extended(here, insertion.outputs))
            end, choice = self._rules.longest(letters, at, stems)
            if choice and choice.prefix:
                stems.add(end)
            written = choice.outputs if choice else ((kept[at], 1.0),)
            _add(live.setdefault(end, {}), _extended(here, written))
        parts.append(_best(live[len(letters)], n))
        return joined(parts, n)

    def inverse(self, text: str, n: int) -> tuple[Reading, ...]:
        """Return the `n` best sources that this scheme writes as `text`; none if there are none."""
        sources = {
            proposed.text: proposed.probability
            for proposed in self._inverted.readings(text, BEAM)
            if any(text == back.text for back in self.readings(proposed.text, n))
        }
        total = sum(sources.values())
        return tuple(Reading(source, p / total) for source, p in _best(sources, n))

    @cached_property
    def _inverted(self) -> Engine:
        """Proposes sources: every rule turned round, those that need no context first."""
        sources: dict[str, Ranked] = {}
        for rule in sorted(expanded(self.scheme), key=lambda rule: bool(rule.before + rule.after)):
            for text, p in outputs(rule.to):
                if text and rule.source:
                    known = sources.setdefault(text, {})
                    known.setdefault(rule.source, p / 2 ** len(known))
        letters: dict[str, Output] = {
            text: {source: p / sum(known.values()) for source, p in known.items()}
            for text, known in sources.items()
        }
        signs = "".join(sorted(set("".join(letters))))
        bare = {"classes": {"letter": signs}, "spellings": {}, "words": {}, "rules": ()}
        return Engine(msgspec.structs.replace(self.scheme, letters=letters, **bare))

    def _spelled(self, text: str) -> tuple[str, list[str]]:
        """The letters that the rules read, and beside each what passes through where none fits."""
        letters: list[str] = []
        kept: list[str] = []
        at = 0
        for match in self._spelling.finditer(text):
            found = match[0]
            spelled = self.scheme.spellings.get(found, unicodedata.normalize("NFC", found))
            letters += text[at : match.start()] + spelled
            kept += text[at : match.start()]
            kept += [found, *[""] * (len(spelled) - 1)][: len(spelled)]
            at = match.end()
        letters += text[at:]
        kept += text[at:]
        return "".join(map(self._cased, letters)), kept

    def _cased(self, letter: str) -> str:
        """The letter in the rules' case; where lower case is longer than one, as it is."""
        lower = letter.lower() if self.scheme.lowercase else letter
        return lower if len(lower) == 1 else letter

    def _is_border(self, letters: str, at: int) -> bool:
        alphabet = self._rules.alphabet
        return at == 0 or letters[at] not in alphabet or letters[at - 1] not in alphabet

    def _add_attested(
        self, letters: str, at: int, here: Ranked, live: dict[int, Ranked], attested: Attested
    ) -> Ranked:
        """Lead readings past a word whose spellings are known; return what is left to the rules."""
        end = at
        while end < len(letters) and letters[end] in self._rules.alphabet:
            end += 1
        known = attested(letters[at:end])
        if not known:
            return here
        _add(live.setdefault(end, {}), _extended(here, known))
        left = 1.0 - sum(p for _, p in known)
        return {text: p * left for text, p in here.items()} if left > 1e-9 else {}


def _extended(readings: Ranked, more: Iterable[tuple[str, float]]) -> Ranked:
    extended: Ranked = {}
    for (text, p), (piece, q) in product(readings.items(), more):
        extended[text + piece] = extended.get(text + piece, 0.0) + p * q
    return extended


def _add(readings: Ranked, more: Ranked) -> None:
    for text, p in more.items():
        readings[text] = readings.get(text, 0.0) + p


def _pruned(readings: Ranked) -> Ranked:
    return readings if len(readings) <= BEAM else dict(_best(readings, BEAM))


def _best(readings: Ranked, n: int) -> list[tuple[str, float]]:
    """The `n` most likely, best first, ties by text."""
    return sorted(readings.items(), key=lambda reading: (-reading[1], reading[0]))[:n]


class _Path(msgspec.Struct, frozen=True):
    """A reading of the parts so far, as a chain: long texts cost no copies."""

    log_probability: float
    text: str = ""
    previous: _Path | None = None


def joined(parts: list[list[tuple[str, float]]], n: int) -> tuple[Reading, ...]:
    """Return the `n` best readings of the whole, from the ranked readings of its parts in order."""
    paths = [_Path(0.0)]
    for part in parts:
        grown = [
            _Path(path.log_probability + log(p), text, path)
            for path in paths
            for text, p in part
            if p > 0
        ]
        paths = heapq.nlargest(n, grown, key=lambda path: path.log_probability)
    whole: Ranked = {}
    for end in paths:
        pieces: list[str] = []
        path: _Path | None = end
        while path:
            pieces.append(path.text)
            path = path.previous
        text = "".join(reversed(pieces))
        whole[text] = whole.get(text, 0.0) + exp(end.log_probability)
    return tuple(Reading(text, p) for text, p in _best(whole, n))
