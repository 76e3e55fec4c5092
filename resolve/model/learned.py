"""The learned tables at work: edit models by script pair, backgrounds, the lexicon, constants.

Everything is read when first asked for, so that a Latin list never loads Hebrew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.model.background import ORDER, Background, LetterModel
from resolve.model.edit import EditModel, Inventory
from resolve.model.lexicon import Lexicon, Links
from resolve.model.store import Arrays, read
from resolve.names.fold import ALPHABETS

__all__ = ["Learned", "load", "pack_background", "pack_edit", "pack_links"]

_SCALE = 2048.0
"""Bits are kept as whole numbers of 1/2048 bit, 0 to 31.99: finer than they are known."""
_DIRECTORY = Path(__file__).with_name("data")
_CONSTANTS = Path(__file__).with_name("constants.toml")


class Learned:
    """The learned tables. Immutable once loaded, and safe to share between threads."""

    def __init__(self, arrays: Arrays, card: Mapping[str, Any]) -> None:
        self._arrays = arrays
        self.card = card
        self._edits: dict[tuple[str, str], EditModel] = {}
        self._backgrounds: dict[tuple[str, str], Background] = {}

    def edits(self, left: str, right: str) -> EditModel | None:
        """Return the edit model that writes script `left` as `right`, None if there is none."""
        key = (left, right)
        name = f"edit/{left}-{right}"
        if key not in self._edits:
            if f"{name}/ops" not in self._arrays:
                return None
            self._edits[key] = _unpack_edit(self._arrays, name)
        return self._edits[key]

    def background(self, kind: str, script: str) -> Background:
        """Return how common forms of `script` are as `kind` (`name` or `word`)."""
        key = (kind, script)
        if key not in self._backgrounds:
            self._backgrounds[key] = _unpack_background(self._arrays, f"background/{kind}/{script}")
        return self._backgrounds[key]

    @cached_property
    def lexicon(self) -> Lexicon:
        """The attested spellings."""
        return Lexicon({script: _unpack_links(self._arrays, script) for script in ALPHABETS})

    @cached_property
    def constants(self) -> Mapping[str, float]:
        """The fitted constants, by name."""
        return tomllib.loads(_CONSTANTS.read_text(encoding="utf-8"))


@cache
def load(directory: Path = _DIRECTORY) -> Learned:
    """Return the learned tables of a directory; those that ship, if none is given.

    Raises ModelError for a missing, damaged or newer file.
    """
    return Learned(*read(directory))


def pack_edit(name: str, model: EditModel) -> dict[str, NDArray[Any]]:
    """Return an edit model as plain arrays, to the precision in which it is kept."""
    table = model.table[:-1, :-1]
    ops = np.flatnonzero(table >= np.exp2(-31.9))
    return {
        f"{name}/left": _blob(model.left.substrings),
        f"{name}/right": _blob(model.right.substrings),
        f"{name}/ops": ops.astype(np.uint32),
        f"{name}/bits": _whole(np.log2(table.ravel()[ops])),
    }


def _unpack_edit(arrays: Arrays, name: str) -> EditModel:
    left, right = (Inventory(_strings(arrays[f"{name}/{side}"])) for side in ("left", "right"))
    table = np.zeros((len(left) + 1, len(right) + 1))
    rows, columns = np.divmod(arrays[f"{name}/ops"].astype(np.int64), len(right))
    table[rows, columns] = np.exp2(_bits(arrays[f"{name}/bits"]))
    return EditModel(left, right, table)


def pack_background(
    name: str, counts: Mapping[str, int], letters: LetterModel, total: int, once: float
) -> dict[str, NDArray[Any]]:
    """Return a background as plain arrays; forms seen once are left to the letter model."""
    forms = sorted(form for form, count in counts.items() if count > 1)
    packed: dict[str, NDArray[Any]] = {
        f"{name}/forms": _blob(forms),
        f"{name}/counts": np.array([counts[form] for form in forms], np.uint32),
        f"{name}/mass": np.array([total, once], np.float64),
    }
    for order in range(ORDER):
        packed[f"{name}/{order}/keys"] = letters.keys[order].astype(np.uint32)
        packed[f"{name}/{order}/bits"] = _whole(letters.bits[order])
        packed[f"{name}/{order}/backoff"] = _whole(letters.backoff[order])
    return packed


def _unpack_background(arrays: Arrays, name: str) -> Background:
    forms = _strings(arrays[f"{name}/forms"])
    counts = dict(zip(forms, arrays[f"{name}/counts"].tolist(), strict=True))
    tables = [
        [arrays[f"{name}/{order}/{part}"] for order in range(ORDER)]
        for part in ("keys", "bits", "backoff")
    ]
    letters = LetterModel(
        ALPHABETS[name.rsplit("/", 1)[1]],
        [keys.astype(np.int64) for keys in tables[0]],
        [_bits(bits) for bits in tables[1]],
        [_bits(bits) for bits in tables[2]],
    )
    total, once = arrays[f"{name}/mass"]
    return Background(counts, letters, int(total), float(once))


def pack_links(script: str, links: Links) -> dict[str, NDArray[Any]]:
    """Return the lexicon of one script as plain arrays."""
    name = f"lexicon/{script}"
    return {
        f"{name}/forms": _blob(links.forms),
        f"{name}/starts": links.starts.astype(np.uint32),
        f"{name}/pivots": links.pivots.astype(np.uint32),
        f"{name}/weights": np.minimum(links.weights, 65535).astype(np.uint16),
        f"{name}/types": np.minimum(links.types, 65535).astype(np.uint16),
    }


def _unpack_links(arrays: Arrays, script: str) -> Links:
    name = f"lexicon/{script}"
    return Links(
        _strings(arrays[f"{name}/forms"]),
        arrays[f"{name}/starts"].astype(np.int64),
        arrays[f"{name}/pivots"].astype(np.int64),
        arrays[f"{name}/weights"].astype(np.float64),
        arrays[f"{name}/types"].astype(np.int64),
    )


def _blob(strings: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(strings).encode("utf-8"), np.uint8)


def _strings(blob: NDArray[Any]) -> tuple[str, ...]:
    text = blob.tobytes().decode("utf-8")
    return tuple(text.split("\n")) if text else ()


def _whole(bits: NDArray[np.float64]) -> NDArray[np.uint16]:
    """Negative bits as whole numbers: deterministic across machines that round differently."""
    return np.clip(np.rint(-bits * _SCALE), 0, 65535).astype(np.uint16)


def _bits(whole: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(whole, np.float64) / -_SCALE
