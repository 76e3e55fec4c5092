"""`resolve gazetteer add`: the unknown actors that a person accepted become known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from resolve.cli import options, packages
from resolve.cli.rows import write_rows

if TYPE_CHECKING:
    from gazetteer.adding import Step
    from gazetteer.candidates import Accepted
    from gazetteer.failures import Failures

__all__ = ["add"]

PLAN = ("action", "id", "target", "name", "new_names", "names", "reason")
BETWEEN = " | "  # the names of an actor, in one cell


@click.command("add")
@click.argument("tables", metavar="CANDIDATES...", nargs=-1, required=True)
@click.option(
    "--to",
    "path",
    required=True,
    metavar="DIR",
    help="The gazetteer that gains them; begun, if it isn't there.",
)
@click.option("-o", "--output", metavar="DIR", help="Write the result here.  [default: in place]")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and write nothing.")
@options.format_option
@options.encoding_option
def add(
    tables: tuple[str, ...],
    path: str,
    output: str | None,
    dry_run: bool,
    format: str | None,
    encoding: str | None,
) -> None:
    """Add the names that were accepted in CANDIDATES, tables that `resolve tag --actors` writes.

    An id that begins with nil: makes a new actor, under an id made from its name; any other is
    that of a known actor, who gets the variants as aliases. Where there is a column `accept`,
    only its rows with yes are added; without one, all but those of LINK and REVIEW. What was
    added before is known: a table can be added twice.
    """
    from gazetteer.adding import added
    from gazetteer.failures import Failures
    from gazetteer.merging import Merged
    from gazetteer.origins import save_merged

    folder = None if dry_run else packages.target(path, output, new=True)
    known, origins = packages.opened_merged(path, new=True)
    failures = Failures()
    accepted = [_read(table, encoding, failures) for table in tables]
    found = added(known, (each for one in accepted for each in one.candidates), failures)
    if folder is None:
        _write_plan(found.steps, options.form(format, None))
    else:
        save_merged(*Merged(found.gazetteer, origins), folder)
        _warn(found.steps)
    counts = _counts(found.steps, sum(one.left_out for one in accepted))
    click.echo(f"would be done: {counts}" if folder is None else f"{counts} -> {folder}", err=True)


def _read(path: str, encoding: str | None, failures: Failures) -> Accepted:
    from gazetteer.candidates import accepted
    from resolve.cli.reading import open_table

    with open_table(path, encoding) as table:
        rows = ((row.line, row.cells) for row in table.rows)
        return accepted(table.source, table.header, rows, failures)


def _write_plan(steps: Iterable[Step], form: str) -> None:
    rows = [_cells(step) for step in steps]
    write_rows(form, None, PLAN, rows, (dict(zip(PLAN, row, strict=True)) for row in rows))


def _cells(step: Step) -> list[str]:
    names = BETWEEN.join(step.gained)
    gained = str(len(step.gained))
    return [step.action, step.id, step.target, step.name, gained, names, step.reason]


def _warn(steps: Iterable[Step]) -> None:
    """Say who is new although somebody has an id of that name."""
    for step in steps:
        if step.action == "add" and step.reason:
            click.echo(f"{step.id} is added as {step.target}: {step.reason}", err=True)


def _counts(steps: Iterable[Step], left_out: int) -> str:
    steps = list(steps)
    new, given, known = (
        [step for step in steps if step.action == action] for action in ("add", "alias", "known")
    )
    names = sum(len(step.gained) for step in given)
    return (
        f"{_number(len(new), 'actor')} added, {_number(names, 'name')} given to "
        f"{_number(len({step.target for step in given}), 'known actor')}, "
        f"{len(known):,} known already, {_number(left_out, 'row')} left out"
    )


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
