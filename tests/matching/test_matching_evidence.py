"""What two parts that are paired say: they agree, may be a slip of the pen, or contradict."""

import pytest

from resolve.matching.comparison import read_slots
from resolve.matching.evidence import CLEAR, CLEAR_ACROSS, SLIP, relation_of
from resolve.names import read
from resolve.types import Relation


def told(left: str, right: str, bits: float, reading: str = "person") -> Relation:
    one, other = (read_slots(read(f"{text} Namroush"), reading)[0] for text in (left, right))
    return relation_of(one, other, bits, rarity=12.0)


@pytest.mark.parametrize(
    ("left", "right", "bits", "relation"),
    [
        ("Saida", "Saeda", CLEAR, Relation.AGREES),
        ("Saida", "Saeda", CLEAR - 0.1, Relation.SLIP),
        ("Saida", "Saeda", SLIP, Relation.CONTRADICTS),
        ("Salah", "Salam", CLEAR, Relation.SLIP),  # short, and another consonant
        ("דויד", "David", CLEAR_ACROSS, Relation.AGREES),  # nobody slips into another script
        ("דויד", "David", CLEAR_ACROSS - 0.1, Relation.SLIP),
        ("J.", "Jamal", 3.0, Relation.AGREES),
        ("J.", "Salah", -9.0, Relation.CONTRADICTS),
    ],
)
def test_a_pair_of_parts(left: str, right: str, bits: float, relation: Relation) -> None:
    assert told(left, right, bits) is relation


def test_a_word_of_one_letter_agrees_with_itself() -> None:
    assert told("Y", "Y", 3.0, "words") is Relation.AGREES
