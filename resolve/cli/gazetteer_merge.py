"""`resolve gazetteer merge`: one list folded into another, by ids and by what the names say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from resolve.cli import options, packages, writing
from resolve.cli.progress import watched
from resolve.cli.rows import write_rows
from resolve.errors import InputError

if TYPE_CHECKING:
    from gazetteer import Entity, Gazetteer
    from gazetteer.merging import Doubt, Plan, Step

__all__ = ["merge"]

PLAN = ("action", "id", "target", "name", "new_names", "probability", "reason")
REVIEW = (
    "verdict",
    "id",
    "target",
    "name",
    "target_name",
    "probability",
    "names",
    "target_names",
    "reason",
)
"""`verdict` is left empty for a person to write: same or different."""

VERDICTS = {"same": True, "different": False, "": None}
SAID = {"known": "known", "fold": "folded", "add": "added", "review": "to be reviewed"}
BETWEEN = " | "  # the names of an actor, in one cell


@click.command("merge")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("-o", "--output", metavar="DIR", help="Write the result here.  [default: into A]")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and write nothing.")
@click.option(
    "--review", metavar="FILE", help="Write the doubtful pairs here.  [default: standard output]"
)
@click.option(
    "--verdicts", metavar="FILE", help="A review whose column `verdict` says same or different."
)
@click.option(
    "--link",
    metavar="P",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    help="Names are one actor's from this probability on.  [default: .998]",
)
@options.format_option
def merge(
    left: str,
    right: str,
    output: str | None,
    dry_run: bool,
    review: str | None,
    verdicts: str | None,
    link: float | None,
    format: str | None,
) -> None:
    """Fold the gazetteer B into A: what is certain is done, what is doubtful is listed.

    The ids of A stay. An actor of B that is one of A becomes a redirect to it, which says why;
    `gazetteer split` undoes that. An actor that is doubtful stays its own until a verdict.
    """
    from gazetteer.merging import apply
    from gazetteer.origins import save_merged
    from resolve.merging import LINK, planned

    folder = None if dry_run else packages.target(left, output)
    ours, origins = packages.opened_merged(left)
    theirs = packages.opened(right)
    judged = _verdicts(verdicts, ours, theirs) if verdicts else {}
    with watched(len(theirs), "comparing") as progress:
        plan = planned(ours, theirs, judged, LINK if link is None else link, progress)
    if folder is None:
        _write_plan(plan, theirs, options.form(format, None))
        return
    # A file with the doubtful is there before anything is done, and a pipe that breaks after it
    # cannot keep it from being done.
    if review:
        _write_review(plan, ours, theirs, options.form(format, review), review)
    save_merged(*apply(plan, ours, theirs, origins), folder)
    _tell(plan, f"{theirs.name} into {ours.name}: ", f" -> {folder}")
    if plan.doubts and not review:
        _write_review(plan, ours, theirs, options.form(format, None), None)


def _write_plan(plan: Plan, theirs: Gazetteer, form: str) -> None:
    """The steps that change something; what is known already is counted only."""
    rows = [_step_cells(step, theirs.get(step.id)) for step in plan.steps if step.changed]
    write_rows(form, None, PLAN, rows, (_record(PLAN, row) for row in rows))
    _tell(plan, "would be done: ", "")


def _write_review(
    plan: Plan, ours: Gazetteer, theirs: Gazetteer, form: str, output: str | None
) -> None:
    def cells(doubt: Doubt) -> list[str]:
        actor, other = theirs.get(doubt.id), ours.get(doubt.target)
        likely = _probability(doubt.probability)
        names = BETWEEN.join(_texts(actor)), BETWEEN.join(_texts(other))
        return ["", actor.id, other.id, actor.name, other.name, likely, *names, doubt.reason]

    rows = list(map(cells, plan.doubts))
    write_rows(form, output, REVIEW, rows, (_record(REVIEW, row) for row in rows))


def _step_cells(step: Step, actor: Entity) -> list[str]:
    likely, gained = _probability(step.probability), str(step.gained)
    return [step.action, step.id, step.target, actor.name, gained, likely, step.reason]


def _record(header: Iterable[str], cells: Iterable[str]) -> dict[str, str]:
    return dict(zip(header, cells, strict=True))


def _texts(actor: Entity) -> list[str]:
    return list(dict.fromkeys(name.text for name in actor.names))


def _probability(value: float | None) -> str:
    return "" if value is None else writing.probability(value)


def _tell(plan: Plan, before: str, after: str) -> None:
    counts = Counter[str](step.action for step in plan.steps)
    parts = [f"{counts[action]:,} {said}" for action, said in SAID.items()]
    number = len(plan.doubts)
    pairs = f" ({number:,} {'pair' if number == 1 else 'pairs'})" if number else ""
    click.echo(f"{before}{', '.join(parts)}{pairs}{after}", err=True)


def _verdicts(path: str, ours: Gazetteer, theirs: Gazetteer) -> dict[tuple[str, str], bool]:
    """What a person has judged, by the ids in B and in A; InputError where a row can't be used."""
    from resolve.cli.reading import column, open_table

    judged: dict[tuple[str, str], bool] = {}
    same: dict[str, str] = {}
    with open_table(path, None) as table:
        places = [column(table, name, "--verdicts") for name in ("verdict", "id", "target")]
        for row in table.rows:
            place = f"{row.source}:{row.line}"
            said, id, target = (row.cells[at] if at < len(row.cells) else "" for at in places)
            verdict = said.strip().lower()
            if verdict not in VERDICTS:
                raise InputError(f"{place}: verdict {said!r} (same, different, or empty)")
            if (decided := VERDICTS[verdict]) is None:
                continue
            pair = _known(id, theirs, place), _known(target, ours, place)
            if judged.setdefault(pair, decided) != decided:
                raise InputError(f"{place}: {id} is judged both ways (remove one row)")
            if decided and same.setdefault(pair[0], pair[1]) != pair[1]:
                what = f"{id} can't be {same[pair[0]]} and {pair[1]} both"
                raise InputError(f"{place}: {what} (judge one of them different)")
    return judged


def _known(id: str, where: Gazetteer, place: str) -> str:
    if id not in where:
        raise InputError(f"{place}: no actor {id!r} in {where.name} (remove the row)")
    return where.get(id).id
