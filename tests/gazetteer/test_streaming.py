"""A package read or written record by record is the one that is read or written whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gazetteer import Entity, EntityName, RecordError, Redirect, load, save
from gazetteer.streaming import Written, read_redirects, read_stream, write_stream

TOY = Path(__file__).parent.parent / "toy"
FILES = ("datapackage.json", "entities.tsv", "names.tsv", "redirects.tsv")


def records(folder: Path = TOY) -> list[Entity | Redirect]:
    both: list[Entity | Redirect] = [*read_stream(folder), *read_redirects(folder)]
    return sorted(both, key=lambda record: record.id)


def test_it_reads_what_load_loads() -> None:
    toy = load(TOY)
    assert tuple(read_stream(TOY)) == toy.entities
    assert tuple(read_redirects(TOY)) == toy.redirections


def test_it_writes_what_save_saves(tmp_path: Path) -> None:
    written = write_stream(tmp_path / "one", "toy", records())
    save(load(TOY), tmp_path / "two")
    assert written == Written(actors=13, names=41, redirects=1)
    for file in FILES:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_nothing_aside_is_left_and_nothing_at_all_after_a_failure(tmp_path: Path) -> None:
    write_stream(tmp_path / "one", "toy", records())
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == list(FILES)

    def failing() -> object:
        yield records()[0]
        raise OSError("no space left")

    for folder in (tmp_path / "one", tmp_path / "new"):
        with pytest.raises(OSError, match="no space left"):
            write_stream(folder, "toy", failing())  # type: ignore[arg-type]
    assert records(tmp_path / "one") == records()
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == list(FILES)
    assert not (tmp_path / "new").exists()


def named(*names: EntityName, id: str = "a", **facts: object) -> Entity:
    return Entity(id, names, source="test", **facts)  # type: ignore[arg-type]


ALI = EntityName("Ali", "eng", "Latn", "primary", "test")
ALY = EntityName("Aly", "eng", "Latn", "primary", "test")


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ([named(ALI, id="b"), named(ALI)], "'a' comes after 'b'"),
        ([named(ALI), named(ALI)], "'a' comes after 'a'"),
        ([named()], "'a': has no name"),
        ([named(ALI, ALI)], r"'a': 'Ali' \(eng\) of 'a' stands there twice"),
        ([named(ALI, ALY)], "'a': 'a' has two primary names in 'eng'"),
        ([named(ALI, country="Libya")], "'a': country 'Libya'"),
        ([named(ALI, note="two\nlines")], "a tab or a line feed"),
        ([named(ALI, note="two  spaces")], "stray space"),
        ([named(EntityName("Ali", "english", "Latn", "alias", "test"))], "lang 'english'"),
        ([Redirect("no id", "a", "test")], "id 'no id'"),
    ],
)
def test_a_broken_record_is_not_written(given: list[Entity], what: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=what):
        write_stream(tmp_path / "new", "new", given)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("file", "change", "what"),
    [
        ("entities", lambda rows: [rows[1], rows[0], *rows[2:]], "names.tsv:2: names the unknown"),
        ("entities", lambda rows: [*rows[1:], rows[0]], "names.tsv:2: names the unknown"),
        ("names", lambda rows: [rows[1], rows[0], *rows[2:]], "names.tsv:3: .* is out of order"),
        (
            "entities",
            lambda rows: [*rows[:2], *rows[1:]],
            "entities.tsv:4: id .* is that of the row",
        ),
        ("entities", lambda rows: rows[1:], "names.tsv:2: names the unknown actor"),
        ("entities", lambda rows: rows[:-1], "names the unknown actor"),
        ("names", lambda rows: rows[:-9], "has no name"),
        ("names", lambda rows: [rows[0] + "\tmore", *rows[1:]], "names.tsv:2: 8 fields"),
        ("names", lambda rows: [rows[0].replace("eng", "xx"), *rows[1:]], "names.tsv:2: lang 'xx'"),
        ("names", lambda rows: [rows[0] + " ", *rows[1:]], "names.tsv:2: .*stray space"),
    ],
)
def test_a_broken_row_is_told_by_file_and_line(
    file: str, change: Callable[[list[str]], list[str]], what: str, tmp_path: Path
) -> None:
    for each in FILES:
        (tmp_path / each).write_bytes((TOY / each).read_bytes())
    path = tmp_path / f"{file}.tsv"
    header, *rows = path.read_text().splitlines()
    path.write_text("\n".join([header, *change(rows), ""]))
    with pytest.raises(RecordError, match=what):
        list(read_stream(tmp_path))
    with pytest.raises(RecordError):
        load(tmp_path)
