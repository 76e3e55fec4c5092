"""One page to read: each document's text with its actors marked, and each mark explained.

The page holds all that it needs, no script and nothing to fetch. A mark's line says the outcome,
its hue the kind; the explanation opens on hover and on keyboard focus. The text is on the page
exactly: without the explanations and the tags, it is what was read, with U+FFFD for what HTML
can't hold (lone surrogates, NUL). Memory holds one document's actors at a time.

A paragraph runs in the direction of most of its letters. A mark is isolated from the text around
it, unless letters join it: the shapes of بحفتر would fall apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from itertools import count
from typing import Final
from unicodedata import bidirectional, combining

from resolve.decisions.figures import short_probability
from resolve.documents.formats.lines import encodable, identity
from resolve.documents.formats.places import Paragraph, paragraphs
from resolve.types import Decision, Document, Outcome, Repeat, Span
from resolve.version import __version__

__all__ = ["direction", "pieces"]

TITLE: Final = "Who is named, and why"

MEANINGS: Final = {
    Outcome.LINK: "this actor",
    Outcome.REVIEW: "probably, for a person to confirm",
    Outcome.NIL: "an actor that isn't in the gazetteer",
}

OTHERS: Final = 4
"""How many other actors an explanation lists."""

# Right-to-left words in an English sentence, with what stands between them.
_LETTERS: Final = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+"
_RTL = re.compile(f"{_LETTERS}(?:[ '-]+{_LETTERS})*")
_STRONG: Final = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def pieces(documents: Iterable[Document]) -> Iterator[str]:
    """The page: its head, each document paragraph by paragraph, and its foot with the totals."""
    yield _head()
    numbers = count(1)
    totals: Counter[Outcome] = Counter()
    number = 0
    previous = None
    for document in documents:
        begins = not (document.offset and document.id == previous)
        number += begins
        previous = document.id
        totals.update(span.decision.outcome for span in document.spans)
        yield from _section(document, number, begins, numbers)
    yield f'</main>\n<footer><p class="counts">{_plural(number, "document")}: {_counts(totals)}'
    yield f" · resolve {__version__}</p></footer>\n</body>\n</html>\n"


def direction(text: str) -> str:
    """Which way a text runs, by most of its letters: `ltr`, `rtl`, `auto` without any.

    A tie goes to the first. So a sentence in Arabic may begin with a Latin acronym.

    >>> direction("NATO لم تعلق على الخبر"), direction("Haftar (حفتر)"), direction("2011")
    ('rtl', 'ltr', 'auto')
    """
    counts = Counter(found for letter in text if (found := _STRONG.get(bidirectional(letter))))
    return counts.most_common(1)[0][0] if counts else "auto"


def _head() -> str:
    css = files(__package__).joinpath("html.css").read_text(encoding="utf-8")
    outcomes = "".join(
        f'<li><mark class="{outcome.value.lower()} person">{outcome.value}</mark> {meaning}</li>\n'
        for outcome, meaning in MEANINGS.items()
    )
    kinds = "".join(
        f'<li class="{kind}"><span class="dot"></span><b>{kind}</b></li>\n'
        for kind in ("person", "organization", "place")
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{TITLE}</title>\n<style>\n{css}</style>\n</head>\n<body>\n"
        f'<header>\n<h1>{TITLE}</h1>\n<ul class="legend">\n{outcomes}{kinds}'
        '<li><span class="again">grey</span> stands earlier in its document, word for word</li>\n'
        "</ul>\n</header>\n<main>\n"
    )


def _section(
    document: Document, number: int, begins: bool, numbers: Iterator[int]
) -> Iterator[str]:
    """A document, or a further part of one: heading, text, table of its actors."""
    totals = Counter(span.decision.outcome for span in document.spans)
    if begins:
        heading = f'<h2 id="d{number}"><bdi dir="ltr">{_safe(document.id)}</bdi></h2>'
        yield f'<section class="document" aria-labelledby="d{number}">\n{heading}\n'
        part = ""
    else:
        yield f'<section class="part" aria-labelledby="d{number}">\n'
        part = f"from character {document.offset:,} on: "
    again = f"; {_plural(len(document.repeats), 'passage')} repeated" * bool(document.repeats)
    yield f'<p class="counts">{part}{_counts(totals)}{again}</p>\n'
    yield '<div class="columns">\n<div class="text">\n'
    actors: dict[str, _Actor] = {}
    starts, ends = ([each[side] for each in document.repeats] for side in (0, 1))
    for paragraph in paragraphs(document):
        start, end, _ = paragraph
        repeats = document.repeats[bisect_right(ends, start) : bisect_left(starts, end)]
        yield _paragraph(document, paragraph, repeats, actors, numbers)
    yield f"</div>\n{_table(actors)}</div>\n</section>\n"


def _paragraph(
    document: Document,
    paragraph: Paragraph,
    repeats: Sequence[Repeat],
    actors: dict[str, _Actor],
    numbers: Iterator[int],
) -> str:
    start, end, spans = paragraph
    text = document.text[start:end]
    blank = ' class="blank"' if text.isspace() else ""
    inner: list[str] = []
    for span in spans:
        inner += _plain(document, start, span.start, repeats)
        number = next(numbers)
        actors.setdefault(_key(span), _Actor(span)).add(span, number)
        again = span.repeated or any(r.start <= span.start and span.end <= r.end for r in repeats)
        inner.append(_mark(document.text, span, number, again))
        start = span.end
    inner += _plain(document, start, end, repeats)
    return f'<p dir="{direction(text)}"{blank}>{"".join(inner)}</p>\n'


def _plain(document: Document, start: int, end: int, repeats: Sequence[Repeat]) -> Iterator[str]:
    """The text between two marks, what is repeated in grey; a note where that begins."""
    for each in repeats:
        first, last = max(each.start, start), min(each.end, end)
        if first >= last:
            continue
        note = ""
        if first == each.start:
            note = f' data-note="repeated from {each.first + document.offset:,}"'
        yield _safe(document.text[start:first])
        yield f'<span class="again"{note}>{_safe(document.text[first:last])}</span>'
        start = last
    yield _safe(document.text[start:end])


def _mark(text: str, span: Span, number: int, again: bool) -> str:
    """The name with its explanation, which is out of the text's flow and can't be copied."""
    around = text[max(span.start - 1, 0) : span.start] + text[span.end : span.end + 1]
    joined = any(letter.isalpha() or combining(letter) for letter in around)
    classes = f"{span.decision.outcome.value.lower()} {span.kind or 'none'}"
    isolated = "" if joined else f' dir="{direction(text[span.start : span.end])}"'
    return (
        f'<mark id="m{number}" class="{classes}{"" if joined else " isolated"}'
        f'{" again" if again else ""}"{isolated} tabindex="0" aria-describedby="t{number}">'
        f"{_safe(text[span.start : span.end])}"
        f'<span class="tip" role="tooltip" id="t{number}" dir="ltr">{_tip(span)}</span></mark>'
    )


def _tip(span: Span) -> str:
    """Who is meant, how sure that is, and why."""
    decision = span.decision
    name = decision.name or ("an unknown actor" if decision.id is None else decision.id)
    id = identity(decision)
    facts = [decision.outcome.value, *([span.kind] if span.kind else [])]
    facts.append(f"p {_probability(decision.probability)}")
    if decision.bits is not None:
        facts.append(f"{decision.bits:.1f} bits".replace("-", "\u2212"))
    also = [f"{label} {_sentence(value)}" for label, value in _beside(span) if value]
    return "".join(
        (
            f"<b><bdi>{_safe(name)}</bdi></b>",
            f"<code>{_safe(id)}</code>" if id else "",
            f'<span class="facts">{" · ".join(facts)}</span>',
            f'<span class="why">{_sentence(decision.reason)}</span>' if decision.reason else "",
            _others(decision),
            f'<span class="also">{"; ".join(also)}</span>' if also else "",
        )
    )


def _beside(span: Span) -> Iterator[tuple[str, str]]:
    """What the mention says beside the name, each with its label."""
    yield "title", span.title
    yield "written onto it", span.clitic
    yield "within it", ", ".join(id for _, _, id in span.inside)
    yield "found by", "" if span.found == "gazetteer" else span.found


def _others(decision: Decision) -> str:
    """The other actors that a REVIEW may mean."""
    if decision.outcome is not Outcome.REVIEW:
        return ""
    others = [each for each in decision.candidates if each.id != decision.id][:OTHERS]
    rows = "".join(
        f"<span><span><bdi>{_safe(each.name)}</bdi> <code>{_safe(each.id)}</code></span>"
        f"<span>{_probability(each.probability)}</span></span>"
        for each in others
    )
    return f'<span class="others">{rows}</span>' if rows else ""


@dataclass
class _Actor:
    """An actor of a document: how often it is named, and as what."""

    first: Span
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, span: Span, number: int) -> None:
        surface = " ".join(span.surface.split())
        self.outcomes[span.decision.outcome] += 1
        self.surfaces[surface] += 1
        self.numbers.setdefault(surface, number)

    @property
    def best(self) -> Outcome:
        """The surest of its outcomes."""
        return next(outcome for outcome in MEANINGS if self.outcomes[outcome])


def _key(span: Span) -> str:
    """What the mentions of one actor share: an id; the surface where there is none."""
    return identity(span.decision) or f" {span.surface}"


def _table(actors: dict[str, _Actor]) -> str:
    """The actors, the surest and most often named first; nothing where there are none."""
    if not actors:
        return ""
    order = list(MEANINGS)
    ranked = sorted(actors.values(), key=lambda a: (order.index(a.best), -a.outcomes.total()))
    rows = "".join(map(_row, ranked))
    return (
        "<aside>\n<table>\n<caption>Actors</caption>\n"
        '<thead><tr><th scope="col">name, id, as written</th><th scope="col">mentions</th></tr>'
        f"</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</aside>\n"
    )


def _row(actor: _Actor) -> str:
    decision = actor.first.decision
    id = identity(decision)
    name = decision.name or decision.id or max(actor.surfaces, key=len)
    several = len(actor.surfaces) > 1
    written = ", ".join(
        f'<a href="#m{actor.numbers[surface]}"><bdi>{_safe(surface)}</bdi></a>'
        + f" ×{times:,}" * (several and times > 1)
        for surface, times in actor.surfaces.most_common()
    )
    unsure = actor.outcomes[Outcome.REVIEW]
    partly = f"<small>{unsure} to review</small>" if unsure and actor.best is Outcome.LINK else ""
    return (
        f'<tr class="{actor.best.value.lower()} {actor.first.kind or "none"}">'
        f'<th scope="row"><b><bdi>{_safe(name)}</bdi></b>'
        f'{f"<code>{_safe(id)}</code>" if id else ""}<span class="written">{written}</span></th>'
        f"<td>{actor.outcomes.total()}{partly}</td></tr>\n"
    )


def _counts(totals: Counter[Outcome]) -> str:
    named = ", ".join(f"{totals[each]:,} {each.value}" for each in MEANINGS if totals[each])
    mentions = _plural(totals.total(), "mention")
    return f"{mentions} ({named})" if named else "no mentions"


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _probability(value: float) -> str:
    return escape(short_probability(value))


def _sentence(text: str) -> str:
    """An English sentence: its right-to-left words don't move the numbers beside them.

    >>> _sentence("النمروس +14.8")
    '<bdi>النمروس</bdi> +14.8'
    """
    return _RTL.sub(lambda found: f"<bdi>{found[0]}</bdi>", _safe(text))


def _safe(text: str) -> str:
    r"""The text as HTML, with what a parser would drop or change written so that it stays.

    >>> _safe("<Haftar>\r\n")
    '&lt;Haftar&gt;&#13;\n'
    """
    return escape(encodable(text).replace("\0", "\ufffd")).replace("\r", "&#13;")
