"""How well texts are read: tables of mentions and of decisions, by language, and every error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from benchmarks.documents.gold import UNSEEN
from benchmarks.documents.judging import Judged, errors
from benchmarks.protocol import Cell, Table
from benchmarks.systems.ours import Ours
from resolve.types import Outcome

__all__ = ["decisions", "mentions", "mistakes"]

Sets = Mapping[str, Sequence[Judged]]
"""What was judged, by the name of the set."""
Row = tuple[Cell, ...]

_ALL: Final = "all"


def mentions(sets: Sets) -> Table:
    """Return how many mentions are found, and how many are false."""
    rows: list[Row] = []
    for name, lang, own in _slices(sets):
        marked = [each for each in own if each.mark]
        found = [each for each in marked if each.span]
        false = len(own) - len(marked)
        exact = sum(each.exact for each in found)
        rows.append(
            (
                *(name, lang, Ours.name, len(marked), len(marked) - len(found), false),
                *(_share(len(found), len(found) + false), _share(len(found), len(marked))),
                _share(exact, len(found)),
            )
        )
    columns = ("set", "language", "system", "mentions", "missed", "false", "precision", "recall")
    note = "Found is what overlaps; optional marks count neither as missed nor as false."
    return Table("Mentions in texts", (*columns, "borders right"), tuple(rows), 3, note)


def decisions(sets: Sets) -> Table:
    """Return how precise the links are, and how many decisions are the marked ones."""
    rows: list[Row] = []
    for name, lang, own in _slices(sets):
        links = [each for each in own if each.outcome is Outcome.LINK]
        due = [each for each in own if each.mark and each.mark.outcome == "LINK"]
        linked = sum(each.outcome is Outcome.LINK and each.actor for each in due)
        review = [each for each in own if each.mark and each.mark.outcome == "REVIEW"]
        first = sum(each.outcome is Outcome.REVIEW and each.actor for each in review)
        found = [each for each in own if each.mark and each.span]
        right = sum(each.right for each in found)
        true = sum(each.actor for each in links)
        rows.append(
            (
                *(name, lang, Ours.name, len(links), _share(true, len(links))),
                *(len(due), _share(linked, len(due))),
                *(len(review), _share(first, len(review))),
                *(len(found), _share(right, len(found))),
            )
        )
    columns = ("set", "language", "system", "links", "precision of links", "marked LINK")
    more = (
        "recall of links",
        "marked REVIEW",
        "REVIEW, right actor first",
        "found",
        "decisions right",
    )
    note = "A link where REVIEW is marked is a right one if it is to the marked actor."
    return Table("Decisions in texts", (*columns, *more), tuple(rows), 3, note)


def mistakes(sets: Sets) -> Table:
    """Return every error, wrong links first; not those of the set that stays unseen."""
    rows: list[Row] = [
        (name, e.text.id, e.surface, e.kind, e.expected, e.said, e.reason)
        for name, own in sets.items()
        if name != UNSEEN
        for e in errors(own)
    ]
    columns = ("set", "text", "mention", "error", "expected", "said", "reason")
    return Table("Errors in texts", columns, tuple(rows), 3)


def _slices(sets: Sets) -> Iterable[tuple[str, str, list[Judged]]]:
    """Each set by language, and, where there are several, all of it."""
    for name, own in sets.items():
        languages = sorted({each.text.lang for each in own})
        for lang in languages:
            yield name, lang, [each for each in own if each.text.lang == lang]
        if len(languages) > 1:
            yield name, _ALL, list(own)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
