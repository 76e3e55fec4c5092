"""A list of pairs is read as it is; a part of it is the same part in every run."""

import gzip
from pathlib import Path

import pytest

from benchmarks.datasets.pairs import fitted_to, list_names, read_pairs
from resolve.errors import InputError, OptionError

HEADER = "name_a\tname_b\tlabel\tslice\tsource\tneg_kind\tid_a\tid_b"
ROWS = (
    "غسان زامل\tGhassan al-Zamil\t1\tar-latin\teu_fsf\t\teu:1\teu:1",
    "غسان زامل\tMalek Hassan\t0\tar-latin\teu_fsf\tnearest\teu:1\teu:2",
    "غسان زامل\tAbu Ali\t1\tar-latin:aka\teu_fsf\t\teu:1\teu:1",
    'غسان زامل\t"Ghassan" Zumil\t0\tar-latin:ambiguous\teu_fsf\tnearest-wd\teu:1\twd-ar:x',
)
TOKEN = "تن\tten\t0\tar-latin:token:ambiguous\tcoling2018_ar\tnearest\tten\ttun"


def written(directory: Path, name: str, *rows: str, header: str = HEADER) -> Path:
    (directory / "pairs").mkdir(exist_ok=True)
    text = "\n".join([header, *rows, ""]).encode()
    path = directory / "pairs" / name
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    return directory


def test_marks_are_taken_off_the_slice(tmp_path: Path) -> None:
    found = read_pairs(written(tmp_path, "eu_fsf.tsv", *ROWS), "eu_fsf")
    assert found.kind == "person" and found.of_persons
    assert {pair.slice for pair in found.pairs} == {"ar-latin"}
    assert [pair.same for pair in found.pairs] == [True, False, True, False]
    assert [pair.aka for pair in found.pairs] == [False, False, True, False]
    assert [pair.ambiguous for pair in found.pairs] == [False, False, False, True]
    assert found.pairs[3].right == '"Ghassan" Zumil'  # no quoting
    assert found.pairs[3].chosen == "nearest-wd"


def test_zipped_lists_of_words_and_of_other_kinds(tmp_path: Path) -> None:
    written(tmp_path, "coling2018_ar.tsv.gz", TOKEN)
    written(tmp_path, "un_sc_org.tsv", *ROWS)
    written(tmp_path, "libya_areas.tsv", *ROWS)
    assert list_names(tmp_path) == ("coling2018_ar", "libya_areas", "un_sc_org")
    words = read_pairs(tmp_path, "coling2018_ar")
    assert words.words and not words.of_persons and words.pairs[0].slice == "ar-latin:token"
    assert read_pairs(tmp_path, "un_sc_org").kind == "organization"
    assert read_pairs(tmp_path, "libya_areas").kind == "place"


def test_a_part_is_drawn_by_letters_alone(tmp_path: Path) -> None:
    rows = [f"Omar {n}\tAmr {n}\t0\tlatin-latin\tofac\tnearest\t{n}\t{n}x" for n in range(50)]
    own = read_pairs(written(tmp_path, "ofac.tsv", *rows), "ofac", 20).pairs
    fewer = read_pairs(tmp_path, "ofac", 10).pairs
    assert len(own) == 20 and set(fewer) < set(own)
    assert [int(pair.left_id) for pair in own] == sorted(int(pair.left_id) for pair in own)
    turned = read_pairs(written(tmp_path, "ofac.tsv", *reversed(rows)), "ofac", 20).pairs
    assert set(turned) == set(own)


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ((ROWS[0].replace("\t1\t", "\tyes\t"),), HEADER),
        ((ROWS[0], "a\tb\t1"), HEADER),
        (("a\tb\t1",), "left\tright\tlabel"),
    ],
)
def test_a_row_that_is_no_pair_is_named(tmp_path: Path, rows: tuple[str, ...], header: str) -> None:
    written(tmp_path, "eu_fsf.tsv", *rows, header=header)
    with pytest.raises(InputError, match=rf"eu_fsf.tsv:{len(rows) + 1}: a row of pairs has"):
        read_pairs(tmp_path, "eu_fsf")


def test_what_is_not_there_is_named_with_what_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no lists of pairs; give their directory"):
        list_names(tmp_path)
    with pytest.raises(OptionError, match="no list of pairs is named ofac; there are eu_fsf"):
        read_pairs(written(tmp_path, "eu_fsf.tsv", *ROWS), "ofac")


def test_constants_are_fitted_to_half_of_the_persons(tmp_path: Path) -> None:
    """Known by the lists of names that the constants are fitted to; none without them."""
    assert fitted_to(None) == fitted_to(tmp_path) == frozenset()
    (tmp_path / "names").mkdir()
    header = "entity_id\tname\tlang_or_script\tentity_type\tnote"
    for source in ("eu_fsf", "un_sc", "ofac", "everypolitician_mena"):
        rows = [
            f"{source}:{letter}\t{name}\tLatn\tPER\t"
            for letter in "abcdefghijklmnopqrst"
            for name in (f"Omar {source} {letter}basi", f"Umar {source} {letter}bassi")
        ]
        text = "\n".join([header, *rows, ""])
        (tmp_path / "names" / f"{source}.tsv").write_text(text, encoding="utf-8")
    assert 20 < len(fitted_to(tmp_path)) < 60
