"""The page holds all that the run found, safe and whole, and is the same for the same run."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import msgspec
import pytest

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")

from benchmarks.protocol import Case, Curve, Result, Table
from benchmarks.report.cases import families
from benchmarks.report.goals import Goal, goals, standing
from benchmarks.report.headline import headline
from benchmarks.report.page import page
from benchmarks.report.tables import shown
from benchmarks.report.text import isolated, number
from benchmarks.runs import Command, Failure, Measured, Run

OURS, PEER = "resolve", "peer <&> ratio"
HOSTILE = "<script>alert('x')</script>"
MERGES = Table(
    "Merges",
    ("kind", "names", "actors", "system", "precision", "low", "high", "recall", "recall at P .99"),
    (
        ("person", "in common", 1_000, OURS, 0.99612, 0.991, 0.999, 0.71, 0.81),
        ("person", "all", 1_000, OURS, 0.9, 0.8, 0.95, 0.5, 0.5),
        ("person", "in common", 1_000, PEER, None, None, None, None, 0.31),
        ("person", "in common", 10_000, OURS, 0.98, 0.97, 0.99, 0.6, 0.7),
        ("person", "in common", 10_000, PEER, None, None, None, None, 0.2),
        ("place", "in common", 500, OURS, 0.5, 0.4, 0.6, 0.5, 0.5),
    ),
    4,
    f"Read `this` {HOSTILE}",
)
PAIRS = Table(
    "Recall at precision .99",
    ("list", "slice", "half", OURS, PEER),
    (
        ("eu_fsf", "ar-latin", "whole", 0.5, 0.1),
        ("eu_fsf", "ar-latin", "unseen", 0.98, 0.21),
        ("un_sc", "ar-latin", "whole", 0.8, 0.9),
    ),
    3,
)
CURVES = (
    Curve("Precision and recall, ar-latin", OURS, (0.0, 0.5, 1.0), (1.0, 0.99, 0.4), form="step"),
    Curve("Precision and recall, ar-latin", PEER, (0.0, 0.5, 1.0), (1.0, 0.7, 0.3), form="step"),
    Curve("Reliability, arab-latn", OURS, (0.1, 0.9), (0.2, 0.8), form="reliability"),
    Curve("Precision by size", OURS, (1e3, 1e4, 1e5), (0.99, 0.98, 0.9), x_scale="log"),
    Curve(f"Points {HOSTILE}", HOSTILE, (0.5,), (0.5,), form="points"),
)
CASES = (
    Case("Worst false merges: ar-latin", "Haddad", "حداد", 9.1, ("Haddad ~ حداد +9.1",), HOSTILE),
    Case("Worst false merges: latin", HOSTILE, "b", -3.0, ("a is not b -10.5", "silent"), "why"),
    Case("Worst misses: ar-latin", "سيف", "Saif", 1.0, ()),
)
SYSTEMS = (Measured(OURS, "as it ships", "resolve 1.0"), Measured(PEER, "its best", "", "not here"))


def made(**changes: object) -> Run:
    results = (
        Result("merges", (MERGES,), (), (), (f"A note {HOSTILE}",)),
        Result("pairs", (PAIRS,), CURVES, CASES),
        Result("later", (Table("Of a track to come", ("what", "n"), (("x", 12_345),)),)),
    )
    run = Run(
        commands=(Command("python -m benchmarks --data DIR"),),
        ours=OURS,
        systems=SYSTEMS,
        versions={"python": "3.11.7"},
        checksums={"names/a.tsv": "ab" * 32},
        results=results,
        failures=(Failure("speed", f"ValueError: {HOSTILE}"),),
    )
    return msgspec.structs.replace(run, **changes)


@pytest.fixture(scope="module")
def html() -> str:
    return page(made())


class _Read(HTMLParser):
    """What stands in a page: its elements, ids, links, and text."""

    VOID = frozenset({"meta", "wbr", "br", "link", "path", "use", "rect", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.named: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for key, value in attrs:
            if key == "id":
                self.ids.append(value or "")
            if key == "aria-labelledby":
                self.named.append(value or "")
            if key in ("src", "href"):
                assert (value or "").startswith("#"), value

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_well_formed_and_stands_alone(html: str) -> None:
    read = _Read(html)
    assert read.open == []
    assert "script" not in read.tags and "link" not in read.tags
    assert not re.search(r"https?://|@import|url\((?!#)", html)


def test_ids_are_unique_and_what_is_pointed_to_is_there(html: str) -> None:
    read = _Read(html)
    assert len(read.ids) == len(set(read.ids))
    targets = re.findall(r'(?:href="#|url\(#)([^")]+)', html)
    assert set(targets) | set(read.named) <= set(read.ids)


def test_every_table_row_curve_case_and_note_is_there(html: str) -> None:
    text = " ".join(_Read(html).text.split())
    wanted = ["Merges", "10,000", ".996", ".991–.999", "Of a track to come", "12,345", "A note"]
    wanted += ["Worst false merges", "Worst misses", "a is not b −10.5", "silent", "why", "سيف"]
    wanted += [curve.plot for curve in CURVES]
    wanted += ["as it ships", "not here", "3.11.7", "ab" * 32, "python -m benchmarks --data DIR"]
    assert [each for each in wanted if each not in text] == []
    assert _Read(html).tags.count("svg") == 2 + len({curve.plot for curve in CURVES})


def test_text_is_escaped(html: str) -> None:
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_what_is_written_from_right_to_left_is_isolated(html: str) -> None:
    assert "<bdi dir=auto>حداد</bdi>" in html
    assert "<bdi dir=auto>سيف</bdi>" in html


def test_every_plot_has_a_caption_and_words(html: str) -> None:
    assert html.count("<figcaption") == html.count("<svg") == html.count('class="alt"')


def test_a_track_that_failed_is_said_first_and_in_its_place(html: str) -> None:
    read = _Read(html)
    assert read.text.count(f"ValueError: {HOSTILE}") == 2
    assert "speed" in read.ids


def test_the_same_run_gives_the_same_bytes(html: str) -> None:
    assert page(msgspec.json.decode(msgspec.json.encode(made()), type=Run)) == html


def test_a_quick_look_says_that_it_is_one(html: str) -> None:
    assert "At most 60 rows" in page(made(commands=(Command("c", 60),)))
    assert "A quick look" not in html


def test_a_run_in_parts_says_so_and_which_of_them_is_a_quick_look(html: str) -> None:
    parts = (Command("python ours"), Command("python peers", 60))
    text = " ".join(_Read(page(made(commands=parts))).text.split())
    assert "made in 2 parts" in text and "python ours python peers" in text
    assert "At most 60 rows of each set were asked for by python peers" in text
    assert text.count("A quick look") == 1 and "in 2 parts" not in html


def test_all_failures_of_a_track_are_said() -> None:
    text = page(made(failures=(Failure("speed", "first"), Failure("speed", "second"))))
    assert "first; second" in text


def test_an_empty_run_gives_a_page() -> None:
    assert "no merges" in page(made(results=(), failures=(), systems=()))


def test_a_comparison_says_what_moved() -> None:
    table = msgspec.structs.replace(PAIRS, rows=(("eu_fsf", "ar-latin", "whole", 0.4, 0.1),))
    before = made(results=(Result("pairs", (table,)),))
    text = " ".join(_Read(page(made(), (), before, "first")).text.split())
    assert "Since first" in text
    assert "1 better, 4 new, 1 same" in text


def test_the_headline_is_of_the_names_that_the_first_row_counts() -> None:
    found = headline(made())
    assert found is not None
    assert [(f.actors, f.precision, f.interval) for f in found.firsts] == [
        ("1,000", ".996", ".991–.999"),
        ("10,000", ".980", ".970–.990"),
    ]
    assert [(f.sure, f.peer, f.peer_sure) for f in found.firsts] == [
        (".810", PEER, ".310"),
        (".700", PEER, ".200"),
    ]


def goal(**changes: object) -> Goal:
    where = {"list": "eu_fsf", "slice": "ar-latin", "half": ("unseen", "whole")}
    given = Goal("g", "pairs", where, "Recall at precision .99", 0.97)
    return msgspec.structs.replace(given, **changes)


@pytest.mark.parametrize(
    ("wanted", "ours", "said", "peer"),
    [
        (goal(), 0.98, "met", 0.21),
        (goal(goal=0.99), 0.98, "missed by .010", 0.21),
        (goal(where={"list": "un_sc", "half": ("unseen", "whole")}), 0.8, "missed by .170", 0.9),
        (goal(where={"list": "nowhere"}), None, "not measured", None),
        (goal(where={"colour": "red"}), None, "not measured", None),
        (goal(track="speed"), None, "not measured", None),
        (goal(where={"list": "eu_fsf"}), 0.5, "missed by .470", 0.1),
        (goal(goal=0.5, at_most=True), 0.98, "missed by .480", 0.21),
        (goal(goal=0.98, at_most=True), 0.98, "met", 0.21),
        (goal(goal=0.9800001), 0.98, "missed by .001", 0.21),
        (
            Goal("g", "merges", {"kind": "person", "names": "all"}, "recall", 0.7),
            0.5,
            "missed by .200",
            None,
        ),
    ],
)
def test_a_goal_is_met_or_missed_by_so_much(
    wanted: Goal, ours: float | None, said: str, peer: float | None
) -> None:
    (row,) = standing(made(), [wanted]).rows
    assert row[3:6] == (ours, said, peer)


def test_a_goal_may_be_of_another_way_of_ours_and_then_ours_is_no_peer() -> None:
    plain = f"{OURS}, without numba"
    speeds = Table("List", ("system", "names"), ((OURS, 9.0), (plain, 5.0), (PEER, 6.0)))
    run = made(results=(Result("scale", (speeds,)),))
    wanted = Goal("g", "scale", {}, "names", 40.0, system=plain)
    (row,) = standing(run, [wanted]).rows
    assert row[3:6] == (5.0, "missed by 35", 6.0)


def test_a_goal_is_read_from_all_tables_of_its_title() -> None:
    ours, peers = (
        Table(PAIRS.title, (*PAIRS.columns[:3], name), (("un_sc", "ar-latin", "whole", value),), 3)
        for name, value in ((OURS, 0.8), (PEER, 0.9))
    )
    wanted = goal(where={"list": "un_sc"}, goal=0.7)
    (row,) = standing(made(results=(Result("pairs", (ours, peers)),)), [wanted]).rows
    assert row[3:6] == (0.8, "met", 0.9)


def test_the_goals_are_those_of_the_issue() -> None:
    counts = Counter(each.track for each in goals())
    assert counts == {"documents": 5, "merges": 6, "pairs": 14, "scale": 17}
    assert all(0 < each.goal <= 1 for each in goals() if each.track != "scale")


def test_systems_of_one_slice_stand_together_and_the_best_is_marked() -> None:
    rows = (("a", OURS, 0.5), ("b", OURS, 0.5), ("a", PEER, 0.6), ("b", PEER, 0.5))
    read = shown(Table("T", ("slice", "system", "recall"), rows, 2), (OURS, PEER), OURS)
    assert [[str(cell.text.unescape()) for cell in row.cells][:2] for row in read.rows] == [
        ["a", OURS],
        ["a", PEER],
        ["b", OURS],
        ["b", PEER],
    ]
    assert ["best" in row.cells[2].classes for row in read.rows] == [False, True, True, True]
    assert [row.ours for row in read.rows] == [True, False, True, False]


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.5, ".500"), (1.0, "1.000"), (0.0, ".000"), (-0.00001, ".000"), (3, "3"), (-1.25, "−1.25")],
)
def test_a_number_is_read_alike_everywhere(value: float, said: str) -> None:
    assert number(value) == said


def test_a_name_that_begins_from_right_to_left_is_isolated_whole() -> None:
    assert isolated("محمد (Muhammad) علي").count("<bdi") == 1
    assert isolated("al-Haddad حداد, eu:1") == "al-Haddad <bdi dir=auto>حداد</bdi>, eu:1"
    assert isolated("\u2068حداد\u2069 is not b") == "<bdi dir=auto>حداد</bdi> is not b"


def test_cases_keep_their_order_and_their_terms_their_bits() -> None:
    first, second = families(CASES)
    assert (first.title, first.count, second.count) == ("Worst false merges", 2, 1)
    (case,) = first.groups[1].cases
    assert [(t.bits, t.side, t.weighs_most) for t in case.terms] == [
        ("−10.5", "against", False),
        ("", "", False),
    ]
