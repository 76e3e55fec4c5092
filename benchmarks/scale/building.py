"""An index file: what it takes to build it from a data package, and how soon it is open."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import msgspec

from benchmarks.processes import most_held
from gazetteer.streaming import read_stream
from resolve import Resolver, Settings
from resolve.index import Index
from resolve.matching.comparison import Comparison
from resolve.model.learned import load

__all__ = ["Build", "Built", "Open", "Opened", "build", "opened"]

OPENINGS = 21
"""How often an index is opened; the first opening reads the file's header from the disk."""


class Build(msgspec.Struct, frozen=True):
    """A data package's folder, and where its index is to be written."""

    package: str
    index: str


class Built(msgspec.Struct, frozen=True):
    """Seconds by the clock and of a core, the most memory held in MiB, and the file's MB."""

    seconds: float
    core: float
    peak: float
    size: float


class Open(msgspec.Struct, frozen=True):
    """An index to be opened, and a name to be asked first."""

    index: str
    name: str


class Opened(msgspec.Struct, frozen=True):
    """Milliseconds to open an index (the median), and seconds from there to the first decision."""

    milliseconds: float
    first: float


def build(task: Build) -> Built:
    """Return what it took to read the package and to write its index."""
    start, used = perf_counter(), process_time()
    index = Index.of(read_stream(Path(task.package)), Comparison(load()))
    index.save(task.index)
    seconds, core = perf_counter() - start, process_time() - used
    return Built(seconds, core, most_held(), Path(task.index).stat().st_size / 1e6)


def opened(task: Open) -> Opened:
    """Return how long it takes to open the index, and to decide on a first name with it."""
    load()
    times = []
    for _ in range(OPENINGS):
        start = perf_counter()
        index = Index.open(task.index)
        times.append(1000 * (perf_counter() - start))
    start = perf_counter()
    Resolver(index, Settings(top=1)).resolve(task.name)
    return Opened(median(times), perf_counter() - start)
