"""The same work on several cores: pieces are handed out, and come back in their order.

The workers are forked: they share what this process holds in memory, mapped files above all.
Where a process can't be forked (Windows), the work is done on one core.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

from resolve.errors import OptionError

__all__ = ["cores", "mapped"]

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_AHEAD: Final = 2  # pieces for each process that are handed out before their results are asked for

_work: Callable[[Any], Any] | None = None  # of this process, where it is a worker


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def mapped(work: Callable[[Piece], Result], pieces: Iterable[Piece], jobs: int) -> Iterator[Result]:
    """Yield what the work makes of each piece, in their order, done by so many processes.

    A few pieces are read ahead, however many there are. What the work returns, or raises, must be
    plain enough to be sent from one process to another. Raises ChildProcessError where a process
    is killed, OptionError for less than one job.
    """
    if jobs < 1:
        raise OptionError(f"jobs is {jobs}; it counts the processes that share the work")
    if jobs == 1:
        yield from map(work, pieces)
        return
    import multiprocessing  # late: one core needs none of these
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    if "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, pieces)
        return
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(work,))
    waiting: deque[Future[Result]] = deque()
    try:
        for piece in pieces:
            waiting.append(pool.submit(_done, piece))
            if len(waiting) > _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise ChildProcessError(
            f"one of {jobs} processes that share the work was killed, as happens where memory "
            "runs out; take fewer jobs"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(work: Callable[[Any], Any]) -> None:
    """Make this process a worker: forked, it is given the work itself, not a copy by pickle."""
    global _work
    _work = work
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as nohup and & leave it
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word


def _done(piece: Any) -> Any:
    assert _work is not None
    return _work(piece)
