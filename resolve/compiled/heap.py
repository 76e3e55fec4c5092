"""The best few of many, compiled: a heap whose worst member stands first.

Of equal ones, the one of the smaller number is better: so it doesn't matter in which order they
come.
"""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from resolve.compiled.jit import jit

__all__ = ["offer", "taken_off", "worse"]

Array = NDArray[Any]


@jit("boolean(float64, int64, float64, int64)")
def worse(score: Any, number: Any, other: Any, another: Any) -> Any:
    """Whether one comes after another: a smaller score, or the same and a greater number."""
    return score < other or (score == other and number > another)


@jit("void(float64[::1], int64[::1], int64)")
def _sink(scores: Array, numbers: Array, size: Any) -> None:
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        right = child + 1
        if right < size and worse(scores[right], numbers[right], scores[child], numbers[child]):
            child = right
        if not worse(scores[child], numbers[child], scores[at], numbers[at]):
            return
        scores[at], scores[child] = scores[child], scores[at]
        numbers[at], numbers[child] = numbers[child], numbers[at]
        at = child


@jit("void(float64[::1], int64[::1], int64)")
def _rise(scores: Array, numbers: Array, at: Any) -> None:
    while at > 0:
        above = (at - 1) // 2
        if not worse(scores[at], numbers[at], scores[above], numbers[above]):
            return
        scores[at], scores[above] = scores[above], scores[at]
        numbers[at], numbers[above] = numbers[above], numbers[at]
        at = above


@jit("int64(float64[::1], int64[::1], int64, float64, int64)")
def offer(scores: Array, numbers: Array, size: Any, score: Any, number: Any) -> Any:
    """Add one, in place of the worst if the heap is full; return how many it has then."""
    if size < len(scores):
        scores[size], numbers[size] = score, number
        _rise(scores, numbers, size)
        return size + 1
    if worse(scores[0], numbers[0], score, number):
        scores[0], numbers[0] = score, number
        _sink(scores, numbers, size)
    return size


@jit("int64(float64[::1], int64[::1], int64)")
def taken_off(scores: Array, numbers: Array, size: Any) -> Any:
    """Take the worst off a heap of so many; return its number."""
    worst = numbers[0]
    scores[0], numbers[0] = scores[size - 1], numbers[size - 1]
    _sink(scores, numbers, size - 1)
    return worst
