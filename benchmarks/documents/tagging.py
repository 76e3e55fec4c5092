"""So many MB of news, tagged in a process of its own: seconds of a core, memory, what is found.

The texts lie in memory before the clock runs; languages take turns, each as one stream, so that
each speed is told. The gazetteer is opened and one name resolved before: that is the start's
cost. What is planted is looked at afterwards: how fast nothing is found doesn't matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from time import perf_counter, process_time
from typing import Final, TypeAlias

import msgspec

from benchmarks.datasets.newswire.articles import Article, Planted
from benchmarks.documents.texts import SHIPPED, read
from benchmarks.processes import most_held
from benchmarks.throughput import WrongAnswersError
from resolve import Resolver, Settings
from resolve.documents.tagging import Tagger
from resolve.index import Index
from resolve.types import Outcome, Text

__all__ = ["LEAST_FOUND", "Spans", "Tag", "Tagged", "counted", "tag", "timed"]

Spans: TypeAlias = Sequence[tuple[int, int, str | None]]
"""The mentions of a text: start, end, and the actor that they are linked to."""

LEAST_FOUND: Final = 0.9
"""Share of the planted names of the gazetteer, as it has them, that ours must find."""
_FIRST: Final = "Al-Narmouish met Khalifa Haftar."


class Tag(msgspec.Struct, frozen=True):
    """A file of articles, and the index of the gazetteer: `SHIPPED` for that which ships."""

    articles: str
    index: str


class Tagged(msgspec.Struct, frozen=True):
    """What it took, by language and in all: bytes, seconds by the clock and of a core; MiB.

    `found` says of each way to write a name (`casts.How`): planted, found, linked rightly, and
    linked to another.
    """

    ready: float
    size: dict[str, int]
    seconds: dict[str, float]
    core: dict[str, float]
    before: float
    peak: float
    found: dict[str, tuple[int, int, int, int]]

    @property
    def speed(self) -> float:
        """MB of text a second of a core."""
        return sum(self.size.values()) / 1e6 / sum(self.core.values())


def tag(task: Tag) -> Tagged:
    """Return how fast articles are tagged, and what is found in them.

    Raises WrongAnswersError if the names of the gazetteer aren't found.
    """
    start = perf_counter()
    index = None if task.index == SHIPPED else Index.open(task.index)
    tagger = Tagger(Resolver(index, Settings()) if index is not None else None)
    tagger.tag(_FIRST)
    ready = perf_counter() - start

    def spans(texts: Sequence[str]) -> Iterable[Spans]:
        for document in tagger.tag_many(Text("", text) for text in texts):
            yield [
                (s.start, s.end, s.decision.id if s.decision.outcome is Outcome.LINK else None)
                for s in document.spans
            ]

    tagged = timed(spans, task.articles, ready)
    planted, found, *_ = tagged.found.get("exact", (0, 0, 0, 0))
    if found < LEAST_FOUND * planted:
        raise WrongAnswersError(f"{found:,} of {planted:,} names of the gazetteer are found")
    return tagged


def timed(spans: Callable[[Sequence[str]], Iterable[Spans]], articles: str, ready: float) -> Tagged:
    """Return how fast a system says where names stand in a file of articles, and which it finds."""
    by_language: dict[str, list[str]] = {}
    for article in read(articles):
        by_language.setdefault(article.lang, []).append(article.text)
    said: dict[str, list[Spans]] = {}
    seconds, core = {}, {}
    before = most_held()
    for lang, texts in by_language.items():
        start, used = perf_counter(), process_time()
        said[lang] = list(spans(texts))
        seconds[lang], core[lang] = perf_counter() - start, process_time() - used
    peak = most_held()
    size = {lang: sum(len(t.encode()) for t in texts) for lang, texts in by_language.items()}
    found = counted(read(articles), said)
    return Tagged(ready, size, seconds, core, before, peak, found)


def counted(
    articles: Iterable[Article], said: dict[str, list[Spans]]
) -> dict[str, tuple[int, int, int, int]]:
    """Return for each way to write a name: planted, found, linked rightly, linked to another."""
    counts: Counter[tuple[str, str]] = Counter()
    turn = {lang: iter(own) for lang, own in said.items()}
    hows: dict[str, None] = {}
    for article in articles:
        spans = next(turn[article.lang])
        k = 0
        for name in article.planted:
            while k < len(spans) and spans[k][1] <= name.start:
                k += 1
            hows.setdefault(name.how)
            counts.update((name.how, what) for what in _standing(name, spans, k))
    return {
        how: (
            counts[how, "planted"],
            counts[how, "found"],
            counts[how, "right"],
            counts[how, "wrong"],
        )
        for how in sorted(hows)
    }


def _standing(name: Planted, spans: Spans, k: int) -> list[str]:
    found = ["planted"]
    if k < len(spans) and spans[k][0] < name.end:
        found.append("found")
        own = [id for start, _, id in spans[k : k + 4] if start < name.end and id is not None]
        if own:
            found.append("right" if name.actor in own else "wrong")
    return found
