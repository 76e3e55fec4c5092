"""`resolve FILE...`: one decision for every line, or for every row of a table, in order."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TextIO

import click

from resolve.cli import options
from resolve.errors import InputError, OptionError

if TYPE_CHECKING:
    from resolve.cli.reading import Row
    from resolve.cli.terminal import Line
    from resolve.types import Decision, Settings

__all__ = ["names"]


class _Input(NamedTuple):
    """The rows to decide on, and which of their cells is the name. No header: write none."""

    header: tuple[str, ...]
    rows: list[Row]
    at: int
    table: bool
    document: int | None = None  # the cell that says which document a name is of


@click.command("resolve", cls=options.DefaultCommand)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path())
@click.option(
    "--column",
    metavar="NAME",
    help="FILE is a CSV or TSV; the names are in this column (its name, or its number from 1). "
    "Every row and column is kept, the decision's are appended.",
)
@click.option(
    "--document",
    metavar="NAME",
    help="The names of one document have the same value in this column: each may say who another "
    "is. With --column.",
)
@options.header_option
@options.gazetteer_option
@options.kind_option
@options.link_option
@options.review_option
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(min=1),
    help="Candidates that jsonl and --explain show.  [default: 5]",
)
@click.option("--explain", is_flag=True, help="Show the terms in bits under each row.")
@options.jobs_option
@options.format_option
@options.output_option
@options.encoding_option
def names(
    files: tuple[str, ...],
    column: str | None,
    document: str | None,
    header: bool,
    gazetteers: tuple[str, ...],
    kind: str | None,
    link: float | None,
    review: float | None,
    top: int | None,
    explain: bool,
    jobs: int,
    format: str | None,
    output: str | None,
    encoding: str | None,
) -> None:
    """Tell which actor each name means."""
    form = options.form(format, output, "table" if explain else "tsv")
    if explain and form in ("tsv", "csv"):
        raise OptionError(
            f"--explain writes under each row, which {form} cannot hold; "
            "take --format table, or --format jsonl, which carries every term"
        )
    # Only jsonl and --explain show candidates; a long list has no room to keep them for nothing.
    shown = explain or form == "jsonl"
    settings = _settings(kind, link, review, top if shown else 0)
    if column is None:
        if document is not None:
            raise OptionError(
                "--document names a column, and a list of names has none; say with --column which "
                "column of a CSV or TSV the names are in"
            )
        given = _listed(files, encoding)
    else:
        given = _tabled(files or ("-",), column, header, encoding, document)
    decisions = _decided(given, gazetteers, settings, jobs)
    _write(given, decisions, form, output, explain)


def _settings(
    kind: str | None, link: float | None, review: float | None, top: int | None
) -> Settings:
    import msgspec

    from resolve.types import Settings

    given = {"kind": kind, "link": link, "review": review, "top": top}
    chosen = {name: value for name, value in given.items() if value is not None}
    settings = msgspec.convert(chosen, Settings)
    options.checked_thresholds(settings.link, settings.review)
    return settings


def _listed(files: Sequence[str], encoding: str | None) -> _Input:
    from resolve.cli.reading import STDIN, read_names

    if sys.stdin.isatty() and (not files or STDIN in files):
        _note("reading names from the terminal, one a line; Ctrl-D ends")
    for path in files:
        if path.lower().endswith((".csv", ".tsv", ".tab")):
            _note(f"warning: {path} is read as one name a line; --column NAME reads it as a table")
    return _Input(("name",), list(read_names(files, encoding)), 0, False)


def _tabled(
    paths: Sequence[str],
    wanted: str,
    header: bool,
    encoding: str | None,
    document: str | None,
) -> _Input:
    """The rows of all the tables, which have the same columns."""
    from resolve.cli.reading import column, open_table

    first: _Input | None = None
    for path in paths:
        with open_table(path, encoding, header) as table:
            if first is None:
                of = None if document is None else column(table, document, "--document")
                first = _Input(table.header, [], column(table, wanted), True, of)
            elif table.header != first.header:
                raise InputError(
                    f"{table.source}: its columns are not those of {paths[0]}; "
                    "resolve tables of different columns one by one"
                )
            first.rows.extend(table.rows)
    assert first is not None
    return first


def _decided(
    given: _Input, paths: tuple[str, ...], settings: Settings, jobs: int
) -> list[Decision]:
    from resolve import Resolver
    from resolve.cli.progress import watched

    resolver = Resolver(options.opened_actors(paths), settings)
    texts = [_name(row, given.at) for row in given.rows]
    with watched(len(texts), "resolving") as progress:
        if given.document is None:
            return resolver.resolve_many(texts, progress, jobs=jobs)
        from resolve.documents.together import decided_together

        documents = [_name(row, given.document) for row in given.rows]
        return decided_together(resolver, texts, documents, progress, jobs=jobs)


def _write(
    given: _Input, decisions: Sequence[Decision], form: str, output: str | None, explain: bool
) -> None:
    from resolve.cli import records, writing

    pairs = zip(given.rows, decisions, strict=True)
    with writing.opened(output) as stream:
        if form == "table":
            _draw(stream, output, given, pairs, explain)
        elif form == "jsonl":
            for row, decision in pairs:
                record = records.decision_record(row, _name(row, given.at), decision)
                if given.table:
                    record["row"] = records.row_record(given.header, row.cells)
                writing.write_json(stream, record)
        else:
            write = writing.writer(form, stream)
            width = len(given.header) or max((len(row.cells) for row in given.rows), default=0)
            if given.header:
                write([*given.header, *records.RESULT])
            for row, decision in pairs:
                write(records.beside(row.cells, width, records.result_cells(decision)))


def _draw(
    stream: TextIO,
    output: str | None,
    given: _Input,
    pairs: Iterable[tuple[Row, Decision]],
    explain: bool,
) -> None:
    from resolve.cli.terminal import Column, draw, screen

    columns = (
        Column("name"),
        Column("decision"),
        Column("id"),
        Column("canonical name", spare=True),
        Column("p", right=True),
        Column("bits", right=True),
        Column("reason", limit=200, spare=True),
    )
    draw(screen(stream, output), columns, _drawn(given, pairs, explain))


def _drawn(given: _Input, pairs: Iterable[tuple[Row, Decision]], explain: bool) -> Iterator[Line]:
    from resolve.cli.terminal import STYLES, Line, candidate_lines
    from resolve.cli.writing import bits
    from resolve.decisions.figures import short_probability

    for row, decision in pairs:
        cells = (
            _name(row, given.at),
            decision.outcome.value,
            decision.id or decision.cluster or "",
            decision.name or "",
            short_probability(decision.probability),
            bits(decision.bits),
            decision.reason,
        )
        under = tuple(candidate_lines(decision.candidates)) if explain else ()
        yield Line(cells, STYLES[decision.outcome.value], under)


def _name(row: Row, at: int) -> str:
    """The cell that is the name; a row too short to have it writes none."""
    return row.cells[at] if at < len(row.cells) else ""


def _note(message: str) -> None:
    click.echo(f"resolve: {message}", err=True)
