"""`resolve tag`, as it is called."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gazetteer import load
from resolve import Resolver, Tagger
from resolve.cli.mentions import ACTOR, MENTION
from resolve.cli.tag import AT_ONCE, FORMATS, _tagged
from resolve.types import Text

ENGLISH = (
    "Field Marshal Khalifa Haftar received Hulusi Akar in Tripoli on Sunday. Haftar then met "
    "Rachel Ondera, a diver. “It is late,” Ondera said."
)
ARABIC = "وصل وزير الدفاع التركي خلوصي آكار إلى طرابلس، والتقى خليفة حفتر."
TURKISH = "Hulusi Akar, Trablus'ta Halife Hafter'le ve Rachel Ondera ile görüştü."
PASSAGE = "Khalifa Haftar left the town of Tripoli after long talks with the elders of the west.\n"


Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a file and gives its path, which is its name."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: str | bytes) -> str:
        Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return write


@pytest.fixture
def articles(write) -> list[str]:
    texts = {"en": ENGLISH, "ar": ARABIC, "tr": TURKISH}
    return [write(f"{name}.txt", text) for name, text in texts.items()]


def records(out: str) -> list[dict]:
    return [json.loads(line) for line in out.split("\n")[:-1]]


def linked(record: dict) -> list[tuple[str, str]]:
    return [(s["surface"], s["id"]) for s in record["spans"] if s["decision"] == "LINK"]


def test_each_text_comes_with_its_mentions_in_the_order_given(run, toy, articles):
    ran = run("tag", *toy, *articles)
    assert (ran.status, ran.err) == (0, "")
    found = records(ran.out)
    assert [each["id"] for each in found] == articles
    assert linked(found[0])[:2] == [
        ("Khalifa Haftar", "khalifa-haftar"),
        ("Hulusi Akar", "hulusi-akar"),
    ]
    assert {("خلوصي آكار", "hulusi-akar"), ("خليفة حفتر", "khalifa-haftar")} <= {*linked(found[1])}
    back = run("tag", *toy, *reversed(articles))
    assert records(back.out) == found[::-1]


def test_standard_input_is_a_text_as_a_file_is(run, toy, articles):
    from_file, piped = (
        run("tag", *toy, articles[0]),
        run("tag", *toy, stdin=ENGLISH),
    )
    (one,), (other,) = records(from_file.out), records(piped.out)
    assert (one.pop("id"), other.pop("id")) == ("en.txt", "standard input")
    assert one == other
    assert run("tag", *toy, "-", stdin=ENGLISH).out == piped.out


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "brat"])
def test_a_file_has_what_a_pipe_has(run, toy, articles, form):
    piped = run("tag", *toy, *articles, "--format", form)
    ran = run("tag", *toy, *articles, "--format", form, "-o", "out")
    assert (piped.status, ran.status, ran.out) == (0, 0, "")
    assert Path("out").read_bytes().decode() == piped.out


@pytest.mark.parametrize("form", ["jsonl", "html", "tsv", "conll", "actors"])
def test_several_processes_write_the_same_bytes(run, toy, write, form):
    texts = (ENGLISH, ARABIC, TURKISH, "", PASSAGE * 3)
    lines = [json.dumps({"text": texts[k % len(texts)]}) for k in range(3 * AT_ONCE + 1)]
    path = write("many.jsonl", "\n".join(lines))
    options = ["--actors"] if form == "actors" else ["--format", form]
    one, two = (run("tag", *toy, path, *options, "--jobs", jobs) for jobs in (1, 2))
    assert (one.status, one.err) == (0, "")
    assert one == two


def test_documents_are_tagged_as_they_come(toy):
    read: list[int] = []

    def texts() -> Iterator[Text]:
        for k in range(3 * AT_ONCE):
            read.append(k)
            yield Text(str(k), "Khalifa Haftar")

    tagger = Tagger(Resolver(load(toy[1])))
    found = _tagged(tagger, texts(), 1)
    for _ in range(AT_ONCE):
        next(found)
        assert len(read) == AT_ONCE
    assert [document.id for document in found] == [str(k) for k in range(AT_ONCE, 3 * AT_ONCE)]


@pytest.mark.parametrize(
    "data",
    [
        ENGLISH.replace(". ", ".\r\n\r\n").encode("utf-8-sig"),
        f"\r{ARABIC}\r\n{ENGLISH}\n".encode("utf-16"),
        f"\U0001f1f1\U0001f1fe e\u0301 {TURKISH}".encode(),
    ],
)
def test_places_are_code_points_of_the_decoded_file(run, toy, write, data):
    encoding = "utf-8-sig" if data[:1] != b"\xff" else "utf-16"
    text = data.decode(encoding)
    (found,) = records(run("tag", *toy, write("a.txt", data)).out)
    assert len(found["spans"]) > 2
    for span in found["spans"]:
        assert text[span["start"] : span["end"]] == span["surface"]


def test_a_text_longer_than_a_part_has_places_in_the_whole(run, toy, write):
    filler = "and so it went on all the way there " * 30_000
    text = f"{ENGLISH}\n\n{filler}\n\n{ENGLISH}"
    found = records(run("tag", *toy, write("long.txt", text)).out)
    assert len(found) > 1
    assert {each["id"] for each in found} == {"long.txt"}
    spans = [span for each in found for span in each["spans"]]
    assert [text[s["start"] : s["end"]] for s in spans] == [s["surface"] for s in spans]
    assert spans[-1]["start"] > len(filler)
    row = actors(run("tag", *toy, "--actors", "long.txt").out)["khalifa-haftar"]
    assert row["documents"] == "1"


def actors(out: str) -> dict[str, dict[str, str]]:
    """The rows of a table of actors by id; of those to be reviewed, by "? id"."""
    rows = csv.DictReader(io.StringIO(out), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {f"{'? ' * (row['decision'] == 'REVIEW')}{row['id']}": row for row in rows}


def test_the_table_of_actors_goes_over_all_documents(run, toy, articles):
    ran = run("tag", *toy, *articles, "--actors")
    assert (ran.status, ran.err, ran.rows[0]) == (0, "", [*ACTOR])
    found = actors(ran.out)
    haftar = found["khalifa-haftar"]
    assert (haftar["documents"], haftar["decision"], haftar["kind"]) == ("3", "LINK", "person")
    spellings = dict(
        zip(haftar["variants"].split(" | "), haftar["counts"].split(" | "), strict=True)
    )
    assert {"Khalifa Haftar", "خليفة حفتر", "Halife Hafter"} <= set(spellings)
    assert sum(map(int, spellings.values())) == int(haftar["mentions"])
    assert haftar["first"] == f"en.txt:{ENGLISH.index('Khalifa')}"
    assert haftar["last"] == f"tr.txt:{TURKISH.index('Halife')}"
    unknown = found["nil:rachel-ondera"]
    assert (unknown["documents"], unknown["name"]) == ("2", "Rachel Ondera")


def test_an_output_that_cannot_be_written_is_told_before_a_text_is_read(run, toy, write):
    ran = run("tag", *toy, write("broken.jsonl", "{"), "--actors", "-o", "none/actors.csv")
    assert ran.status == 2 and "-o none/actors.csv: cannot be written" in ran.err


def test_the_formats_of_the_table_say_the_same(run, toy, articles):
    tsv = run("tag", *toy, *articles, "--actors").rows
    comma = run("tag", *toy, *articles, "--actors", "-o", "out.csv")
    assert comma.status == 0
    assert [*csv.reader(io.StringIO(Path("out.csv").read_text("utf-8"), newline=""))] == tsv
    objects = records(run("tag", *toy, *articles, "--actors", "--format", "jsonl").out)
    assert [each["id"] for each in objects] == [row[0] for row in tsv[1:]]
    assert list(objects[0]) == [name for name in ACTOR if name != "counts"]
    drawn = run("tag", *toy, *articles, "--actors", "--format", "table").out
    assert all(row[0] in drawn for row in tsv[1:])


def test_repeated_passages_are_counted_once_and_marked(run, toy, write):
    path = write("again.txt", f"{PASSAGE}\n{PASSAGE}\n{PASSAGE}")
    row = actors(run("tag", *toy, path, "--actors").out)["khalifa-haftar"]
    assert (row["mentions"], row["repeated"], row["counts"]) == ("1", "2", "1")
    rows = run("tag", *toy, path, "--format", "tsv").rows
    said = [row[-1] for row in rows[1:] if row[3] == "Khalifa Haftar"]
    assert (rows[0], said) == ([*MENTION], ["", "yes", "yes"])
    drawn = run("tag", *toy, path, "--format", "table").out
    assert "in repeated passages" in drawn
    assert drawn.count("LINK *") >= 2


def test_the_unknown_are_added_to_a_gazetteer(run, toy, articles, tmp_path):
    ours = Path(shutil.copytree(toy[1], tmp_path / "ours"))
    assert run("tag", *toy, *articles, "--actors", "-o", "actors.tsv").status == 0
    new = [id for id in actors(Path("actors.tsv").read_text("utf-8")) if id.startswith("nil:")]
    assert "nil:rachel-ondera" in new
    shown = run("gazetteer", "add", "actors.tsv", "--to", ours, "--dry-run")
    assert [row[1] for row in shown.rows[1:]] == sorted(new)
    assert "rachel-ondera" not in load(ours)
    assert run("gazetteer", "add", "actors.tsv", "--to", ours).status == 0
    assert load(ours).get("rachel-ondera").name == "Rachel Ondera"
    after = records(run("tag", "--gazetteer", ours, articles[0]).out)
    assert ("Rachel Ondera", "rachel-ondera") in linked(after[0])
    again = run("gazetteer", "add", "actors.tsv", "--to", ours)
    assert again.err.startswith("0 actors added, 0 names given")


def test_an_empty_text_is_a_document_without_mentions(run, toy, write):
    empty = write("empty.txt", "")
    assert records(run("tag", *toy, empty).out) == [{"id": empty, "spans": []}]
    assert f"{empty}: no mention" in run("tag", *toy, empty, "--format", "table").out
    assert run("tag", *toy, empty, "--format", "tsv").rows == [[*MENTION]]
    assert run("tag", *toy, empty, "--actors").rows == [[*ACTOR]]


def test_texts_stand_in_tables_objects_and_pages(run, toy, write):
    table = write("t.csv", f'url,body\nx:1,"{ENGLISH}"\nx:2,{TURKISH.replace(",", "")}\n')
    found = records(run("tag", *toy, table, "--column", "body", "--id", "url").out)
    assert [each["id"] for each in found] == ["x:1", "x:2"]
    page = write("p.html", f"<title>no</title><p>{ARABIC}<p>Hulusi <b>Akar</b>")
    (found,) = records(run("tag", *toy, page).out)
    assert linked(found)[-1] == ("Hulusi Akar", "hulusi-akar")
    assert records(run("tag", *toy, "--html", stdin="<p>Hulusi <b>Akar</b>").out)[0]["spans"]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "brat"])
def test_no_strange_text_breaks_a_format(run, toy, write, form):
    strange = r"Khalifa Haftar\ud800 met \u202eHulusi Akar\u0000\u2028 and Rachel\ud800 Ondera"
    path = write("a.jsonl", f'{{"text": "{strange}", "id": "a\\tb\\ud800"}}\n')
    ran = run("tag", *toy, path, "--format", form)
    assert (ran.status, ran.err) == (0, "")
    text = json.loads(f'"{strange}"')
    if form == "jsonl":
        for span in records(ran.out)[0]["spans"]:
            assert text[span["start"] : span["end"]] == span["surface"]
    assert run("tag", *toy, path, "--actors").status == 0


def test_what_cannot_be_read_is_told_and_leaves_no_file(run, toy, articles, write):
    bad = write("bad.jsonl", '{"text": "Khalifa Haftar"}\nno JSON\n')
    ran = run("tag", *toy, articles[0], bad, "-o", "out.jsonl")
    assert ran.status == 2
    assert "bad.jsonl:2: is not JSON" in ran.err
    assert not list(Path().glob("*out*"))
    assert "no file 'nowhere.txt'" in run("tag", *toy, articles[0], "nowhere.txt").err
    assert run("tag", *toy, write("latin.txt", "Ha\xef".encode("latin-1"))).status == 2


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (["--date", "2022-13"], "--date 2022-13: is no date"),
        (["--date", "2023-02-29"], "is no date"),
        (["--date", "0000"], "is no date"),
        (["--date", "yesterday"], "write 2022-08-19, 2022-08 or 2022"),
        (["--format", "brat"], "say which with -o DIR"),
        (["--actors", "--format", "html"], "--actors writes a table"),
        (["--actors", "-o", "out.html"], "--actors writes a table"),
        (["--link", ".4"], "--review 0.5 is above --link 0.4"),
        (["--jobs", "0"], "--jobs"),
    ],
)
def test_a_wrong_option_is_told_before_anything_is_read(run, toy, args, what):
    ran = run("tag", *toy, *args, "nowhere.txt")
    assert (ran.status, ran.out, what in ran.err) == (2, "", True)


@pytest.mark.parametrize("date", ["2019", "2019-06", "2019-06-30"])
def test_a_date_gives_the_year(run, toy, date):
    assert run("tag", *toy, "--date", date, stdin=ENGLISH).status == 0


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.html", "<!doctype html>"),
        ("a.conll", "# doc = "),
        ("a.tsv", "document\tstart"),
        ("a.csv", "document,start"),
        ("a.jsonl", '{"id"'),
        ("a", '{"id"'),
    ],
)
def test_the_name_of_the_output_tells_the_format(run, toy, articles, name, begins):
    assert run("tag", *toy, *articles, "-o", name).status == 0
    assert Path(name).read_text("utf-8").startswith(begins)


def test_brat_fills_a_folder(run, toy, articles):
    assert run("tag", *toy, *articles, "--format", "brat", "-o", "folder").status == 0
    assert {"en.txt", "en.ann", "ar.txt", "ar.ann"} <= {
        path.name for path in Path("folder").iterdir()
    }


def test_a_terminal_gets_a_table_and_each_reason_once(run, toy, write):
    path = write("a.txt", "Khalifa Haftar and Hulusi Akar. Then Khalifa Haftar alone.")
    out = run("tag", *toy, path, terminal=True).out
    assert "a.txt: 3 LINK" in out
    assert out.count("khalifa-haftar") == 2
    assert out.count("Khalifa +") == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_closed_pipe_ends_quietly(toy, write):
    path = write("many.jsonl", (json.dumps({"text": PASSAGE}) + "\n") * 2000)
    command = f"'{sys.executable}' -X utf8 -m resolve.cli tag --gazetteer {toy[1]} {path}"
    shell = ["bash", "-c", f"{command} | head -1; exit ${{PIPESTATUS[0]}}"]
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        shell, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": root}
    )
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
