"""`resolve gazetteer import` and `export`: what is written, told and refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from gazetteer import load

TABLE = "id,name,lang,country\na,Ali,en,LY\nb,Omar,en,TN\nb c,Aly,en,\n"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(TABLE)
    return path


def test_an_import_says_on_standard_error_what_it_did(run, source, tmp_path):
    folder = tmp_path / "Mine 1"
    ran = run("gazetteer", "import", "table", source, "-o", folder)
    assert (ran.status, ran.out) == (0, "")
    told = ran.err.splitlines()
    assert told[0].startswith(f"{source}:4: 'b c': is no id")
    assert told[1:] == [f"{folder}: 2 actors, 2 names, 0 redirects, 1 rejects"]
    found = load(folder)
    assert (found.name, [entity.id for entity in found]) == ("mine-1", ["a", "b"])


def test_strict_stops_at_the_first_and_writes_nothing(run, source, tmp_path):
    ran = run("gazetteer", "import", "table", source, "-o", tmp_path / "mine", "--strict")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"resolve: error: {source}:4: 'b c'")
    assert not (tmp_path / "mine").exists()


def test_many_rejects_are_told_in_part_and_kept_in_whole(run, tmp_path):
    path, rejects = tmp_path / "mine.csv", tmp_path / "rejects.txt"
    path.write_text("id,name\na,Ali\n" + "no id,Omar\n" * 30)
    args = "gazetteer", "import", "table", path, "-o", tmp_path / "mine", "--rejects", rejects
    ran = run(*args)
    assert ran.status == 0
    told = ran.err.splitlines()
    assert len(told) == 22
    assert told[20] == "and 10 more (--rejects FILE keeps them all)"
    assert told[:20] == rejects.read_text().splitlines()[:20]
    assert len(rejects.read_text().splitlines()) == 30


def test_zipped_files_and_standard_input_are_read(run, source, tmp_path):
    zipped = tmp_path / "mine.csv.gz"
    zipped.write_bytes(gzip.compress(TABLE.encode()))
    run("gazetteer", "import", "table", source, "-o", tmp_path / "one", "--name", "mine")
    run("gazetteer", "import", "table", zipped, "-o", tmp_path / "two", "--name", "mine")
    ran = run("gazetteer", "import", "table", "-", "-o", tmp_path / "three", stdin=TABLE)
    assert ran.status == 0
    for file in ("datapackage.json", "entities.tsv", "names.tsv", "redirects.tsv"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert [each.id for each in load(tmp_path / "three")] == ["a", "b"]


def test_columns_are_told_by_options(run, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("QID;label=x;aka\nQ1;Ali;Aly|Alee\n")
    columns = ("id=QID", "name:en=label=x", "weak=aka", "split=|")
    options = (part for column in columns for part in ("--column", column))
    ran = run("gazetteer", "import", "table", path, "-o", tmp_path / "mine", *options)
    assert ran.status == 0, ran.err
    names = load(tmp_path / "mine").get("Q1").names
    assert {(n.text, n.lang, n.kind) for n in names} == {
        ("Ali", "eng", "primary"),
        ("Aly", "und", "weak"),
        ("Alee", "und", "weak"),
    }


def test_a_gazetteer_is_replaced_as_a_whole(run, source, tmp_path):
    folder = tmp_path / "mine"
    run("gazetteer", "import", "table", source, "-o", folder)
    source.write_text("id,name\nz,Zayd\n")
    assert run("gazetteer", "import", "table", source, "-o", folder).status == 0
    assert [each.id for each in load(folder)] == ["z"]


def test_what_is_no_gazetteer_is_not_replaced(run, source, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("years of work")
    for output in (other, source):
        ran = run("gazetteer", "import", "table", source, "-o", output)
        assert (ran.status, ran.out) == (2, "")
        assert "is no gazetteer" in ran.err
    assert (other / "thesis.txt").read_text() == "years of work"
    assert source.read_text() == TABLE
    (tmp_path / "empty").mkdir()
    assert run("gazetteer", "import", "table", source, "-o", tmp_path / "empty").status == 0


def test_an_import_of_nobody_leaves_the_old_gazetteer(run, source, tmp_path):
    folder = tmp_path / "mine"
    run("gazetteer", "import", "table", source, "-o", folder)
    source.write_text("QID,label\nQ1,Ali\n")
    ran = run("gazetteer", "import", "table", source, "-o", folder)
    assert ran.status == 2
    assert "no column 'id'" in ran.err
    assert "no actor to import" in ran.err
    assert len(load(folder)) == 2


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (("csv",), "no format 'csv' to import"),
        (("table", "--country", "LY"), "takes no countries"),
        (("table", "--country", "Libya"), "--country 'LIBYA' (such as LY)"),
        (("table", "--language", "klingon"), "--language 'klingon'"),
        (("table", "--instance-of", "human"), "--instance-of 'human' (such as Q5)"),
        (("table", "--column", "id"), "--column 'id' (such as id=QID)"),
        (("table", "--column", "nome=x"), "no column 'nome'"),
    ],
)
def test_wrong_use_is_an_error_that_says_what_is_right(run, source, tmp_path, args, what):
    ran = run("gazetteer", "import", *args, source, "-o", tmp_path / "mine")
    assert (ran.status, ran.out) == (2, "")
    assert what in ran.err
    assert not (tmp_path / "mine").exists()


def test_help_and_errors_list_the_formats(run):
    for command, formats in (("import", ("ftm", "wikidata", "table")), ("export", ("skos",))):
        for ran in (run("gazetteer", command, "--help"),):
            assert ran.status == 0
            assert all(f"\n    {format} " in ran.out for format in formats)


def test_an_export_goes_to_a_file_or_to_standard_output(run, toy, tmp_path):
    _, folder = toy
    plain, zipped = tmp_path / "toy.tsv", tmp_path / "toy.tsv.gz"
    piped = run("gazetteer", "export", "table", folder)
    assert piped.err == ""
    assert len(piped.rows) == 1 + 41
    ran = run("gazetteer", "export", "table", folder, "-o", plain)
    assert (ran.status, ran.out, ran.err) == (0, "", f"{plain}: 13 actors as table\n")
    assert run("gazetteer", "export", "table", folder, "-o", zipped).status == 0
    assert plain.read_text() == piped.out == gzip.decompress(zipped.read_bytes()).decode()
    once = zipped.read_bytes()
    run("gazetteer", "export", "table", folder, "-o", zipped)
    assert zipped.read_bytes() == once


def test_an_export_reads_what_load_reads(run, source, tmp_path):
    source.write_text("id,name\na,Ali\nb,Omar\n")
    assert run("gazetteer", "export", "names", source).out == "Ali\nOmar\n"
    assert "طرابلس" in run("gazetteer", "export", "names").out
    ran = run("gazetteer", "export", "names", tmp_path / "none")
    assert ran.status == 2
    assert not Path(tmp_path / "none").exists()


def test_a_failed_export_leaves_no_file(run, toy, tmp_path):
    _, folder = toy
    ran = run("gazetteer", "export", "rdf", folder, "-o", tmp_path / "toy.nt")
    assert ran.status == 2
    assert "no format 'rdf' to export" in ran.err
    assert list(tmp_path.iterdir()) == []
