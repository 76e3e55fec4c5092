"""How often does a system write a word as people do, in Latin letters and back?

Each word's spellings are asked for, best first. A word is right at a place if the spelling there
is one that its list gives; spellings of the same letters take one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.datasets.translit import Spelt, Task, drawn, tasks
from benchmarks.protocol import Cell, Result, Spelling, System, Table
from resolve.names.fold import fold

__all__ = ["LEAST", "MOST", "TOP", "run"]

MOST = 1000
"""Words that are asked for, of each list and direction."""
TOP = 5
"""Spellings of a word that are looked at."""
LEAST = 20
"""Words of a row that is reported."""


def run(
    data: Path | None,
    systems: Sequence[System],
    progress: Callable[[str], None] = lambda text: None,
    *,
    most: int | None = MOST,
) -> Result:
    """Return the figures of every system that spells, for all words and for unseen ones.

    At most `most` words of each list and direction are asked for, None for all. Raises
    InputError for a list that can't be read.
    """
    spellers, notes = _spellers(systems)
    rows: list[tuple[Cell, ...]] = []
    for task in tasks(data) if spellers else ():
        for part, words in _parts(task, most):
            for system in spellers:
                progress(f"{task.list}, {_way(task)}, {part}: {system.name}, {len(words)} words")
                answers = system.spell([w.word for w in words], task.target, TOP)
                if any(answers):
                    keys = (task.list, _way(task), part, system.name, len(words))
                    rows.append((*keys, *_figures(words, answers, task.target)))
                elif (note := f"{system.name} doesn't spell {_way(task)}.") not in notes:
                    notes.append(note)
    notes.append(f"Rows of fewer than {LEAST} words aren't shown.")
    if most is not None:
        notes.append(f"At most {most} words of a row were asked for, drawn by their letters.")
    return Result("transliteration", (_table(rows),) if rows else (), notes=tuple(notes))


def _spellers(systems: Sequence[System]) -> tuple[list[Spelling], list[str]]:
    """The systems that can be asked, and why the others can't."""
    spellers, notes = [], []
    for system in systems:
        if not isinstance(system, Spelling):
            notes.append(f"{system.name} isn't asked: it spells no words.")
        elif lacks := system.missing():
            notes.append(f"{system.name} isn't asked: {lacks}")
        else:
            spellers.append(system)
    return spellers, notes


def _parts(task: Task, most: int | None) -> Iterator[tuple[str, tuple[Spelt, ...]]]:
    unseen = [spelt for spelt in task.words if spelt.unseen]
    for part, words in (("unseen", unseen), ("all dev", task.words)):
        if len(words) >= LEAST:
            yield part, drawn(words, most)


def _figures(
    words: Sequence[Spelt], answers: Sequence[Sequence[str]], target: str
) -> tuple[float, float, float]:
    """Top-1, top-5 and the mean reciprocal rank, 0 for a word whose spellings are all wrong."""
    places = [_place(w, own, target) for w, own in zip(words, answers, strict=True)]
    first, among = (sum(0 < place <= n for place in places) for n in (1, TOP))
    reciprocal = sum(1 / place for place in places if place)
    return first / len(words), among / len(words), reciprocal / len(words)


def _place(spelt: Spelt, answers: Sequence[str], target: str) -> int:
    """The place of the first right spelling, from 1; 0 if there is none."""
    letters = dict.fromkeys(fold(answer, target)[0] for answer in answers[:TOP])
    return next((n for n, own in enumerate(letters, start=1) if own in spelt.right), 0)


def _way(task: Task) -> str:
    return f"{task.source} to {task.target}"


def _table(rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table(
        "Words spelled as people do",
        ("list", "direction", "words", "system", "n", "top-1", f"top-{TOP}", "MRR"),
        tuple(rows),
        4,
        "Marks and case are no matter. `unseen`: words that our training held out by their "
        "letters; of other words it may have learned the spelling. The lists were mined: about "
        "one row in twenty is wrong, and a word has more good spellings than a list gives.",
    )
