"""The index says of a name what direct comparison says, and forgets none that is alike."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import load as load_gazetteer
from resolve.decisions.calibration import Calibration
from resolve.matching.alignment import ENTRANCE
from resolve.matching.comparison import NOTHING, Comparison, Reading, read_slots
from resolve.matching.form import Form
from resolve.matching.index import POOL, NameIndex
from resolve.matching.slots import Slot, plain
from resolve.model.learned import load
from resolve.names import read
from resolve.tables import read_table

TESTS = Path(__file__).parents[1]
SPELLINGS = read_table(TESTS / "cases" / "spellings.tsv", ("left", "right", "unrelated", "note"))
INSTITUTIONS = read_table(
    TESTS / "cases" / "organizations.tsv", ("left", "right", "unrelated", "note")
)
PARTS = read_table(TESTS / "cases" / "parts.tsv", ("reading", "text", "parts", "note"))
TOY = tuple(
    sorted({name.text for entity in load_gazetteer(TESTS / "toy") for name in entity.names})
)
COMPARISON = Comparison(load())
CALIBRATION = Calibration.of(COMPARISON.learned.constants)
READINGS: tuple[Reading, ...] = ("person", "words")
VARIED = (
    "Narmouish Salah",
    "Salah Eddin Nemruş",
    "Halife Hafter",
    "KHALIFA B. HAFTAR",
    "Хафтар",
    "النمروس",
    "Abdulhamid Dabaiba",
    "Dbeibah, Ali",
    "Yasar Guler",
    "Turkish",
    "حكومة الوفاق",
    "GNA",
    "444",
    "习近平",
    "",
)
mentions = st.sampled_from(sorted({*TOY, *VARIED, *(row[1] for row in PARTS)}))
readings = st.sampled_from(READINGS)


def index_of(texts: Sequence[str], reading: Reading) -> NameIndex:
    slots = [read_slots(read(text), reading) for text in texts]
    return COMPARISON.index(COMPARISON.arrays(map(plain, slots), reading), reading)


INDEX = {reading: index_of(TOY, reading) for reading in READINGS}


def scores(mention: str, index: NameIndex, names: Sequence[int], reading: Reading) -> list[float]:
    slots = read_slots(read(mention), reading)
    asked = np.array(names, np.int64)
    return COMPARISON.score([slots], [asked], index, reading).bits[0].tolist()


def pool(mention: str, index: NameIndex, reading: Reading) -> list[int]:
    slots = read_slots(read(mention), reading)
    return COMPARISON.search([slots], index, reading)[0][0].tolist()


def covered(left: Sequence[Slot], right: Sequence[Slot], reading: Reading) -> bool:
    """Whether the index knows of every two forms that say more than nothing for each other."""
    index = INDEX[reading]
    for form in (f for slot in left for f, _ in slot.forms):
        rows = index.variants([form])[form].rows.tolist()
        known = {index.vocabulary.form(row) for row in rows}
        rest = [f for slot in right for f, _ in slot.forms if f not in known]
        said = COMPARISON.similarity[reading].bits([(form, other) for other in rest])
        if (said >= ENTRANCE).any():
            return False
    return True


@settings(deadline=None, max_examples=25)
@given(mentions, readings)
def test_the_index_says_what_direct_comparison_says(mention: str, reading: Reading) -> None:
    name = read(mention)
    slots = read_slots(name, reading)
    found = scores(mention, INDEX[reading], range(len(TOY)), reading) if slots else []
    direct = COMPARISON.compare([(name, read(text)) for text in TOY], reading)
    alike = 0
    for text, indexed, (bits, _) in zip(TOY, found, direct, strict=False):
        right = read_slots(read(text), reading)
        if covered(slots, right, reading):
            assert indexed == pytest.approx(bits, abs=1e-6), text
            alike += 1
    assert not found or alike > len(TOY) / 2


@settings(deadline=None)
@given(mentions, readings)
def test_the_terms_add_up_to_the_score(mention: str, reading: Reading) -> None:
    slots = read_slots(read(mention), reading)
    index = INDEX[reading]
    pools, found = COMPARISON.search([slots], index, reading)
    for position, name in enumerate(pools[0].tolist()):
        terms = found.terms(0, position, read_slots(read(TOY[name]), reading))
        assert sum(t.bits for t in terms) == pytest.approx(found.bits[0][position], abs=0.051)


@settings(deadline=None, max_examples=30)
@given(st.lists(mentions, max_size=6), readings)
def test_mentions_of_a_batch_are_scored_as_one_by_one(batch: list[str], reading: Reading) -> None:
    index = INDEX[reading]
    slots = [read_slots(read(mention), reading) for mention in batch]
    pools, scored = COMPARISON.search(slots, index, reading)
    assert len(scored.bits) == len(batch)
    for mention, names, bits in zip(batch, pools, scored.bits, strict=True):
        assert bits.tolist() == pytest.approx(scores(mention, index, names.tolist(), reading))


@settings(deadline=None, max_examples=30)
@given(mentions, readings, st.randoms(use_true_random=False))
def test_the_order_of_the_names_does_not_matter(mention: str, reading: Reading, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(TOY)
    chance.shuffle(shuffled)
    index = index_of(shuffled, reading)
    assert len(TOY) < POOL
    found = pool(mention, INDEX[reading], reading), pool(mention, index, reading)
    assert {TOY[i] for i in found[0]} == {shuffled[i] for i in found[1]}
    first = dict(zip(found[0], scores(mention, INDEX[reading], found[0], reading), strict=True))
    second = dict(zip(found[1], scores(mention, index, found[1], reading), strict=True))
    assert {TOY[i]: bits for i, bits in first.items()} == pytest.approx(
        {shuffled[i]: bits for i, bits in second.items()}
    )


@settings(deadline=None, max_examples=25)
@given(mentions, readings)
def test_every_name_that_is_likelier_than_not_is_in_the_pool(
    mention: str, reading: Reading
) -> None:
    found = pool(mention, INDEX[reading], reading)
    assert len(set(found)) == len(found) <= POOL
    direct = COMPARISON.compare([(read(mention), read(text)) for text in TOY], reading)
    likely = (CALIBRATION.probability_of_pair(bits) > 0.5 for bits, _ in direct)
    assert {i for i, likelier in enumerate(likely) if likelier} <= set(found)


@pytest.mark.parametrize(("left", "right", "unrelated", "note"), SPELLINGS)
def test_a_name_is_found_by_each_of_its_spellings(
    left: str, right: str, unrelated: str, note: str
) -> None:
    index = index_of([unrelated, right], "person")
    assert pool(left, index, "person")[0] == 1, note
    low, high = scores(left, index, [0, 1], "person")
    assert high > low, note


@pytest.mark.parametrize(("left", "right", "unrelated", "note"), INSTITUTIONS)
def test_an_institution_is_found_by_its_name_in_another_language(
    left: str, right: str, unrelated: str, note: str
) -> None:
    index = index_of([unrelated, right], "words")
    assert pool(left, index, "words")[0] == 1, note
    low, high = scores(left, index, [0, 1], "words")
    assert high > max(low, 0), note


def test_the_vocabulary_holds_every_form_once() -> None:
    for index in INDEX.values():
        forms = [index.vocabulary.form(row) for row in range(len(index.vocabulary))]
        assert len(set(forms)) == len(forms)
        assert index.lookup.rows(forms).tolist() == list(range(len(forms)))


def test_an_acronym_agrees_only_with_what_is_written_so() -> None:
    texts = ["GNA", "GNA"]
    slots = [read_slots(read(text), "words") for text in texts]
    index = COMPARISON.index(COMPARISON.arrays(map(plain, slots), "words", [True, False]), "words")
    same = scores("GNA", index, [0, 1], "words")
    near = scores("GNU", index, [0, 1], "words")
    assert same[0] == same[1] > 0 and near[0] == NOTHING
    assert scores("GNA forces", index, [0], "words") == [NOTHING]


def test_the_acronym_of_a_person_is_no_spelling_of_another() -> None:
    texts = ["MBZ", "MBZ"]
    slots = [read_slots(read(text), "person") for text in texts]
    arrays = COMPARISON.arrays(map(plain, slots), "person", [True, False])
    index = COMPARISON.index(arrays, "person")
    same, near = (scores(text, index, [0, 1], "person") for text in ("MBZ", "Mbady"))
    assert same[0] == same[1] > 0 and near[0] == NOTHING < near[1]
    assert scores("Haddh MBZ", index, [0], "person") == [NOTHING]


def test_an_empty_index_finds_nothing() -> None:
    index = index_of([], "person")
    assert len(index.vocabulary) == 0 and pool("Khalifa Haftar", index, "person") == []
    assert index.variants([Form("haftar", "Latn")])[Form("haftar", "Latn")].rows.tolist() == []
