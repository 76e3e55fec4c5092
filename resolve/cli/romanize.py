"""`resolve romanize`: names in Latin letters, as newspapers or a scheme would write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from resolve.cli import options

if TYPE_CHECKING:
    from resolve.cli.reading import Row
    from resolve.transliteration import Reading

__all__ = ["romanize"]

LIST = "list"
"""The scheme that stands for the list of schemes."""


@click.command("romanize", short_help="Names in Latin letters, or by a transliteration scheme.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@options.file_option
@click.option(
    "--scheme",
    metavar="SCHEME",
    is_flag=False,
    flag_value=LIST,
    help="Transliterate by this scheme; without a value, or as `list`, list the schemes.",
)
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    help="Readings of each name, the likeliest first.  [default: 1]",
)
@options.format_option
@options.output_option
@options.encoding_option
def romanize(
    names: tuple[str, ...],
    files: tuple[str, ...],
    scheme: str | None,
    top: int,
    format: str | None,
    output: str | None,
    encoding: str | None,
) -> None:
    """Write names in Latin letters, as newspapers do, or in the letters of a scheme.

    Takes NAMEs, the lines of --file, or standard input. What is written without vowels has
    several readings: --top 3 gives three of them, a row each.
    """
    form = options.form(format, output)
    if scheme == LIST:
        _list(form, output)
        return

    from resolve.cli.reading import given_names
    from resolve.cli.rows import write_rows

    rows = given_names(names, files, encoding)
    read = ((row, _readings(row.cells[0], scheme, top)) for row in rows)
    write_rows(form, output, ("name", "reading", "probability"), _cells(read), _records(read))


def _readings(text: str, scheme: str | None, top: int) -> tuple[Reading, ...]:
    if scheme is None:
        import resolve

        return resolve.romanize(text, n=top)
    from resolve.transliteration import transliterate

    return transliterate(text, scheme, n=top)


def _cells(read: Iterator[tuple[Row, tuple[Reading, ...]]]) -> Iterator[tuple[str, ...]]:
    for row, readings in read:
        for each in readings:
            yield row.cells[0], each.text, f"{each.probability:.4f}"
        if not readings:
            yield row.cells[0], "", ""


def _records(read: Iterator[tuple[Row, tuple[Reading, ...]]]) -> Iterator[dict[str, object]]:
    for row, readings in read:
        yield {
            "mention": row.cells[0],
            "readings": [
                {"text": each.text, "probability": round(each.probability, 4)} for each in readings
            ],
        }


def _list(form: str, output: str | None) -> None:
    import msgspec

    from resolve.cli.rows import write_rows
    from resolve.transliteration import schemes

    known = schemes()
    header = ("scheme", "from", "to", "title")
    cells = ((each.name, each.source, each.target, each.title) for each in known)
    write_rows(form, output, header, cells, (msgspec.to_builtins(each) for each in known))
