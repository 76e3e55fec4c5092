"""Words of one concept are translations; of different ones not, unless a word belongs to both.

The words are read as those of a name are, so that the table holds what the reader hands over:
folded, one by one, without the Arabic article.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.matching.form import Form
from resolve.matching.translations import concept, translations
from resolve.names import read
from resolve.tables import read_table

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "translations.tsv", ("left", "right", "same", "note")
)
TABLE = read_table("words/translations.tsv", ("concept", "lang", "word", "source", "note"))
SCRIPTS = {"ara": "Arab", "fas": "Arab", "rus": "Cyrl", "ukr": "Cyrl"}

BY_CONCEPT = {name: [row for row in TABLE if row[0] == name] for name in {r[0] for r in TABLE}}

alike = st.sampled_from(sorted(BY_CONCEPT)).flatmap(
    lambda name: st.tuples(*[st.sampled_from(BY_CONCEPT[name])] * 2)
)
pairs = alike | st.tuples(st.sampled_from(TABLE), st.sampled_from(TABLE))


@cache
def forms(word: str) -> tuple[Form, ...]:
    """The forms of the one word of a name, the plain one first."""
    (part,) = read(word).words
    return Form(part.form, part.script), *(Form(text, part.script) for text, _ in part.forms)


@pytest.mark.parametrize(("left", "right", "same", "note"), CASES)
def test_cases(left: str, right: str, same: str, note: str) -> None:
    found = any(translations(a, b) for a in forms(left) for b in forms(right))
    assert found == (same == "yes"), f"{concept(forms(left)[0])} {concept(forms(right)[0])} {note}"


@given(pairs)
@settings(deadline=None)
def test_two_words_are_translations_if_and_only_if_a_concept_lists_both(
    pair: tuple[tuple[str, ...], tuple[str, ...]],
) -> None:
    left, right = (forms(row[2])[0] for row in pair)
    listed = {form: {row[0] for row in TABLE if forms(row[2])[0] == form} for form in (left, right)}
    assert (translations(left, right) > 0) == bool(listed[left] & listed[right])
    assert translations(right, left) == translations(left, right)


def test_every_word_of_the_table_reaches_its_concept_as_a_name_reads_it() -> None:
    lost = [row for row in TABLE if row[0] not in concept(forms(row[2])[0])]
    assert not lost


def test_every_word_is_written_in_the_script_of_its_language() -> None:
    strange = [row for row in TABLE if forms(row[2])[0].script != SCRIPTS.get(row[1], "Latn")]
    assert not strange


def test_no_form_is_listed_twice_in_one_concept_and_language() -> None:
    counted = Counter((row[0], row[1], forms(row[2])[0]) for row in TABLE)
    assert [entry for entry, count in counted.items() if count > 1] == []


def test_every_concept_is_written_in_two_languages() -> None:
    languages: dict[str, set[str]] = {}
    for row in TABLE:
        languages.setdefault(row[0], set()).add(row[1])
    assert [name for name, found in languages.items() if len(found) < 2] == []
