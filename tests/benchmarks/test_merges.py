"""The task of the merges is fair, and its figures are what they say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest

from benchmarks.datasets import duplicates
from benchmarks.datasets.distractors import pool, rounds
from benchmarks.datasets.lists import MOST_NAMES, Asked, alike, key, merges
from benchmarks.linked import FIGURES, Said, figures
from benchmarks.misses import ERRORS, error_of
from benchmarks.protocol import Answer
from benchmarks.tracks import candidates
from benchmarks.tracks import merges as track
from gazetteer import Gazetteer
from resolve.errors import OptionError
from resolve.types import Evidence, Kind, Relation, Term

NAMES = "entity_id\tname\tlang_or_script\tentity_type\tnote\n"
PAIRS = "name_a\tname_b\tlabel\tslice\tsource\tneg_kind\tid_a\tid_b\n"
PERSONS = 60
GIVEN = ("Khalifa", "Aguila", "Osama", "Fathi", "Imad", "Yusuf")
FAMILIES = (
    *("Haftar", "Saleh", "Dbeibah", "Menfi", "Sarraj"),
    *("Bashagha", "Namroush", "Haddad", "Kikli", "Zubi"),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Sixty persons, each with a spelling in capitals, one without its article, one of war."""
    (tmp_path / "names").mkdir()
    (tmp_path / "pairs").mkdir()
    rows = []
    for number in range(PERSONS):
        given, family = GIVEN[number // 10], FAMILIES[number % 10]
        names = (
            f"{given} al-{family}",
            f"AL-{family.upper()}, {given}",
            f"{given} {family}",
            f"{family}o {given}o",
            "Abu Turab",
        )
        rows += [f"un:{number}\t{name}\tLatn\tPER\t\n" for name in names]
    (tmp_path / "names" / "un_sc.tsv").write_text(NAMES + "".join(rows), "utf-8")
    others = [f"wd:{n}\t{chr(97 + n)}a John Smith{chr(97 + n)}\ten\tPER\t\n" for n in range(26)]
    others += ["wd:x\tHAFTAR, Khalifa\ten\tPER\t\n", "wd:y\tMadonna\ten\tPER\t\n"]
    for source in ("everypolitician_world", "wikidata_he_fullnames", "wikidata_ar_fullnames"):
        text = "".join(others) if source == "wikidata_he_fullnames" else ""
        (tmp_path / "names" / f"{source}.tsv").write_text(NAMES + text, "utf-8")
    (tmp_path / "pairs" / "un_sc.tsv").write_text(PAIRS, "utf-8")
    return tmp_path


class First:
    """Links every name to the first actor of the gazetteer that shares a folded word with it."""

    name = "first"
    note = ""
    probabilistic = True

    def missing(self) -> str | None:
        return None

    def version(self) -> str:
        return "1"

    def link(
        self, gazetteer: Gazetteer, mentions: Sequence[str], kind: Kind, top: int = 10
    ) -> list[Answer]:
        answers = []
        for text in mentions:
            words = set(key(text).split())
            ids = [e.id for e in gazetteer if words & set(key(e.name).split())][:top]
            ranked = tuple((id, 0.9 - k / 100) for k, id in enumerate(ids))
            cluster = None if ranked else key(text)
            answers.append(Answer(ranked, "LINK" if ranked else "NIL", cluster))
        return answers


def test_names_that_differ_in_case_and_order_alone_are_not_asked_for(data: Path) -> None:
    texts = {asked.text for asked in merges(data, "person", "all", ["un_sc"]).asked}
    assert not any("," in text for text in texts)
    assert any(text.endswith(" Haftar") for text in texts)


def test_no_entity_is_asked_for_with_more_names_than_another_may_be(data: Path) -> None:
    path = data / "names" / "un_sc.tsv"
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"un:0\tKhalifa the {n}th\tLatn\tPER\t\n" for n in range(90))
    heads = [asked.head for asked in merges(data, "person", "all", ["un_sc"]).asked]
    assert heads.count("un_sc un:0") == MOST_NAMES


def test_an_entity_is_left_out_or_asked_for_with_all_of_its_names(data: Path) -> None:
    task = merges(data, "person", "all", ["un_sc"])
    heads = {actor.head for actor in task.actors}
    assert 0.5 < len(heads) / PERSONS < 0.9
    assert all(asked.known is (asked.head in heads) for asked in task.asked)


def test_halves_share_no_entity_and_one_gazetteer(data: Path) -> None:
    unseen, seen, both = (merges(data, "person", h, ["un_sc"]) for h in ("unseen", "seen", "all"))
    assert unseen.actors == seen.actors == both.actors
    assert {a.head for a in unseen.asked}.isdisjoint(a.head for a in seen.asked)
    assert len(unseen.asked) + len(seen.asked) == len(both.asked)


def test_a_namesake_by_the_lists_is_neither_right_nor_wrong(data: Path) -> None:
    task = merges(data, "person", "all", ["un_sc"])
    asked = next(asked for asked in task.asked if asked.text == "Abu Turab")
    other = next(actor.head for actor in task.actors if actor.head != asked.head)
    assert task.unsure(asked, other)
    assert not task.unsure(asked, asked.head)
    spelled = next(asked for asked in task.asked if asked.text.endswith(" Haftar"))
    assert not task.unsure(spelled, next(head for head in task.heads if head != spelled.head))


def test_a_list_that_is_not_there_is_named(data: Path) -> None:
    with pytest.raises(OptionError, match="interpol"):
        merges(data, "person", "all", ["interpol"])


def test_no_distractor_bears_a_name_of_the_task(data: Path) -> None:
    task = merges(data, "person", "all", ["un_sc"])
    found = pool(data, task, 200)
    assert len(found) == 200 and found == pool(data, task, 200)
    assert len({key(distractor.name) for distractor in found}) == 200
    assert task.names.isdisjoint(key(distractor.name) for distractor in found)
    assert "Madonna" not in {distractor.name for distractor in found}
    assert sum(not distractor.synthetic for distractor in found) == 26


@pytest.mark.parametrize("size", [5, 17, 100])
def test_every_size_is_asked_for_every_mention_once(data: Path, size: int) -> None:
    task = merges(data, "person", "all", ["un_sc"])
    own = list(rounds(task, size, pool(data, task, size)))
    asked = list(chain.from_iterable(part.asked for part in own))
    assert sorted(map(repr, asked)) == sorted(map(repr, task.asked))
    assert {len(part.gazetteer) for part in own} == {size}
    for part in own:
        assert all((mention.head in part.actors) is mention.known for mention in part.asked)


def said(text: str, actor: str | None, outcome: str, best: str | None, **of: bool) -> Said:
    answer = Answer(((best, 0.9),) if best else (), outcome)  # type: ignore[arg-type]
    asked = Asked(text, "Latn", "un_sc", text, actor is not None, True)
    return Said(asked, actor, answer, of.get("unsure", False))


def test_figures_are_counted() -> None:
    rows = [
        said("right", "a", "LINK", "a"),
        said("wrong", "b", "LINK", "a"),
        said("unsure", "b", "LINK", "c", unsure=True),
        said("to be confirmed", "a", "REVIEW", "a"),
        said("missed", "a", "NIL", None),
        said("unknown", None, "NIL", None),
    ]
    found = dict(zip(FIGURES, figures(rows, probabilistic=True), strict=True))
    assert (found["mentions"], found["known"], found["links"], found["unsure links"]) == (
        6,
        5,
        2,
        1,
    )
    assert (found["precision"], found["recall"]) == (1 / 2, 1 / 5)
    assert (found["REVIEW ratio"], found["right first in REVIEW"]) == (1 / 6, 1)
    assert (found["NIL precision"], found["NIL recall"]) == (1 / 2, 1)
    assert found["ECE"] == pytest.approx(0.9 - 2 / 3)


def test_a_system_that_only_ranks_has_no_figures_of_decisions() -> None:
    row = said("ranked", "a", "LINK", "a")
    row = Said(row.asked, row.actor, Answer((("a", 88.0),)), False)
    found = dict(zip(FIGURES, figures([row], probabilistic=False), strict=True))
    assert found["precision"] is found["recall"] is found["NIL recall"] is found["ECE"] is None
    assert found["recall at P .99"] == 1


@pytest.mark.parametrize(
    ("terms", "ranked", "error"),
    [
        ([(Relation.CONTRADICTS, -13, "family"), (Relation.SLIP, -1, "given")], "a", 2),
        ([(Relation.CONTRADICTS, -13, "family"), (Relation.CONTRADICTS, -9, "given")], "a", 1),
        ([(Relation.CROSSED, -9, None), (Relation.OMITTED, -4, "given")], "a", 5),
        ([(Relation.SLIP, -1, "given")], "b", 6),
        ([(Relation.AGREES, 12, "given")], "", 7),
        ([(Relation.AGREES, 12, "given")], "b a", 8),
        ([(Relation.AGREES, 1, "given"), (Relation.OMITTED, -4, "family")], "a", 9),
        ([(Relation.AGREES, 12, "given"), (Relation.OMITTED, -4, "family")], "a", 10),
        ([(Relation.AGREES, 12, "given")], "a", 11),
    ],
)
def test_a_miss_has_one_kind_of_error(
    terms: list[tuple[Relation, float, str | None]], ranked: str, error: int
) -> None:
    evidence = Evidence(
        "x", "y", 0.0, 0.5, tuple(Term(r, bits, "x", "y", part) for r, bits, part in terms)
    )
    answer = Answer(tuple((id, 0.4) for id in ranked.split()))
    assert error_of(evidence, answer, "a", alike=True) == ERRORS[error]
    assert error_of(evidence, answer, "a", alike=False) == ERRORS[0]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Khalifa Haftar", "خليفة بلقاسم حفتر", True),
        ("Mykola Azarov", "Nicholas AZAROV", True),
        ("Abu Turab", "Hidayatullah", False),
        ("Ustad Talha", "Mati ur-Rehman", False),
    ],
)
def test_names_of_war_have_nothing_in_common(left: str, right: str, expected: bool) -> None:
    assert alike(left, right, "person") is alike(right, left, "person") is expected


def test_the_table_of_duplicates_does_not_contradict_itself() -> None:
    table = duplicates.reviewed()
    pairs = [frozenset((row.left, row.right)) for row in table]
    assert len(set(pairs)) == len(pairs)
    assert [(r.left, r.right) for r in table] == sorted((r.left, r.right) for r in table)
    assert all(row.left < row.right for row in table)
    head = duplicates.heads(id for row in table for id in (row.left, row.right))
    for row in table:
        assert (head[row.left] == head[row.right]) is (row.verdict == "same"), row


def test_an_actor_s_ids_have_one_head() -> None:
    table = [
        duplicates.Duplicate(left, right, verdict, "judged", "")  # type: ignore[arg-type]
        for left, right, verdict in (("b", "c", "same"), ("a", "c", "same"), ("d", "e", "unsure"))
    ]
    head = duplicates.heads("abcde", table)
    assert head == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "e"}
    assert duplicates.heads("bc", table) == {"b": "b", "c": "b"}
    assert duplicates.doubtful(head, table) == {frozenset("de")}


def test_a_run_has_every_table_and_is_repeated_to_the_byte(data: Path) -> None:
    options = {"sizes": (20, 60), "kinds": ("person",), "sources": ["un_sc"], "half": "all"}
    pytest.importorskip("scipy", reason="CEAF matches clusters with it")
    first, second = (track.run(data, [First()], **options) for _ in range(2))  # type: ignore[arg-type]
    assert first.cases == second.cases and first.curves == second.curves
    assert first.tables[1:] == second.tables[1:]
    headline = first.tables[0]
    assert [row[:4] for row in headline.rows] == [
        ("person", names, size, "first") for size in (20, 60) for names in ("in common", "all")
    ]
    assert any(case.group.startswith("Wrong links") for case in first.cases)
    errors = next(table for table in first.tables if table.title.startswith("Why"))
    assert [row[0] for row in errors.rows] == list(ERRORS)


def test_candidates_are_counted(data: Path) -> None:
    found = candidates.run(data, [First()], kinds=("person",), sources=["un_sc"], half="all")
    rows = [dict(zip(found.tables[0].columns, row, strict=True)) for row in found.tables[0].rows]
    assert all(row["recall at 1"] <= row["recall at 5"] <= row["recall at 50"] for row in rows)
    assert rows[0]["names"] == "in common" and rows[0]["recall at 50"] > 0


def test_who_cannot_link_is_named(data: Path) -> None:
    class Scorer:
        name, note, probabilistic = "scorer", "", False

        def missing(self) -> str | None:
            return None

        def version(self) -> str:
            return "1"

    found = track.run(data, [Scorer()], kinds=("person",), sources=["un_sc"], sizes=(20,))
    assert any("scorer" in note for note in found.notes)
