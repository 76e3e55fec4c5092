"""What is said to be read soon is left as it is."""

from typing import Any

import numpy as np
import pytest

pytest.importorskip("numba")

from resolve.compiled.jit import jit
from resolve.compiled.memory import soon


@jit("void(int32[:, ::1], int64)")
def tell(array: Any, place: Any) -> None:
    soon(array, place)


def test_nothing_changes_wherever_it_is() -> None:
    array = np.arange(12, dtype=np.int32).reshape(4, 3)
    for place in (0, 5, 11, 12, 10**6, -1):
        tell(array, place)
    assert array.ravel().tolist() == list(range(12))
