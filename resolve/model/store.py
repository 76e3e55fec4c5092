"""The file of learned tables: written by training, checked by sum on loading, never a pickle.

The arrays lie in one file that is mapped into memory (`resolve.storage`): it opens at once, what
isn't asked for isn't read, and processes share what is. Beside it a card in JSON says the
format's version, the SHA-256 of the file and what the tables are made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from numpy.typing import NDArray

from resolve import storage
from resolve.errors import ModelError, StorageError

__all__ = ["FORMAT", "Arrays", "read", "write"]

FORMAT: Final = 2
"""Rises when a file of before can't be read any more."""
_KIND: Final = "model"
_TABLES: Final = "names.tables"
_CARD: Final = "card.json"

Arrays = Mapping[str, NDArray[Any]]


def write(directory: Path, arrays: Arrays, card: Mapping[str, Any]) -> None:
    """Write the tables and their card; the same values give the same bytes."""
    import hashlib  # late: who resolves names only reads
    import json

    storage.write(directory / _TABLES, _KIND, FORMAT, arrays)
    digest = hashlib.sha256((directory / _TABLES).read_bytes()).hexdigest()
    full = {"format": FORMAT, "sha256": digest, **card}
    text = json.dumps(full, ensure_ascii=False, indent=1, sort_keys=True)
    (directory / _CARD).write_text(text + "\n", encoding="utf-8")


def read(directory: Path) -> tuple[Arrays, dict[str, Any]]:
    """Return the tables, mapped into memory and checked, and their card.

    Raises ModelError for a missing, damaged or newer file.
    """
    try:
        card = msgspec.json.decode((directory / _CARD).read_bytes(), type=dict[str, Any])
        if card.get("format") != FORMAT:
            raise ModelError(
                f"{directory / _CARD}: format {card.get('format')}, this version reads {FORMAT}; "
                "train the tables again: python -m resolve.model.train"
            )
        stored = storage.Stored(directory / _TABLES, _KIND, FORMAT)
        stored.verify()
    except (OSError, msgspec.DecodeError, StorageError) as error:
        raise ModelError(
            f"{directory}: the learned tables can't be read or are damaged ({error}); "
            "reinstall resolve-names or train them again: python -m resolve.model.train"
        ) from error
    return stored.arrays, card
