"""A form's variants are the forms that it may stand for, with the bits that comparison gives."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import load as load_gazetteer
from resolve import compiled
from resolve.matching.alignment import ENTRANCE
from resolve.matching.form import Form
from resolve.matching.hearing import heard
from resolve.matching.keys import skeleton
from resolve.matching.lookup import LEAST_HEARD, MOST_COMPARED, MOST_HEARD, Lookup
from resolve.matching.similarity import Similarity
from resolve.matching.slips import slip
from resolve.matching.vocabulary import Vocabulary, keys_of
from resolve.model.hearing import ABJADS, UNIT
from resolve.model.learned import load
from resolve.names import words
from resolve.names.fold import fold
from resolve.tables import read_table

TESTS = Path(__file__).parents[1]
SPELLINGS = read_table(TESTS / "cases" / "spellings.tsv", ("left", "right", "unrelated", "note"))
LEARNED = load()
SIMILARITY = {kind: Similarity(LEARNED, kind) for kind in ("name", "word")}
KNOWN = sorted(
    {Form(*fold(row[k])) for row in SPELLINGS for k in (0, 1, 2)}
    | {
        Form(part.form, part.script)
        for entity in load_gazetteer(TESTS / "toy")
        for name in entity.names
        for part in words(name.text)
    }
    | {Form("444", "Zyyy"), Form("m", "Latn")}
)
forms = st.one_of(
    st.sampled_from(KNOWN),
    st.builds(Form, st.text("abdehiklmnrsuyz", min_size=1, max_size=9), st.just("Latn")),
    st.builds(Form, st.text("ابحدرسعفلمنهوي", min_size=1, max_size=7), st.just("Arab")),
)
kinds = st.sampled_from(sorted(SIMILARITY))


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled look-up has its own tests."""
    monkeypatch.setattr(compiled, "kernel", lambda name, saving: None)


def lookup_of(own: list[Form], kind: str) -> Lookup:
    arrays = Lookup.arrays_of(own, SIMILARITY[kind], LEARNED)
    return Lookup(arrays, SIMILARITY[kind], LEARNED)


assert len(KNOWN) < MOST_HEARD  # all of them are listened to
LOOKUPS = {kind: lookup_of(KNOWN, kind) for kind in SIMILARITY}


@settings(deadline=None, max_examples=40)
@given(st.lists(forms, max_size=6), kinds)
def test_variants_have_the_bits_of_comparison(asked: list[Form], kind: str) -> None:
    found = lookup_of(KNOWN, kind).variants(asked)
    assert set(found) == set(asked)
    for form, (rows, bits) in found.items():
        assert rows.tolist() == sorted(set(rows.tolist())) and (bits > ENTRANCE).all()
        expected = SIMILARITY[kind].bits([(form, KNOWN[row]) for row in rows.tolist()])
        assert bits.tolist() == pytest.approx(expected.tolist(), abs=1e-9)


def keyed(form: Form) -> list[int]:
    """Rows that share a key with a form, those that sound most alike: sorted out one by one."""
    own = set(keys_of(form))
    rows = [row for row, other in enumerate(KNOWN) if own & set(keys_of(other))]
    left = SIMILARITY["name"].vocabulary([form])
    right: Vocabulary = LOOKUPS["name"].vocabulary
    kinds = [2 * (form.script in ABJADS) + (KNOWN[row].script in ABJADS) for row in rows]
    mine, theirs = np.zeros(len(rows), np.int64), np.array(rows, np.int64)
    consonants, sounds = (
        (heard(LEARNED.hearing, np.array(kinds, np.int64), a, mine, b, theirs) * UNIT).tolist()
        for a, b in ((left.bones, right.bones), (left.sounds, right.sounds))
    )
    said = [
        (b, row) for a, b, row in zip(consonants, sounds, rows, strict=True) if a >= LEAST_HEARD
    ]
    best = sorted(said, key=lambda pair: (-pair[0], pair[1]))
    slipped = [row for _, row in said if form.script == KNOWN[row].script]
    near = [row for row in slipped if slip(form, KNOWN[row])]
    return [*near, *(row for bits, row in best[:MOST_COMPARED] if bits >= LEAST_HEARD)]


def test_a_slip_of_the_pen_is_found_among_many_that_sound_more_alike() -> None:
    wanted = Form("kanenia", "Latn")
    vowels = ["a", "e", "i", "o", "u", "aa", "ou", "ee"]
    alike = {f"k{a}n{b}nb{c}" for a in vowels for b in vowels for c in vowels}
    own = sorted({wanted, *(Form(text, "Latn") for text in alike)}, key=lambda f: skeleton(*f))
    rows = lookup_of(own, "name").variants([Form("kanenbia", "Latn")])
    assert own.index(wanted) in rows[Form("kanenbia", "Latn")].rows.tolist()
    assert len(own) > 2 * MOST_COMPARED


@settings(deadline=None, max_examples=60)
@given(forms, kinds)
def test_what_shares_a_key_or_a_name_is_a_variant_if_it_says_enough(form: Form, kind: str) -> None:
    similarity = SIMILARITY[kind]
    own = set(similarity.groups(form))
    related = [row for row, other in enumerate(KNOWN) if own & set(similarity.groups(other))]
    itself = [KNOWN.index(form)] if form in KNOWN else []
    candidates = sorted({*keyed(form), *related, *itself})
    bits = similarity.bits([(form, KNOWN[row]) for row in candidates]).tolist()
    wanted = {row for row, said in zip(candidates, bits, strict=True) if said > ENTRANCE + 1e-9}
    found = set(lookup_of(KNOWN, kind).variants([form])[form].rows.tolist())
    assert wanted <= found
    # The rest is attested: the lexicon knows both.
    for row in found - set(candidates):
        assert LEARNED.lexicon.row(*form) >= 0 and LEARNED.lexicon.row(*KNOWN[row]) >= 0


@settings(deadline=None, max_examples=30)
@given(st.lists(forms, max_size=8), kinds)
def test_a_batch_is_as_one_by_one_and_as_what_is_remembered(asked: list[Form], kind: str) -> None:
    lookup = lookup_of(KNOWN, kind)
    together = lookup.variants(asked)
    again = lookup.variants(reversed(asked))
    for form in asked:
        alone = lookup_of(KNOWN, kind).variants([form])[form]
        assert together[form].rows.tolist() == alone.rows.tolist() == again[form].rows.tolist()
        assert together[form].bits.tolist() == pytest.approx(alone.bits.tolist(), abs=1e-9)
        assert again[form].bits.tolist() == together[form].bits.tolist()


@settings(deadline=None, max_examples=20)
@given(st.permutations(KNOWN), st.lists(forms, max_size=4), kinds)
def test_the_order_of_the_forms_does_not_matter(
    shuffled: list[Form], asked: list[Form], kind: str
) -> None:
    lookup = lookup_of(shuffled, kind)
    expected = lookup_of(KNOWN, kind).variants(asked)
    for form, (rows, bits) in lookup.variants(asked).items():
        found = dict(zip([shuffled[row] for row in rows.tolist()], bits.tolist(), strict=True))
        own = expected[form]
        wanted = dict(zip([KNOWN[r] for r in own.rows.tolist()], own.bits.tolist(), strict=True))
        assert found == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Form("اجاويد", "Arab"), Form("ecevit", "Latn")),
        (Form("اظهر", "Arab"), Form("azhar", "Latn")),
    ],
)
def test_an_attested_spelling_without_a_common_key_is_found(left: Form, right: Form) -> None:
    assert not {*keys_of(left)} & {*keys_of(right)}
    assert lookup_of([right], "name").variants([left])[left].rows.tolist() == [0]
    assert lookup_of([left], "name").variants([right])[right].rows.tolist() == [0]


def test_a_form_is_its_own_variant() -> None:
    found = LOOKUPS["name"].variants(KNOWN)
    for row, form in enumerate(KNOWN):
        assert row in found[form].rows.tolist()


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from resolve.matching import lookup as module

    monkeypatch.setattr(module, "_REMEMBERED", 3)
    lookup = lookup_of(KNOWN, "name")
    for form in KNOWN[:10]:
        found = lookup.variants([form])[form]
        assert found.rows.tolist() == LOOKUPS["name"].variants([form])[form].rows.tolist()
        assert len(lookup._known) <= 3


def test_nobody_has_no_variants() -> None:
    lookup = lookup_of([], "word")
    for rows, bits in lookup.variants(KNOWN[:9]).values():
        assert len(rows) == len(bits) == 0
    assert lookup.variants([]) == {}
