"""The same work on several cores: pieces are handed out, and come back in their order.

The workers are forked: they share what this process holds in memory, mapped files above all.
Where a process can't be forked (Windows), the work is done on one core.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

__all__ = ["cores", "mapped"]

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_work: Callable[[Any], Any] | None = None  # of the workers that are forked next


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def mapped(work: Callable[[Piece], Result], pieces: Iterable[Piece], jobs: int) -> Iterator[Result]:
    """Yield what the work makes of each piece, in their order, done by so many processes.

    What the work returns must be plain enough to be sent from one process to another.
    """
    global _work
    if jobs == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, pieces)
        return
    _work = work
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        yield from pool.imap(_done, pieces)


def _done(piece: Any) -> Any:
    assert _work is not None
    return _work(piece)
