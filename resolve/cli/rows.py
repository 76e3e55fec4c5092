"""Rows of one shape, written in whichever format was asked for, as they come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from resolve.cli import writing

__all__ = ["write_rows"]


def write_rows(
    form: str,
    output: str | None,
    header: Sequence[str],
    cells: Iterable[Sequence[str]],
    records: Iterable[Mapping[str, object]],
) -> None:
    """Write the cells under their header; as jsonl, write the records in their stead."""
    with writing.opened(output) as stream:
        if form == "jsonl":
            for record in records:
                writing.write_json(stream, record)
        elif form == "table":
            from resolve.cli.terminal import Column, Line, draw, screen

            columns = [Column(title, 80, spare=title == header[-1]) for title in header]
            draw(screen(stream, output), columns, map(Line, cells))
        else:
            write = writing.writer(form, stream)
            write(header)
            for each in cells:
                write(each)
