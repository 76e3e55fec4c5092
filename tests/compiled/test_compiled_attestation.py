"""The compiled lexicon says of pairs what the plain one says, to the last bit."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.model import attestation
from resolve.model.attestation import Attestation, mean_bits
from resolve.model.learned import load

pytest.importorskip("numba")
KERNEL = import_module("resolve.compiled.attestation")
LEXICON = load().lexicon
SCRIPTS = ("Arab", "Cyrl", "Hebr", "Latn")
SEEDS = ("mohamed", "Latn"), ("محمد", "Arab"), ("yusuf", "Latn")


def plain_and_compiled(
    left: np.ndarray, right: np.ndarray, script: str, other: str
) -> list[tuple[list[list[float]], list[list[float]]]]:
    found = []
    for kernel in (None, KERNEL):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(attestation, "kernel", lambda name, saving, own=kernel: own)
            said = Attestation(LEXICON).pairs(left, right, script, other)
            found.append((said[0].tolist(), said[1].tolist()))
    return found


@pytest.mark.parametrize("other", SCRIPTS)
@pytest.mark.parametrize(("form", "script"), SEEDS)
def test_neighbours_are_attested(form: str, script: str, other: str) -> None:
    row = LEXICON.row(form, script)
    _, right = LEXICON.walk(np.array([row]), script, other)
    left = np.full(len(right), row)
    plain, compiled = plain_and_compiled(left, right, script, other)
    assert plain == compiled
    own = Attestation(LEXICON)
    known = (np.array(plain[0]) < 1).all(0)
    said = mean_bits(np.array(plain[1]))[known]
    assert said.tolist() == own.bits(left[known], right[known], script, other).tolist()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.sampled_from(SCRIPTS), st.sampled_from(SCRIPTS))
def test_any_rows_are_attested_alike(seed: int, script: str, other: str) -> None:
    chance = np.random.default_rng(seed)
    rows = (chance.integers(-1, LEXICON.size(s), size=40, dtype=np.int32) for s in (script, other))
    plain, compiled = plain_and_compiled(*rows, script, other)
    assert plain == compiled


def test_an_unknown_form_is_all_new_and_no_pairs_say_nothing() -> None:
    for rows in ([-1], []):
        own = np.array(rows, np.int32)
        for novelties, chances in plain_and_compiled(own, own, "Latn", "Arab"):
            assert novelties == [[1.0] * len(rows)] * 2 and chances == [[0.0] * len(rows)] * 2
