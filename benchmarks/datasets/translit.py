"""Words of names and how people write them in another script, either way.

    all dev    words of the parts that the lists' authors keep for development
    unseen     of these, the words that our training held out: no pair of theirs was learned from

A word may have several right spellings. They are compared by their letters: without case, marks
and what differs by habit alone (hamza seats, ta marbuta), as `resolve.names.fold` folds them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

import msgspec

from resolve.errors import InputError
from resolve.model.inputs import held_out, rows
from resolve.names.fold import ALPHABETS, fold
from resolve.names.script import script_of

__all__ = ["LISTS", "Spelt", "Task", "drawn", "tasks"]

LISTS = {
    "coling2018_ar": ("16",),
    "coling2018_he": ("16",),
    "coling2018_ru": ("16",),
    "google_ar2en": ("train", "eval"),  # neither part is trained on
}
"""The lists, and the authors' parts that are asked for."""

_GOLD = Path(__file__).parent / "gold" / "translit.tsv"
_COLUMNS = ("latin", "native", "official_part")


class Spelt(msgspec.Struct, frozen=True):
    """A word of one script and the letters of its right spellings in another."""

    word: str
    right: frozenset[str]
    unseen: bool


class Task(msgspec.Struct, frozen=True):
    """The words of a list in one direction, each once, sorted. Scripts are ISO 15924."""

    list: str
    source: str
    target: str
    words: tuple[Spelt, ...]


def tasks(data: Path | None) -> Iterator[Task]:
    """Yield what is asked for: of each list the way into Latin letters, then the way back.

    Without `data` the list that ships, all parts of it. Raises InputError for a list that isn't
    there or a row that can't be read.
    """
    lists = {"gold": _GOLD} if data is None else {n: data / "translit" / f"{n}.tsv" for n in LISTS}
    for name, path in lists.items():
        pairs = list(_pairs(path, LISTS.get(name)))
        for script in sorted({script for _, _, script in pairs}):
            own = [(native, latin) for native, latin, found in pairs if found == script]
            yield Task(name, script, "Latn", _spelt(own, "Latn", 0))
            back = [(latin, native) for native, latin in own]
            yield Task(name, "Latn", script, _spelt(back, script, 1))


def drawn(words: Sequence[Spelt], most: int | None) -> tuple[Spelt, ...]:
    """Return at most `most` words, drawn by their letters, so that every run has the same."""
    if most is None or most >= len(words):
        return tuple(words)
    lots = sorted(words, key=lambda spelt: (crc32(spelt.word.encode()), spelt.word))
    return tuple(sorted(lots[:most], key=lambda spelt: spelt.word))


def _pairs(path: Path, parts: tuple[str, ...] | None) -> Iterator[tuple[str, str, str]]:
    """Yield (native word, Latin word, native script) of the rows of some parts, None for all."""
    for line, row in enumerate(rows(path), start=2):
        if None in [row.get(column) for column in _COLUMNS]:
            raise InputError(f"{path}:{line}: a row of spellings has {', '.join(_COLUMNS)}")
        native, latin = row["native"], row["latin"]
        if parts is None or row["official_part"] in parts:
            script = script_of(native)
            if script in ALPHABETS and min(len(fold(native)[0]), len(fold(latin)[0])) > 1:
                yield native, latin, script


def _spelt(pairs: Sequence[tuple[str, str]], target: str, native: int) -> tuple[Spelt, ...]:
    """The words on the left with all their spellings; `native` is the side not in Latin letters.

    A word is unseen if every native word of its pairs is.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        found[pair[0]].append(pair)
    return tuple(
        [
            Spelt(
                word,
                frozenset(fold(spelling, target)[0] for _, spelling in own),
                all(held_out(fold(pair[native])[0]) for pair in own),
            )
            for word, own in sorted(found.items())
        ]
    )
