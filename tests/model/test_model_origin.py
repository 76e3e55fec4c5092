"""Whether letters are an Arab name's is learned from Arab names and the world's."""

import numpy as np
import pytest

from resolve.model.learned import load
from resolve.model.origin import LETTERS, arab_bits, origin

ARAB = {"khalid": 1.0, "khalifa": 2.0, "saleh": 1.0}
WORLD = {"victor": 1.0, "viktor": 2.0, "oliver": 1.0}


def test_letters_say_whose_names_they_are_in() -> None:
    table = origin(ARAB, WORLD)
    assert table.shape == (LETTERS, LETTERS, LETTERS)
    assert arab_bits("khalil", table) > 5 > -5 > arab_bits("viktoria", table)
    assert np.array_equal(origin(WORLD, ARAB), -table)
    assert not origin(ARAB, ARAB).any()


def test_weights_count_and_their_order_does_not() -> None:
    table = origin(ARAB, WORLD)
    assert np.array_equal(table, origin(dict(reversed(ARAB.items())), WORLD))
    more = origin({**ARAB, "saleh": 50.0}, WORLD)
    assert arab_bits("saleh", more) > arab_bits("saleh", table)


def test_other_letters_and_empty_words_are_read_too() -> None:
    table = origin(ARAB, WORLD)
    assert isinstance(arab_bits("ø-1", table), float)
    assert abs(arab_bits("", table)) < 1


@pytest.mark.parametrize(
    ("arab", "other"),
    [("belqasim", "tughrul"), ("hafter", "vejdi"), ("muammar", "iruta"), ("rafic", "miguel")],
)
def test_what_ships_knows_an_arab_name_that_nobody_has_attested(arab: str, other: str) -> None:
    table = load().origin
    assert arab_bits(arab, table) > 1 > arab_bits(other, table)
