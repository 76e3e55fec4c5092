"""What is a mention, and what isn't: names beside other words, among capitals, after titles."""

from __future__ import annotations

import pytest

from resolve.documents import tagging
from resolve.documents.mentions import hopeful
from resolve.documents.runs import Run
from resolve.documents.tagging import Tagger, Text
from resolve.documents.words import Words

TAGGER = Tagger()


def told(text: str) -> list[tuple[str, str, str | None]]:
    """The spans of a text, by their decision and their actor's or provisional id."""
    return [
        (s.surface, s.decision.outcome.name, s.decision.id or s.decision.cluster)
        for s in TAGGER.tag(text).spans
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Khalifa Haftar Stadium opened.", ("Khalifa Haftar Stadium", "NIL")),
        ("شارع خليفة حفتر مغلق", ("شارع خليفة حفتر", "NIL")),
        ("Donald Trump Jr. spoke.", ("Donald Trump Jr", "NIL")),
    ],
)
def test_what_is_named_after_a_person_is_not_the_person(
    text: str, expected: tuple[str, str]
) -> None:
    assert [(surface, outcome) for surface, outcome, _ in told(text)] == [expected]


def test_another_word_makes_another_person_of_a_king() -> None:
    spans = told("King Salman bin Abdulaziz ruled. Salman Rushdie wrote.")
    assert spans[0][1:] == ("LINK", "salman-bin-abdulaziz-al-saud")
    assert spans[1][:2] in {("Salman Rushdie", "REVIEW"), ("Salman Rushdie", "NIL")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WHO IS HE? IS IT TRUE?", []),
        ("The WHO said so.", [("WHO", "LINK", "world-health-organization")]),
        ("Help US!", [("US", "LINK", "united-states")]),
    ],
)
def test_an_acronym_among_capitals_may_be_a_word(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(text) == expected


def test_the_words_before_of_are_no_part_of_a_place() -> None:
    assert told("Residents of Tripoli fled to Libya.") == [
        ("Tripoli", "LINK", "tripoli"),
        ("Libya", "LINK", "libya"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كان رئيس الوزراء غاضبا", []),
        ("زار رئيس الوزراء التركي طرابلس", [("طرابلس", "LINK", "tripoli")]),
    ],
)
def test_a_title_without_a_name_takes_no_other_word_for_one(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(text) == expected
    assert all(span.title == "" for span in TAGGER.tag(text).spans)


def test_a_known_surname_that_begins_a_sentence_is_shown() -> None:
    assert told("Erdogan arrived.") == [("Erdogan", "REVIEW", "recep-tayyip-erdogan")]


@pytest.mark.parametrize("before", ["The", "He said the", "Then the"])
def test_a_rank_that_begins_an_institutions_name_is_no_title(before: str) -> None:
    spans = told(f"{before} General Electricity Company of Libya (GECOL) says no.")
    assert spans[0] == ("General Electricity Company of Libya", "LINK", "gecol")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "خلیفه حفتر با علی خامنه‌ای در تهران دیدار کرد",
            ["khalifa-haftar", "ali-khamenei", "tehran"],
        ),
        ("او با ولادیمیر پوتین دیدار کرد.", ["vladimir-putin"]),
        ("مسعود پزشکیان روز یکشنبه به استانبول رفت", ["masoud-pezeshkian", "istanbul"]),
    ],
)
def test_persian_words_end_a_name(text: str, expected: list[str]) -> None:
    assert [(id, outcome) for _, outcome, id in told(text)] == [(id, "LINK") for id in expected]


def test_who_is_short_for_a_doubtful_name_is_as_doubtful() -> None:
    whole, last, first = TAGGER.tag("Yasir Güler wrote. Then Güler spoke. And Yasir slept.").spans
    for part in (last, first):
        assert (part.decision.outcome, part.decision.id) == (whole.decision.outcome, "yasar-guler")
        assert part.decision.mention.text == part.surface
        assert part.decision.reason == f"short for Yasir Güler; {whole.decision.reason}"


IN_DOUBT = [
    "WHO IS HE? IS IT TRUE?",
    "وقال جاناوي إن سيداني وضد سرحات أكسين في طرابلس",
    "May said so. Will he? General Haftar may be in May.",
    "Vaezi met Bouchachi. Subay left.",
]


def test_what_is_not_weighed_would_be_no_mention(monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[Run] = []

    def watched(words: Words, run: Run) -> bool:
        if not hopeful(words, run):
            refused.append(run)
        return hopeful(words, run)

    texts = [Text("", text) for text in IN_DOUBT]
    monkeypatch.setattr(tagging, "hopeful", watched)
    found = list(Tagger().tag_many(texts))
    assert refused
    monkeypatch.setattr(tagging, "hopeful", lambda words, run: True)
    assert list(Tagger().tag_many(texts)) == found
