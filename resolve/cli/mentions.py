"""What a tagged text and its actors look like as rows: cells for tables, objects for JSON, lines.

Nothing is computed here but sums. A lone surrogate, which no table can hold, is U+FFFD in cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TextIO

from resolve.cli.writing import probability
from resolve.documents.formats.lines import encodable, identity

if TYPE_CHECKING:
    from resolve.cli.terminal import Line
    from resolve.documents.actors import ActorRow, Place, Variant
    from resolve.types import Document, Span

__all__ = [
    "ACTOR",
    "MENTION",
    "actor_cells",
    "actor_record",
    "draw_actors",
    "draw_mentions",
    "mention_cells",
]

MENTION: Final = (
    "document",
    "start",
    "end",
    "surface",
    "kind",
    "decision",
    "id",
    "name",
    "probability",
    "reason",
    "title",
    "clitic",
    "repeated",
)
"""The columns of a mention. `start` and `end` are code points into the whole document."""

ACTOR: Final = (
    "id",
    "name",
    "kind",
    "decision",
    "documents",
    "mentions",
    "repeated",
    "variants",
    "counts",
    "first",
    "last",
)
"""The columns of an actor, as `gazetteer add` takes them."""

BETWEEN: Final = " | "
"""Between the variants of an actor, in one cell, and between their counts."""

PROSE: Final = 40
"""Columns of the screen that reasons and variants need beside the rest of their row."""


def mention_cells(document: Document, span: Span) -> list[str]:
    """The cells under MENTION. The id of a NIL is its provisional one."""
    decision = span.decision
    cells = [
        document.id,
        str(span.start + document.offset),
        str(span.end + document.offset),
        span.surface,
        span.kind or "",
        decision.outcome.value,
        identity(decision) or "",
        decision.name or "",
        probability(decision.probability),
        decision.reason,
        span.title,
        span.clitic,
        "yes" if span.repeated else "",
    ]
    return [encodable(cell) for cell in cells]


def actor_cells(row: ActorRow) -> list[str]:
    """The cells under ACTOR; the counts are in the order of the variants."""
    cells = [
        row.id,
        row.name,
        row.kind or "",
        row.decision.value,
        str(row.documents),
        str(row.mentions),
        str(row.repeated),
        BETWEEN.join(text for text, _ in row.variants),
        BETWEEN.join(str(mentions) for _, mentions in row.variants),
        _place(row.first),
        _place(row.last),
    ]
    return [encodable(cell) for cell in cells]


def actor_record(row: ActorRow) -> dict[str, object]:
    """The row as an object for JSON."""
    return {
        **row._asdict(),
        "decision": row.decision.value,
        "variants": [each._asdict() for each in row.variants],
        "first": row.first._asdict(),
        "last": row.last._asdict(),
    }


def draw_mentions(stream: TextIO, output: str | None, documents: Iterable[Document]) -> None:
    """Draw a row for each mention, under a line for its document.

    A reason stands with the first of the mentions of a document that are decided alike. A star
    is with those in passages that stand earlier in their document.
    """
    from resolve.cli.terminal import Column, draw, screen, show

    columns = (
        Column("start", right=True),
        Column("mention"),
        Column("kind"),
        Column("decision"),
        Column("id"),
        Column("p", right=True),
        Column("reason", limit=200, spare=True, least=PROSE),
    )
    console = screen(stream, output)
    over: list[str] = []
    draw(console, columns, _mention_lines(documents, over))
    show(console, over, "bold")  # of the last documents, which have no mention


def _mention_lines(documents: Iterable[Document], over: list[str]) -> Iterator[Line]:
    """The rows; `over` holds the lines that no row stands under yet."""
    from resolve.cli.terminal import STYLES, Line
    from resolve.decisions.figures import short_probability as short

    for document in documents:
        over.append(_heading(document))
        told: set[tuple[str, str, str]] = set()
        for span in document.spans:
            decision = span.decision
            own = span.surface, identity(decision) or "", decision.reason
            outcome, again = decision.outcome.value, span.repeated
            cells = (
                f"{span.start + document.offset:,}",
                span.surface,
                span.kind or "",
                f"{outcome} *" if again else outcome,
                identity(decision) or "",
                short(decision.probability),
                "" if own in told else decision.reason,
            )
            told.add(own)
            style = f"dim {STYLES[outcome]}" if again else STYLES[outcome]
            yield Line(cells, style, over=tuple(over))
            over[:] = [""] if span is document.spans[-1] else []


def _heading(document: Document) -> str:
    from resolve.cli.terminal import visible

    counts = Counter(span.decision.outcome.value for span in document.spans)
    said = [f"{counts[each]:,} {each}" for each in ("LINK", "REVIEW", "NIL") if counts[each]]
    again = sum(span.repeated for span in document.spans)
    part = f", from {document.offset:,} on" if document.offset else ""
    repeated = f"; * {again:,} in repeated passages" if again else ""
    return f"{visible(document.id)}{part}: {', '.join(said) or 'no mention'}{repeated}"


def draw_actors(stream: TextIO, output: str | None, rows: Iterable[ActorRow]) -> None:
    """Draw a row for each actor, with its variants."""
    from resolve.cli.terminal import STYLES, Column, Line, draw, screen

    columns = (
        Column("actor"),
        Column("kind"),
        Column("decision"),
        Column("documents", right=True),
        Column("mentions", right=True),
        Column("variants", limit=200, spare=True, least=PROSE),
    )

    def lines() -> Iterator[Line]:
        for row in rows:
            again = f" (+{row.repeated:,} repeated)" if row.repeated else ""
            cells = (
                row.id,
                row.kind or "",
                row.decision.value,
                f"{row.documents:,}",
                f"{row.mentions:,}",
                ", ".join(map(_counted, row.variants)) + again,
            )
            yield Line(cells, STYLES[row.decision.value])

    draw(screen(stream, output), columns, lines())


def _counted(variant: Variant) -> str:
    return variant.text if variant.mentions == 1 else f"{variant.text} ×{variant.mentions:,}"


def _place(place: Place) -> str:
    return f"{place.document}:{place.start}"
