"""How much is asked for: of a million actors, or of a few for a quick look."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Limits"]


class Limits(NamedTuple):
    """Names asked in a list, one by one and before anything is timed; and seconds allowed."""

    mentions: int = 100_000
    single: int = 1000
    warm: int = 500
    pooled: int = 20_000
    """Names whose candidates are looked at."""
    allowed: float = 20.0
    """Seconds that a peer has for a list."""
    compared: int = 1000
    """Names that are compared with two others each."""
    seconds: float = 3.0
    """Seconds for which pairs are aligned, after as many to warm up."""
    rounds: int = 5
    """How often a process is started."""
    seed: int = 1

    def within(self, most: int | None, fewest: int) -> Limits:
        """Return the limits for at most so many names, no more than the smallest list has actors.

        The same names at all sizes: what is remembered of them is as often of use.
        """
        many = min(most or self.mentions, self.mentions, fewest)
        return self._replace(mentions=many, pooled=min(self.pooled, many))
