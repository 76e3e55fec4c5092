"""Every error that `resolve` raises on purpose, drawn as a tree.

    ResolveError
    ├── InputError (ValueError)          what the user gave cannot be read
    │   ├── EncodingError                bytes that are not text: line and byte
    │   └── ColumnError (LookupError)    no such column: lists the ones there are
    ├── OptionError (ValueError)         a setting or an option out of its range
    ├── SchemeError (LookupError)        no such transliteration scheme: lists the known ones
    ├── TableError (ValueError)          one of our own tables is broken: file:line
    ├── ModelError (ValueError)          learned tables missing, damaged or of another version
    ├── StorageError (ValueError)        a file of ours missing, damaged or of another version
    └── MissingExtraError (ImportError)  an optional library: names the extra that brings it

A strange *name* is never an error: it gets a NIL decision with its reason. The gazetteer's
own errors hang below `gazetteer.errors.GazetteerError`. Each message says what, where and the
remedy.
"""

from __future__ import annotations

__all__ = [
    "ColumnError",
    "EncodingError",
    "InputError",
    "MissingExtraError",
    "ModelError",
    "OptionError",
    "ResolveError",
    "SchemeError",
    "StorageError",
    "TableError",
]


class ResolveError(Exception):
    """The base of every error that `resolve` raises on purpose."""


class InputError(ResolveError, ValueError):
    """What the user gave cannot be read; the message says where and what to do."""


class EncodingError(InputError):
    """Bytes that are not text in the stated encoding; names the line and the byte."""


class ColumnError(InputError, LookupError):
    """A column that the table does not have; lists the ones there are."""


class OptionError(ResolveError, ValueError):
    """A setting or an option out of its range."""


class SchemeError(ResolveError, LookupError):
    """A transliteration scheme that does not exist; lists the known ones."""


class TableError(ResolveError, ValueError):
    """One of the tables of `resolve.tables` is broken; names file and line."""


class ModelError(ResolveError, ValueError):
    """The learned tables are missing, damaged or of another version."""


class StorageError(ResolveError, ValueError):
    """A file that we wrote, such as an index, is missing, damaged or of another version."""


class MissingExtraError(ResolveError, ImportError):
    """An optional library is not installed; names the extra that brings it."""

    def __init__(self, library: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs {library}, which is not installed: "
            f"pip install 'resolve-names[{extra}]'"
        )
