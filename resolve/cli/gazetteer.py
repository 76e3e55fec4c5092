"""`resolve gazetteer`: who is in it, what it says of an actor, and what breaks its rules.

The commands of `LATER` are files of their own, imported only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from keyword import iskeyword
from typing import TYPE_CHECKING

import click

from resolve.cli import options
from resolve.errors import OptionError

if TYPE_CHECKING:
    from gazetteer import Entity, EntityName, Gazetteer

__all__ = ["gazetteer"]

LATER = {
    "add": "add",
    "build": "build",
    "diff": "diff",
    "export": "export",
    "import": "import",
    "merge": "merge",
    "split": "split",
}
"""The commands by name, each with the end of the name of the module that defines it."""


class _Group(click.Group):
    """The commands of this file and those that are imported late."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *LATER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LATER:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"resolve.cli.gazetteer_{LATER[cmd_name]}")
        found = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        assert isinstance(found, click.Command)
        return found


@click.group("gazetteer", cls=_Group, invoke_without_command=True)
@click.pass_context
def gazetteer(ctx: click.Context) -> None:
    """Who names can mean: list, show, check, index, import, export, add, merge and split."""
    if ctx.invoked_subcommand is None:
        commands = ", ".join(gazetteer.list_commands(ctx))
        raise OptionError(f"gazetteer takes one of {commands} (each with --help)")


@gazetteer.command("list")
@options.gazetteer_option
@options.kind_option
@options.format_option
@options.output_option
def list_(
    gazetteers: tuple[str, ...], kind: str | None, format: str | None, output: str | None
) -> None:
    """List the actors, sorted by id."""
    import msgspec

    from resolve.cli.rows import write_rows

    found = [each for each in _opened(gazetteers) if kind is None or each.kind == kind]
    header = ("id", "kind", "country", "name", "names", "description")
    cells = (
        (each.id, each.kind, each.country, each.name, str(len(each.names)), each.description)
        for each in found
    )
    records = (msgspec.to_builtins(each) for each in found)
    write_rows(options.form(format, output), output, header, cells, records)


@gazetteer.command("show")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@options.gazetteer_option
@click.option("--format", type=click.Choice(("table", "jsonl")), default="table")
@options.output_option
def show(
    ids: tuple[str, ...], gazetteers: tuple[str, ...], format: str, output: str | None
) -> None:
    """Show actors: the facts, the names by language, and where each is from.

    An id that was given up leads to the one that took its place.
    """
    import msgspec

    from resolve.cli import terminal, writing

    known = _opened(gazetteers)
    found = [(each, known.get(each)) for each in ids]
    with writing.opened(output) as stream:
        for asked, entity in found:
            if format == "jsonl":
                writing.write_json(stream, msgspec.to_builtins(entity))
            else:
                terminal.show(terminal.screen(stream, output), _described(asked, entity))


@gazetteer.command("validate")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
def validate(paths: tuple[str, ...]) -> None:
    """Check gazetteers and indexes; without a PATH, the one that ships. Status 2 if one is broken.

    Every failure is a line of its own, with file, line and remedy.
    """
    import gazetteer

    broken = False
    for path in paths or (None,):
        if path is not None and path.endswith(options.INDEX):
            _check_index(path)
            continue
        try:
            actors = gazetteer.load(path)
        except gazetteer.RecordError as error:
            broken = True
            click.echo("\n".join(error.failures), err=True)
        else:
            names = sum(len(each.names) for each in actors)
            place = path or actors.name
            click.echo(f"{place}: {len(actors):,} actors, {names:,} names, no failure")
    if broken:
        raise click.exceptions.Exit(2)


def _check_index(path: str) -> None:
    """Tell that an index is sound. Raises StorageError if it isn't."""
    from resolve.index import Index

    index = Index.open(path)
    index.verify()
    names = sum(index.names.values())
    click.echo(f"{path}: {len(index):,} actors, {names:,} names, no failure")


def _opened(paths: tuple[str, ...]) -> Gazetteer:
    import gazetteer

    opened = options.opened_gazetteer(paths)
    return gazetteer.load() if opened is None else opened


def _described(asked: str, entity: Entity) -> Iterator[str]:
    yield entity.id if asked == entity.id else f"{asked} -> {entity.id}"
    facts = {
        "name": entity.name,
        "kind": entity.kind,
        "country": entity.country,
        "description": entity.description,
        "prominence": str(entity.prominence),
        "wikidata": entity.wikidata,
        "source": entity.source,
        "note": entity.note,
    }
    for fact, value in facts.items():
        if value:
            yield f"  {fact}: {value}"
    for lang, names in groupby(sorted(entity.names, key=_order), key=lambda name: name.lang):
        yield f"  names in {lang}:"
        for name in names:
            about = ", ".join(filter(None, (name.kind, name.script, name.source, name.note)))
            yield f"    {name.text}  ({about})"
    yield ""


def _order(name: EntityName) -> tuple[str, bool]:
    """By language, the primary name first."""
    return name.lang, name.kind != "primary"
