"""`resolve gazetteer diff`: what differs between two versions of a gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from resolve.cli import options, packages
from resolve.cli.rows import write_rows

if TYPE_CHECKING:
    from gazetteer import Entity, Redirect
    from gazetteer.differences import Difference

__all__ = ["diff"]

HEADER = ("change", "id", "field", "name", "old", "new")
DIFFER = 1
"""The exit status where there is a difference, as diff(1) has it."""


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@options.format_option
@options.output_option
def diff(old: str, new: str, format: str | None, output: str | None) -> None:
    """Tell how two versions differ: actors, facts, names, redirects.

    Exit status: 0 no difference, 1 some, 2 a gazetteer can't be read.
    """
    from gazetteer.differences import differences

    (before, retired), (after, now_retired) = _read(old), _read(new)
    found = _Counted(differences(before, after, retired, now_retired))
    cells = ([getattr(each, column) for column in HEADER] for each in found)
    records = ({column: getattr(each, column) for column in HEADER} for each in found)
    write_rows(options.form(format, output), output, HEADER, cells, records)
    if found.count:
        raise click.exceptions.Exit(DIFFER)


class _Counted:
    """Differences, counted as they pass."""

    def __init__(self, differences: Iterator[Difference]) -> None:
        self._differences = differences
        self.count = 0

    def __iter__(self) -> Iterator[Difference]:
        for each in self._differences:
            self.count += 1
            yield each


def _read(path: str) -> tuple[Iterable[Entity], Iterable[Redirect]]:
    """The actors and the redirects; of a data package as they come, as memory allows."""
    from gazetteer.streaming import read_redirects, read_stream

    folder = packages.package(path)
    if folder is not None:
        return read_stream(folder), read_redirects(folder)
    found = packages.opened(path)
    return found, found.redirections
