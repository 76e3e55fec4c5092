"""Texts with their mentions marked by hand: the passages, and the five articles of the mission.

The marks are those that the tests read; the articles themselves lie beside the data directory.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.datasets.passages import Mark, read_passages
from resolve.errors import InputError
from resolve.model.inputs import rows

__all__ = ["CASES", "UNSEEN", "Marked", "marked_articles", "marked_passages", "passage_files"]

CASES: Final = Path(__file__).parents[2] / "tests" / "cases"
"""Where the marks lie: `passages*.txt`, `articles.tsv`."""
UNSEEN: Final = "passages unseen"
"""The set whose figures are taken and whose errors nobody looks at, so that it stays unseen."""
_SEEDS: Final = "seeds"  # the folder of the articles, beside the data directory
_OPTIONAL: Final = "optional"
_LANGUAGES: Final = {"ar": "ara", "en": "eng", "tr": "tur"}  # as the mention list says them


class Marked(NamedTuple):
    """A text, and its marks in their order; the `optional` ones may be found or not."""

    id: str
    lang: str
    year: int | None
    text: str
    marks: tuple[Mark, ...]
    optional: tuple[Mark, ...] = ()


def passage_files() -> dict[str, Path]:
    """Return the files of passages by the names of their sets. Raises InputError without any."""
    found = {path.stem.replace("_", " "): path for path in sorted(CASES.glob("passages*.txt"))}
    if not found:
        raise InputError("passages.txt: not in tests/cases; run the track in a checkout")
    return found


def marked_passages(path: Path) -> list[Marked]:
    """Return the passages of a file."""
    return [
        Marked(p.id, p.lang, int(p.date[:4]) if p.date else None, p.text, p.marks)
        for p in read_passages(path)
    ]


def marked_articles(data: Path | None) -> list[Marked]:
    """Return the articles; none where their texts aren't beside the data directory."""
    seeds = data.resolve().parent / _SEEDS if data is not None else None
    if seeds is None or not (seeds / "mentions.tsv").is_file():
        return []
    languages = {row["doc"]: _LANGUAGES[row["lang"]] for row in rows(seeds / "mentions.tsv")}
    found = []
    for id, own in groupby(rows(CASES / "articles.tsv"), key=itemgetter("doc")):
        marks: dict[bool, list[Mark]] = {True: [], False: []}
        text = (seeds / f"{id}.txt").read_bytes().decode()
        for row in own:
            place = int(row["start"]), int(row["end"])
            if text[slice(*place)] != row["surface"]:
                raise InputError(f"{id}: {row['surface']} doesn't stand at {place[0]}")
            mark = Mark(*place, row["expected"], row["gold"])
            marks[row["note"] == _OPTIONAL].append(mark)
        found.append(Marked(id, languages[id], None, text, tuple(marks[False]), tuple(marks[True])))
    return found
