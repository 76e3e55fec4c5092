"""Expectation maximisation learns a cipher from its pairs, and its mass stays one."""

import numpy as np
import pytest

from resolve.model import em
from resolve.model.edit import EditModel

CIPHER = {"a": "u", "b": "p", "c": "kh", "d": "t", "e": "i"}


def enciphered(word: str) -> str:
    return "".join(CIPHER[letter] for letter in word)


def words(count: int, seed: int) -> list[str]:
    random = np.random.default_rng(seed)
    return ["".join(random.choice(list(CIPHER), random.integers(2, 6))) for _ in range(count)]


PAIRS = {(word, enciphered(word)): 1.0 for word in words(300, 1)}


@pytest.fixture(scope="module")
def model() -> EditModel:
    return em.fit(PAIRS, (1, 2), symmetric=False)


def bits(model: EditModel, left: str, right: str) -> float:
    """What the letters say for one name, against two."""
    x, y = model.left.encode([left]), model.right.encode([right])
    return float((model.joint(x, y) - model.marginal(x, 0) - model.marginal(y, 1))[0])


def test_each_letter_is_written_as_the_cipher_has_it(model: EditModel) -> None:
    for letter, cipher in CIPHER.items():
        row = model.table[model.left.substrings.index(letter)]
        assert model.right.substrings[int(row[:-1].argmax())] == cipher


def test_unseen_words_go_with_their_ciphers_only(model: EditModel) -> None:
    unseen = sorted({word for word in words(40, 2) if (word, enciphered(word)) not in PAIRS})
    assert len(unseen) > 10
    for word in unseen:
        right = bits(model, word, enciphered(word))
        others = [bits(model, word, enciphered(other)) for other in unseen if other != word]
        assert right > 0 and right > max(others)


def test_the_operations_add_up_to_one(model: EditModel) -> None:
    assert model.table.sum() == pytest.approx(1.0)
    assert (model.table >= 0).all()


def test_pairs_that_are_errors_of_the_source_are_dropped() -> None:
    wrong = {("abcde", "ttttt"): 1.0, ("eda", "ppkhkh"): 1.0}
    model = em.fit({**PAIRS, **wrong}, (1, 2), symmetric=False)
    kept = em.clean_pairs(model, {**PAIRS, **wrong})
    assert kept == PAIRS


def test_a_symmetric_model_has_a_symmetric_table() -> None:
    pairs = {(word, word.replace("c", "d")): 1.0 for word in words(100, 3)}
    model = em.fit(pairs, (2, 2), symmetric=True)
    assert model.symmetric
    assert np.allclose(model.table, model.table.T)
    assert model.table.sum() == pytest.approx(1.0)


def test_the_order_of_the_pairs_is_nothing() -> None:
    turned = dict(reversed(PAIRS.items()))
    one, other = (em.fit(p, (1, 2), symmetric=False, rounds=3).table for p in (PAIRS, turned))
    assert np.array_equal(one, other)


def test_swapped_letters_are_likelier_than_other_letters() -> None:
    pairs = {(word, word): 1.0 for word in words(100, 4)}
    model = em.fit(pairs, (2, 2), symmetric=True)
    assert bits(model, "abcde", "abdce") > bits(model, "abcde", "abeae")
