"""Is a change worse on the small set that ships? `python -m benchmarks.gate` in CI.

    merges   one name of each actor of the gold in the gazetteer, three actors in ten unknown; its
             other names are asked for: precision of what is linked, and recall
    pairs    look-alikes beside an actor's own names: precision of what is as sure as a link, and
             average precision, with the names of equal consonants, without what shares nothing

Held against `benchmarks/runs/gate.json`, which `--freeze` writes. No extra is needed. Exit status
1 where a figure is worse, 2 where it can't be told.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Literal

import click
import msgspec
from rich.console import Console
from rich.table import Table as Grid

from benchmarks import runs
from benchmarks.datasets.cards import checksums
from benchmarks.datasets.distractors import rounds
from benchmarks.datasets.gold import failures
from benchmarks.datasets.lists import KINDS, merges
from benchmarks.datasets.pairs import list_names, read_pairs
from benchmarks.linked import FIGURES, figures, link
from benchmarks.metrics import ranking
from benchmarks.protocol import Cell, Result, Table
from benchmarks.systems.ours import Ours
from resolve import Settings, compare_many
from resolve.errors import ResolveError

__all__ = ["FROZEN", "SLACK", "Figure", "judge", "main", "measure"]

FROZEN = runs.DIRECTORY / "gate.json"
"""The figures that must not get worse."""

SLACK = {"precision": 0.001, "recall": 0.01, "average precision": 0.002}
"""What a figure may fall by: a last bit that differs between machines moves a name or two across
a threshold. Precision is the gate's purpose; recall is watched so that silence can't pass."""

_TRACK = "gate"
_COLUMNS = ("set", "measure", "of", "figure")

Verdict = Literal["same", "better", "worse"]


class GateError(click.ClickException):
    """What keeps the gate from telling; exit status 2."""

    exit_code = 2


class Figure(msgspec.Struct, frozen=True):
    """A share from 0 to 1, and how many it is of: links, known names, pairs."""

    set: str
    measure: str
    of: int
    value: float


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--freeze", is_flag=True, help="Keep the figures as what must not get worse.")
def main(freeze: bool) -> None:
    """Measure the small set that ships, and hold it against the frozen figures."""
    console = Console()
    try:
        if faults := failures():
            raise GateError(f"the shipped set breaks its rules: {'; '.join(faults[:3])}")
        frozen = None if freeze else _frozen()
        now = tuple(measure())
        if frozen is None:
            runs.save(_run(now), FROZEN)
            console.print(f"frozen: {FROZEN.name}, {len(now)} figures")
        else:
            sys.exit(_compared(frozen, now, console))
    except (ResolveError, runs.RunError) as error:
        raise GateError(str(error)) from error


def measure() -> Iterator[Figure]:
    """Yield the figures of the shipped set, merges first, by kind."""
    for kind in KINDS:
        task = merges(None, kind, "all")
        rows = link(Ours(), task, list(rounds(task, len(task.actors), ()))).rows
        found = dict(zip(FIGURES, figures(rows, probabilistic=True), strict=True))
        for measure, of in (("precision", "links"), ("recall", "known")):
            yield Figure(
                f"merges, {kind}", measure, int(found[of] or 0), float(found[measure] or 0)
            )
    for name in list_names(None):
        own = read_pairs(None, name)
        asked = [pair for pair in own.pairs if not pair.aka]
        said = list(compare_many([(pair.left, pair.right) for pair in asked], own.kind))
        sure = [
            p.same for p, e in zip(asked, said, strict=True) if e.probability >= Settings().link
        ]
        average = ranking([p.same for p in asked], [e.bits for e in said]).average_precision
        yield Figure(f"pairs, {own.kind}", "precision", len(sure), sum(sure) / max(len(sure), 1))
        yield Figure(f"pairs, {own.kind}", "average precision", len(asked), average)


def judge(frozen: float, now: float, measure: str) -> Verdict:
    """Return whether a figure is worse than it was by more than its slack.

    >>> judge(0.990, 0.985, "precision"), judge(0.80, 0.795, "recall")
    ('worse', 'same')
    """
    if now < frozen - SLACK[measure]:
        return "worse"
    return "better" if now > frozen + SLACK[measure] else "same"


def _frozen() -> dict[tuple[str, str], float]:
    """The frozen figures by set and measure."""
    if not FROZEN.exists():
        raise GateError(f"{FROZEN.name}: nothing is frozen yet; run with --freeze")
    run = runs.load(FROZEN)
    if run.checksums != checksums(None):
        raise GateError(f"{FROZEN.name}: the shipped set is another now; run with --freeze")
    (table,) = (table for result in run.results for table in result.tables)
    if table.columns != _COLUMNS:
        raise GateError(f"{FROZEN.name}: figures of another gate; run with --freeze")
    return {(str(row[0]), str(row[1])): float(row[3] or 0) for row in table.rows}


def _run(now: tuple[Figure, ...]) -> runs.Run:
    rows: tuple[tuple[Cell, ...], ...] = tuple((f.set, f.measure, f.of, f.value) for f in now)
    return runs.Run(
        commands=(runs.Command("python -m benchmarks.gate --freeze"),),
        ours=Ours.name,
        checksums=checksums(None),
        results=(Result(_TRACK, (Table("The shipped set", _COLUMNS, rows, keys=2),)),),
    )


def _compared(
    frozen: dict[tuple[str, str], float], now: tuple[Figure, ...], console: Console
) -> int:
    """Print the figures beside the frozen ones; return 1 if any is worse, else 0."""
    if {(figure.set, figure.measure) for figure in now} != set(frozen):
        raise GateError(f"{FROZEN.name}: figures of another gate; run with --freeze")
    grid = Grid("set", "measure", "of", "frozen", "now", "verdict")
    verdicts = []
    for figure in now:
        before = frozen[figure.set, figure.measure]
        verdicts.append(judge(before, figure.value, figure.measure))
        shares = (f"{before:.4f}", f"{figure.value:.4f}")
        grid.add_row(figure.set, figure.measure, str(figure.of), *shares, verdicts[-1])
    console.print(grid)
    return int("worse" in verdicts)


if __name__ == "__main__":
    main()
