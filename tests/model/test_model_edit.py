"""The edit model sums over all chains of operations, as a plain dynamic programme does."""

from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.model.edit import END, MAX_LETTERS, START, EditModel, Inventory

LEFT = Inventory(["", END, START, "a", "b", "ab", "b" + END])
RIGHT = Inventory(["", END, START, "x", "y", "xy", "x" + END, "xyx"])
WORDS = st.text("abc", max_size=6)
OTHERS = st.text("xyz", max_size=6)


def ends(text: str) -> tuple[bool, bool]:
    return START in text, END in text


def random_table(left: Inventory, right: Inventory, seed: int) -> np.ndarray:
    """Ends go with ends, and what is written for nothing is one letter: as training has it."""
    table = np.random.default_rng(seed).random((len(left), len(right)))
    for i, x in enumerate(left.substrings):
        for j, y in enumerate(right.substrings):
            if ends(x) != ends(y) or not (x or len(y) == 1):
                table[i, j] = 0.0
    return table / table.sum()


MODEL = EditModel(LEFT, RIGHT, random_table(LEFT, RIGHT, 7))
# Each of twelve letters stands for itself, and for itself doubled: few of all operations.
TWELVE = Inventory(["", END, START, *"abcdefghijkl", *(c + c for c in "abcdefghijkl")])
FEW = np.diag(np.r_[0.0, np.random.default_rng(9).random(26)])
FEW[3:15, 15:] = FEW[15:, 3:15] = np.diag(np.random.default_rng(10).random(12))
FEW[0, 3:15] = FEW[3:15, 0] = 0.1
SPARSE = EditModel(TWELVE, TWELVE, FEW / FEW.sum())
ALIKE = random_table(LEFT, LEFT, 8)
ALIKE[:, 0] = ALIKE[0]  # nothing is written for single letters only, on both sides
SYMMETRIC = EditModel(LEFT, LEFT, (ALIKE + ALIKE.T) / (ALIKE + ALIKE.T).sum())


def plain(model: EditModel, left: str, right: str) -> float:
    """The probability of a pair of words: the sum over what its last operation may be."""
    left, right = START + left + END, START + right + END

    @cache
    def written(i: int, j: int) -> float:
        if i == j == 0:
            return 1.0
        total = 0.0
        for x, s in enumerate(model.left.substrings):
            for y, t in enumerate(model.right.substrings):
                if (s or t) and left[:i].endswith(s) and right[:j].endswith(t):
                    total += model.table[x, y] * written(i - len(s), j - len(t))
        return total

    return written(len(left), len(right))


def joint(model: EditModel, left: list[str], right: list[str]) -> np.ndarray:
    return model.joint(model.left.encode(left), model.right.encode(right))


@given(WORDS, OTHERS)
def test_a_pair_is_as_likely_as_the_plain_programme_says(left: str, right: str) -> None:
    expected = plain(MODEL, left, right)
    assert np.exp2(joint(MODEL, [left], [right])[0]) == pytest.approx(expected, rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.text("abkl", max_size=5), st.text("abkl", max_size=5))
def test_a_table_with_few_operations_says_as_much(left: str, right: str) -> None:
    assert not all(operations.dense for operations in SPARSE._operations)
    expected = plain(SPARSE, left, right)
    assert np.exp2(joint(SPARSE, [left], [right])[0]) == pytest.approx(expected, rel=1e-9)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=9))
def test_words_may_be_paired_by_their_rows(rows: list[tuple[int, int]]) -> None:
    left, right = ["", "ab", "bab", "a"], ["xy", "", "yxy"]
    a, b = (np.array([row[side] for row in rows], int) for side in (0, 1))
    x, y = LEFT.encode(left), RIGHT.encode(right)
    assert np.array_equal(
        MODEL.joint(x, y, (a, b)), joint(MODEL, [left[k] for k in a], [right[k] for k in b])
    )


@given(st.lists(st.tuples(WORDS, OTHERS), min_size=1, max_size=8))
def test_a_batch_is_one_by_one(pairs: list[tuple[str, str]]) -> None:
    together = joint(MODEL, [a for a, _ in pairs], [b for _, b in pairs])
    alone = [joint(MODEL, [a], [b])[0] for a, b in pairs]
    assert np.allclose(together, alone) or np.array_equal(together, alone)


@given(WORDS, WORDS)
def test_a_symmetric_table_reads_both_ways_alike(left: str, right: str) -> None:
    assert SYMMETRIC.symmetric
    assert joint(SYMMETRIC, [left], [right]) == pytest.approx(joint(SYMMETRIC, [right], [left]))


@pytest.mark.parametrize("word", ["", "a", "ab", "bab"])
def test_the_pairs_of_a_word_add_up_to_its_marginal(word: str) -> None:
    others = ["".join(o) for n in range(9) for o in product("xy", repeat=n)]
    total = np.exp2(joint(MODEL, [word] * len(others), others)).sum()
    marginal = np.exp2(MODEL.marginal(LEFT.encode([word]), 0))[0]
    # The marginal has room for letters before the start and after the end, which no word has.
    outside = (1 - MODEL.table[0].sum()) ** 2
    assert total <= marginal
    assert total == pytest.approx(marginal * outside, rel=1e-3)


def test_a_word_without_chain_is_impossible_and_no_error() -> None:
    assert joint(MODEL, ["c"], ["x"])[0] == -np.inf
    assert MODEL.marginal(LEFT.encode(["c"]), 0)[0] == -np.inf


def test_no_more_than_the_first_letters_are_read() -> None:
    long = "ab" * MAX_LETTERS
    assert joint(MODEL, [long], ["xy"]) == joint(MODEL, [long[:MAX_LETTERS]], ["xy"])


def test_nothing_in_nothing_out() -> None:
    assert joint(MODEL, [], []).shape == (0,)
    assert MODEL.marginal(LEFT.encode([]), 0).shape == (0,)
