"""Runs: what may name an actor by its capitals, its title, its parts; what cannot is none.

`cases/runs.tsv` has texts with their runs: `(title) name`, `name?` where the shape alone doesn't
make it a name, `name/organization` and `name/place` where it isn't shaped as a person's.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from resolve.documents.cased import cased_runs
from resolve.documents.caseless import caseless_runs
from resolve.documents.runs import Run, matches_at, title_from
from resolve.documents.words import Lexis, Words, text_languages
from resolve.index import Index
from resolve.matching.phrases import Phrase
from resolve.model.learned import load as load_learned
from resolve.tables import read_table

TESTS = Path(__file__).parents[1]
CASES = read_table(TESTS / "cases" / "runs.tsv", ("text", "runs", "note"))
LINE_END = "¶"
TOY = gazetteer.load(TESTS / "toy")
PHRASES = Index.of(TOY).phrases
NAMES = [(entity.kind, name.text) for entity in TOY for name in entity.names]
KIND = {"person": Phrase.PERSON, "organization": Phrase.ORGANIZATION, "place": Phrase.PLACE}
LEXES: dict[frozenset[str], Lexis] = {}
PIECES = sorted({word for row in CASES for word in row[0].split()})
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join),
    st.lists(
        st.sampled_from([*(text for _, text in NAMES), ",", "\n", "و", "the"]), max_size=8
    ).map(" ".join),
    st.text(st.characters(exclude_categories=()), max_size=60),
)


def read(text: str) -> Words:
    languages = text_languages(text)
    if languages not in LEXES:
        LEXES[languages] = Lexis(load_learned().lexicon, PHRASES, languages)
    return LEXES[languages].read(text)


def runs_of(words: Words) -> list[Run]:
    found = [*cased_runs(words, PHRASES), *caseless_runs(words, PHRASES)]
    return sorted((run for run in found if run.cuts), key=lambda run: run.cuts[0].first)


def written(words: Words, run: Run) -> str:
    """A run as the cases have it: its widest cut."""
    cut, title = run.cuts[0], run.title
    sure = (run.firm or cut.exact) and not run.weak
    before = words.text[words.start[title.first] : words.end[title.end - 1]] if title else ""
    return (
        f"{'(' + before + ') ' if title else ''}{words.text[cut.start(words) : cut.stop(words)]}"
        f"{'' if sure else '?'}{'/' + run.shape if run.shape not in (None, 'person') else ''}"
    )


@pytest.mark.parametrize(("text", "runs", "note"), CASES)
def test_cases(text: str, runs: str, note: str) -> None:
    words = read(text.replace(LINE_END, "\n\n"))
    assert " | ".join(written(words, run) for run in runs_of(words)) == runs, note


@settings(deadline=None)
@given(texts)
def test_the_cuts_of_a_run_lie_within_its_text(text: str) -> None:
    words = read(text)
    for run in runs_of(words):
        for cut in run.cuts:
            assert 0 <= cut.first < cut.end <= len(words)
            assert 0 <= cut.start(words) < cut.stop(words) <= len(text)
            assert cut.skip == 0 or cut.name(words).startswith(cut.head)
            assert cut.skip or cut.name(words) == text[cut.start(words) : cut.stop(words)]
        assert len(set(run.cuts)) == len(run.cuts)
        if run.title is not None:
            assert run.title.first < run.title.end <= run.cuts[0].first


@pytest.mark.parametrize(("kind", "name"), NAMES)
@pytest.mark.parametrize("frame", ["{}", "{}.", "«{}»", "x {}, y", "(1) {}\n\nz", "قال {}؟"])
def test_every_name_of_a_gazetteer_is_found_whole(kind: str, name: str, frame: str) -> None:
    text = frame.format(name)
    words = read(text)
    found = [
        match
        for k in range(len(words))
        for match in matches_at(words, k, PHRASES)
        if text[words.start[match.first] : words.end[match.end - 1]] == name
    ]
    assert any(match.kinds & KIND[kind] for match in found)
    runs = [cut for run in runs_of(words) for cut in run.cuts if cut.exact]
    assert name in [text[cut.start(words) : cut.stop(words)] for cut in runs]


@settings(deadline=None)
@given(texts)
def test_of_the_names_that_begin_at_a_word_the_longest_comes_first(text: str) -> None:
    words = read(text)
    for k in range(len(words)):
        ends = [match.end for match in matches_at(words, k, PHRASES)]
        assert ends == sorted(set(ends), reverse=True)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Prime Minister, Dbeibah", "Prime Minister"),
        ("Prime, Minister Dbeibah", ""),
        ("Minister of Defence\n\nof Libya", "Minister of Defence"),
        ("Lt. Gen. Haftar", "Lt. Gen"),
        ("Haftar, General", ""),
    ],
)
def test_a_title_goes_on_to_a_comma_and_no_farther(text: str, title: str) -> None:
    words = read(text)
    found = title_from(words, 0)
    assert (text[: words.end[found.end - 1]] if found else "") == title
