"""The records of an XML file, one after the other, each with the line of its opening tag.

expat reads the file in pieces, and of each nothing is kept but the records that end in it. Its
encoding is the one that it declares, or UTF-8 or UTF-16 by its first bytes. What has no next
record to go on with raises RecordError: a file that isn't well-formed, or is of another kind. So
does one that declares entities of its own, of which a few lines grow without bound; no list does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from gazetteer.errors import RecordError
from gazetteer.importers.source import Source

__all__ = ["elements", "texts"]

CHUNK: Final = 1 << 16  # bytes given to expat at once; the records in them are kept until read
BETWEEN: Final = "}"  # stands between a namespace and a tag, and in no tag


def elements(
    source: Source, roots: Collection[str], tags: Collection[str]
) -> Iterator[tuple[int, Element]]:
    """Each element that has one of `tags`, namespaces left out. One within another is part of it.

    Raises RecordError where the file's outermost element is none of `roots`.
    """
    reader = _Reader(source, roots, tags)
    with source.opened() as stream:
        while chunk := stream.read(CHUNK):
            yield from reader.read(chunk)
    yield from reader.read(b"", last=True)


def texts(element: Element, path: str) -> list[str]:
    """What stands in each element at `path` in which anything does, in their order."""
    found = (each.text.strip() for each in element.iterfind(path) if each.text)
    return [text for text in found if text]


class _Reader:
    """What expat calls; a tree is built within the elements asked for alone."""

    def __init__(self, source: Source, roots: Collection[str], tags: Collection[str]) -> None:
        self._source = source
        self._roots = roots
        self._tags = tags
        self._depth = 0  # how many elements are open
        self._top = 0  # the depth of the record that is being built, 0 where none is
        self._line = 0
        self._tree = TreeBuilder()
        self._found: list[tuple[int, Element]] = []
        self._expat = expat.ParserCreate(namespace_separator=BETWEEN)
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._data
        self._expat.EntityDeclHandler = self._entity
        self._expat.SkippedEntityHandler = self._skipped

    def read(self, data: bytes, last: bool = False) -> list[tuple[int, Element]]:
        """The records that end in `data`."""
        self._found = []
        try:
            self._expat.Parse(data, last)
        except RecordError:  # what a handler below raised: a ValueError as well
            raise
        except expat.ExpatError as error:
            why = "the file ends before its root does" if last else expat.ErrorString(error.code)
            what = f"{why} (the rest can't be read: get the file again)"
            raise self._failure(what, error.lineno) from None
        except (LookupError, ValueError) as error:  # an encoding that Python or expat lacks
            raise self._failure(f"{error} (save the file as UTF-8)", 1) from None
        return self._found

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = _local(name)
        if self._depth == 0 and tag not in self._roots:
            raise self._failure(
                f"the file is <{tag}> (give one that is <{'> or <'.join(self._roots)}>)"
            )
        self._depth += 1
        if not self._top and tag in self._tags:
            self._top = self._depth
            self._line = self._expat.CurrentLineNumber
            self._tree = TreeBuilder()
        if self._top:
            self._tree.start(tag, {_local(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        if self._top:
            self._tree.end(_local(name))
        if self._top == self._depth:
            self._found.append((self._line, self._tree.close()))
            self._top = 0
        self._depth -= 1

    def _data(self, text: str) -> None:
        if self._top:
            self._tree.data(text)

    def _entity(self, name: str, *_: object) -> None:
        raise self._failure(f"declares the entity &{name}; (take its DOCTYPE out)")

    def _skipped(self, name: str, _: bool) -> None:
        raise self._failure(f"&{name}; means nothing (write the character itself)")

    def _failure(self, what: str, line: int = 0) -> RecordError:
        return RecordError([f"{self._source.path}:{line or self._expat.CurrentLineNumber}: {what}"])


def _local(name: str) -> str:
    return name.rpartition(BETWEEN)[2]
