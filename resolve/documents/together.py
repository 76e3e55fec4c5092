"""A table of names, each of some document: those of one document are decided together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from resolve.documents.tagging import Tagger
from resolve.parallel import mapped
from resolve.pipeline import Resolver
from resolve.types import Decision, Outcome

__all__ = ["decided_together"]


def decided_together(
    resolver: Resolver,
    names: Sequence[str],
    documents: Sequence[str],
    progress: Callable[[int], None] | None = None,
    *,
    jobs: int = 1,
) -> list[Decision]:
    """Return the decision on each name, in their order; `documents[k]` is that of `names[k]`.

    The names of one document stand in the order of its text, wherever in the table they are; one
    without a document stands alone. Unknown names share a provisional id with their variants, as
    in `Resolver.resolve_many`, and with what is short for them in their document.
    """
    places: dict[str, list[int]] = {}
    for k, document in enumerate(documents):
        places.setdefault(document or f"\0{k}", []).append(k)
    tagger = Tagger(resolver)
    decided: list[Decision | None] = [None] * len(names)
    done = 0
    pieces = ([names[k] for k in own] for own in places.values())
    for own, found in zip(places.values(), mapped(tagger.decide, pieces, jobs), strict=True):
        for k, decision in zip(own, found, strict=True):
            decided[k] = decision
        done += len(own)
        if progress is not None:
            progress(done)
    return _clustered(resolver, [decision for decision in decided if decision is not None])


def _clustered(resolver: Resolver, decisions: list[Decision]) -> list[Decision]:
    """The decisions, unknown names under the ids of the whole table."""
    nil = [d for d in decisions if d.outcome is Outcome.NIL and d.cluster]
    fullest: dict[str, str] = {}  # of each provisional id, the name with most letters
    for decision in nil:
        known = fullest.get(str(decision.cluster), "")
        text = decision.mention.text
        fullest[str(decision.cluster)] = min(known, text, key=lambda t: (-len(t), t))
    ids = resolver.cluster_names(fullest.values())
    shared = {old: ids[text] for old, text in fullest.items() if text in ids}
    return [
        msgspec.structs.replace(d, cluster=shared.get(d.cluster, d.cluster)) if d.cluster else d
        for d in decisions
    ]
