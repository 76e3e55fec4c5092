"""The peer: every name of the gazetteer, found letter for letter (Aho and Corasick 1975).

What a text search can do and no more: the names as they are written there, at the borders of
words, the longest that begins first. It knows no spelling, no unknown actor, no context, and of
actors with one name the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from time import perf_counter
from typing import Any, Final

import msgspec

from benchmarks.documents.tagging import Spans, Tagged, timed
from benchmarks.documents.texts import actors

__all__ = ["NAME", "Exact", "exact", "missing", "said_version"]

NAME: Final = "exact names, pyahocorasick"
"""What the tables call it."""
_SHORTEST: Final = 2  # letters of a name


class Exact(msgspec.Struct, frozen=True):
    """A file of articles, and how many made-up persons the gazetteer has beside the actors."""

    articles: str
    made_up: int
    seed: int = 1


def missing() -> str | None:
    """Return what isn't installed, or None."""
    if find_spec("ahocorasick") is not None:
        return None
    return "pyahocorasick is not installed: pip install 'resolve-names[bench]'"


def said_version() -> str:
    """Return its version."""
    return f"pyahocorasick {version('pyahocorasick')}"


def exact(task: Exact) -> Tagged:
    """Return how fast the names are found in articles, and which."""
    start = perf_counter()
    automaton = _automaton(task)
    ready = perf_counter() - start

    def spans(texts: Sequence[str]) -> Iterable[Spans]:
        return (list(_found(automaton, text)) for text in texts)

    return timed(spans, task.articles, ready)


def _automaton(task: Exact) -> Any:
    import ahocorasick  # the extra `bench`

    automaton = ahocorasick.Automaton()
    for entity in actors(task.made_up, task.seed):
        for name in entity.names:
            if len(name.text) >= _SHORTEST and name.text not in automaton:
                automaton.add_word(name.text, (len(name.text), entity.id))
    automaton.make_automaton()
    return automaton


def _found(automaton: Any, text: str) -> Iterator[tuple[int, int, str | None]]:
    """The names that stand as words of their own; of those that overlap, the first and longest."""
    held: list[tuple[int, int, str]] = []
    for last, (length, id) in automaton.iter(text):
        start, end = last + 1 - length, last + 1
        if text[end : end + 1].isalnum() or (start and text[start - 1].isalnum()):
            continue
        held.append((start, -end, id))
    held.sort()
    stop = 0
    for start, end, id in held:
        if start >= stop:
            stop = -end
            yield start, stop, id
