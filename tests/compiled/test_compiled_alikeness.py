"""The compiled measure says how alike forms are as the plain one does."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve import compiled
from resolve.matching.alikeness import alikenesses
from resolve.matching.form import Form
from resolve.matching.similarity import Similarity
from resolve.model.learned import load
from resolve.names.fold import ALPHABETS

pytest.importorskip("numba")
KERNEL = import_module("resolve.compiled.alikeness")
SIMILARITY = Similarity(load(), "name")
LETTERS = {**{script: letters[:6] for script, letters in ALPHABETS.items()}, "Zyyy": "014"}
forms = st.sampled_from(sorted(LETTERS)).flatmap(
    lambda script: st.builds(
        Form,
        st.text(LETTERS[script], min_size=1, max_size=8)
        | st.text(LETTERS[script], min_size=40, max_size=80),
        st.just(script),
    )
)


@settings(deadline=None, max_examples=60)
@given(st.lists(forms, min_size=1, max_size=8), st.lists(forms, min_size=1, max_size=8))
def test_pairs_are_as_alike(left: list[Form], right: list[Form]) -> None:
    own, other = SIMILARITY.vocabulary(left), SIMILARITY.vocabulary(right)
    mine = np.repeat(np.arange(len(left)), len(right))
    rows = np.tile(np.arange(len(right)), len(left))
    found = []
    for kernel in (None, KERNEL):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(compiled, "kernel", lambda *_, own=kernel: own)
            found.append(alikenesses(own, mine, other, rows).tolist())
    assert found[0] == found[1]
