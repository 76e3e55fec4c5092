"""The pairs track reports what systems say, slice by slice, and no pair where it isn't asked."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.protocol import Result, Table
from benchmarks.tracks import pairs as track
from resolve.types import Kind

HEADER = "name_a\tname_b\tlabel\tslice\tsource\tneg_kind\tid_a\tid_b"
BEST, SECOND = "knows", "guesses"


class Known:
    """Scores a pair by the number in its right name: below .5 it isn't one actor's."""

    name = BEST
    note = ""
    probabilistic = True

    def missing(self) -> str | None:
        return None

    def version(self) -> str:
        return "1"

    def score(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        assert kind == "person"
        return [float(right.split()[-1]) for _, right in pairs]


class Guess(Known):
    """Finds every pair alike."""

    name = SECOND
    probabilistic = False

    def score(self, pairs: Sequence[tuple[str, str]], kind: Kind) -> list[float]:
        return [1.0] * len(pairs)


class Absent(Known):
    name = "absent"

    def missing(self) -> str | None:
        return "install it"


class Dumb:
    name, note, probabilistic = "dumb", "", False

    def missing(self) -> str | None:
        return None

    def version(self) -> str:
        return "1"


def listed(directory: Path) -> Path:
    """30 positives and 30 negatives in order, 10 ambiguous ones above all, 4 other names."""
    kinds = (
        [(1, "ar-latin", f"0.{90 - n}", "") for n in range(30)]
        + [(0, "ar-latin", f"0.{40 - n}", "nearest") for n in range(30)]
        + [(0, "ar-latin:ambiguous", "0.99", "nearest")] * 10
        + [(1, "ar-latin:aka", score, "") for score in ("0.95", "0.0", "0.0", "0.0")]
        + [(1, "fa-latin", "0.0", "")] * 5
    )
    rows = [
        f"غسان\tGhassan {score}\t{label}\t{slice_}\teu_fsf\t{chosen}\teu:{n}\teu:{n}"
        for n, (label, slice_, score, chosen) in enumerate(kinds)
    ]
    (directory / "pairs").mkdir()
    text = "\n".join([HEADER, *rows, ""])
    (directory / "pairs" / "eu_fsf.tsv").write_text(text, encoding="utf-8")
    return directory


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Result:
    data = listed(tmp_path_factory.mktemp("data"))
    return track.run(data, [Known(), Guess(), Absent(), Dumb()])


def rows_of(result: Result, title: str) -> dict[tuple[object, ...], dict[str, object]]:
    table = next(t for t in result.tables if t.title.startswith(title))
    return {row[: table.keys]: as_dict(table, row) for row in table.rows}


def as_dict(table: Table, row: tuple[object, ...]) -> dict[str, object]:
    return dict(zip(table.columns, row, strict=True))


def test_plain_slices_lack_the_ambiguous_rows_and_never_hold_other_names(found: Result) -> None:
    rows = rows_of(found, "eu_fsf")
    assert {key[0] for key in rows} == {"ALL", "ALL+amb", "ar-latin", "ar-latin+amb"}
    plain, full = (rows[name, "whole", BEST] for name in ("ar-latin", "ar-latin+amb"))
    assert (plain["n+"], plain["n-"], full["n-"]) == (30, 30, 40)
    assert plain["average precision"] == plain["recall at P .999"] == plain["best F1"] == 1.0
    assert full["recall at P .99"] == 0.0
    assert full["best F1"] == pytest.approx(60 / 70)  # 30 right of 40
    assert rows["ALL", "whole", BEST]["n+"] == 35


def test_the_headline_has_a_column_for_each_system_that_can_answer(found: Result) -> None:
    row = rows_of(found, "Recall at precision .99")["eu_fsf", "ar-latin", "whole"]
    assert (row[BEST], row[SECOND]) == (1.0, 0.0)
    assert not {"absent", "dumb"} & set(row)
    assert "absent isn't asked: install it" in found.notes
    assert "dumb isn't asked: it scores no pairs." in found.notes


def test_other_names_are_asked_for_at_the_threshold_of_the_plain_slice(found: Result) -> None:
    rows = rows_of(found, "Other names")
    own = rows["eu_fsf", "ar-latin", BEST]
    assert (own["n"], own["threshold"], own["recall"]) == (4, 0.61, 0.25)
    guess = rows["eu_fsf", "ar-latin", SECOND]
    assert (guess["threshold"], guess["recall"]) == (None, 0.0)


def test_only_probabilities_are_calibrated_and_never_pooled(found: Result) -> None:
    rows = rows_of(found, "Probabilities")
    assert {(key[1], key[3]) for key in rows} == {("ar-latin", BEST), ("ar-latin+amb", BEST)}
    row = rows["eu_fsf", "ar-latin+amb", "whole", BEST]
    assert row["n"] == 70
    wrong = sum((0.9 - n / 100 - 1) ** 2 + (0.4 - n / 100) ** 2 for n in range(30)) + 10 * 0.99**2
    assert row["Brier"] == pytest.approx(wrong / 70)


def test_big_slices_are_drawn_with_all_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(track, "BIG", 60)
    result = track.run(listed(tmp_path), [Known(), Guess()], lists=["eu_fsf"])
    plots = {(curve.plot, curve.label) for curve in result.curves}
    assert plots == {
        ("Precision and recall, ar-latin, eu_fsf", BEST),
        ("Precision and recall, ar-latin, eu_fsf", SECOND),
        ("Reliability, ar-latin, eu_fsf", BEST),
    }


def test_the_half_that_constants_are_fitted_to_is_left_out_of_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted = frozenset(f"eu:{n}" for n in range(10))
    monkeypatch.setattr(track, "fitted_to", lambda data: fitted)
    rows = rows_of(track.run(listed(tmp_path), [Known()]), "eu_fsf")
    assert rows["ar-latin", "whole", BEST]["n+"] == 30
    assert rows["ar-latin", "unseen", BEST]["n+"] == 20


def test_at_most_so_many_pairs_are_asked_for(tmp_path: Path) -> None:
    said: list[str] = []
    result = track.run(listed(tmp_path), [Known()], said.append, most=50)
    assert said == [f"eu_fsf: {BEST} scores 50 pairs"]
    assert any("At most 50 pairs" in note for note in result.notes)
