"""Which actors do the scores of their names put first? An actor is worth its best name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from gazetteer import Entity
from resolve.types import Kind

__all__ = ["Actors", "Ranked", "actors_of", "chunks"]

Ranked = tuple[tuple[str, float], ...]
"""(actor id, score), best first; ties by id."""


@dataclass(frozen=True)
class Actors:
    """The names of some actors in one row: those of an actor stand together."""

    ids: tuple[str, ...]
    """Ascending."""
    texts: tuple[str, ...]
    owner: npt.NDArray[np.intp]
    """The actor's place in `ids`, for each text."""
    first: npt.NDArray[np.intp]
    """The place of each actor's first text."""

    @property
    def most_names(self) -> int:
        """How many names the actor of most names has; 0 without actors."""
        return int(np.bincount(self.owner).max()) if len(self.texts) else 0

    def names(self, actor: int) -> tuple[str, ...]:
        """Return the names of an actor, by its place in `ids`."""
        end = self.first[actor + 1] if actor + 1 < len(self.ids) else len(self.texts)
        return self.texts[self.first[actor] : end]

    def ranked(
        self, scores: npt.ArrayLike, top: int, texts: npt.NDArray[np.intp] | None = None
    ) -> Ranked:
        """Return the best `top` actors by the scores of `texts` (default: of all)."""
        values = np.asarray(scores, float)
        if not values.size:
            return ()
        if texts is None:
            best = np.maximum.reduceat(values, self.first)
            least = np.partition(best, -top)[-top] if top < len(best) else -np.inf
            rows = np.flatnonzero(best >= least)
            values = best[rows]
        else:
            rows = self.owner[texts]
        order = np.lexsort((rows, -values))
        found: dict[str, float] = {}
        for place in order.tolist():
            found.setdefault(self.ids[rows[place]], float(values[place]))
            if len(found) == top:
                break
        return tuple(found.items())


def actors_of(gazetteer: Iterable[Entity], kind: Kind) -> Actors:
    """Return the actors of one kind with all their names, in the order of their ids."""
    entities = [entity for entity in gazetteer if entity.kind == kind]
    counts = [len(entity.names) for entity in entities]
    return Actors(
        tuple(entity.id for entity in entities),
        tuple(name.text for entity in entities for name in entity.names),
        np.repeat(np.arange(len(entities)), counts),
        np.array([0, *accumulate(counts)][: len(entities)], dtype=np.intp),
    )


def chunks(texts: Sequence[str], width: int, cells: int) -> list[Sequence[str]]:
    """Return `texts` in runs whose matrix of `width` columns has at most `cells` cells."""
    size = max(1, cells // max(width, 1))
    return [texts[start : start + size] for start in range(0, len(texts), size)]
