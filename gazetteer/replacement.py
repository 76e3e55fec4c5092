"""How the tables of a data package are replaced: all of them or none, whenever it is cut short.

The descriptor decides. The new tables are written aside and the descriptor is renamed to point at
them: from that moment on the package is the new one. The tables then get their plain names back,
and the descriptor, renamed once more, points at these. A process that is killed leaves the old
package or the new one, complete; the next to write finishes what it left, or clears it away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from gazetteer.descriptor import DESCRIPTOR, described, opened
from gazetteer.errors import BusyError
from gazetteer.validation import COLUMNS

__all__ = ["is_vacant", "replacing"]

ASIDE: Final = ".new."
"""How the name of a file begins that isn't in its place yet."""

PLAIN: Final = {table: f"{table}.tsv" for table in COLUMNS}
NEW: Final = {table: f"{ASIDE}{file}" for table, file in PLAIN.items()}


@contextmanager
def replacing(folder: Path, name: str) -> Iterator[Callable[[str], Path]]:
    """A function from each table to the path where it is to be written, within the block.

    When the block ends, the tables become the package in `folder`, which is made if need be, as
    `name`; when it raises, nothing has changed. Raises BusyError where another process writes.
    """
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder):
        _settle(folder)
        try:
            yield lambda table: folder / NEW[table]
            _commit(folder, described(folder, name, NEW))
        except BaseException:
            _settle(folder)  # an interrupt may come just after the descriptor was renamed
            if made:
                with suppress(OSError):
                    folder.rmdir()
            raise
        _settle(folder)


def is_vacant(folder: Path) -> bool:
    """Whether `folder` holds nothing but what a cut-off process left aside, or isn't there."""
    return not folder.exists() or (
        folder.is_dir() and all(path.name.startswith(ASIDE) for path in folder.iterdir())
    )


def _settle(folder: Path) -> None:
    """Give the tables of a package that is the new one their plain names; clear what is aside."""
    if (folder / DESCRIPTOR).exists():
        descriptor = opened(folder)
        if any(path in NEW.values() for path in descriptor.paths.values()):
            for table, plain in PLAIN.items():
                _give_name(folder / NEW[table], folder / plain)
            _commit(folder, described(folder, descriptor.name, PLAIN))
    _clear(folder)


def _give_name(aside: Path, place: Path) -> None:
    """Let `place` be the same file as `aside`, which stays: the descriptor points at it yet."""
    second = aside.with_name(f"{aside.name}.link")
    second.unlink(missing_ok=True)
    try:
        os.link(aside, second)
    except OSError:  # a file system without hard links
        shutil.copyfile(aside, second)
    second.replace(place)
    second.unlink(missing_ok=True)  # rename leaves it where both are the same file already


def _commit(folder: Path, descriptor: bytes) -> None:
    """Put the descriptor in its place once every table is on disk, so that it never lies."""
    aside = folder / f"{ASIDE}{DESCRIPTOR}"
    aside.write_bytes(descriptor)
    for path in (*map(folder.joinpath, NEW.values()), aside):
        with path.open("rb") as file:
            os.fsync(file.fileno())
    aside.replace(folder / DESCRIPTOR)
    _sync(folder)


def _clear(folder: Path) -> None:
    for path in folder.glob(f"{ASIDE}*"):
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Let what was renamed in the folder outlive a power cut, where the system can."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other writers out of the folder; the lock ends with its process, however that ends."""
    try:
        import fcntl
    except ImportError:  # Windows: two writers at once are not told apart there
        yield
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            what = f"another process is writing the gazetteer in {folder}"
            raise BusyError(f"{what} (wait until it is done)") from None
        yield
    finally:
        os.close(number)
