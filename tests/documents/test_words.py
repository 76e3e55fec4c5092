"""Words keep their places in the text, whatever it holds; what stands between them is told."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from resolve.documents import words as reading
from resolve.documents.common import LANGUAGES, languages_of
from resolve.documents.gaps import Gap
from resolve.documents.runs import matches_at, title_from
from resolve.documents.word import Case
from resolve.documents.words import Lexis, Words, text_languages
from resolve.index import Index
from resolve.model.learned import load as load_learned
from resolve.names.titles import title_at, title_key, title_words
from resolve.names.tokens import tokenize
from resolve.names.unicode import clean

PHRASES = Index.of(gazetteer.load(Path(__file__).parents[1] / "toy")).phrases
LEXIS = Lexis(load_learned().lexicon, PHRASES)
HOSTILE = (
    "abZşİı حفترو\u0640\u064e\u0651\u0301\u200c\u200d\u200f\u202e\u2066ﷲﷺ㍿ﬁ½🇱👩\ud83d\ude00\ud800"
    "\n\n\r\t \x00\x0b\x1c\x85\u2028\u2029\ufeff\ufffd'’\"<>&;_#@.-()/12\u0663漢ᄀ가"
)
WORDS = ["Haftar", "Dbeibe'yle", "l’Express", "U.A.E.", "al-Haddad", "والدبيبة", "#tag", "a@b", "—"]
texts = st.one_of(
    st.text(st.sampled_from(HOSTILE), max_size=80),
    st.text(st.characters(exclude_categories=()), max_size=80),
    st.lists(st.sampled_from([*WORDS, "\n", "\n\n", ".", ","]), max_size=20).map(" ".join),
)
stretches = st.text(st.sampled_from("aZحé0_-./'\u0301\ud800"), max_size=60)


def read(text: str) -> Words:
    return LEXIS.read(text)


def written(text: str) -> list[str]:
    words = read(text)
    return [text[a:b] for a, b in zip(words.start, words.end, strict=True)]


def gap(between: str) -> Gap:
    """What is told to stand before the second of two words; the lines are long or uneven."""
    words = read(f"Tripoli{between}Haftar spoke of many other things to the people")
    assert words.word[1].text == "Haftar"
    return words.gap[1]


# Places.


@settings(deadline=None)
@given(texts)
def test_words_are_in_order_apart_and_inside_the_text(text: str) -> None:
    words = read(text)
    assert words.text == text
    places = list(zip(words.start, words.end, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    assert not any(text[start].isspace() or text[end - 1].isspace() for start, end in places)
    assert len(words) == len(words.word) == len(words.gap) == len(words.sentence)
    assert all(word.text for word in words.word)


@settings(deadline=None)
@given(texts)
def test_a_text_is_read_the_same_twice_and_by_a_reader_without_a_past(text: str) -> None:
    one, again = read(text), read(text)
    fresh = Lexis(load_learned().lexicon, PHRASES).read(text)
    assert all(a is b for a, b in zip(one.word, again.word, strict=True))
    assert [word.text for word in one.word] == [word.text for word in fresh.word]
    assert one.start == again.start == fresh.start
    assert one.end == again.end == fresh.end
    assert one.gap == again.gap == fresh.gap
    assert one.clitic == again.clitic == fresh.clitic


@settings(deadline=None)
@given(texts, texts)
def test_a_paragraph_is_read_as_it_is_alone(first: str, second: str) -> None:
    one, two = read(first), read(second)
    both = read(f"{first}\n\n{second}")
    moved = len(first) + 2
    assert both.word == one.word + two.word
    assert both.start == one.start + [start + moved for start in two.start]
    assert both.end == one.end + [end + moved for end in two.end]
    assert both.gap == one.gap + two.gap
    assert both.clitic == one.clitic | {k + len(one): own for k, own in two.clitic.items()}


@settings(deadline=None)
@given(texts)
def test_a_sentence_begins_where_the_gap_says_so(text: str) -> None:
    words = read(text)
    for k, (before, here) in enumerate(pairwise(words.sentence), start=1):
        assert here - before == 1 or (here == before and words.gap[k] < Gap.SENTENCE)


@pytest.mark.parametrize("size", [399, 400, 401, 5_000, 100_000])
@pytest.mark.parametrize("letter", ["a", "ح", "\u0301", "\u0640", "x.", "😀", "漢"])
def test_a_long_stretch_is_read_and_what_follows_it_too(letter: str, size: int) -> None:
    text = letter * size
    assert written(f"{text} Haftar")[-1] == "Haftar"


def test_spaces_alone_are_no_words() -> None:
    assert written(" " * 100_000) == written("") == written("\n\r\t\u2029") == []
    assert written(" " * 100_000 + "Haftar") == ["Haftar"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("الدبـ\u0640ـيبة", "الدبيبة"),
        ("Haf\u00adtar", "Haftar"),
        ("Haf\u200dtar", "Haftar"),
        ("\ufeffHaftar", "Haftar"),
        ("Gu\u0308ler", "Güler"),
        ("ﬁn", "fin"),
        ("U.A.E.", "UAE"),
    ],
)
def test_a_word_is_clean_and_its_place_is_in_the_text_as_it_was(text: str, word: str) -> None:
    words = read(text)
    assert [each.text for each in words.word] == [word]
    assert text[words.start[0] : words.end[0]] == text.removeprefix("\ufeff")


# What is no word.


@settings(deadline=None)
@given(stretches)
def test_hashtags_handles_and_addresses_are_no_words(stretch: str) -> None:
    for form in (
        "#{}",
        "@{}",
        "https://{}",
        "{}@b.ly",
        "www.{}",
        "(https://{})",
        "«#{}»",
        "x://{}",
    ):
        assert written(form.format(stretch)) == []
        assert written(f"Haftar {form.format(stretch)} Dbeibah") == ["Haftar", "Dbeibah"]


@pytest.mark.parametrize("text", ["#", "@", "…", "—", "***", "😀", "\x00", "\ud800", "'", "_"])
def test_signs_are_no_words(text: str) -> None:
    assert written(text) == []


# What stands between words.


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (" ", Gap.SPACE),
        ("   ", Gap.SPACE),
        ("\t", Gap.SPACE),
        ("\u00a0", Gap.SPACE),
        (" * ", Gap.SPACE),
        ("-", Gap.HYPHEN),
        ("\u2010", Gap.HYPHEN),
        (", ", Gap.PAUSE),
        ("، ", Gap.PAUSE),
        ("؛ ", Gap.PAUSE),
        (": ", Gap.PAUSE),
        (" (", Gap.PAUSE),
        (") ", Gap.PAUSE),
        (" - ", Gap.PAUSE),
        (" \u2013 ", Gap.PAUSE),
        ("/", Gap.PAUSE),
        (' "', Gap.PAUSE),
        ("» ", Gap.PAUSE),
        (". ", Gap.SENTENCE),
        ("? ", Gap.SENTENCE),
        ("! ", Gap.SENTENCE),
        ("؟ ", Gap.SENTENCE),
        ("… ", Gap.SENTENCE),
        ('." ', Gap.SENTENCE),
        ("\n", Gap.LINE),
        ("\r\n", Gap.LINE),
        ("\r", Gap.LINE),
        ("\u2028", Gap.LINE),
        (".\n", Gap.LINE),
        ("\n\n", Gap.PARAGRAPH),
        ("\r\n\r\n", Gap.PARAGRAPH),
        ("\n \t\n", Gap.PARAGRAPH),
        ("\u2029", Gap.PARAGRAPH),
    ],
)
def test_a_gap_tells_how_far_words_are_apart(between: str, expected: Gap) -> None:
    assert gap(between) is expected


@pytest.mark.parametrize("text", ["Gen. Haftar", "J. Haftar", "Lt. Haftar", "Dr. Haftar"])
def test_a_dot_after_an_initial_or_a_title_cut_short_ends_no_sentence(text: str) -> None:
    assert read(f"He met {text} there").gap[3] is Gap.DOT


@pytest.mark.parametrize("text", ["army. Haftar", "Sirte. Haftar", "gen. Haftar"])
def test_a_dot_after_any_other_word_ends_one(text: str) -> None:
    assert read(f"He met {text} there").gap[3] is Gap.SENTENCE


def test_dotted_capitals_end_no_sentence() -> None:
    assert read("the U.S. Army").gap == [Gap.PARAGRAPH, Gap.SPACE, Gap.SPACE]


SENTENCE = (
    "The prime minister of the government met the general in the old city and the ministers "
    "said that nothing would change when Dbeibah had left. Others stayed for the whole night "
    "and went to the coast where boats of the navy waited for them until the morning came."
)


@pytest.mark.parametrize("width", range(40, 100, 7))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_wrapped_paragraph_is_read_as_one_line(width: int, end: str) -> None:
    wrapped, plain = read(end.join(textwrap.wrap(SENTENCE, width))), read(SENTENCE)
    assert wrapped.word == plain.word
    assert [g for g in wrapped.gap if g < Gap.SENTENCE] == [
        g for g in plain.gap if g < Gap.SENTENCE
    ]
    assert not [k for k, g in enumerate(wrapped.gap) if g < Gap.SENTENCE <= plain.gap[k]]


def test_a_headline_is_a_line_of_its_own() -> None:
    words = read(f"Haftar in Tripoli\n{SENTENCE}\n")
    assert words.word[3].text == "The" and words.gap[3] is Gap.LINE


# What is written onto a word.


@pytest.mark.parametrize(
    ("text", "word", "clitic"),
    [
        ("Dbeibe'yle", "Dbeibe", ("", "'yle")),
        ("Türkiye’nin", "Türkiye", ("", "’nin")),
        ("l'Express", "Express", ("l'", "")),
        ("L’Express", "Express", ("L’", "")),
        ("Haftar's", "Haftar", ("", "'s")),
        ("D'Angelo", "D'Angelo", None),
        ("Ma'moun", "Ma'moun", None),
    ],
)
def test_what_an_apostrophe_joins_is_taken_off(
    text: str, word: str, clitic: tuple[str, str] | None
) -> None:
    words = read(f"({text},")
    assert [each.text for each in words.word] == [word]
    assert words.clitic.get(0) == clitic
    before, after = clitic or ("", "")
    assert f"{before}{text[len(before) : len(text) - len(after)]}{after}" == text
    assert (words.start[0], words.end[0]) == (1 + len(before), 1 + len(text) - len(after))


@pytest.mark.parametrize(
    ("text", "rest", "letters"),
    [
        ("وطرابلس", "طرابلس", 1),
        ("بالسراج", "السراج", 1),
        ("للقوات", "القوات", 1),
        ("وللقوات", "القوات", 2),
        ("فبالسراج", "السراج", 2),
        ("كالسراج", "السراج", 1),
    ],
)
def test_an_arabic_word_may_begin_with_a_proclitic(text: str, rest: str, letters: int) -> None:
    word = read(text).word[0]
    assert (letters, rest) in [(skip, part.text) for skip, part in word.proclitics]


@pytest.mark.parametrize("text", ["علي", "فعل", "بن", "Wali", "444"])
def test_a_short_word_or_one_of_another_script_has_no_proclitic(text: str) -> None:
    assert read(text).word[0].proclitics == ()


# What a word is.


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("Haftar", Case.TITLE),
        ("McCain", Case.TITLE),
        ("İnönü", Case.TITLE),
        ("GNA", Case.UPPER),
        ("J", Case.TITLE),
        ("haftar", Case.LOWER),
        ("iPhone", Case.LOWER),
        ("حفتر", Case.NONE),
        ("444", Case.NONE),
        ("Хафтар", Case.TITLE),
    ],
)
def test_a_word_has_the_case_that_it_is_written_in(text: str, case: Case) -> None:
    assert read(text).word[0].case is case


def test_one_word_is_one_object_wherever_it_stands() -> None:
    words = read("Haftar and (Haftar's) Haftar. HAFTAR")
    assert words.word[0] is words.word[2] is words.word[3]
    assert words.word[0] is not words.word[4]
    assert words.word[0].key == words.word[4].key


def test_a_common_word_of_another_language_is_none() -> None:
    lexicon = load_learned().lexicon
    turkish = Lexis(lexicon, PHRASES, frozenset({"tur"})).read("Akar").word[0]
    english = Lexis(lexicon, PHRASES, frozenset({"eng"})).read("Akar").word[0]
    assert turkish.common and not english.common


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("He said that they were there and that the men had left.", {"eng"}),
        ("Le ministre est parti dans la nuit avec les autres pour une visite.", {"fra"}),
        ("Bakan bu konuda bir açıklama yaptı ve daha sonra gitti.", {"tur"}),
        ("قال الوزير إن الأمر في المدينة كان على ما يرام من قبل", {"ara"}),
        ("او با وزیر دفاع در تهران دیدار کرد و گفت که این سفر را به فردا نمی‌سپارد", {"fas"}),
        ("", set(LANGUAGES)),
        ("Haftar Dbeibah", set(LANGUAGES)),
    ],
)
def test_a_text_tells_its_language_by_its_small_words(text: str, languages: set[str]) -> None:
    assert text_languages(text) == languages


@given(
    st.lists(st.sampled_from(["the", "and", "et", "dans", "bir", "ve", "في", "Haftar", "\ud800"]))
)
def test_a_language_is_told_by_the_words_and_not_by_their_order(chunks: list[str]) -> None:
    languages = languages_of(chunks)
    assert languages and languages <= set(LANGUAGES)
    assert languages == languages_of(sorted(chunks))


# What is looked up once.


@settings(deadline=None)
@given(texts)
def test_sentences_begin_where_the_gaps_say(text: str) -> None:
    words = read(text)
    assert words.edges == [k for k, gap in enumerate(words.gap) if gap >= Gap.SENTENCE]


@settings(deadline=None)
@given(texts)
def test_nothing_begins_with_an_idle_word(text: str) -> None:
    words = read(text)
    for k, word in enumerate(words.word):
        if word.idle:
            assert not matches_at(words, k, PHRASES)
            assert word.case or word.number or title_from(words, k) is None


@given(st.lists(st.sampled_from(["Turkish", "the", "Defense", "Minister", "Haftar"]), max_size=5))
def test_a_title_has_as_many_words_by_its_keys(written: list[str]) -> None:
    tokens = tokenize(clean(" ".join(written)))
    title = title_at(tokens, 0) if tokens else None
    words = title_words([title_key(token.text) for token in tokens]) if tokens else 0
    assert words == sum(token.start < title.end for token in tokens) if title else not words


@settings(deadline=None)
@given(
    st.sampled_from(["Haftar", "J", "www", "Zürich", "حفتر", "وعلى", "aح"]),
    st.text(".,:;!?)،؛؟", max_size=4),
)
def test_a_word_with_signs_after_it_is_read_as_any_stretch(word: str, signs: str) -> None:
    own, plain = (Lexis(load_learned().lexicon, PHRASES) for _ in range(2))
    found = own._stretch(word + signs)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "_SIGNED", re.compile("(?!)"))
        expected = plain._stretch(word + signs)
    assert found.tail is expected.tail
    assert [piece[:2] for piece in found.pieces] == [piece[:2] for piece in expected.pieces]
    assert [piece.word.text for piece in found.pieces] == [p.word.text for p in expected.pieces]


def test_words_of_late_are_remembered_and_those_of_long_ago_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "_REMEMBERED", 4)
    lexis = Lexis(load_learned().lexicon, PHRASES)
    haftar, bashir = lexis.read("Haftar Bashir").word
    for text in ("one two three", "four five Haftar", "six seven eight nine"):
        lexis.read(text)
    assert lexis.read("Haftar").word[0] is haftar
    assert lexis.read("Bashir").word[0] is not bashir
    assert len(lexis._stretches) + len(lexis._stretches_before) < 12
    assert len(lexis._words) + len(lexis._words_before) < 12
