"""Which rows of a table are accepted, who is new, who is known, and that twice is once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Entity, EntityName, Gazetteer, RecordError, Redirect, load, save
from gazetteer.adding import Added, added
from gazetteer.candidates import Candidate, accepted
from gazetteer.failures import Failures

HEADER = ["id", "name", "kind", "variants"]
CALDWELL = ["nil:amelia-caldwell", "Amelia Caldwell", "person", "Amelia Caldwell | A. Caldwell"]

HAFTAR = Entity(
    "khalifa-haftar",
    (EntityName("Khalifa Haftar", "eng", "Latn", "primary", "editor"),),
    country="LY",
    prominence=900,
    source="editor",
)
KNOWN = Gazetteer("mine", (HAFTAR,), (Redirect("haftar", "khalifa-haftar", "editor"),))


def read(
    *rows: list[str], header: list[str] = HEADER, file: str = "in/found.tsv"
) -> list[Candidate]:
    failures = Failures()
    found = accepted(file, header, enumerate(rows, start=2), failures)
    failures.check()
    return found.candidates


def add(gazetteer: Gazetteer, *rows: list[str], header: list[str] = HEADER) -> Added:
    return added(gazetteer, read(*rows, header=header))


def failures_of(*rows: list[str], header: list[str] = HEADER) -> list[str]:
    failures = Failures()
    found = accepted("found.tsv", header, enumerate(rows, start=2), failures)
    with pytest.raises(RecordError) as raised:
        added(KNOWN, found.candidates, failures)
    return list(raised.value.failures)


def test_a_new_actor_has_an_id_of_its_name_and_all_its_names():
    header = [
        "Variants",
        "country",
        "accept",
        "kind",
        "n",
        "name",
        "prominence",
        "ID",
        "description",
    ]
    row = "  أميليا كالدويل | Amelia  Caldwell|gb|YES|Person|7|Amelia Caldwell|12|nil:x| UN  envoy"
    cells = row.split("|")
    found = add(KNOWN, ["|".join(cells[:2]), *cells[2:]], header=header)
    (step,) = found.steps
    assert (step.action, step.target, step.reason) == ("add", "amelia-caldwell", "")
    assert found.gazetteer.get("amelia-caldwell") == Entity(
        "amelia-caldwell",
        (
            EntityName("Amelia Caldwell", "und", "Latn", "primary", "found.tsv"),
            EntityName("أميليا كالدويل", "und", "Arab", "alias", "found.tsv"),
        ),
        country="GB",
        prominence=12,
        description="UN envoy",
        source="found.tsv",
    )


def test_a_known_actor_gets_the_variants_as_aliases_and_keeps_its_facts():
    row = ["haftar", "Khalifa Haftar", "place", "Halife Hafter | Khalifa Haftar | خليفة حفتر"]
    found = add(KNOWN, row)
    (step,) = found.steps
    assert (step.action, step.target) == ("alias", "khalifa-haftar")
    assert step.gained == ("Halife Hafter", "خليفة حفتر")
    actor = found.gazetteer.get("khalifa-haftar")
    assert (actor.kind, actor.country, actor.names[0]) == ("person", "LY", HAFTAR.names[0])
    assert [(n.text, n.script, n.kind) for n in actor.names[1:]] == [
        ("Halife Hafter", "Latn", "alias"),
        ("خليفة حفتر", "Arab", "alias"),
    ]


@pytest.mark.parametrize(
    ("column", "values", "taken"),
    [
        ("accept", ["yes", "Yes ", "no", ""], [True, True, False, False]),
        ("decision", ["NIL", "", "LINK", "REVIEW"], [True, True, False, False]),
        ("score", ["1", "2", "3", ""], [True, True, True, True]),
    ],
)
def test_a_row_is_taken_as_the_person_says_or_the_decision(column, values, taken):
    rows = [[f"nil:{i}", f"Name {i}", "person", "", value] for i, value in enumerate(values)]
    found = accepted("t.tsv", [*HEADER, column], enumerate(rows), Failures())
    assert [f"nil:{i}" for i, each in enumerate(taken) if each] == [c.id for c in found.candidates]
    assert found.left_out == taken.count(False)


def test_who_accepts_a_known_actor_stands_above_the_decision():
    header = [*HEADER, "decision", "accept"]
    rows = [
        ["khalifa-haftar", "Khalifa Haftar", "person", "Hafter", "LINK", "yes"],
        ["khalifa-haftar", "Khalifa Haftar", "person", "Heftar", "LINK", ""],
        ["nil:x", "X", "person", "X", "REVIEW", "yes"],
    ]
    assert [each.line for each in read(*rows, header=header)] == [2, 4]


def test_a_name_that_stood_on_two_lines_is_one():
    (found,) = read(["nil:x", "Amelia\\nCaldwell", "person", "Amelia\nCaldwell | A |B | | "])
    assert [name.text for name in found.names] == ["Amelia Caldwell", "A |B"]


def test_twice_is_once():
    once = add(KNOWN, CALDWELL)
    twice = add(once.gazetteer, CALDWELL)
    assert [step.action for step in twice.steps] == ["known"]
    assert twice.gazetteer.version == once.gazetteer.version


def test_an_id_is_never_reused():
    taken = Gazetteer("mine", (HAFTAR,), (Redirect("amelia-caldwell", "khalifa-haftar", "x"),))
    (step,) = add(taken, CALDWELL).steps
    assert step.target == "amelia-caldwell-2"
    assert step.reason == "khalifa-haftar isn't called Amelia Caldwell"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["nil:x", "Khalifa Haftar", "person", "Hafter"], "isn't called Hafter"),
        (["nil:x", "Khalifa Haftar", "place", ""], "is a different person"),
    ],
)
def test_an_actor_of_like_names_is_another(row, reason):
    found = add(KNOWN, row)
    (step,) = found.steps
    assert (step.action, step.target) == ("add", "khalifa-haftar-2")
    assert step.reason == f"khalifa-haftar {reason}"
    assert [each.action for each in add(found.gazetteer, row).steps] == ["known"]


def test_rows_of_one_id_are_one_actor():
    candidates = [
        *read(CALDWELL),
        *read(["nil:amelia-caldwell", "Amelia J. Caldwell", "person", ""], file="b.tsv"),
    ]
    (step,) = added(KNOWN, candidates).steps
    assert step.gained == ("Amelia Caldwell", "A. Caldwell", "Amelia J. Caldwell")


def test_two_of_one_name_stay_two():
    rows = [["nil:ali", "Ali", "person", ""], ["nil:ali-2", "Ali", "person", "Ali | Aly"]]
    found = add(KNOWN, *rows)
    assert [(step.id, step.target) for step in found.steps] == [
        ("nil:ali", "ali-2"),
        ("nil:ali-2", "ali"),
    ]
    assert {step.action for step in add(found.gazetteer, *reversed(rows)).steps} == {"known"}


def test_two_ids_of_one_actor_give_it_their_names_whatever_the_order_of_the_rows():
    rows = [["khalifa-haftar", "Ali", "person", ""], ["haftar", "Ali 2", "person", "Ali"]]
    found = add(KNOWN, *rows)
    assert [step.target for step in found.steps] == ["khalifa-haftar", "khalifa-haftar"]
    assert add(KNOWN, *reversed(rows)).gazetteer.version == found.gazetteer.version


words = st.sampled_from(["Ali", "Aly", "Ali 2", "علي", "???", "Khalifa Haftar", "Hafter"])
tables = st.lists(
    st.tuples(
        st.sampled_from(["nil:a", "nil:b", "nil:c", "nil:d", "khalifa-haftar", "haftar"]),
        words,
        st.lists(words, max_size=3),
    ),
    max_size=6,
)


@given(tables, st.randoms())
def test_a_table_gives_all_its_names_once_whatever_the_order_of_its_rows(table, random):
    rows = [[id, name, "person", " | ".join(variants)] for id, name, variants in table]
    once = add(KNOWN, *rows)
    for step, (id, name, variants) in ((s, row) for s in once.steps for row in table):
        if step.id == id:
            texts = {each.text for each in once.gazetteer.get(step.target).names}
            assert {name, *variants} <= texts
    new = [step.target for step in once.steps if step.id.startswith("nil:")]
    assert len(new) == len(set(new))
    again = add(once.gazetteer, *rows)
    assert {step.action for step in again.steps} <= {"known"}
    assert [step.target for step in again.steps] == [step.target for step in once.steps]
    assert again.gazetteer.version == once.gazetteer.version
    firsts = {id: [id, name, variants] for id, name, variants in reversed(table)}
    if len(firsts) == len(table):
        random.shuffle(rows)
        assert add(KNOWN, *rows).gazetteer.version == once.gazetteer.version


@given(tables)
def test_what_is_added_can_be_saved(tmp_path_factory, table):
    rows = [[id, name, "person", " | ".join(variants)] for id, name, variants in table]
    folder = tmp_path_factory.mktemp("saved")
    found = add(KNOWN, *rows).gazetteer
    save(found, folder)
    assert load(folder).version == found.version


def test_everything_that_is_wrong_is_told_at_once():
    header = [*HEADER, "country", "prominence", "accept"]
    rows = [
        ["nil:a", "", "person", "", "", "", "yes"],
        ["nil:b", "B", "vessel", "", "Libya", "2000", "yes"],
        ["nobody", "B", "", "", "", "", "yes"],
        ["", "B", "person", "", "", "", "yes"],
        ["nil:c", "C\x00", "person", "", "", "", "yes"],
        ["nil:d", "D", "person", "", "", "", "maybe"],
        ["nil:e", "E"],
        ["nil:b", "B", "person", "", "", "", "yes"],
        ["nil:z", "", "nonsense", "", "", "", "no"],
    ]
    told = failures_of(*rows, header=header)
    expected = [
        "found.tsv:2: the name is empty",
        "found.tsv:3: kind 'vessel' (one of",
        "found.tsv:3: country 'LIBYA' (two letters",
        "found.tsv:3: prominence '2000' (a whole",
        "found.tsv:4: no actor 'nobody' among the 1 of gazetteer 'mine'",
        "found.tsv:5: id is empty (nil:NAME",
        "found.tsv:6: name 'C\\x00': control or bidi character",
        "found.tsv:7: accept 'maybe' (yes, no, or empty)",
        "found.tsv:8: 2 fields (the header has 7)",
        "found.tsv:9: kind 'person' of 'nil:b', which is 'vessel' in found.tsv:3",
    ]
    assert len(told) == len(expected)
    for line, start in zip(told, expected, strict=True):
        assert line.startswith(start)


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (["id", "name", "kind"], "found.tsv:1: no column 'variants' (the header has: id, name"),
        ([*HEADER, "Name"], "found.tsv:1: two columns 'name'"),
    ],
)
def test_a_header_has_each_column_once(header, what):
    with pytest.raises(RecordError) as raised:
        accepted("found.tsv", header, [], Failures())
    assert str(raised.value).startswith(what)
