"""What a format carries can be read back: every place, in any text; and any file is valid."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.documents.formats import FORMATS, pieces, write_folder
from resolve.documents.formats import brat as brat_format
from resolve.documents.formats.html import direction
from resolve.documents.formats.places import paragraphs, tokens
from resolve.errors import OptionError
from resolve.types import Candidate, Decision, Document, Mention, Outcome, Repeat, Span

TRICKY = (
    "ab Zşİıجحفترو\u064e\u0651\u0640\u0301\u200c\u200d\u200f\u202e\u2066🇱👩\ud83d\ude00\ud800"
    "\n\n\r\t \x00\x0b\x1c\x85\u2028\u2029\ufeff\ufffd'\"<>&;_#.-()12\u0663"
)
texts = st.one_of(
    st.text(st.sampled_from(TRICKY), max_size=60),
    st.text(st.characters(exclude_categories=()), max_size=60),
)
DIRECTED = {"ltr", "rtl", "auto"}


def decided(outcome: str, id: str | None = None, reason: str = "", **more) -> Decision:
    candidates = tuple(
        Candidate(each, each.title(), "person", each, 9.126, 0.25, ())
        for each in more.pop("candidates", ())
    )
    name = id.replace("-", " ").title() if id else None
    kind = "person" if id else None
    return Decision(
        Mention("x"), Outcome(outcome), id, name, kind, 0.99999, 12.345, reason, candidates, **more
    )


LINK = decided("LINK", "khalifa-haftar", "Khalifa +9.1; حفتر +15.6")
REVIEW = decided(
    "REVIEW", "saddam-haftar", "2 could be meant", candidates=("saddam-haftar", "khalifa-haftar")
)
NIL = decided("NIL", None, "no actor with a name like this", cluster="nil:amal-ben-sassi")
BARE = decided("NIL")


def document(text: str, *surfaces: str, id: str = "a.txt", **more) -> Document:
    """A document that names Haftar by these surfaces, in their order."""
    spans, reached = [], 0
    for surface in surfaces:
        start = text.index(surface, reached)
        reached = start + len(surface)
        spans.append(Span(start, reached, surface, "person", LINK))
    return Document(id, text, tuple(spans), **more)


@st.composite
def documents(draw, trimmed: bool = False) -> Document:
    """Any text with any spans that don't overlap; `trimmed` ones have no white space at an end."""
    text = draw(texts)
    places = st.lists(st.integers(0, len(text)), max_size=12, unique=True)
    borders = sorted(draw(places))
    spans = []
    for start, end in zip(borders[::2], borders[1::2], strict=False):
        surface = text[start:end]
        if trimmed:
            start += len(surface) - len(surface.lstrip())
            end -= len(surface) - len(surface.rstrip())
        if start < end:
            kind = draw(st.sampled_from(("person", "organization", "place", None)))
            decision = draw(st.sampled_from((LINK, REVIEW, NIL, BARE)))
            spans.append(Span(start, end, text[start:end], kind, decision))
    return Document(draw(texts), text, tuple(spans), offset=draw(st.sampled_from((0, 0, 1000))))


def written(format: str, *documents: Document) -> str:
    text = "".join(pieces(format, documents))
    text.encode("utf-8")
    return text


def records(format: str, *documents: Document) -> list[dict]:
    lines = written(format, *documents).split("\n")
    assert lines.pop() == ""
    return [json.loads(line) for line in lines]


def places(document: Document, offset: bool = True) -> list[tuple[int, int]]:
    moved = document.offset if offset else 0
    return [(span.start + moved, span.end + moved) for span in document.spans]


def as_json(text: str) -> str:
    """The text as JSON can hold it: two surrogates in a row would be read as one letter."""
    return re.sub("[\ud800-\udbff][\udc00-\udfff]", "\ufffd\ufffd", text)


def as_utf8(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


@given(documents())
def test_jsonl_carries_every_span(document):
    (record,) = records("jsonl", document)
    assert record["id"] == as_json(document.id)
    assert record.get("offset", 0) == document.offset
    assert [(s["start"], s["end"]) for s in record["spans"]] == places(document)
    for found, span in zip(record["spans"], document.spans, strict=True):
        assert found["surface"] == as_json(span.surface)
        assert (found["kind"], found["id"]) == (span.kind, span.decision.id)
        assert found["decision"] == span.decision.outcome
        assert found.get("cluster") == span.decision.cluster


def test_jsonl_leaves_out_what_is_empty_but_for_what_is_always_asked_for():
    (record,) = records("jsonl", Document("a", "Haftar", (Span(0, 6, "Haftar", None, BARE),)))
    assert record == {
        "id": "a",
        "spans": [
            {
                "start": 0,
                "end": 6,
                "surface": "Haftar",
                "kind": None,
                "decision": "NIL",
                "id": None,
                "name": None,
                "probability": 0.9999,
                "reason": "",
                "clitic": "",
                "bits": 12.35,
                "found": "gazetteer",
            }
        ],
    }


def test_jsonl_says_all_that_is_known_with_places_of_the_whole_document():
    span = Span(
        4, 10, "Haftar", "person", REVIEW, "Gen.", "'s", "shape", ((4, 6, "haf"),), repeated=True
    )
    (record,) = records("jsonl", Document("a", "Gen Haftar's", (span,), (Repeat(4, 10, 0),), 100))
    (found,) = record["spans"]
    assert record["offset"] == 100
    assert record["repeats"] == [{"start": 104, "end": 110, "first": 100}]
    assert (found["start"], found["end"], found["inside"]) == (
        104,
        110,
        [{"start": 104, "end": 106, "id": "haf"}],
    )
    assert (found["title"], found["clitic"], found["found"]) == ("Gen.", "'s", "shape")
    assert found["repeated"] is True
    others = [{"id": "khalifa-haftar", "name": "Khalifa-Haftar", "probability": 0.25, "bits": 9.13}]
    assert found["candidates"] == others


def conll_spans(text: str) -> list[tuple[int, int, str, str, str]]:
    found: list[list] = []
    for line in text.split("\n"):
        if not line or line.startswith("# "):
            continue
        _, start, end, tag, outcome, id = line.split("\t")
        if tag.startswith("B-"):
            found.append([int(start), int(end), tag[2:], outcome, id])
        elif tag.startswith("I-"):
            assert found[-1][2:] == [tag[2:], outcome, id]
            found[-1][1] = int(end)
    return [tuple(each) for each in found]


@given(documents(trimmed=True))
def test_conll_carries_every_span(document):
    text = written("conll", document)
    found = conll_spans(text)
    assert [each[:2] for each in found] == places(document)
    tags = {"person": "PER", "organization": "ORG", "place": "LOC", None: "MISC"}
    for (_, _, tag, outcome, id), span in zip(found, document.spans, strict=True):
        decision = span.decision
        assert (tag, outcome) == (tags[span.kind], decision.outcome)
        assert id == (decision.id or decision.cluster or "_")
    for line in text.split("\n")[1 + bool(document.offset) :]:
        if line:
            word, start, end, *_ = line.split("\t")
            begin, stop = int(start) - document.offset, int(end) - document.offset
            assert word == as_utf8(document.text[begin:stop])


def test_conll_splits_a_token_where_a_clitic_ends_and_a_paragraph_at_its_line_end():
    text = "# بحفتر\n\nDbeibe'yle"
    assert written("conll", document(text, "حفتر", "Dbeibe", offset=5)) == (
        "# doc = a.txt\n# offset = 5\n"
        "#\t5\t6\tO\t_\t_\n"
        "ب\t7\t8\tO\t_\t_\n"
        "حفتر\t8\t12\tB-PER\tLINK\tkhalifa-haftar\n\n"
        "Dbeibe\t14\t20\tB-PER\tLINK\tkhalifa-haftar\n"
        "'\t20\t21\tO\t_\t_\n"
        "yle\t21\t24\tO\t_\t_\n\n"
    )


@given(documents())
def test_paragraphs_make_up_the_text_and_hold_their_spans_whole(document):
    found = list(paragraphs(document))
    assert "".join(document.text[p.start : p.end] for p in found) == document.text
    assert all(p.start < p.end for p in found)
    assert all(p.start <= s.start and s.end <= p.end for p in found for s in p.spans)
    assert [span for p in found for span in p.spans] == list(document.spans)


@given(documents())
def test_tokens_are_all_but_the_white_space_and_none_crosses_a_border(document):
    text = document.text
    found = list(tokens(text, 0, len(text), document.spans))
    covered = {place for start, end in found for place in range(start, end)}
    assert covered == {place for place, sign in enumerate(text) if not sign.isspace()}
    assert sum(end - start for start, end in found) == len(covered)
    borders = {place for span in document.spans for place in (span.start, span.end)}
    assert not any(start < border < end for start, end in found for border in borders)


@given(documents())
def test_doccano_carries_every_span(document):
    found = records("doccano", document)
    if not document.text:
        assert found == []
        return
    (record,) = found
    assert record["text"] == as_json(document.text)
    assert len(record["text"]) == len(document.text)
    assert [tuple(label[:2]) for label in record["label"]] == places(document, offset=False)
    assert [each[0] for each in record["decisions"]] == [s.decision.outcome for s in document.spans]


@given(documents())
def test_prodigy_carries_every_span_and_its_tokens_make_up_the_text(document):
    (record,) = records("prodigy", document)
    found = record["tokens"]
    assert record["text"] == as_json(document.text)
    assert [token["id"] for token in found] == list(range(len(found)))
    assert all(as_json(document.text[t["start"] : t["end"]]) == t["text"] for t in found)
    shown = "".join(document.text[t["start"] : t["end"]] + " " * t["ws"] for t in found)
    assert shown == document.text
    assert [(s["start"], s["end"]) for s in record["spans"]] == places(document, offset=False)
    for span, source in zip(record["spans"], document.spans, strict=True):
        assert span.get("kb_id") == (source.decision.id if source.decision is LINK else None)


@given(documents(trimmed=True))
def test_the_tokens_of_a_span_in_prodigy_begin_and_end_with_it(document):
    (record,) = records("prodigy", document)
    for span in record["spans"]:
        assert record["tokens"][span["token_start"]]["start"] == span["start"]
        assert record["tokens"][span["token_end"]]["end"] == span["end"]


@given(documents())
def test_web_annotations_carry_every_span(document):
    found = records("webannotation", document)
    selectors = [each["target"]["selector"] for each in found]
    assert [(s["start"], s["end"]) for s, _ in selectors] == places(document)
    for (_, quote), span in zip(selectors, document.spans, strict=True):
        before, after = document.text[: span.start], document.text[span.end :]
        assert quote["exact"] == as_json(document.text[span.start : span.end])
        assert quote["prefix"] == as_json(before[-32:])
        assert quote["suffix"] == as_json(after[:32])
    assert len({each["id"] for each in found}) == len(found)
    assert found == records("webannotation", document)


def test_a_web_annotation_identifies_links_or_classifies_as_the_outcome_allows():
    spans = tuple(Span(i, i + 1, "x", "person", d) for i, d in enumerate((LINK, REVIEW, NIL)))
    found = records("webannotation", Document("news/no 1.txt", "xxx", spans))
    assert [each["motivation"] for each in found] == ["identifying", "linking", "classifying"]
    sources = [[b["source"] for b in each["body"] if "source" in b] for each in found]
    assert sources == [
        ["urn:resolve:khalifa-haftar"],
        ["urn:resolve:saddam-haftar", "urn:resolve:khalifa-haftar"],
        ["urn:resolve:nil:amal-ben-sassi"],
    ]
    assert found[0]["target"]["source"] == "news/no%201.txt"


class Reader(HTMLParser):
    """The texts of the paragraphs without the explanations, and what is marked."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.marked, self.directions = "", [], []
        self._paragraph, self._tip, self._mark = False, 0, False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if self._tip or given.get("role") == "tooltip":
            self._tip += 1
        elif tag == "p" and "dir" in given:
            self._paragraph = True
            self.directions.append(given["dir"])
        elif tag == "mark" and self._paragraph:
            self._mark = True
            self.marked.append("")

    def handle_endtag(self, tag):
        if self._tip:
            self._tip -= 1
        elif tag == "p":
            self._paragraph = False
        elif tag == "mark":
            self._mark = False

    def handle_data(self, data):
        if self._paragraph and not self._tip:
            self.text += data
            if self._mark:
                self.marked[-1] += data


def read_page(*documents: Document) -> Reader:
    reader = Reader()
    reader.feed(written("html", *documents))
    reader.close()
    return reader


@st.composite
def repeating(draw) -> Document:
    found = draw(documents())
    borders = sorted(draw(st.lists(st.integers(0, len(found.text)), max_size=6, unique=True)))
    repeats = tuple(Repeat(a, b, 0) for a, b in zip(borders[::2], borders[1::2], strict=False))
    return Document(found.id, found.text, found.spans, repeats, found.offset)


@given(st.lists(repeating(), max_size=3))
def test_a_page_without_tags_and_explanations_is_the_text(documents):
    reader = read_page(*documents)
    kept = [as_utf8(each.text).replace("\0", "\ufffd") for each in documents]
    surfaces = [
        text[s.start : s.end] for text, d in zip(kept, documents, strict=True) for s in d.spans
    ]
    assert reader.text == "".join(kept)
    assert reader.marked == surfaces
    assert set(reader.directions) <= DIRECTED


def test_nothing_written_becomes_a_tag_and_nothing_is_fetched():
    evil = '<img onerror="x" src=//y>&amp;\''
    span = Span(0, len(evil), evil, "person", decided("LINK", evil, evil), evil, evil, evil)
    page = written("html", Document(evil, evil, (span,)))
    assert page.count("onerror") == page.count("&lt;img onerror=&quot;x&quot; src=//y&gt;&amp;amp;")
    assert not re.search(
        r"<img|<script|<link|href=(?!\"#)|url\(|@import|https?:", page, re.IGNORECASE
    )


def test_each_mark_is_reached_by_keyboard_and_described():
    page = written("html", document("Haftar met Haftar", "Haftar", "Haftar"))
    described = re.findall(r'<mark [^>]*tabindex="0" aria-describedby="(t\d+)"', page)
    tips = re.findall(r'role="tooltip" id="(t\d+)" dir="ltr"', page)
    assert described == tips == ["t1", "t2"]
    assert "<td>2</td>" in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال خليفة حفتر لوكالة Reuters", "rtl"),
        ("Haftar (حفتر) said", "ltr"),
        ("NATO لم تعلق", "rtl"),
        ("«2011»", "auto"),
    ],
)
def test_a_paragraph_runs_as_most_of_its_letters_do(text, expected):
    assert read_page(document(text)).directions == [expected] == [direction(text)]


@pytest.mark.parametrize(
    ("text", "surface", "isolated"),
    [
        ("قال خليفة حفتر", "خليفة حفتر", True),
        ("بحفتر", "حفتر", False),
        ("Dbeibe'yle", "Dbeibe", True),
    ],
)
def test_a_mark_is_isolated_unless_letters_join_it(text, surface, isolated):
    (classes,) = re.findall(
        r'<mark id="m1" class="([^"]*)"', written("html", document(text, surface))
    )
    assert ("isolated" in classes) is isolated


def test_parts_of_a_document_share_its_heading():
    parts = [document("a Haftar ", "Haftar"), document("b Haftar", "Haftar", offset=9)]
    page = written("html", *parts)
    assert (page.count("<h2"), page.count('class="part"')) == (1, 1)
    assert "from character 9 on" in page and "1 document:" in page


def brat_spans(text: str, lines: str) -> list[tuple[int, int]]:
    found = []
    for line in lines.split("\n"):
        if not line.startswith("T"):
            continue
        _, where, surface = line.split("\t")
        fragments = [tuple(map(int, each.split())) for each in where.split(" ", 1)[1].split(";")]
        assert " ".join(text[start:end] for start, end in fragments) == surface
        found.append((fragments[0][0], fragments[-1][1]))
    return found


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@settings(deadline=None)
@given(documents(trimmed=True))
def test_brat_carries_every_span(tmp_path_factory, document):
    folder = tmp_path_factory.mktemp("brat")
    assert write_folder("brat", [document], folder) == 1
    (path,) = folder.glob("*.txt")
    text = read(path)
    assert text == as_utf8(document.text).replace("\r\n", " \n")
    assert brat_spans(text, read(path.with_suffix(".ann"))) == places(document, offset=False)


@settings(deadline=None)
@given(
    st.lists(st.one_of(texts, st.sampled_from(("a/b", "a b", "A/b.txt", "..", "con"))), max_size=5)
)
def test_brat_gives_each_document_its_own_files_whatever_its_id(tmp_path_factory, ids):
    folder = tmp_path_factory.mktemp("brat")
    found = [Document(id, str(number), ()) for number, id in enumerate(ids)]
    assert write_folder("brat", found, folder) == len(ids)
    names = {path.name for path in folder.iterdir()}
    assert len({name.casefold() for name in names}) == 2 * len(ids) + 1
    assert sorted(read(path) for path in folder.glob("*.txt")) == [each.text for each in found]


def test_brat_refers_to_who_is_linked_and_notes_who_may_be_meant(tmp_path):
    text = "Khalifa\nHaftar, Haftar, Amal"
    spans = (
        Span(0, 14, "Khalifa\nHaftar", "person", LINK),
        Span(16, 22, "Haftar", "person", REVIEW, repeated=True),
        Span(24, 28, "Amal", None, NIL),
    )
    write_folder("brat", [Document("news/1.txt", text, spans)], tmp_path / "out")
    assert read(tmp_path / "out" / "news_1.ann").split("\n") == [
        "T1\tPerson 0 7;8 14\tKhalifa Haftar",
        "A1\tDecision T1 LINK",
        "N1\tReference T1 resolve:khalifa-haftar\tKhalifa Haftar",
        "#1\tAnnotatorNotes T1\tKhalifa +9.1; حفتر +15.6",
        "T2\tPerson 16 22\tHaftar",
        "A3\tDecision T2 REVIEW",
        "A4\tRepeated T2",
        "#2\tAnnotatorNotes T2\tsaddam-haftar: 2 could be meant",
        "T3\tName 24 28\tAmal",
        "A5\tDecision T3 NIL",
        "#3\tAnnotatorNotes T3\tnil:amal-ben-sassi: no actor with a name like this",
        "",
    ]
    configured = read(tmp_path / "out" / "annotation.conf")
    assert {*brat_format.TYPES.values(), "Name"} <= set(configured.split("\n"))


def test_parts_of_a_document_are_one_file_in_brat_and_equal_ids_are_not(tmp_path):
    parts = [
        document("a Haftar ", "Haftar"),
        document("b Haftar", "Haftar", offset=9),
        document("c Haftar", "Haftar"),
    ]
    assert write_folder("brat", parts, tmp_path) == 2
    assert read(tmp_path / "a.txt") == "a Haftar b Haftar"
    assert brat_spans("a Haftar b Haftar", read(tmp_path / "a.ann")) == [(2, 8), (11, 17)]
    assert read(tmp_path / "a-2.txt") == "c Haftar"


def test_brat_leaves_nothing_behind_where_a_document_fails(tmp_path):
    def failing() -> Iterable[Document]:
        yield document("Haftar", "Haftar", id="a")
        yield document("Haftar", "Haftar", id="b")
        raise KeyError("tagging failed")

    with pytest.raises(KeyError):
        write_folder("brat", failing(), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", "a.ann", "annotation.conf"}


def test_a_file_where_the_folder_should_be_is_an_option_error(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OptionError, match="cannot be written"):
        write_folder("brat", [], tmp_path / "out")


@pytest.mark.parametrize("format", [name for name, each in FORMATS.items() if not each.folder])
def test_documents_are_written_as_they_come(format):
    def coming() -> Iterable[Document]:
        for number in range(3):
            read_up_to.append(number)
            yield document("Haftar", "Haftar", id=f"{number}")

    read_up_to: list[int] = []
    stream = pieces(format, coming())
    assert read_up_to == []
    text = ""
    while "khalifa-haftar" not in text:
        text += next(stream)
    assert read_up_to == [0]


def test_an_unknown_format_lists_the_known_ones():
    with pytest.raises(OptionError, match="webannotation"):
        pieces("xml", [])
    with pytest.raises(OptionError, match="folder"):
        pieces("brat", [])
    with pytest.raises(OptionError, match="one file"):
        write_folder("html", [], Path("out"))
