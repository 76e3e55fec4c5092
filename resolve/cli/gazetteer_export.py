"""`resolve gazetteer export`: a gazetteer in another format."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import click

from gazetteer.exporters import FORMATS
from resolve.cli import writing
from resolve.cli.progress import watched

if TYPE_CHECKING:
    from gazetteer import Entity

__all__ = ["export"]

EPILOG = "\b\nFormats:\n" + "\n".join(f"  {name:<14} {f.title}" for name, f in FORMATS.items())
STEP = 1000  # actors between two looks at the bar


@click.command("export", epilog=EPILOG)
@click.argument("format", metavar="FORMAT")
@click.argument("path", required=False, metavar="[GAZETTEER]")
@click.option("-o", "--output", metavar="FILE", help="Write here, zipped where it ends in .gz.")
def export(format: str, path: str | None, output: str | None) -> None:
    """Write a gazetteer in another format; without GAZETTEER, the one that ships."""
    from gazetteer import exporters

    with _opened(output) as stream, watched(None, format) as progress:

        def told(entities: Iterable[Entity]) -> Iterator[Entity]:
            for number, entity in enumerate(entities):
                if progress is not None and number % STEP == 0:
                    progress(number)
                yield entity

        count = exporters.write(format, told(_entities(path)), stream)
    if output and output != "-":
        click.echo(f"{output}: {count:,} actors as {format}", err=True)


def _entities(path: str | None) -> Iterable[Entity]:
    """The actors: a data package is read as they are written, other files are loaded whole."""
    import gazetteer
    from gazetteer.streaming import read_stream

    if path is not None and Path(path).is_dir():
        return read_stream(Path(path))
    return gazetteer.load(path)


@contextmanager
def _opened(output: str | None) -> Iterator[IO[bytes]]:
    """A stream of bytes to the file, which appears when all is done; zipped by its name."""
    with writing.opened(output) as text:
        raw = cast(IO[bytes], text.buffer)
        if output and output.lower().endswith(".gz"):
            # Without name and time, so that the same actors give the same bytes.
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as zipped:
                yield cast(IO[bytes], zipped)
        else:
            yield raw
