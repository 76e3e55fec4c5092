"""What the README shows is what the command prints."""

from __future__ import annotations

import re
from pathlib import Path

from resolve import Resolver
from resolve.decisions.figures import short_probability

README = Path(__file__).parents[1] / "README.md"


def test_the_decisions_of_the_readme_are_the_resolvers() -> None:
    block = re.search(r"```\n(name  .*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    rows = [re.split(r"  +", line) for line in block[1].splitlines()[1:]]
    decisions = Resolver().resolve_many(row[0] for row in rows)
    assert len(rows) == 6
    for row, decision in zip(rows, decisions, strict=True):
        assert row[1:3] == [
            decision.outcome.value,
            decision.id if decision.id else decision.cluster,
        ]
        assert row[-3] == short_probability(decision.probability)
        assert row[-2] == f"{decision.bits:.1f}"
        assert row[-1].removesuffix("...").rstrip(", ") in decision.reason
