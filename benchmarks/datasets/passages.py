"""News passages with their mentions marked, as the tests and the benchmark read them.

`tests/cases/passages.txt` holds blocks between lines of `---`. A block begins with its headers
(`id`, `lang`, `trap` and, if the day matters, `date`), one a line; an empty line ends them, and
the text follows. `[Güler|yasar-guler]` marks a mention with its gold:

    [Güler|yasar-guler]               LINK: this actor, with what the passage says beside the name
    [Haftar|REVIEW khalifa-haftar]    REVIEW: the passage doesn't settle it; the likeliest actor
    [Rachel Ondera|NIL person]        NIL: an actor that the gazetteer hasn't got, and its kind

Marked is the name alone: no title, no proclitic, no suffix; the Arabic article is the name's
(after ل what is left of it), and of nested names the longest is marked. So is every mention by a
proper name, each time it occurs; adjectives, peoples, handles, hashtags, months, days and what a
word without a name says ("the government") aren't mentions. `\\u0640` stands for that letter:
marks and look-alikes are escapes, so that an editor neither hides nor composes them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from gazetteer.entity import KINDS

__all__ = ["Mark", "Passage", "read_passages"]

HEADERS = frozenset({"id", "lang", "date", "trap"})
NEEDED = ("id", "lang", "trap")
SEPARATOR = "---"
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Mark(NamedTuple):
    """A mention: code points of the text, LINK, REVIEW or NIL, and the id (of a NIL: the kind)."""

    start: int
    end: int
    outcome: str
    gold: str


class Passage(NamedTuple):
    """A text without its markup, and its marks in the order of the text."""

    id: str
    lang: str  # ISO 639-3
    date: str  # of its publication, YYYY-MM-DD; without one, any
    trap: str  # what it tries
    text: str
    marks: tuple[Mark, ...]


def read_passages(path: Path) -> list[Passage]:
    """The passages of a file, in its order; broken markup raises ValueError with its line.

    >>> file = getfixture("tmp_path") / "passages.txt"
    >>> block = ["id: a", "lang: tur", "trap: a suffix", "", "[Dibeybe|abdul-hamid-dbeibah]'yle"]
    >>> _ = file.write_text("\\n".join(block))
    >>> passage = read_passages(file)[0]
    >>> passage.text, passage.marks
    ("Dibeybe'yle", (Mark(start=0, end=7, outcome='LINK', gold='abdul-hamid-dbeibah'),))
    """
    passages = []
    block: list[str] = []
    first = 1
    for number, line in enumerate([*path.read_text("utf-8").split("\n"), SEPARATOR], start=1):
        if line != SEPARATOR:
            block.append(line)
            continue
        passages.append(_passage(block, first, path.name))
        block, first = [], number + 1
    return passages


def _passage(block: list[str], first: int, file: str) -> Passage:
    headers: dict[str, str] = {}
    body = len(block)
    for offset, line in enumerate(block):
        if not line:
            body = offset + 1
            break
        name, colon, value = line.partition(":")
        if not colon or name not in HEADERS or name in headers or not value.strip():
            raise ValueError(f"{file}:{first + offset}: no header of a passage: {line!r}")
        headers[name] = _unescaped(value.strip())
    missing = [name for name in NEEDED if name not in headers]
    if missing:
        raise ValueError(f"{file}:{first}: the passage has no {', '.join(missing)}")
    if "date" in headers and not DATE.fullmatch(headers["date"]):
        raise ValueError(f"{file}:{first}: no date as YYYY-MM-DD: {headers['date']!r}")
    text, marks = _read("\n".join(block[body:]).rstrip("\n"), first + body, file)
    if not text:
        raise ValueError(f"{file}:{first}: the passage has no text")
    return Passage(
        id=headers["id"],
        lang=headers["lang"],
        date=headers.get("date", ""),
        trap=headers["trap"],
        text=text,
        marks=marks,
    )


def _read(marked: str, first: int, file: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without its markup, and its marks."""
    text, marks = "", []
    position = 0
    for bracket in re.finditer(r"\[([^\[\]]*)\]|[\[\]]", marked):
        line = first + marked.count("\n", 0, bracket.start())
        if bracket[1] is None:
            raise ValueError(f"{file}:{line}: a bracket without its other: {bracket[0]}")
        text += _unescaped(marked[position : bracket.start()])
        surface, bar, gold = bracket[1].partition("|")
        surface = _unescaped(surface)
        outcome = _outcome(gold)
        if not bar or not surface or surface != surface.strip() or outcome is None:
            raise ValueError(f"{file}:{line}: no [surface|gold]: {bracket[0]}")
        marks.append(Mark(len(text), len(text) + len(surface), *outcome))
        text += surface
        position = bracket.end()
    return text + _unescaped(marked[position:]), tuple(marks)


def _outcome(gold: str) -> tuple[str, str] | None:
    word, _, rest = gold.partition(" ")
    if word == "NIL":
        return ("NIL", rest) if rest in KINDS else None
    outcome, id = ("REVIEW", rest) if word == "REVIEW" else ("LINK", gold)
    return (outcome, id) if ID.fullmatch(id) else None


def _unescaped(text: str) -> str:
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
