"""The items of a source, each with its bytes and the line where it begins.

A dump is an array with an item a line, with or without its brackets, and is read line by line. A
document of Special:EntityData or wbgetentities, `{"entities": {...}}`, is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final, NamedTuple

import msgspec

from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source
from gazetteer.importers.wikidata_json import BROKEN, Document

__all__ = ["DOCUMENT_LIMIT", "Record", "records"]

DOCUMENT_LIMIT: Final = 256 << 20
"""Bytes of a document at most; the API's largest answers, of 500 items, stay below."""

_DOCUMENT = re.compile(rb'\s*\{\s*"(?:entities|success|warnings)"')
_BYTE = re.compile(r"\(byte (\d+)\)")


class Record(NamedTuple):
    """An item as it came; `asked` is the id that a document has it under."""

    source: Source
    line: int
    data: bytes | msgspec.Raw
    asked: str = ""


def records(source: Source, rejects: Rejects) -> Iterator[Record]:
    """The items, in their order, as yet undecoded. What can't be one is rejected."""
    lines = source.lines()
    first: list[tuple[int, bytes]] = []
    for numbered in lines:
        first.append(numbered)
        if b"".join(line for _, line in first).strip() not in (b"", b"{"):
            break
    if _DOCUMENT.match(b"".join(line for _, line in first)):
        yield from _of_document(source, chain(first, lines), rejects)
    else:
        yield from _of_dump(source, chain(first, lines))


def _of_dump(source: Source, lines: Iterator[tuple[int, bytes]]) -> Iterator[Record]:
    for number, line in lines:
        item = line.strip().removeprefix(b"[").removesuffix(b"]").strip().removesuffix(b",")
        if item:
            yield Record(source, number, item)


def _of_document(
    source: Source, lines: Iterator[tuple[int, bytes]], rejects: Rejects
) -> Iterator[Record]:
    data = bytearray()
    for _, line in lines:
        data += line + b"\n"
        if len(data) > DOCUMENT_LIMIT:
            what = (
                f"a document of more than {DOCUMENT_LIMIT:,} bytes (give the dump, a line an item)"
            )
            rejects.reject(source, 1, what)
            return
    try:
        found = dict(msgspec.json.decode(data, type=Document).entities)
    except BROKEN as error:
        byte = _BYTE.search(str(error))
        number = data.count(b"\n", 0, int(byte[1])) + 1 if byte else 1
        rejects.reject(source, number, f"no document of Wikidata: {error}")
        return
    end = 0
    for asked, raw in found.items():
        begin = data.index(raw, end)
        yield Record(source, data.count(b"\n", 0, begin) + 1, raw, asked)
        end = begin + len(bytes(raw))
