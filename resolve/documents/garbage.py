"""While a batch of texts is read, the collector of cycles rests: nothing there is a cycle.

What is remembered of words and names are some hundred thousand objects, and the collector would go
through all of them again and again to find none that it can free.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cycles from running, and leave it as it was."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
