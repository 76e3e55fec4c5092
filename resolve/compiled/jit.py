"""How a kernel is compiled: once for one signature, kept on disk, and without holding others up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

__all__ = ["jit"]

Function = TypeVar("Function", bound=Callable[..., Any])


def jit(signature: str, *, inside: bool = False) -> Callable[[Function], Function]:
    """Return a decorator that compiles a function for one signature, when it is defined.

    One that is `inside` becomes a part of each kernel that calls it: there is no call.

    Divisions by zero give infinity and NaN, as NumPy has it; sums are kept in their order, so
    that a kernel says what the plain function says. Other threads go on while it runs.
    """

    def compiled(function: Function) -> Function:
        def compile_(keep: bool) -> Any:
            return numba.njit(
                signature, cache=keep, nogil=True, error_model="numpy", forceinline=inside
            )(function)

        try:
            result: Function = compile_(True)
        except RuntimeError:
            # There is no place to keep it that may be written to: it is compiled each time.
            result = compile_(False)
        return result

    return compiled
