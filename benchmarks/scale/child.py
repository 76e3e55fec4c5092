"""A function's answer, worked out in a new Python: on one thread, with numba or without.

Task and answer go as JSON through the pipes; both are structs, and the function says which.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import TypeVar, get_type_hints

import msgspec

from benchmarks.processes import said

__all__ = ["answer", "asked"]

_ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMBA", "RAYON")
}
_WITHOUT_NUMBA = "import sys; sys.modules['numba'] = None; "

Task = TypeVar("Task")
Answer = TypeVar("Answer")


def asked(
    function: Callable[[Task], Answer], task: Task, *, plain: bool = False, threads: bool = False
) -> Answer:
    """Return what a function of this package says in a process of its own.

    `plain` hides numba from it; `threads` lets libraries take as many as they like. Raises
    WrongAnswersError with the last line of what it says if it fails.
    """
    called = f"answer({function.__module__!r}, {function.__name__!r})"
    code = f"{_WITHOUT_NUMBA if plain else ''}from benchmarks.scale.child import answer; {called}"
    printed = said(code, msgspec.json.encode(task).decode(), **({} if threads else _ONE_THREAD))
    kind: type[Answer] = get_type_hints(function)["return"]
    return msgspec.json.decode(printed, type=kind)


def answer(module: str, name: str) -> None:
    """Call a function on what standard input says, and print what it returns."""
    function = getattr(import_module(module), name)
    kinds = get_type_hints(function)
    (task,) = (kind for parameter, kind in kinds.items() if parameter != "return")
    found = function(msgspec.json.decode(sys.stdin.buffer.read(), type=task))
    print(msgspec.json.encode(found).decode())
