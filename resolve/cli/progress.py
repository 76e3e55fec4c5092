"""A bar on standard error while long work runs; nothing where nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["watched"]

PATIENCE = 1.0  # seconds of work before a bar appears


@contextmanager
def watched(total: int | None, what: str) -> Iterator[Callable[[int], None] | None]:
    """A function to tell how many are done, or None where standard error is no terminal.

    `total` is None where nobody knows how many there are.
    """
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(total, what)
    try:
        yield bar.show
    finally:
        bar.stop()


class _Bar:
    """A bar that is drawn only once the work has taken PATIENCE."""

    def __init__(self, total: int | None, what: str) -> None:
        self._total = total
        self._what = what
        self._start = time.monotonic()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def show(self, done: int) -> None:
        if self._progress is None:
            if time.monotonic() - self._start < PATIENCE:
                return
            self._begin()
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done)

    def stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _begin(self) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._progress = Progress(console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task(self._what, total=self._total)
        self._progress.start()
