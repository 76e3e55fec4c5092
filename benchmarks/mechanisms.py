"""What the evidence consists of, and our system with one of its parts switched off.

A mechanism is left out where it stands: learned tables are replaced by tables that say nothing,
constants of the structure by what they are without it, a chance by none. The rest of the
pipeline is what ships, calibration included: it was fitted to the whole. This is the one place
of the benchmarks that reaches behind the public surface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from unittest.mock import patch

import msgspec
import numpy as np

from benchmarks.protocol import Answer
from benchmarks.systems.ours import Ours
from gazetteer import Gazetteer
from resolve.matching.alignment import Structure
from resolve.matching.comparison import Comparison
from resolve.matching.similarity import FLOOR
from resolve.model.background import Background, Floats
from resolve.model.edit import EditModel, Encoded, Inventory, Rows
from resolve.model.learned import Learned, load
from resolve.model.lexicon import Lexicon, Links
from resolve.names.fold import ALPHABETS
from resolve.texts import Texts
from resolve.types import Kind

__all__ = ["EVEN", "MECHANISMS", "Mechanism", "Without"]

EVEN = 15.5
"""Bits that every form is worth where rarity is switched off: the median of the parts of 400 names
of the EU's list of sanctions."""

_NO_CAP = 1000.0  # bits: more than any pair of parts says


def _whole(learned: Learned) -> Learned:
    return learned


def _as_it_is(structure: Structure) -> Structure:
    return structure


class Mechanism(msgspec.Struct, frozen=True):
    """A part of the evidence, and how it is switched off."""

    name: str
    without: str
    """What holds once it is switched off, in a line."""
    structure: Callable[[Structure], Structure] = _as_it_is
    learned: Callable[[Learned], Learned] = _whole
    values: Mapping[str, object] = MappingProxyType({})
    """Values of modules that are others while it is switched off."""


class Without(Ours):
    """Our system with one mechanism switched off."""

    def __init__(self, mechanism: Mechanism) -> None:
        self.mechanism = mechanism
        self.name = f"without {mechanism.name}"
        self.note = mechanism.without

    def score(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the evidence of each pair, in bits."""
        with self._switched_off():
            return super().score(pairs, kind)

    def probabilities(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the probability of each pair, taken alone."""
        with self._switched_off():
            return super().probabilities(pairs, kind)

    def link(
        self, gazetteer: Gazetteer, mentions: Sequence[str], kind: Kind, top: int = 10
    ) -> list[Answer]:
        """Return the decision on each mention."""
        with self._switched_off():
            return super().link(gazetteer, mentions, kind, top)

    def cluster(self, names: Sequence[str], kind: Kind) -> list[int]:
        """Return the clusters of names that are all unknown."""
        with self._switched_off():
            return super().cluster(names, kind)

    @cached_property
    def _comparison(self) -> Comparison:
        comparison = Comparison(self.mechanism.learned(load()))
        comparison.structure = self.mechanism.structure(comparison.structure)
        return comparison

    @contextmanager
    def _switched_off(self) -> Iterator[None]:
        """Let the pipeline compare without the mechanism, for the time being."""
        with ExitStack() as stack:
            stack.enter_context(patch("resolve.pipeline.Comparison", lambda _: self._comparison))
            for place, value in self.mechanism.values.items():
                stack.enter_context(patch(place, value))
            yield


class _Part(Learned):
    """The learned tables but for what a subclass replaces; what was read is shared."""

    def __init__(self, whole: Learned) -> None:
        vars(self).update(vars(whole))


class _NoLexicon(_Part):
    def __init__(self, whole: Learned) -> None:
        super().__init__(whole)
        self.lexicon = Lexicon(dict.fromkeys(ALPHABETS, _UNATTESTED))


class _NoRarity(_Part):
    def background(self, kind: str, script: str) -> Background:
        return _EVENLY


class _NoLetters(_Part):
    def edits(self, left: str, right: str) -> EditModel | None:
        return _SILENT


class _Evenly(Background):
    """Every form is as rare as any other."""

    def __init__(self) -> None:
        pass

    def log2p(self, forms: Sequence[str]) -> Floats:
        return np.full(len(forms), -EVEN)


class _Silent(EditModel):
    """No word was ever written for another."""

    def __init__(self) -> None:
        super().__init__(Inventory(("",)), Inventory(("",)), np.ones((1, 1)))

    def joint(self, left: Encoded, right: Encoded, rows: Rows | None = None) -> Floats:
        return np.full(len(left.lengths if rows is None else rows[0]), -np.inf)

    def read(self, *_: object) -> None:
        """Nothing is read by a compiled programme: there are no operations."""

    def marginal(self, words: Encoded, side: int) -> Floats:
        return np.zeros(len(words.lengths))


_NOBODY = np.zeros(0, np.int64)
_UNATTESTED = Links(Texts.of(()), np.zeros(1, np.int64), _NOBODY, np.zeros(0), _NOBODY)
_EVENLY, _SILENT = _Evenly(), _Silent()


def _merely_omitted(structure: Structure) -> Structure:
    return replace(structure, contradicted=structure.omitted[:, None] + structure.omitted[None])


def _no_omissions(structure: Structure) -> Structure:
    nothing = np.zeros_like(structure.omitted)
    return replace(structure, omitted=nothing, beside_alone=nothing)


def _no_surname_alone(structure: Structure) -> Structure:
    return replace(structure, beside_alone=structure.omitted)


def _no_family(structure: Structure) -> Structure:
    return replace(structure, family_shared=np.inf)


def _no_caps(structure: Structure) -> Structure:
    return replace(structure, cap=np.full_like(structure.cap, _NO_CAP))


def _no_crossing(structure: Structure) -> Structure:
    return replace(structure, crossed=np.zeros_like(structure.crossed))


def _no_order(structure: Structure) -> Structure:
    return replace(structure, descent=0.0, further_descent=0.0, family_first=0.0)


MECHANISMS = (
    Mechanism("lexicon", "no spelling is attested", learned=_NoLexicon),
    Mechanism("rarity", f"every form is worth {EVEN:g} bits", learned=_NoRarity),
    Mechanism("edit model", "no letter is written for another", learned=_NoLetters),
    Mechanism(
        "cognates",
        "Mykola isn't Nicholas",
        values={"resolve.matching.similarity.COGNATE": 0.0},
    ),
    Mechanism(
        "slips",
        "no letter is mistyped",
        values={"resolve.matching.slips.SLIP": 0.0},
    ),
    Mechanism(
        "servants' names",
        "Abd al-Karim is a word like any other",
        values={"resolve.matching.vocabulary.served": lambda *_: None},
    ),
    Mechanism(
        "initials",
        "an initial is a word that differs",
        values={"resolve.matching.similarity.INITIAL": FLOOR},
    ),
    Mechanism(
        "other readings",
        "a part has one reading: nothing is joined",
        values={"resolve.matching.slots.MAX_FORMS": 1},
    ),
    Mechanism("contradiction", "it costs what both omissions would", structure=_merely_omitted),
    Mechanism("omission", "what one side leaves out costs nothing", structure=_no_omissions),
    Mechanism("surname alone", "it omits as any name does", structure=_no_surname_alone),
    Mechanism("family", "relatives are strangers: no third hypothesis", structure=_no_family),
    Mechanism("caps", "a part may say all that it is worth", structure=_no_caps),
    Mechanism("crossing", "a given name may be a family name", structure=_no_crossing),
    Mechanism(
        "second names",
        "a second given name is the father's everywhere",
        values={"resolve.matching.second_names.SECOND": np.inf},
    ),
    Mechanism("order", "parts stand in any order", structure=_no_order),
)
"""What can be switched off, in the order of the stages: forms, readings, structure."""
