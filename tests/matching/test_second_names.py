"""Who goes by the second of two given names is one; of an Arab's names, it is the father."""

import numpy as np
import pytest

from gazetteer import Entity, EntityName, Gazetteer
from resolve import Outcome, Resolver, compare
from resolve.matching.alignment import GIVEN, MIDDLE, roles, ways
from resolve.matching.second_names import crossed_ways
from resolve.types import Evidence, Relation


def crossed(evidence: Evidence) -> list[Relation]:
    """How what is a given name on one side and a middle one on the other is related."""
    return [t.relation for t in evidence.terms if "of one" in t.note and "given" in t.note]


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Cengiz Tarhanoğlu", "Orhan Cengiz Tarhanoğlu"),
        ("Esteban Quintanilla", "Rodrigo Esteban Quintanilla"),
        ("Нойеву Гюндогду", "Nihat Noyevu Gündoğdu"),
        ("Kyaw Zwe Htun", "Maung Kyaw Zwe Htun"),
    ],
)
def test_who_goes_by_the_second_name_is_one(mention: str, name: str) -> None:
    found = compare(mention, name)
    assert crossed(found) == [Relation.AGREES]
    assert found.probability > 0.9
    assert found.bits == pytest.approx(sum(term.bits for term in found.terms))


@pytest.mark.parametrize(
    ("father", "son"),
    [
        ("Belqasim Haftar", "Khalifa Belqasim Haftar"),
        ("Belkacem Hafter", "Halife Belkasım Hafter"),
        ("Muammar Gaddafi", "Saadi Muammar Gaddafi"),
        ("Idriss Déby", "Mahamat Idriss Déby"),
        ("حسن القطان", "باسم حسن القطان"),
        ("Hassan Al-Tikriti", "Barzan Ibrahim Hassan Al-Tikriti"),
    ],
)
def test_an_arab_who_goes_by_the_second_name_is_the_father(father: str, son: str) -> None:
    for found in (compare(father, son), compare(son, father)):
        assert Relation.AGREES not in crossed(found)


def test_what_contradicts_is_not_made_good_by_a_second_name() -> None:
    assert crossed(compare("Cengiz Tarhanoğlu", "Orhan Cengiz Tarhanoğlu"))
    found = compare("Selim Cengiz Tarhanoğlu", "Cengiz Orhan Tarhanoğlu")
    assert found.probability < 0.5


def test_a_gazetteer_says_what_a_pair_says() -> None:
    one = Entity(id="orhan", kind="person", names=(EntityName("Orhan Cengiz Tarhanoğlu"),))
    decision = Resolver(Gazetteer(name="one", entities=(one,))).resolve("Cengiz Tarhanoğlu")
    found, expected = decision.candidates[0], compare("Cengiz Tarhanoğlu", one.name)
    assert decision.outcome is Outcome.LINK
    assert found.bits == pytest.approx(expected.bits)
    assert [t.relation for t in found.terms] == [t.relation for t in expected.terms]


@pytest.mark.parametrize("n", range(1, 6))
@pytest.mark.parametrize("m", range(1, 6))
def test_the_table_of_crossed_ways_is_what_brute_force_finds(n: int, m: int) -> None:
    table, found = ways(n, m), crossed_ways(n, m)
    for turned in range(3):
        left, right = roles(n, turned == 1), roles(m, turned == 2)
        for way in range(len(table.pairs)):
            pairs = table.of(way)
            both = any({left[i], right[j]} == {GIVEN, MIDDLE} for i, j in pairs)
            whole = len(pairs) in (n, m)
            assert found[turned, way] == (both and whole)
    assert found.dtype == np.bool_
