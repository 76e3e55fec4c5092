"""Which documents the user's files hold; that no text is altered, and none is held whole."""

from __future__ import annotations

import io
import json
import sys
import tracemalloc
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolve.cli import reading
from resolve.cli.documents import read_documents
from resolve.cli.html import html_text
from resolve.cli.parts import parts
from resolve.errors import (
    ColumnError,
    EncodingError,
    InputError,
    MissingExtraError,
    OptionError,
)
from resolve.types import Text

Write = Callable[..., str]

texts = st.text(st.characters(exclude_categories=["Cs"]))
rough = st.text("ab \n\r\u0301\u0651\u00a0\u2029", max_size=60)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a file and gives its path, which is its name."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: str | bytes, encoding: str = "utf-8") -> str:
        data = content if isinstance(content, bytes) else content.encode(encoding)
        Path(name).write_bytes(data)
        return name

    return write


def cut(text: str, limit: int) -> list[str]:
    return [part.text for part in parts([text], limit)]


def is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


# Parts.


@given(blocks=st.lists(st.one_of(rough, texts)), limit=st.integers(1, 20))
def test_parts_joined_are_the_text_and_know_their_places(blocks, limit):
    found = list(parts(blocks, limit))
    assert "".join(part.text for part in found) == "".join(blocks)
    offset = 0
    for part in found:
        assert part.offset == offset
        assert len(part.text) <= limit
        offset += len(part.text)
    assert [part.last for part in found] == [False] * (len(found) - 1) + [True]
    assert all(part.text for part in found) or len(found) == 1


@given(blocks=st.lists(rough, min_size=1), limit=st.integers(1, 20))
def test_where_the_blocks_part_a_text_does_not_matter(blocks, limit):
    assert [part.text for part in parts(blocks, limit)] == cut("".join(blocks), limit)


@given(text=rough, limit=st.integers(2, 20))
def test_a_letter_keeps_its_marks_and_a_line_its_end(text, limit):
    found = cut(text, limit)
    for before, after in pairwise(found):
        assert not (before.endswith("\r") and after.startswith("\n"))
        # Only where the marks of one letter alone are more than the limit.
        assert not is_mark(after[0]) or all(map(is_mark, before.removeprefix("\r")[1:]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("three\n\na\nfour", ["three\n\n", "a\nfour"]),
        ("three\r\n\r\ntwo four", ["three\r\n\r\n", "two four"]),
        ("three\n \t\ntwo\nfour", ["three\n \t\n", "two\nfour"]),
        ("a\n\nfour\nfive six", ["a\n\nfour\n", "five six"]),  # the paragraph ends too early
        ("one\rtwo three", ["one\rtwo ", "three"]),
        ("one two\rthree", ["one two\r", "three"]),
        ("a\nthe line that\nends", ["a\nthe ", "line that\n", "ends"]),
        ("Halife\u00a0Hafter", ["Halife\u00a0Haf", "ter"]),  # a space that doesn't part
        ("abcdefghie\u0301f", ["abcdefghi", "e\u0301f"]),
        ("x" * 10, ["x" * 10]),
        ("", [""]),
    ],
)
def test_a_part_ends_where_the_text_does_best(text, found):
    assert cut(text, 10) == found


def test_a_letter_with_more_marks_than_the_limit_is_parted_all_the_same():
    assert cut("a" + "\u0301" * 25, 10) == ["a" + "\u0301" * 9, "\u0301" * 10, "\u0301" * 6]


# Files of text.


@settings(deadline=None)
@given(text=texts, encoding=encodings, block=st.sampled_from([4, 7, 1 << 20]))
def test_a_text_is_the_code_points_of_its_file(tmp_path_factory, text, encoding, block):
    path = tmp_path_factory.mktemp("text") / "article.txt"
    text = text.removeprefix("\ufeff")
    if encoding == "utf-16" and text.startswith("\0"):
        return  # the mark of UTF-16 and then NUL is the mark of UTF-32
    if encoding == "utf-8":
        text = text.lstrip("\ufeff")
    path.write_bytes(text.encode(encoding))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "BLOCK", block)
        found = list(read_documents([str(path)], limit=7))
    assert "".join(each.text for each in found) == text
    assert {each.id for each in found} == {str(path)}


def test_each_file_is_a_document_under_its_path(write):
    paths = [
        write("a.txt", "\ufeffBir\r\niki\n"),
        write("b", ""),
        write("c.md", "e\u0301\x00\u2028"),
    ]
    assert list(read_documents(paths)) == [
        Text("a.txt", "Bir\r\niki\n"),
        Text("b", ""),
        Text("c.md", "e\u0301\x00\u2028"),
    ]


@pytest.mark.parametrize("paths", [[], ["-"]])
def test_standard_input_is_a_document(monkeypatch, paths):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("أكار\n".encode())))
    assert list(read_documents(paths)) == [Text("standard input", "أكار\n")]


def test_a_code_page_is_read_where_it_is_named(write):
    path = write("a.txt", "خلوصي أكار", "windows-1256")
    assert [each.text for each in read_documents([path], encoding="cp1256")] == ["خلوصي أكار"]
    with pytest.raises(EncodingError, match=r"a\.txt:1: byte 1 of the file"):
        list(read_documents([path]))


def test_a_file_of_fifty_megabytes_passes_as_it_is_read(tmp_path):
    path = tmp_path / "news.txt"
    paragraph = "Hulusi Akar met Khalifa Haftar in Tripoli. " * 500 + "\n\n"
    count = 50_000_000 // len(paragraph) + 1
    with path.open("w") as file:
        file.writelines([paragraph] * count)
    tracemalloc.start()
    try:
        size, ends = 0, set()
        for each in read_documents([str(path)]):
            assert each.offset == size
            size += len(each.text)
            ends.add(each.text[-3:])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (size, ends) == (count * len(paragraph), {" \n\n"})
    assert peak < 16_000_000


def test_all_paths_are_looked_for_before_any_is_read(write):
    path = write("a.txt", "x")
    for other, what in (("b.txt", "no file 'b.txt'; documents are read"), (".", "is a folder")):
        with pytest.raises(InputError, match=what):
            read_documents([path, other])


def test_a_limit_is_at_least_one(write):
    with pytest.raises(OptionError):
        read_documents([write("a.txt", "x")], limit=0)


# Objects and tables.


@settings(deadline=None)
@given(values=st.lists(st.tuples(st.text(min_size=1), st.text())), limit=st.integers(1, 9))
def test_the_texts_of_objects_come_back_whatever_they_are(tmp_path_factory, values, limit):
    path = tmp_path_factory.mktemp("json") / "articles.jsonl"
    lines = [json.dumps({"id": id, "text": text, "by": None}) + "\n" for id, text in values]
    path.write_text("\n".join(lines))
    found: list[tuple[str, str]] = []
    for each in read_documents([str(path)], limit=limit):
        if not each.offset:
            found.append((each.id, ""))
        id, before = found[-1]
        assert (each.id, each.offset) == (id, len(before))
        found[-1] = id, before + each.text
    assert found == values


def test_a_lone_surrogate_survives(write):
    path = write("a.ndjson", '{"text": "a\\ud800b"}')
    assert list(read_documents([path])) == [Text("a.ndjson:1", "a\ud800b")]


def test_an_id_is_what_is_named_or_the_place(write):
    path = write(
        "a.jsonl",
        '{"id": "x", "n": 7, "text": "1"}\n\n{"id": null, "n": 8, "text": "2"}\n'
        '{"n": "", "text": "3"}\n',
    )
    assert [each.id for each in read_documents([path])] == ["x", "a.jsonl:3", "a.jsonl:4"]
    assert [each.id for each in read_documents([path], id_column="n")] == ["7", "8", "a.jsonl:4"]
    path = write("a.csv", 'id,text,n\nx,"1\r\n",7\n\n,2\n')
    found = list(read_documents([path]))
    assert found == [Text("x", "1\r\n"), Text("a.csv:5", "2")]
    assert [each.id for each in read_documents([path], id_column="n")] == ["7", "a.csv:5"]


def test_a_column_is_read_where_it_is_named(write):
    table = write("a.tsv", 'body\tid\n"Akar"\tx\n')
    objects = write("b.jsonl", '{"body": "Güler"}')
    plain = write("c.txt", "body\n")
    paths = [table, objects, plain]
    assert [each.text for each in read_documents(paths, column="body")] == [
        '"Akar"',
        "Güler",
        "body\n",
    ]
    assert [each.text for each in read_documents([table], column="1")] == ['"Akar"']


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ('{"body": "Akar"}\n', Text("standard input:1", "Akar")),
        ("id;body\n7;Akar", Text("7", "Akar")),
    ],
)
def test_with_a_column_the_first_line_tells_what_standard_input_is(monkeypatch, given, found):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert list(read_documents(["-"], column="body")) == [found]


def test_a_long_text_of_a_row_comes_in_parts(write):
    path = write("a.csv", "id,text\nx,one two\ny,three\n")
    assert list(read_documents([path], limit=5)) == [
        Text("x", "one ", 0, False),
        Text("x", "two", 4, True),
        Text("y", "three"),
    ]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{text: 1}", "is not JSON (Expecting property name"),
        ('{"text": ' + "1" * 5000 + "}", "is not JSON (Exceeds the limit"),
        ("[" * 100_000, "is nested too deeply"),
        ('["text"]', 'is no object; write one a line, such as {"text": "..."}'),
        ('{"body": "x", "by": 1}', "no key 'text'; --column can be one of 'body', 'by'"),
        ("{}", "no key 'text'; --column can be one of nothing"),
        ('{"text": null}', "the value of 'text' is null, not a string"),
        ('{"text": 1.5}', "the value of 'text' is a number, not a string"),
        ('{"text": "x", "id": true}', "the value of 'id' is true or false; an id is a string"),
        ('{"text": "x", "id": ["x"]}', "the value of 'id' is a list; an id is a string"),
    ],
)
def test_a_line_that_is_no_document_is_named_with_the_remedy(write, line, what):
    path = write("a.jsonl", f'{{"text": "x"}}\n{line}\n')
    with pytest.raises(InputError) as raised:
        list(read_documents([path]))
    assert str(raised.value).startswith(f"a.jsonl:2: {what}")


def test_an_id_that_is_named_must_be_there(write):
    with pytest.raises(InputError, match=r"a\.jsonl:1: no key 'n'; --id can be one of 'text'"):
        list(read_documents([write("a.jsonl", '{"text": "x"}')], id_column="n"))
    with pytest.raises(ColumnError, match=r"a\.csv: no column 'n'; --id can be one of 1 'text'"):
        list(read_documents([write("a.csv", "text\nx\n")], id_column="n"))


def test_a_table_without_the_column_is_an_error(write):
    with pytest.raises(ColumnError, match="no column 'text'; --column can be one of 1 'body'"):
        list(read_documents([write("a.csv", "body\nx\n")]))
    with pytest.raises(InputError, match=r"a\.csv:3: the row ends before column 2"):
        list(read_documents([write("a.csv", "id,text\n1,x\n2\n")]))
    with pytest.raises(InputError, match="is empty"):
        list(read_documents([write("a.csv", "")]))


# Web pages.

PAGE = """<!doctype html><html><head><title>no</title><style>no</style></head><body>
<script>no</script><h1>Libya</h1>
<p>Khalifa  <b>Haf</b>tar
met &Yacute;a&#351;ar&nbsp;G&uuml;ler&amp;Co.<p>Two<br>lines <!-- no -->
<div>div one</div><div>div two</div>
<ul><li>x<li>y</ul>
<table><tr><td>a<td>b<tr><td><p>c</p></td></tr></table><pre>
 as  it
stands</pre><svg><text>no</text></svg><select><option>no</select></body></html>"""

SHOWN = """Libya

Khalifa Haftar met Ýaşar\u00a0Güler&Co.

Two
lines

div one
div two

x
y

a\tb

c

 as  it
stands"""


def test_a_page_is_what_it_shows(write):
    assert html_text(PAGE) == SHOWN
    paths = [write("a.html", PAGE), write("b.HTM", PAGE)]
    assert list(read_documents(paths)) == [Text(path, SHOWN) for path in paths]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        (" \n", ""),
        ("Akar", "Akar"),
        ("<div>" * 5000 + "Akar", "Akar"),
        ("<p>a</p>" + "<p>b" * 5000, "a" + "\n\nb" * 5000),
        ("a<br><br>b", "a\n\nb"),
        ("<b>Hulusi</b> <i>Akar</i>", "Hulusi Akar"),
        ("a&#xD800;b&#0;", "a\ufffdb\ufffd"),
        ("Khalifa&lt;script&gt;", "Khalifa<script>"),
    ],
)
def test_any_markup_has_a_text(markup, text):
    assert html_text(markup) == text


@given(st.lists(st.text("abcğşıأكار", min_size=1), min_size=1))
def test_paragraphs_stay_paragraphs(paragraphs):
    assert html_text("".join(f"<p>{each}" for each in paragraphs)) == "\n\n".join(paragraphs)


def test_a_page_of_many_megabytes_is_read_whole():
    assert html_text("<p>" + "word " * 3_000_000 + "end").endswith("word end")


@pytest.mark.parametrize(
    ("start", "encoding"),
    [
        ("<meta charset='windows-1256'>", "windows-1256"),
        ('<META http-equiv=x content="text/html; charset=Windows-1256">', "windows-1256"),
        ('<?xml version="1.0" encoding="iso-8859-6"?>', "iso-8859-6"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=klingon>", "utf-8"),
        ("<meta charset=windows-1256>", "utf-8-sig"),
        ("<meta charset=windows-1256>", "utf-16"),
        ("", "utf-8"),
    ],
)
def test_a_page_says_what_it_is_written_in(write, start, encoding):
    path = write("a.html", f"{start}<p>خلوصي", encoding)
    assert [each.text for each in read_documents([path])] == ["خلوصي"]


def test_what_the_user_says_of_the_encoding_stands_above_the_page(write):
    path = write("a.html", "<meta charset=utf-8><p>خلوصي", "windows-1256")
    found = read_documents([path], encoding="windows-1256")
    assert [each.text for each in found] == ["خلوصي"]


def test_latin_5_is_what_turkish_pages_mean_by_it(write):
    path = write("a.html", "<meta charset=iso-8859-9><p>\u201cYaşar\u201d", "windows-1254")
    assert [each.text for each in read_documents([path])] == ["\u201cYaşar\u201d"]


def test_texts_may_be_pages_wherever_they_stand(write):
    paths = [write("a", "<p>x<p>y"), write("b.csv", "text\n<b>z</b>\n")]
    assert [each.text for each in read_documents(paths, as_html=True)] == ["x\n\ny", "z"]


def test_without_the_library_the_extra_is_named(write, monkeypatch):
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    with pytest.raises(MissingExtraError, match=r"resolve-names\[html\]"):
        list(read_documents([write("a.html", "<p>x")]))
