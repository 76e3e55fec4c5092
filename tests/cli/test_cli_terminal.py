from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from resolve.cli import terminal
from resolve.cli.terminal import FSI, PDI, Column, Line
from resolve.decisions.figures import short_probability
from resolve.types import Relation, Term

COLUMNS = (Column("name"), Column("p", right=True), Column("reason", limit=200, spare=True))


def drawn(rows: list[Line], width: int = 80, tty: bool = False) -> list[str]:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=tty, color_system=None)
    terminal.draw(console, COLUMNS, rows)
    return stream.getvalue().split("\n")[:-1]


@pytest.mark.parametrize("name", ["Haftar", "حفتر", "النَّمروش", "習近平", "Gu\u0308ler", ""])
def test_cells_are_padded_by_the_width_that_they_take(name):
    _, line, other = drawn([Line((name, "|", "x")), Line(("a longer name", "|", "x"))])
    assert cell_len(line[: line.index("|")]) == cell_len(other[: other.index("|")])


def test_arabic_is_isolated_on_a_terminal_and_nowhere_else():
    rows = [Line(("خليفة حفتر", ".9", "the name of حفتر"))]
    on, off = drawn(rows, tty=True)[1], drawn(rows)[1]
    assert f"{FSI}خليفة حفتر{PDI}" in on
    assert f"the name of {FSI}حفتر{PDI}" in on
    assert on.replace(FSI, "").replace(PDI, "") == off


def test_prose_that_begins_with_an_arabic_name_stays_english():
    rows = [Line(("حفتر", ".9", "حفتر ~ Haftar +17.1; خليفة only on one side"))]
    on = drawn(rows, tty=True)[1]
    assert f"{FSI}حفتر{PDI} ~ Haftar +17.1; {FSI}خليفة{PDI} only" in on


def test_what_stands_over_a_row_is_drawn_before_it():
    lines = drawn([Line(("a", "1", "x")), Line(("b", "2", "y"), over=("", "two.txt"))])
    assert [line.strip() for line in lines[2:4]] == ["", "two.txt"]
    assert lines[4].startswith("b")


@settings(deadline=None)
@given(text=st.text())
def test_no_name_can_command_the_terminal_or_leave_its_isolate(text):
    seen = terminal.visible(text)
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in seen)
    assert not any(unicodedata.bidirectional(char) in BIDI for char in seen)
    assert len(seen) <= terminal.LONGEST
    shown = terminal.isolated(seen)
    assert shown.count(FSI) == shown.count(PDI)
    assert shown.replace(FSI, "").replace(PDI, "") == seen


BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@settings(deadline=None)
@given(names=st.lists(st.text(max_size=60), max_size=5), width=st.integers(30, 120))
def test_no_line_is_wider_than_the_screen(names, width):
    rows = [Line((name, ".123", "one reason that is long enough to wrap")) for name in names]
    assert all(cell_len(line) <= width for line in drawn(rows, width))


def test_the_reason_moves_under_its_row_on_a_narrow_screen():
    row = Line(("Mohamed al-Haddad", ".5", "a family name that two actors share"))
    wide, narrow = drawn([row], 80), drawn([row], 40)
    assert wide[1].endswith(row.cells[2])
    assert narrow[1].endswith(".5")
    assert narrow[2].strip() == row.cells[2]


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, ">.999"), (0.9991, ">.999"), (0.999, ".999"), (0.95, ".950"), (0.0, "<.001")],
)
def test_a_probability_is_never_one(value, text):
    assert short_probability(value) == text


def test_a_term_says_its_bits_its_sides_and_what_they_mean():
    terms = [
        Term(Relation.AGREES, 9.12, "Haddad", "الحداد", "family", "common"),
        Term(Relation.OMITTED, -1.2, None, "Mohamed", "given"),
    ]
    first, second = terminal.term_lines(terms)
    assert first == "  +9.1  Haddad ~ الحداد  family agrees: common"
    assert second == "  -1.2  Mohamed          given omitted"
