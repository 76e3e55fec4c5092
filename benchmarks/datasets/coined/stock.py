"""Which words do names consist of? Stems that the model attests, and surnames coined from them.

    given    stems by how often lists of persons have them
    family   two in three any attested stem, by how often it is attested; the others coined: a stem
             with a productive ending, which mostly no list has and the model hasn't seen

A word is a stem and an ending, two numbers. How it is written is drawn each time it is written.
"""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import resolve.model
from resolve.model import store
from resolve.model.learned import load
from resolve.tables import read_table
from resolve.transliteration import transliterate

__all__ = ["COINED", "NONE", "PARTS", "Ending", "Persons", "Stock", "stock"]

Ints = NDArray[np.int64]

NONE = -1
"""No stem, or no ending."""
PARTS = (2, 3, 4)
"""Words of a name."""
COINED = 0.35
"""Share of persons whose family name is coined."""
_SHARES = (0.50, 0.35, 0.15)  # of persons who have so many words
_EVEN = 0.35  # power of a stem's frequency by which it takes endings: rare ones do as well
_LEAST_SHARE = 0.01  # of a stem's spellings, which a spelling must have to be one
_SHORTEST, _LONGEST = 3, 7  # letters of an Arabic stem that takes an ending
_OPEN = "اهويى"  # letters at the end of a stem to which no ending is joined
_ENDINGS = Path(__file__).with_name("endings.tsv")
_TURKISH = "turkish-ara-Arab-Latn"


class Ending(NamedTuple):
    """What makes a surname of a stem: in Arabic letters, and the (Latin, Turkish) ways."""

    arabic: str
    ways: tuple[tuple[str, str], ...]

    def drawn(self, lot: int) -> tuple[str, str]:
        """Return the way that a number chooses."""
        return self.ways[lot % len(self.ways)]


class Persons:
    """Who is called how, by number: `stems` (persons, 4) from given to family name, `endings`."""

    def __init__(self, stems: Ints, endings: Ints) -> None:
        self.stems, self.endings = stems, endings

    def __len__(self) -> int:
        return len(self.stems)

    @cached_property
    def family(self) -> Ints:
        """The stem of each family name."""
        last = (self.stems >= 0).sum(1) - 1
        return np.asarray(self.stems[np.arange(len(last)), last])

    @cached_property
    def keys(self) -> NDArray[np.uint64]:
        """A number for the whole name; the same for the same name alone, as good as always."""
        key = np.zeros(len(self), np.uint64)
        for column in (*self.stems.T, self.endings):
            key = (key ^ (column + 2).astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        return key

    @cached_property
    def ends(self) -> Ints:
        """A number for the given and the family name: what is left of a name that is shortened."""
        place = self.family << 8 | self.endings + 1
        return np.asarray(self.stems[:, 0] << 40 | place)

    @classmethod
    def none(cls) -> Persons:
        """Return nobody."""
        return cls(np.zeros((0, max(PARTS)), np.int64), np.zeros(0, np.int64))

    def of(self, rows: Ints) -> Persons:
        """Return some of them."""
        return Persons(self.stems[rows], self.endings[rows])


class Stock:
    """The stems by number, their spellings, and the endings."""

    def __init__(self) -> None:
        self.lexicon = load().lexicon
        arrays, _ = store.read(Path(resolve.model.__file__).with_name("data"))
        forms, totals = _attested(arrays)
        own = [self.lexicon.neighbours(form, "Arab", "Latn") for form in forms]
        shares = [np.where(n.given_left < _LEAST_SHARE, 0.0, n.given_left) for n in own]
        kept = [k for k, each in enumerate(shares) if each.sum() > 0 and len(forms[k]) > 1]
        self.arabic = [forms[k] for k in kept]
        self.latin = [form for k in kept for form in own[k].forms]
        # Stem k has the spellings whose sums lie between k and k + 1: one search draws many.
        sums = [k + np.cumsum(shares[at]) / shares[at].sum() for k, at in enumerate(kept)]
        self.spelt = np.concatenate(sums)
        self.endings = _endings()
        persons = dict(zip(*_persons(arrays), strict=True))
        often = totals[kept]
        self._given = _cumulative(np.array([persons.get(form, 0) for form in self.arabic], float))
        self._family = _cumulative(often)
        self._coined = _cumulative(often**_EVEN * np.array(list(map(_takes_ending, self.arabic))))
        self._turkish: dict[int, str] = {}

    def persons(self, count: int, random: np.random.Generator) -> Persons:
        """Return that many persons; two may have one name."""
        parts = random.choice(PARTS, count, p=_SHARES)
        stems = np.full((count, max(PARTS)), NONE, np.int64)
        for column in range(max(PARTS) - 1):
            there = parts > column + 1
            stems[there, column] = _drawn(self._given, there.sum(), random)
        coined = random.random(count) < COINED
        family = np.empty(count, np.int64)
        family[coined] = _drawn(self._coined, coined.sum(), random)
        family[~coined] = _drawn(self._family, (~coined).sum(), random)
        stems[np.arange(count), parts - 1] = family
        endings = np.where(coined, random.integers(len(self.endings), size=count), NONE)
        return Persons(stems, endings)

    def spellings(self, stems: Ints, lots: NDArray[np.float64]) -> Ints:
        """Return for each stem one of its Latin spellings, by a lot from 0 to 1."""
        found = np.searchsorted(self.spelt, stems + lots, side="right")
        return np.minimum(found, np.searchsorted(self.spelt, stems + 1.0 - 1e-9, side="left"))

    def turkish(self, stem: int) -> str:
        """Return a stem as Turkish writes it."""
        if stem not in self._turkish:
            self._turkish[stem] = transliterate(self.arabic[stem], _TURKISH)[0].text
        return self._turkish[stem]


@cache
def stock() -> Stock:
    """Return the stock; reading it takes a few seconds."""
    return Stock()


def _attested(arrays: Any) -> tuple[list[str], NDArray[np.float64]]:
    """The Arabic forms of the lexicon, and how often each is attested."""
    forms = arrays["lexicon/Arab/forms"].tobytes().decode("utf-8").split("\n")
    starts = arrays["lexicon/Arab/starts"][:-1].astype(np.int64)
    return forms, np.add.reduceat(arrays["lexicon/Arab/weights"].astype(float), starts)


def _persons(arrays: Any) -> tuple[list[str], list[int]]:
    """The Arabic words of the lists of persons, and how often they have each."""
    forms = arrays["background/name/Arab/forms"].tobytes().decode("utf-8").split("\n")
    return forms, arrays["background/name/Arab/counts"].tolist()


def _endings() -> tuple[Ending, ...]:
    found: dict[str, list[tuple[str, str]]] = {}
    columns = ("arab", "latn", "turkish", "source", "note")
    for arabic, latin, turkish, *_ in read_table(_ENDINGS, columns):
        found.setdefault(arabic, []).append((latin, turkish))
    return tuple(Ending(arabic, tuple(ways)) for arabic, ways in found.items())


def _takes_ending(form: str) -> bool:
    return _SHORTEST <= len(form) <= _LONGEST and form[-1] not in _OPEN


def _cumulative(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.cumsum(weights) / weights.sum())


def _drawn(sums: NDArray[np.float64], count: int, random: np.random.Generator) -> Ints:
    return np.minimum(np.searchsorted(sums, random.random(count), side="right"), len(sums) - 1)
