"""Mentions and decisions held against the marks of a text: what is right, and every error.

found      a marked mention that a mention of ours overlaps; its borders may be others
false      a mention of ours that overlaps no mark; an optional mark excuses it
right      the decision on a found one is the marked one: the outcome, and of LINK and REVIEW
           the actor who is first
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from benchmarks.datasets.passages import Mark
from benchmarks.documents.gold import Marked
from resolve import Resolver
from resolve.documents.tagging import Tagger
from resolve.types import Document, Outcome, Span, Text

__all__ = ["Error", "Judged", "errors", "judged", "tagged"]

ErrorKind = Literal["missed", "false", "decision", "borders"]


class Judged(NamedTuple):
    """A mark and the mention of ours that meets it, or either alone."""

    text: Marked
    mark: Mark | None
    span: Span | None

    @property
    def exact(self) -> bool:
        """Whether the mention has the mark's borders."""
        both = self.mark and self.span
        return bool(both) and self.mark[:2] == (self.span.start, self.span.end)  # type: ignore[index, union-attr]

    @property
    def outcome(self) -> Outcome | None:
        """What is decided; None where nothing is found."""
        return self.span.decision.outcome if self.span else None

    @property
    def actor(self) -> bool:
        """Whether the actor who is first is the marked one."""
        return bool(self.mark and self.span) and self.span.decision.id == self.mark.gold  # type: ignore[union-attr]

    @property
    def right(self) -> bool:
        """Whether the decision is the marked one."""
        if self.mark is None or self.outcome != self.mark.outcome:
            return False
        return self.outcome is Outcome.NIL or self.actor


class Error(NamedTuple):
    """What isn't as it is marked: worst first, each as a reader needs it."""

    kind: ErrorKind
    text: Marked
    surface: str
    expected: str
    said: str
    reason: str


def tagged(texts: Sequence[Marked], resolver: Resolver | None = None) -> list[Document]:
    """Return the texts with our mentions, each as of its year."""
    resolver = resolver or Resolver()
    taggers = {year: Tagger(resolver, year) for year in {text.year for text in texts}}
    return [next(taggers[t.year].tag_many([Text(t.id, t.text)])) for t in texts]


def judged(text: Marked, document: Document) -> Iterator[Judged]:
    """Yield each mark with its mention, and the mentions that meet no mark, optional or not."""
    for mark in text.marks:
        over = [span for span in document.spans if _overlap(span, mark)]
        over.sort(key=lambda span, mark=mark: -_shared(span, mark))  # type: ignore[misc]
        yield Judged(text, mark, over[0] if over else None)
    for span in document.spans:
        if not any(_overlap(span, mark) for mark in (*text.marks, *text.optional)):
            yield Judged(text, None, span)


def errors(every: Iterable[Judged]) -> list[Error]:
    """Return what is wrong, in the order of the kinds: false links, other decisions, mentions."""
    found = [error for own in every if (error := _error(own)) is not None]
    order: tuple[ErrorKind, ...] = ("decision", "missed", "false", "borders")
    return sorted(found, key=lambda e: ("LINK" not in e.said.split(" ")[0], order.index(e.kind)))


def _error(own: Judged) -> Error | None:
    mark, span = own.mark, own.span
    surface = own.text.text[mark.start : mark.end] if mark else span.surface if span else ""
    expected = " ".join((mark.outcome, mark.gold)) if mark else ""
    if span is None:
        return Error("missed", own.text, surface, expected, "", "")
    said = " ".join(filter(None, (span.decision.outcome.value, span.decision.id)))
    said += "" if own.exact or mark is None else f" ({span.surface})"
    kind: ErrorKind
    if mark is None:
        kind = "false"
    elif not own.right:
        kind = "decision"
    elif not own.exact:
        kind = "borders"
    else:
        return None
    return Error(kind, own.text, surface, expected, said, span.decision.reason)


def _overlap(span: Span, mark: Mark) -> bool:
    return span.start < mark.end and mark.start < span.end


def _shared(span: Span, mark: Mark) -> float:
    """How much of both they have in common."""
    shared = min(span.end, mark.end) - max(span.start, mark.start)
    return shared / (max(span.end, mark.end) - min(span.start, mark.start))
