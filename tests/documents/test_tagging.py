"""A document's spans are where they say, alone, in a batch and twice; articles come out as marked.

The articles of the mission lie in `shared/seeds` beside the repository; `cases/articles.tsv` has
what stands in them, `cases/passages.txt` has passages with their mentions marked.
"""

from __future__ import annotations

import csv
import gc
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from benchmarks.datasets.passages import read_passages
from resolve import Resolver
from resolve.documents import tagging
from resolve.documents.formats.jsonl import pieces
from resolve.documents.tagging import Tagger, Text
from resolve.types import Document, Outcome, Span

TESTS = Path(__file__).parents[1]
SEEDS = TESTS.parents[1] / "shared" / "seeds"
TOY = gazetteer.load(TESTS / "toy")
TAGGER = Tagger(Resolver(TOY))
LINK, NIL = Outcome.LINK, Outcome.NIL

KNOWN = sorted(name.text for entity in TOY for name in entity.names)
UNKNOWN = ["Amelia Caldwell", "Bashir Haftar", "Rachel Ondera", "زياد كراوع", "سرحات أكسين", "OPEC"]
FILLERS = [
    *("General", "the Turkish Defense Minister", "Prime Minister", "اللواء", "Savunma Bakanı"),
    *("said that", "in", "and", "قال", "في", "و", "ve", "le", "al-", "bin", "Haftar", "حفتر"),
    *(".", ",", ":", "(", ")", "«", "\n", "\n\n", "\r\n", "#tag", "https://x.ly/Haftar", "'s"),
    *("\u0301", "\u0640", "\u200f", "\ud800", "😀", "ﷺ", "\x00", "\u2028", "\u00a0"),
    "turkey said that all of the people of the town had left it before",
]
pieces_of_text = st.one_of(
    st.sampled_from(KNOWN),
    st.sampled_from(UNKNOWN),
    st.sampled_from(FILLERS),
    st.text(st.characters(exclude_categories=()), max_size=8),
)
texts = st.builds(
    lambda own, between: between.join(own),
    st.lists(pieces_of_text, max_size=14),
    st.sampled_from([" ", "  ", "", "\n", ", "]),
)


def assert_shape(document: Document, text: str) -> None:
    assert document.text == text
    for span in document.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert span.surface == text[span.start : span.end] == span.surface.strip()
        for start, end, id in span.inside:
            assert span.start <= start < end <= span.end and id in TOY
        assert span.decision.id is None or span.decision.id in TOY
        assert not span.clitic or span.clitic in text
    assert all(one.end <= two.start for one, two in pairwise(document.spans))
    for repeat in document.repeats:
        length = repeat.end - repeat.start
        assert repeat.first < repeat.start < repeat.end <= len(text)
        assert repeat.first + length <= len(text)


# Any document.


@settings(deadline=None)
@given(texts)
def test_spans_are_where_they_say_in_order_and_apart(text: str) -> None:
    assert_shape(TAGGER.tag(text), text)


@settings(deadline=None, max_examples=40)
@given(st.lists(texts, max_size=5))
def test_a_document_is_tagged_in_a_batch_as_it_is_alone_and_twice(many: list[str]) -> None:
    fresh = Tagger(Resolver(TOY))
    batch = list(fresh.tag_many(Text(str(k), text) for k, text in enumerate(many)))
    assert [document.id for document in batch] == [str(k) for k in range(len(many))]
    for document, text in zip(batch, many, strict=True):
        alone = TAGGER.tag(text, document.id)
        assert told(alone) == told(TAGGER.tag(text, document.id)) == told(document)


def told(document: Document) -> list[tuple[object, ...]]:
    """All that is said of a document; floats to nine digits."""
    return [
        (
            *(span.start, span.end, span.kind, span.title, span.clitic, span.found, span.inside),
            *(span.decision.outcome, span.decision.id, span.decision.cluster, span.repeated),
            *(round(span.decision.probability, 9), span.decision.reason),
        )
        for span in document.spans
    ] + [tuple(document.repeats)]


@settings(deadline=None)
@given(texts)
def test_a_record_can_be_read_back(text: str) -> None:
    document = TAGGER.tag(text, "a.txt")
    (line,) = pieces([document])
    record = json.loads(line.encode("utf-8"))
    assert line.endswith("}\n") and "\n" not in line[:-1]
    assert [(s["start"], s["end"], s["decision"], s["id"]) for s in record["spans"]] == [
        (s.start, s.end, s.decision.outcome, s.decision.id) for s in document.spans
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ud800", "…", " " * 100_000, "\u0640" * 1000])
def test_what_has_no_word_has_no_span(text: str) -> None:
    document = TAGGER.tag(text)
    assert document.spans == document.repeats == ()
    assert document.text == text


def test_spaces_move_a_name_and_nothing_else() -> None:
    (span,) = TAGGER.tag(" " * 100_000 + "Khalifa Haftar").spans
    assert (span.start, span.end, span.decision.id) == (100_000, 100_014, "khalifa-haftar")


def test_carriage_returns_move_a_name_and_nothing_else() -> None:
    lines = ["Talks in Tripoli", "", "Khalifa Haftar met Hulusi Akar.", "Haftar then left Tripoli."]
    plain, returns = (TAGGER.tag(end.join(lines)) for end in ("\n", "\r\n"))
    assert [(s.surface, s.decision.id) for s in plain.spans] == [
        (s.surface, s.decision.id) for s in returns.spans
    ]
    assert len(plain.spans) == 5
    assert_shape(returns, "\r\n".join(lines))


def test_the_collector_is_left_as_it_was() -> None:
    running = gc.isenabled()
    try:
        for set_ in (gc.disable, gc.enable):
            set_()
            before = gc.isenabled()
            for _ in TAGGER.tag_many([Text("", "Khalifa Haftar left.")] * 2):
                assert gc.isenabled() is before
            assert gc.isenabled() is before
    finally:
        (gc.enable if running else gc.disable)()


def test_what_is_kept_from_the_collector_stays_kept() -> None:
    gc.freeze()
    try:
        before = gc.get_freeze_count()
        for _ in range(3):
            TAGGER.tag("Khalifa Haftar left.")
        assert gc.get_freeze_count() >= before // 2 > 0
    finally:
        gc.unfreeze()
    TAGGER.tag("Khalifa Haftar left.")
    assert gc.get_freeze_count() == 0


def test_names_that_are_let_go_are_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [Text(str(k), f"{name} met Khalifa Haftar.") for k, name in enumerate(KNOWN[:40])]
    usual = list(TAGGER.tag_many(many))
    monkeypatch.setattr(tagging, "_REMEMBERED", 3)
    forgetful = Tagger(TAGGER._resolver)
    assert [forgetful.tag(text.text, text.id) for text in many] == usual
    assert len(forgetful._known) + len(forgetful._before) < 20


def test_no_text_gives_no_document() -> None:
    assert list(TAGGER.tag_many([])) == []


def test_progress_counts_documents() -> None:
    done: list[int] = []
    many = [Text(str(k), "Khalifa Haftar") for k in range(130)]
    documents = list(TAGGER.tag_many(many, done.append))
    assert done == list(range(1, 131)) and len(documents) == 130


def test_a_part_of_a_text_knows_where_it_begins() -> None:
    (document,) = TAGGER.tag_many([Text("a", "Khalifa Haftar", 500)])
    assert (document.offset, document.spans[0].start) == (500, 0)


# What a span says.


@pytest.mark.parametrize(
    ("text", "surface", "title", "clitic"),
    [
        ("He met General Khalifa Haftar.", "Khalifa Haftar", "General", ""),
        ("Lt. Gen. Mohamed al-Haddad left.", "Mohamed al-Haddad", "Lt. Gen.", ""),
        ("وصل اللواء خليفة حفتر أمس", "خليفة حفتر", "اللواء", ""),
        ("Khalifa Haftar's house", "Khalifa Haftar", "", "'s"),
        ("Hulusi Akar’ın uçağı", "Hulusi Akar", "", "’ın"),
        ("وخليفة حفتر في طرابلس", "خليفة حفتر", "", "و"),
        ("سافروا لطرابلس", "طرابلس", "", "ل"),
        ("أعلن ذلك لحكومة الوفاق الوطني", "حكومة الوفاق الوطني", "", "ل"),
        ("التقى بالسراج", "السراج", "", "ب"),
        (
            "Early on Monday morning the officers met Khalifa\nHaftar there",
            "Khalifa\nHaftar",
            "",
            "",
        ),
        ("Hali\u0307fe\u00a0 Ha\u00adfter", "Hali\u0307fe\u00a0 Ha\u00adfter", "", ""),
    ],
)
def test_a_span_is_the_name_without_title_and_clitic(
    text: str, surface: str, title: str, clitic: str
) -> None:
    span = TAGGER.tag(text).spans[0]
    assert (span.surface, span.title, span.clitic) == (surface, title, clitic)
    assert span.decision.outcome is LINK


@pytest.mark.parametrize(
    "text", ["فعليا", "#Haftar", "@Haftar", "https://haftar.ly", "a@tripoli.ly"]
)
def test_a_name_inside_another_word_is_none(text: str) -> None:
    assert TAGGER.tag(f"He saw {text} there").spans == ()


def small(**names: str) -> Tagger:
    """A tagger of places by id, and of institutions where `University` is in the name."""
    actors = [
        gazetteer.Entity(
            id,
            (gazetteer.EntityName(name, kind="primary"),),
            "organization" if "University" in name else "place",
        )
        for id, name in sorted(names.items())
    ]
    return Tagger(Resolver(gazetteer.Gazetteer(name="small", entities=tuple(actors))))


def test_a_name_inside_a_name_is_told() -> None:
    text = "The University of Tripoli left Tripoli."
    one, two = small(tripoli="Tripoli", uot="University of Tripoli").tag(text).spans
    assert (one.decision.id, two.decision.id) == ("uot", "tripoli")
    ((start, end, id),) = one.inside
    assert (text[start:end], id) == ("Tripoli", "tripoli") and two.inside == ()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("He left the University of Tripoli.", ["uot"]),
        ("He left the university of Tripoli.", ["uot"]),
        ("He left a university in Tripoli.", ["tripoli"]),
        ("كان ذلك في القاهرة", ["cairo"]),
        ("كانت القوة القاهرة سببا", []),
        ("كان الوفد بالقاهرة", ["cairo"]),
    ],
)
def test_words_that_happen_to_be_a_names_are_none(text: str, ids: list[str]) -> None:
    tagger = small(tripoli="Tripoli", uot="University of Tripoli", cairo="القاهرة")
    assert [span.decision.id for span in tagger.tag(text).spans] == ids


# Repeats.

PASSAGE = "Khalifa Haftar met the ministers of the new government in Tripoli on Monday."


def test_a_passage_that_stands_twice_is_marked_once_at_the_second() -> None:
    between = "\n\nNothing else was said about the visit by anybody.\n\n"
    text = f"{PASSAGE}{between}{PASSAGE}\n\nHaftar left."
    document = TAGGER.tag(text)
    second = len(PASSAGE + between)
    (repeat,) = document.repeats
    assert (repeat.first, repeat.start) == (0, second)
    assert text[repeat.start : repeat.end] == PASSAGE.removesuffix(".")
    for span in document.spans:
        assert span.repeated == (second <= span.start < second + len(PASSAGE))


def test_sentences_that_follow_on_are_one_repeat() -> None:
    other = "Nothing else was said about the visit by anybody in the town."
    document = TAGGER.tag(f"{PASSAGE} {other}\n\nx\n\n{PASSAGE} {other}")
    assert len(document.repeats) == 1
    assert document.text[slice(*document.repeats[0][:2])] == f"{PASSAGE} {other}"[:-1]


def test_a_passage_three_times_is_marked_twice() -> None:
    document = TAGGER.tag("\n\nx\n\n".join([PASSAGE] * 3))
    assert [repeat.first for repeat in document.repeats] == [0, 0]


@pytest.mark.parametrize("passage", ["Khalifa Haftar left.", "حفتر", "By Amelia Caldwell, Tripoli"])
def test_a_short_sentence_is_no_repeat(passage: str) -> None:
    document = TAGGER.tag(f"{passage}\n\n{passage}")
    assert document.repeats == () and not any(span.repeated for span in document.spans)


# Names of a list.


def test_names_of_one_document_are_decided_together() -> None:
    names = ["Haftar", "", "Saddam Haftar", "Amelia Caldwell", "Caldwell", "General Al-Haddad"]
    decisions = TAGGER.decide(names)
    assert [decision.mention.text for decision in decisions] == names
    assert [decision.id for decision in decisions[:3]] == ["saddam-haftar", None, "saddam-haftar"]
    assert decisions[3].cluster == decisions[4].cluster == "nil:amelia-caldwell"


@settings(deadline=None, max_examples=40)
@given(st.lists(pieces_of_text, max_size=6))
def test_any_list_of_names_has_its_decisions(names: list[str]) -> None:
    decisions = TAGGER.decide(names)
    assert [decision.mention.text for decision in decisions] == names
    assert decisions == TAGGER.decide(names)


def test_no_names_have_no_decisions() -> None:
    assert TAGGER.decide([]) == []


# The articles and the passages, on the gazetteer that ships.

needs_seeds = pytest.mark.skipif(
    not (SEEDS / "mentions.tsv").is_file(), reason="the articles (shared/seeds) aren't here"
)
UNFOUND = "القيادة الاستشارية"  # an institution that nobody knows, by its head alone


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


MARKS = rows(TESTS / "cases" / "articles.tsv")
REQUIRED = [row for row in MARKS if row["note"] != "optional"]
FINDABLE = [row for row in REQUIRED if not row["surface"].startswith(UNFOUND)]
MENTIONS = rows(SEEDS / "mentions.tsv") if (SEEDS / "mentions.tsv").is_file() else []


@pytest.fixture(scope="module")
def shipped() -> Resolver:
    return Resolver()


@pytest.fixture(scope="module")
def articles(shipped: Resolver) -> dict[str, Document]:
    texts = [Text(path.stem, path.read_bytes().decode()) for path in sorted(SEEDS.glob("*.txt"))]
    return {document.id: document for document in Tagger(shipped).tag_many(texts)}


def over(document: Document, start: int, end: int) -> list[Span]:
    """The spans that overlap a place."""
    return [span for span in document.spans if span.start < end and start < span.end]


def decided(span: Span) -> tuple[str, str]:
    """The outcome of a span and its id, as the marks have it."""
    return span.decision.outcome.value, span.decision.id or "NIL"


def found(articles: dict[str, Document], row: dict[str, str]) -> list[Span]:
    return over(articles[row["doc"]], int(row["start"]), int(row["end"]))


@needs_seeds
@pytest.mark.parametrize("row", FINDABLE, ids=lambda r: f"{r['doc'][:3]}-{r['start']}-{r['gold']}")
def test_a_marked_mention_of_an_article_is_found_and_decided(
    row: dict[str, str], articles: dict[str, Document]
) -> None:
    text = articles[row["doc"]].text
    assert text[int(row["start"]) : int(row["end"])] == row["surface"]
    spans = found(articles, row)
    assert (row["expected"], row["gold"]) in map(decided, spans), [s.decision for s in spans]


@needs_seeds
def test_every_link_of_the_articles_is_a_marked_one(articles: dict[str, Document]) -> None:
    links = [(id, s) for id, d in articles.items() for s in d.spans if s.decision.outcome is LINK]
    wrong = [
        (id, span.surface, span.decision.id)
        for id, span in links
        if not any(
            row["doc"] == id and row["gold"] == span.decision.id and span in found(articles, row)
            for row in MARKS
        )
    ]
    assert len(links) > 150 and wrong == []


@needs_seeds
def test_mentions_of_the_articles_are_found_and_few_others(articles: dict[str, Document]) -> None:
    recall = sum(bool(found(articles, row)) for row in REQUIRED) / len(REQUIRED)
    marked = {(row["doc"], span.start) for row in MARKS for span in found(articles, row)}
    every = [(id, span.start) for id, document in articles.items() for span in document.spans]
    precision = sum(span in marked for span in every) / len(every)
    assert recall >= 0.95 and precision >= 0.95


@needs_seeds
@pytest.mark.parametrize("row", MENTIONS, ids=lambda row: f"{row['doc'][:3]}-{row['surface']}")
def test_a_mention_of_the_mission_comes_out_as_expected(
    row: dict[str, str], articles: dict[str, Document]
) -> None:
    document = articles[row["doc"]]
    spans = [
        span for place in places(document.text, row["surface"]) for span in over(document, *place)
    ]
    expected = row["expected"].removesuffix("-IN-DOCUMENT"), row["gold"]
    assert expected in map(decided, spans), [span.decision for span in spans]


def places(text: str, surface: str) -> Iterator[tuple[int, int]]:
    start = text.find(surface)
    while start >= 0:
        yield start, start + len(surface)
        start = text.find(surface, start + 1)


@needs_seeds
def test_one_article_repeats_itself(articles: dict[str, Document]) -> None:
    (again,) = [document for document in articles.values() if document.repeats]
    assert again.id.startswith("004")
    assert sum(span.repeated for span in again.spans) > len(again.spans) / 2


def test_passages_are_read_as_they_are_marked(shipped: Resolver) -> None:
    hit = marks = true = spans = right = links = 0
    for passage in read_passages(TESTS / "cases" / "passages.txt"):
        year = int(passage.date[:4]) if passage.date else None
        document = Tagger(shipped, year).tag(passage.text)
        hit += sum(bool(over(document, mark.start, mark.end)) for mark in passage.marks)
        marks += len(passage.marks)
        for span in document.spans:
            own = [m for m in passage.marks if m.start < span.end and span.start < m.end]
            spans, true = spans + 1, true + bool(own)
            if span.decision.outcome is LINK:
                links += 1
                right += any(m.outcome != NIL and m.gold == span.decision.id for m in own)
    assert hit / marks >= 0.94
    assert true / spans >= 0.94
    assert right / links >= 0.98
