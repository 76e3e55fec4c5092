"""Tables and evidence as a person reads them in a terminal.

Cells are padded by the width they take on the screen. Arabic is isolated (U+2068 ... U+2069) on a
terminal, so that a line's order stays its own; elsewhere no control is added. Controls *inside* a
name are drawn, or left out where they are invisible, so that no name can command the terminal.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from resolve.decisions.figures import short_probability

if TYPE_CHECKING:
    from resolve.types import Candidate, Evidence, Term

__all__ = [
    "STYLES",
    "Column",
    "Line",
    "candidate_lines",
    "draw",
    "evidence_lines",
    "isolated",
    "screen",
    "show",
    "term_lines",
    "visible",
]

PIPED = 120  # columns of a table that is not drawn on a terminal
LONGEST = 200  # characters of a cell that are drawn; the data formats carry all
FIRST = 1000  # rows that settle the columns' widths
NARROWEST = 8  # columns of the screen that a cell keeps on a narrow terminal
BESIDE = 24  # columns of the screen that a spare last cell needs beside the others
GAP, INDENT = "  ", "    "

STYLES = {"LINK": "green", "REVIEW": "yellow", "NIL": "dim"}
"""How the row of each outcome is drawn."""

FSI, PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUN = re.compile(f"[{_RTL}](?:[^\\w{_RTL}]*[{_RTL}])*")
_STRONG = re.compile(rf"[^\W\d_]|[{_RTL}]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


class Column(NamedTuple):
    """A column: its title, the most room it may take, its side, and whether its cells are prose,
    which moves under its row where room is short: for the last column, shorter than `least`."""

    title: str
    limit: int = 40
    right: bool = False
    spare: bool = False
    least: int = BESIDE


class Line(NamedTuple):
    """A row: its cells, the style of the whole, what is written under it, and what above it."""

    cells: Sequence[str]
    style: str = ""
    under: Sequence[str] = ()
    over: Sequence[str] = ()


def screen(stream: TextIO, output: str | None) -> Console:
    """Where a table is drawn: colour and isolation only if standard output is a terminal."""
    terminal = output in (None, "-") and sys.stdout.isatty()
    width = shutil.get_terminal_size((PIPED, 24)).columns
    return Console(
        file=stream,
        force_terminal=terminal,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        color_system=None if os.environ.get("NO_COLOR") else "auto",
    )


def draw(console: Console, columns: Sequence[Column], rows: Iterable[Line]) -> None:
    """Draw a table row by row; where room is short, its spare cells move under their row."""
    rows = iter(rows)
    first = list(islice(rows, FIRST))
    widths = _widths(console.width, columns, first)
    beside = [i for i, width in enumerate(widths) if width]
    below = [i for i, width in enumerate(widths) if not width]
    shape = [columns[i]._replace(limit=widths[i]) for i in beside]
    for text in _columns(console, shape, [columns[i].title for i in beside]):
        _print(console, text, "bold")
    for row in chain(first, rows):
        show(console, row.over, "bold")
        cells = [visible(cell) for cell in row.cells]
        for text in _columns(console, shape, [cells[i] for i in beside]):
            _print(console, text, row.style)
        moved = ": ".join(cells[i] for i in below if cells[i])
        _under(console, [moved] if moved else [], row.style, prose=True)
        _under(console, row.under, "")


def show(console: Console, lines: Iterable[str], style: str = "") -> None:
    """Write lines as they are, their right-to-left runs isolated on a terminal."""
    for line in lines:
        _print(console, _shown(console, line), style)


def evidence_lines(evidence: Evidence) -> Iterator[str]:
    """The two names, the terms, and what they add up to."""
    yield f"{visible(evidence.left)} ~ {visible(evidence.right)}"
    yield from term_lines(evidence.terms)
    yield f"= {evidence.bits + 0.0:+.1f} bits, p = {short_probability(evidence.probability)}"


def term_lines(terms: Sequence[Term]) -> Iterator[str]:
    """One line a term: bits, the two sides, and what they say."""
    sides = [_sides(term) for term in terms]
    width = min(max(map(cell_len, sides), default=0), 48)
    for term, side in zip(terms, sides, strict=True):
        what = " ".join(filter(None, (term.part, term.relation.value)))
        said = f"{what}: {term.note}" if term.note else what
        yield f"{term.bits + 0.0:+6.1f}  {_padded(side, width)}  {said}".rstrip()


def candidate_lines(candidates: Sequence[Candidate]) -> Iterator[str]:
    """The first candidate term by term; the others, a line each."""
    for place, each in enumerate(candidates):
        total = f"{each.bits:+.1f} bits, p = {short_probability(each.probability)}"
        if place:
            yield f"or {each.id} as {visible(each.matched)}: {total}"
        else:
            yield f"{each.id} as {visible(each.matched)}"
            yield from term_lines(each.terms)
            yield f"= {total}"


def visible(text: str) -> str:
    """The text as it may be drawn: controls as pictures, nothing invisible, not too long.

    >>> visible("Haf\\u202etar\\x1b[2J")
    'Haftar\N{SYMBOL FOR ESCAPE}[2J'
    """
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return _INVISIBLE.sub("", _CONTROL.sub(_picture, text))


def isolated(text: str, prose: bool = False) -> str:
    """The text with its right-to-left runs isolated; all of it where it begins as one.

    Prose is English, though it may begin with an Arabic name: آكار ~ Akar +17.7.

    >>> isolated("Haftar"), isolated("حفتر") == FSI + "حفتر" + PDI
    ('Haftar', True)
    """
    strong = _STRONG.search(text)
    if not prose and strong and _RUN.match(strong[0]):
        return FSI + text + PDI
    return _RUN.sub(lambda run: FSI + run[0] + PDI, text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


def _widths(screen: int, columns: Sequence[Column], rows: Sequence[Line]) -> list[int]:
    """The width of each column; 0 for one that moves under its row."""
    widths = [cell_len(column.title) for column in columns]
    for row in rows:
        for i, cell in enumerate(row.cells):
            widths[i] = max(widths[i], min(cell_len(visible(cell)), columns[i].limit))
    wanted = widths[-1]
    widths[-1] = min(wanted, columns[-1].least) if columns[-1].spare else wanted
    for i in reversed(range(len(widths))):
        if columns[i].spare and _total(widths) > screen:
            widths[i] = 0
    while _total(widths) > screen and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    if widths[-1]:
        widths[-1] += max(0, min(wanted - widths[-1], screen - _total(widths)))
    return widths


def _total(widths: Sequence[int]) -> int:
    """The columns of the screen that cells of these widths take, gaps included."""
    return sum(widths) + len(GAP) * (sum(map(bool, widths)) - 1)


def _columns(console: Console, shape: Sequence[Column], cells: Sequence[str]) -> Iterator[str]:
    """The lines of one row: each cell wrapped within its column's limit, then padded."""
    pieces = [_wrapped(console, cell, own.limit) for cell, own in zip(cells, shape, strict=True)]
    for i in range(max(map(len, pieces))):
        drawn = []
        for piece, column in zip(pieces, shape, strict=True):
            text = piece[i] if i < len(piece) else ""
            shown = _shown(console, text, column.spare)
            drawn.append(_padded(text, column.limit, column.right, shown))
        yield GAP.join(drawn).rstrip()


def _under(console: Console, texts: Iterable[str], style: str, prose: bool = False) -> None:
    for text in texts:
        for piece in _wrapped(console, text, console.width - len(INDENT)):
            _print(console, INDENT + _shown(console, piece, prose), style)


def _wrapped(console: Console, text: str, width: int) -> list[str]:
    if cell_len(text) <= width:
        return [text]
    return [line.plain.rstrip() for line in Text(text).wrap(console, max(width, 2))] or [""]


def _padded(text: str, width: int, right: bool = False, shown: str | None = None) -> str:
    """The text as wide as that, drawn as it is `shown`, which adds nothing that takes room."""
    space = " " * (width - cell_len(text))
    text = text if shown is None else shown
    return space + text if right else text + space


def _shown(console: Console, text: str, prose: bool = False) -> str:
    return isolated(text, prose) if console.is_terminal else text


def _sides(term: Term) -> str:
    sides = [visible(side) for side in (term.left, term.right) if side is not None]
    return " ~ ".join(sides)


def _print(console: Console, text: str, style: str) -> None:
    console.print(Text(text, style=style), soft_wrap=True)
