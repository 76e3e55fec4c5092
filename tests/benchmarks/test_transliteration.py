"""A spelling is right by its letters, at its place; unseen words are those training held out."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from benchmarks.datasets.translit import LISTS, Spelt, drawn, tasks
from benchmarks.protocol import Result
from benchmarks.tracks import transliteration as track
from resolve.errors import InputError
from resolve.model.inputs import held_out
from resolve.names.fold import fold

HEADER = "latin\tnative\tcount\tofficial_part"
ARABIC = (
    "haftar\tحفتر\t3\t16",
    "khaftar\tحفتر\t1\t16",
    "haftar\tحفطر\t1\t16",
    "salih\tصالح\t1\t64",  # trained on: never asked for
    "a\tا\t1\t16",  # a letter is no word
    "zliten\tزليتن\t2\t16",
)


class Speller:
    """Spells words by a table."""

    note = ""
    probabilistic = False

    def __init__(self, name: str, table: dict[str, tuple[str, ...]], lacks: str = "") -> None:
        self.name = name
        self._table = table
        self._lacks = lacks

    def missing(self) -> str | None:
        return self._lacks or None

    def version(self) -> str:
        return "1"

    def spell(self, words: Sequence[str], script: str, top: int = 5) -> list[tuple[str, ...]]:
        return [self._table.get(word, ())[:top] for word in words]


class Mute:
    name, note, probabilistic = "mute", "", False

    def missing(self) -> str | None:
        return None

    def version(self) -> str:
        return "1"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(track, "LEAST", 1)
    (tmp_path / "translit").mkdir()
    for name in LISTS:
        rows = ARABIC if name == "coling2018_ar" else ()
        text = "\n".join([HEADER, *rows, ""])
        (tmp_path / "translit" / f"{name}.tsv").write_text(text, encoding="utf-8")
    return tmp_path


def test_words_are_asked_for_both_ways_with_all_their_spellings(data: Path) -> None:
    there, back = tasks(data)
    assert (there.source, there.target) == (back.target, back.source) == ("Arab", "Latn")
    assert {s.word: set(s.right) for s in there.words} == {
        "حفتر": {"haftar", "khaftar"},
        "حفطر": {"haftar"},
        "زليتن": {"zliten"},
    }
    assert {s.word: set(s.right) for s in back.words}["haftar"] == {"حفتر", "حفطر"}


def test_a_word_is_unseen_if_every_native_word_of_it_was_held_out(data: Path) -> None:
    there, back = tasks(data)
    for spelt in there.words:
        assert spelt.unseen is held_out(fold(spelt.word)[0])
    by_word = {spelt.word: spelt.unseen for spelt in back.words}
    assert by_word["haftar"] is (held_out("حفتر") and held_out("حفطر"))
    assert by_word["khaftar"] is held_out("حفتر")


def figures(result: Result, *keys: object) -> tuple[object, ...]:
    (table,) = result.tables
    (row,) = (row for row in table.rows if row[: len(keys)] == keys)
    return row[table.keys :]


def test_the_place_of_the_first_right_spelling_counts(data: Path) -> None:
    table = {
        "حفتر": ("Hafter", "HAFTER", "Khaftar"),  # the first two take one place
        "حفطر": ("Haftar",),
        "زليتن": ("a", "b", "c", "d", "e", "zliten"),  # beyond the fifth
    }
    result = track.run(data, [Speller("table", table)])
    found = figures(result, "coling2018_ar", "Arab to Latn", "all dev", "table")
    assert found == (3, pytest.approx(1 / 3), pytest.approx(2 / 3), pytest.approx(0.5))


def test_who_cannot_answer_is_named_and_not_counted(data: Path) -> None:
    able = Speller("table", {"حفتر": ("Haftar",)})
    result = track.run(data, [able, Speller("absent", {}, "install it"), Mute()])
    assert {row[3] for row in result.tables[0].rows} == {"table"}
    assert {row[1] for row in result.tables[0].rows} == {"Arab to Latn"}
    assert "table doesn't spell Latn to Arab." in result.notes
    assert "absent isn't asked: install it" in result.notes
    assert "mute isn't asked: it spells no words." in result.notes
    assert track.run(data, [Mute()]).tables == ()


def test_a_row_of_few_words_is_left_out(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(track, "LEAST", 4)
    result = track.run(data, [Speller("table", {"حفتر": ("Haftar",)})])
    assert result.tables == ()
    assert "Rows of fewer than 4 words aren't shown." in result.notes


def test_at_most_so_many_words_are_asked_for_the_same_in_every_run() -> None:
    words = [Spelt(word, frozenset({word}), False) for word in "abcdefghij"]
    own = drawn(words, 4)
    assert len(own) == 4 and own == drawn(list(reversed(words)), 4)
    assert set(drawn(words, 3)) < set(own)
    assert drawn(words, None) == drawn(words, 10) == tuple(words)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda path: path.unlink(), "no such file"),
        (lambda path: path.write_text("latin\tnative\na\tb\n"), "ar.tsv:2: a row of spellings has"),
    ],
)
def test_a_list_that_cannot_be_read_is_named(
    data: Path, change: Callable[[Path], object], says: str
) -> None:
    change(data / "translit" / "coling2018_ar.tsv")
    with pytest.raises(InputError, match=says):
        list(tasks(data))
