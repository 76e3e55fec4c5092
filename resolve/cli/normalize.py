"""`resolve normalize`: names as they are read, before anything is compared."""

from __future__ import annotations

from collections.abc import Iterator

import click

from resolve.cli import options

__all__ = ["normalize"]

HEADER = ("name", "normalized", "script", "titles", "parts")


@click.command("normalize", short_help="Names cleaned and taken apart: titles, given, family ...")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@options.file_option
@options.format_option
@options.output_option
@options.encoding_option
def normalize(
    names: tuple[str, ...],
    files: tuple[str, ...],
    format: str | None,
    output: str | None,
    encoding: str | None,
) -> None:
    """Show how names are read: clean text, script, titles set aside, and parts.

    Takes NAMEs, the lines of --file, or standard input; one row each, in order. With jsonl, each
    part has its place in the name as written.
    """
    from resolve.cli.reading import given_names
    from resolve.cli.rows import write_rows

    texts = (row.cells[0] for row in given_names(names, files, encoding))
    write_rows(options.form(format, output), output, HEADER, *_both(texts))


def _both(
    texts: Iterator[str],
) -> tuple[Iterator[tuple[str, ...]], Iterator[dict[str, object]]]:
    """The rows as cells and as records; whichever is asked for reads the names."""
    from resolve.cli.records import name_record, parts_text
    from resolve.names import normalize, read

    pairs = ((read(text), normalize(text)) for text in texts)
    cells = (
        (name.mention.text, clean, name.script, "; ".join(name.titles), parts_text(name.parts))
        for name, clean in pairs
    )
    return cells, (name_record(name, clean) for name, clean in pairs)
