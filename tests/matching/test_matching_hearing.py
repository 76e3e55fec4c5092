"""What two words say by their sounds is that of the best way to write one for the other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.matching.hearing import EXCHANGED, MOST_SOUNDS, heard
from resolve.matching.keys import phonemes
from resolve.matching.ragged import ragged
from resolve.model.hearing import SOUNDS, UNIT
from resolve.model.learned import load

TABLE = load().hearing
words = st.lists(st.integers(1, 6), max_size=9)
pairs = st.lists(st.tuples(words, words, st.integers(0, 3)), min_size=1, max_size=20)


def told(pairs: list[tuple[list[int], list[int], int]]) -> list[int]:
    own, other, kinds = (list(side) for side in zip(*pairs, strict=True))
    at = np.arange(len(pairs))
    sides = ragged(own, np.uint8), at, ragged(other, np.uint8), at
    return heard(TABLE, np.array(kinds, np.int64), *sides).tolist()


def best(table: list[list[int]], a: tuple[int, ...], b: tuple[int, ...]) -> int:
    """Every way to write a for b."""
    found = [] if a or b else [0]
    if a and b:
        found.append(best(table, a[:-1], b[:-1]) + table[a[-1]][b[-1]])
    if a:
        found.append(best(table, a[:-1], b) + table[a[-1]][0])
    if b:
        found.append(best(table, a, b[:-1]) + table[0][b[-1]])
    if len(a) > 1 and len(b) > 1 and a[-2:] == b[-2:][::-1]:
        swapped = table[a[-1]][a[-1]] + table[a[-2]][a[-2]] + EXCHANGED
        found.append(best(table, a[:-2], b[:-2]) + swapped)
    return max(found)


@settings(deadline=None, max_examples=60)
@given(st.tuples(words.map(lambda w: w[:4]), words.map(lambda w: w[:4]), st.integers(0, 3)))
def test_it_is_the_best_of_all_ways(pair: tuple[list[int], list[int], int]) -> None:
    own, other, kind = pair
    table = TABLE.reshape(4, SOUNDS, SOUNDS)[kind].tolist()
    assert told([pair]) == [best(table, tuple(own), tuple(other))]


@settings(deadline=None)
@given(pairs)
def test_a_batch_is_as_one_by_one_and_either_way(
    pairs: list[tuple[list[int], list[int], int]],
) -> None:
    together = told(pairs)
    assert together == [told([pair])[0] for pair in pairs]
    turned = [(b, a, (0, 2, 1, 3)[kind]) for a, b, kind in pairs]
    assert told(turned) == together


def test_of_a_long_word_the_first_sounds_count() -> None:
    word = [1, 2, 3] * 20
    assert told([(word, word, 0)]) == told([(word[:MOST_SOUNDS], word[:MOST_SOUNDS], 0)])


def spoken(word: str, script: str) -> list[int]:
    return [ord(sound) - ord("a") + 1 for sound in phonemes(word, script)]


@pytest.mark.parametrize(
    ("form", "near", "far"),
    [
        (("qadhafi", "Latn"), ("gaddafi", "Latn"), ("qadiri", "Latn")),
        (("خليفه", "Arab"), ("halife", "Latn"), ("halime", "Latn")),
        (("درويش", "Arab"), ("dervish", "Latn"), ("darius", "Latn")),
        (("shorab", "Latn"), ("sohrab", "Latn"), ("shorak", "Latn")),
        (("רבין", "Hebr"), ("rabin", "Latn"), ("robson", "Latn")),
    ],
)
def test_spellings_of_one_name_sound_more_alike(
    form: tuple[str, str], near: tuple[str, str], far: tuple[str, str]
) -> None:
    kind = 2 * (form[1] in ("Arab", "Hebr"))
    right, wrong = told([(spoken(*form), spoken(*other), kind) for other in (near, far)])
    assert right > wrong and right * UNIT > 4
