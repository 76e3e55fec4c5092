"""`resolve compare`: what two names say about being one actor's, for a pair or for a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import tee
from typing import TYPE_CHECKING, TextIO

import click

from resolve.cli import options
from resolve.errors import OptionError

if TYPE_CHECKING:
    from resolve.cli.reading import Row, Table
    from resolve.cli.terminal import Line
    from resolve.types import Evidence, Kind

__all__ = ["compare"]


@click.command("compare", short_help="The evidence for two names, in bits, term by term.")
@click.argument("left", required=False)
@click.argument("right", required=False)
@click.option("--pairs", metavar="FILE", help="A CSV or TSV with two names a row (- is stdin).")
@click.option(
    "--left", "left_column", metavar="COL", default="left", show_default=True,
    help="Its column with the left names, by name or number.",
)  # fmt: skip
@click.option(
    "--right", "right_column", metavar="COL", default="right", show_default=True,
    help="Its column with the right names.",
)  # fmt: skip
@options.header_option
@options.kind_option
@options.format_option
@options.output_option
@options.encoding_option
def compare(
    left: str | None,
    right: str | None,
    pairs: str | None,
    left_column: str,
    right_column: str,
    header: bool,
    kind: Kind | None,
    format: str | None,
    output: str | None,
    encoding: str | None,
) -> None:
    """Say how strongly two names speak for one actor: bits, and the terms that add up to them.

    `resolve compare LEFT RIGHT` explains one pair. With --pairs, every row and column of the
    table is kept, in order, and `bits` and `probability` are appended as the rows come in.
    """
    if pairs is None:
        if left is None or right is None:
            raise OptionError("compare takes two names, LEFT RIGHT, or --pairs FILE")
        _one((left, right), kind, options.form(format, output, "table"), output)
        return
    if left is not None:
        raise OptionError(f"compare takes names or --pairs, not both: leave out {left!r}")
    form = options.form(format, output)
    _many(
        pairs,
        (left_column, right_column),
        header,
        kind,
        form,
        output,
        encoding,
    )


def _one(names: tuple[str, str], kind: Kind | None, form: str, output: str | None) -> None:
    import resolve
    from resolve.cli import records, writing
    from resolve.cli.reading import given_names

    left, right = (row.cells[0] for row in given_names(names, ()))
    evidence = resolve.compare(left, right, kind=kind)
    with writing.opened(output) as stream:
        if form == "table":
            _explain(stream, output, evidence)
        elif form == "jsonl":
            writing.write_json(stream, records.evidence_record(evidence))
        else:
            write = writing.writer(form, stream)
            write(["left", "right", *records.EVIDENCE])
            write([*names, *records.evidence_cells(evidence)])


def _many(
    path: str,
    wanted: tuple[str, str],
    header: bool,
    kind: Kind | None,
    form: str,
    output: str | None,
    encoding: str | None,
) -> None:
    """Compare the rows of a table as they come in: memory doesn't grow with the table."""
    import resolve
    from resolve.cli import records, writing
    from resolve.cli.reading import column, open_table

    with open_table(path, encoding, header) as table, writing.opened(output) as stream:
        at = column(table, wanted[0], "--left"), column(table, wanted[1], "--right")
        rows, again = tee(table.rows)
        texts = ((_cell(row, at[0]), _cell(row, at[1])) for row in again)
        compared = zip(rows, resolve.compare_many(texts, kind=kind), strict=True)
        if form == "table":
            _draw(stream, output, compared)
        elif form == "jsonl":
            for row, evidence in compared:
                record = records.evidence_record(evidence)
                record["row"] = records.row_record(table.header, row.cells)
                writing.write_json(stream, record)
        else:
            _append(writing.writer(form, stream), table, compared)


def _append(
    write: Callable[[Sequence[str]], object], table: Table, compared: Iterable[tuple[Row, Evidence]]
) -> None:
    from resolve.cli import records

    width = len(table.header)
    if width:
        write([*table.header, *records.EVIDENCE])
    for row, evidence in compared:
        width = width or len(row.cells)  # without a header, the first row settles it
        write(records.beside(row.cells, width, records.evidence_cells(evidence)))


def _explain(stream: TextIO, output: str | None, evidence: Evidence) -> None:
    from resolve.cli.terminal import evidence_lines, screen, show

    show(screen(stream, output), evidence_lines(evidence))


def _draw(stream: TextIO, output: str | None, compared: Iterable[tuple[Row, Evidence]]) -> None:
    from resolve.cli.terminal import Column, draw, screen

    columns = (
        Column("left"),
        Column("right"),
        Column("bits", right=True),
        Column("p", right=True),
    )
    draw(screen(stream, output), columns, _drawn(compared))


def _drawn(compared: Iterable[tuple[Row, Evidence]]) -> Iterator[Line]:
    from resolve.cli.terminal import Line
    from resolve.cli.writing import bits
    from resolve.decisions.figures import short_probability

    for _, each in compared:
        yield Line((each.left, each.right, bits(each.bits), short_probability(each.probability)))


def _cell(row: Row, at: int) -> str:
    """The cell at a place; a row too short to have it writes none."""
    return row.cells[at] if at < len(row.cells) else ""
