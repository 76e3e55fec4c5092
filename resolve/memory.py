"""What is remembered up to a bound, and safe to share between threads."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

__all__ = ["remembered"]

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def remembered(known: dict[Key, Value], new: Mapping[Key, Value], most: int) -> dict[Key, Value]:
    """Return a memory with what is new; another one, if both are more than `most`.

    >>> known = {"a": 1}
    >>> remembered(known, {"b": 2}, 2) is known, remembered(known, {"c": 3}, 2), known
    (True, {'c': 3}, {'a': 1, 'b': 2})
    """
    if len(known) + len(new) > most:
        # Other threads may hold the memory of before: it is replaced, never emptied.
        known = {}
    known.update(new)
    return known
