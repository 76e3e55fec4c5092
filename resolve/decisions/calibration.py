"""From bits to probabilities: what evidence is worth, and the odds before there is any.

    log2 odds of an actor against NIL = worth(bits) + log2 share + log2 (1 - nil) / nil + offset

Raw bits are overconfident, the more so the more there are: lists hold one person twice, and
names are less independent than their parts. So `worth` is a line with three bends, fitted to
the likelihood of linking decisions. The share of an actor is its prominence (how often the news
means it; entity linking's commonness) over that of all the gazetteer, so a larger gazetteer
asks for more evidence. The probabilities of all candidates and of NIL add up to one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["BENDS", "Calibration"]

Floats = NDArray[np.float64]

BENDS = (8.0, 16.0, 24.0)
"""Bits at which the worth of further evidence changes."""


@dataclass(frozen=True)
class Calibration:
    """Fitted constants of the decision; see `model/constants.toml`."""

    slopes: tuple[float, ...]  # bits of odds a bit of evidence, before and after each bend
    offset: float  # log2 odds that the fit adds
    nil: float  # assumed share of mentions whose actor the gazetteer doesn't hold
    pair: float  # log2 odds, before any evidence, that two names of one list are one actor's

    @classmethod
    def of(cls, constants: Mapping[str, float]) -> Calibration:
        """Return the calibration of a table of constants, by name."""
        slopes = tuple(constants[f"slope_{k}"] for k in range(len(BENDS) + 1))
        return cls(slopes, constants["offset"], constants["nil_share"], constants["pair_odds"])

    def worth(self, bits: Floats) -> Floats:
        """Return what evidence adds to the odds, in bits; rises with it.

        >>> Calibration((1.0, 0.5, 0.5, 0.0), 0.0, 0.5, 0.0).worth(np.array([-4.0, 10.0, 99.0]))
        array([-4.,  9., 16.])
        """
        total = self.slopes[0] * np.minimum(bits, BENDS[0])
        for low, high, slope in zip(BENDS, (*BENDS[1:], np.inf), self.slopes[1:], strict=True):
            total = total + slope * np.clip(bits - low, 0.0, high - low)
        return np.asarray(total)

    def probabilities(self, bits: Floats, share: Floats) -> Floats:
        """Return the probability of each actor; what is missing to one is NIL's.

        `bits` is the evidence of each candidate, `share` how often a mention of an actor of the
        gazetteer means it.
        """
        prior = np.log2((1 - self.nil) / self.nil) + self.offset
        odds = self.worth(bits) + np.log2(share) + prior
        top = max(float(odds.max(initial=0.0)), 0.0)
        weights = np.exp2(odds - top)
        result: Floats = weights / (weights.sum() + 2.0**-top)
        return result

    def probability_of_pair(self, bits: float) -> float:
        """Return the probability that two names taken from one list are one actor's."""
        odds = float(self.worth(np.array([bits]))[0]) + self.pair
        return 1 / (1 + 2.0 ** -max(min(odds, 60.0), -60.0))
