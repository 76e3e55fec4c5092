"""Speeds as tables: texts tagged among so many actors, and a stream."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from benchmarks.datasets.newswire.articles import SHARES
from benchmarks.documents.exact import NAME as EXACT
from benchmarks.documents.stream import Streamed
from benchmarks.documents.tagging import Tagged
from benchmarks.documents.texts import Told
from benchmarks.protocol import Cell, Table
from benchmarks.systems.ours import Ours

__all__ = ["SPEED", "Timed", "memory", "planted", "speeds", "written"]

SPEED: Final = "MB a second of a core"
Row = tuple[Cell, ...]


class Timed(NamedTuple):
    """Articles of so many MB, among the actors that ship and so many made-up ones, by system."""

    made_up: int
    megabytes: int
    told: Told
    said: Mapping[str, Tagged]


def speeds(found: Sequence[Timed]) -> Table:
    """Return how fast texts are tagged."""
    rows: list[Row] = []
    for own in found:
        ours = own.said[Ours.name].speed
        for name, said in own.said.items():
            clock = sum(said.size.values()) / 1e6 / sum(said.seconds.values())
            by_language = (said.size[k] / 1e6 / said.core[k] for k in SHARES if k in said.size)
            figures = (said.speed, clock, *by_language, said.speed / ours, said.ready, said.peak)
            rows.append((own.made_up, own.megabytes, name, *figures))
    columns = ("made-up actors", "MB", "system", SPEED, "MB a second")
    more = (*(f"{lang} MB a second" for lang in SHARES), "ratio to ours", "ready after seconds")
    note = (
        "UTF-8 text in memory, each in a process of its own on one thread; the actors that ship "
        f"are there besides. Only what stands there letter for letter is found by {EXACT}."
    )
    return Table("Speed on text", (*columns, *more, "peak MiB"), tuple(rows), 3, note)


def planted(found: Sequence[Timed]) -> Table:
    """Return which of the names that were planted are found."""
    rows: list[Row] = [
        (own.made_up, own.megabytes, how, name, many, hit / many, right / many, wrong / many)
        for own in found
        for how in own.said[Ours.name].found
        for name, said in own.said.items()
        for many, hit, right, wrong in [said.found[how]]
    ]
    columns = ("made-up actors", "MB", "names", "system", "planted", "recall")
    note = (
        "`exact`: as the gazetteer has it; `respelled`: otherwise; `alone`: a surname after its "
        "full name; `unknown`: nobody's. Right and wrong are links."
    )
    return Table(
        "Names planted in text", (*columns, "right actor", "wrong actor"), tuple(rows), 4, note
    )


def written(found: Sequence[Timed]) -> Table:
    """Return what the texts hold."""
    rows: list[Row] = [
        (own.made_up, own.megabytes, told.articles, told.words, told.distinct, told.names,
         told.distinct_names, 100 * told.names / told.words)
        for own in found
        for told in [own.told]
    ]  # fmt: skip
    columns = ("made-up actors", "MB", "articles", "words", "distinct words", "names")
    return Table("Texts", (*columns, "distinct names", "names in 100 words"), tuple(rows), 2)


def memory(found: Sequence[Streamed]) -> Table:
    """Return what a process holds as a stream goes by."""
    rows: list[Row] = [
        (own.form, k, size / 1e6, held)
        for own in found
        for k, (size, held) in enumerate(own.held, start=1)
    ]
    told = "; ".join(
        f"{own.form}: {own.size / 1e6:,.0f} MB in, {own.output / 1e6:,.0f} MB out, "
        f"{own.mentions:,} mentions, {own.core:,.0f} seconds of a core"
        for own in found
    )
    note = f"`resolve tag -`. {told}. The last row is of its end."
    columns = ("stream", "look", "MB read", "peak MiB")
    return Table("A stream through the command", columns, tuple(rows), 2, note)
