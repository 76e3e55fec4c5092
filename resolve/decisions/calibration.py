"""From bits to probabilities: what evidence is worth, and the odds before there is any.

    log2 odds of an actor against NIL = odds(bits, line) + log2 share + log2 (1 - nil) / nil
    log2 odds between two actors      = rivalry * bits + log2 share, each less the other's

Raw bits are overconfident, the more so the more there are: lists hold one person twice, and
names are less independent than their parts. So what bits are worth is a line with bends, fitted to
the likelihood of linking decisions; a surname alone and a name compared word by word have straight
lines of their own. The share of an actor is its prominence (how often the news
means it; entity linking's commonness) over that of all the gazetteer, so a larger gazetteer
asks for more evidence. Whether any actor is meant and which one are two questions: the first
doubts the evidence as a whole, the second only what sets the candidates apart. The probabilities
of all candidates and of NIL add up to one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["BENDS", "FULL", "LONE", "PAIR_AMONG", "WORDS", "Calibration"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Lines = NDArray[np.int8]

FULL, LONE, WORDS, ACROSS = (np.int8(k) for k in range(4))
"""How names were compared: as persons' of several parts each, as persons' of whom one has a single
part, word by word; as persons' of several parts in two scripts."""

PAIR_AMONG = 512
"""A pair that is compared alone is taken to come from a list of so many names."""

BENDS = (0.0, 8.0, 16.0, 24.0)
"""Bits at which the worth of further evidence changes."""


@dataclass(frozen=True)
class Calibration:
    """Fitted constants of the decision; see `model/constants.toml`."""

    slopes: tuple[float, ...]  # bits of odds a bit of evidence, before and after each bend
    offset: float  # log2 odds that the fit adds
    across_offset: float  # what it adds besides where much is said in two scripts
    lone_slope: float  # the same two where one name is a single part
    lone_offset: float
    word_slope: float  # and for organizations and places
    word_offset: float
    rivalry: float  # bits of odds between two candidates a bit between their evidence
    nil: float  # assumed share of mentions whose actor the gazetteer doesn't hold
    variants: float  # names that one actor has in a list, as is assumed before any evidence

    @classmethod
    def of(cls, constants: Mapping[str, float]) -> Calibration:
        """Return the calibration of a table of constants, by name."""
        lines = (
            "offset",
            "across_offset",
            "lone_slope",
            "lone_offset",
            "word_slope",
            "word_offset",
        )
        names = (*lines, "rivalry", "nil_share", "variants")
        slopes = tuple(constants[f"slope_{k}"] for k in range(len(BENDS) + 1))
        return cls(slopes, *(constants[name] for name in names))

    def worth(self, bits: Floats) -> Floats:
        """Return what evidence adds to the odds, in bits; rises with it.

        >>> slopes = (1.0, 1.0, 0.5, 0.5, 0.0)
        >>> calibration = Calibration(slopes, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.5, 0.0)
        >>> calibration.worth(np.array([-4.0, 10.0, 99.0]))
        array([-4.,  9., 16.])
        """
        total = self.slopes[0] * np.minimum(bits, BENDS[0])
        for low, high, slope in zip(BENDS, (*BENDS[1:], np.inf), self.slopes[1:], strict=True):
            total = total + slope * np.clip(bits - low, 0.0, high - low)
        return np.asarray(total)

    def odds(self, bits: Floats, lines: Lines) -> Floats:
        """Return log2 of the odds that evidence speaks for, as names were compared."""
        # What two scripts leave unsaid grows with what they say.
        more = self.across_offset * np.clip((bits - BENDS[1]) / (BENDS[2] - BENDS[1]), 0.0, 1.0)
        full = self.worth(bits) + self.offset + np.where(lines == ACROSS, more, 0.0)
        lone = self.lone_slope * bits + self.lone_offset
        words = self.word_slope * bits + self.word_offset
        return np.asarray(np.where(lines == WORDS, words, np.where(lines == LONE, lone, full)))

    def probabilities(
        self, bits: Floats, share: Floats, lines: Lines, starts: Ints | None = None
    ) -> Floats:
        """Return the probability of each actor; what is missing to one is NIL's.

        `bits` is the evidence of each candidate, `share` how often a mention of an actor of the
        gazetteer means it, `lines` how the names were compared. The candidates
        of several mentions may be asked for at once: `starts` is where those of each begin, none
        of them without any.
        """
        begin = np.zeros(min(len(bits), 1), np.int64) if starts is None else starts
        sizes = np.diff(begin, append=len(bits))
        prior = np.log2((1 - self.nil) / self.nil) + np.log2(share)
        odds = self.odds(bits, lines) + prior
        top = np.maximum(_of_each(np.maximum, odds, begin), 0.0)
        known = _of_each(np.add, np.exp2(odds - np.repeat(top, sizes)), begin)
        rivals = self.rivalry * bits + np.log2(share)
        most = np.maximum(_of_each(np.maximum, rivals, begin), 0.0)
        weights = np.exp2(rivals - np.repeat(most, sizes))
        any_ = known / (known + np.exp2(-top))
        result: Floats = weights * np.repeat(any_ / _of_each(np.add, weights, begin), sizes)
        return result

    def probability_of_pair(self, bits: float, among: int = PAIR_AMONG) -> float:
        """Return the probability that two names out of a list of `among` are one actor's."""
        return float(self.probabilities_of_pairs(np.array([bits]), among)[0])

    def probabilities_of_pairs(self, bits: Floats, among: int) -> Floats:
        """Return the same for many pairs of one list."""
        odds = self.worth(bits) + np.log2(self.variants / max(among, 2))
        result: Floats = 1 / (1 + np.exp2(-np.clip(odds, -60.0, 60.0)))
        return result


def _of_each(ufunc: np.ufunc, values: Floats, starts: Ints) -> Floats:
    """The sum, or the maximum, of each mention's values."""
    return np.asarray(ufunc.reduceat(values, starts)) if len(values) else values
