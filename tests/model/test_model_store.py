"""Tables come back as they were written, or an error says what is wrong and what to do."""

import json
from pathlib import Path

import numpy as np
import pytest

from resolve.errors import ModelError
from resolve.model import store

ARRAYS = {
    "edit/Arab-Latn/ops": np.arange(40, dtype=np.uint32),
    "background/name/Latn/mass": np.array([3.5, 1.25]),
    "lexicon/Latn/forms": np.frombuffer(b"haftar\nsalah", np.uint8),
}
CARD = {"constants": {"descent": 2.0}, "inputs": {"names/ofac.tsv": "12"}}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    store.write(tmp_path / "data", ARRAYS, CARD)
    return tmp_path / "data"


def the_tables(directory: Path) -> Path:
    return next(path for path in directory.iterdir() if path.suffix == ".tables")


def the_card(directory: Path) -> Path:
    return next(path for path in directory.iterdir() if path.suffix == ".json")


def test_what_is_written_is_read(directory: Path) -> None:
    arrays, card = store.read(directory)
    assert sorted(arrays) == sorted(ARRAYS)
    for name, expected in ARRAYS.items():
        assert arrays[name].dtype == expected.dtype
        assert np.array_equal(arrays[name], expected)
    assert {name: card[name] for name in CARD} == CARD
    assert card["format"] == store.FORMAT


def test_the_same_values_give_the_same_bytes(directory: Path, tmp_path: Path) -> None:
    store.write(tmp_path / "again", dict(reversed(ARRAYS.items())), CARD)
    for path in directory.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("what", [b"resolve", b'"rows"', *(a.tobytes() for a in ARRAYS.values())])
@pytest.mark.parametrize("place", [0, 0.3, 0.6, 0.999])
def test_a_changed_byte_is_an_error(directory: Path, what: bytes, place: float) -> None:
    path = the_tables(directory)
    data = bytearray(path.read_bytes())
    data[data.index(what) + int(place * len(what))] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"damaged.*reinstall resolve-names"):
        store.read(directory)


@pytest.mark.parametrize("kept", [0, 1, 100])
def test_a_truncated_file_is_an_error(directory: Path, kept: int) -> None:
    path = the_tables(directory)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ModelError, match=r"damaged.*reinstall resolve-names"):
        store.read(directory)


@pytest.mark.parametrize("number", [store.FORMAT + 1, "1", None])
def test_another_format_is_an_error(directory: Path, number: object) -> None:
    path = the_card(directory)
    card = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**card, "format": number}), encoding="utf-8")
    with pytest.raises(ModelError, match=r"format .* reads 2; .*resolve\.model\.train"):
        store.read(directory)


def test_a_truncated_card_is_an_error(directory: Path) -> None:
    path = the_card(directory)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(ModelError, match=r"can't be read .*resolve\.model\.train"):
        store.read(directory)


@pytest.mark.parametrize("missing", [the_tables, the_card])
def test_a_missing_file_is_an_error(directory: Path, missing: object) -> None:
    missing(directory).unlink()  # type: ignore[operator]
    with pytest.raises(ModelError, match=r"can't be read .*resolve\.model\.train"):
        store.read(directory)
