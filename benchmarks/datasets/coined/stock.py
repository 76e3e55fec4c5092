"""Which words do names consist of? Stems that the model attests, and surnames coined from them.

    given    stems by how often lists of persons have them
    family   two in three any attested stem, by how often it is attested; the others coined: a stem
             with a productive ending, which mostly no list has and the model hasn't seen

A word is a stem and an ending, two numbers. How it is written is drawn each time it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import resolve.model
from resolve.matching.ragged import spread
from resolve.model import store
from resolve.model.learned import load
from resolve.tables import read_table
from resolve.texts import Texts
from resolve.transliteration import transliterate

__all__ = ["COINED", "NONE", "PARTS", "Ending", "Persons", "Stock", "stock"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Arrays = Mapping[str, NDArray[Any]]

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
        forms, latin = (_forms(arrays, f"lexicon/{script}") for script in ("Arab", "Latn"))
        totals = _totals(arrays, "lexicon/Arab")
        stems, spellings, shares = _spelt(arrays, totals)
        # A stem of a single letter is an initial; one without a Latin spelling can't be told.
        kept = np.array([len(form) > 1 for form in forms])
        kept &= np.bincount(stems, minlength=len(forms)) > 0
        known = kept[stems]
        self.arabic = [form for form, keep in zip(forms, kept, strict=True) if keep]
        self.latin = [latin[k] for k in spellings[known].tolist()]
        # Stem k has the spellings whose sums lie between k and k + 1: one search draws many.
        self.spelt = _sums_by_stem((np.cumsum(kept) - 1)[stems[known]], shares[known])
        self.endings = _endings()
        lists = _forms(arrays, "background/name/Arab")
        persons = dict(zip(lists, arrays["background/name/Arab/counts"].tolist(), strict=True))
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

    def spellings(self, stems: Ints, lots: Floats) -> Ints:
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
    """Return the stock; reading it takes a second."""
    return Stock()


def _forms(arrays: Arrays, table: str) -> list[str]:
    return list(Texts(arrays, f"{table}/form"))


def _totals(arrays: Arrays, table: str) -> Floats:
    """How often each form of a script is attested."""
    starts = arrays[f"{table}/starts"][:-1].astype(np.int64)
    return np.add.reduceat(arrays[f"{table}/weights"].astype(float), starts)


def _spelt(arrays: Arrays, totals: Floats) -> tuple[Ints, Ints, Floats]:
    """Each Arabic form with its Latin spellings, and their shares: rows, rows, P(Latin|Arabic).

    A form is attested for names, and each of these for spellings: as the lexicon walks, all at
    once. Spellings of less than the least share are left out.
    """
    (forms, names, often), latin = (_links(arrays, f"lexicon/{k}") for k in ("Arab", "Latn"))
    order = np.argsort(latin[1], kind="stable")
    there, theirs, weights = latin[0][order], latin[1][order], latin[2][order]
    first, last = (np.searchsorted(theirs, names, side) for side in ("left", "right"))
    own, at = np.repeat(np.arange(len(forms)), last - first), spread(first, last - first)
    of_name = np.bincount(own, weights[at], len(forms))
    share = often[own] / totals[forms[own]] * weights[at] / of_name[own]
    pairs, place = np.unique(forms[own] << 32 | there[at], return_inverse=True)
    shares = np.asarray(np.bincount(place, share), float)
    kept = shares >= _LEAST_SHARE
    return pairs[kept] >> 32, pairs[kept] & 0xFFFFFFFF, shares[kept]


def _links(arrays: Arrays, table: str) -> tuple[Ints, Ints, Floats]:
    """The form, the name and the weight of each attestation."""
    starts = arrays[f"{table}/starts"].astype(np.int64)
    sizes = starts[1:] - starts[:-1]
    names, weights = (arrays[f"{table}/{column}"] for column in ("pivots", "weights"))
    return np.repeat(np.arange(len(sizes)), sizes), names.astype(np.int64), weights.astype(float)


def _sums_by_stem(stems: Ints, shares: Floats) -> Floats:
    """The shares of each stem's spellings summed up, from its number to the next one."""
    sums = np.cumsum(shares)
    last = np.flatnonzero(np.append(stems[1:] != stems[:-1], True))
    before = np.append(0.0, sums[last[:-1]])[stems]
    return np.asarray(stems + (sums - before) / np.bincount(stems, shares)[stems])


def _endings() -> tuple[Ending, ...]:
    found: dict[str, list[tuple[str, str]]] = {}
    columns = ("arab", "latn", "turkish", "source", "note")
    for arabic, latin, turkish, *_ in read_table(_ENDINGS, columns):
        found.setdefault(arabic, []).append((latin, turkish))
    return tuple(Ending(arabic, tuple(ways)) for arabic, ways in found.items())


def _takes_ending(form: str) -> bool:
    return _SHORTEST <= len(form) <= _LONGEST and form[-1] not in _OPEN


def _cumulative(weights: Floats) -> Floats:
    return np.asarray(np.cumsum(weights) / weights.sum())


def _drawn(sums: Floats, count: int, random: np.random.Generator) -> Ints:
    return np.minimum(np.searchsorted(sums, random.random(count), side="right"), len(sums) - 1)
