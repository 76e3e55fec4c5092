"""The lexicon walks from a form over its names to their other spellings, as a plain walk does."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.model.lexicon import Lexicon, Links
from resolve.texts import Texts

Graph = Mapping[str, Mapping[str, Mapping[int, int]]]
"""script -> form -> pivot -> how often the form was written for it."""

GRAPH: Graph = {
    "Arab": {"محمد": {0: 9, 2: 1}, "محمود": {1: 4}},
    "Latn": {
        "mahmoud": {1: 3},
        "mohamed": {0: 5, 2: 2},
        "muhammad": {0: 2, 1: 1, 2: 1},
        "zed": {7: 2},
    },
    "Cyrl": {"мухаммад": {2: 3}},
}
FORMS = {
    "Latn": st.text("abc", min_size=1, max_size=2),
    "Arab": st.text("ابت", min_size=1, max_size=2),
}
GRAPHS = st.fixed_dictionaries(
    {
        script: st.dictionaries(
            forms,
            st.dictionaries(st.integers(0, 4), st.integers(1, 9), min_size=1, max_size=3),
            max_size=5,
        )
        for script, forms in FORMS.items()
    }
)


def lexicon(graph: Graph) -> Lexicon:
    spellings: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for script, own in graph.items():
        for form, pivots in own.items():
            for pivot in pivots:
                spellings[pivot].add((script, form))
    links = {}
    for script, own in graph.items():
        pivots = [sorted(own[form].items()) for form in sorted(own)]
        types = [len({s for p, _ in ps for s in spellings[p] if s[0] != script}) for ps in pivots]
        links[script] = Links(
            Texts.of(sorted(own)),
            np.cumsum([0, *map(len, pivots)]),
            np.array([p for ps in pivots for p, _ in ps], np.int64),
            np.array([n for ps in pivots for _, n in ps], float),
            np.array(types, np.int64),
        )
    return Lexicon(links)


def walk(graph: Graph, form: str, script: str, other: str) -> dict[str, float]:
    """P(b | form), step by step; pivots without a spelling in the other script lead nowhere."""
    own = graph[script][form]
    found: dict[str, float] = defaultdict(float)
    for pivot, weight in own.items():
        there = {b: pivots[pivot] for b, pivots in graph[other].items() if pivot in pivots}
        for b, n in there.items():
            found[b] += weight / sum(own.values()) * n / sum(there.values())
    return dict(found)


@given(GRAPHS, st.sampled_from(sorted(FORMS)), st.sampled_from(sorted(FORMS)))
def test_neighbours_are_those_of_a_plain_walk(graph: Graph, script: str, other: str) -> None:
    own = lexicon(graph)
    for form in graph[script]:
        found = own.neighbours(form, script, other)
        expected = walk(graph, form, script, other)
        assert found.forms == tuple(sorted(expected))
        assert found.given_left == pytest.approx([expected[b] for b in found.forms])
        back = [walk(graph, b, other, script)[form] for b in found.forms]
        assert found.given_right == pytest.approx(back)


def test_the_spellings_of_a_form_add_up_to_one() -> None:
    own = lexicon(GRAPH)
    for form in GRAPH["Arab"]:
        assert own.neighbours(form, "Arab", "Latn").given_left.sum() == pytest.approx(1)
    for form in GRAPH["Latn"]:
        assert own.neighbours(form, "Latn", "Latn").given_left.sum() == pytest.approx(1)


def test_a_name_is_reached_in_any_script_without_being_told_of_each_pair() -> None:
    own = lexicon(GRAPH)
    assert own.neighbours("mohamed", "Latn", "Cyrl").forms == ("мухаммад",)
    assert own.neighbours("mohamed", "Latn", "Arab").forms == ("محمد",)
    assert own.neighbours("mohamed", "Latn", "Latn").forms == ("mohamed", "muhammad")


def test_bits_are_symmetric() -> None:
    own = lexicon(GRAPH)
    there = own.neighbours("muhammad", "Latn", "Arab").bits
    for form, bits in there.items():
        assert own.neighbours(form, "Arab", "Latn").bits["muhammad"] == pytest.approx(bits)


def test_what_is_unknown_has_no_neighbours_and_is_new() -> None:
    own = lexicon(GRAPH)
    assert own.neighbours("haftar", "Latn", "Arab").forms == ()
    assert own.neighbours("mohamed", "Latn", "Hebr").forms == ()
    assert own.neighbours("zed", "Latn", "Arab").forms == ()
    assert own.novelty("haftar", "Latn", "Arab") == own.novelty("zed", "Latn", "Arab") == 1.0


def test_the_more_a_form_is_attested_the_less_new_is_its_next_spelling() -> None:
    few = lexicon({"Latn": {"ali": {0: 1}}, "Arab": {"علي": {0: 1}}})
    many = lexicon({"Latn": {"ali": {0: 99}}, "Arab": {"علي": {0: 99}}})
    assert few.novelty("ali", "Latn", "Arab") == pytest.approx(1.5 / 2)
    assert many.novelty("ali", "Latn", "Arab") == pytest.approx(1.5 / 100)
