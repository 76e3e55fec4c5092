"""The rows of a CSV or TSV file, as they come, each with the line where it begins.

What can't be read is rejected by its line, and reading goes on below it: bytes that are not
UTF-8, a quotation mark that isn't closed, a row with more or fewer fields than the header.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain

from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source

__all__ = ["records", "rows"]


def rows(
    source: Source, rejects: Rejects, delimiter: str | None = ","
) -> Iterator[tuple[int, list[str]]]:
    """Each row in which anything stands, with its line; a quoted field may run over several.

    Where the delimiter is None, it is the tab, semicolon or comma that the first line has most of.
    """
    lines = _Lines(source, rejects)
    reader = csv.reader(lines, delimiter=delimiter or lines.delimiter(), strict=True)
    while True:
        lines.first = 0
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            rejects.reject(source, lines.first, _told(error, lines))
            continue
        if any(map(str.strip, fields)):
            yield lines.first, fields


def records(
    source: Source,
    rejects: Rejects,
    needed: Sequence[str] = (),
    delimiter: str | None = ",",
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row below the header by its columns; none, and a reject, where one needed is missing."""
    found = rows(source, rejects, delimiter)
    line, header = next(found, (1, []))
    header = [column.strip() for column in header]
    for column in needed:
        if column not in header:
            known = ", ".join(header) or "nothing"
            rejects.reject(source, line, f"no column {column!r} (the header has: {known[:200]})")
            return
    for line, fields in found:
        if len(fields) == len(header):
            yield line, dict(zip(header, fields, strict=True))
        else:
            rejects.reject(source, line, f"{len(fields)} fields (the header has {len(header)})")


class _Lines:
    """The lines that are UTF-8, and the first and the last that the present row has taken."""

    def __init__(self, source: Source, rejects: Rejects) -> None:
        self.first = self.last = 0
        self._source = source
        self._rejects = rejects
        self._lines: Iterator[tuple[int, bytes]] = source.lines()

    def delimiter(self) -> str:
        """What parts the fields of the first line, which is still to be read."""
        first = next(self._lines, (1, b""))
        self._lines = chain([first], self._lines)
        most = max("\t;,", key=lambda char: first[1].count(char.encode()))
        return most if most.encode() in first[1] else ","

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while True:
            number, line = next(self._lines)
            self.first = self.first or number
            self.last = number
            try:
                return f"{line.decode()}\n"
            except UnicodeDecodeError as error:
                self._skip(number, error)

    def _skip(self, number: int, error: UnicodeDecodeError) -> None:
        self.first = 0 if self.first == number else self.first
        byte = error.object[error.start]
        what = f"byte 0x{byte:02x} at position {error.start + 1} is not UTF-8 (save it as UTF-8)"
        self._rejects.reject(self._source, number, what)


def _told(error: csv.Error, lines: _Lines) -> str:
    if lines.last > lines.first:
        return f"a quoted field runs to line {lines.last} (close its quotation mark)"
    return f"{error} (correct the row)"
