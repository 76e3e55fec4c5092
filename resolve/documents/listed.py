"""Names of a list that stand in one document: decided together, as a text's mentions are."""

from __future__ import annotations

from collections.abc import Sequence

from resolve.documents.mentions import Found
from resolve.documents.runs import Cut, matches_at, title_from
from resolve.documents.words import Words
from resolve.matching.phrases import Phrases
from resolve.pipeline import reading_of_name
from resolve.weighing import Weighing

__all__ = ["joined", "listed"]

_BETWEEN = "\n\n"


def joined(names: Sequence[str]) -> str:
    """Return the names as a text, each a paragraph of its own."""
    return _BETWEEN.join(names)


def listed(
    words: Words, names: Sequence[str], weighings: Sequence[Weighing], phrases: Phrases
) -> list[Found | None]:
    """Return each name of a joined text as a mention; None for one without a word.

    A title at its head is set apart, as evidence.
    """
    found: list[Found | None] = []
    start = word = 0
    for name, weighing in zip(names, weighings, strict=True):
        stop = start + len(name)
        first = word
        while word < len(words) and words.start[word] < stop:
            word += 1
        found.append(_mention(words, first, word, weighing, phrases) if word > first else None)
        start = stop + len(_BETWEEN)
    return found


def _mention(words: Words, first: int, end: int, weighing: Weighing, phrases: Phrases) -> Found:
    titled = title_from(words, first)
    title = titled if titled is not None and titled.end < end else None
    cut = Cut(title.end if title else first, end, False)
    exact = any(match.end == end for match in matches_at(words, cut.first, phrases))
    cut = cut._replace(exact=exact)
    text = weighing.name.mention.text
    person = reading_of_name(weighing.name) == "person"
    shape = weighing.decision.kind or ("person" if person else "organization")
    return Found(
        cut, cut.start(words), cut.stop(words), text, shape, weighing, weighing.decision, title
    )
