"""LINK, REVIEW or NIL follows from the probabilities, the settings and what contradicts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.decisions.decision import Weighed
from resolve.decisions.decision import decide as decide_weighed
from resolve.names import read
from resolve.types import Candidate, Decision, Name, Outcome, Relation, Settings, Term

NAME = read("Gen. Khalifa Haftar")
AGREES = Term(Relation.AGREES, 12.0, "Haftar", "Haftar", "family")
CONTRADICTS = Term(Relation.CONTRADICTS, -4.0, "Khalifa", "Saddam", "given")
SETTINGS = Settings(link=0.95, review=0.5, top=3)


def decide(name: Name, candidates: list[Candidate], nil: float, settings: Settings) -> Decision:
    weighed = [
        Weighed(
            c.probability,
            lambda own=c: own.name,
            lambda own=c: own,
            lambda own=c: not possible(own),
        )
        for c in candidates
    ]
    return decide_weighed(name, weighed, nil, settings)


def candidate(number: int, probability: float, *terms: Term) -> Candidate:
    bits = sum(term.bits for term in terms)
    name = f"Actor {number}"
    return Candidate(f"actor-{number}", name, "person", name, bits, probability, terms)


@st.composite
def rankings(draw: st.DrawFn) -> tuple[list[Candidate], float]:
    weights = draw(st.lists(st.floats(0.001, 100), max_size=6))
    nil = draw(st.floats(0.001, 100))
    total = sum(weights) + nil
    terms = st.sampled_from([(AGREES,), (AGREES, CONTRADICTS)])
    ranked = sorted((weight / total for weight in weights), reverse=True)
    return [candidate(k, p, *draw(terms)) for k, p in enumerate(ranked)], nil / total


def possible(candidate: Candidate) -> bool:
    return all(term.relation is not Relation.CONTRADICTS for term in candidate.terms)


@settings(deadline=None)
@given(rankings(), st.floats(0.05, 0.99), st.floats(0.05, 0.99))
def test_the_outcome_follows_from_the_probabilities(
    ranking: tuple[list[Candidate], float], one: float, other: float
) -> None:
    candidates, nil = ranking
    settings = Settings(link=max(one, other), review=min(one, other), top=3)
    decision = decide(NAME, candidates, nil, settings)
    best = candidates[0] if candidates else None
    if best and possible(best) and best.probability >= settings.link:
        assert decision.outcome is Outcome.LINK
    elif best and sum(c.probability for c in candidates if possible(c)) >= settings.review + 1e-9:
        assert decision.outcome is Outcome.REVIEW
    else:
        assert decision.outcome is not Outcome.LINK
    assert_shape(decision, candidates, nil, settings)


def assert_shape(
    decision: Decision, candidates: list[Candidate], nil: float, settings: Settings
) -> None:
    assert decision.mention is NAME.mention and decision.reason and decision.cluster is None
    assert len(decision.candidates) == min(settings.top, len(candidates))
    assert {c.id for c in decision.candidates} <= {c.id for c in candidates}
    actor = decision.id, decision.name, decision.kind
    if decision.outcome is Outcome.NIL:
        assert actor == (None, None, None) and nil <= decision.probability <= 1 + 1e-9
        assert (decision.bits is None) == (not candidates)
    else:
        best = decision.candidates[0]
        assert actor == (best.id, best.name, best.kind)
        assert (decision.probability, decision.bits) == (best.probability, best.bits)
        assert possible(best)


@settings(deadline=None)
@given(rankings())
def test_stricter_settings_never_link_more(ranking: tuple[list[Candidate], float]) -> None:
    candidates, nil = ranking
    strict, mild = (decide(NAME, candidates, nil, Settings(link=p)) for p in (0.99, 0.6))
    assert strict.outcome is not Outcome.LINK or mild.outcome is Outcome.LINK


def test_what_contradicts_is_never_linked() -> None:
    best = candidate(1, 0.999, AGREES, CONTRADICTS)
    assert decide(NAME, [best], 0.001, SETTINGS).outcome is not Outcome.LINK


@pytest.mark.parametrize("relation", [Relation.SLIP, Relation.CROSSED])
def test_a_slip_and_a_relative_are_for_a_person_to_tell(relation: Relation) -> None:
    best = candidate(1, 0.999, AGREES, Term(relation, 3.0, "Khalifah", "Khalifa", "given"))
    assert decide(NAME, [best], 0.001, SETTINGS).outcome is Outcome.REVIEW


GIVEN = Term(Relation.AGREES, 9.0, "Bilal", "Bilal", "given")
FAMILY = Term(Relation.AGREES, 14.0, "Heswani", "Heswani", "family")


@pytest.mark.parametrize(
    ("slip", "outcome"),
    [
        (Term(Relation.SLIP, 12.0, "Reendo", "Redendo", "given"), Outcome.LINK),
        (Term(Relation.SLIP, 18.5, "Htun", "Htut", "given"), Outcome.REVIEW),  # too short
        (Term(Relation.SLIP, 3.0, "Hussayn", "Hossam", "given"), Outcome.REVIEW),  # too far
        (Term(Relation.SLIP, 4.0, "Mohsem", "Mohsen", "middle"), Outcome.LINK),
        (Term(Relation.SLIP, 0.5, "Sayid", "Zayd", "middle"), Outcome.REVIEW),
        (Term(Relation.SLIP, 12.0, "Bernan", "Bernam", "word"), Outcome.REVIEW),
    ],
)
def test_a_slip_that_can_be_no_other_name_is_no_doubt(slip: Term, outcome: Outcome) -> None:
    best = candidate(1, 0.999, GIVEN, FAMILY, slip)
    assert decide(NAME, [best], 0.001, SETTINGS).outcome is outcome


def test_a_slip_in_the_middle_is_a_doubt_where_the_given_name_is_not_written() -> None:
    slip = Term(Relation.SLIP, 4.0, "Mohsem", "Mohsen", "middle")
    assert (
        decide(NAME, [candidate(1, 0.999, FAMILY, slip)], 0.0, SETTINGS).outcome is Outcome.REVIEW
    )


def test_what_a_side_leaves_out_may_be_linked() -> None:
    best = candidate(1, 0.99, AGREES, Term(Relation.OMITTED, -1.0, None, "Khalifa", "given"))
    assert decide(NAME, [best], 0.01, SETTINGS).outcome is Outcome.LINK


@pytest.mark.parametrize(
    ("probability", "outcome"),
    [(0.95, Outcome.LINK), (0.94, Outcome.REVIEW), (0.5, Outcome.REVIEW), (0.49, Outcome.NIL)],
)
def test_a_threshold_is_reached_at_its_own_value(probability: float, outcome: Outcome) -> None:
    best = candidate(1, probability, AGREES)
    assert decide(NAME, [best], 1 - probability, SETTINGS).outcome is outcome


def test_two_actors_that_share_the_probability_go_to_review() -> None:
    both = [candidate(1, 0.48, AGREES), candidate(2, 0.48, AGREES)]
    decision = decide(NAME, both, 0.04, SETTINGS)
    assert decision.outcome is Outcome.REVIEW
    assert "Actor 1" in decision.reason and "Actor 2" in decision.reason


@pytest.mark.parametrize("text", ["", "???", "😀"])
def test_no_name_is_nil_with_its_reason(text: str) -> None:
    decision = decide(read(text), [], 1.0, SETTINGS)
    assert decision.outcome is Outcome.NIL and "not a name" in decision.reason
