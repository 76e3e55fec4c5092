"""What linkers answered and what was right: the figures of merges, for any set of mentions.

    links      precision of what is emitted, with a 95 % interval (bootstrap by entity), and recall
    scores     recall at precision .99 by the best actor's score: of systems that don't decide, too
    REVIEW     its share, and how often the right actor is first there
    NIL        how many of those said to be unknown are, and how many unknown are said to be
    ECE        expected calibration error of the best actor's probability

A mention whose first actor is perhaps its own under another id, or a namesake by the lists, is
neither right nor wrong: a link is counted as unsure, and it isn't found either.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import msgspec

from benchmarks.datasets.distractors import Round
from benchmarks.datasets.lists import Asked, Merges
from benchmarks.metrics import calibration_error, ranking, share
from benchmarks.protocol import Answer, Cell, Linker, Outcome
from resolve.types import Kind

__all__ = ["FIGURES", "Linked", "Said", "figures", "link"]

FIGURES = (
    "mentions",
    "known",
    "links",
    "precision",
    "low",
    "high",
    "recall",
    "recall at P .99",
    "REVIEW ratio",
    "right first in REVIEW",
    "NIL precision",
    "NIL recall",
    "ECE",
    "unsure links",
)
"""The columns that `figures` fills."""


class Said(msgspec.Struct, frozen=True):
    """A mention, its actor in the gazetteer (None for NIL), and what a system said of it."""

    asked: Asked
    actor: str | None
    answer: Answer
    unsure: bool
    """Whether the actor that comes first may be meant as well as the mention's own."""

    @property
    def best(self) -> str | None:
        """The actor that comes first."""
        return self.answer.ranked[0][0] if self.answer.ranked else None

    @property
    def score(self) -> float:
        """The score of the actor that comes first; not a number without one."""
        return self.answer.ranked[0][1] if self.answer.ranked else float("nan")

    @property
    def right(self) -> bool:
        """Whether the actor that comes first is the mention's."""
        return self.actor is not None and self.best == self.actor

    @property
    def linked(self) -> bool:
        """Whether the mention is linked, to whomever."""
        return self.answer.outcome == "LINK"


class Linked(msgspec.Struct, frozen=True):
    """All that one system said of one kind's task, with gazetteers of one size."""

    system: Linker
    kind: Kind
    actors: int
    rows: tuple[Said, ...]
    names: tuple[tuple[str, str], ...]
    """The gazetteer's ids and names."""
    seconds: float

    @property
    def decides(self) -> bool:
        """Whether the system draws decisions."""
        return any(row.answer.outcome for row in self.rows)


def link(
    system: Linker, task: Merges, asked: Sequence[Round], most: int | None = None, top: int = 10
) -> Linked:
    """Return what a system says of the mentions of each round; of `most` in all, if given.

    Clusters of different rounds stay apart.
    """
    rows: list[Said] = []
    names: dict[str, str] = {}
    seconds = 0.0
    for number, own in enumerate(asked):
        mentions = _first(own.asked, most, len(asked))
        start = time.perf_counter()
        answers = system.link(own.gazetteer, [m.text for m in mentions], task.kind, top)
        seconds += time.perf_counter() - start
        head = {id: head for head, id in own.actors.items()}
        names.update((entity.id, entity.name) for entity in own.gazetteer)
        for mention, answer in zip(mentions, answers, strict=True):
            best = head.get(answer.ranked[0][0], "") if answer.ranked else ""
            unsure = task.unsure(mention, best)
            if answer.cluster is not None:
                answer = msgspec.structs.replace(answer, cluster=f"{number} {answer.cluster}")
            rows.append(Said(mention, own.actors.get(mention.head), answer, unsure))
    actors = max(len(own.gazetteer) for own in asked)
    return Linked(system, task.kind, actors, tuple(rows), tuple(sorted(names.items())), seconds)


def figures(rows: Sequence[Said], probabilistic: bool) -> tuple[Cell, ...]:
    """Return the figures of some mentions, in the order of `FIGURES`; None where there is none."""
    sure = [row for row in rows if not row.unsure]
    known = sum(row.actor is not None for row in rows)
    decided = any(row.answer.outcome for row in rows)
    links = [row for row in sure if row.linked]
    precision = share([row.right for row in links], [row.asked.head for row in links])
    found = ranking([row.right for row in sure], [row.score for row in sure])
    review, nil = (_said(rows, outcome) for outcome in ("REVIEW", "NIL"))
    unknown = [row for row in rows if row.actor is None]
    scored = [row for row in sure if row.answer.ranked]
    return (
        len(rows),
        known,
        len(links) if decided else None,
        *((precision.value, precision.low, precision.high) if precision else (None,) * 3),
        _ratio(sum(row.right for row in links), known) if decided else None,
        _ratio(found.recall_99 * found.positives, known),
        _ratio(len(review), len(rows)) if decided else None,
        _ratio(sum(row.right for row in review), len(review)),
        _ratio(sum(row.actor is None for row in nil), len(nil)),
        _ratio(len(_said(unknown, "NIL")), len(unknown)) if decided else None,
        calibration_error([row.right for row in scored], [row.score for row in scored])
        if probabilistic
        else None,
        sum(row.linked and row.unsure for row in rows) if decided else None,
    )


def _said(rows: Iterable[Said], outcome: Outcome) -> list[Said]:
    return [row for row in rows if row.answer.outcome == outcome]


def _ratio(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _first(asked: Sequence[Asked], most: int | None, rounds: int) -> Sequence[Asked]:
    """As many mentions as are wanted, evenly from a round's, which stand in the order of ids."""
    wanted = len(asked) if most is None else min(max(most // rounds, 1), len(asked))
    return [asked[k * len(asked) // wanted] for k in range(wanted)]
