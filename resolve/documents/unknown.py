"""Which unknown names of a document are variants of one? They share a provisional id."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from resolve.documents.anchors import variants
from resolve.documents.mentions import Found
from resolve.pipeline import Resolver
from resolve.types import Name

__all__ = ["Unknown", "provisional"]


class Unknown:
    """The unknown names of a document, by their provisional ids."""

    def __init__(self, found: Sequence[Found]) -> None:
        """Take the mentions as they are decided."""
        self._found = found
        own = {m.cluster: m for m in found if m.cluster and m.cluster == provisional(m)}
        self._clusters = list(own)
        self._names = [mention.weighing.name for mention in own.values()]
        self._pairs = list(variants(self._names))

    @property
    def pairs(self) -> list[tuple[Name, Name]]:
        """The names that could be variants of one."""
        return [(self._names[first], self._names[second]) for first, second in self._pairs]

    def unite(self, resolver: Resolver) -> None:
        """Give the variants of one name the same provisional id: that of the first."""
        shared: dict[str, str] = {}
        for (first, second), names in zip(self._pairs, self.pairs, strict=True):
            one, other = self._clusters[first], self._clusters[second]
            if not {one, other} & shared.keys() and resolver.same(*names):
                shared[other] = one
        for mention in self._found if shared else ():
            mention.cluster = shared.get(mention.cluster or "", mention.cluster)


def provisional(mention: Found) -> str:
    """Return the provisional id of a mention, if nobody else has its name."""
    return _minted(mention.weighing.name.text)


@lru_cache(maxsize=1 << 14)
def _minted(text: str) -> str:
    from gazetteer.ids import mint  # late: who knows everybody mints nothing

    return "nil:" + mint(text, set())
