"""The compiled search finds the names, and the evidence, that the plain one finds."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import load as load_gazetteer
from resolve import Resolver, compiled
from resolve.matching import index as module
from resolve.matching.comparison import Comparison, Reading, read_slots
from resolve.matching.index import NameIndex
from resolve.matching.slots import Slot, plain
from resolve.model.learned import load
from resolve.names import read
from resolve.tables import read_table

pytest.importorskip("numba")
KERNEL = import_module("resolve.compiled.pool")
KERNELS = {name: import_module(f"resolve.compiled.{name}") for name in ("lookup", "pool")}
TESTS = Path(__file__).parents[1]
COMPARISON = Comparison(load())
TOY = load_gazetteer(TESTS / "toy")
NAMES = [name.text for entity in TOY for name in entity.names]
PARTS = read_table(TESTS / "cases" / "parts.tsv", ("reading", "text", "parts", "note"))
DECISIONS = read_table(
    TESTS / "cases" / "toy_decisions.tsv", ("mention", "outcome", "first", "note")
)
# Initials, articles, words joined and parts of several readings are all among them.
STRANGE = """
M. Haftar, K. B. Haftar, al-Menfi, el Menfi, Abd al-Hamid al-Dbeibah, 444, K, M. M., -, , 習近平,
Salah al-Din, ابو بكر البغدادي, Хафтар Х.
"""
MENTIONS = [*(row[0] for row in DECISIONS), *(row[1] for row in PARTS), *STRANGE.split(",")]
WORDS = sorted({word for text in (*NAMES, *MENTIONS) for word in text.split()})
seeds = st.integers(0, 2**32 - 1)
readings: st.SearchStrategy[Reading] = st.sampled_from(["person", "words"])
Found = list[tuple[list[list[int]], np.ndarray]]
Batches = Sequence[tuple[Sequence[Sequence[Slot]], np.ndarray | None]]


def slots_of(texts: Sequence[str], reading: Reading) -> list[Sequence[Slot]]:
    return [read_slots(read(text), reading) for text in texts]


def index_of(texts: Sequence[str], reading: Reading) -> NameIndex:
    arrays = COMPARISON.arrays(map(plain, slots_of(texts, reading)), reading)
    return COMPARISON.index(arrays, reading)


def found(kernel: object, index: NameIndex, batches: Batches) -> Found:
    """What is found for batches, one after the other."""
    result: Found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "kernel", lambda name, _: kernel if name == "pool" else None)
        for mentions, among in batches:
            forms = [form for own in mentions for slot in own for form, _ in slot.forms]
            pools, evidence = index.search(mentions, index.variants(forms), among)
            result.append(([pool.tolist() for pool in pools], evidence))
    return result


def agree(index: NameIndex, batches: Batches) -> None:
    every = zip(found(None, index, batches), found(KERNEL, index, batches), strict=True)
    for (pools, evidence), (fast_pools, fast_evidence) in every:
        assert fast_pools == pools
        assert fast_evidence.shape == evidence.shape
        assert np.allclose(fast_evidence, evidence, rtol=0, atol=1e-9)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from(MENTIONS), max_size=6), max_size=4), readings)
def test_the_toy_is_searched_alike(batches: list[list[str]], reading: Reading) -> None:
    agree(index_of(NAMES, reading), [(slots_of(batch, reading), None) for batch in batches])


def texts(chance: np.random.Generator, count: int, most: int) -> list[str]:
    """Names of few words, some far likelier than others, so that many score the same."""
    likely = chance.dirichlet(np.full(len(WORDS), 0.2))
    return [
        " ".join(chance.choice(WORDS, int(chance.integers(0, most)), p=likely))
        for _ in range(count)
    ]


@settings(deadline=None, max_examples=30)
@given(seeds, st.integers(0, 400), readings)
def test_names_at_random_are_searched_alike(seed: int, count: int, reading: Reading) -> None:
    chance = np.random.default_rng(seed)
    index = index_of(texts(chance, count, 8), reading)
    asked = [None, chance.random(count) < 0.5, None, np.zeros(count, bool), np.ones(count, bool)]
    agree(index, [(slots_of(texts(chance, 4, 7), reading), among) for among in asked])


@settings(deadline=None, max_examples=30)
@given(seeds, st.integers(20, 400), readings, st.integers(0, 60), st.sampled_from([1, 5, 64]))
def test_forms_that_many_hold_are_searched_alike(
    seed: int, count: int, reading: Reading, many: int, pool: int
) -> None:
    chance = np.random.default_rng(seed)
    index = index_of(texts(chance, count, 6), reading)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MANY", many)
        patch.setattr(module, "POOL", pool)
        agree(index, [(slots_of(texts(chance, 5, 6), reading), None) for _ in range(2)])


@settings(deadline=None, max_examples=8)
@given(seeds, readings)
def test_a_batch_leaves_nothing_behind(seed: int, reading: Reading) -> None:
    chance = np.random.default_rng(seed)
    names = texts(chance, 200, 6)
    index = index_of(names, reading)
    batches = [(slots_of(texts(chance, 3, 6), reading), None) for _ in range(4)]
    together = found(KERNEL, index, [*batches, *batches])
    for k, batch in enumerate(batches):
        ((pools, evidence),) = found(KERNEL, index_of(names, reading), [batch])
        for again in (together[k], together[k + len(batches)]):
            assert again[0] == pools and np.array_equal(again[1], evidence)
        one_by_one = [found(KERNEL, index, [([mention], None)])[0] for mention in batch[0]]
        assert [each[0][0] for each in one_by_one] == pools


def test_more_forms_than_there_is_room_for_at_first() -> None:
    """A thousand spellings of one letter's difference: a mention of them all has many variants."""
    chance = np.random.default_rng(0)
    names = ["".join(chance.choice(list("abdmhrkl"), 6)).title() for _ in range(3000)]
    index = index_of([" ".join(names[k : k + 2]) for k in range(2999)], "person")
    agree(index, [(slots_of([" ".join(names[k : k + 5]) for k in range(9)], "person"), None)])


def test_nothing_in_nothing_out() -> None:
    for reading in ("person", "words"):
        index = index_of([], reading)
        agree(index, [(slots_of(["Menfi", ""], reading), None), ([], None)])
        agree(index_of(NAMES, reading), [([], None), ([()], None)])


def test_decisions_are_the_same() -> None:
    said = []
    for kernels in ({}, KERNELS):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(compiled, "kernel", lambda name, _, own=kernels: own.get(name))
            decisions = Resolver(TOY).resolve_many(MENTIONS)
            said.append(
                [(d.outcome, d.id, d.reason, [(c.id, c.matched) for c in d.candidates])
                 for d in decisions]
            )  # fmt: skip
    assert said[0] == said[1]
