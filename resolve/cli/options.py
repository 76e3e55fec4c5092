"""The options that several commands share, and what they stand for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resolve.errors import OptionError

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from resolve.index import Index

__all__ = [
    "DefaultCommand",
    "checked_thresholds",
    "encoding_option",
    "file_option",
    "form",
    "format_option",
    "gazetteer_option",
    "header_option",
    "jobs_option",
    "kind_option",
    "link_option",
    "opened_actors",
    "opened_gazetteer",
    "output_option",
    "review_option",
]

FORMATS = ("table", "tsv", "csv", "jsonl")
SUFFIXES = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl"}
NONE, SHIPPED = "none", "default"
INDEX = ".idx"
PROBABILITY = click.FloatRange(0, 1, min_open=True, max_open=True)

format_option = click.option(
    "--format",
    "format",
    type=click.Choice(FORMATS),
    help="Default: as the name of -o ends; else table on a terminal, tsv elsewhere.",
)
output_option = click.option(
    "-o", "--output", metavar="FILE", help="Write here, whole or not at all."
)
encoding_option = click.option(
    "--encoding", metavar="NAME", help="Of the input, such as windows-1256.  [default: utf-8]"
)
file_option = click.option(
    "-f", "--file", "files", metavar="FILE", multiple=True, help="Names, one a line; - is stdin."
)
header_option = click.option(
    "--no-header", "header", flag_value=False, default=True, help="The table's first row is data."
)
kind_option = click.option(
    "--kind",
    type=click.Choice(("person", "organization", "place")),
    help="Consider actors of this kind only.",
)
link_option = click.option(
    "--link", metavar="P", type=PROBABILITY, help="LINK from this probability on.  [default: .95]"
)
review_option = click.option(
    "--review", metavar="P", type=PROBABILITY, help="REVIEW from this one on.  [default: .5]"
)
gazetteer_option = click.option(
    "--gazetteer",
    "gazetteers",
    metavar="PATH",
    multiple=True,
    help="Who exists: a data package, a CSV or TSV with id,name, a .txt of names, an .idx that "
    "`gazetteer build` made; none; default (the one that ships). Repeat to join several.",
)
jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    help="Processes that share the work; the answers are the same.  [default: 1]",
)


class DefaultCommand(click.Command):
    """The command that runs when none is named: its help is the group's."""

    def get_help(self, ctx: click.Context) -> str:
        """The help of the whole, which shows this command's options."""
        parent = ctx.parent
        return parent.command.get_help(parent) if parent else super().get_help(ctx)


def opened_gazetteer(paths: tuple[str, ...]) -> Gazetteer | None:
    """The gazetteers at the paths as one; None, for the one that ships, where none is given."""
    if not paths:
        return None
    for path in paths:
        if path.endswith(INDEX):
            raise OptionError(
                f"--gazetteer {path}: an index knows names, not what is said of their actors; "
                "give the gazetteer that it was built of"
            )
    import gazetteer

    found = [gazetteer.load(None if path == SHIPPED else path) for path in paths if path != NONE]
    return gazetteer.Gazetteer.merged(found) if found else gazetteer.Gazetteer.empty()


def opened_actors(paths: tuple[str, ...]) -> Gazetteer | Index | None:
    """As `opened_gazetteer`; one path may be that of an index instead."""
    if not any(path.endswith(INDEX) for path in paths):
        return opened_gazetteer(paths)
    if len(paths) > 1:
        raise OptionError(
            f"--gazetteer {' '.join(paths)}: an index stands alone; build one of all of them, "
            "from the gazetteer that `resolve gazetteer merge` makes"
        )
    from resolve.index import Index

    return Index.open(paths[0])


def form(format: str | None, output: str | None, piped: str = "tsv") -> str:
    """The format to write: as asked, as the output's name ends, or as suits who reads it."""
    if format:
        return format
    if output and output != "-":
        return SUFFIXES.get(Path(output).suffix.lower(), piped)
    return "table" if sys.stdout.isatty() else piped


def checked_thresholds(link: float, review: float) -> None:
    """Raises OptionError where `review` is above `link`."""
    if review > link:
        raise OptionError(
            f"--review {review:g} is above --link {link:g}: a name to be reviewed is less sure "
            "than one that is linked; lower --review or raise --link"
        )
