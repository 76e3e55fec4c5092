"""Which sounds are written for which is learned from spellings of one name."""

import numpy as np
import pytest

from resolve.model.hearing import SOUNDS, UNIT, hearing
from resolve.model.learned import load

WORDS = [a + b + c for a in "kdm" for b in "aiu" for c in ("la", "ri", "mun")]
PAIRS = {(word, word): 1.0 for word in WORDS}
PAIRS |= {(word, word.replace("k", "g")): 0.5 for word in WORDS}
A, K, G, M = (ord(sound) - ord("a") + 1 for sound in "akgm")


def same(word: str) -> str:
    return word


def test_what_is_written_for_another_says_more_than_what_never_is() -> None:
    table = hearing({(False, False): (PAIRS, same, same)})[0, 0] * UNIT
    assert min(table[K, K], table[K, G]) > 0 > max(table[K, M], table[K, 0])
    assert (table == table.T).all()


def test_a_vowel_that_one_side_leaves_out_costs_little() -> None:
    bare = {(word.replace("a", ""), word): 1.0 for word in WORDS}
    table = hearing({(True, False): (bare, same, same)}) * UNIT
    own = table[1, 0]
    assert own[0, A] > own[0, M] and np.array_equal(table[0, 1], own.T)


def test_words_that_are_no_sounds_are_left_out() -> None:
    more = {**PAIRS, ("", "ka"): 9.0, ("k-k", "kk"): 9.0}
    expected = hearing({(False, False): (PAIRS, same, same)})
    assert np.array_equal(hearing({(False, False): (more, same, same)}), expected)


@pytest.mark.parametrize("kind", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_what_ships_says_that_every_sound_is_written_as_itself(kind: tuple[int, int]) -> None:
    table = load().hearing[kind]
    assert table.shape == (SOUNDS, SOUNDS) and table[0, 0] == 0
    assert (np.diag(table)[1:] == table[1:].max(1)).sum() >= SOUNDS - 3
    assert (np.diag(table)[1:] > 0).all()
    assert np.array_equal(table, load().hearing[kind[::-1]].T)
