"""A kernel is compiled where it can't be kept, and divides as NumPy does."""

import numpy as np
import pytest

pytest.importorskip("numba")

from resolve.compiled.jit import jit

SOURCE = "def share(part, whole):\n    return part / whole\n"


def test_a_function_without_a_file_is_compiled_all_the_same() -> None:
    names: dict = {}
    exec(compile(SOURCE, "<nowhere>", "exec"), names)
    share = jit("float64(float64, float64)")(names["share"])
    assert share(1.0, 4.0) == 0.25
    assert share(1.0, 0.0) == np.inf
