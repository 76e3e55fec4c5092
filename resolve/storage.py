"""Arrays in one file, mapped into memory: opened in a millisecond, shared by processes.

    magic      8 bytes
    header     its length and its CRC-32, then JSON: kind, format, facts, a row an array
    arrays     one after the other, each at a multiple of 64 bytes, with its CRC-32 in the header

The header is checked on opening, with the file's length; what the arrays hold is checked by
`verify`, which a reader that answers from them calls before its first answer. Nothing in the
file is ever executed. It is written aside and renamed, so that a crash leaves the old one; what
a writer that was killed left aside goes with the next writing.
"""

from __future__ import annotations

import math
import mmap
import os
import struct
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import IO, Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from resolve.errors import StorageError

__all__ = ["Arrays", "Stored", "write"]

Array = NDArray[Any]
Arrays = Mapping[str, Array]

_MAGIC: Final = b"resolve\x00"
_LENGTHS: Final = struct.Struct("<QL")
_ALIGNED: Final = 64  # bytes: a line of the processor's cache
_STEP: Final = 1 << 24  # bytes that are summed or written at a time
_LARGE: Final = 1 << 26  # bytes of a file that more than one thread sums
_PLAIN: Final = frozenset(np.dtype(code).newbyteorder("<").str for code in "?bBhHiIqQefd")


class _Row(msgspec.Struct):
    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    crc: int


class _Header(msgspec.Struct):
    kind: str
    format: int
    facts: dict[str, Any]
    rows: list[_Row]


class Stored:
    """The arrays of a file, read-only, and the facts that were written beside them."""

    def __init__(self, path: Path, kind: str, format: int) -> None:
        """Open a file of this kind and format.

        Raises StorageError where it is missing, of another kind or format, cut off, or where
        its header is damaged.
        """
        self.path = path
        self._data = _mapped(path)
        self._header, place = _header(self._data, path)
        if self._header.kind != kind:
            raise StorageError(f"{path}: holds {self._header.kind!r}, not {kind!r}")
        if self._header.format != format:
            raise StorageError(
                f"{path}: format {self._header.format}, and this version of resolve-names reads "
                f"format {format}; build it again, or install the version that built it"
            )
        self.facts: Mapping[str, Any] = self._header.facts
        self.arrays: Arrays = self._mapped_arrays(place)
        self._checking = threading.Lock()
        self._sound = False

    def verify(self) -> None:
        """Read every byte once, the first time it is called.

        Raises StorageError with the array that isn't what was written.
        """
        with self._checking:
            if self._sound:
                return
            for row, found in zip(self._header.rows, self._sums(), strict=True):
                if found != row.crc:
                    raise StorageError(
                        f"{self.path}: damaged: {row.name} isn't what was written (CRC-32 "
                        f"{found:08x}, {row.crc:08x} expected); build it again"
                    )
            self._sound = True

    def _sums(self) -> Iterable[int]:
        if len(self._data) < _LARGE:
            return map(_crc, self.arrays.values())
        from concurrent.futures import ThreadPoolExecutor  # late: dearer than a small file

        with ThreadPoolExecutor() as pool:
            return list(pool.map(_crc, self.arrays.values()))

    def _mapped_arrays(self, place: int) -> Arrays:
        """The arrays, which lie in the file where, and only where, `write` puts them."""
        rows = self._header.rows
        for row in rows:
            if row.dtype not in _PLAIN or min(row.shape, default=0) < 0:
                raise self._nonsense(f"{row.name} is of {row.dtype} {row.shape}")
        starts, end = _layout(rows, place)
        if len(self._data) != end:
            raise StorageError(
                f"{self.path}: {len(self._data):,} bytes, {end:,} expected: it was cut off or "
                "appended to; build it again"
            )
        if starts != [row.start for row in rows] or len({row.name for row in rows}) < len(rows):
            raise self._nonsense("its arrays lie over one another, or apart")
        try:
            return {row.name: _array(self._data, row) for row in rows}
        except (ValueError, OverflowError, MemoryError) as error:  # a shape that no array can have
            raise self._nonsense(str(error)) from error

    def _nonsense(self, what: str) -> StorageError:
        return StorageError(f"{self.path}: its header makes no sense: {what}; build it again")


def write(
    path: Path, kind: str, format: int, arrays: Arrays, facts: Mapping[str, Any] | None = None
) -> None:
    """Write the arrays, by name: the same values give the same bytes, whole or not at all.

    Arrays of anything but plain numbers can't be written: ValueError.
    """
    ordered = {name: np.asarray(arrays[name], order="C") for name in sorted(arrays)}
    for name, array in ordered.items():
        if _dtype(array) not in _PLAIN:
            raise ValueError(f"{name} is an array of {array.dtype}; give plain numbers")
    rows = [
        _Row(name, _dtype(array), array.shape, 0, _crc(array)) for name, array in ordered.items()
    ]
    header = _placed(_Header(kind, format, dict(facts or {}), rows))
    with _aside(path) as file:
        file.write(_MAGIC + _LENGTHS.pack(len(header), zlib.crc32(header)) + header)
        for row, array in zip(rows, ordered.values(), strict=True):
            file.write(bytes(row.start - file.tell()))
            for piece in _pieces(array):
                file.write(piece)


def _placed(header: _Header) -> bytes:
    """The header as bytes, every array in its place: which depends on the header's length."""
    length = 0
    while True:
        starts, _ = _layout(header.rows, len(_MAGIC) + _LENGTHS.size + length)
        for row, start in zip(header.rows, starts, strict=True):
            row.start = start
        data = msgspec.json.encode(header)
        if len(data) <= length:
            return data.ljust(length)
        length = len(data) + _ALIGNED


def _layout(rows: Iterable[_Row], place: int) -> tuple[list[int], int]:
    """Where each array begins, the first one after `place`; and where the last one ends."""
    starts = []
    for row in rows:
        starts.append(-(-place // _ALIGNED) * _ALIGNED)
        place = starts[-1] + _size(row)
    return starts, place


@contextmanager
def _aside(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` once it is complete; nothing stays where it fails."""
    path = path.resolve()  # a link stays a link: what it points to is replaced
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear(path)
    aside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_native_id()}.new")
    try:
        with aside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Remove what writers that were killed have left beside a file."""
    for left in path.parent.glob(f".{escape(path.name)}.*.*.new"):
        process = left.name.split(".")[-3]
        if process.isdigit() and not _lives(int(process)):
            left.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    if os.name != "posix":
        return True  # elsewhere, to ask for a process is to end it
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # another user's
        return True
    return True


def _mapped(path: Path) -> mmap.mmap | bytes:
    try:
        with path.open("rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise StorageError(f"{path}: can't be read: {error.strerror or error}") from error


def _header(data: mmap.mmap | bytes, path: Path) -> tuple[_Header, int]:
    """The header, and where it ends."""
    start = len(_MAGIC) + _LENGTHS.size
    if data[: len(_MAGIC)] != _MAGIC or len(data) < start:
        raise StorageError(f"{path}: not a file of resolve-names, or its beginning is damaged")
    length, crc = _LENGTHS.unpack(data[len(_MAGIC) : start])
    text = data[start : start + length]
    if len(text) != length or zlib.crc32(text) != crc:
        raise StorageError(f"{path}: its header is damaged or cut off; build it again")
    try:
        return msgspec.json.decode(text, type=_Header), start + len(text)
    except (ValueError, RecursionError) as error:
        raise StorageError(
            f"{path}: its header can't be read ({error}); it may be of a newer resolve-names"
        ) from error


def _array(data: mmap.mmap | bytes, row: _Row) -> Array:
    count = math.prod(row.shape)
    return np.frombuffer(data, np.dtype(row.dtype), count, row.start).reshape(row.shape)


def _size(row: _Row) -> int:
    return math.prod(row.shape) * np.dtype(row.dtype).itemsize


def _dtype(array: Array) -> str:
    return array.dtype.newbyteorder("<").str


def _crc(array: Array) -> int:
    total = 0
    for piece in _pieces(array):
        total = zlib.crc32(piece, total)
    return total


def _pieces(array: Array) -> Iterator[memoryview]:
    """The bytes of an array, little-endian, a piece at a time."""
    flat = array.reshape(-1).astype(array.dtype.newbyteorder("<"), copy=False)
    if flat.size:
        whole = flat.view(np.uint8).data
        yield from (whole[k : k + _STEP] for k in range(0, len(whole), _STEP))
