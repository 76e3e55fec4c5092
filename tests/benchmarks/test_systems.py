"""Every system answers what it is asked: in order, as often as asked, the same each time.

What isn't installed is skipped; nothing here says how good a system is.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.protocol import Clusterer, Linker, Probabilist, Scorer, Spelling, System
from benchmarks.systems import systems
from benchmarks.systems.actors import actors_of, chunks
from benchmarks.systems.latin import ANYASCII, ROMANIZED, Latin
from benchmarks.systems.library import Library
from benchmarks.systems.nomenklatura import VARIABLE, Nomenklatura, matchers
from gazetteer import Entity, EntityName, Gazetteer, load
from resolve.types import Kind

TOY = load(Path(__file__).parent.parent / "toy")
ACTORS = [entity for entity in TOY if entity.kind == "person"]
NAMES = [name.text for actor in ACTORS for name in actor.names]
SHIPPED = sorted(
    name.text
    for actor in load()
    if actor.kind == "person"
    for name in actor.names
    if name.lang == "eng" and " " in name.text
)[::12]
LISTED = tuple((left, right) for left in SHIPPED[::40] for right in SHIPPED)
"""Pairs of so many names that a classifier can learn from them."""


@cache
def scored(system: Any, pairs: tuple[tuple[str, str], ...]) -> tuple[float, ...]:
    """The scores that a system gave first."""
    return tuple(system.score(pairs, "person"))


def asked(protocol: type) -> list[Any]:
    """The systems that claim to answer a protocol, one test each."""
    return [
        pytest.param(system, id=system.name) for system in systems() if isinstance(system, protocol)
    ]


@pytest.fixture(autouse=True)
def installed(request: pytest.FixtureRequest) -> None:
    """Pass over what isn't installed."""
    callspec = getattr(request.node, "callspec", None)
    system = callspec.params.get("system") if callspec else None
    if system and (missing := system.missing()):
        pytest.skip(missing)


def test_ours_comes_first_and_no_two_have_one_name() -> None:
    names = [system.name for system in systems()]
    assert names[0] == "resolve"
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("system", asked(System))
def test_a_system_says_its_settings_and_its_version(system: System) -> None:
    assert system.note
    assert system.version()
    assert any(isinstance(system, able) for able in (Scorer, Linker, Clusterer, Spelling))


@pytest.mark.parametrize("system", asked(Scorer))
class TestScorers:
    def test_every_pair_has_a_score_and_no_pair_none(self, system: Scorer) -> None:
        assert system.score([], "person") == []
        scores = scored(system, LISTED)
        assert len(scores) == len(LISTED)
        assert all(type(score) is float and np.isfinite(score) for score in scores)

    @pytest.mark.parametrize("kind", ["organization", "place"])
    def test_every_kind_is_scored(self, system: Scorer, kind: Kind) -> None:
        pairs = [("Tripoli", "Tripolis"), ("Tripoli", "Tripoli"), ("Tripoli", "Benghazi")]
        scores = system.score(pairs, kind)
        assert len(scores) == 3
        assert scores[1] >= scores[2]

    def test_an_identical_name_scores_highest(self, system: Scorer) -> None:
        scores = dict(zip(LISTED, scored(system, LISTED), strict=True))
        for left in {left for left, _ in LISTED}:
            most = max(scores[pair] for pair in LISTED if pair[0] == left)
            assert scores[left, left] >= most, left

    def test_scores_are_in_the_order_of_the_pairs_and_always_the_same(self, system: Scorer) -> None:
        scores = list(scored(system, LISTED))
        assert system.score(LISTED, "person") == scores
        assert system.score(LISTED[::-1], "person")[::-1] == pytest.approx(scores, abs=1e-6)

    def test_names_without_letters_are_answered(self, system: Scorer) -> None:
        pairs = [("", ""), ("...", "Haftar"), ("444", "444"), ("王", "\u200f")]
        assert len(system.score(pairs, "person")) == len(pairs)


@pytest.mark.parametrize("system", asked(Probabilist))
def test_probabilities_rise_with_the_score(system: Probabilist) -> None:
    probabilities = system.probabilities(LISTED, "person")
    assert system.probabilistic
    assert system.probabilities([], "person") == []
    assert all(0 <= p <= 1 for p in probabilities)
    ordered = sorted(zip(scored(system, LISTED), probabilities, strict=True))
    assert all(a[1] <= b[1] + 1e-9 for a, b in pairwise(ordered))


@pytest.mark.parametrize("system", asked(Linker))
class TestLinkers:
    def test_every_mention_has_an_answer_and_no_mention_none(self, system: Linker) -> None:
        assert system.link(TOY, [], "person") == []
        answers = system.link(TOY, NAMES[:12], "person", top=3)
        assert len(answers) == 12
        assert all(len(answer.ranked) <= 3 for answer in answers)

    def test_a_gazetteer_of_nobody_links_nothing(self, system: Linker) -> None:
        answers = system.link(Gazetteer.empty(), NAMES[:2], "person")
        assert [answer.ranked for answer in answers] == [(), ()]

    def test_only_actors_of_the_kind_are_ranked_best_first_and_once(self, system: Linker) -> None:
        known = {actor.id for actor in ACTORS}
        for answer in system.link(TOY, [*NAMES, "444", ""], "person"):
            ids = [id for id, _ in answer.ranked]
            scores = [score for _, score in answer.ranked]
            assert set(ids) <= known
            assert len(set(ids)) == len(ids)
            assert scores == sorted(scores, reverse=True)

    def test_the_actor_of_an_identical_name_comes_first(self, system: Linker) -> None:
        mentions = [actor.name for actor in ACTORS]
        answers = system.link(TOY, mentions, "person")
        first = [answer.ranked[0][0] for answer in answers]
        assert first == [actor.id for actor in ACTORS]

    def test_the_same_mentions_are_answered_the_same(self, system: Linker) -> None:
        assert system.link(TOY, NAMES, "person") == system.link(TOY, NAMES, "person")


@pytest.mark.parametrize("system", asked(Clusterer))
class TestClusterers:
    def test_every_name_has_a_cluster_and_no_name_none(self, system: Clusterer) -> None:
        assert system.cluster([], "person") == []
        assert len(system.cluster(["", *NAMES, "444"], "person")) == len(NAMES) + 2
        assert system.cluster(NAMES[:1], "person") == [0]

    def test_the_same_names_are_clustered_the_same(self, system: Clusterer) -> None:
        assert system.cluster(NAMES, "person") == system.cluster(NAMES, "person")


@pytest.mark.parametrize("system", asked(Spelling))
def test_every_word_is_spelled_at_most_so_often(system: Spelling) -> None:
    words = ["حفتر", "Хафтар", "Haftar", ""]
    assert system.spell([], "Latn") == []
    for script in ("Latn", "Arab", "Cyrl"):
        spelled = system.spell(words, script, top=2)
        assert len(spelled) == len(words)
        assert all(len(spellings) <= 2 for spellings in spelled)
    assert all(system.spell(words[:2], "Latn"))


def test_what_is_missing_is_named_with_its_extra() -> None:
    class Absent(Library):
        distributions = ("rapidfuzz", "no-such-distribution")

    assert Absent().missing() == (
        "no-such-distribution isn't installed: pip install 'resolve-names[bench]'"
    )
    assert Absent().version().startswith("rapidfuzz ")


def test_an_environment_of_its_own_that_is_missing_is_explained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    system = matchers()[0]
    monkeypatch.delenv(VARIABLE, raising=False)
    assert VARIABLE in str(system.missing())
    for python in (str(tmp_path / "python"), ""):
        monkeypatch.setenv(VARIABLE, python)
        assert "pip install nomenklatura==" in str(system.missing())


def test_a_worker_that_ends_is_an_error_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text("raise SystemExit\n")
    monkeypatch.setenv(VARIABLE, sys.executable)
    monkeypatch.setattr("benchmarks.systems.nomenklatura.WORKER", worker)
    with pytest.raises(RuntimeError, match="pip install nomenklatura=="):
        Nomenklatura("logic-v2", "better").score([("a", "b")], "person")


@given(st.data())
def test_an_actor_is_worth_its_best_name(data: st.DataObject) -> None:
    counts = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=6))
    gazetteer = Gazetteer("drawn", tuple(map(entity, range(len(counts)), counts)))
    actors = actors_of(gazetteer, "person")
    scores = data.draw(
        st.lists(st.integers(0, 3), min_size=len(actors.texts), max_size=len(actors.texts))
    )
    top = data.draw(st.integers(1, 7))
    best = {id: max(own) for id, own in grouped(actors.texts, scores).items()}
    plain = tuple(sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:top])
    everything = np.arange(len(actors.texts))
    assert actors.ranked(scores, top) == plain
    assert actors.ranked(scores, top, everything) == plain


def entity(number: int, count: int) -> Entity:
    """An actor whose names say whose they are."""
    id = f"person-{number}"
    return Entity(id, tuple(EntityName(f"{id} {name}") for name in range(count)))


def grouped(texts: Sequence[str], scores: Sequence[int]) -> dict[str, list[int]]:
    """The scores of each actor's names."""
    found: dict[str, list[int]] = {}
    for text, score in zip(texts, scores, strict=True):
        found.setdefault(text.split()[0], []).append(score)
    return found


def test_chunks_hold_so_many_cells_and_lose_nothing() -> None:
    found = chunks("abcdefg", 3, 7)
    assert found == ["ab", "cd", "ef", "g"]
    assert chunks("", 3, 7) == []


@pytest.mark.parametrize("latin", [ANYASCII, ROMANIZED], ids=lambda latin: latin.name)
@pytest.mark.parametrize("text", [*NAMES, "", "Sa'id O’Brien-İnan", "444. Tugay", "王"])
def test_latin_is_small_letters_digits_and_single_spaces(latin: Latin, text: str) -> None:
    spelled = latin.spell(text)
    assert latin.spell(spelled) == spelled
    assert " ".join(spelled.split()) == spelled
    assert all(word.isascii() and word.isalnum() for word in spelled.split())
    assert spelled == spelled.casefold()
