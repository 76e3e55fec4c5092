"""A new process to a first decision, with the gazetteer that ships: seconds and memory.

Each is a new Python, and what it prints is looked at; they take turns.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from statistics import median
from time import perf_counter
from typing import NamedTuple

import msgspec

from benchmarks.processes import said
from benchmarks.systems.latin import ANYASCII
from benchmarks.systems.ours import Ours
from benchmarks.throughput import WrongAnswersError
from resolve import Resolver

__all__ = ["Started", "started"]

_NAME = "Al-Narmouish"
_LIBRARY = f"from resolve import Resolver; print(Resolver().resolve({_NAME!r}).id)"
_COMMAND = "from resolve.cli import main; main(['--format', 'jsonl'])"
_OTHERS = {
    "an empty process": ("python", "sys", "print('Python')"),
    "one comparison": (
        f"rapidfuzz WRatio, {ANYASCII.name}",
        "rapidfuzz",
        "from rapidfuzz import fuzz; print(fuzz.WRatio('a', 'a'))",
    ),
}
_ANSWERS = {"an empty process": "Python", "one comparison": "100.0"}
# What a process prints last, without a library of ours that would add to it.
_PEAK = """
import os, sys
if os.path.exists("/proc/self/status"):
    lines = open("/proc/self/status").read().splitlines()
    print([int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")][0])
else:
    import resource
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(most / 2 ** (20 if sys.platform == "darwin" else 10))
"""


class Started(msgspec.Struct, frozen=True):
    """What was started, of which system, the median of its seconds, and the most MiB it held."""

    what: str
    system: str
    seconds: float
    peak: float


class _Start(NamedTuple):
    what: str
    system: str
    code: str
    answer: str


def started(rounds: int, progress: Callable[[str], None] = lambda text: None) -> list[Started]:
    """Return what each start takes.

    Raises WrongAnswersError for a process that prints something else than its answer.
    """
    asked = _starts()
    times: dict[str, list[float]] = {start.what: [] for start in asked}
    peaks: dict[str, float] = {}
    for number in range(1, rounds + 1):
        for start in asked:
            progress(f"{start.what}, round {number}")
            before = perf_counter()
            printed = said(start.code + _PEAK, f"{_NAME}\n")
            times[start.what].append(perf_counter() - before)
            answer, _, peak = printed.rpartition("\n")
            if start.answer not in answer:
                raise WrongAnswersError(f"{start.what} says {answer!r}, not {start.answer!r}")
            peaks[start.what] = max(peaks.get(start.what, 0.0), float(peak))
    return [Started(s.what, s.system, median(times[s.what]), peaks[s.what]) for s in asked]


def _starts() -> tuple[_Start, ...]:
    decided = str(Resolver().resolve(_NAME).id)
    ours = ("the command", _COMMAND), ("the library", _LIBRARY)
    others = [
        _Start(what, system, code, _ANSWERS[what])
        for what, (system, module, code) in _OTHERS.items()
        if find_spec(module)
    ]
    return (*(_Start(what, Ours.name, code, decided) for what, code in ours), *others)
