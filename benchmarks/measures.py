"""Is more of a measure better, or less, or neither? `measures.toml` says, by its words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

__all__ = ["better"]

FILE = Path(__file__).with_name("measures.toml")
"""The words, first come first served."""


def better(measure: str) -> Literal[-1, 0, 1]:
    """Return 1 if more of a measure is better, -1 if less is, 0 if neither.

    By the words of `measures.toml`; the first that the measure's name holds decides.

    >>> better("recall at precision .99"), better("Brier"), better("mentions")
    (1, -1, 0)
    """
    said = measure.casefold()
    for sign, pattern in _directions():
        if pattern.search(said):
            return sign
    return 0


@cache
def _directions() -> tuple[tuple[Literal[-1, 0, 1], re.Pattern[str]], ...]:
    rows = tomllib.loads(FILE.read_text("utf-8"))["measure"]
    signs: dict[str, Literal[-1, 0, 1]] = {"more": 1, "less": -1, "neither": 0}
    return tuple((signs[r["better"]], re.compile(rf"\b{r['word']}")) for r in rows)
