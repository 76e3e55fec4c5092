"""A long text through `resolve tag -`: what the process holds in memory as the text goes by.

    one text   as a file that never ends, which the command reads in parts
    lines      an article a line, as JSON

The text is written as it is read, so that it lies nowhere; what comes out is counted, not kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep
from typing import IO, Final, NamedTuple

import msgspec

import gazetteer
from benchmarks.datasets.newswire.articles import Article, articles
from benchmarks.documents.tagging import LEAST_FOUND
from benchmarks.processes import ROOT
from benchmarks.throughput import WrongAnswersError

__all__ = ["FORMS", "Streamed", "streamed"]

_TAG: Final = (sys.executable, "-m", "resolve.cli", "tag", "-")
FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "one text": _TAG,
    "lines": (*_TAG, "--column", "text"),
}
"""How a stream is written, and the command that reads it."""
_LOOKS: Final = 10  # figures of the memory
_EVERY: Final = 0.1  # seconds
_MENTION: Final = b'"surface"'
_STATUS: Final = "/proc/{}/status"


class Streamed(NamedTuple):
    """Bytes that went in and out, mentions, seconds by the clock and of a core, and `held`: the
    most MiB that the process had held (VmHWM) when so many bytes had been written to it, and at
    its end.
    """

    form: str
    size: int
    output: int
    mentions: int
    seconds: float
    core: float
    held: tuple[tuple[int, float], ...]


def streamed(
    megabytes: float,
    form: str = "one text",
    progress: Callable[[str], None] = lambda text: None,
    command: tuple[str, ...] = (),
) -> Streamed:
    """Return what a stream of so many MB takes. Only Linux tells the memory.

    Raises WrongAnswersError if the command fails, or finds too little.
    """
    start, before = perf_counter(), os.times()
    command = command or FORMS[form]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    child = subprocess.Popen(command, cwd=ROOT, **pipes)  # type: ignore[call-overload]
    watched = _Watched(child)
    held: list[tuple[int, float]] = []
    size = due = 0
    with suppress(BrokenPipeError):  # where it failed, it says why
        for article in articles(gazetteer.load(), None, megabytes):
            child.stdin.write(_written(article, form))
            size += len(article.text.encode())
            due += sum(name.how == "exact" for name in article.planted)
            if size >= megabytes * 1e6 * (len(held) + 1) / _LOOKS:
                held.append((size, watched.most))
                progress(f"{size / 1e6:.0f} MB went in, {watched.most:.0f} MiB were held")
        child.stdin.close()
    errors = watched.until_its_end()
    held.append((size, watched.most))
    if child.returncode:
        raise WrongAnswersError(f"{' '.join(command[1:])}: {(errors or ['failed'])[-1]}")
    if watched.mentions < LEAST_FOUND * due:
        raise WrongAnswersError(f"{watched.mentions:,} mentions where {due:,} names stand")
    core = sum(os.times()[2:4]) - sum(before[2:4])  # of children that have ended
    seconds = perf_counter() - start
    return Streamed(form, size, watched.output, watched.mentions, seconds, core, tuple(held))


def _written(article: Article, form: str) -> bytes:
    if form == "one text":
        return article.text.encode() + b"\n\n"
    return msgspec.json.encode({"id": article.id, "text": article.text}) + b"\n"


class _Watched:
    """A process: what it writes is counted, and its memory looked at, while it runs."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self.output = self.mentions = 0
        self.most = 0.0
        self._child = child
        self._errors: list[str] = []
        assert child.stdout and child.stderr
        tasks = ((self._count, child.stdout), (self._listen, child.stderr))
        self._threads = [Thread(target=task, args=(pipe,), daemon=True) for task, pipe in tasks]
        self._threads.append(Thread(target=self._look, daemon=True))
        for thread in self._threads:
            thread.start()

    def until_its_end(self) -> list[str]:
        """Wait for it, and return the lines that it said on standard error."""
        for thread in self._threads:
            thread.join()
        return self._errors

    def _count(self, pipe: IO[bytes]) -> None:
        for line in pipe:
            self.output += len(line)
            self.mentions += line.count(_MENTION)

    def _listen(self, pipe: IO[bytes]) -> None:
        self._errors += pipe.read().decode().strip().splitlines()

    def _look(self) -> None:
        for most in self._seen():
            self.most = max(self.most, most)
            sleep(_EVERY)

    def _seen(self) -> Iterator[float]:
        """The most MiB held so far; 0 where the system doesn't tell."""
        status = Path(_STATUS.format(self._child.pid))
        while self._child.poll() is None:
            said = "VmHWM: 0"
            with suppress(OSError):
                said = status.read_text()
            (most,) = [line for line in said.splitlines() if line.startswith("VmHWM")] or ["0 0"]
            yield int(most.split()[1]) / 2**10
