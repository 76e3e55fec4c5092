"""Results as TSV, CSV or JSON lines, to standard output or to a file.

A file is written whole or not at all: under another name beside it, then put in its place. Data
is UTF-8 with LF whatever the locale, and nothing is added to it.

TSV has no quotes, so a tab, a line feed and a carriage return *inside* a cell are written `\\t`,
`\\n` and `\\r`: no row is split and no column moves. Backslashes stay as they are. CSV and JSON
lines carry such names exactly.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

from resolve.decisions.figures import rounded_probability
from resolve.errors import OptionError

__all__ = [
    "bits",
    "opened",
    "probability",
    "write_json",
    "writer",
]

_ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})


@contextlib.contextmanager
def opened(output: str | None) -> Iterator[TextIO]:
    """A text stream to standard output, or to the file at `output`, which appears when all is done.

    Whoever reads standard output may close it early: BrokenPipeError is for `main` to silence.
    """
    if output is None or output == "-":
        stream = _text(sys.stdout.buffer)
        try:
            yield stream
            stream.flush()
        finally:
            _detach(stream)
        return
    target = Path(output).resolve()  # a link stays a link: what it points to is replaced
    try:
        if target.exists() and not target.is_file():  # a device or a pipe: nothing to replace
            with target.open("wb") as raw, _text(raw) as stream:
                yield stream
            return
        number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise OptionError(f"-o {output}: cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(number, "wb") as raw, _text(raw) as stream:
            yield stream
            stream.flush()
            os.fsync(number)
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def writer(form: str, stream: TextIO) -> Callable[[Sequence[str]], object]:
    """The function that writes one row of cells as `tsv` or `csv`."""
    if form == "csv":
        return lambda cells: stream.write(_csv(cells))
    return lambda cells: stream.write("\t".join([c.translate(_ESCAPES) for c in cells]) + "\n")


def write_json(stream: TextIO, value: Mapping[str, object]) -> None:
    """Write one object on one line, its letters as they are."""
    stream.write(json.dumps(value, ensure_ascii=False) + "\n")


def probability(value: float) -> str:
    """The probability as data: four decimals, never 0 or 1."""
    return f"{rounded_probability(value):.4f}"


def bits(value: float | None) -> str:
    """The bits as data, to one digit; nothing where there are none.

    >>> bits(12.345), bits(-0.01), bits(None)
    ('12.3', '0.0', '')
    """
    return "" if value is None else f"{round(value, 1) + 0.0:.1f}"


def _csv(cells: Sequence[str]) -> str:
    # The module quotes a lone CR only if it is part of the line's end.
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n") + "\n"


def _text(raw: BinaryIO) -> io.TextIOWrapper:
    # A lone surrogate can reach us through an odd encoding only; its escape is JSON's own.
    return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="")


def _detach(stream: io.TextIOWrapper) -> None:
    """Leave standard output open for whoever writes after us."""
    with contextlib.suppress(OSError, ValueError):
        stream.detach()


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those a new file would get."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
