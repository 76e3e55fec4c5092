"""Every name of the articles' mention list: whom must it mean, and does it?

    LINK              this actor, on the name alone
    REVIEW            this actor first, but for a person to confirm
    LINK-IN-DOCUMENT  the text around settles it; alone it brings the actor forward and links to
                      no other. What many states have (Ministry of Defense) needs not come first
    NIL               an actor that the gazetteer doesn't know, under a provisional id
    no link           looks like the actor's name and isn't: anything but a link to it

The lists are those that the tests read, the gazetteer and the settings those that ship.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.protocol import Cell, Result, System, Table
from resolve import Resolver
from resolve.errors import InputError
from resolve.model.inputs import rows
from resolve.types import Decision, Outcome

__all__ = ["CASES", "passes", "run"]

CASES = Path(__file__).parents[2] / "tests" / "cases"
"""Where the lists lie: `mentions.tsv`, and `no_link.tsv` for what looks alike."""

EXPECTED = ("LINK", "REVIEW", "LINK-IN-DOCUMENT", "NIL")
NO_LINK = "no link"
COLUMNS = ("mention", "expected", "actor", "decision", "id", "p", "verdict", "reason")

_PASS, _FAIL = "pass", "fail"


class Judged(NamedTuple):
    """A mention, what it was to be, what it became, and whether that passes."""

    mention: str
    expected: str
    actor: str
    """Whom it means, or, of a look-alike, whom it doesn't."""
    decision: Decision
    passes: bool


def run(
    data: Path | None,
    systems: Sequence[System],
    progress: Callable[[str], None] = lambda text: None,
) -> Result:
    """Return a row for each mention with its verdict, and how many pass of each kind.

    `data` isn't read: the list is the project's own. Only the project is asked, since the peers
    rank and don't decide. Raises InputError where the lists aren't there.
    """
    mentions, others = _rows("mentions.tsv"), _rows("no_link.tsv")
    texts = [row["mention"] for row in (*mentions, *others)]
    progress(f"{len(texts)} names")
    decisions = Resolver().resolve_many(texts)
    first, rest = decisions[: len(mentions)], decisions[len(mentions) :]
    judged = [
        Judged(r["mention"], r["expected"], r["id"], d, passes(r, d))
        for r, d in zip(mentions, first, strict=True)
    ]
    apart = [
        Judged(r["mention"], NO_LINK, r["not"], d, not _linked_to(d, r["not"]))
        for r, d in zip(others, rest, strict=True)
    ]
    tables = (
        _totals([*judged, *apart]),
        _table("Mentions of the articles", judged, "`actor` is whom the mention means."),
        _table("Names that look alike", apart, "`actor` is whom the name doesn't mean."),
    )
    asked = "Only this project is asked: the other systems rank and don't decide."
    return Result("seeds", tables, notes=(asked,) if len(systems) > 1 else ())


def passes(row: Mapping[str, str], decision: Decision) -> bool:
    """Return whether a decision is what a row of `mentions.tsv` expects.

    Raises InputError for an expectation that there isn't.
    """
    expected, actor = row["expected"], row["id"]
    if expected not in EXPECTED:
        raise InputError(
            f"{row['mention']}: no expectation {expected}; there are {', '.join(EXPECTED)}"
        )
    if expected == "NIL":
        return decision.outcome is Outcome.NIL and decision.cluster is not None
    if expected != "LINK-IN-DOCUMENT":
        return (decision.outcome, decision.id) == (expected, actor)
    found = [candidate.id for candidate in decision.candidates]
    forward = found if row["kind"] == "organization" else found[:1]
    linked_to_another = decision.outcome is Outcome.LINK and decision.id != actor
    return actor in forward and decision.outcome is not Outcome.NIL and not linked_to_another


def _rows(name: str) -> list[dict[str, str]]:
    if not (CASES / name).is_file():
        raise InputError(f"{name}: not in tests/cases; run the track in a checkout of the project")
    return list(rows(CASES / name))


def _linked_to(decision: Decision, actor: str) -> bool:
    return decision.outcome is Outcome.LINK and decision.id == actor


def _totals(judged: Iterable[Judged]) -> Table:
    found: dict[str, list[bool]] = {expected: [] for expected in (*EXPECTED, NO_LINK)}
    for own in judged:
        found[own.expected].append(own.passes)
    found["all"] = [passed for own in list(found.values()) for passed in own]
    totals: list[tuple[Cell, ...]] = [
        (expected, len(own), sum(own), len(own) - sum(own), sum(own) / len(own))
        for expected, own in found.items()
        if own
    ]
    columns = ("expected", "mentions", _PASS, _FAIL, "share that pass")
    return Table("What the mission's names must mean", columns, tuple(totals))


def _table(title: str, judged: Iterable[Judged], note: str) -> Table:
    """The rows, those that fail first."""
    found = sorted(judged, key=lambda own: (own.passes, own.mention))
    cells: list[tuple[Cell, ...]] = [
        (
            *(own.mention, own.expected, own.actor),
            *(own.decision.outcome.value, own.decision.id or own.decision.cluster),
            *(own.decision.probability, _PASS if own.passes else _FAIL, own.decision.reason),
        )
        for own in found
    ]
    return Table(title, COLUMNS, tuple(cells), keys=3, note=note)
