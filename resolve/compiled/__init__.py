"""Is the work large enough for compiled kernels? Then the module that has them.

Each kernel stands for a plain NumPy function and returns the same; numba (the extra `fast`)
compiles it. Loading takes longer than most jobs: so what the kernels would have saved so far is
summed up, and they are loaded once that is more than loading costs. No job takes much longer
than it would with the better choice made beforehand, and a small one never waits.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

__all__ = ["available", "kernel"]

IMPORT = 0.8
"""Seconds that it takes to import numba."""
LOAD = 0.05
"""Seconds to load a module of kernels that an earlier process has compiled."""
COMPILE = 4.0
"""Seconds to compile one."""
_HERE = Path(__file__).parent
_saved: dict[str, float] = defaultdict(float)  # seconds that kernels not loaded would have saved
_loaded: dict[str, ModuleType] = {}


@cache
def available() -> bool:
    """Return whether the compiler is installed (the extra `fast`)."""
    return find_spec("numba") is not None


def kernel(name: str, saving: float) -> ModuleType | None:
    """Return a module of this package for work on which it saves so many seconds.

    None while that, and what it would have saved before, doesn't repay loading it; and always
    where the compiler isn't installed. Then the plain function does the work.
    """
    if name in _loaded:
        return _loaded[name]
    if not available():
        return None
    _saved[name] += saving
    others = 0.0 if "numba" in sys.modules else IMPORT
    least = others + LOAD
    if _saved[name] < least or (_saved[name] < others + COMPILE and not _compiled(name)):
        return None
    _loaded[name] = import_module(f"{__name__}.{name}")
    return _loaded[name]


def _compiled(name: str) -> bool:
    """Whether a process has left the kernels beside the module; elsewhere isn't looked."""
    return any((_HERE / "__pycache__").glob(f"{name}.*.nbi"))
