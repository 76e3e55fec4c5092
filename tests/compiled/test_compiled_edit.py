"""The compiled edit model says what the plain one says, whatever the words."""

from collections.abc import Iterator
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.model import edit
from resolve.model.edit import END, MAX_LETTERS, START, EditModel, Inventory, Written
from resolve.model.learned import load
from resolve.names.fold import ALPHABETS

pytest.importorskip("numba")
KERNEL = import_module("resolve.compiled.edit")
SCRIPTS = [("Latn", "Latn"), ("Arab", "Latn"), ("Arab", "Arab"), ("Hebr", "Latn")]
LEFT = Inventory(["", END, START, "a", "b", "ab", "b" + END])
RIGHT = Inventory(["", END, START, "x", "y", "xy", "x" + END, "xyx"])


@pytest.fixture(scope="module", autouse=True)
def _always_compiled() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edit, "kernel", lambda name, saving: KERNEL)
        yield


def plain_and_compiled(
    model: EditModel, left: list[str], right: list[str], rows: list[tuple[int, int]]
) -> tuple[np.ndarray, np.ndarray]:
    x, y = model.left.encode(left), model.right.encode(right)
    pairs = tuple(np.array([row[side] for row in rows], np.int64) for side in (0, 1))
    with np.errstate(divide="ignore"):
        return np.log2(model._joint(x, y, pairs)), model.joint(x, y, pairs)


@st.composite
def batches(draw: st.DrawFn) -> tuple[str, str, list[str], list[str], list[tuple[int, int]]]:
    left, right = draw(st.sampled_from(SCRIPTS))
    # Letters of no alphabet, the ends' own signs, and words longer than what is read.
    words = [
        st.lists(st.text(ALPHABETS[s] + "✓$^", max_size=MAX_LETTERS + 3), min_size=1, max_size=5)
        for s in (left, right)
    ]
    own = draw(words[0]), draw(words[1])
    row = st.tuples(*(st.integers(0, len(side) - 1) for side in own))
    return left, right, *own, draw(st.lists(row, max_size=12))


@settings(deadline=None)
@given(batches())
def test_the_learned_models_agree(
    batch: tuple[str, str, list[str], list[str], list[tuple[int, int]]],
) -> None:
    left, right, *words = batch
    model = load().edits(left, right)
    assert model is not None
    plain, compiled = plain_and_compiled(model, *words)
    assert np.array_equal(np.isfinite(plain), np.isfinite(compiled))
    there = np.isfinite(plain)
    assert np.allclose(plain[there], compiled[there], rtol=1e-12, atol=0)


@settings(deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.lists(st.text("abc", max_size=6), min_size=1, max_size=4),
    st.lists(st.text("xyz", max_size=6), min_size=1, max_size=4),
)
def test_a_model_of_any_operations_agrees(seed: int, left: list[str], right: list[str]) -> None:
    chance = np.random.default_rng(seed)
    table = chance.random((len(LEFT), len(RIGHT)))
    table *= chance.random(table.shape) < chance.random()
    if chance.random() < 0.8:  # mostly, ends of words go with ends
        ends = [[(START in s, END in s) for s in side.substrings] for side in (LEFT, RIGHT)]
        table *= [[x == y for y in ends[1]] for x in ends[0]]
    table[3, 3] += 0.01
    rows = [(i, j) for i in range(len(left)) for j in range(len(right))]
    plain, compiled = plain_and_compiled(EditModel(LEFT, RIGHT, table / 9), left, right, rows)
    assert np.array_equal(np.isfinite(plain), np.isfinite(compiled))
    there = np.isfinite(plain)
    assert np.allclose(plain[there], compiled[there], rtol=1e-12, atol=0)


def test_nothing_in_nothing_out() -> None:
    model = load().edits("Latn", "Latn")
    assert model is not None
    for words in ([], ["haftar"]):
        _, compiled = plain_and_compiled(model, words, words, [])
        assert compiled.shape == (0,)


@settings(deadline=None)
@given(batches())
def test_words_are_read_and_weighed_at_once(
    batch: tuple[str, str, list[str], list[str], list[tuple[int, int]]],
) -> None:
    left, right, own, other, rows = batch
    model = load().edits(left, right)
    assert model is not None
    sides, encoded = [], []
    for side, (script, words) in enumerate(((left, own), (right, other))):
        letters, inventory = ALPHABETS[script], (model.left, model.right)[side]
        known = ["".join(c for c in word if c in letters) for word in words]
        codes = np.array([letters.index(c) + 1 for word in known for c in word], np.uint8)
        ends = np.cumsum([len(word) for word in known], dtype=np.uint32)
        asked = np.array([row[side] for row in rows], np.int64)
        sides.append(Written(codes, ends, asked, inventory.numbers(f"\0{letters}{START}{END}")))
        encoded.append(inventory.encode([known[row] for row in asked]))
    said = model.together(*sides)
    assert said is not None and said.shape == (3, len(rows))
    assert said[0].tolist() == model.joint(*encoded).tolist()
    for side in (0, 1):
        assert said[1 + side].tolist() == model.marginal(encoded[side], side).tolist()
