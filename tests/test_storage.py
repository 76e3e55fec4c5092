"""A file of arrays gives back what was written, or says what is wrong: never wrong values."""

import itertools
import os
import random
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from resolve import storage
from resolve.errors import StorageError
from resolve.storage import Stored, write

KIND, FORMAT = "test", 3
BEFORE = 8 + struct.calcsize("<QL")  # bytes before the header
SHAPES = nps.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5)
DTYPES = st.one_of(
    nps.boolean_dtypes(),
    nps.integer_dtypes(endianness="?"),
    nps.unsigned_integer_dtypes(endianness="?"),
    nps.floating_dtypes(endianness="?", sizes=(16, 32, 64)),
)
ARRAYS = st.dictionaries(st.text(max_size=8), nps.arrays(DTYPES, SHAPES), max_size=4)
SAMPLE = {
    "person/key": np.arange(40, dtype=np.uint32),
    "person/rarity": np.linspace(0, 30, 21),
    "place": np.array([True, False, True]),
    "slots": np.arange(12, dtype=np.int32).reshape(4, 3),
    "void": np.zeros((0, 3), np.float32),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.idx"


@pytest.fixture
def sample(path: Path) -> bytes:
    write(path, KIND, FORMAT, SAMPLE, {"version": "1"})
    return path.read_bytes()


def opened(path: Path) -> Stored:
    stored = Stored(path, KIND, FORMAT)
    stored.verify()
    return stored


def beside(path: Path) -> list[str]:
    """The names of all files where a file lies, its own among them."""
    return [each.name for each in path.parent.iterdir()]


def header_of(data: bytes) -> dict[str, Any]:
    length, _ = struct.unpack("<QL", data[8:BEFORE])
    found: dict[str, Any] = msgspec.json.decode(data[BEFORE : BEFORE + length])
    return found


def with_header(data: bytes, header: object) -> bytes:
    """The same arrays below another header, whose sum is right; it is as long where it can be."""
    length, _ = struct.unpack("<QL", data[8:BEFORE])
    text = header if isinstance(header, bytes) else msgspec.json.encode(header)
    text = text.ljust(length)
    lengths = struct.pack("<QL", len(text), zlib.crc32(text))
    return data[:8] + lengths + text + data[BEFORE + length :]


def refused(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(StorageError) as error:
        opened(path)
    assert str(path) in str(error.value)
    return str(error.value)


@settings(deadline=None)
@given(ARRAYS)
def test_what_is_written_is_read_back(tmp_path_factory: Any, arrays: dict[str, Any]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.idx"
    write(path, KIND, FORMAT, arrays)
    found = opened(path).arrays
    assert sorted(found) == sorted(arrays)
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype.newbyteorder("<")
        assert found[name].shape == array.shape
        assert np.array_equal(found[name], array, equal_nan=array.dtype.kind == "f")


def test_any_layout_in_memory_gives_the_same_bytes(path: Path) -> None:
    plain = np.arange(24, dtype="<i4").reshape(4, 6)
    fortran, swapped = np.asfortranarray(plain), plain.astype(">i4")
    strided = np.repeat(plain, 2, axis=1)[:, ::2]
    assert not strided.flags.c_contiguous
    written = []
    for array in (plain, fortran, swapped, strided):
        write(path, KIND, FORMAT, {"a": array})
        written.append(path.read_bytes())
    assert len(set(written)) == 1


def test_the_same_values_give_the_same_bytes_in_any_order(path: Path, sample: bytes) -> None:
    turned = dict(reversed(list(SAMPLE.items())))
    write(path, KIND, FORMAT, turned, {"version": "1"})
    assert path.read_bytes() == sample


def test_arrays_lie_at_multiples_of_64_bytes(sample: bytes) -> None:
    assert all(row["start"] % 64 == 0 for row in header_of(sample)["rows"])


def test_facts_come_back(path: Path) -> None:
    facts = {"version": "1.2", "sums": {"a/ب": 3, "b": None}, "list": [1, 2.5, "x"]}
    write(path, KIND, FORMAT, {}, facts)
    assert opened(path).facts == facts and opened(path).arrays == {}


def test_arrays_are_read_only(path: Path, sample: bytes) -> None:
    for array in opened(path).arrays.values():
        with pytest.raises(ValueError, match=r"WRITEABLE|writeable"):
            array.flags.writeable = True
        if array.size:
            with pytest.raises(ValueError, match="read-only"):
                array.reshape(-1)[0] = 1
    assert path.read_bytes() == sample


def test_a_file_is_mapped_not_read(path: Path, sample: bytes) -> None:
    array = opened(path).arrays["person/key"]
    path.unlink()
    assert not array.flags.owndata and array.tolist() == list(range(40))


@pytest.mark.parametrize(
    "array",
    [
        np.array(["a", None], object),
        np.array(["Güler"]),
        np.array([b"x"]),
        np.array([(1, 2.0)], [("a", "i4"), ("b", "f8")]),
        np.array(["2026-01-01"], "datetime64[D]"),
        np.zeros(2, complex),
        np.zeros(2, "V0"),
    ],
    ids=lambda array: str(array.dtype),
)
def test_what_is_no_plain_number_is_refused(path: Path, sample: bytes, array: Any) -> None:
    with pytest.raises(ValueError, match="plain numbers"):
        write(path, KIND, FORMAT, {"a": array})
    assert path.read_bytes() == sample and beside(path) == [path.name]


def meaningful(data: bytes) -> Iterator[int]:
    """Every place in a file but the padding, which nobody reads."""
    header = header_of(data)
    length, _ = struct.unpack("<QL", data[8:BEFORE])
    yield from range(BEFORE + length)
    for row in header["rows"]:
        size = int(np.prod(row["shape"])) * np.dtype(row["dtype"]).itemsize
        yield from range(row["start"], row["start"] + size)


def test_every_flipped_byte_is_found(path: Path, sample: bytes) -> None:
    for k, place in enumerate(meaningful(sample)):
        damaged = bytearray(sample)
        damaged[place] ^= 0xFF if k % 2 else 1 << k % 8
        refused(path, bytes(damaged))


def test_damage_to_an_array_is_named(path: Path, sample: bytes) -> None:
    for row in header_of(sample)["rows"]:
        if 0 in row["shape"]:
            continue
        size = int(np.prod(row["shape"])) * np.dtype(row["dtype"]).itemsize
        for at in (0, size // 2, size - 1):
            damaged = bytearray(sample)
            damaged[row["start"] + at] ^= 0x10
            assert f"{row['name']} isn't what was written" in refused(path, bytes(damaged))


def test_what_is_checked_once_stays_checked(path: Path, sample: bytes) -> None:
    stored = opened(path)
    stored.verify()
    assert stored.arrays["slots"].tolist() == SAMPLE["slots"].tolist()


def test_damage_is_told_each_time(path: Path, sample: bytes) -> None:
    damaged = bytearray(sample)
    damaged[header_of(sample)["rows"][0]["start"]] ^= 1
    path.write_bytes(damaged)
    stored = Stored(path, KIND, FORMAT)
    for _ in range(2):
        with pytest.raises(StorageError, match="build it again"):
            stored.verify()


def test_every_truncation_is_found(path: Path, sample: bytes) -> None:
    for length in range(len(sample)):
        refused(path, sample[:length])


@pytest.mark.parametrize("arrays", [SAMPLE, {}], ids=["arrays", "no array"])
def test_what_is_appended_to_is_refused(path: Path, arrays: dict[str, Any]) -> None:
    write(path, KIND, FORMAT, arrays)
    data = path.read_bytes()
    for more in (b"\0", data):
        assert "appended" in refused(path, data + more)


def test_large_files_are_summed_by_threads(
    path: Path, sample: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_LARGE", 1)
    opened(path)
    damaged = bytearray(sample)
    damaged[header_of(sample)["rows"][1]["start"]] ^= 1
    assert "person/rarity" in refused(path, bytes(damaged))


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 2**32 - 1))
def test_noise_is_refused(tmp_path_factory: Any, seed: int) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.idx"
    write(path, KIND, FORMAT, SAMPLE)
    chance, data = random.Random(seed), bytearray(path.read_bytes())
    places = sorted(meaningful(bytes(data)))
    for _ in range(chance.randint(1, 9)):
        data[chance.choice(places)] ^= chance.randint(1, 255)
    cut = chance.choice([len(data), chance.randrange(len(data))])
    if bytes(data) != path.read_bytes() or cut < len(data):
        refused(path, bytes(data[:cut]))


NONSENSE: dict[str, dict[str, Any]] = {
    "negative size": {"shape": [-40]},
    "negative sizes": {"shape": [-8, -5]},
    "huge": {"shape": [2**62]},
    "huger than a number": {"shape": [2**70]},
    "nothing of too much": {"shape": [0, 2**62, 2**62]},
    "more dimensions than there are": {"shape": [1] * 99},
    "a shape of text": {"shape": "40"},
    "a shape of fractions": {"shape": [2.5]},
    "no type": {"dtype": ""},
    "an unknown type": {"dtype": "<q9"},
    "objects": {"dtype": "|O"},
    "text": {"dtype": "<U4"},
    "a structure": {"dtype": "i4,f8"},
    "nothing": {"dtype": "|V0"},
    "an import": {"dtype": "os"},
    "big-endian": {"dtype": ">u4"},
    "before the file": {"start": -64},
    "over the header": {"start": 0},
    "over another": {"start": 64},
    "behind the file": {"start": 2**40},
    "behind all memory": {"start": 2**80},
    "not aligned": {"start": 1},
    "a name given twice": {"name": "slots"},
    "a sum of text": {"crc": "0"},
}


@pytest.mark.parametrize("row", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize("which", [0, -1])
def test_a_header_that_makes_no_sense_is_refused(
    path: Path, sample: bytes, row: dict[str, Any], which: int
) -> None:
    header = header_of(sample)
    header["rows"][which].update(row)
    refused(path, with_header(sample, header))


def test_rows_in_another_order_are_refused(path: Path, sample: bytes) -> None:
    header = header_of(sample)
    header["rows"].reverse()
    refused(path, with_header(sample, header))


@pytest.mark.parametrize(
    "header",
    [b"", b"null", b"[]", b"{}", b'{"kind": "test"}', b"\xff\xfe", b'{"kind":"\xff"}', b"[" * 9999],
    ids=repr,
)
def test_a_header_that_is_none_is_refused(path: Path, sample: bytes, header: bytes) -> None:
    assert "header" in refused(path, with_header(sample, header))


def test_a_header_of_any_length_is_refused(path: Path, sample: bytes) -> None:
    for length in (0, 1, 2**31, 2**63 - 1, 2**63, 2**64 - 1):
        refused(path, sample[:8] + struct.pack("<Q", length) + sample[16:])


def test_another_kind_and_another_format_are_told(path: Path, sample: bytes) -> None:
    with pytest.raises(StorageError, match="holds 'test', not 'model'"):
        Stored(path, "model", FORMAT)
    with pytest.raises(StorageError, match=r"format 3, and this version .* reads format 2"):
        Stored(path, KIND, FORMAT - 1)


def test_more_facts_than_this_version_knows_do_no_harm(path: Path, sample: bytes) -> None:
    path.write_bytes(with_header(sample, header_of(sample)))
    assert opened(path).facts == {"version": "1"}


@pytest.mark.parametrize("text", [b"", b"x", "id,name\nmenfi,المنفي\n".encode(), b"PK\3\4" * 99])
def test_what_is_no_file_of_ours_is_told(path: Path, text: bytes) -> None:
    assert "not a file of resolve-names" in refused(path, text)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    for nothing in (tmp_path, tmp_path / "missing.idx", Path(os.devnull)):
        with pytest.raises(StorageError) as error:
            Stored(nothing, KIND, FORMAT)
        assert str(nothing) in str(error.value)


def test_a_pickle_is_never_loaded(path: Path, sample: bytes, monkeypatch: Any) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a pickle was loaded")

    monkeypatch.setattr("pickle.loads", forbidden)
    monkeypatch.setattr("pickle.load", forbidden)
    opened(path)
    source = Path(storage.__file__).read_text(encoding="utf-8")
    assert not any(word in source for word in ("pickle", "marshal", "np.load", "eval("))


class FullDiskError(OSError):
    pass


def test_a_disk_that_is_full_leaves_the_old_file(
    path: Path, sample: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise FullDiskError

    for step in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os if step == "fsync" else Path, step, full)
            with pytest.raises(FullDiskError):
                write(path, KIND, FORMAT, {"a": np.zeros(9)})
        assert path.read_bytes() == sample and beside(path) == [path.name]


def test_folders_are_made_and_links_stay_links(tmp_path: Path) -> None:
    target, link = tmp_path / "deep" / "er" / "a.idx", tmp_path / "latest.idx"
    write(target, KIND, FORMAT, {})
    link.symlink_to(target)
    write(link, KIND, FORMAT, SAMPLE)
    assert link.is_symlink() and set(opened(target).arrays) == set(SAMPLE)


def write_on(path: Path) -> None:
    """Write one generation after the other, each of its own number."""
    for k in itertools.count(1):
        write(path, KIND, FORMAT, {"a": np.full(30_000, k), "b": np.full(50_000, k)}, {"k": k})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as Unix does")
def test_a_writer_that_is_killed_leaves_a_whole_file(path: Path) -> None:
    chance, left = random.Random(4), []
    write(path, KIND, FORMAT, {"a": np.zeros(30_000, int), "b": np.zeros(50_000, int)}, {"k": 0})
    for _ in range(100):
        process = os.fork()
        if not process:
            try:
                write_on(path)
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.001, 0.02))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        stored = opened(path)
        assert all(set(a.tolist()) == {stored.facts["k"]} for a in stored.arrays.values())
        left.append(len(beside(path)) - 1)
    assert max(left) == 1, "each one clears what the last one left"
    write(path, KIND, FORMAT, SAMPLE)
    assert beside(path) == [path.name]


def test_what_a_living_writer_writes_is_left_alone(path: Path, sample: bytes) -> None:
    alive = path.with_name(f".{path.name}.{os.getppid()}.1.new")
    other = path.with_name(f".another{path.name}.999999999.1.new")
    dead = path.with_name(f".{path.name}.999999999.1.new")
    for left in (alive, other, dead):
        left.write_bytes(b"half")
    write(path, KIND, FORMAT, SAMPLE)
    assert {alive.name, other.name, path.name} == set(beside(path))


def test_threads_that_write_one_file_leave_a_whole_one(path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def job(k: int) -> None:
        write(path, KIND, FORMAT, {"a": np.full(5000, k)}, {"k": k})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(job, range(60)))
    stored = opened(path)
    assert set(stored.arrays["a"].tolist()) == {stored.facts["k"]}
    assert beside(path) == [path.name]


def test_another_process_reads_the_same_values(path: Path, sample: bytes) -> None:
    script = (
        "import sys; from pathlib import Path; from resolve.storage import Stored\n"
        "print(Stored(Path(sys.argv[1]), 'test', 3).arrays['person/key'].sum())"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True)
    assert done.stdout.strip() == str(sum(range(40))), done.stderr
