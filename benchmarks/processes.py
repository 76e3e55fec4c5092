"""What does a whole process take, from nothing to a first answer, and how much memory?

Each is a new Python, and what it prints is looked at.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter

import msgspec

from benchmarks.datasets.synthetic import Synthetic, SyntheticMention
from benchmarks.protocol import Linker
from benchmarks.systems import systems
from benchmarks.throughput import LEAST_RIGHT, WrongAnswersError, ratio
from gazetteer import Entity, Gazetteer
from resolve import Resolver

__all__ = [
    "ROOT",
    "Start",
    "linked_right",
    "most_held",
    "peak",
    "peak_of",
    "said",
    "start_ups",
    "starts",
]

_NAME = "Al-Narmouish"
ROOT = Path(__file__).parents[1]
"""Where a new process starts: `benchmarks` is found there."""
_DECISION = f"from resolve import Resolver; print(Resolver().resolve({_NAME!r}).id)"
_PEERS = (
    ("resolve, imported", "resolve", "import resolve; print(resolve.Resolver.__name__)"),
    ("python", "sys", "import sys; print('Python')"),
    ("rapidfuzz", "rapidfuzz", "from rapidfuzz import fuzz; print(fuzz.WRatio('a', 'a'))"),
    ("jellyfish", "jellyfish", "import jellyfish; print(jellyfish.soundex('a'))"),
    ("sparse_dot_topn", "sparse_dot_topn", "from sparse_dot_topn import sp_matmul as f; print(1)"),
    ("recordlinkage", "recordlinkage", "import recordlinkage as r; print(r.Index.__name__)"),
    ("splink", "splink", "import splink; print(splink.Linker.__name__)"),
)
_ANSWERS = ("Resolver", "Python", "100.0", "A000", "1", "Index", "Linker")


class Start(msgspec.Struct, frozen=True):
    """A process, the module that it needs, its code and what that must print."""

    name: str
    module: str
    code: str
    answer: str


def starts() -> tuple[Start, ...]:
    """Return what is started: ours to a first decision, then the peers that are installed."""
    ours = Start("resolve, one decision", "resolve", _DECISION, str(Resolver().resolve(_NAME).id))
    peers = [Start(*row, answer) for row, answer in zip(_PEERS, _ANSWERS, strict=True)]
    return (ours, *(start for start in peers if find_spec(start.module)))


def start_ups(
    asked: tuple[Start, ...], rounds: int, progress: Callable[[str], None] = lambda text: None
) -> list[tuple[str, float, float]]:
    """Return the name, the median seconds and the ratio to the first of each, taking turns.

    Raises WrongAnswersError for a process that prints something else.
    """
    times: dict[str, list[float]] = {start.name: [] for start in asked}
    for number in range(1, rounds + 1):
        for start in asked:
            progress(f"{start.name}, round {number}")
            before = perf_counter()
            printed = said(start.code)
            times[start.name].append(perf_counter() - before)
            if printed != start.answer:
                raise WrongAnswersError(f"{start.name} says {printed!r}, not {start.answer!r}")
    return [(name, median(own), ratio(own, times[asked[0].name])) for name, own in times.items()]


def peak_of(system: str, made: Synthetic) -> float:
    """Return the most memory in MiB that a new process holds to link the mentions.

    Raises WrongAnswersError with what it says if it fails.
    """
    task = msgspec.json.encode(_Task(system, tuple(made.gazetteer), made.mentions)).decode()
    return float(said("from benchmarks.processes import peak; peak()", task))


def peak() -> None:
    """Link what standard input says, and print the most memory in MiB that was held.

    Raises WrongAnswersError if the answers aren't right, ImportError where the operating system
    doesn't tell.
    """
    task = msgspec.json.decode(sys.stdin.read(), type=_Task)
    gazetteer = Gazetteer(name="synthetic", entities=task.actors)
    (own,) = [s for s in systems() if s.name == task.system and isinstance(s, Linker)]
    answers = own.link(gazetteer, [m.text for m in task.mentions], "person", 1)
    best = [answer.ranked[0][0] if answer.ranked else None for answer in answers]
    right = linked_right([m.actor for m in task.mentions], best)
    if right < LEAST_RIGHT:
        raise WrongAnswersError(f"right in {right:.0%}")
    print(most_held())


class _Task(msgspec.Struct, frozen=True):
    """What a new process links: it must not make the names up itself, for that takes memory."""

    system: str
    actors: tuple[Entity, ...]
    mentions: tuple[SyntheticMention, ...]


def most_held() -> float:
    """Return the most memory in MiB that this process has held.

    Raises ImportError where the operating system doesn't tell.
    """
    status = Path("/proc/self/status")
    if status.exists():
        # Linux hands a parent's ru_maxrss on to its children.
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 2**10
    import resource

    most: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2 ** (20 if sys.platform == "darwin" else 10)


def linked_right(actors: list[str | None], best: list[str | None]) -> float:
    """Return the share of the mentions with an actor that have the right one; 1 without any."""
    known = [(actor, said) for actor, said in zip(actors, best, strict=True) if actor is not None]
    return sum(actor == said for actor, said in known) / len(known) if known else 1.0


def said(code: str, task: str = "", **variables: str) -> str:
    """Run a new Python on a task, with these environment variables, and return what it prints.

    Raises WrongAnswersError with the last line of what it says if it fails.
    """
    command, environment = [sys.executable, "-c", code], {**os.environ, **variables}
    done = subprocess.run(
        command, input=task, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise WrongAnswersError(lines[-1])
    return done.stdout.strip()
