"""A vocabulary gives back the forms that it was made of, and its keys find their rows."""

import zlib
from itertools import groupby, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.matching import vocabulary
from resolve.matching.form import Form
from resolve.matching.keys import keys, phonemes, skeleton
from resolve.matching.rarity import Rarity
from resolve.matching.vocabulary import SCRIPTS, Keys, Parts, Vocabulary, follows, keys_of
from resolve.model.learned import load
from resolve.names.fold import ALPHABETS
from resolve.names.script import NO_SCRIPT
from resolve.names.servants import served

LEARNED = load()
RARITY = Rarity(LEARNED, "name")
LETTERS = {**ALPHABETS, NO_SCRIPT: "0123456789"}
KNOWN = [
    Form("mohamed", "Latn"),
    Form("muhammad", "Latn"),
    Form("محمد", "Arab"),
    Form("عبدالله", "Arab"),
    Form("abdallah", "Latn"),
    Form("хафтар", "Cyrl"),
    Form("נתניהו", "Hebr"),
    Form("444", NO_SCRIPT),
    Form("m", "Latn"),
]
forms = st.sampled_from(KNOWN) | st.sampled_from(SCRIPTS).flatmap(
    lambda script: st.builds(
        Form, st.text(LETTERS[script], min_size=1, max_size=14), st.just(script)
    )
)
lists = st.lists(forms, max_size=12)
sets = st.lists(forms, unique=True, max_size=20)


def of(own: list[Form]) -> Vocabulary:
    return Vocabulary.of(own, RARITY, LEARNED.lexicon)


def keyed(own: list[Form]) -> Keys:
    return Keys(Keys.arrays_of(own), of(own))


@settings(deadline=None)
@given(lists)
def test_each_row_gives_its_form_back(own: list[Form]) -> None:
    found = of(own)
    assert len(found) == len(own)
    assert [found.form(row) for row in range(len(own))] == own
    assert found.sizes.tolist() == [len(form.text) for form in own]
    again = Vocabulary(found.arrays)
    assert [again.form(row) for row in range(len(own))] == own


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_letter_of_a_script_is_told_from_the_others(script: str) -> None:
    own = [Form(letter, script) for letter in LETTERS[script]] + [Form(LETTERS[script], script)]
    found = of(own)
    assert [found.form(row) for row in range(len(own))] == own


@settings(deadline=None)
@given(lists)
def test_what_is_kept_of_a_form_is_what_is_known_of_it(own: list[Form]) -> None:
    found = of(own)
    assert found.rarity.tolist() == RARITY.of(own).tolist()
    assert found.lexicon.tolist() == [LEARNED.lexicon.row(*form) for form in own]
    assert found.servant.tolist() == [served(*form) is not None for form in own]
    latin = [form.script == "Latn" for form in own]
    first = [ord(form.text[0]) - ord("a") + 1 for form in own]
    expected = [k if is_latin else 0 for k, is_latin in zip(first, latin, strict=True)]
    assert found.initial.tolist() == expected


def heard(form: Form, side: int) -> list[int]:
    """Sounds by their numbers from 1, in which order the letters are."""
    sounds = (skeleton, phonemes)[side](*form)
    return [min(ord(c) - ord("a") + 1, 27) if "a" <= c <= "z" else 27 for c in sounds]


@settings(deadline=None)
@given(lists)
def test_sounds_are_numbered_by_their_letters(own: list[Form]) -> None:
    found = of(own)
    for row, form in enumerate(own):
        for side, kept in enumerate((found.bones, found.sounds)):
            expected = heard(form, side) if form.script in ALPHABETS else []
            assert kept.row(row).tolist() == expected


def test_what_is_heard_of_a_form_without_end_is_cut_off() -> None:
    found = of([Form("bada" * 50, "Latn")])
    assert len(found.sounds.row(0)) == 60 and len(found.letters.row(0)) == 200


@settings(deadline=None)
@given(sets, lists)
def test_a_form_is_found_in_its_row(own: list[Form], asked: list[Form]) -> None:
    found = keyed(own).rows_of(asked + own)
    assert found.tolist() == [own.index(f) if f in own else -1 for f in asked + own]


@settings(deadline=None)
@given(sets)
def test_forms_of_one_sum_are_told_apart(own: list[Form]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "_sum", lambda form: len(form.text) % 2)
        own_keys = keyed(own[::2])
        found = own_keys.rows_of(own)
    assert found.tolist() == [k // 2 if k % 2 == 0 else -1 for k in range(len(own))]


def listed(found: Keys, asked: list[Form]) -> list[list[list[int]]]:
    """The rows of each key of each form: those of its strains."""
    ends, starts, stops = found.lists(asked)
    assert len(ends) == len(asked) and len(starts) == len(stops)
    strains = [list(range(a, b)) for a, b in pairwise([0, *found.rows.ends.tolist()])]
    places = pairwise([0, *ends.tolist()])
    return [
        [
            [row for strain in found.strains[starts[k] : stops[k]] for row in strains[strain]]
            for k in range(first, last)
        ]
        for first, last in places
    ]


def strain(form: Form) -> tuple[str, bool]:
    """What tells a form from the next one of another strain."""
    bones = skeleton(*form) if form.script in ALPHABETS else ""
    return bones, form.script in ("Arab", "Hebr")


@settings(deadline=None)
@given(sets, lists)
def test_lists_are_the_strains_that_share_a_key(own: list[Form], asked: list[Form]) -> None:
    found = listed(keyed(own), asked)
    strains = [
        [row for row, _ in rows] for _, rows in groupby(enumerate(own), lambda f: strain(f[1]))
    ]
    for form, lists in zip(asked, found, strict=True):
        wanted = [
            [row for each in strains if any(key in keys_of(own[r]) for r in each) for row in each]
            for key in keys_of(form)
        ]
        assert lists == [each for each in wanted if each]


@settings(deadline=None)
@given(forms)
def test_keys_are_the_sums_of_the_keys(form: Form) -> None:
    found = keys_of(form)
    assert found == sorted(set(found))
    if form.script in ALPHABETS:
        assert found == sorted({zlib.crc32(key.encode()) for key in keys(*form)})
    else:
        assert found == []


def test_spellings_share_a_list_and_numbers_have_none() -> None:
    found = listed(keyed(KNOWN), [Form("muhamed", "Latn"), Form("444", NO_SCRIPT)])
    rows = {row for each in found[0] for row in each}
    assert {0, 1, 2} <= rows and found[1] == []


def test_no_forms_at_all() -> None:
    assert len(of([])) == 0
    none = keyed([])
    assert none.rows_of(KNOWN).tolist() == [-1] * len(KNOWN)
    assert listed(none, KNOWN) == [[] for _ in KNOWN]
    assert keyed(KNOWN).rows_of([]).tolist() == []
    assert [each.tolist() for each in keyed(KNOWN).lists([])] == [[], [], []]
    assert np.array_equal(of([]).sizes, [])


@settings(deadline=None)
@given(lists, st.lists(st.integers(0, 99)))
def test_rows_are_gathered_and_compared_as_texts(own: list[Form], asked: list[int]) -> None:
    rows = np.array([k % len(own) for k in asked if own], np.int64)
    turned = rows[::-1]
    found = Vocabulary.gathered((of(own), rows), (of(own[::-1]), turned))
    wanted = [own[k] for k in rows.tolist()] + [own[::-1][k] for k in turned.tolist()]
    assert found.forms(range(len(found))) == wanted
    expected = of(wanted)
    for name in ("rarity", "lexicon", "servant", "ending"):
        assert found.arrays[name].tolist() == expected.arrays[name].tolist()
    left, right = np.arange(len(rows)), np.arange(len(rows)) + len(rows)
    later = [wanted[a].text > wanted[b].text for a, b in zip(left, right, strict=True)]
    assert follows(found, left, right).tolist() == later


@settings(deadline=None)
@given(st.lists(forms, min_size=1, max_size=12), st.lists(st.lists(st.integers(0, 99)), max_size=5))
def test_a_part_is_made_once_and_stays(own: list[Form], asked: list[list[int]]) -> None:
    whole, made = of(own), []

    def half(form: Form) -> Form:
        made.append(form)
        return Form(form.text[: (len(form.text) + 1) // 2], form.script)

    parts = Parts(len(whole), half, lambda part: of(part).arrays)
    seen, wanted = [], []
    for numbers in asked:
        rows = np.array([k % len(own) for k in numbers], np.int64)
        seen.append(parts.rows(whole, rows))
        wanted.append([half(own[k]) for k in rows.tolist()])
    for (found, rows), forms_ in zip(seen, wanted, strict=True):
        assert found.forms(rows.tolist()) == forms_
    assert len(made) - sum(map(len, wanted)) == len({k % len(own) for each in asked for k in each})
