"""Which mentions without an actor are one and the same unknown? Clusters with provisional ids.

Pairs that are one actor's with enough probability are merged, the surest first; a merge that
would bring contradicting names together is left out. The result and its ids depend on the set
of names alone, never on their order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from resolve.types import Cluster, Name

__all__ = ["PREFIX", "clusters"]

PREFIX = "nil:"
"""Provisional ids begin so: no canonical id of ours does."""
CONTRADICTION = -2.0
"""Bits below which two names keep their clusters apart."""

Pair = tuple[int, int]


def clusters(
    names: Sequence[Name],
    edges: Mapping[Pair, float],
    bits_of: Callable[[Sequence[Pair]], Sequence[float]],
) -> list[Cluster]:
    """Return the clusters of names, ordered by their first member; each name is in just one.

    `edges` are the pairs to be merged with their bits, as positions (smaller first); `bits_of`
    says the bits of any pairs, to find the contradictions. Names without a letter are left out.
    """
    order = sorted(range(len(names)), key=lambda i: (names[i].text, i))
    rank = {i: r for r, i in enumerate(order)}
    members: dict[int, list[int]] = {i: [i] for i in range(len(names))}
    home = list(range(len(names)))

    def surest(edge: tuple[Pair, float]) -> tuple[float, list[int]]:
        return -edge[1], sorted(rank[i] for i in edge[0])

    for (a, b), _ in sorted(edges.items(), key=surest):
        left, right = home[a], home[b]
        if left == right:
            continue
        across = [(min(i, j), max(i, j)) for i in members[left] for j in members[right]]
        unknown = [pair for pair in across if pair not in edges]
        if any(bits < CONTRADICTION for bits in bits_of(unknown)):
            continue
        for i in members.pop(right):
            home[i] = left
            members[left].append(i)
    found = [sorted(group) for group in members.values() if names[group[0]].tokens]
    return _named(sorted(found), names)


def _named(groups: list[list[int]], names: Sequence[Name]) -> list[Cluster]:
    if not groups:
        return []
    from gazetteer.ids import mint  # late: who knows everybody mints nothing

    taken: set[str] = set()
    best = [min(group, key=lambda i: _completeness(names[i])) for group in groups]
    minted: dict[int, str] = {}
    for k in sorted(range(len(groups)), key=lambda k: _texts(groups[k], names)):
        minted[k] = mint(names[best[k]].text, taken)
        taken.add(minted[k])
    return [
        Cluster(PREFIX + minted[k], names[best[k]].text, tuple(group))
        for k, group in enumerate(groups)
    ]


def _texts(group: list[int], names: Sequence[Name]) -> list[str]:
    return sorted(names[i].text for i in group)


def _completeness(name: Name) -> tuple[int, bool, int, str]:
    """The most parts first, Latin letters before others, the longest, then by the alphabet."""
    return -len(name.parts), name.script != "Latn", -len(name.text), name.text
