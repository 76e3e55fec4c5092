"""The pool is what scoring every name one by one would choose, however many share their forms.

18 bits at most of the best form of each part, 8 less for each part that can't be paired,
half a bit less for each part more or less; the best 64, of equal ones the first
"""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve import compiled
from resolve.matching import index as module
from resolve.matching.comparison import Comparison, Reading, read_slots
from resolve.matching.form import Form
from resolve.matching.index import POOL, NameIndex
from resolve.matching.similarity import FLOOR
from resolve.matching.slots import Slot, plain
from resolve.model.learned import load
from resolve.names import read

COMPARISON = Comparison(load())
PERSONS = """
Mohamed Muhammad محمد Ali علي Khalifa Halife خليفة Haftar Hafter حفتر Saddam Ahmed Ahmad أحمد Salah
صلاح Namroush Nemruş النمروش Güler Yaşar Abdulhamid عبدالحميد al-Dbeibah Dabaiba الدبيبة Omar عمر
Mahmoud Menfi المنفي M. K. Khaled خالد Хафтар Халифа
"""
INSTITUTIONS = """
Ministry وزارة Bakanlık of Defense الدفاع Interior الداخلية Libya ليبيا Libyan National Army جيش
Council مجلس Presidential 444 Brigade لواء Tripoli طرابلس High State
"""
WORDS: dict[Reading, list[str]] = {"person": PERSONS.split(), "words": INSTITUTIONS.split()}
seeds = st.integers(0, 2**32 - 1)
readings = st.sampled_from(sorted(WORDS))


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled pool has its own tests."""
    monkeypatch.setattr(compiled, "kernel", lambda name, saving: None)


def texts(chance: np.random.Generator, count: int, most: int, reading: Reading) -> list[str]:
    """Names of common words, so that many are equal, and many agree equally well."""
    own = WORDS[reading]
    likely = chance.dirichlet(np.full(len(own), 0.3))
    return [
        " ".join(own[k] for k in chance.choice(len(own), int(chance.integers(1, most)), p=likely))
        for _ in range(count)
    ]


def slots_of(names: Sequence[str], reading: Reading) -> list[Sequence[Slot]]:
    return [read_slots(read(name), reading) for name in names]


def index_of(names: Sequence[Sequence[Slot]], reading: Reading) -> NameIndex:
    return COMPARISON.index(COMPARISON.arrays(map(plain, names), reading), reading)


def score(mention: Sequence[Slot], name: Sequence[Slot], said: dict[tuple[Form, Form], float]):  # type: ignore[no-untyped-def]
    """The score of one name and whether it agrees; None if nothing of it answers to the mention."""
    table = [
        [max(said.get((f, g), FLOOR) - c for f, c in a.forms for g, _ in b.forms) for b in name]
        for a in mention
    ]
    table = [[max(bits, FLOOR) for bits in row] for row in table]
    answered = sum(max(row) > FLOOR for row in table) if name else 0
    if not answered:
        return None
    held = sum(max(column) > FLOOR for column in zip(*table, strict=True))
    apart = min(len(mention), len(name)) - min(answered, held)
    agreed = sum(min(max(*row, 0.0), 18.0) for row in table) - 8.0 * apart
    return agreed - 0.5 * abs(len(name) - len(mention)), agreed >= 0


def scores(
    mention: Sequence[Slot], names: Sequence[Sequence[Slot]], index: NameIndex
) -> dict[int, tuple[float, bool]]:
    variants = index.variants([form for slot in mention for form, _ in slot.forms])
    said = {
        (form, index.vocabulary.form(row)): bits
        for form, own in variants.items()
        for row, bits in zip(own.rows.tolist(), own.bits.tolist(), strict=True)
    }
    found = {k: score(mention, name, said) for k, name in enumerate(names)}
    return {k: each for k, each in found.items() if each is not None}


def pools(
    mentions: Sequence[Sequence[Slot]], index: NameIndex, among: np.ndarray | None = None
) -> list[list[int]]:
    forms = [form for mention in mentions for slot in mention for form, _ in slot.forms]
    found, _ = index.search(mentions, index.variants(forms), among)
    return [pool.tolist() for pool in found]


def best(found: dict[int, tuple[float, bool]]) -> list[int]:
    return sorted(found, key=lambda k: (-found[k][0], k))


@settings(deadline=None, max_examples=30)
@given(seeds, st.integers(0, 300), readings)
def test_the_pool_is_the_best_of_all_names(seed: int, count: int, reading: Reading) -> None:
    chance = np.random.default_rng(seed)
    names = slots_of(texts(chance, count, 6, reading), reading)
    mentions = slots_of(texts(chance, 4, 5, reading), reading)
    index = index_of(names, reading)
    for at_once in (1, 1024):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_AT_ONCE", at_once)
            for mention, pool in zip(mentions, pools(mentions, index), strict=True):
                assert pool == best(scores(mention, names, index))[:POOL]


@settings(deadline=None, max_examples=15)
@given(seeds, st.integers(100, 300), readings)
def test_of_names_that_are_asked_for_the_pool_is_the_best(
    seed: int, count: int, reading: Reading
) -> None:
    chance = np.random.default_rng(seed)
    names = slots_of(texts(chance, count, 5, reading), reading)
    mentions = slots_of(texts(chance, 3, 4, reading), reading)
    index = index_of(names, reading)
    among = chance.random(count) < 0.4
    for mention, pool in zip(mentions, pools(mentions, index, among), strict=True):
        assert pool == [k for k in best(scores(mention, names, index)) if among[k]][:POOL]


@settings(deadline=None, max_examples=20)
@given(seeds, st.integers(50, 300), readings, st.integers(0, 40))
def test_forms_that_many_hold_forget_no_name_that_agrees(
    seed: int, count: int, reading: Reading, many: int
) -> None:
    chance = np.random.default_rng(seed)
    names = slots_of(texts(chance, count, 5, reading), reading)
    mentions = slots_of(texts(chance, 3, 4, reading), reading)
    index = index_of(names, reading)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MANY", many)
        found = pools(mentions, index)
    for mention, pool in zip(mentions, found, strict=True):
        every = scores(mention, names, index)
        order = [k for k in best(every) if k in set(pool)]
        assert pool == order
        agreeing = [k for k in best(every) if every[k][1]][:POOL]
        worst = every[pool[-1]] if len(pool) == POOL else None
        for k in agreeing:
            assert k in pool or (worst is not None and every[k][0] <= worst[0])


@settings(deadline=None, max_examples=15)
@given(seeds, readings)
def test_a_mention_leaves_nothing_behind(seed: int, reading: Reading) -> None:
    chance = np.random.default_rng(seed)
    names = slots_of(texts(chance, 200, 5, reading), reading)
    mentions = [*slots_of(texts(chance, 6, 4, reading), reading), ()]
    index = index_of(names, reading)
    alone = [pools([mention], index_of(names, reading))[0] for mention in mentions]
    assert pools(mentions, index) == alone
    assert pools(mentions[::-1], index) == alone[::-1]
    assert pools([], index) == [] and alone[-1] == []


def test_of_equal_names_the_first_are_kept() -> None:
    index = index_of(slots_of(["Khalifa Haftar"] * 200, "person"), "person")
    assert pools(slots_of(["Khalifa Hafter"], "person"), index)[0] == list(range(POOL))


def test_a_rare_form_does_not_crowd_out_a_name_that_agrees_twice() -> None:
    names = ["Zzyxwv Haftar"] * 100 + ["Khalifa Haftar"]
    index = index_of(slots_of(names, "person"), "person")
    assert pools(slots_of(["Khalifa Haftar"], "person"), index)[0][0] == 100
