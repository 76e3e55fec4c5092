"""Names are found as sequences of telling words; numbers answer as the sequences would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Entity, EntityName, load
from resolve.index import Index
from resolve.matching.phrases import MOST_WORDS, Named, Phrase, Phrases, extended, word_key
from resolve.names.tokens import tokenize
from resolve.names.unicode import clean

TOY = load(Path(__file__).parents[1] / "toy")
KIND = {"person": Phrase.PERSON, "organization": Phrase.ORGANIZATION, "place": Phrase.PLACE}
WORDS = ["Haftar", "Ali", "the", "of", "al", "Libya", "حفتر", "الحفتر", "هند", "الهند", "و", "444"]
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5)
named = st.tuples(words, st.integers(0, 31))


def keys(text: str) -> list[int]:
    """The keys of the telling words of a name."""
    own = [word_key(token.text, token.script) for token in tokenize(clean(text))]
    return [key for key in own if key]


def number(text: str) -> int:
    """The number of a name that isn't one Arabic word with its article."""
    found = 0
    for key in keys(text):
        found = extended(found, key)
    return found


def of(*names: tuple[str, int]) -> Phrases:
    return Phrases(Phrases.arrays_of([Named(*name) for name in names]))


@pytest.mark.parametrize(
    "text",
    [
        "Government of National Accord",
        "the Government of the National Accord",
        "GOVERNMENT  of national-accord",
        "Government, National, Accord",
    ],
)
def test_articles_and_function_words_say_nothing(text: str) -> None:
    phrases = of(("The Government of National Accord", Phrase.PLAIN))
    assert phrases.kinds(number(text)) == Phrase.PLAIN


@pytest.mark.parametrize(
    "text",
    ["National Government Accord", "Government of National", "National Accord", "of the", ""],
)
def test_other_words_or_another_order_are_another_name(text: str) -> None:
    phrases = of(("Government of National Accord", Phrase.PLAIN))
    assert phrases.kinds(number(text)) == 0


@pytest.mark.parametrize(
    ("left", "right", "script"),
    [
        ("الدبيبة", "دبيبه", "Arab"),
        ("أكار", "اكار", "Arab"),
        ("Türkiye", "TURKIYE", "Latn"),
        ("444", "٤٤٤", "Zyyy"),
        ("444th", "444", "Latn"),
    ],
)
def test_a_word_has_one_key_however_it_is_written(left: str, right: str, script: str) -> None:
    assert word_key(left, script) == word_key(right, script) != 0


@pytest.mark.parametrize(("word", "script"), [("the", "Latn"), ("al", "Latn"), ("و", "Arab")])
def test_a_small_word_has_no_key(word: str, script: str) -> None:
    assert word_key(word, script) == 0


def test_capitals_make_an_acronym_of_a_small_word() -> None:
    assert word_key("AL", "Latn") != 0


def test_an_arabic_article_sets_names_of_one_word_apart() -> None:
    phrases = of(("الهند", Phrase.PLACE), ("هند", Phrase.PERSON))
    assert phrases.kinds(number("هند")) == Phrase.PERSON
    assert phrases.kinds(number("الهند") ^ 1) == Phrase.PLACE


@settings(deadline=None)
@given(st.lists(named, max_size=8), st.lists(words, max_size=8))
def test_phrases_answer_as_sequences_of_words_do(
    names: Sequence[tuple[list[str], int]], others: Sequence[list[str]]
) -> None:
    texts = [(" ".join(own), kinds) for own, kinds in names]
    phrases = of(*texts)
    whole: dict[tuple[tuple[int, ...], bool], int] = defaultdict(int)
    for text, kinds in texts:
        whole[spelled(text)] |= kinds
    known = [own for (own, _), _ in whole.items() if own]
    persons = [own for text, kinds in texts if kinds & Phrase.PERSON and (own := keys(text))]
    for text in [*(text for text, _ in texts), *map(" ".join, others)]:
        own, article = spelled(text)
        assert phrases.kinds(number(text) ^ article) == (whole.get((own, article), 0) if own else 0)
        for key in own:
            assert phrases.first(key) == any(key == each[0] for each in known)
            assert phrases.last(key) == any(key == p[-1] for p in persons if len(p) > 1)
        if len(own) == 2:
            assert phrases.begun(number(text)) == any(each[:2] == own for each in known)


def spelled(text: str) -> tuple[tuple[int, ...], bool]:
    """The telling words of a name, and whether it is one word with the Arabic article."""
    tokens = [t for t in tokenize(clean(text)) if word_key(t.text, t.script)]
    return tuple(keys(text)), len(tokens) == 1 and tokens[0].text.startswith("ال")


def test_of_a_long_name_the_first_words_are_kept() -> None:
    own = [f"Word{chr(97 + k)}" for k in range(MOST_WORDS + 3)]
    phrases = of((" ".join(own), Phrase.PLAIN))
    assert phrases.kinds(number(" ".join(own[:MOST_WORDS]))) == Phrase.PLAIN
    assert phrases.kinds(number(" ".join(own))) == 0


def test_no_name_gives_no_phrase() -> None:
    phrases = of(("of the", Phrase.PLAIN), ("", Phrase.PLAIN), ("\ud800 ,", Phrase.PLAIN))
    assert phrases.kinds(0) == phrases.kinds(number("Haftar")) == 0
    assert not phrases.first(0) and not phrases.begun(0) and not phrases.last(0)


@pytest.fixture(scope="module", params=["memory", "file"])
def toy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Phrases:
    index = Index.of(TOY)
    if request.param == "file":
        path = tmp_path_factory.mktemp("phrases") / "toy.idx"
        index.save(path)
        index = Index.open(path)
    return index.phrases


def test_every_name_of_a_gazetteer_is_a_phrase_of_its_kind(toy: Phrases) -> None:
    for entity in TOY:
        for name in entity.names:
            own, article = spelled(name.text)
            told = Phrase.ACRONYM if name.kind == "acronym" else Phrase.PLAIN
            kinds = toy.kinds(number(name.text) ^ article)
            assert kinds & KIND[entity.kind] and kinds & told, name.text
            assert toy.first(own[0])
            assert len(own) < 2 or toy.begun(extended(extended(0, own[0]), own[1]))
            assert toy.last(own[-1]) or entity.kind != "person"


def test_a_by_name_is_a_phrase_and_no_plain_name() -> None:
    names = EntityName("Khalifa Haftar", kind="primary"), EntityName("Marshal", kind="weak")
    phrases = Index.of([Entity("khalifa-haftar", names)]).phrases
    assert phrases.kinds(number("Khalifa Haftar")) == Phrase.PERSON | Phrase.PLAIN
    assert phrases.kinds(number("Marshal")) == Phrase.PERSON
