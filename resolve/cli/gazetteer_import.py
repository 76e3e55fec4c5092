"""`resolve gazetteer import`: a list in another format becomes a gazetteer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazetteer.importers import FORMATS
from resolve.cli import writing
from resolve.cli.progress import watched
from resolve.errors import InputError, OptionError

if TYPE_CHECKING:
    from gazetteer import Entity, Redirect
    from gazetteer.importers.options import Options
    from gazetteer.importers.rejects import Rejects
    from gazetteer.importers.source import Source
    from gazetteer.streaming import Written

__all__ = ["import_"]

EPILOG = "\b\nFormats:\n" + "\n".join(f"  {name:<14} {f.title}" for name, f in FORMATS.items())
STEP = 1000  # records between two looks at the bar


@click.command("import", epilog=EPILOG)
@click.argument("format", metavar="FORMAT")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--output", required=True, metavar="DIR", help="The gazetteer to be written.")
@click.option("--name", metavar="NAME", help="Of the gazetteer.  [default: the folder's]")
@click.option("--strict", is_flag=True, help="Stop at the first bad record, and write nothing.")
@click.option("--rejects", metavar="FILE", help="Write every bad record here, as file:line: what.")
@click.option(
    "--column", "columns", multiple=True, metavar="KEY=NAME", help="What the file calls a column."
)
@click.option("--country", "countries", multiple=True, metavar="CC", help="Only these (ISO 3166).")
@click.option(
    "--instance-of",
    multiple=True,
    metavar="QID",
    help="Only these Wikidata classes; QID=place (or another kind) adds one that isn't known.",
)
@click.option(
    "--language", "languages", multiple=True, metavar="L", help="Only names in these (ISO 639)."
)
def import_(
    format: str,
    sources: tuple[str, ...],
    output: str,
    name: str | None,
    strict: bool,
    rejects: str | None,
    columns: tuple[str, ...],
    countries: tuple[str, ...],
    instance_of: tuple[str, ...],
    languages: tuple[str, ...],
) -> None:
    """Make a gazetteer of lists in another format, each SOURCE a file, zipped or not, or -.

    A bad record is told, counted and left out. The gazetteer in DIR, if there is one, is replaced
    as a whole; a folder that holds anything else is refused.
    """
    from gazetteer.ids import mint
    from gazetteer.importers.rejects import Rejects
    from gazetteer.streaming import write_stream

    folder = Path(output)
    _check(folder)
    options = _options(columns, countries, instance_of, languages)
    with ExitStack() as stack:
        log = stack.enter_context(writing.opened(rejects)) if rejects else None
        found = Rejects(strict, log)
        records = _records(format, sources, found, options)
        written = write_stream(folder, name or mint(folder.resolve().name), records)
    _tell(found, written, folder)


def _records(
    format: str, paths: Sequence[str], rejects: Rejects, options: Options
) -> Iterator[Entity | Redirect]:
    """What is imported, sorted by id; a bar shows how far the reading is, then the writing.

    Raises InputError where there is nothing, so that nothing takes a list's place.
    """
    from gazetteer import importers
    from gazetteer.gathering import gathered

    with watched(_size(paths), f"reading {format}") as progress:
        found = gathered(
            importers.read(format, _sources(paths, progress), rejects, options),
            dropped=lambda redirect: rejects.leave("redirect to nobody"),
        )
        first = next(found, None)  # all is read before the first comes
    if first is None:
        told = "\n".join([*rejects.first[:3], "no actor to import"])
        raise InputError(f"{told} (is it in this format, and in these countries?)")
    with watched(None, "writing") as progress:
        for number, record in enumerate(chain([first], found)):
            if progress is not None and number % STEP == 0:
                progress(number)
            yield record


def _tell(rejects: Rejects, written: Written, folder: Path) -> None:
    """Say on standard error what was rejected, and how much was imported."""
    for told in rejects.first:
        click.echo(told, err=True)
    if more := rejects.count - len(rejects.first):
        click.echo(f"and {more:,} more (--rejects FILE keeps them all)", err=True)
    parts = [
        f"{written.actors:,} actors",
        f"{written.names:,} names",
        f"{written.redirects:,} redirects",
        f"{rejects.count:,} rejects",
    ]
    aside = ", ".join(f"{count:,} {what}" for what, count in rejects.aside.most_common())
    told = f"{folder}: {', '.join(parts)}"
    click.echo(f"{told}; left aside: {aside}" if aside else told, err=True)


def _check(folder: Path) -> None:
    """Raise InputError where the folder isn't one to be replaced as a whole."""
    from gazetteer import GazetteerError
    from gazetteer.descriptor import opened
    from gazetteer.replacement import is_vacant

    if is_vacant(folder):
        return
    try:
        opened(folder)
    except GazetteerError:
        what = f"-o {folder}: is there and is no gazetteer"
        raise InputError(f"{what} (give a new folder, an empty one, or a gazetteer)") from None


def _options(
    columns: Iterable[str],
    countries: Iterable[str],
    instance_of: Iterable[str],
    languages: Iterable[str],
) -> Options:
    from gazetteer.importers.languages import UNKNOWN, language
    from gazetteer.importers.options import Options

    def codes(option: str, values: Iterable[str], form: str, example: str) -> frozenset[str]:
        for value in values:
            if not re.fullmatch(form, value):
                raise OptionError(f"{option} {value!r} (such as {example})")
        return frozenset(values)

    wanted = {each: language(each) for each in languages}
    if unknown := [each for each, code in wanted.items() if code == UNKNOWN != each]:
        raise OptionError(f"--language {unknown[0]!r} (a code of ISO 639, such as ara or ar)")
    pairs = codes("--column", columns, "[^=]+=.+", "id=QID")
    return Options(
        columns=dict(pair.split("=", 1) for pair in sorted(pairs)),
        countries=codes("--country", [each.upper() for each in countries], "[A-Z]{2}", "LY"),
        instance_of=codes(
            "--instance-of", instance_of, "Q[1-9][0-9]*(=(person|organization|place))?", "Q5"
        ),
        languages=frozenset(wanted.values()),
    )


def _sources(paths: Iterable[str], progress: Callable[[int], None] | None) -> list[Source]:
    from gazetteer.importers.source import Source

    done = 0

    def more(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done)

    return [Source(path, more if progress else None) for path in paths]


def _size(paths: Iterable[str]) -> int | None:
    """The bytes of all files; None where one has no end that is known."""
    files = [Path(path) for path in paths]
    if not all(file.is_file() for file in files):
        return None
    return sum(file.stat().st_size for file in files)
