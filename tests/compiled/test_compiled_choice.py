"""Kernels are loaded once they have repaid it, and never where there is no compiler."""

import pytest

from resolve import compiled


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A fresh process, as far as kernels go; what it loads is written down."""
    loaded: list[str] = []

    def load(name: str) -> str:
        loaded.append(name)
        return name

    monkeypatch.setattr(compiled, "_loaded", {})
    monkeypatch.setattr(compiled, "_saved", compiled.defaultdict(float))
    monkeypatch.setattr(compiled, "available", lambda: True)
    monkeypatch.setattr(compiled, "_compiled", lambda name: True)
    monkeypatch.setattr(compiled, "import_module", load)
    monkeypatch.delitem(compiled.sys.modules, "numba", raising=False)
    return loaded


def test_small_jobs_never_wait(ledger: list[str]) -> None:
    assert all(compiled.kernel("edit", 1e-4) is None for _ in range(100))
    assert ledger == []


def test_small_jobs_add_up(ledger: list[str]) -> None:
    step = (compiled.IMPORT + compiled.LOAD) / 4
    found = [compiled.kernel("edit", 1.01 * step) for _ in range(6)]
    assert [f is None for f in found] == [True, True, True, False, False, False]
    assert ledger == ["resolve.compiled.edit"]


def test_what_must_be_compiled_first_has_more_to_repay(
    ledger: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "_compiled", lambda name: False)
    assert compiled.kernel("edit", compiled.IMPORT + compiled.LOAD + 0.1) is None
    assert compiled.kernel("edit", compiled.COMPILE) is not None


def test_each_kernel_repays_its_own(ledger: list[str]) -> None:
    assert compiled.kernel("edit", 10.0) is not None
    assert compiled.kernel("alignment", 0.0) is None


def test_without_a_compiler_the_plain_function_does_the_work(
    ledger: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "available", lambda: False)
    assert compiled.kernel("edit", 1e9) is None
    assert ledger == []
