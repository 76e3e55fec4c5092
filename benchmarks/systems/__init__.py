"""What is measured: ours and the peers, one file each, behind `benchmarks.protocol`.

    ours              this project, as it comes
    rapidfuzz         WRatio, token_sort_ratio, Jaro-Winkler
    anyascii          a transliteration without a model

A peer gets its best honest settings, and its `note` says them. Libraries that are only measured
are imported when a system is asked: `missing()` says what to install.
"""

from __future__ import annotations

from benchmarks.protocol import System
from benchmarks.systems.anyascii import AnyAscii
from benchmarks.systems.ours import Ours
from benchmarks.systems.rapidfuzz import distances

__all__ = ["systems"]


def systems() -> tuple[System, ...]:
    """Return every system in reading order, ours first, installed or not."""
    return (Ours(), *distances(), AnyAscii())
