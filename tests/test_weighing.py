"""A name is weighed as it is decided; what else is known changes shares, not evidence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import load
from resolve import Resolver
from resolve.decisions.calibration import ACROSS, FULL, LONE, WORDS
from resolve.matching.form import Form
from resolve.names import read
from resolve.tables import read_table
from resolve.types import Outcome, Relation, Term
from resolve.weighing import Further

TESTS = Path(__file__).parent
DECISIONS = read_table(
    TESTS / "cases" / "toy_decisions.tsv", ("mention", "outcome", "first", "note")
)
RESOLVER = Resolver(load(TESTS / "toy"))
MENTIONS = sorted(
    {row[0] for row in DECISIONS} | {"Haftar", "Amelia Caldwell", "", "\ud800", "GNA"}
)
mentions = st.one_of(st.sampled_from(MENTIONS), st.text(max_size=12))
HAFTARS = RESOLVER.index.row("khalifa-haftar"), RESOLVER.index.row("saddam-haftar")


def said(bits: float) -> list[Term]:
    return [Term(Relation.CONTEXT, bits, note="somebody says so")]


@settings(deadline=None)
@given(st.lists(mentions, max_size=6))
def test_names_are_weighed_as_they_are_decided(names: list[str]) -> None:
    decisions = list(RESOLVER.decide_many(names))
    weighings = list(RESOLVER.weigh_many(names))
    assert len(weighings) == len(names)
    for weighing, decision in zip(weighings, decisions, strict=True):
        found = weighing.decision
        assert (found.outcome, found.id) == (decision.outcome, decision.id)
        assert found.probability == pytest.approx(decision.probability, abs=1e-9)
        assert found.reason == decision.reason
        assert found.candidates == decision.candidates[:1]
        rows = {RESOLVER.index.actor(row).id for row in weighing.rows}
        assert {c.id for c in decision.candidates if c.probability >= 1e-5} <= rows
        assert set(weighing.likely) <= set(weighing.rows)


@settings(deadline=None)
@given(mentions)
def test_where_nothing_is_said_the_decision_stays(name: str) -> None:
    (weighing,) = RESOLVER.weigh_many([name])
    again, decision = RESOLVER.reweigh(weighing, {}), RESOLVER.resolve(name)
    assert (again.outcome, again.id) == (decision.outcome, decision.id)
    assert again.probability == pytest.approx(decision.probability, abs=1e-4)
    assert again.reason == decision.reason or decision.outcome is Outcome.NIL


@pytest.mark.parametrize("k", [0, 1])
def test_what_is_said_for_an_actor_makes_it_likelier_the_more_is_said(k: int) -> None:
    (weighing,) = RESOLVER.weigh_many(["Haftar"])
    assert weighing.decision.outcome is Outcome.REVIEW
    row, other = HAFTARS[k], HAFTARS[1 - k]
    shares = []
    for bits in (-8.0, -4.0, 0.0, 4.0, 8.0):
        found = RESOLVER.reweigh(weighing, {row: said(bits)})
        own = {RESOLVER.index.row(c.id): c.probability for c in found.candidates}
        assert sum(own.values()) <= 1 + 1e-9
        shares.append(own.get(row, 0.0))
    assert shares == sorted(shares) and shares[0] < 0.01 and shares[-1] > 0.95
    linked = RESOLVER.reweigh(weighing, {row: said(8.0)})
    assert (linked.outcome, RESOLVER.index.row(linked.id)) == (Outcome.LINK, row)
    assert linked.candidates[0].terms[-1].note == "somebody says so"
    assert "somebody says so +8.0" in linked.reason
    assert RESOLVER.index.row(RESOLVER.reweigh(weighing, {row: said(-8.0)}).id) == other


def test_an_unknown_takes_his_share() -> None:
    (weighing,) = RESOLVER.weigh_many(["Haftar"])
    bits = max(weighing.bits)
    found = RESOLVER.reweigh(weighing, {}, unknown=(bits, 0.97))
    assert found.outcome is Outcome.NIL and found.probability > 0.5
    assert RESOLVER.reweigh(weighing, {}, unknown=(bits, 1e-9)).outcome is Outcome.REVIEW


def test_an_actor_whom_the_name_did_not_bring_forward_may_be_meant() -> None:
    (weighing,) = RESOLVER.weigh_many(["Haftar"])
    row = RESOLVER.index.row("yasar-guler")
    assert row not in weighing.rows
    found = RESOLVER.reweigh(weighing, {row: said(8.0)}, {row: 16.0})
    assert found.id == "yasar-guler"


def test_what_is_written_against_an_actor_stays_against_it() -> None:
    (weighing,) = RESOLVER.weigh_many(["Bashir Haftar"])
    for row in weighing.rows:
        assert RESOLVER.reweigh(weighing, {row: said(30.0)}).outcome is not Outcome.LINK


def test_one_reading_asks_for_its_actors_alone() -> None:
    persons = list(RESOLVER.weigh_many(["Haftar", "Tripoli"], "person"))
    others = list(RESOLVER.weigh_many(["Haftar", "Tripoli"], "words"))
    assert [w.decision.outcome is Outcome.NIL for w in persons] == [False, True]
    assert [w.decision.outcome is Outcome.NIL for w in others] == [True, False]
    for weighing in (*persons, *others):
        assert len({RESOLVER.index.is_person(row) for row in weighing.rows}) <= 1


def test_shares_are_shares() -> None:
    shares = [RESOLVER.share(row) for row in range(len(RESOLVER.index))]
    assert all(share > 0 for share in shares) and sum(shares) <= 1 + 1e-9
    countries = RESOLVER.index.countries(np.arange(len(shares)))
    for country, share in RESOLVER.country_shares.items():
        own = [s for s, of in zip(shares, countries, strict=True) if of == country]
        assert share == pytest.approx(sum(own))
    assert set(RESOLVER.country_shares) == {"LY", "TR"}


def test_evidence_of_two_names_is_symmetric_and_remembered() -> None:
    left, right = read("Haftar"), read("خليفة حفتر")
    bits, terms = RESOLVER.evidence(left, right)
    assert RESOLVER.evidence(right, left)[0] == pytest.approx(bits)
    assert RESOLVER.evidence(left, right) == (bits, terms)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["Amelia Caldwell", "أميليا كالدويل", "Rachel Ondera", "", "…"])))
def test_unknown_names_share_ids_whatever_their_order(names: list[str]) -> None:
    ids = RESOLVER.cluster_names(names)
    assert ids == RESOLVER.cluster_names(reversed(names))
    assert set(ids) == set(names) - {"", "…"}
    decided = RESOLVER.resolve_many(sorted(set(names)))
    assert ids == {d.mention.text: d.cluster for d in decided if d.cluster}


def test_strange_words_that_sound_like_a_known_name_are_heard() -> None:
    forms = [Form("حفتر", "Arab"), Form("اكار", "Arab"), Form("قققققق", "Arab")]
    assert RESOLVER.heard(forms) == [True, True, False]
    assert RESOLVER.heard([]) == []


@settings(deadline=None)
@given(st.lists(mentions, max_size=6), st.lists(st.floats(-8, 8), min_size=6, max_size=6))
def test_names_are_weighed_again_together_as_each_alone(
    names: list[str], told: list[float]
) -> None:
    asked = [
        Further(weighing, {row: said(bits) for row in weighing.rows[:1]}, {}, (bits, 0.5))
        for weighing, bits in zip(RESOLVER.weigh_many(names), told, strict=False)
    ]
    assert RESOLVER.reweigh_many(asked) == [RESOLVER.reweigh(*each) for each in asked]


@settings(deadline=None)
@given(st.lists(mentions, max_size=6, unique=True))
def test_a_candidate_is_explained_the_same_among_others_and_alone(names: list[str]) -> None:
    among, alone = (list(RESOLVER.weigh_many(names)) for _ in range(2))
    with RESOLVER.explaining(among):
        found = [RESOLVER.candidate(each, row) for each in among for row in each.rows]
    assert found == [RESOLVER.candidate(each, row) for each in alone for row in each.rows]
    assert not any(each.again for each in among)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Khalifa Haftar", FULL),
        ("Халифа Хафтар", ACROSS),
        ("Haftar", LONE),
        ("Government of National Accord", WORDS),
    ],
)
def test_a_candidate_is_weighed_by_how_it_was_compared(name: str, line: int) -> None:
    (weighing,) = RESOLVER.weigh_many([name])
    assert weighing.lines[0] == line


def test_candidates_of_many_names_are_explained_by_one_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ["Haftar", "Haddad", "Güler"]
    asked = [
        Further(weighing, {row: said(8.0) for row in weighing.rows[1:2]})
        for weighing in RESOLVER.weigh_many(names)
    ]
    searched: list[int] = []
    search = RESOLVER._search_again

    def watched(names, reading):
        searched.append(len(names))
        return search(names, reading)

    monkeypatch.setattr(RESOLVER, "_search_again", watched)
    decisions = RESOLVER.reweigh_many(asked)
    assert max(searched) > 1 and len(searched) < sum(searched)
    searched.clear()
    assert RESOLVER.reweigh_many(asked) == decisions
    assert not searched
