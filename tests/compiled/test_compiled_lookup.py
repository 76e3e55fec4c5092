"""The compiled look-up finds the variants that the plain one finds."""

from importlib import import_module
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import load as load_gazetteer
from resolve import compiled
from resolve.matching import lookup as module
from resolve.matching.form import Form
from resolve.matching.hearing import MOST_SOUNDS
from resolve.matching.keys import skeleton
from resolve.matching.lookup import Lookup, Variants
from resolve.matching.similarity import Similarity
from resolve.matching.slips import compared, slips
from resolve.model.learned import load
from resolve.names import words
from resolve.names.fold import ALPHABETS

pytest.importorskip("numba")
ZERO = import_module("resolve.compiled.lanes").ZERO
KERNEL = import_module("resolve.compiled.lookup")
LEARNED = load()
SIMILARITY = Similarity(LEARNED, "name")
TOY = sorted(
    {
        Form(part.form, part.script)
        for entity in load_gazetteer(Path(__file__).parents[1] / "toy")
        for name in entity.names
        for part in words(name.text)
    }
)
LETTERS = {**{script: letters[:6] for script, letters in ALPHABETS.items()}, "Zyyy": "014"}
# Few letters, so that many forms share their keys; and words longer than a number has bits.
forms = st.sampled_from(TOY) | st.sampled_from(sorted(LETTERS)).flatmap(
    lambda script: st.builds(
        Form,
        st.text(LETTERS[script], min_size=1, max_size=8)
        | st.text(LETTERS[script], min_size=40, max_size=80),
        st.just(script),
    )
)
vocabularies = st.lists(forms, unique=True, max_size=60).map(lambda own: sorted({*own, *TOY}))


def variants(kernel: object, own: list[Form], batches: list[list[Form]]) -> list[list[Variants]]:
    lookup = Lookup(Lookup.arrays_of(own, SIMILARITY, LEARNED), SIMILARITY, LEARNED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "kernel", lambda name, _: kernel if name == "lookup" else None)
        return [list(lookup.variants(batch).values()) for batch in batches]


def agree(own: list[Form], batches: list[list[Form]]) -> None:
    plain, fast = (variants(kernel, own, batches) for kernel in (None, KERNEL))
    for left, right in zip(chain(*plain), chain(*fast), strict=True):
        assert left.rows.tolist() == right.rows.tolist()
        assert left.bits.tolist() == pytest.approx(right.bits.tolist(), abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(vocabularies, st.lists(st.lists(forms, max_size=6), min_size=1, max_size=3))
def test_variants_are_the_same(own: list[Form], batches: list[list[Form]]) -> None:
    agree(own, batches)


def near(chance: np.random.Generator, count: int) -> list[Form]:
    """Forms of a few letters, so that one key has hundreds of them, and many are equally alike."""
    texts = {
        "".join(chance.choice(list("abdmhr"), int(chance.integers(2, 9)))) for _ in range(count)
    }
    return [Form(text, "Latn") for text in sorted(texts)]


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 50, 300, 5000]), st.sampled_from([-90, 80]))
def test_of_many_the_same_ones_are_the_most_alike(seed: int, most: int, least: int) -> None:
    chance = np.random.default_rng(seed)
    own = sorted(near(chance, 600), key=lambda form: (skeleton(*form), form))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_HEARD", most)
        patch.setattr(module, "_LEAST_HEARD", least)
        patch.setattr(module, "MOST_COMPARED", 20)
        patch.setattr(module, "MOST_SLIPS", 5)
        agree(own, [near(chance, 20), near(chance, 5)])


def test_no_forms_and_no_vocabulary() -> None:
    agree([], [TOY[:5], []])
    agree(TOY, [[], TOY])


def test_what_the_table_says_of_a_sound_fits_a_column() -> None:
    assert np.abs(LEARNED.hearing).max() <= KERNEL.MOST_SAID
    most = 2 * MOST_SOUNDS * KERNEL.MOST_SAID
    assert ZERO + most < 2**16
    assert ZERO - most // 2 > KERNEL.MOST_SAID


@settings(deadline=None, max_examples=200)
@given(vocabularies, st.lists(forms, min_size=1, max_size=6))
def test_the_same_rows_are_compared(own: list[Form], batch: list[Form]) -> None:
    lookup = Lookup(Lookup.arrays_of(own, SIMILARITY, LEARNED), SIMILARITY, LEARNED)
    batch = sorted(set(batch))
    mine = SIMILARITY.vocabulary(batch)
    found = []
    for kernel in (None, KERNEL):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(compiled, "kernel", lambda name, _, kernel=kernel: kernel)
            places = lookup._keyed(batch, mine)
            found.append(sorted(set(zip(*(side.tolist() for side in places), strict=True))))
    assert found[0] == found[1]


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["ab", "abcdef"]))
def test_slips_and_equal_letters_are_the_same(seed: int, letters: str) -> None:
    chance = np.random.default_rng(seed)
    texts = ["".join(chance.choice(list(letters), int(chance.integers(1, 9)))) for _ in range(30)]
    own = SIMILARITY.vocabulary([Form(text, "Latn") for text in texts])
    left, right = (side.ravel() for side in np.indices((len(own), len(own))))
    found = []
    for kernel in (None, KERNEL):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(compiled, "kernel", lambda name, _, kernel=kernel: kernel)
            same, slipped = (said.tolist() for said in compared(own, left, own, right))
            assert slipped == slips(own, left, own, right).tolist()
            found.append((same, slipped))
    assert found[0] == found[1]
