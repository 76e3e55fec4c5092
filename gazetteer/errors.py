"""Every error that `gazetteer` raises on purpose, drawn as a tree.

    GazetteerError
    ├── NotFoundError (FileNotFoundError)   no gazetteer at that path
    ├── RecordError (ValueError)            records that break the rules: one file:line each
    ├── IdError (ValueError)                a string that is not a canonical id
    ├── UnknownIdError (KeyError)           an id that the gazetteer does not hold
    ├── BusyError (BlockingIOError)         another process is writing that gazetteer
    ├── FormatError (ValueError)            no such format, or an option that it doesn't take
    └── MissingExtraError (ImportError)     an optional library: names the extra that brings it

Each message says what, where and the remedy.
"""

from __future__ import annotations

__all__ = [
    "BusyError",
    "FormatError",
    "GazetteerError",
    "IdError",
    "MissingExtraError",
    "NotFoundError",
    "RecordError",
    "UnknownIdError",
]


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


class BusyError(GazetteerError, BlockingIOError):
    """Another process is writing that gazetteer."""


class FormatError(GazetteerError, ValueError):
    """A format that cannot be read or written, or an option that it doesn't take."""


class MissingExtraError(GazetteerError, ImportError):
    """An optional library is not installed; names the extra that brings it."""

    def __init__(self, library: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs {library}, which is not installed: "
            f"pip install 'resolve-names[{extra}]'"
        )
