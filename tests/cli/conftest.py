from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from resolve.cli import main

TOY = str(Path(__file__).parents[1] / "toy")


class Ran(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[list[str]]:
        """The TSV that was written, its header first."""
        return [line.split("\t") for line in self.out.removesuffix("\n").split("\n")]


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in this process: bytes in, the status and both streams out."""

    def run(*args: object, stdin: bytes | str = b"", terminal: bool = False) -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        wrapper = Terminal if terminal else io.TextIOWrapper
        out = wrapper(io.BytesIO(), encoding="utf-8", newline="")
        err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            status = main([str(arg) for arg in args])
            out.flush()
            err.flush()
        return Ran(status, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())

    return run


@pytest.fixture
def toy() -> tuple[str, str]:
    """The options that choose the small frozen gazetteer."""
    return "--gazetteer", TOY
