"""`resolve gazetteer split`: a wrong merge undone, or names given to an actor of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from resolve.cli import packages
from resolve.errors import InputError, OptionError

if TYPE_CHECKING:
    from gazetteer import Entity, EntityName
    from gazetteer.merging import Merged

__all__ = ["split"]


@click.command("split")
@click.argument("path", metavar="DIR")
@click.argument("id", metavar="ID")
@click.option("--names", metavar="FILE", help="Part these names of ID, one a line.")
@click.option("--source", metavar="SOURCE", help="Part the names of ID that are from here.")
@click.option(
    "--into", metavar="NEWID", help="The id of the parted names' actor.  [default: see above]"
)
@click.option("-o", "--output", metavar="DIR", help="Write the result here.  [default: in place]")
def split(
    path: str, id: str, names: str | None, source: str | None, into: str | None, output: str | None
) -> None:
    """Give ID, folded by a merge, its own actor back; the other is as if it had not been folded.

    With --names or --source, the names of ID become an actor of their own: under NEWID, else
    under ID where that is a redirect, else under an id made from them.
    """
    from gazetteer.origins import save_merged
    from gazetteer.splitting import given_names, unfolded

    if names and source:
        raise OptionError("--names and --source exclude one another: leave one out")
    if into and not (names or source):
        raise OptionError("--into goes with --names or --source: an id that was folded comes back")
    folder = packages.target(path, output)
    merged = packages.opened_merged(path)
    other = merged.gazetteer.get(id).id
    if names or source:
        chosen = _named(names, merged, id) if names else _from(source)
        parted = given_names(*merged, id, chosen, into)
    else:
        parted = unfolded(*merged, id)
    save_merged(*parted, folder)
    _tell(merged, parted, other, str(folder))


def _named(path: str, merged: Merged, id: str) -> Callable[[EntityName], bool]:
    """Whether a name stands in the file; InputError for a line that isn't a name of `id`."""
    from gazetteer.importers.text import tidy
    from resolve.cli.reading import read_names

    actor = merged.gazetteer.get(id)
    known = {name.text for name in actor.names}
    texts = set()
    for row in read_names([path]):
        text = tidy(row.cells[0])
        if text and text not in known:
            what = f"{text!r} is no name of {actor.id!r} (show its names: resolve gazetteer show)"
            raise InputError(f"{row.source}:{row.line}: {what}")
        texts.add(text)
    return lambda name: name.text in texts


def _from(source: str | None) -> Callable[[EntityName], bool]:
    return lambda name: name.source == source


def _tell(before: Merged, after: Merged, other: str, folder: str) -> None:
    """Say on standard error who the two actors are now."""
    known = {actor.id for actor in before.gazetteer}
    (new,) = (actor for actor in after.gazetteer if actor.id not in known)
    rest = after.gazetteer.get(other)
    told = (f"{each.id} ({each.name}), {_names(each)}" for each in (new, rest))
    click.echo(f"{' and '.join(told)} -> {folder}", err=True)


def _names(actor: Entity) -> str:
    return f"{len(actor.names):,} name{'s' if len(actor.names) != 1 else ''}"
