"""`resolve gazetteer build`: the index of a gazetteer, in one file that opens in milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resolve.cli import options
from resolve.cli.progress import watched
from resolve.errors import OptionError

if TYPE_CHECKING:
    from gazetteer import Entity

__all__ = ["build"]

STEP = 1000  # actors between two looks at the bar


@click.command("build")
@click.argument("path", metavar="[GAZETTEER]", required=False)
@click.option("-o", "--output", required=True, metavar="FILE.idx", help="The index to be written.")
@options.jobs_option
def build(path: str | None, output: str, jobs: int) -> None:
    """Read all names of a gazetteer once, so that they needn't be read again.

    The index answers as the gazetteer does: `resolve --gazetteer FILE.idx names.txt`. It is bound
    to this version of resolve, and takes the place of an older file only when it is complete.
    """
    from resolve.index import Index

    if not output.endswith(options.INDEX):
        raise OptionError(f"-o {output}: an index is told by its name; let it end in .idx")
    with watched(None, "reading") as progress:
        index = Index.of(_watched(_entities(path), progress), jobs=jobs)
    index.save(output)
    size = Path(output).stat().st_size / 1e6
    names = sum(index.names.values())
    click.echo(f"{output}: {len(index):,} actors, {names:,} names, {size:,.1f} MB", err=True)


def _entities(path: str | None) -> Iterable[Entity]:
    """The actors, sorted by id; a data package is read as it comes, whatever its size."""
    import gazetteer

    if path is not None and (Path(path) / "datapackage.json").exists():
        from gazetteer.streaming import read_stream

        return read_stream(Path(path))
    return gazetteer.load(path)


def _watched(entities: Iterable[Entity], progress: object) -> Iterator[Entity]:
    for number, entity in enumerate(entities):
        if callable(progress) and number % STEP == 0:
            progress(number)
        yield entity
