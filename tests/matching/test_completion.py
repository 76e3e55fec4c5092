"""A part that no key finds is found beside one that a key does, and says what it says anywhere."""

import numpy as np
import pytest

from resolve.matching.comparison import Comparison, Reading, read_slots
from resolve.matching.completion import complete
from resolve.matching.slots import plain
from resolve.model.learned import load
from resolve.names import read

COMPARISON = Comparison(load())
NAMES = (
    "Naci Eldeniz",
    "Naci Bostancı",
    "Gerd Bucerius",
    "Zakhary Kalashov",
    "Abdurrahim Bashir",
    "Ivan Tertel",
    "Miha Eržavec",
    "Juryj Sivakau",
)


def said(mention: str, names: tuple[str, ...], reading: Reading) -> dict[str, float]:
    """The bits of a mention for the names of an index that it finds."""
    slots = [read_slots(read(name), reading) for name in names]
    index = COMPARISON.index(COMPARISON.arrays(map(plain, slots), reading), reading)
    pools, scores = COMPARISON.search([read_slots(read(mention), reading)], index, reading)
    return {
        names[k]: float(bits) for k, bits in zip(pools[0].tolist(), scores.bits[0], strict=True)
    }


@pytest.mark.parametrize(
    ("mention", "actor"),
    [
        ("Наджи Елдениз", "Naci Eldeniz"),
        ("Герд Буцериус", "Gerd Bucerius"),
        ("Zacharias Kalashov", "Zakhary Kalashov"),
        ("Abdul Rachim Bashir", "Abdurrahim Bashir"),
        ("Ivan Tsertsel", "Ivan Tertel"),
        ("Iury Sivakau", "Juryj Sivakau"),
    ],
)
def test_a_part_without_a_shared_key_says_what_it_says_in_a_direct_comparison(
    mention: str, actor: str
) -> None:
    found = said(mention, NAMES, "person")
    direct = COMPARISON.compare([(read(mention), read(actor))], "person")[0][0]
    assert found[actor] == pytest.approx(direct, abs=1.5)
    assert found[actor] == max(found.values()) > 10


def test_nothing_is_taken_away_and_parts_that_were_found_stay() -> None:
    slots = [read_slots(read(name), "person") for name in NAMES]
    index = COMPARISON.index(COMPARISON.arrays(map(plain, slots), "person"), "person")
    mentions = [read_slots(read(text), "person") for text in ("Наджи Елдениз", "", "Ali Bashir")]
    forms = [form for own in mentions for slot in own for form, _ in slot.forms]
    pools, before = index.search(mentions, index.variants(forms))
    after = before.copy()
    complete(mentions, pools, after, index, COMPARISON.similarity["person"])
    assert (after >= before).all()
    assert np.array_equal(after[before > 0], before[before > 0])
    assert (after > before).any()
