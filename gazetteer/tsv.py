"""The rows of a TSV file of ours, and what is wrong with its form.

The form: UTF-8 (a byte-order mark is dropped), NFC, LF, a header, no quoting, no tab in a field,
rows in code point order (as `LC_ALL=C sort` leaves them). What the rows mean is checked in
`gazetteer.validation`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from gazetteer.errors import RecordError
from gazetteer.failures import Failures

__all__ = ["Row", "decode", "flaw", "read", "row_flaw", "write"]

Row = tuple[int, list[str]]
"""A line, counted from 1, and its fields."""

# Controls, bidi marks, invisible characters and lone surrogates (which no file can hold, but the
# escapes of JSON can). The joiners U+200C and U+200D stay: Persian and Urdu
# names are spelled with them.
INVISIBLE: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e007f"
)
SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that are not U+0020."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SPACES = re.compile(f"[{SPACES}]")
_EITHER = re.compile(f"[{INVISIBLE}{SPACES}]")
_ROUGH = re.compile(f"^ |  |\t | \t| $|[{INVISIBLE}{SPACES}]")


def decode(data: bytes, file: str) -> str:
    """The text of `data`, read as UTF-8 without its byte-order mark.

    Raises RecordError with the line and the byte where it isn't UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = bytes(error.object[: error.start])
        line = before.count(b"\n") + 1
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        raise RecordError(
            [
                f"{file}:{line}: byte 0x{error.object[error.start]:02x} at position {column} "
                f"of the line is not UTF-8 (save the file as UTF-8)"
            ]
        ) from None


def read(data: bytes, file: str, columns: Sequence[str], failures: Failures) -> list[Row]:
    """The rows below the header, in their order; those with too few or many fields left out."""
    text = decode(data, file)
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        failures.add(file, line, "carriage return (save the file with LF line ends)")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    header, *lines = text.removesuffix("\n").split("\n")
    if header != "\t".join(columns):
        failures.add(
            file, 1, f"the header is {header!r} (write: {' '.join(columns)}, tabs between)"
        )
        return []
    rows = list(_split(lines, file, len(columns), failures))
    if _suspicious(text):
        _check_characters(rows, file, columns, failures)
    return rows


def write(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The text of the file: the header and the rows, sorted."""
    return "\n".join(["\t".join(columns), *sorted(map("\t".join, rows)), ""])


def flaw(text: str) -> str | None:
    """What is wrong with the characters of one field, with the remedy; None where nothing is.

    >>> flaw("Hulusi Akar"), flaw("Hulusi  Akar")
    (None, 'stray space (one U+0020 between words, none around them)')
    """
    if found := _INVISIBLE.search(text):
        return f"control or bidi character U+{ord(found[0]):04X} (remove it)"
    if not unicodedata.is_normalized("NFC", text):
        return "not in Unicode's NFC (normalize it)"
    if "  " in text or text != text.strip(" ") or _SPACES.search(text):
        return "stray space (one U+0020 between words, none around them)"
    return None


def row_flaw(fields: Sequence[str]) -> str | None:
    """What is wrong with the characters of a row's fields; None where nothing is.

    >>> row_flaw(["un:1", "Hulusi  Akar"])
    "'Hulusi  Akar': stray space (one U+0020 between words, none around them)"
    """
    line = "\t".join(fields)
    if "\n" in line or line.count("\t") != len(fields) - 1:
        return "a tab or a line feed within a field (write a space)"
    if _ROUGH.search(line) is None and (line.isascii() or unicodedata.is_normalized("NFC", line)):
        return None
    flaws = ((field, flaw(field)) for field in fields)
    return next((f"{field!r}: {what}" for field, what in flaws if what), None)


def _split(lines: list[str], file: str, width: int, failures: Failures) -> Iterable[Row]:
    previous = ""
    for number, line in enumerate(lines, start=2):
        fields = line.split("\t")
        if len(fields) != width:
            failures.add(file, number, f"{len(fields)} fields (the header has {width})")
            continue
        if line < previous:
            failures.add(
                file, number, f"{fields[0]!r} is out of order (sort the rows: LC_ALL=C sort)"
            )
        previous = line
        yield number, fields


def _suspicious(text: str) -> bool:
    """Whether any field may have a flaw: one look at the whole file, which seldom has."""
    return (
        any(stray in text for stray in ("  ", " \t", "\t ", " \n", "\n "))
        or text.endswith(" ")  # of a last line without its LF
        or _EITHER.search(text) is not None
        or not unicodedata.is_normalized("NFC", text)
    )


def _check_characters(
    rows: list[Row], file: str, columns: Sequence[str], failures: Failures
) -> None:
    for number, fields in rows:
        for column, value in zip(columns, fields, strict=True):
            if what := flaw(value):
                failures.add(file, number, f"{column} {value!r}: {what}")
