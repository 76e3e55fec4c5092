"""The names that a recogniser finds, as runs among those that the tagger finds by itself.

A recogniser's name is a run where no other stands. Where it overlaps others it takes their place
only if it is longer than each; then they are ways to cut it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from resolve.documents.common import NAME
from resolve.documents.recognisers import Recognised
from resolve.documents.runs import Cut, Run, Titled, title_from
from resolve.documents.words import Words

__all__ = ["with_recognised"]

_SMALL: Final = "function"
"""Words at the ends of a recogniser's name that are none of it: the UN is the gazetteer's UN."""


def with_recognised(
    words: Words, runs: Sequence[Run], recognised: Iterable[Recognised]
) -> list[Run]:
    """Return the runs of a text, in their order and none over another, with a recogniser's names.

    These are code points of the text; a word that one overlaps is its word as a whole.
    """
    kept = sorted(runs, key=_extent)
    for name in recognised:
        run = _run(words, name)
        if run is None:
            continue
        first, end = _extent(run)
        lo = bisect_right(kept, first, key=lambda own: _extent(own)[1])
        hi = bisect_left(kept, end, key=lambda own: _extent(own)[0])
        over = kept[lo:hi]
        if all(own_end - own_first < end - first for own_first, own_end in map(_extent, over)):
            run.cuts += [cut for own in over for cut in own.cuts if cut not in run.cuts]
            run.title = run.title or next((o.title for o in over if _extent(o)[0] == first), None)
            kept[lo:hi] = [run]
    return kept


def _run(words: Words, name: Recognised) -> Run | None:
    """A recogniser's name as a run, without titles and small words; None where nothing is left."""
    first, end = bisect_right(words.end, name.start), bisect_left(words.start, name.end)
    title: Titled | None = None
    if name.kind == "person" and first < end:
        title = title_from(words, first)
        if title is not None:
            if title.end >= end:
                return None
            first = title.end
    while first < end and _small(words, first):
        first += 1
    while first < end and _small(words, end - 1):
        end -= 1
    if first >= end:
        return None
    cuts = [Cut(first, end, False)]
    cuts += [Cut(first, end, False, skip, part.text) for skip, part in words.word[first].proclitics]
    return Run(cuts, name.kind, firm=True, title=title, recognised=True)


def _small(words: Words, k: int) -> bool:
    common = words.word[k].common
    return _SMALL in common and NAME not in common


def _extent(run: Run) -> tuple[int, int]:
    return run.cuts[0].first, run.cuts[0].end
