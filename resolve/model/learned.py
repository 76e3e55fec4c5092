"""The learned tables at work: edit models by script pair, backgrounds, the lexicon, constants.

They are used as they lie in the file, mapped into memory, and looked at when first asked for: a
Latin list never touches Hebrew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolve.model.background import ORDER, Background, Counted, LetterModel
from resolve.model.edit import EditModel, Inventory, Spelled
from resolve.model.lexicon import ByPivot, Lexicon, Links
from resolve.model.operations import Chances
from resolve.model.store import Arrays, read
from resolve.names.fold import ALPHABETS
from resolve.texts import Texts

__all__ = ["Learned", "load", "pack_background", "pack_edit", "pack_links"]

_UNIT = -1 / 2048
"""Bits are kept as whole numbers of -1/2048 bit, 0 to -31.99: finer than they are known."""
_MOST = 65535
"""More than this is not counted: no count is, so far."""
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
            if f"{name}/bits" not in self._arrays:
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
    def hearing(self) -> NDArray[np.int64]:
        """Which sounds are written for which; see `model.hearing`."""
        return np.ascontiguousarray(self._arrays["hearing"], np.int64)

    @cached_property
    def origin(self) -> NDArray[np.int16]:
        """What letters say for an Arab name; see `model.origin`."""
        return np.asarray(self._arrays["origin"])

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
    x, y, p = model.chances
    kept = np.flatnonzero(p >= np.exp2(-31.9))
    return {
        **_pack_inventory(f"{name}/left", model.left),
        **_pack_inventory(f"{name}/right", model.right),
        f"{name}/x": x[kept].astype(np.int32),
        f"{name}/y": y[kept].astype(np.int32),
        f"{name}/bits": _whole(np.log2(p[kept])),
    }


def _unpack_edit(arrays: Arrays, name: str) -> EditModel:
    left, right = (_unpack_inventory(arrays, f"{name}/{side}") for side in ("left", "right"))
    p = np.exp2(arrays[f"{name}/bits"] * _UNIT)
    return EditModel(left, right, Chances(arrays[f"{name}/x"], arrays[f"{name}/y"], p))


def _pack_inventory(name: str, inventory: Inventory) -> dict[str, NDArray[Any]]:
    letters, sizes, numbers = inventory.spelled
    return {
        **Texts.arrays_of(name, inventory.substrings),
        f"{name}/letters": letters,
        f"{name}/sizes": sizes,
        **{f"{name}/{length}": table for length, table in enumerate(numbers, start=1)},
    }


def _unpack_inventory(arrays: Arrays, name: str) -> Inventory:
    sizes = arrays[f"{name}/sizes"]
    lengths = range(1, int(sizes.max(initial=1)) + 1)
    tables = tuple(arrays[f"{name}/{length}"] for length in lengths)
    return Inventory(Texts(arrays, name), Spelled(arrays[f"{name}/letters"], sizes, tables))


def pack_background(
    name: str, counts: Mapping[str, int], letters: LetterModel, total: int, once: float
) -> dict[str, NDArray[Any]]:
    """Return a background as plain arrays; forms seen once are left to the letter model."""
    forms = sorted(form for form, count in counts.items() if count > 1)
    packed: dict[str, NDArray[Any]] = {
        **Texts.arrays_of(f"{name}/form", forms),
        f"{name}/counts": np.array([counts[form] for form in forms], np.uint32),
        f"{name}/mass": np.array([total, once], np.float64),
    }
    for order in range(ORDER):
        packed[f"{name}/{order}/keys"] = letters.keys[order].astype(np.uint32)
        packed[f"{name}/{order}/bits"] = _whole(letters.unit * letters.bits[order])
        packed[f"{name}/{order}/backoff"] = _whole(letters.unit * letters.backoff[order])
    return packed


def _unpack_background(arrays: Arrays, name: str) -> Background:
    keys, bits, backoff = (
        [arrays[f"{name}/{order}/{part}"] for order in range(ORDER)]
        for part in ("keys", "bits", "backoff")
    )
    letters = LetterModel(ALPHABETS[name.rsplit("/", 1)[1]], keys, bits, backoff, _UNIT)
    counts = Counted(Texts(arrays, f"{name}/form"), arrays[f"{name}/counts"])
    total, once = arrays[f"{name}/mass"]
    return Background(counts, letters, int(total), float(once))


def pack_links(script: str, links: Links) -> dict[str, NDArray[Any]]:
    """Return the lexicon of one script as plain arrays."""
    name = f"lexicon/{script}"
    starts, rows, weights = links.by_pivot
    return {
        **Texts.arrays_of(f"{name}/form", tuple(links.forms)),
        f"{name}/starts": links.starts.astype(np.int32),
        f"{name}/pivots": links.pivots.astype(np.int32),
        f"{name}/weights": _often(links.weights),
        f"{name}/types": np.minimum(links.types, _MOST).astype(np.uint16),
        f"{name}/by_pivot/starts": starts.astype(np.int32),
        f"{name}/by_pivot/rows": rows.astype(np.int32),
        f"{name}/by_pivot/weights": _often(weights),
    }


def _unpack_links(arrays: Arrays, script: str) -> Links:
    name = f"lexicon/{script}"
    parts = ("starts", "pivots", "weights", "types")
    starts, pivots, weights, types = (arrays[f"{name}/{part}"] for part in parts)
    by_pivot = ByPivot(*(arrays[f"{name}/by_pivot/{part}"] for part in ByPivot._fields))
    return Links(Texts(arrays, f"{name}/form"), starts, pivots, weights, types, by_pivot)


def _often(weights: NDArray[Any]) -> NDArray[np.float32]:
    """How often forms were written: whole numbers, which are exact as floats too."""
    return np.asarray(np.minimum(weights, _MOST), np.float32)


def _whole(bits: NDArray[np.float64]) -> NDArray[np.uint16]:
    """Negative bits as whole numbers: deterministic across machines that round differently."""
    return np.clip(np.rint(bits / _UNIT), 0, 65535).astype(np.uint16)
