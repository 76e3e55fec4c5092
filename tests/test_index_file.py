"""An index, in memory or in a file, answers as the gazetteer that it was built from."""

import csv
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resolve.index
from gazetteer import Entity, EntityName, Gazetteer, load
from resolve import Resolver, Settings
from resolve.errors import OptionError, StorageError
from resolve.index import Index
from resolve.storage import Stored
from resolve.tables import read_table
from resolve.types import Kind

TESTS = Path(__file__).parent
EXAMPLES = (TESTS.parent / "examples" / "names.txt").read_text(encoding="utf-8").splitlines()
DECISIONS = read_table(
    TESTS / "cases" / "toy_decisions.tsv", ("mention", "outcome", "first", "note")
)
PARTS = read_table(TESTS / "cases" / "parts.tsv", ("reading", "text", "parts", "note"))
MENTIONS = sorted({*(row[0] for row in DECISIONS), *(row[1] for row in PARTS), *EXAMPLES})
SOME = MENTIONS[::3]  # enough, where each is decided several times
WORDS = sorted({word for mention in MENTIONS for word in mention.split()})
TOY = load(TESTS / "toy")
KINDS: tuple[Kind | None, ...] = (None, "person", "organization", "place")
mentions = st.one_of(
    st.sampled_from(MENTIONS),
    st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join),
    st.text(max_size=20),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: Any) -> Path:
    path: Path = tmp_path_factory.mktemp("index") / "toy.idx"
    Index.of(TOY).save(path)
    return path


def answers(actors: Gazetteer | Index | None, names: Sequence[str], **asked: Any) -> bytes:
    """All that is decided on some names, bits to the last digit, by a resolver without a past."""
    return msgspec.json.encode(Resolver(actors, Settings(**asked)).resolve_many(names))


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_answers_as_its_gazetteer(path: Path, kind: Kind | None) -> None:
    expected = answers(TOY, SOME, kind=kind)
    assert answers(Index.of(TOY), SOME, kind=kind) == expected
    assert answers(Index.open(path), SOME, kind=kind) == expected
    assert answers(Index.open(str(path)), SOME, kind=kind) == expected


@settings(deadline=None, max_examples=25)
@given(st.lists(mentions, max_size=6), st.sampled_from(KINDS), st.integers(0, 9))
def test_any_names_are_answered_alike(
    path: Path, names: list[str], kind: Kind | None, top: int
) -> None:
    asked = {"kind": kind, "top": top}
    assert answers(Index.open(path), names, **asked) == answers(TOY, names, **asked)


@pytest.mark.parametrize("kind", [None, "organization"])
def test_the_gazetteer_that_ships_is_answered_from_its_index(
    tmp_path: Path, kind: Kind | None
) -> None:
    Index.of(load()).save(tmp_path / "all.idx")
    expected = answers(load(), EXAMPLES, kind=kind)
    assert answers(Index.open(tmp_path / "all.idx"), EXAMPLES, kind=kind) == expected
    assert answers(None, EXAMPLES, kind=kind) == expected


def test_an_index_tells_its_actors(path: Path) -> None:
    index = Index.open(path)
    found = [index.actor(row) for row in range(len(index))]
    assert found == [(entity.id, entity.name, entity.kind) for entity in TOY]
    assert index.prominence.tolist() == [entity.prominence for entity in TOY]
    assert sum(index.names.values()) == sum(len(entity.names) for entity in TOY)
    people = sum(len(entity.names) for entity in TOY if entity.kind == "person")
    assert index.names["person"] == people


@pytest.mark.parametrize("kind", KINDS)
def test_the_weights_of_a_kind_are_those_of_its_actors(path: Path, kind: Kind | None) -> None:
    expected = [entity.prominence if kind in (None, entity.kind) else 0 for entity in TOY]
    assert Index.open(path).weights(kind).tolist() == expected


def test_a_resolver_of_an_index_has_no_gazetteer(path: Path) -> None:
    with pytest.raises(OptionError, match="load the gazetteer"):
        _ = Resolver(Index.open(path)).gazetteer
    assert Resolver(TOY).gazetteer is TOY


@settings(deadline=None, max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_actors_does_not_matter(path: Path, chance: random.Random) -> None:
    shuffled = list(TOY)
    chance.shuffle(shuffled)
    other = path.with_name("shuffled.idx")
    Index.of(Gazetteer("toy", tuple(shuffled))).save(other)
    assert other.read_bytes() == path.read_bytes()


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    # A table without languages has each text once.
    rows = list(dict.fromkeys((entity.id, name.text) for entity in TOY for name in entity.names))
    written = []
    for chance in (None, random.Random(1), random.Random(2)):
        ids = [id for id, _ in rows]
        if chance is not None:
            chance.shuffle(ids)
        own = {id: iter([name for owner, name in rows if owner == id]) for id in set(ids)}
        with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("id", "name"), *((id, next(own[id])) for id in ids)])
        Index.of(load(tmp_path / "rows.csv")).save(tmp_path / "rows.idx")
        written.append((tmp_path / "rows.idx").read_bytes())
    assert len(set(written)) == 1


def test_processes_with_other_hashes_write_the_same_bytes(path: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from gazetteer import load; from resolve.index import Index\n"
        "Index.of(load(sys.argv[1]), jobs=2).save(sys.argv[2])"
    )
    for seed in ("1", "2"):
        other = tmp_path / f"{seed}.idx"
        subprocess.run(
            [sys.executable, "-c", script, TESTS / "toy", other],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        assert other.read_bytes() == path.read_bytes()


def test_what_was_opened_is_saved_as_it_was(path: Path, tmp_path: Path) -> None:
    Index.open(path).save(tmp_path / "copy.idx")
    assert (tmp_path / "copy.idx").read_bytes() == path.read_bytes()


def test_an_index_may_be_replaced_while_it_is_used(path: Path, tmp_path: Path) -> None:
    used = tmp_path / "used.idx"
    Index.open(path).save(used)
    resolver = Resolver(Index.open(used))
    before = msgspec.json.encode(resolver.resolve_many(MENTIONS))
    Index.of(Gazetteer.empty()).save(used)
    assert msgspec.json.encode(resolver.resolve_many(MENTIONS)) == before
    assert len(Index.open(used)) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_of_nobody_everybody_is_unknown(tmp_path: Path, kind: Kind | None) -> None:
    Index.of(Gazetteer.empty()).save(tmp_path / "none.idx")
    index = Index.open(tmp_path / "none.idx")
    assert len(index) == 0 and set(index.names.values()) == {0}
    expected = answers(Gazetteer.empty(), MENTIONS, kind=kind)
    assert answers(index, MENTIONS, kind=kind) == expected
    assert b"LINK" not in expected and b"REVIEW" not in expected


def test_strange_names_are_indexed(tmp_path: Path) -> None:
    texts = ("😀", "444", "-", "习近平", "a", "عبد", "x " * 40, "A" * 300, "Menfi")
    entities = [
        Entity(f"n-{k}", (EntityName(text),), kind)
        for k, text in enumerate(texts)
        for kind in ("person", "organization", "place")[k % 3 : k % 3 + 1]
    ]
    strange = Gazetteer("strange", tuple(entities))
    Index.of(strange).save(tmp_path / "strange.idx")
    index = Index.open(tmp_path / "strange.idx")
    assert answers(index, texts) == answers(strange, texts)


def test_another_version_is_refused(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "old.idx"
    with monkeypatch.context() as patch:
        patch.setattr(resolve.index, "__version__", "0.0.1")
        Index.of(TOY).save(other)
    with pytest.raises(StorageError, match=r"built by resolve-names 0\.0\.1.*build it again"):
        Index.open(other)
    monkeypatch.setattr(resolve.index, "FORMAT", resolve.index.FORMAT + 1)
    with pytest.raises(StorageError, match="format"):
        Index.open(path)


@pytest.mark.parametrize(
    "array",
    [
        "person/rarity",
        "person/posting",
        "person/slot_forms",
        "person/letters_end",
        "person/key_strains",
        "person/text",
        "words/owner",
        "words/postings_end",
        "canonical",
        "prominence",
        "id",
    ],
)
def test_a_damaged_file_is_an_error_before_any_answer(
    path: Path, tmp_path: Path, array: str
) -> None:
    data, stored = bytearray(path.read_bytes()), Stored(path, "index", resolve.index.FORMAT)
    raw = stored.arrays[array].tobytes()
    start = data.find(raw)
    assert raw and start > 0
    data[start + len(raw) // 2] ^= 0xFF
    damaged = tmp_path / "damaged.idx"
    damaged.write_bytes(data)
    for jobs in (1, 2):
        resolver = Resolver(Index.open(damaged))
        decisions = resolver.decide_many(MENTIONS, jobs=jobs)
        with pytest.raises(StorageError, match="damaged"):
            next(decisions)
    resolver = Resolver(Index.open(damaged))
    for _ in range(2):
        with pytest.raises(StorageError, match="damaged"):
            resolver.resolve("Menfi")


def many(count: int) -> Gazetteer:
    """Actors of made-up names."""
    chance = random.Random(0)
    syllables = [a + b for a in "bdfghjklmnrstwyz" for b in "aiu"]
    entities = []
    for k in range(count):
        words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(3)]
        entities.append(Entity(f"n-{k:06}", (EntityName(" ".join(words).title()),)))
    return Gazetteer("many", tuple(entities))


READER = """
import sys
from resolve import Resolver
from resolve.index import Index

def mapping():
    kilobytes = {}
    with open("/proc/self/smaps") as file:
        for line in file:
            if "-" in line.split()[0]:
                own = line.rstrip().endswith(sys.argv[1])
            elif own and line.endswith(" kB\\n"):
                name, number, _ = line.split()
                kilobytes[name] = kilobytes.get(name, 0) + int(number)
    return kilobytes

index = Index.open(sys.argv[1])
index.verify()
Resolver(index).resolve("Bakala Dafiga")
print("ready", flush=True)
input()
found = mapping()
print(*(1024 * found[name] for name in ("Rss:", "Pss:", "Private_Dirty:")), flush=True)
input()
"""


@pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="asks the system what memory is shared"
)
def test_processes_share_the_memory_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "many.idx"
    Index.of(many(5000)).save(path)
    size = path.stat().st_size
    assert size > 2_000_000
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None and reader.stdout.readline() == "ready\n"
    for reader in readers:
        assert reader.stdin is not None and reader.stdout is not None
        reader.stdin.write("\n")
        reader.stdin.flush()
        rss, pss, dirty = map(int, reader.stdout.readline().split())
        assert rss > 0.9 * size and dirty == 0
        assert rss - pss > 0.4 * size, "each page counts half for each of the two"
    for reader in readers:
        reader.communicate("\n")
