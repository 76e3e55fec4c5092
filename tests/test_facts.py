"""What is known of an actor is what its index says, however much was asked for before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gazetteer import load
from resolve import facts
from resolve.facts import Facts
from resolve.index import Index

INDEX = Index.of(load(Path(__file__).parent / "toy"))


@pytest.mark.parametrize("most", [2, 20_000])
def test_what_is_known_of_an_actor_is_what_the_index_says(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "_REMEMBERED", most)
    known = Facts(INDEX)
    for row in [*range(len(INDEX))] * 2:
        assert known.actor(row) == INDEX.actor(row)
        assert known.is_person(row) == INDEX.is_person(row)
        assert known.offices(row) == INDEX.offices(row)
        assert known.country(row) == INDEX.countries(np.array([row]))[0]
    assert len(known._actors) == min(most, len(INDEX)) or len(known._actors) < most
