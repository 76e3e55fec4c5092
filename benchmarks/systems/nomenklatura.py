"""nomenklatura's matchers, in an environment of their own: it compiles ICU and pins much.

The variable RESOLVE_BENCH_NOMENKLATURA names the Python of that environment. It runs
`nomenklatura_worker.py`, which starts when first asked and stays until this process ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.protocol import Answer
from benchmarks.systems.actors import actors_of
from benchmarks.systems.latin import ROMANIZED
from benchmarks.systems.sparse_dot_topn import TfIdf
from gazetteer import Gazetteer
from resolve.types import Kind

__all__ = ["Nomenklatura", "matchers"]

Scores = npt.NDArray[np.float64]

VARIABLE = "RESOLVE_BENCH_NOMENKLATURA"
REMEDY = (
    "python -m venv DIR && DIR/bin/pip install nomenklatura==4.17.4 (where pyicu must be "
    "compiled: a C++ compiler, pkg-config and the ICU headers first), then set "
    f"{VARIABLE}=DIR/bin/python"
)
WORKER = Path(__file__).with_name("nomenklatura_worker.py")
SCHEMAS: dict[Kind, str] = {
    "person": "Person",
    "organization": "Organization",
    "place": "LegalEntity",
}
"""Its entity types. logic-v2 scores nothing of an Address; a LegalEntity was the best for places
of LegalEntity, Organization, PublicBody and Asset (1,500 pairs of city names)."""
BOTH_ORDERS: dict[str, Callable[[Scores, Scores], Scores]] = {
    "better": np.maximum,
    "mean": lambda left, right: (left + right) / 2,
}
"""How a pair's score joins those of its names asked either way: the algorithms aren't symmetric."""
CANDIDATES = 50
"""Actors that are compared with a mention."""
BATCH = 256
"""Queries of one line."""

Query = tuple[str, Sequence[Sequence[str]]]
"""A name and the actors that it is compared with, each with all its names."""


class Nomenklatura:
    """One of its algorithms, by its defaults; actors are compared with all their names at once."""

    probabilistic = False

    def __init__(self, algorithm: str, both_orders: str) -> None:
        self.name = f"nomenklatura {algorithm}"
        self.note = (
            f"{algorithm} by its defaults, on the names as written, as Person, Organization or "
            f"(places) LegalEntity; a pair scores the {both_orders} of both orders; links among "
            f"the {CANDIDATES} first of tf-idf on our romanization, the mention being the query"
        )
        self._algorithm = algorithm
        self._both_orders = BOTH_ORDERS[both_orders]
        self._candidates = TfIdf(ROMANIZED)
        self._process: subprocess.Popen[str] | None = None

    def missing(self) -> str | None:
        """Return how to make its environment, or None if it is there."""
        python = os.environ.get(VARIABLE)
        if not python:
            return f"{VARIABLE} isn't set: {REMEDY}"
        if not _installed(python):
            return f"{VARIABLE}={python} has no nomenklatura: {REMEDY}"
        return self._candidates.missing()

    def version(self) -> str:
        """Return the versions of the library and of what it compares names with."""
        found = _installed(os.environ.get(VARIABLE, ""))
        return f"{found}, {self._candidates.version()}" if found else ""

    def score(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        """Return the score of each pair, 0 to 1."""
        found = [
            np.array(self._asked([(a, [[b]]) for a, b in ordered], kind), float).ravel()
            for ordered in (pairs, [(right, left) for left, right in pairs])
        ]
        return [float(score) for score in self._both_orders(*found)]

    def link(
        self, gazetteer: Gazetteer, mentions: Sequence[str], kind: Kind, top: int = 10
    ) -> list[Answer]:
        """Return the best actors among the candidates, for each mention."""
        actors = actors_of(gazetteer, kind)
        place = {id: number for number, id in enumerate(actors.ids)}
        found = self._candidates.ranked(actors, mentions, max(CANDIDATES, top))
        candidates = [[id for id, _ in ranked] for ranked in found]
        queries: list[Query] = [
            (mention, [actors.names(place[id]) for id in ids])
            for mention, ids in zip(mentions, candidates, strict=True)
        ]
        answers = []
        for ids, scores in zip(candidates, self._asked(queries, kind), strict=True):
            ranked = sorted(zip(ids, scores, strict=True), key=lambda pair: (-pair[1], pair[0]))
            answers.append(Answer(tuple(ranked[:top])))
        return answers

    def _asked(self, queries: Sequence[Query], kind: Kind) -> list[list[float]]:
        """The score of each actor of each query."""
        found: list[list[float]] = []
        for start in range(0, len(queries), BATCH):
            found += self._answer(
                algorithm=self._algorithm,
                schema=SCHEMAS[kind],
                queries=queries[start : start + BATCH],
            )
        return found

    def _answer(self, **request: Any) -> list[list[float]]:
        process = self._process = self._process or self._started()
        assert process.stdin
        assert process.stdout
        line = ""
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            pass
        if not line:
            self._process = None
            raise RuntimeError(f"{self.name}: its process ended (see above); {REMEDY}")
        answer: list[list[float]] = json.loads(line)
        return answer

    def _started(self) -> subprocess.Popen[str]:
        """The process that answers; -I keeps this folder's names off its imports."""
        process = subprocess.Popen(
            [os.environ[VARIABLE], "-I", str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        weakref.finalize(self, _stop, process)
        return process


def matchers() -> tuple[Nomenklatura, ...]:
    """Return logic-v2 and name-based, each by the better way to join both orders of a pair."""
    return (Nomenklatura("logic-v2", "better"), Nomenklatura("name-based", "mean"))


def _stop(process: subprocess.Popen[str]) -> None:
    if process.stdin:
        process.stdin.close()
    process.wait()


def _installed(python: str) -> str:
    """The library and its version there; empty if it can't be run."""
    show = "import importlib.metadata as m; print('nomenklatura', m.version('nomenklatura'))"
    try:
        done = subprocess.run([python, "-I", "-c", show], capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout.strip()
