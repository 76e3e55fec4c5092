"""`resolve tag FILE...`: who is in running text, mention by mention; or in all of it together."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date as day
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import click

from resolve.cli import options
from resolve.errors import OptionError

if TYPE_CHECKING:
    from resolve.documents.actors import ActorRow
    from resolve.documents.tagging import Tagger
    from resolve.pipeline import Resolver
    from resolve.types import Document, Text

__all__ = ["tag"]

TABLES: Final = ("table", "tsv", "csv", "jsonl")
"""The formats of the table of actors."""

FORMATS: Final = (
    *("jsonl", "html", "table", "tsv", "csv", "conll"),
    *("brat", "doccano", "prodigy", "webannotation"),
)
SUFFIXES: Final = {
    **options.SUFFIXES,
    ".conll": "conll",
    ".htm": "html",
    ".html": "html",
    ".ndjson": "jsonl",
}

AT_ONCE: Final = 64
"""Documents that one of several processes tags together, and the first that a process alone does:
it takes more at a time when those are written."""

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

EPILOG = """\b
Files: *.html are web pages, *.jsonl hold an object a line, *.csv and *.tsv are tables (the text
in `text`, or in --column); every other is one text. Places are code points of the text.

\b
Formats:
  jsonl          a document a line, all that was decided
  html           a page to read, each actor marked and explained
  table tsv csv  a row a mention
  conll          tokens in IOB2 with outcome and id
  brat           a folder of .txt and .ann: -o DIR
  doccano prodigy webannotation
                 JSON lines as these tools read them

\b
Examples:
  resolve tag articles/*.txt
  resolve tag articles/*.txt --date 2022 -o articles.html
  resolve tag news.csv --column body --id url --jobs 4 > news.jsonl
  resolve tag articles/*.txt --actors -o actors.tsv
  resolve gazetteer add actors.tsv --to mine
"""


@click.command("tag", epilog=EPILOG)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path())
@click.option("--column", metavar="NAME", help="The column, or key, of the text.  [default: text]")
@click.option("--id", "id_column", metavar="NAME", help="The one of the id.  [default: id]")
@click.option("--html", "as_html", is_flag=True, help="The texts are web pages, wherever they are.")
@options.gazetteer_option
@options.link_option
@options.review_option
@click.option(
    "--date", metavar="YYYY[-MM[-DD]]", help="When the texts were written: who held what."
)
@click.option(
    "--ner",
    "recognisers",
    metavar="NAME",
    multiple=True,
    help="Add the mentions of a recogniser: spacy:MODEL or camel. Repeat for several.",
)
@click.option(
    "--actors",
    is_flag=True,
    help="Write who is in all the texts, an actor a row: `gazetteer add` takes the unknown ones.",
)
@options.jobs_option
@click.option(
    "--format",
    "format",
    type=click.Choice(FORMATS),
    help="Default: as the name of -o ends; else table on a terminal, jsonl (--actors: tsv) "
    "elsewhere.",
)
@options.output_option
@options.encoding_option
def tag(
    files: tuple[str, ...],
    column: str | None,
    id_column: str | None,
    as_html: bool,
    gazetteers: tuple[str, ...],
    link: float | None,
    review: float | None,
    date: str | None,
    recognisers: tuple[str, ...],
    actors: bool,
    jobs: int,
    format: str | None,
    output: str | None,
    encoding: str | None,
) -> None:
    """Find the actors in running text, and tell who each is.

    Reads the texts of FILE..., or standard input (also as -), and writes each with its mentions,
    in order, as it comes. What a text says beside a name decides with it: the full names, titles
    and countries around it.
    """
    from resolve.cli.documents import read_documents
    from resolve.cli.progress import watched

    form = _form(format, output, actors)
    year = None if date is None else _year(date)
    resolver = _resolver(gazetteers, link, review)
    _note_terminal(files)
    texts = read_documents(
        files, encoding=encoding, column=column, id_column=id_column, as_html=as_html
    )
    tagger = _tagger(resolver, year, recognisers)
    with watched(_count(files, column), "tagging") as progress:
        documents = _told(_tagged(tagger, texts, jobs), progress)
        if actors:
            _write_actors(resolver, documents, form, output)
        else:
            _write(documents, form, output)


def _form(format: str | None, output: str | None, actors: bool) -> str:
    """The format to write. Raises OptionError where it can't hold what is asked for."""
    by_name = SUFFIXES.get(Path(output).suffix.lower()) if output else None
    form = format or by_name or options.form(None, output, "tsv" if actors else "jsonl")
    if actors and form not in TABLES:
        raise OptionError(
            f"--actors writes a table of actors, which {form} is no format for; "
            f"take --format {', '.join(TABLES)}"
        )
    if form == "brat" and output in (None, "-"):
        raise OptionError("--format brat fills a folder; say which with -o DIR")
    return form


def _year(date: str) -> int:
    """The year of a date. Raises OptionError for what is no day, month or year."""
    found = _DATE.fullmatch(date)
    try:
        if found:
            return day(int(found[1]), int(found[2] or 1), int(found[3] or 1)).year
    except ValueError:
        pass
    raise OptionError(f"--date {date}: is no date; write 2022-08-19, 2022-08 or 2022")


def _resolver(gazetteers: tuple[str, ...], link: float | None, review: float | None) -> Resolver:
    import msgspec

    from resolve.pipeline import Resolver
    from resolve.types import Settings

    given = {"link": link, "review": review}
    chosen = {name: value for name, value in given.items() if value is not None}
    settings = msgspec.structs.replace(Settings(), **chosen)
    options.checked_thresholds(settings.link, settings.review)
    return Resolver(options.opened_actors(gazetteers), settings)


def _tagger(resolver: Resolver, year: int | None, recognisers: tuple[str, ...]) -> Tagger:
    from resolve.documents.tagging import Tagger

    further: dict[str, Any] = {}
    if recognisers:  # late: an optional library is imported only if it is asked for
        opened = import_module("resolve.documents.recognisers").opened
        further["recognisers"] = opened(recognisers)
    return Tagger(resolver, year, **further)


def _note_terminal(files: tuple[str, ...]) -> None:
    from resolve.cli.reading import STDIN

    if sys.stdin.isatty() and (not files or STDIN in files):
        click.echo("resolve: reading a text from the terminal; Ctrl-D ends", err=True)


def _count(files: tuple[str, ...], column: str | None) -> int | None:
    """How many documents there are, None where that is not known before they are read."""
    from resolve.cli.documents import OBJECTS
    from resolve.cli.documents import TABLES as ROWS

    several = column or not files or any(f.lower().endswith((*OBJECTS, *ROWS)) for f in files)
    return None if several else len(files)


def _tagged(tagger: Tagger, texts: Iterable[Text], jobs: int) -> Iterator[Document]:
    """The texts with their mentions, in order; so many processes share the work."""
    from resolve.documents import tagging
    from resolve.parallel import mapped

    def work(batch: list[Text]) -> list[Document]:
        return list(tagger.tag_many(batch))

    source = iter(texts)
    first = tagging.batches(islice(source, AT_ONCE), AT_ONCE)
    others = tagging.batches(source, AT_ONCE if jobs > 1 else tagging.AT_ONCE)
    for documents in mapped(work, chain(first, others), jobs):
        yield from documents


def _told(
    documents: Iterable[Document], progress: Callable[[int], None] | None
) -> Iterator[Document]:
    """The documents; `progress` is told of each that was written, a part of one not counted."""
    done = 0
    for document in documents:
        yield document
        done += not document.offset
        if progress is not None:
            progress(done)


def _write(documents: Iterable[Document], form: str, output: str | None) -> None:
    from resolve.cli import mentions, writing
    from resolve.documents import formats

    if form in formats.FORMATS and formats.FORMATS[form].folder:
        formats.write_folder(form, documents, Path(output or ""))
        return
    with writing.opened(output) as stream:
        written = _flushed(documents, stream)
        if form == "table":
            mentions.draw_mentions(stream, output, written)
        elif form in ("tsv", "csv"):
            write = writing.writer(form, stream)
            write(mentions.MENTION)
            for document in written:
                for span in document.spans:
                    write(mentions.mention_cells(document, span))
        else:
            for piece in formats.pieces(form, written):
                stream.write(piece)


def _flushed(documents: Iterable[Document], stream: TextIO) -> Iterator[Document]:
    """The documents; what was written of one is handed on before the next is asked for."""
    for document in documents:
        yield document
        stream.flush()


def _write_actors(
    resolver: Resolver, documents: Iterable[Document], form: str, output: str | None
) -> None:
    from resolve.cli import mentions, writing
    from resolve.cli.rows import write_rows
    from resolve.documents.actors import Actors

    # Drawn on when the output is open: what can't be written is told first.
    def rows() -> Iterator[ActorRow]:
        found = Actors(resolver)
        for document in documents:
            found.add(document)
        yield from found.rows()

    if form == "table":
        with writing.opened(output) as stream:
            mentions.draw_actors(stream, output, rows())
        return
    cells, records = map(mentions.actor_cells, rows()), map(mentions.actor_record, rows())
    write_rows(form, output, mentions.ACTOR, cells, records)
