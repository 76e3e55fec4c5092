"""How does a writer spell a name? In Latin letters, in Arabic ones or as Turkish does, by lots.

    Latn   one of the attested spellings of each stem; one word in ten by habit otherwise
    Arab   the stem and its ending
    Turk   the stem and its ending by Turkish rules: no script of its own, but its own letters

The same lots give the same spelling.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.datasets.coined.stock import NONE, PARTS, Ending, Persons, stock
from resolve.tables import read_table

__all__ = ["LOTS", "NOISE", "Written", "respelt", "titled", "written"]

Lots = NDArray[np.float64]
Written = Literal["Latn", "Arab", "Turk"]

LOTS = 3 * max(PARTS)
"""Lots that are drawn to write a name."""
NOISE = 0.1
"""Share of Latin words that are spelt by habit otherwise than attested."""
_HABITS = Path(__file__).with_name("respellings.tsv")
_PLAIN = Ending("", (("", ""),))
_LONG = 1 << 20  # a lot is one of so many numbers, where it chooses among few


def written(persons: Persons, how: Sequence[Written], lots: Lots) -> list[tuple[str, ...]]:
    """Return the words of each person's name, in small letters, written each in its own way.

    `lots` has `LOTS` columns: for each part which spelling, whether by habit, and by which.
    """
    known, parts = stock(), persons.stems.shape[1]
    spelling, habit, choice = (lots[:, k * parts : (k + 1) * parts] for k in range(3))
    place = known.spellings(np.maximum(persons.stems, 0), spelling).tolist()
    respelled = (habit < NOISE).tolist()
    choices = (choice * _LONG).astype(np.int64).tolist()
    found = []
    for row, (own, ending) in enumerate(
        zip(persons.stems.tolist(), persons.endings.tolist(), strict=True)
    ):
        stems = [stem for stem in own if stem != NONE]
        drawn = choices[row][: len(stems)]
        coined = known.endings[ending] if ending != NONE else _PLAIN
        latin, turkish = coined.drawn(drawn[-1])
        if how[row] == "Arab":
            words, end = [known.arabic[stem] for stem in stems], coined.arabic
        elif how[row] == "Turk":
            words, end = [known.turkish(stem) for stem in stems], turkish
        else:
            words, end = [known.latin[place[row][k]] for k in range(len(stems))], latin
        words[-1] += end
        if how[row] == "Latn":
            lots_of = zip(words, drawn, respelled[row], strict=False)
            words = [respelt(word, lot) if other else word for word, lot, other in lots_of]
        found.append(tuple(words))
    return found


def respelt(word: str, lot: int) -> str:
    """Return a Latin word spelt by another habit: the first that applies, from a lot on.

    >>> respelt("khalifa", 12)
    'chalifa'
    """
    habits = _habits()
    for k in range(len(habits)):
        letters, other = habits[(lot + k) % len(habits)]
        if letters in word:
            return word.replace(letters, other, 1)
    return word + word[-1]


def titled(words: Sequence[str], how: Written) -> str:
    """Return a name with the first letter of each word large, by the writer's own rule.

    >>> titled(("ismet", "şahin"), "Turk"), titled(("ismet", "sahin"), "Latn")
    ('İsmet Şahin', 'Ismet Sahin')
    """
    dotted = "İ" if how == "Turk" else "I"
    return " ".join((dotted if w[:1] == "i" else w[:1].upper()) + w[1:] for w in words)


@cache
def _habits() -> tuple[tuple[str, str], ...]:
    rows = read_table(_HABITS, ("letters", "written", "source", "note"))
    return tuple((letters, other) for letters, other, *_ in rows)
