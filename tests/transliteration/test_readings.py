"""Laws of readings: ranked, honest about what the source leaves out, and reversible where said."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.tables.scheme import read_scheme, scheme_names
from resolve.transliteration import Reading, readings, transliterate

CONSONANTS = "بتثجحخدذرزسشصضطظعغفقكلمنه"
SHORT = "\u064e\u064f\u0650"
SHADDA, SUKUN = "\u0651", "\u0652"
STANDARDS = [name for name in scheme_names() if read_scheme(name).kind == "standard"]
ARABIC = [name for name in STANDARDS if read_scheme(name).language == "ara"]
INVERTIBLE = [name for name in scheme_names() if read_scheme(name).invertible]

letter = st.sampled_from(CONSONANTS)
open_syllable = st.builds(
    "{}{}{}{}".format,
    letter,
    st.sampled_from(["", SHADDA]),
    st.sampled_from(SHORT),
    st.just(""),
)
long_syllable = st.builds("{}{}".format, letter, st.sampled_from(["\u064eا", "\u064fو", "\u0650ي"]))
closed_syllable = st.builds(
    "{}{}{}{}".format, letter, st.sampled_from(SHORT), letter, st.just(SUKUN)
)
vocalised = st.lists(
    st.one_of(open_syllable, long_syllable, closed_syllable), min_size=1, max_size=5
).map("".join)
bare = st.text(CONSONANTS, min_size=3, max_size=7).filter(lambda word: word[:2] != "لل")
anything = st.text(max_size=40)


def vowels(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text.lower())
    return [character for character in plain if character in "aeiou"]


@pytest.mark.parametrize("name", ARABIC)
@given(word=vocalised)
def test_a_vocalised_word_has_one_reading_in_a_standard(name: str, word: str) -> None:
    assert [reading.probability for reading in transliterate(word, name)] == [1.0]


@pytest.mark.parametrize("name", STANDARDS)
@given(word=bare)
def test_a_standard_never_invents_a_vowel(name: str, word: str) -> None:
    words = {*read_scheme(name).words}
    for reading in transliterate(word, name) if word not in words else ():
        assert vowels(reading.text) == []


@pytest.mark.parametrize("name", INVERTIBLE)
@given(word=vocalised)
def test_an_invertible_scheme_gives_the_source_back(name: str, word: str) -> None:
    written = transliterate(word, name)[0].text
    sources = [source.text for source in transliterate(written, name, inverse=True)]
    assert sources
    assert all(written == transliterate(source, name)[0].text for source in sources)


@given(word=vocalised)
def test_iso_233_gives_back_just_this_source(word: str) -> None:
    written = transliterate(word, "iso-ara-Arab-Latn-1984")[0].text
    found = transliterate(written, "iso-ara-Arab-Latn-1984", inverse=True)
    assert [source.text for source in found] == [word]


@pytest.mark.parametrize("name", scheme_names())
@given(text=st.one_of(anything, bare, vocalised))
def test_readings_are_ranked_distinct_and_share_one(name: str, text: str) -> None:
    found = transliterate(text, name, 4)
    ranks = [(-reading.probability, reading.text) for reading in found]
    assert 1 <= len(found) <= 4
    assert ranks == sorted(ranks)
    assert len({reading.text for reading in found}) == len(found)
    assert sum(reading.probability for reading in found) <= 1 + 1e-9
    assert found == transliterate(text, name, 4)


@pytest.mark.parametrize("name", scheme_names())
@given(text=st.text(st.characters(min_codepoint=0x3040, max_codepoint=0xFFFF, codec=None)))
def test_what_a_scheme_does_not_know_stays(name: str, text: str) -> None:
    outside = "".join(c for c in text if not 0xF900 <= ord(c) <= 0xFFFF)
    assert transliterate(outside, name)[0].text == outside


@pytest.mark.parametrize("name", scheme_names())
def test_a_long_text_costs_time_in_proportion(name: str) -> None:
    for word in ("ابن", "a", "\u0651", " ", "\ud800"):
        assert len(transliterate(word * 3_000, name, 2)) >= 1


def test_words_are_read_one_by_one() -> None:
    """The first reading of a name is made of the first readings of its words."""
    name = "news-ara-Arab-Latn"
    for text in ("صلاح النمروش", "خليفة حفتر", "عقيلة صالح"):
        parts = [transliterate(word, name)[0].text for word in text.split()]
        assert transliterate(text, name)[0].text == " ".join(parts)


def test_attested_spellings_come_with_their_probability_and_leave_the_rest_to_the_rules() -> None:
    known = {"دبيبة": [("dbeibah", 0.6), ("dabaiba", 0.3)]}

    def attested(word: str) -> list[tuple[str, float]]:
        return known.get(word, [])

    found = [*readings("دبيبة", "news-ara-Arab-Latn", attested)]
    rest = {r.text: r.probability for r in readings("دبيبة", "news-ara-Arab-Latn", n=500)}
    for spelling, probability in known["دبيبة"]:
        share = probability + 0.1 * rest.get(spelling, 0.0)
        assert found.pop(0) == Reading(spelling, pytest.approx(share))
    assert all(r.probability == pytest.approx(0.1 * rest[r.text]) for r in found)
    assert readings("الدبيبة", "news-ara-Arab-Latn", attested)[0].text == "al-dbeibah"


def test_a_name_is_capitalized_as_the_scheme_has_it() -> None:
    turkish = transliterate("إبراهيم", "turkish-ara-Arab-Latn", title=True)
    assert turkish[0].text == "İbrahim"
    assert transliterate("الكُوت", "bgnpcgn-ara-Arab-Latn-1956", title=True)[0].text == "Al Kūt"
    alalc = transliterate("عَلِي الغَزَالِي", "alalc-ara-Arab-Latn-2012", title=True)
    assert alalc[0].text == "ʻAlī al-Ghazālī"
