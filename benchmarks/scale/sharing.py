"""The memory of processes that have one index file mapped: what is shared is counted once.

PSS counts each page by its share: one that two processes have is a half in each. Only Linux tells.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.processes import ROOT
from benchmarks.throughput import WrongAnswersError
from resolve import Resolver, Settings
from resolve.index import Index

__all__ = ["Held", "hold", "shared"]

_ROLLUP = "/proc/{}/smaps_rollup"
_HOLD = "from benchmarks.scale.sharing import hold; hold()"


class Held(msgspec.Struct, frozen=True):
    """MiB of one process: RSS, its share of it (PSS), and the part of that which is of files."""

    rss: float
    pss: float
    files: float


class _Task(msgspec.Struct, frozen=True):
    index: str
    names: tuple[str, ...]


def shared(index: str, names: Sequence[str], processes: int) -> list[Held] | None:
    """Return the memory of so many processes that have answered the names and live on together.

    None where the system doesn't tell.
    """
    if not Path(_ROLLUP.format("self")).exists():
        return None
    task = msgspec.json.encode(_Task(index, tuple(names))).decode() + "\n"
    children = []
    try:
        for _ in range(processes):
            child = subprocess.Popen(
                [sys.executable, "-c", _HOLD],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            children.append(child)
            assert child.stdin is not None
            child.stdin.write(task)
            child.stdin.flush()
        return [_held(child) for child in _all_ready(children)]
    finally:
        for child in children:
            child.communicate()  # closes its input: it ends


def hold() -> None:
    """Answer the names that the first line asks for, say so, and live until the input ends."""
    task = msgspec.json.decode(sys.stdin.readline(), type=_Task)
    resolver = Resolver(Index.open(task.index), Settings(top=1))
    print(len(resolver.resolve_many(task.names)), flush=True)
    sys.stdin.read()


def _all_ready(children: Sequence[subprocess.Popen[str]]) -> Sequence[subprocess.Popen[str]]:
    for child in children:
        assert child.stdout is not None
        if not child.stdout.readline().strip().isdigit():
            raise WrongAnswersError("a process that shares the index fails: see its errors above")
    return children


def _held(child: subprocess.Popen[str]) -> Held:
    lines = Path(_ROLLUP.format(child.pid)).read_text().splitlines()[1:]
    sizes = dict(line.split(":", 1) for line in lines)
    rss, pss, files = (int(sizes.get(k, "0").split()[0]) for k in ("Rss", "Pss", "Pss_File"))
    return Held(rss / 2**10, pss / 2**10, files / 2**10)
