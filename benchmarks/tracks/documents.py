"""Who is named in running text, and how fast is that told?

    mentions    found and false, on texts with their mentions marked by hand, by language
    decisions   the links' precision, and how many decisions are the marked ones; every error
    speed       MB of made-up news a second of a core, among the actors that ship and a million;
                beside a search for exact names, and which of the planted names each finds
    stream      the memory of the command that tags a long text

The marks are those that the tests read. The articles' texts lie beside the data directory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.documents import exact, quality, tables
from benchmarks.documents.gold import marked_articles, marked_passages, passage_files
from benchmarks.documents.judging import judged, tagged
from benchmarks.documents.stream import FORMS, streamed
from benchmarks.documents.tables import Timed
from benchmarks.documents.tagging import Tag, Tagged, tag
from benchmarks.documents.texts import index, write
from benchmarks.protocol import Result, System
from benchmarks.scale.child import asked
from benchmarks.systems.ours import Ours

__all__ = ["MEGABYTES", "STREAM", "run"]

MEGABYTES = (1,)
"""MB of text that are tagged."""
STREAM = 100
"""MB of the stream."""

Progress = Callable[[str], None]


def run(
    data: Path | None,
    systems: Sequence[System],
    progress: Progress = lambda text: None,
    *,
    sizes: Sequence[int] = (),
    megabytes: Sequence[int] = MEGABYTES,
    stream: int = STREAM,
    most: int | None = None,
) -> Result:
    """Return how well texts are read and how fast, among the actors that ship and so many more.

    `most` marked texts of each set are read; no stream is where it has 0 MB. Raises
    WrongAnswersError if the names of the gazetteer aren't found in what is timed.
    """
    notes = []
    sets = {name: marked_passages(path)[:most] for name, path in passage_files().items()}
    if articles := marked_articles(data)[:most]:
        sets["articles"] = articles
    else:
        notes.append("The articles aren't there: --data names the directory beside theirs, seeds/.")
    said = {}
    for name, texts in sets.items():
        progress(f"{len(texts)} {name}")
        said[name] = [j for t, d in zip(texts, tagged(texts), strict=True) for j in judged(t, d)]
    shown = [quality.mentions(said), quality.decisions(said)]
    if lacks := exact.missing():
        notes.append(f"{exact.NAME}: not asked: {lacks}.")
    timed = list(_timed(sizes, megabytes, progress))
    shown += [tables.speeds(timed), tables.planted(timed), tables.written(timed)]
    if stream:
        shown.append(tables.memory([streamed(stream, form, progress) for form in FORMS]))
    return Result("documents", (*shown, quality.mistakes(said)), notes=tuple(notes))


def _timed(sizes: Sequence[int], megabytes: Sequence[int], progress: Progress) -> Iterator[Timed]:
    """Time every gazetteer, that which ships first, with each amount of text."""
    with TemporaryDirectory(prefix="resolve-documents-") as folder:
        for size in (0, *sorted({*sizes} - {0})):
            progress(f"{size:,} made-up actors are indexed")
            path, _ = index(size, Path(folder))
            for amount in sorted(set(megabytes)):
                texts = Path(folder, f"articles-{size}-{amount}.jsonl")
                told = write(texts, size, amount)
                said: dict[str, Tagged] = {}
                progress(f"{size:,} made-up actors, {amount} MB, {Ours.name}")
                said[Ours.name] = asked(tag, Tag(str(texts), path))
                if exact.missing() is None:
                    progress(f"{size:,} made-up actors, {amount} MB, {exact.NAME}")
                    said[exact.NAME] = asked(exact.exact, exact.Exact(str(texts), size))
                yield Timed(size, amount, told, said)
