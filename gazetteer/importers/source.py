"""A file to import: its name, its bytes and its lines, unzipped on the way.

What is zipped is told by its first two bytes, not by the name. A gzip file that is damaged or cut
off raises RecordError: it has no next record to go on with.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from gazetteer.errors import NotFoundError, RecordError
from gazetteer.importers.text import tidy

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["STDIN", "Source"]

STDIN: Final = "-"
GZIP: Final = b"\x1f\x8b"  # the magic bytes of RFC 1952
BOM: Final = b"\xef\xbb\xbf"
CHUNK: Final = 1 << 18  # bytes read at once: larger ones read no faster


class Source:
    """A file at `path` (standard input where it is `-`), which may be zipped.

    `name` is the provenance of its names: the file's name without `.gz`. `progress` is told of
    each number of raw bytes read.
    """

    def __init__(self, path: str | Path, progress: Callable[[int], object] | None = None) -> None:
        self.path = str(path)
        self.name = "stdin" if self.path == STDIN else _name(Path(path).name)
        self._progress = progress

    def __repr__(self) -> str:
        return f"Source({self.path!r})"

    def opened(self) -> BinaryIO:
        """The bytes, unzipped, from the beginning; to be closed, which `with` does.

        Raises NotFoundError where there is no such file.
        """
        raw = io.BufferedReader(_Raw(self._file(), self._progress), CHUNK)
        stream = cast(BinaryIO, raw)
        if not raw.peek(len(GZIP)).startswith(GZIP):
            return stream
        return cast(BinaryIO, io.BufferedReader(_Unzipped(stream, self.path), CHUNK))

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Each line with its number, from 1; without line end (LF, CRLF) and byte-order mark."""
        with self.opened() as stream:
            for number, line in enumerate(stream, start=1):
                if number == 1:
                    line = line.removeprefix(BOM)
                yield number, line.removesuffix(b"\n").removesuffix(b"\r")

    def _file(self) -> BinaryIO:
        if self.path == STDIN:
            return sys.stdin.buffer
        try:
            return Path(self.path).open("rb", buffering=0)
        except FileNotFoundError:
            raise NotFoundError(f"no file {self.path} to import (correct the path)") from None
        except IsADirectoryError:
            raise NotFoundError(f"{self.path} is a folder (give the files in it)") from None


class _Raw(io.RawIOBase):
    """The file's own bytes, counted as they pass. Standard input is left open."""

    def __init__(self, file: BinaryIO, progress: Callable[[int], object] | None) -> None:
        self._file = file
        self._progress = progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        data = self._file.read(len(memoryview(buffer)))
        memoryview(buffer)[: len(data)] = data
        if self._progress is not None:
            self._progress(len(data))
        return len(data)

    def close(self) -> None:
        if not self.closed and self._file is not sys.stdin.buffer:
            self._file.close()
        super().close()


class _Unzipped(io.RawIOBase):
    """What a zipped stream holds; both are closed together."""

    def __init__(self, raw: BinaryIO, path: str) -> None:
        self._raw = raw
        self._path = path
        self._gzip = gzip.GzipFile(fileobj=raw)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        try:
            return self._gzip.readinto(buffer)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            what = f"{self._path}: damaged or cut off: {error} (get the file again)"
            raise RecordError([what]) from None

    def close(self) -> None:
        self._gzip.close()
        self._raw.close()
        super().close()


def _name(file: str) -> str:
    """The file's name without `.gz`, in characters that a table can hold."""
    stem = file[: -len(".gz")] if file.lower().endswith(".gz") else file
    return tidy("".join(char if char.isprintable() else "_" for char in stem)) or "_"
