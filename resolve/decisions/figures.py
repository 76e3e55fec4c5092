"""A decision's figures as they are written: rounded, and never surer than a name can be."""

from __future__ import annotations

from typing import Final

__all__ = ["CERTAIN", "rounded_bits", "rounded_probability", "short_probability"]

CERTAIN: Final = 0.9999
"""The highest probability that is written: a name is never proof. The lowest is 1 - CERTAIN."""


def rounded_probability(value: float) -> float:
    """Return the probability to four digits, never 0 or 1.

    >>> rounded_probability(0.99999), rounded_probability(0.1234567)
    (0.9999, 0.1235)
    """
    return round(min(max(value, 1 - CERTAIN), CERTAIN), 4)


def short_probability(value: float) -> str:
    """Return the probability to three digits, for the eye, never 1.000 or .000.

    >>> short_probability(0.98765), short_probability(0.99999), short_probability(0.0001)
    ('.988', '>.999', '<.001')
    """
    if value > 0.999:
        return ">.999"
    return f"{value:.3f}"[1:] if value >= 0.001 else "<.001"


def rounded_bits(value: float | None) -> float | None:
    """Return the bits to two digits, so that terms still add up by eye; None where there are none.

    >>> rounded_bits(-0.001), rounded_bits(None)
    (0.0, None)
    """
    return None if value is None else round(value, 2) + 0.0
