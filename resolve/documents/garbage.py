"""While a batch of texts is read, the collector of cycles rests: nothing there is a cycle.

What is remembered of words and names are some hundred thousand objects, and the collector would go
through all of them again and again to find none that it can free. What a batch leaves is old then,
as if it had been gone through: of many batches, one is.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Final

__all__ = ["uncollected"]

_SELDOM: Final = 16  # batches, one of which the collector goes through
_batches = count(1)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cycles from running, and leave it as it was."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if next(_batches) % _SELDOM and not gc.get_freeze_count():
                gc.freeze()  # all there is becomes old at once, without being looked at
                gc.unfreeze()
            gc.enable()
