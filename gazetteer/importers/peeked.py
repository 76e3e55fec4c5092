"""A source whose form is told by its first bytes, before it is read.

Some lists come in several forms under names of every kind. Standard input can be opened once
only: what was looked at must be read on from the same stream.
"""

from __future__ import annotations

import io
from typing import BinaryIO, Final, cast

from gazetteer.importers.source import Source

__all__ = ["Peeked"]

HEAD: Final = 64  # bytes: a byte-order mark and some space may stand before the first sign
MARKS: Final = b"\xef\xbb\xbf\xff\xfe\x00"  # of UTF-8 and UTF-16, and the zeros of the latter


class Peeked(Source):
    """`source`, opened; it can be read once."""

    def __init__(self, source: Source) -> None:
        super().__init__(source.path)
        self.name = source.name
        self._stream = source.opened()

    def opened(self) -> BinaryIO:
        """The bytes from the beginning, as they were opened."""
        return self._stream

    def is_xml(self) -> bool:
        """Whether the first sign is one that only XML begins with."""
        head = cast(io.BufferedReader, self._stream).peek(HEAD)[:HEAD]
        return head.translate(None, MARKS).lstrip().startswith(b"<")

    def close(self) -> None:
        """Close what was opened; needed where it isn't read to its end."""
        self._stream.close()
