"""Which actors could each mention mean? The names of a gazetteer, by how they are read.

A shelf holds the names of all actors of one reading, searches them for a batch of mentions at
once, and explains what it found from the same evidence. Like the index in it, it consists of
arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.matching.comparison import NOTHING, Comparison, Reading, Scores, read_slots
from resolve.matching.form import Form
from resolve.matching.lookup import Variants
from resolve.matching.ragged import Ragged, ragged_text, spread
from resolve.matching.slots import Plain, Slot, plain
from resolve.matching.vocabulary import SCRIPTS
from resolve.parallel import mapped
from resolve.types import Name, Term

__all__ = ["Best", "Found", "Shelf", "ShelfName"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_PIECE = 5000  # names that one process reads at a time
_read = lru_cache(maxsize=16_384)(read_slots)
"""The names that mentions agree with are much the same ones."""


class ShelfName(NamedTuple):
    """A name of an actor, who is known by a number."""

    owner: int
    text: str
    weak: bool = False  # it alone is too weak to tell: a nickname, a kunya
    exact: bool = False  # it agrees only with what is written exactly so: an acronym
    place: bool = False
    land: int = 0  # the state that the actor is of, as `lands` has it


class Shelf:
    """The names of actors that are read one way, indexed. Immutable but for what it remembers."""

    def __init__(
        self, arrays: Mapping[str, NDArray[Any]], reading: Reading, comparison: Comparison
    ) -> None:
        self._comparison = comparison
        self.reading = reading
        self.owners = arrays["owner"]
        self.weak = arrays["weak"]
        self.texts = Ragged(arrays["text"], arrays["text_end"])
        self._index = comparison.index(arrays, reading)

    @staticmethod
    def arrays_of(
        names: Sequence[ShelfName], reading: Reading, comparison: Comparison, jobs: int = 1
    ) -> dict[str, NDArray[Any]]:
        """Return what a shelf of some names consists of; so many processes read them."""
        texts = ragged_text(name.text for name in names)
        exact, places = [name.exact for name in names], [name.place for name in names]
        lands = [name.land for name in names]
        return {
            **comparison.arrays(_all_read(names, reading, jobs), reading, exact, places, lands),
            "owner": np.array([name.owner for name in names], np.int32),
            "weak": np.array([name.weak for name in names], bool),
            "text": texts.values,
            "text_end": texts.ends,
        }

    def __len__(self) -> int:
        return len(self.owners)

    @property
    def sizes(self) -> NDArray[Any]:
        """The parts of each name."""
        return self._index.sizes

    def scripts(self, names: Ints) -> Ints:
        """Return in which script each of some names begins, by its number."""
        return self._index.scripts(names)

    def variants(self, forms: Iterable[Form]) -> dict[Form, Variants]:
        """Return what each form may stand for in the names."""
        return self._index.variants(forms)

    def search(self, names: Sequence[Name], places: bool | None = None) -> Found:
        """What the names could be, with the evidence; among places only, or others, if asked."""
        slots = [read_slots(name, self.reading) for name in names]
        among = None if places is None else self._index.places == places
        pools, scores = self._comparison.search(slots, self._index, self.reading, among)
        return Found(self, slots, pools, scores)


class Best(NamedTuple):
    """Entities that mentions could be, by mention and entity; the position is that in the pool."""

    mentions: Ints
    entities: Ints
    bits: NDArray[np.float64]
    positions: Ints
    lone: Bools  # whether one of the two names is a single part
    across: Bools  # whether they are in two scripts


class Found:
    """The names of one shelf that each mention of a batch could be, with their evidence."""

    def __init__(
        self,
        shelf: Shelf,
        mentions: Sequence[Sequence[Slot]],
        pools: Sequence[Ints],
        scores: Scores,
    ) -> None:
        """Take the parts of each mention, the names it could be, and the evidence."""
        self._shelf, self._pools, self._scores = shelf, pools, scores
        self._sizes = np.array([len(own) for own in mentions], np.int64)
        # A name without parts has no candidates.
        scripts = [SCRIPTS.index(own[0].forms[0][0].script) if own else -1 for own in mentions]
        self._scripts = np.array(scripts, np.int64)

    def best(self) -> Best:
        """Return the best name of each entity that a mention could be, for all mentions."""
        sizes = [len(pool) for pool in self._pools]
        numbers = np.concatenate([np.zeros(0, np.int64), *self._pools])
        bits = np.concatenate([np.zeros(0), *self._scores.bits])
        mentions = np.repeat(np.arange(len(sizes)), sizes)
        positions = spread(np.zeros(len(sizes), np.int64), np.array(sizes, np.int64))
        entities = self._shelf.owners[numbers].astype(np.int64)
        order = np.lexsort((numbers, -bits, entities, mentions))
        order = order[bits[order] > NOTHING]
        entity, mention = entities[order], mentions[order]
        first = np.ones(len(order), bool)
        first[1:] = (entity[1:] != entity[:-1]) | (mention[1:] != mention[:-1])
        chosen = order[first]
        lone = (self._sizes[mentions[chosen]] == 1) | (self._shelf.sizes[numbers[chosen]] == 1)
        across = self._shelf.scripts(numbers[chosen]) != self._scripts[mentions[chosen]]
        return Best(
            mentions[chosen], entities[chosen], bits[chosen], positions[chosen], lone, across
        )

    def contradicted(self, k: int, position: int) -> bool:
        """Whether something that both write speaks against it, in the evidence of that name."""
        return self._scores.contradicted(k, position)

    def explain(self, k: int, place: int) -> tuple[str, bool, tuple[Term, ...]]:
        """The gazetteer's name at that place, whether it is weak, and the terms of its evidence."""
        number = int(self._pools[k][place])
        text = self._shelf.texts.text(number)
        right: Sequence[Slot] = _read(text, self._shelf.reading)
        return text, bool(self._shelf.weak[number]), self._scores.terms(k, place, right)


def _all_read(names: Sequence[ShelfName], reading: Reading, jobs: int) -> Iterator[list[Plain]]:
    """What an index keeps of each name, in their order."""

    def read(texts: Sequence[str]) -> list[list[Plain]]:
        return [plain(read_slots(text, reading)) for text in texts]

    texts = [name.text for name in names]
    pieces = (texts[k : k + _PIECE] for k in range(0, len(texts), _PIECE))
    for piece in mapped(read, pieces, jobs if len(texts) > jobs * _PIECE else 1):
        yield from piece
