"""The compiled alignment finds what the plain one finds, of names of any shapes at once."""

from collections.abc import Callable
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.matching import alignment, joins
from resolve.matching.alignment import ENTRANCE, MAX_PARTS, Structure, align, align_all
from resolve.matching.form import Form
from resolve.matching.joins import Batch
from resolve.matching.similarity import FLOOR
from resolve.matching.sounds import sounds
from resolve.model.learned import load

pytest.importorskip("numba")
KERNEL = import_module("resolve.compiled.alignment")
CONSTANTS = load().constants
LEARNED = Structure.of(CONSTANTS)
structures = st.one_of(st.just(LEARNED), st.integers(0, 9).map(lambda seed: another(seed)))
seeds = st.integers(0, 2**32 - 1)
counts = st.integers(0, 30)


def another(seed: int) -> Structure:
    """A structure that nobody has fitted; of some, no bound holds."""
    chance = np.random.default_rng(seed)
    most, least = (20, 0) if seed < 5 else (90, -5)
    names = sorted(CONSTANTS)
    return Structure.of(
        dict(zip(names, chance.uniform(least, most, len(names)).tolist(), strict=True))
    )


def batch(seed: int, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Name pairs of any shapes: parts that agree, that don't, and what can't be compared."""
    chance = np.random.default_rng(seed)
    shape = (count, MAX_PARTS, MAX_PARTS)
    kind = chance.random(shape)
    evidence = np.where(kind < 0.5, FLOOR, chance.uniform(-12, 24, shape))
    evidence[kind > 0.98] = -np.inf
    evidence[(kind > 0.96) & (kind < 0.98)] = ENTRANCE
    evidence[(kind > 0.9) & (kind < 0.96)] = 7.0  # parts that occur twice: ways that say the same
    left, right = chance.integers(1, MAX_PARTS + 1, (2, count))
    return evidence, left, right


def said(found: alignment.Alignment) -> tuple[list, list, list, list]:
    return tuple(column.tolist() for column in (found.bits, found.own, found.chosen, found.turned))


def by_route(
    patch: pytest.MonkeyPatch, job: Callable[[], alignment.Alignment]
) -> list[tuple[list, list, list, list]]:
    found = []
    for route in (None, KERNEL):
        patch.setattr(alignment, "kernel", lambda name, saving, route=route: route)
        found.append(said(job()))
    return found


def agree(plain: tuple, compiled: tuple) -> None:
    assert plain[0] == pytest.approx(compiled[0], rel=0, abs=1e-9)
    assert plain[1] == pytest.approx(compiled[1], rel=0, abs=1e-9)
    assert plain[2:] == compiled[2:]


@settings(deadline=None)
@given(seeds, counts, structures)
def test_names_of_all_shapes_agree(seed: int, count: int, structure: Structure) -> None:
    with pytest.MonkeyPatch.context() as patch:
        agree(*by_route(patch, lambda: align_all(*batch(seed, count), structure)))


@settings(deadline=None)
@given(seeds, counts, structures, st.integers(1, MAX_PARTS), st.integers(1, MAX_PARTS))
def test_names_of_one_shape_agree(
    seed: int, count: int, structure: Structure, n: int, m: int
) -> None:
    evidence = batch(seed, count)[0][:, :n, :m]
    with pytest.MonkeyPatch.context() as patch:
        agree(*by_route(patch, lambda: align(evidence, structure)))


@settings(deadline=None, max_examples=30)
@given(seeds, counts)
def test_many_shapes_at_once_are_as_shape_by_shape(seed: int, count: int) -> None:
    evidence, left, right = batch(seed, count)
    alone = [
        said(align(evidence[k : k + 1, :n, :m], LEARNED))
        for k, (n, m) in enumerate(zip(left.tolist(), right.tolist(), strict=True))
    ]
    with pytest.MonkeyPatch.context() as patch:
        for together in by_route(patch, lambda: align_all(evidence, left, right, LEARNED)):
            for k, one in enumerate(alone):
                assert [c[k] for c in together] == pytest.approx([c[0] for c in one], abs=1e-9)


def test_names_without_agreement_are_contradicted() -> None:
    evidence = np.full((1, MAX_PARTS, MAX_PARTS), -np.inf)
    with pytest.MonkeyPatch.context() as patch:
        for n in range(1, MAX_PARTS + 1):
            size = np.array([n])
            plain, compiled = by_route(patch, lambda: align_all(evidence, size, size, LEARNED))  # noqa: B023
            agree(plain, compiled)
            assert plain[0][0] < 0 and plain[2] == [0]


HEARD = sounds([Form(text, "Latn") for text in ("ghulam", "reza", "ghulamreza", "za", "a", "rez")])


@settings(deadline=None)
@given(seeds, st.integers(0, 4), st.booleans())
def test_parts_that_may_be_one_are_found_alike(seed: int, many: int, few: bool) -> None:
    chance = np.random.default_rng(seed)
    batches = []
    for _ in range(many):
        count = int(chance.integers(0, 4 if few else 40))
        shape = chance.integers(1, MAX_PARTS + 1, 2).tolist()
        heard = tuple(chance.choice([*HEARD, 0], (count, parts)) for parts in shape)
        batches.append(
            Batch(np.zeros((count, *shape)), np.zeros(count), heard, lambda row: ([], []))
        )
    found = []
    for route in (None, KERNEL):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(joins, "kernel", lambda name, saving, route=route: route)
            found.append(list(joins._promising(batches)))
    assert found[0] == found[1]
    alone = [[(k, *own[1:]) for own in joins._promising([each])] for k, each in enumerate(batches)]
    assert found[0] == [own for each in alone for own in each]
