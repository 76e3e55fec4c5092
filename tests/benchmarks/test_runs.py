"""A run is read back as it was, compared row by row, joined, and refused where it is damaged."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.joining import join
from benchmarks.measures import better
from benchmarks.protocol import Case, Curve, Result, Table
from benchmarks.runs import (
    FORMAT,
    Command,
    Failure,
    Measured,
    Run,
    RunError,
    checked,
    compare,
    load,
    path_of,
    save,
    write,
)

OURS = "resolve"


def table(*rows: tuple, title: str = "Merges", columns: tuple = ("system", "precision")) -> Table:
    return Table(title, columns, rows)


def run(*tables: Table) -> Run:
    systems = (Measured(OURS, "", "resolve 1"), Measured("peer", "", ""))
    return Run(
        commands=(Command("c"),), ours=OURS, systems=systems, results=(Result("merges", tables),)
    )


def verdicts(now: Run, before: Run) -> dict[tuple, tuple]:
    return {tuple(row[:-4]): row[-4:] for t in compare(now, before) for row in t.rows}


def test_a_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    found = Result(
        "pairs",
        (table((OURS, 0.1 + 0.2), ("محمد", None), ("x", 3)),),
        (Curve("p", OURS, (0.0, 1.0), (1.0, 0.3), form="step"),),
        (Case("Worst: a", "Haddad", "حداد", -3.25, ("Haddad ~ حداد +9.1",)),),
        ("a note",),
    )
    kept = msgspec.structs.replace(run(), results=(found,), checksums={"names/a.tsv": "ab"})
    save(kept, tmp_path / "new" / "run.json")
    assert load(tmp_path / "new" / "run.json") == kept


def test_the_same_run_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        save(run(table((OURS, 0.5))), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"format": 1}', "damaged"),
        (f'{{"format": {FORMAT + 1}, "other": 1}}', f"format {FORMAT + 1}"),
    ],
)
def test_a_damaged_or_newer_run_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(content)
    with pytest.raises(RunError, match=said) as caught:
        load(path)
    assert "run.json" in str(caught.value)


def test_a_run_that_is_not_there_is_named() -> None:
    with pytest.raises(RunError, match="nowhere"):
        load(path_of("nowhere"))


@pytest.mark.parametrize("name", ["", ".hidden", "a b", "ä"])
def test_a_name_of_a_run_is_a_plain_word(name: str) -> None:
    with pytest.raises(RunError):
        path_of(name)


def test_what_breaks_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write(path, b"before")
    with pytest.raises(TypeError):
        write(path, "no bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_figures_are_better_worse_or_the_same() -> None:
    columns = ("system", "precision", "Brier", "mentions", "recall")
    now = run(table((OURS, 0.9, 0.2, 10, 0.5), columns=columns))
    before = run(table((OURS, 0.8, 0.1, 20, 0.50001), columns=columns))
    found = verdicts(now, before)
    assert found[OURS, "precision"] == (0.9, 0.8, pytest.approx(0.1), "better")
    assert found[OURS, "Brier"][-1] == "worse"
    assert found[OURS, "mentions"] == (10, 20, -10, "changed")
    assert found[OURS, "recall"][-1] == "same"


def test_where_a_column_is_a_system_the_title_says_what_is_measured() -> None:
    def wide(value: float) -> Run:
        return run(table(("un", value), title="Recall at .99", columns=("list", OURS)))

    assert verdicts(wide(0.6), wide(0.5))["un", OURS][-1] == "better"


def test_nothing_is_lost_when_rows_columns_or_tables_are_missing() -> None:
    now = run(table((OURS, 0.9), ("peer", 0.4)), table(("x", 0.1), title="New"))
    before = run(
        table((OURS, 0.9, 0.3), ("old", 0.2, 0.1), columns=("system", "precision", "recall")),
        table(("y", 0.1), title="Old"),
    )
    found = verdicts(now, before)
    assert found[OURS, "precision"][-1] == "same"
    assert found["peer", "precision"] == (0.4, None, None, "new")
    assert found[OURS, "recall"] == (None, 0.3, None, "gone")
    assert found["old", "precision"][-1] == found["y", "precision"][-1] == "gone"
    assert found["x", "precision"][-1] == "new"


def test_rows_of_the_same_keys_are_all_compared() -> None:
    twice = run(table((OURS, 0.9), (OURS, 0.8)))
    values = sorted(row[-4] for t in compare(twice, twice) for row in t.rows)
    assert values == [0.8, 0.9]


def test_tables_whose_keys_changed_in_number_stay_tables() -> None:
    now = run(Table("T", ("a", "b", "precision"), (("x", "y", 0.1),), 2))
    before = run(Table("T", ("a", "precision"), (("x", 0.2),), 1))
    (found,) = compare(now, before)
    assert {len(row) for row in found.rows} == {len(found.columns)}


def test_tables_of_one_title_are_all_compared() -> None:
    both = run(table((OURS, 0.9)), table(("un", 0.8), columns=("list", "peer")))
    values = sorted(row[-4] for t in compare(both, both) for row in t.rows)
    assert values == [0.8, 0.9]


ORDER = ("merges", "pairs", "speed")
FEW = st.integers(0, 2)
NAMES = st.sampled_from([OURS, "peer", "b"])
CELLS = st.sampled_from([None, 0.5, 1.0])
TABLES = st.builds(
    Table,
    st.sampled_from(["T", "U"]),
    st.sampled_from([("a", "system", "recall"), ("a", "b", "recall")]),
    st.lists(st.tuples(FEW, NAMES, CELLS), max_size=3).map(tuple),
    st.integers(1, 2),
    st.sampled_from(["", "One note.", "Another."]),
)
CURVES = st.builds(
    lambda x, label, scale: Curve("p", label, tuple(x), tuple(x), x_scale=scale),
    st.lists(st.floats(0, 9), max_size=3),
    NAMES,
    st.sampled_from(["linear", "log"]),
)
CASES = st.builds(Case, st.sampled_from(["g", "h"]), NAMES, NAMES, st.just(1.0), st.just(()))
RESULTS = st.tuples(
    *(
        st.builds(
            Result,
            st.just(track),
            st.lists(TABLES, max_size=3).map(tuple),
            st.lists(CURVES, max_size=3).map(tuple),
            st.lists(CASES, max_size=3).map(tuple),
            st.lists(st.sampled_from(["x", "y"]), max_size=3).map(tuple),
        )
        for track in ORDER
    )
)
RUNS = st.builds(
    Run,
    commands=st.builds(Command, st.text(max_size=2), st.none() | FEW).map(lambda c: (c,)),
    ours=st.just(OURS),
    systems=st.lists(st.sampled_from(["peer", "b"]), unique=True).map(
        lambda names: tuple(Measured(name, "", f"{name} 1") for name in (OURS, *names))
    ),
    versions=st.dictionaries(NAMES, st.sampled_from(["1", "2"])),
    checksums=st.dictionaries(NAMES, st.just("ab")),
    results=RESULTS,
    failures=st.lists(st.builds(Failure, st.sampled_from(ORDER), NAMES), max_size=2).map(tuple),
)


def held(found: Run) -> set[tuple]:
    """All that must not be lost, figures aside: what a later run measures again is replaced."""
    rows = {
        (r.track, t.title, t.columns, t.keys, row[: t.keys], "system" in t.columns and row[1])
        for r in found.results
        for t in r.tables
        for row in t.rows
    }
    lines = {(r.track, c.plot, c.label, c.x_scale) for r in found.results for c in r.curves}
    points = {
        (r.track, c.label, x)
        for r in found.results
        for c in r.curves
        for x in c.x
        if c.x_scale == "log"
    }
    cases = {(r.track, c) for r in found.results for c in r.cases}
    notes = {(r.track, note) for r in found.results for note in r.notes}
    kept = {("file", *pair) for pair in found.checksums.items()} | set(found.versions)
    systems = {system.name for system in found.systems}
    told = set(found.failures) | set(found.commands)
    return rows | lines | points | cases | notes | kept | systems | told


@given(RUNS)
def test_a_run_joined_with_itself_is_itself(one: Run) -> None:
    assert join({"a": one}, ORDER) == join({"a": one, "b": one}, ORDER) == one


@given(RUNS, RUNS)
def test_nothing_is_lost_when_runs_are_joined(first: Run, later: Run) -> None:
    assert held(join({"a": first, "b": later}, ORDER)) == held(first) | held(later)


@given(RUNS, RUNS)
def test_the_later_run_counts(first: Run, later: Run) -> None:
    joined = join({"a": first, "b": later}, ORDER)
    assert join({"a": joined, "b": later}, ORDER) == joined
    rows = [row for r in joined.results for t in r.tables for row in t.rows]
    assert all(row in rows for r in later.results for t in r.tables for row in t.rows)


def test_rows_of_the_later_run_follow_and_what_it_measures_again_is_replaced() -> None:
    first, later = table((OURS, 0.9), ("peer", 0.4)), table(("peer", 0.5), ("new", 0.3))
    (found,) = join({"a": run(first), "b": run(later)}, ORDER).results
    assert found.tables == (table((OURS, 0.9), ("peer", 0.5), ("new", 0.3)),)


@pytest.mark.parametrize("other", [{"title": "Other"}, {"columns": ("list", "precision")}])
def test_tables_of_another_title_or_other_columns_both_stand(other: dict) -> None:
    first, later = table((OURS, 0.9)), table((OURS, 0.4), **other)
    (found,) = join({"a": run(first), "b": run(later)}, ORDER).results
    assert found.tables == (first, later)


def test_a_run_of_fewer_systems_counts_where_each_has_a_column() -> None:
    whole = Table("Recall", ("list", OURS, "peer"), (("EU", 0.7, 0.2), ("UN", 0.5, 0.1)), keys=1)
    later = Table("Recall", ("list", OURS), (("EU", 0.8), ("OFAC", 0.6)), keys=1)
    (found,) = join({"a": run(whole), "b": run(later)}, ORDER).results
    rows = (("EU", 0.8, 0.2), ("UN", 0.5, 0.1), ("OFAC", 0.6, None))
    assert found.tables == (Table("Recall", ("list", OURS, "peer"), rows, keys=1),)


def test_a_curve_along_sizes_has_the_points_of_both_runs() -> None:
    def sized(*points: tuple[float, float]) -> Run:
        x, y = zip(*points, strict=True)
        curve = Curve("p", OURS, x, y, x_scale="log")
        return msgspec.structs.replace(run(), results=(Result("merges", (), (curve,)),))

    small, large = sized((1e3, 0.9), (1e5, 0.5)), sized((1e4, 0.8), (1e5, 0.6))
    whole = sized((1e3, 0.9), (1e4, 0.8), (1e5, 0.6))
    assert join({"a": small, "b": large}, ORDER).results == whole.results


def test_a_system_that_was_there_in_one_of_the_runs_was_measured() -> None:
    def having(*systems: Measured) -> Run:
        return msgspec.structs.replace(run(), systems=systems)

    peers = having(Measured("peer", "n", "peer 1"), Measured(OURS, "", "resolve 1", "not here"))
    ours = having(Measured(OURS, "", "resolve 2"), Measured("peer", "n", "", "not here"))
    assert join({"a": peers, "b": ours}, ORDER).systems == (
        Measured(OURS, "", "resolve 1 and resolve 2"),
        Measured("peer", "n", "peer 1"),
    )


def test_runs_of_different_files_are_not_joined() -> None:
    one, other = (
        msgspec.structs.replace(run(), checksums={"names/a.tsv": sum, "names/b.tsv": "same"})
        for sum in ("ab", "cd")
    )
    with pytest.raises(RunError, match=r"^late and early .*: names/a\.tsv;"):
        join({"early": one, "late": other}, ORDER)


@pytest.mark.parametrize(
    "result",
    [
        Result("t", (Table("T", ("a", "b"), (("x",),)),)),
        Result("t", (Table("T", ("a", "b"), (("x", float("nan")),)),)),
        Result("t", (Table("T", ("a",), (), keys=2),)),
        Result("t", (), (Curve("p", "l", (0.0, 1.0), (1.0,)),)),
        Result("t", (), (Curve("p", "l", (0.0,), (float("inf"),)),)),
        Result("t", (), (), (Case("g", "a", "b", float("-inf"), ()),)),
    ],
)
def test_what_cannot_be_shown_or_kept_is_refused(result: Result) -> None:
    with pytest.raises(RunError, match=r"^t: "):
        checked(result)


@pytest.mark.parametrize(
    ("measure", "sign"),
    [
        ("precision", 1),
        ("recall at P .99", 1),
        ("NIL recall", 1),
        ("B-cubed F1", 1),
        ("top-5", 1),
        ("MRR", 1),
        ("names a second", 1),
        ("ECE", -1),
        ("Brier", -1),
        ("p95, ms", -1),
        ("peak memory, MiB", -1),
        ("mentions", 0),
        ("low", 0),
        ("threshold", 0),
    ],
)
def test_a_measure_says_what_is_better(measure: str, sign: int) -> None:
    assert better(measure) == sign
