"""What is wrong with a gazetteer's files, gathered so that all of it is told at once."""

from __future__ import annotations

from gazetteer.errors import RecordError

__all__ = ["Failures"]


class Failures:
    """Failures with their places; those of one line stay in the order in which they came."""

    def __init__(self) -> None:
        self._found: list[tuple[str, int, str]] = []

    def add(self, file: str, line: int, what: str) -> None:
        """Take note of `what`, which ends with its remedy in brackets; lines count from 1."""
        self._found.append((file, line, what))

    def lines(self) -> list[str]:
        """One `file:line: what (remedy)` each, sorted by file and line."""
        ordered = sorted(self._found, key=lambda failure: failure[:2])
        return [f"{file}:{line}: {what}" for file, line, what in ordered]

    def check(self) -> None:
        """Raise RecordError with all of them, if there is any."""
        if self._found:
            raise RecordError(self.lines())
