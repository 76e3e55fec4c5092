"""The records that an import could not read: counted, shown, written down, never lost silently."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, TextIO

from gazetteer.errors import RecordError

if TYPE_CHECKING:
    from gazetteer.importers.source import Source

__all__ = ["SHOWN", "Rejects"]

SHOWN: Final = 20
"""How many are kept to be shown: enough to see what is wrong, and all of a screen."""


class Rejects:
    """What was rejected (`count`, the `first` few), and what was left aside since it is no actor.

    Every reject is written to `log` where one is given. With `strict` the first one is raised.
    """

    def __init__(self, strict: bool = False, log: TextIO | None = None) -> None:
        self.count = 0
        self.first: list[str] = []
        self.aside: Counter[str] = Counter()
        self._strict = strict
        self._log = log

    def reject(self, source: Source, line: int, what: str) -> None:
        """Take note of `what` is wrong with the record that starts at `line`, from 1.

        Raises RecordError at once if strict.
        """
        told = f"{source.path}:{line}: {what}"
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(told)
        if self._log is not None:
            self._log.write(f"{told}\n")
        if self._strict:
            raise RecordError([told])

    def leave(self, what: str) -> None:
        """Count a good record that tells of no actor; `what` says what it is, as `Vessel`."""
        self.aside[what] += 1
