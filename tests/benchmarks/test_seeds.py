"""What each expectation of the mention list accepts, and that every row gets a verdict."""

import pytest

from benchmarks.tracks import seeds
from resolve.errors import InputError
from resolve.types import Candidate, Decision, Mention, Outcome


def decision(outcome: str, *ids: str, cluster: str | None = None) -> Decision:
    found = tuple(Candidate(id, id, "person", id, 9.0, 0.5, ()) for id in ids)
    actor = ids[0] if ids and outcome != "NIL" else None
    return Decision(
        Mention("x"), Outcome(outcome), actor, actor, None, 0.9, None, "", found, cluster
    )


@pytest.mark.parametrize(
    ("expected", "kind", "said", "passes"),
    [
        ("LINK", "person", decision("LINK", "a"), True),
        ("LINK", "person", decision("LINK", "b", "a"), False),
        ("LINK", "person", decision("REVIEW", "a"), False),
        ("REVIEW", "person", decision("REVIEW", "a"), True),
        ("REVIEW", "person", decision("LINK", "a"), False),
        ("LINK-IN-DOCUMENT", "person", decision("REVIEW", "a", "b"), True),
        ("LINK-IN-DOCUMENT", "person", decision("LINK", "a"), True),
        ("LINK-IN-DOCUMENT", "person", decision("LINK", "b", "a"), False),
        ("LINK-IN-DOCUMENT", "person", decision("REVIEW", "b", "a"), False),
        ("LINK-IN-DOCUMENT", "organization", decision("REVIEW", "b", "a"), True),
        ("LINK-IN-DOCUMENT", "organization", decision("LINK", "b", "a"), False),
        ("LINK-IN-DOCUMENT", "person", decision("NIL", "a"), False),
        ("NIL", "person", decision("NIL", cluster="nil:x"), True),
        ("NIL", "person", decision("NIL"), False),
        ("NIL", "person", decision("REVIEW", "a"), False),
    ],
)
def test_a_verdict(expected: str, kind: str, said: Decision, passes: bool) -> None:
    row = {"mention": "x", "kind": kind, "id": "a", "expected": expected}
    assert seeds.passes(row, said) is passes


def test_an_expectation_that_there_is_not() -> None:
    row = {"mention": "x", "kind": "person", "id": "a", "expected": "MAYBE"}
    with pytest.raises(InputError, match="MAYBE"):
        seeds.passes(row, decision("NIL"))


def test_each_row_gets_a_verdict_and_the_totals_add_up() -> None:
    totals, mentions, apart = seeds.run(None, ()).tables
    *kinds, every = totals.rows
    assert every[1] == sum(int(row[1] or 0) for row in kinds) == len(mentions.rows + apart.rows)
    assert {row[6] for row in (*mentions.rows, *apart.rows)} <= {"pass", "fail"}
    assert every[2] == sum(row[6] == "pass" for row in (*mentions.rows, *apart.rows))
