"""brat standoff: a folder with a .txt and a .ann for each document, and `annotation.conf`.

A mention is a `T` line; an `A` line gives its Decision, and Repeated where it stands in a passage
that came before; an `N` line refers to the actor where it is LINKed; a `#` line gives the reason,
after the id of whom a REVIEW or a NIL may mean. A mention that is broken over lines is written in
fragments. A span neither begins nor ends with a line end.

Places are code points of the .txt. A CR LF is written there as a space and LF, since readers differ
on whether it counts as one. Parts of a document that follow each other make up one file.

Source: brat.nlplab.org/standoff.html and configuration.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO
from unicodedata import normalize

from resolve.documents.formats.lines import encodable, identity, one_line
from resolve.errors import OptionError
from resolve.types import Document, Outcome, Span

__all__ = ["CONFIGURATION", "TYPES", "write_folder"]

TYPES: Final = {"person": "Person", "organization": "Organization", "place": "Place"}
NO_TYPE: Final = "Name"

CONFIGURATION: Final = """\
[entities]
Person
Organization
Place
Name

[relations]

[events]

[attributes]
Decision\tArg:<ENTITY>, Value:LINK|REVIEW|NIL
Repeated\tArg:<ENTITY>
"""

ASIDE: Final = ".new."
"""How the name of a file begins that isn't complete yet."""

LONGEST: Final = 80
"""Code points of a file's name, so that any file system takes it."""

_UNSAFE = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # on Windows
_FRAGMENT = re.compile("[^\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")


def write_folder(documents: Iterable[Document], folder: Path) -> int:
    """Write each document's two files, and the configuration; how many documents they were.

    A file appears when it is complete; one of that name is replaced. Raises OptionError where
    the folder can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "annotation.conf").write_text(CONFIGURATION, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OptionError(f"{folder}: cannot be written: {error.strerror}") from None
    taken: set[str] = set()
    pair: _Pair | None = None
    try:
        for document in documents:
            if pair is None or not pair.continues_in(document):
                if pair is not None:
                    pair.finish()
                pair = _Pair(folder, _name(document.id, taken), document.id)
            pair.add(document)
        if pair is not None:
            pair.finish()
    except BaseException:
        if pair is not None:
            pair.discard()
        raise
    return len(taken)


class _Pair:
    """The two files of a document while they are written, under other names."""

    def __init__(self, folder: Path, name: str, id: str) -> None:
        self._id = id
        self._paths = [folder / f"{name}{suffix}" for suffix in (".txt", ".ann")]
        self._aside = [path.with_name(ASIDE + path.name) for path in self._paths]
        self._text, self._lines = map(_opened, self._aside)
        self._reached = self._count = 0

    def continues_in(self, document: Document) -> bool:
        """Whether the document is the part that follows."""
        return document.offset > 0 and (document.id, document.offset) == (self._id, self._reached)

    def add(self, document: Document) -> None:
        """Write a document, or the part that follows."""
        # Places start at 0 in a file, even where the first part is missing.
        shift = self._reached
        self._text.write(encodable(document.text).replace("\r\n", " \n"))
        for span in document.spans:
            self._count += 1
            self._lines.writelines(_lines(self._count, document.text, span, shift))
        self._reached += len(document.text)

    def finish(self) -> None:
        """Put the files in their place, the text first: annotations never stand alone."""
        for stream, aside, path in zip(
            (self._text, self._lines), self._aside, self._paths, strict=True
        ):
            stream.close()
            aside.replace(path)

    def discard(self) -> None:
        """Leave nothing behind."""
        for stream, aside in zip((self._text, self._lines), self._aside, strict=True):
            with suppress(OSError):
                stream.close()
            aside.unlink(missing_ok=True)


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _lines(number: int, text: str, span: Span, shift: int) -> Iterator[str]:
    """The lines of a mention."""
    target, decision = f"T{number}", span.decision
    fragments = [match.span() for match in _FRAGMENT.finditer(text, span.start, span.end)]
    places = ";".join(f"{start + shift} {end + shift}" for start, end in fragments)
    surface = encodable(" ".join(text[start:end] for start, end in fragments))
    kind = NO_TYPE if span.kind is None else TYPES[span.kind]
    yield f"{target}\t{kind} {places}\t{surface}\n"
    yield f"A{2 * number - 1}\tDecision {target} {decision.outcome.value}\n"
    if span.repeated:
        yield f"A{2 * number}\tRepeated {target}\n"
    note, id = decision.reason, identity(decision)
    if decision.outcome is Outcome.LINK:
        yield f"N{number}\tReference {target} resolve:{id}\t{one_line(decision.name or '')}\n"
    elif id:
        note = f"{id}: {note}"
    if note:
        yield f"#{number}\tAnnotatorNotes {target}\t{one_line(note)}\n"


def _name(id: str, taken: set[str]) -> str:
    """A file's name for a document, without suffix, and none that is `taken`, where it is noted.

    >>> taken = set()
    >>> [_name(id, taken) for id in ("../news/1.txt", "news/1", "NEWS 1", "con")]
    ['news_1', 'news_1-2', 'NEWS_1-3', 'con_']
    """
    plain = _UNSAFE.sub("_", normalize("NFC", id).removesuffix(".txt"))[-LONGEST:]
    plain = plain.strip("._") or "document"
    if _RESERVED.match(plain):
        plain += "_"
    name, number = plain, 1
    while name.casefold() in taken:  # many file systems ignore case
        number += 1
        name = f"{plain}-{number}"
    taken.add(name.casefold())
    return name
