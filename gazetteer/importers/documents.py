"""The objects in the arrays of one big JSON document, each with the line where it begins.

    {"persons": [{...}, {...}], "organizations": [{...}], "meta": {...}}

The document is parsed by ijson as it comes, so that no more than one object is held. What has
no next object to go on with raises RecordError: text that is no JSON, or is cut off.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib import import_module
from typing import Any, Final, NamedTuple

from gazetteer.errors import MissingExtraError, RecordError
from gazetteer.importers.source import Source

__all__ = ["Found", "objects"]

CHUNK: Final = 1 << 16  # bytes read at once
DEEPEST: Final = 64  # levels of nesting: records have five, and only an attack has more
BOM: Final = b"\xef\xbb\xbf"

# The levels of the document: within its braces, and within an array that they name.
OUTER, INNER = 1, 2


class Found(NamedTuple):
    """An object, the name of its array and the line of its opening brace."""

    array: str
    line: int
    value: Any


def objects(source: Source, arrays: Collection[str]) -> Iterator[Found]:
    """Each object in one of the `arrays`, in the order of the document.

    Raises RecordError with the line where the document is no JSON; MissingExtraError where
    ijson isn't installed.
    """
    ijson = _ijson()
    events = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events, use_float=True)
    walk = _Walk(source, arrays, ijson.ObjectBuilder)
    line = 1
    try:
        for line, piece in _pieces(source):
            parser.send(piece)
            for event, value in events:
                if (found := walk.step(line, event, value)) is not None:
                    yield found
            events.clear()
        parser.close()
    except (ijson.JSONError, ValueError) as error:
        if isinstance(error, RecordError):
            raise
        what = str(error).splitlines()[0].strip()
        raise RecordError([f"{source.path}:{line}: no JSON: {what} (get the file again)"]) from None


class _Walk:
    """Where in the document the parser is, and the object that is being put together there."""

    def __init__(self, source: Source, arrays: Collection[str], builder: Any) -> None:
        self._builder = builder
        self._source = source
        self._arrays = arrays
        self._depth = 0
        self._key = self._array = ""
        self._object: Any = None
        self._line = 0

    def step(self, line: int, event: str, value: object) -> Found | None:
        """Take the next event of the parser; the object that it ends, if it ends one."""
        if event in ("end_map", "end_array"):
            self._depth -= 1
        if self._object is not None:
            self._object.event(event, value)
            if self._depth == INNER and event == "end_map":
                found, self._object = self._object.value, None
                return Found(self._array, self._line, found)
        elif self._depth == OUTER:
            if event == "map_key":
                self._key = str(value)
            self._array = self._key if event == "start_array" else ""
        elif self._depth == INNER and event == "start_map" and self._array in self._arrays:
            self._object, self._line = self._builder(), line
            self._object.event(event, value)
        if event in ("start_map", "start_array"):
            self._deepen(line)
        return None

    def _deepen(self, line: int) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            what = f"nested more than {DEEPEST} levels deep (not a list of records)"
            raise RecordError([f"{self._source.path}:{line}: {what}"])


def _pieces(source: Source) -> Iterator[tuple[int, bytes]]:
    """The bytes, in pieces that end with their line or earlier, each with its line's number."""
    line = 1
    with source.opened() as stream:
        first = True
        while chunk := stream.read(CHUNK):
            *ended, rest = chunk.removeprefix(BOM).split(b"\n") if first else chunk.split(b"\n")
            first = False
            for piece in ended:
                yield line, piece + b"\n"
                line += 1
            if rest:
                yield line, rest


def _ijson() -> Any:
    try:
        return import_module("ijson")  # late: an extra
    except ImportError:
        raise MissingExtraError("ijson", "formats", "reading Popolo") from None
