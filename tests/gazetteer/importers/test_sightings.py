"""A note of sightings is read back as it was written; another note is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.importers.sightings import Sighting, noted, read

WHEN = st.sampled_from(["", "2021", "2021-03-04", "2021-03-04T05:06:07"])
SIGHTINGS = st.builds(Sighting, st.from_regex("[a-z0-9_]+", fullmatch=True), WHEN, WHEN)


@given(st.lists(SIGHTINGS, min_size=1, unique=True))
def test_what_is_noted_is_read(sightings: list[Sighting]) -> None:
    assert read(noted(sightings)) == sorted(sightings)


@pytest.mark.parametrize("note", ["", "his nom de guerre", "in two words", "in eu; and so on"])
def test_another_note_is_none(note: str) -> None:
    assert read(note) is None
