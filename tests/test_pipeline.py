"""A list resolves as its names do one by one, whatever they hold, in threads and in batches."""

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Entity, EntityName, Gazetteer, load
from resolve import Decision, Outcome, Resolver, Settings, compare, compare_many
from resolve.errors import OptionError
from resolve.tables import read_table
from resolve.types import Candidate, Kind, Name, Relation

TESTS = Path(__file__).parent
DECISIONS = read_table(
    TESTS / "cases" / "toy_decisions.tsv", ("mention", "outcome", "first", "note")
)
PARTS = read_table(TESTS / "cases" / "parts.tsv", ("reading", "text", "parts", "note"))
INSTITUTIONS = read_table(
    TESTS / "cases" / "organizations.tsv", ("left", "right", "unrelated", "note")
)
TOY = load(TESTS / "toy")
NOBODY = Gazetteer.empty()
RESOLVER = Resolver(TOY)
MENTIONS = sorted({*(row[0] for row in DECISIONS), *(row[1] for row in PARTS)})
mentions = st.sampled_from(MENTIONS)
texts = st.one_of(
    mentions,
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.lists(st.sampled_from(" ".join(MENTIONS).split()), max_size=12).map(" ".join),
    st.text("aAbниحدال \u202e\u0640\ud800\u0301😀,.-'0٣", max_size=40),
)


def unclustered(decision: Decision) -> tuple[object, ...]:
    """A decision without its cluster, which depends on the others; floats to nine digits."""
    return (
        decision.mention,
        decision.outcome,
        decision.id,
        decision.reason,
        pytest.approx(decision.probability, abs=1e-9),
        [(c.id, c.matched, pytest.approx(c.bits, abs=1e-6)) for c in decision.candidates],
    )


def partition(names: list[str], decisions: list[Decision]) -> set[frozenset[str]]:
    """The names that share a provisional id, as sets."""
    shared: dict[str, set[str]] = {}
    for name, decision in zip(names, decisions, strict=True):
        if decision.cluster:
            shared.setdefault(decision.cluster, set()).add(name)
    return {frozenset(group) for group in shared.values()}


@pytest.mark.parametrize(("mention", "outcome", "first", "note"), DECISIONS)
def test_cases(mention: str, outcome: str, first: str, note: str) -> None:
    decision = RESOLVER.resolve(mention)
    if outcome == "no LINK":
        assert decision.outcome is not Outcome.LINK, decision.reason
    else:
        assert decision.outcome == outcome, f"{decision.reason}; {note}"
    if first:
        assert decision.candidates[0].id == first, note


@settings(deadline=None)
@given(texts)
def test_any_text_has_its_decision(text: str) -> None:
    decision = RESOLVER.resolve(text)
    assert decision.mention.text == text
    assert_shape(decision)


def contradicted(candidate: Candidate) -> bool:
    return any(term.relation is Relation.CONTRADICTS for term in candidate.terms)


def assert_shape(decision: Decision) -> None:
    kept = decision.candidates
    assert decision.reason and "\n" not in decision.reason
    assert 0 <= decision.probability <= 1
    assert len(kept) <= RESOLVER.settings.top and len({c.id for c in kept}) == len(kept)
    assert sum(c.probability for c in kept) <= 1 + 1e-9
    # First those that nothing contradicts, then the likeliest.
    order = [(contradicted(c) and decision.outcome is Outcome.REVIEW, -c.probability) for c in kept]
    assert order == sorted(order)
    for candidate in kept:
        assert candidate.id in TOY and math.isfinite(candidate.bits)
        assert candidate.matched in {name.text for name in TOY.get(candidate.id).names}
        assert sum(t.bits for t in candidate.terms) == pytest.approx(candidate.bits, abs=0.051)
    if decision.outcome is Outcome.NIL:
        assert (decision.id, decision.name, decision.kind) == (None, None, None)
        assert decision.cluster is None or decision.cluster.startswith("nil:")
    else:
        best = kept[0]
        assert (decision.id, decision.name, decision.kind) == (best.id, best.name, best.kind)
        assert decision.probability == best.probability and decision.cluster is None
    if decision.outcome is Outcome.LINK:
        assert decision.probability >= RESOLVER.settings.link


@settings(deadline=None, max_examples=30)
@given(st.lists(texts, max_size=8))
def test_many_are_resolved_as_one_by_one(names: list[str]) -> None:
    many = RESOLVER.resolve_many(names)
    assert [unclustered(d) for d in many] == [unclustered(RESOLVER.resolve(n)) for n in names]


@settings(deadline=None, max_examples=30)
@given(st.lists(mentions, max_size=10, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_the_names_does_not_matter(names: list[str], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = chance.sample(names, len(names))
    before, after = RESOLVER.resolve_many(names), RESOLVER.resolve_many(shuffled)
    assert {n: d.cluster for n, d in zip(names, before, strict=True)} == {
        n: d.cluster for n, d in zip(shuffled, after, strict=True)
    }


def test_a_batch_has_no_seam() -> None:
    names = (MENTIONS * 4)[:600]
    decisions = RESOLVER.resolve_many(iter(names))
    first = {name: unclustered(RESOLVER.resolve(name)) for name in set(names)}
    assert [unclustered(d) for d in decisions] == [first[name] for name in names]
    assert len({d.cluster for n, d in zip(names, decisions, strict=True) if n == names[0]}) == 1


def test_the_same_twice_and_in_another_resolver() -> None:
    other = Resolver(load(TESTS / "toy"))
    once = RESOLVER.resolve_many(MENTIONS)
    assert once == RESOLVER.resolve_many(MENTIONS) == other.resolve_many(MENTIONS)


def test_threads_share_a_resolver() -> None:
    resolver = Resolver(TOY)
    expected = [unclustered(d) for d in RESOLVER.resolve_many(MENTIONS)]
    parts = [MENTIONS[k::4] for k in range(4)] * 2
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(resolver.resolve_many, parts))
    for k, found in enumerate(results):
        assert [unclustered(d) for d in found] == expected[k % 4 :: 4]


def test_progress_is_told_and_ends_at_the_number_of_names() -> None:
    told: list[int] = []
    names = (MENTIONS * 3)[:300]
    RESOLVER.resolve_many(names, told.append)
    assert told == sorted(told) and told[-1] == len(names) and len(told) > 1


def test_nothing_gives_nothing() -> None:
    assert RESOLVER.resolve_many([]) == []


@pytest.mark.parametrize("text", ["", " ", "???", "😀", "\ud800", "2011"])
def test_what_is_no_name_is_nil_with_a_reason(text: str) -> None:
    decision = RESOLVER.resolve(text)
    assert decision.outcome is Outcome.NIL and decision.reason and not decision.candidates


@pytest.mark.parametrize("kind", ["person", "organization", "place"])
def test_a_kind_leaves_no_actor_of_another(kind: Kind) -> None:
    resolver = Resolver(TOY, Settings(kind=kind))
    for decision in resolver.resolve_many(MENTIONS):
        assert {c.kind for c in decision.candidates} <= {kind}
    linked = {d.id for d in resolver.resolve_many([e.name for e in TOY])}
    assert {e.id for e in TOY if e.kind == kind} <= linked


@pytest.mark.parametrize(
    "wrong",
    [
        {"link": 1.0},
        {"link": 0.4},
        {"link": 0.4, "review": 0.5},
        {"review": 0.0},
        {"review": -0.1},
        {"link": float("nan")},
        {"top": -1},
        {"kind": "human"},
    ],
)
def test_settings_out_of_range_are_refused_with_the_remedy(wrong: dict[str, float]) -> None:
    with pytest.raises(OptionError) as caught:
        Resolver(TOY, Settings(**wrong))  # type: ignore[arg-type]
    assert str(next(iter(wrong.values()))).removesuffix(".0") in str(caught.value)


@pytest.mark.parametrize("top", [0, 1, 2, 9])
def test_top_keeps_the_first_candidates_and_changes_no_decision(top: int) -> None:
    resolver = Resolver(TOY, Settings(top=top))
    for wide, narrow in zip(
        RESOLVER.resolve_many(MENTIONS), resolver.resolve_many(MENTIONS), strict=True
    ):
        assert (wide.outcome, wide.id) == (narrow.outcome, narrow.id)
        kept = min(top, RESOLVER.settings.top)
        assert [c.id for c in wide.candidates[:kept]] == [c.id for c in narrow.candidates[:kept]]
        assert len(narrow.candidates) <= top


def test_every_name_of_the_gazetteer_has_its_actor_first() -> None:
    for entity in TOY:
        for name, decision in zip(
            entity.names, RESOLVER.resolve_many([n.text for n in entity.names]), strict=True
        ):
            assert decision.candidates[0].id == entity.id, name.text


@pytest.mark.parametrize(
    "spellings",
    [
        ("Namroush", "Al-Namroush", "النمروش", "Namrouche", "Nemruş"),
        ("Dbeibah", "Dbeibeh", "Dabaiba", "Debeibah", "الدبيبة", "Dibeybe"),
    ],
)
def test_the_variants_of_one_name_get_one_decision(spellings: tuple[str, ...]) -> None:
    """With a gazetteer the same actor first and the same outcome, without one the same cluster."""
    known = RESOLVER.resolve_many(spellings)
    assert len({(d.outcome, d.candidates[0].id) for d in known}) == 1
    unknown = Resolver(NOBODY).resolve_many(spellings)
    assert len({d.cluster for d in unknown}) == 1 and unknown[0].cluster
    assert {d.outcome for d in unknown} == {Outcome.NIL}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Saddam Haftar", "Khalifa Haftar"),
        ("Mohamed al-Haddad", "Mohamed al-Menfi"),
        ("Mohamed al-Haddad", "Osama al-Haddad"),
        ("Khalid al-Attiyah", "Abdullah al-Attiyah"),
        ("Yasir Güler", "Yaşar Güler"),
        ("Ministry of Defence", "Ministry of Interior"),
        ("444 Brigade", "111 Brigade"),
        ("اللواء 444", "اللواء 111"),
        ("Belqasim Haftar", "Khalifa Belqasim Haftar"),
    ],
)
def test_names_that_look_alike_are_neither_linked_nor_clustered(left: str, right: str) -> None:
    assert compare(left, right).probability < Settings().link
    one, other = Resolver(NOBODY).resolve_many([left, right])
    assert one.cluster != other.cluster


@pytest.mark.parametrize(("left", "right", "unrelated", "note"), INSTITUTIONS)
def test_an_unknown_institution_is_one_in_both_languages(
    left: str, right: str, unrelated: str, note: str
) -> None:
    names = [left, right, unrelated]
    decisions = Resolver(NOBODY).resolve_many(names)
    assert frozenset([unrelated]) in partition(names, decisions), note


def test_titles_change_no_decision() -> None:
    plain, titled = RESOLVER.resolve_many(["Khalifa Haftar", "Field Marshal Khalifa Haftar"])
    assert (plain.id, plain.outcome) == (titled.id, titled.outcome)
    assert "Field Marshal" in titled.reason


@settings(deadline=None, max_examples=50)
@given(texts, texts)
def test_evidence_is_symmetric_and_adds_up(left: str, right: str) -> None:
    forth, back = compare(left, right), compare(right, left)
    assert forth.bits == pytest.approx(back.bits, abs=1e-6)
    assert 0 <= forth.probability <= 1 and (forth.left, forth.right) == (left, right)
    if forth.terms:
        assert sum(t.bits for t in forth.terms) == pytest.approx(forth.bits, abs=0.051)


def test_many_pairs_are_compared_as_one_by_one() -> None:
    pairs = list(zip(MENTIONS, MENTIONS[3:] + MENTIONS[:3], strict=True)) * 2
    found = list(compare_many(iter(pairs)))
    assert [(e.left, e.right) for e in found] == pairs
    for evidence in found[:80]:
        alone = compare(evidence.left, evidence.right)
        assert evidence.bits == pytest.approx(alone.bits, abs=1e-6)
    assert list(compare_many([])) == []


def test_a_kunya_alone_is_never_linked() -> None:
    name = EntityName("Abu Qatada al-Falastini", "und", "Latn", "primary", "test")
    one = Entity(id="abu-qatada", kind="person", names=(name,))
    resolver = Resolver(Gazetteer(name="one", entities=(one,)), Settings(link=0.6))
    decision = resolver.resolve("Abu Qatada")
    assert decision.outcome is Outcome.REVIEW and decision.id == "abu-qatada"
    assert decision.probability >= 0.6
    assert decision.reason.startswith("a kunya alone")
    assert resolver.resolve("Abu Qatada al-Falastini").outcome is Outcome.LINK


def test_names_that_recur_are_decided_once_and_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver, asked = Resolver(TOY), []
    decide = Resolver._decide

    def counted(self: Resolver, names: Sequence[Name]) -> Iterator[Decision]:
        asked.extend(name.mention.text for name in names)
        return decide(self, names)

    monkeypatch.setattr(Resolver, "_decide", counted)
    many = [*MENTIONS, *MENTIONS[::-1], *MENTIONS]
    found = list(resolver.decide_many(many))
    assert sorted(asked) == sorted(MENTIONS)
    assert [decision.mention.text for decision in found] == many
    assert found == list(Resolver(TOY).decide_many(many))
    monkeypatch.setattr("resolve.pipeline._REMEMBERED", 3)
    assert [d.outcome for d in Resolver(TOY).decide_many(many)] == [d.outcome for d in found]
