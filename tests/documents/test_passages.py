"""The development set of the tagger keeps its own rules: `cases/passages.txt`."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

import gazetteer
from benchmarks.datasets.passages import Passage, read_passages
from gazetteer import Gazetteer

FILE = Path(__file__).parents[1] / "cases" / "passages.txt"
UNSEEN = FILE.with_name("passages_unseen.txt")  # nobody who changes the tagger looks at them
PASSAGES = [*read_passages(FILE), *read_passages(UNSEEN)]
HOMONYMS = {"الاتحاد الأفريقي", "الشرق الأوسط", "أبو ستة"}  # football's, a paper, an engineer
LEAST = {"eng": 20, "ara": 14, "tur": 8, "fra": 6}  # passages of a language


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    return gazetteer.load()


def test_there_are_enough_of_each_language() -> None:
    counts = Counter(passage.lang for passage in PASSAGES)
    assert len(PASSAGES) >= 48
    assert set(counts) == set(LEAST)
    assert all(counts[lang] >= least for lang, least in LEAST.items())


def test_no_two_have_one_id() -> None:
    assert [id for id, n in Counter(p.id for p in PASSAGES).items() if n > 1] == []


def test_the_file_is_composed_and_has_no_hidden_letters() -> None:
    for file in (FILE, UNSEEN):
        text = file.read_bytes().decode("utf-8")
        assert unicodedata.is_normalized("NFC", text)
        assert "\r" not in text
        assert [c for c in text if unicodedata.category(c) in {"Cf", "Cc"} and c != "\n"] == []


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.id)
def test_a_passage_is_short_and_marked(passage: Passage, shipped: Gazetteer) -> None:
    assert passage.trap
    assert 40 <= len(passage.text.split()) <= 200
    assert passage.marks
    for mark in passage.marks:
        surface = passage.text[mark.start : mark.end]
        assert surface and surface == surface.strip()
        assert mark.outcome == "NIL" or mark.gold in shipped, f"{surface}: {mark.gold}"
    assert all(left.end <= right.start for left, right in pairwise(passage.marks))


def test_an_unknown_of_several_words_has_no_name_of_the_gazetteer(shipped: Gazetteer) -> None:
    known = {name.text.casefold() for entity in shipped for name in entity.names}
    surfaces = [
        passage.text[mark.start : mark.end]
        for passage in PASSAGES
        for mark in passage.marks
        if mark.outcome == "NIL"
    ]
    assert {s for s in surfaces if " " in s and s.casefold() in known} == HOMONYMS


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("id: a\nlang: eng\ntrap: t\n\nof [Haftar|khalifa-haftar", 5),
        ("id: a\nlang: eng\ntrap: t\n\nof\nHaftar|khalifa-haftar]", 6),
        ("id: a\nlang: eng\ntrap: t\n\n[Haftar]", 5),
        ("id: a\nlang: eng\ntrap: t\n\n[Haftar |khalifa-haftar]", 5),
        ("id: a\nlang: eng\ntrap: t\n\n[Haftar|NIL ship]", 5),
        ("id: a\nlang: eng\ntrap: t\n\n[Haftar|REVIEW]", 5),
        ("id: a\nlang: eng\nTripoli is quiet", 3),
        ("id: a\nlang: eng\ntrap: t\n\nx\n---\nid: b\nlang: eng\n\nx", 7),
        ("id: a\nlang: eng\ntrap: t\ndate: May\n\nx", 1),
        ("id: a\nlang: eng\ntrap: t\n", 1),
    ],
)
def test_broken_markup_is_told_with_its_line(broken: str, line: int, tmp_path: Path) -> None:
    file = tmp_path / "broken.txt"
    file.write_text(broken, "utf-8")
    with pytest.raises(ValueError, match=rf"^broken\.txt:{line}: "):
        read_passages(file)
