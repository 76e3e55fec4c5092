from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolve.cli.records import RESULT

KNOWN, UNKNOWN = "Salah al-Namroush", "Amelia Caldwell"
NAMES = f"{KNOWN}\n\nخليفة حفتر\n{UNKNOWN}\n{KNOWN}"

PLAIN = ["name", *RESULT]


def test_each_line_has_its_row_in_order_blank_ones_too(run, toy):
    ran = run(*toy, stdin=NAMES)
    assert (ran.status, ran.err) == (0, "")
    assert ran.rows[0] == PLAIN
    assert [row[0] for row in ran.rows[1:]] == NAMES.split("\n")


def test_a_row_tells_the_decision(run, toy):
    rows = [dict(zip(PLAIN, row, strict=True)) for row in run(*toy, stdin=NAMES).rows[1:]]
    known, blank, arabic, unknown, again = rows
    assert known == again
    assert known["resolve_decision"] == arabic["resolve_decision"] == "LINK"
    assert known["resolve_id"] == "salah-al-namroush"
    assert arabic["resolve_name"] == "Khalifa Haftar"
    assert float(known["resolve_probability"]) >= 0.95
    assert float(known["resolve_bits"]) > 0
    assert blank["resolve_decision"] == unknown["resolve_decision"] == "NIL"
    assert blank["resolve_reason"] and unknown["resolve_reason"]
    assert unknown["resolve_id"] and not unknown["resolve_name"]


def test_variants_of_one_unknown_name_share_a_provisional_id(run):
    ran = run("--gazetteer", "none", stdin="Dbeibah\nNamroush\nDbeibeh\nNamrouch\n")
    ids = [row[1] for row in ran.rows[1:]]
    assert ids[0] == ids[2] != ids[1] == ids[3]


def test_files_and_standard_input_are_read_in_the_order_given(run, toy, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("A\nB")
    two.write_text("C\n")
    ran = run(*toy, one, "-", two, stdin="x\n")
    assert [row[0] for row in ran.rows[1:]] == ["A", "B", "x", "C"]


def test_no_line_gives_no_row(run, toy):
    assert run(*toy, stdin="").rows == [PLAIN]


hostile = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=st.lists(hostile.filter(lambda x: "\n" not in x and "\r" not in x)))
@pytest.mark.parametrize("form", ["tsv", "csv", "jsonl"])
def test_no_strange_name_loses_a_row(run, toy, form, lines):
    lines = [line.removeprefix("\ufeff") for line in lines]
    ran = run(*toy, "--format", form, stdin="".join(line + "\n" for line in lines))
    assert (ran.status, ran.err) == (0, "")
    if form == "jsonl":
        found = [json.loads(line)["mention"] for line in ran.out.split("\n")[:-1]]
    elif form == "csv":
        found = [row[0] for row in csv.reader(io.StringIO(ran.out, newline=""))][1:]
    else:
        found = [row[0].replace("\\t", "\t") for row in ran.rows[1:]]
        lines = [line.replace("\\t", "\t") for line in lines]
    assert found == lines


TABLE = 'who,said by,n\n"Namroush, Salah",x,1\n,"two\nlines",2\nshort\nKhalifa Haftar,y,3,extra\n'


def test_a_table_comes_back_with_every_row_and_column(run, toy, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    ran = run(*toy, path, "--column", "who", "--format", "csv")
    given = list(csv.reader(io.StringIO(TABLE, newline="")))
    header, *rows = csv.reader(io.StringIO(ran.out, newline=""))
    assert header == [*given[0], *RESULT]
    assert len(rows) == len(given) - 1
    for row, before in zip(rows, given[1:], strict=True):
        filled = [*before, "", ""][:3] if len(before) < 3 else before[:3]
        assert row[:3] == filled
        assert row[5] in {"LINK", "REVIEW", "NIL"}
        assert row[9:] == before[3:]


def test_a_column_goes_by_its_number_as_well(run, toy, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    assert run(*toy, path, "--column", "1").out == run(*toy, path, "--column", "who").out


def test_a_table_without_a_header_gets_none(run, toy):
    ran = run(*toy, "--column", "2", "--no-header", stdin=f"1,{KNOWN}\n2,{UNKNOWN}\n")
    assert [row[:3] for row in ran.rows] == [
        ["1", KNOWN, "salah-al-namroush"],
        ["2", UNKNOWN, ran.rows[1][2]],
    ]


def test_a_wrong_column_lists_the_ones_there_are(run, toy):
    ran = run(*toy, "--column", "name", stdin="who,role\nAkar,minister\n")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("resolve: error: standard input: no column 'name'")
    assert "1 'who', 2 'role'" in ran.err


def test_tables_of_different_columns_are_not_mixed(run, toy, tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("name,role\nA,x\n")
    two.write_text("role,name\nx,A\n")
    ran = run(*toy, "--column", "name", one, two)
    assert ran.status == 2
    assert "two.csv: its columns are not those of" in ran.err


def test_json_lines_carry_everything(run, toy):
    ran = run(*toy, "--format", "jsonl", "--top", "2", stdin=NAMES)
    known, blank, _, unknown, _ = map(json.loads, ran.out.splitlines())
    assert list(known) == [
        "mention", "source", "line", "decision", "id", "name", "kind",
        "probability", "bits", "reason", "candidates", "cluster",
    ]  # fmt: skip
    best = known["candidates"][0]
    assert len(known["candidates"]) <= 2
    assert list(best) == ["id", "name", "kind", "matched", "bits", "probability", "terms"]
    assert best["id"] == known["id"] == "salah-al-namroush"
    assert list(best["terms"][0]) == ["relation", "bits", "left", "right", "part", "note"]
    assert known["kind"] == "person" and known["cluster"] is None
    assert blank["mention"] == "" and blank["line"] == 2
    assert unknown["id"] is None and unknown["cluster"]


def test_json_lines_carry_the_row_of_a_table(run, toy):
    ran = run(*toy, "--format", "jsonl", "--column", "n", stdin="n,n2,\nAkar,x,y,z\n")
    assert json.loads(ran.out)["row"] == {"n": "Akar", "n2": "x", "3": "y", "4": "z"}


def test_explain_shows_the_terms_under_each_row(run, toy):
    ran = run(*toy, "--explain", stdin=KNOWN)
    assert ran.status == 0
    assert "    salah-al-namroush as " in ran.out
    assert " bits, p = " in ran.out


@pytest.mark.parametrize("form", ["tsv", "csv"])
def test_explain_is_refused_where_it_has_no_place(run, form):
    ran = run("--explain", "--format", form)
    assert (ran.status, ran.out) == (2, "")
    assert "--format jsonl" in ran.err


def test_a_terminal_gets_a_table_with_arabic_isolated_and_a_pipe_does_not(run, toy):
    on = run(*toy, stdin=NAMES, terminal=True).out
    off = run(*toy, "--format", "table", stdin=NAMES).out
    assert "\u2068خليفة حفتر\u2069" in on
    assert on.count("\u2068") == on.count("\u2069")
    assert not set(off) & set("\u2068\u2069\x1b")


def test_no_color_is_respected(run, toy, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[32m" in run(*toy, stdin=KNOWN, terminal=True).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(*toy, stdin=KNOWN, terminal=True).out


def test_a_file_is_written_in_the_format_of_its_name(run, toy, tmp_path):
    for name, start in {"out.csv": "name,resolve_id,", "out.jsonl": "{", "out": "name\t"}.items():
        ran = run(*toy, "-o", tmp_path / name, stdin=KNOWN)
        assert (ran.status, ran.out) == (0, "")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_bad_input_leaves_the_output_as_it_was(run, toy, tmp_path):
    target = tmp_path / "out.tsv"
    target.write_text("before")
    ran = run(*toy, "-o", target, stdin=b"A\n\xff\n")
    assert ran.status == 2
    assert ran.err.startswith("resolve: error: standard input:2: byte 3 of the file (0xFF)")
    assert target.read_text() == "before"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--link", "0"), "0<x<1"),
        (("--review", "1"), "0<x<1"),
        (("--link", ".4"), "--review 0.5 is above --link 0.4"),
        (("--top", "0"), "x>=1"),
        (("--kind", "ship"), "'ship' is not one of"),
        (("--format", "xml"), "'xml' is not one of"),
        (("--encoding", "klingon"), "no text encoding is called 'klingon'"),
        (("--gazetteer", "no-such"), "no gazetteer at no-such"),
        (("no-such-file",), "no file 'no-such-file'"),
    ],
)
def test_wrong_use_is_said_without_a_traceback(run, options, said):
    ran = run(*options)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("resolve: error: ")
    assert said in ran.err


def test_thresholds_and_kind_are_the_resolvers(run, toy):
    link = run(*toy, stdin=KNOWN).rows[1][3]
    strict = run(*toy, "--link", ".99999999", stdin=KNOWN).rows[1][3]
    other = run(*toy, "--kind", "place", stdin=KNOWN).rows[1][3]
    assert (link, strict, other) == ("LINK", "REVIEW", "NIL")


def test_a_table_read_as_a_list_is_warned_of(run, toy, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("name\nAkar\n")
    ran = run(*toy, path)
    assert ran.status == 0
    assert "warning" in ran.err and "--column" in ran.err


ARTICLES = """name,article
Haftar,b
Saddam Haftar,a
Haftar,a
Khalifa Haftar,b
Haftar,
Saddam Haftar,
Amelia Caldwell,a
Caldwell,a
Amelia Caldwel,b
,a
Prime Minister Dbeibah,a
Ali Dbeibah,c
Dbeibah,c
"""


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.csv"
    path.write_text(ARTICLES, encoding="utf-8")
    return path, "--column", "name", "--document"


def test_names_of_one_document_say_who_another_is_wherever_they_stand(run, toy, articles):
    ran = run(*toy, *articles, "article")
    assert (ran.status, ran.err) == (0, "")
    header, *rows = ran.rows
    assert header == ["name", "article", *RESULT]
    assert [",".join(row[:2]) for row in rows] == ARTICLES.split("\n")[1:-1]
    found = [dict(zip(header, row, strict=True)) for row in rows]
    decided = [(row["resolve_decision"], row["resolve_id"]) for row in found]
    khalifa, saddam = ("LINK", "khalifa-haftar"), ("LINK", "saddam-haftar")
    assert decided[:4] == [khalifa, saddam, saddam, khalifa]
    assert decided[4][0] == "REVIEW" and decided[5] == saddam  # of no document: each alone
    assert decided[6:9] == [("NIL", "nil:amelia-caldwell")] * 3  # a variant in another document
    assert decided[9][0] == "NIL"
    assert [id for _, id in decided[10:]] == ["abdul-hamid-dbeibah", "ali-dbeibah", "ali-dbeibah"]
    assert "this document names Saddam Haftar" in found[2]["resolve_reason"]


def test_a_document_goes_by_the_number_of_its_column_and_by_processes(run, toy, articles):
    for form in ("tsv", "jsonl"):
        plain = run(*toy, *articles, "article", "--format", form).out
        assert run(*toy, *articles, "2", "--format", form).out == plain
        assert run(*toy, *articles, "article", "--jobs", "2", "--format", form).out == plain


def test_each_document_is_decided_as_it_is_alone(run, toy, articles):
    together = run(*toy, *articles, "article").rows[1:]
    for document in "abc":
        own = [line for line in ARTICLES.split("\n")[1:] if line.endswith(f",{document}")]
        alone = run(*toy, *articles[1:], "article", stdin="\n".join(["name,article", *own]))
        expected = [row for row in together if row[1] == document]
        assert [row[3:] for row in alone.rows[1:]] == [row[3:] for row in expected]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--document", "article"), "say with --column which column of a CSV or TSV the names"),
        (("--column", "name", "--document", "text"), "no column 'text'"),
        (("--column", "name", "--document", "3"), "'3'"),
    ],
)
def test_a_document_without_its_column_is_said_with_the_remedy(run, toy, options, said):
    ran = run(*toy, *options, stdin=ARTICLES)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("resolve: error: ") and "--document" in ran.err
    assert said in ran.err
