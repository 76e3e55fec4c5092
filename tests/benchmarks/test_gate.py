"""The gate tells worse from not worse, and says why it can't tell."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks import gate
from benchmarks.gate import Figure, judge, main

NOW = (Figure("merges, person", "precision", 900, 0.99), Figure("pairs, person", "recall", 9, 0.8))


@pytest.fixture(autouse=True)
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "gate.json"
    monkeypatch.setattr(gate, "FROZEN", path)
    monkeypatch.setattr(gate, "measure", lambda: iter(NOW))
    return path


def run(*options: str) -> Result:
    return CliRunner().invoke(main, options)


def test_what_is_frozen_is_no_worse_than_itself() -> None:
    assert run("--freeze").exit_code == 0
    again = run()
    assert again.exit_code == 0 and "0.9900" in again.output and "same" in again.output


def test_a_figure_that_falls_closes_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    run("--freeze")
    monkeypatch.setattr(
        gate, "measure", lambda: iter((Figure("merges, person", "precision", 900, 0.98), NOW[1]))
    )
    worse = run()
    assert worse.exit_code == 1 and "worse" in worse.output


def test_a_figure_that_rises_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    run("--freeze")
    monkeypatch.setattr(
        gate, "measure", lambda: iter((Figure("merges, person", "precision", 900, 1.0), NOW[1]))
    )
    better = run()
    assert better.exit_code == 0 and "better" in better.output


@pytest.mark.parametrize(
    ("measure", "fall"), [("precision", 0.002), ("recall", 0.02), ("average precision", 0.003)]
)
def test_each_measure_has_its_slack(measure: str, fall: float) -> None:
    assert judge(0.9, 0.9 - fall, measure) == "worse"
    assert judge(0.9, 0.9 - fall / 4, measure) == "same"
    assert judge(0.9, 0.9 + fall, measure) == "better"


def test_nothing_frozen_is_an_error_with_a_remedy() -> None:
    found = run()
    assert found.exit_code == 2 and "--freeze" in found.output


def test_another_set_or_a_damaged_file_is_an_error(
    frozen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("--freeze")
    monkeypatch.setattr(gate, "checksums", lambda data: {"gold/names.tsv": "0"})
    assert run().exit_code == 2
    frozen.write_text("{}", "utf-8")
    damaged = run()
    assert damaged.exit_code == 2 and "gate.json" in damaged.output


def test_other_figures_than_frozen_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    run("--freeze")
    monkeypatch.setattr(gate, "measure", lambda: iter(NOW[:1]))
    assert run().exit_code == 2


def test_a_shipped_set_that_breaks_its_rules_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "failures", lambda: ["names.tsv:2: twice"])
    found = run("--freeze")
    assert found.exit_code == 2 and "names.tsv:2" in found.output
