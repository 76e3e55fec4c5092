from __future__ import annotations

import json
import re

PAIRS = "id,left,right\n1,Yaşar Güler,ياشار غولر\n2,Khalifa Haftar,Heiko Maas\n3,,\n"


def test_a_pair_is_explained_term_by_term_and_the_terms_add_up(run):
    ran = run("compare", "Salah Haftar", "حفتر")
    assert ran.status == 0
    first, *terms, last = ran.out.splitlines()
    assert first == "Salah Haftar ~ حفتر"
    bits = [float(line.split()[0]) for line in terms]
    total = re.fullmatch(r"= ([+-][\d.]+) bits, p = (\S+)", last)
    assert bits and total
    assert abs(sum(bits) - float(total[1])) <= 0.05 * (len(bits) + 1)


def test_a_pair_as_data(run):
    ran = run("compare", "Haftar", "حفتر", "--format", "jsonl")
    record = json.loads(ran.out)
    assert list(record) == ["left", "right", "bits", "probability", "terms"]
    assert (record["left"], record["right"]) == ("Haftar", "حفتر")
    rows = run("compare", "Haftar", "حفتر", "--format", "tsv").rows
    assert rows[0] == ["left", "right", "bits", "probability"]
    assert rows[1][:2] == ["Haftar", "حفتر"]


def test_each_row_of_a_table_gets_its_bits(run):
    rows = run("compare", "--pairs", "-", stdin=PAIRS).rows
    assert rows[0] == ["id", "left", "right", "bits", "probability"]
    assert [row[:3] for row in rows[1:]] == [line.split(",") for line in PAIRS.split("\n")[1:-1]]
    assert float(rows[1][3]) > 0 > float(rows[2][3])
    assert float(rows[1][4]) > float(rows[2][4])


def test_the_columns_can_be_chosen(run):
    mine = PAIRS.replace("left", "name").replace("right", "alias")
    chosen = run("compare", "--pairs", "-", "--left", "name", "--right", "3", stdin=mine)
    assert chosen.rows[1:] == run("compare", "--pairs", "-", stdin=PAIRS).rows[1:]
    wrong = run("compare", "--pairs", "-", stdin=mine)
    assert (wrong.status, wrong.out) == (2, "")
    assert "no column 'left'; --left can be one of 1 'id', 2 'name', 3 'alias'" in wrong.err


def test_rows_are_written_as_they_come(run, monkeypatch):
    """A table larger than memory: no row waits for the last one."""
    import resolve

    taken = []

    def watched(pairs, kind=None):
        for pair in pairs:
            taken.append(pair)
            yield resolve.compare(*pair, kind=kind)

    monkeypatch.setattr(resolve, "compare_many", watched, raising=False)
    ran = run("compare", "--pairs", "-", stdin=PAIRS.encode() + b"4,\xff,x\n")
    assert ran.status == 2
    assert "standard input:5: byte" in ran.err


def test_wrong_use_names_the_remedy(run):
    assert "--pairs FILE" in run("compare", "Akar").err
    assert "not both" in run("compare", "Akar", "--pairs", "x.csv").err
    assert run("compare").status == 2


def test_a_name_that_is_no_text_is_an_error(run):
    ran = run("compare", "Akar", "\udcff")
    assert ran.status == 2
    assert "not text in the terminal's encoding" in ran.err
