"""The names of a gazetteer, ready to be searched: built in memory, or a file mapped into it.

    Index.of(gazetteer)           reads every name; a second for each ten thousand
    index.save("libya.idx")       one file, the same bytes for the same names
    Index.open("libya.idx")       in milliseconds; processes share its memory

A file is bound to the version and the learned tables that built it. A gazetteer and
its index give the same answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from resolve import shipped, storage
from resolve.errors import StorageError
from resolve.matching.comparison import Comparison, Reading, reading_of
from resolve.matching.lands import packed
from resolve.matching.phrases import Named, Phrase, Phrases
from resolve.matching.ragged import Ragged, ragged_text
from resolve.matching.shelf import Shelf, ShelfName
from resolve.model.learned import load as load_learned
from resolve.names.offices import Office, offices
from resolve.types import Kind
from resolve.version import __version__

if TYPE_CHECKING:
    from gazetteer import Entity, EntityName

__all__ = ["FORMAT", "READINGS", "Actor", "Index"]

READINGS: Final[tuple[Reading, ...]] = get_args(Reading)
FORMAT: Final = 4
"""Rises when a file of before can't be read any more."""
_KIND: Final = "index"
_REMEMBERED: Final = 50_000  # ids
_SHIPPED: Final = "gazetteer.idx"
_SOURCES: Final = ("gazetteer/data", "resolve/tables", "resolve/model/data/card.json")
_KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_PERSON: Final = _KINDS.index("person")
_PHRASES: Final = (Phrase.PERSON, Phrase.ORGANIZATION, Phrase.PLACE)  # in the order of the kinds


class Actor(NamedTuple):
    """What a decision says of an actor."""

    id: str
    name: str  # canonical name
    kind: Kind


class Index:
    """The actors of a gazetteer, sorted by id, and the arrays by which their names are found."""

    def __init__(
        self, arrays: Mapping[str, NDArray[Any]], stored: storage.Stored | None = None
    ) -> None:
        self._arrays = arrays
        self._stored = stored
        self._ids = Ragged(arrays["id"], arrays["id_end"])
        self._canonical = arrays["canonical"]
        self._rows: dict[str, int] = {}  # by id, so far
        self.kinds = arrays["kind"]
        self._kinds: memoryview[int] = self.kinds.data  # plain numbers, sooner had than NumPy's
        self.prominence = arrays["prominence"]
        self._ranks = Ragged(arrays["rank"], arrays["rank_end"])
        self._texts = {
            reading: Ragged(arrays[f"{reading}/text"], arrays[f"{reading}/text_end"])
            for reading in READINGS
        }

    @classmethod
    def of(
        cls, entities: Iterable[Entity], comparison: Comparison | None = None, jobs: int = 1
    ) -> Index:
        """Return the index of actors, which come sorted by id, as a gazetteer has them.

        So many processes read their names.
        """
        comparison = comparison or Comparison(load_learned())
        names: dict[Reading, list[ShelfName]] = {reading: [] for reading in READINGS}
        ids, kinds, prominence, canonical, countries = [], [], [], [], []
        held: list[tuple[int, Office]] = []
        for owner, entity in enumerate(entities):
            own = names[reading_of(entity.kind)]
            ordered = sorted(entity.names, key=_standing)
            canonical.append(len(own) + [name.text for name in ordered].index(entity.name))
            own += [_named(owner, entity, name) for name in ordered]
            ids.append(entity.id)
            kinds.append(_KINDS.index(entity.kind))
            prominence.append(entity.prominence)
            countries.append(packed(entity.country))
            if entity.kind == "person":
                held += [(owner, office) for office in offices(entity.description)]
        written = ragged_text(ids)
        arrays: dict[str, NDArray[Any]] = {
            "id": written.values,
            "id_end": written.ends,
            "kind": np.array(kinds, np.uint8),
            "prominence": np.array(prominence, np.uint16),
            "canonical": np.array(canonical, np.int32),
            "country": np.array(countries, np.uint16),
            **_offices_arrays(held),
        }
        for reading, own in names.items():
            shelf = Shelf.arrays_of(own, reading, comparison, jobs)
            arrays.update((f"{reading}/{name}", array) for name, array in shelf.items())
        every = [named for own in names.values() for named in own]
        arrays |= Phrases.arrays_of([_phrase(name, kinds[name.owner]) for name in every], jobs)
        return cls(arrays)

    @classmethod
    def open(cls, path: str | Path) -> Index:
        """Return the index of a file.

        Raises StorageError for what is no index, damaged, cut off or of another version.
        """
        stored = storage.Stored(Path(path), _KIND, FORMAT)
        if stored.facts != (here := _facts()):
            built, now = stored.facts.get("version"), here["version"]
            by = f"resolve-names {built}" if built != now else "other learned tables"
            raise StorageError(
                f"{path}: built by {by}, and this is {now}, which may read names otherwise; "
                "build it again: resolve gazetteer build"
            )
        return cls(stored.arrays, stored)

    @classmethod
    def shipped(cls) -> Index | None:
        """Return the index of the gazetteer that ships; None if that, or a table, was changed."""
        stored = shipped.opened(_SHIPPED, _KIND, FORMAT, _SOURCES)
        return None if stored is None else cls(stored.arrays, stored)

    def ship(self, folder: Path) -> None:
        """Write the index of the gazetteer that ships: see `resolve.shipped`."""
        shipped.save(folder / _SHIPPED, _KIND, FORMAT, self._arrays, _SOURCES)

    def save(self, path: str | Path) -> None:
        """Write the index, whole or not at all; the same actors give the same bytes."""
        storage.write(Path(path), _KIND, FORMAT, self._arrays, _facts())

    def verify(self) -> None:
        """Read a file's every byte, once. Raises StorageError if any isn't what was written."""
        if self._stored is not None:
            self._stored.verify()

    def shelf(self, reading: Reading, comparison: Comparison) -> Shelf:
        """Return the names that are read one way."""
        prefix = f"{reading}/"
        own = {
            name.removeprefix(prefix): array
            for name, array in self._arrays.items()
            if name.startswith(prefix)
        }
        return Shelf(own, reading, comparison)

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def names(self) -> Mapping[Reading, int]:
        """How many names are read each way."""
        return {reading: len(texts) for reading, texts in self._texts.items()}

    def actor(self, row: int) -> Actor:
        """Return an actor by its number."""
        kind = _KINDS[self.kinds[row]]
        name = self._texts[reading_of(kind)].text(int(self._canonical[row]))
        return Actor(self._ids.text(row), name, kind)

    @cached_property
    def phrases(self) -> Phrases:
        """The names as sequences of words, to be found in texts."""
        return Phrases(self._arrays)

    def countries(self, rows: NDArray[np.int64]) -> list[str]:
        """Return the country of each actor, ISO 3166-1 alpha-2; "" where none is known."""
        packed = self._arrays["country"][rows].tolist()
        return [chr(k >> 8) + chr(k & 255) if k else "" for k in packed]

    def is_person(self, row: int) -> bool:
        """Return whether an actor is a person."""
        return self._kinds[row] == _PERSON

    def offices(self, row: int) -> tuple[Office, ...]:
        """Return the offices that an actor is said to hold or have held."""
        owners = self._arrays["office"]
        own = slice(*np.searchsorted(owners, [row, row + 1]).tolist())
        ranks, years = self._arrays["office_rank"][own], self._arrays["office_years"][own]
        both = zip(ranks.tolist(), years.tolist(), strict=True)
        return tuple(Office(self._ranks.text(rank), first, last) for rank, (first, last) in both)

    def row(self, id: str) -> int:
        """Return the number of an actor, -1 where there is none of this id."""
        known = self._rows.get(id)
        if known is None:
            if len(self._rows) >= _REMEMBERED:
                self._rows = {}
            known = self._rows[id] = self._row(id)
        return known

    def _row(self, id: str) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._ids.text(middle) < id:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._ids.text(low) == id else -1

    def weights(self, kind: Kind | None) -> NDArray[np.float64]:
        """Return the prominence of each actor; 0 for those who aren't of the kind."""
        of_kind = np.ones(len(self), bool) if kind is None else self.kinds == _KINDS.index(kind)
        return np.where(of_kind, self.prominence, 0).astype(float)


def _facts() -> dict[str, Any]:
    """What the arrays depend on, beside the gazetteer."""
    return {"version": __version__, "model": load_learned().card["sha256"]}


def _offices_arrays(held: Sequence[tuple[int, Office]]) -> dict[str, NDArray[Any]]:
    ranks = sorted({office.rank for _, office in held})
    written = ragged_text(ranks)
    return {
        "office": np.array([owner for owner, _ in held], np.int32),
        "office_rank": np.array([ranks.index(office.rank) for _, office in held], np.uint16),
        "office_years": np.array(
            [(office.first, office.last) for _, office in held], np.uint16
        ).reshape(-1, 2),
        "rank": written.values,
        "rank_end": written.ends,
    }


def _phrase(name: ShelfName, kind: int) -> Named:
    kinds = _PHRASES[kind]
    if name.exact:
        return Named(name.text, kinds | Phrase.ACRONYM)
    return Named(name.text, kinds if name.weak else kinds | Phrase.PLAIN)


def _named(owner: int, entity: Entity, name: EntityName) -> ShelfName:
    kinds = name.kind == "weak", name.kind == "acronym", entity.kind == "place"
    return ShelfName(owner, name.text, *kinds, packed(entity.country))


def _standing(name: EntityName) -> tuple[bool, bool]:
    """Primary names before others, English ones first: of equal evidence, the plainest shows."""
    return name.kind != "primary", name.lang != "eng"
