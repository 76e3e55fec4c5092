"""Every error that `gazetteer` raises on purpose, drawn as a tree.

    GazetteerError
    ├── NotFoundError (FileNotFoundError)   no gazetteer at that path
    ├── RecordError (ValueError)            records that break the rules: one file:line each
    ├── IdError (ValueError)                a string that is not a canonical id
    └── UnknownIdError (KeyError)           an id that the gazetteer does not hold

Each message says what, where and the remedy.
"""

from __future__ import annotations

__all__ = ["GazetteerError", "IdError", "NotFoundError", "RecordError", "UnknownIdError"]


class GazetteerError(Exception):
    """The base of every error that `gazetteer` raises on purpose."""


class NotFoundError(GazetteerError, FileNotFoundError):
    """There is no gazetteer at that path."""


class RecordError(GazetteerError, ValueError):
    """Records that break the gazetteer's rules; `failures` has one `file:line: what` each."""

    def __init__(self, failures: list[str]) -> None:
        self.failures = tuple(failures)
        shown = list(self.failures[:20])
        if len(self.failures) > len(shown):
            shown.append(f"... and {len(self.failures) - len(shown)} more")
        super().__init__("\n".join(shown))


class IdError(GazetteerError, ValueError):
    """A string that is not a canonical id."""


class UnknownIdError(GazetteerError, KeyError):
    """An id that the gazetteer does not hold."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""
