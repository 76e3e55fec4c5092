"""Pair by pair, the lexicon says what it says when it walks from one form to all others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.model.attestation import Attestation
from resolve.model.learned import load

LEXICON = load().lexicon
ATTESTATION = Attestation(LEXICON)
SCRIPTS = ("Arab", "Cyrl", "Hebr", "Latn")
SEEDS = [("mohamed", "Latn"), ("محمد", "Arab"), ("yusuf", "Latn"), ("хасан", "Cyrl")]


@pytest.mark.parametrize("other", SCRIPTS)
@pytest.mark.parametrize(("form", "script"), SEEDS)
def test_each_neighbour_is_attested_with_the_same_bits(form: str, script: str, other: str) -> None:
    bits = LEXICON.neighbours(form, script, other).bits
    left = ATTESTATION.rows([(form, script)] * len(bits))
    right = ATTESTATION.rows([(text, other) for text in bits])
    said = ATTESTATION.bits(left, right, script, other)
    assert said.tolist() == pytest.approx(list(bits.values()), rel=1e-12)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1), st.sampled_from(SCRIPTS), st.sampled_from(SCRIPTS))
def test_what_is_no_neighbour_is_not_attested(seed: int, script: str, other: str) -> None:
    chance = np.random.default_rng(seed)
    sides = [LEXICON._links[s].forms for s in (script, other)]
    left, right = (chance.integers(len(forms), size=40) for forms in sides)
    said = ATTESTATION.bits(left, right, script, other)
    for k, (a, b) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        bits = LEXICON.neighbours(sides[0][a], script, other).bits
        assert said[k] == pytest.approx(bits.get(sides[1][b], -np.inf), rel=1e-12)


def test_an_unknown_form_has_no_row_and_no_pairs_have_no_bits() -> None:
    assert ATTESTATION.rows([("qqqxqq", "Latn"), ("444", "Zyyy")]).tolist() == [-1, -1]
    nothing = np.zeros(0, np.int64)
    assert ATTESTATION.bits(nothing, nothing, "Latn", "Arab").shape == (0,)
