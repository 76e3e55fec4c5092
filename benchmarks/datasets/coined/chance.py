"""Lots for whatever has a number: the same for the same number, in any order, a million at once.

Numbers are mixed as SplitMix64 does (Steele, Lea and Flood 2014), so that what is drawn for one
actor doesn't depend on which others are asked for.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["lots"]

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_STEPS = 1 << 16  # lots of one number, at most
_DIGITS = 2.0**-53  # of a float


def lots(numbers: NDArray[np.int64], seed: int, width: int) -> NDArray[np.float64]:
    """Return `width` lots from 0 to below 1 for each number; shape (numbers, width).

    >>> a, b = lots(np.array([7, 8]), 1, 2), lots(np.array([8]), 1, 2)
    >>> bool((a[1] == b[0]).all()), bool((a[0] == a[1]).any())
    (True, False)
    """
    start = _mixed(np.array([seed], np.uint64))[0]
    place = numbers.astype(np.uint64)[:, None] * np.uint64(_STEPS) + np.arange(width).astype("u8")
    return np.asarray((_mixed(place ^ start) >> np.uint64(11)) * _DIGITS)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = (numbers + np.uint64(1)) * _GAMMA
    mixed = (mixed ^ mixed >> np.uint64(30)) * _FIRST
    mixed = (mixed ^ mixed >> np.uint64(27)) * _SECOND
    return mixed ^ mixed >> np.uint64(31)
