"""The file of learned tables: written by training, checked by sum on loading, never a pickle.

One uncompressed `.npz` (a zip of plain arrays, so that only what is needed is read) and beside
it a card in JSON with the format's version, the SHA-256 of the file and the fitted constants.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.errors import ModelError

__all__ = ["FORMAT", "Arrays", "read", "write"]

FORMAT = 1
"""Rises when a file of before can't be read any more."""
_TABLES = "names.npz"
_CARD = "card.json"

Arrays = Mapping[str, NDArray[Any]]


def write(directory: Path, arrays: Arrays, card: Mapping[str, Any]) -> None:
    """Write the tables and their card; the same values give the same bytes."""
    directory.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(arrays):
            content = BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(arrays[name]), version=(1, 0))
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue())
    data = buffer.getvalue()
    (directory / _TABLES).write_bytes(data)
    full = {"format": FORMAT, "sha256": hashlib.sha256(data).hexdigest(), **card}
    text = json.dumps(full, ensure_ascii=False, indent=1, sort_keys=True)
    (directory / _CARD).write_text(text + "\n", encoding="utf-8")


def read(directory: Path) -> tuple[Arrays, dict[str, Any]]:
    """Return the tables, each read when first asked for, and their card.

    Raises ModelError for a missing, damaged or newer file.
    """
    try:
        card = json.loads((directory / _CARD).read_text(encoding="utf-8"))
        data = (directory / _TABLES).read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{directory}: the learned tables can't be read ({error}); "
            "reinstall resolve-names or train them again: python -m resolve.model.train"
        ) from error
    if card.get("format") != FORMAT:
        raise ModelError(
            f"{directory / _CARD}: format {card.get('format')}, this version reads {FORMAT}; "
            "train the tables again: python -m resolve.model.train"
        )
    if hashlib.sha256(data).hexdigest() != card.get("sha256"):
        raise ModelError(
            f"{directory / _TABLES}: damaged (its SHA-256 is not the card's); "
            "reinstall resolve-names"
        )
    return np.load(BytesIO(data), allow_pickle=False), card
