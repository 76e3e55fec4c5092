"""Texts are read as they are marked, what is timed is looked at, and streams are watched."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("scipy")

import gazetteer
from benchmarks.datasets.coined.world import World
from benchmarks.datasets.newswire.articles import SHARES, Article, Planted, articles
from benchmarks.datasets.newswire.words import Words, capitalized, joined
from benchmarks.datasets.passages import Mark
from benchmarks.documents import exact, gold, judging, quality, stream, tables, tagging, texts
from benchmarks.documents.gold import Marked, marked_articles, marked_passages, passage_files
from benchmarks.documents.stream import streamed
from benchmarks.protocol import Result, Table
from benchmarks.report.goals import goals
from benchmarks.throughput import WrongAnswersError
from benchmarks.tracks import documents as track
from resolve.errors import InputError
from resolve.types import Decision, Document, Mention, Outcome, Span

SIZE = 0.03  # MB
MADE_UP = 40


@pytest.fixture(scope="module")
def written() -> list[Article]:
    return list(articles(gazetteer.load(), World(MADE_UP), SIZE))


def span(start: int, end: int, outcome: str, id: str | None = None) -> Span:
    decision = Decision(Mention("x"), Outcome(outcome), id, id, None, 0.9, None, "so", ())
    return Span(start, end, "x" * (end - start), "person", decision)


def test_articles_are_the_same_again_and_have_their_languages_shares(
    written: list[Article],
) -> None:
    assert list(articles(gazetteer.load(), World(MADE_UP), SIZE)) == written
    sizes: Counter[str] = Counter()
    for article in written:
        sizes[article.lang] += len(article.text.encode())
    assert set(sizes) == set(SHARES)
    assert sum(sizes.values()) >= SIZE * 1e6 - len(written)
    assert list(articles(gazetteer.load(), None, SIZE, seed=2)) != written


def test_what_is_planted_stands_there_and_is_told_by_how_it_is_written(
    written: list[Article],
) -> None:
    known = {entity.id: {n.text for n in entity.names} for entity in gazetteer.load()}
    known |= {entity.id: {n.text for n in entity.names} for entity in World(MADE_UP).entities()}
    hows: Counter[str] = Counter()
    for article in written:
        end = 0
        for name in article.planted:
            surface = article.text[name.start : name.end]
            assert name.start >= end and surface == surface.strip() != ""
            assert (name.actor is None) == (name.how == "unknown")
            assert name.how != "exact" or surface in known[str(name.actor)]
            end = name.end
            hows[name.how] += 1
    assert set(hows) == {"exact", "respelled", "alone", "unknown"}
    words = sum(len(article.text.split()) for article in written)
    assert 4 < 100 * sum(hows.values()) / words < 12


def test_words_keep_coming_and_follow_their_vowels() -> None:
    for lang in SHARES:
        words = Words(lang, 1)
        drawn = [words.fill("noun") for _ in range(2000)]
        assert len(set(drawn[:500])) < len(set(drawn)) < len(drawn)
        assert words.fill("number").isdigit() and words.fill("year").isdigit()
    assert joined("Libya", "YA", "'") == "Libya'ya" and joined("Sirt", "DA", "'") == "Sirt'te"
    assert capitalized("ilk gün", "tur") == "İlk gün"


def test_a_mark_is_met_by_the_mention_that_shares_most_with_it() -> None:
    marks = (
        Mark(0, 9, "LINK", "a"),
        Mark(20, 29, "NIL", "person"),
        Mark(30, 35, "REVIEW", "b"),
        Mark(50, 55, "LINK", "c"),
    )
    text = Marked("a", "eng", None, "x" * 60, marks, (Mark(40, 45, "LINK", "d"),))
    document = Document(
        "a",
        text.text,
        (
            span(0, 2, "NIL"),
            span(2, 9, "LINK", "a"),
            span(20, 29, "NIL"),
            span(30, 35, "LINK", "b"),
            span(40, 42, "LINK", "z"),
            span(57, 59, "LINK", "q"),
        ),
    )
    found = list(judging.judged(text, document))
    assert [(j.right, j.exact) for j in found if j.mark] == [
        (True, False),
        (True, True),
        (False, True),
        (False, False),
    ]
    assert [j.span.start for j in found if j.mark is None and j.span] == [57]
    assert [(e.kind, e.said) for e in judging.errors(found)] == [
        ("decision", "LINK b"),
        ("false", "LINK q"),
        ("borders", "LINK a (xxxxxxx)"),
        ("missed", ""),
    ]
    sets = {"set": found}
    assert quality.mentions(sets).rows == (("set", "eng", "resolve", 4, 1, 1, 0.75, 0.75, 2 / 3),)
    assert quality.decisions(sets).rows == (
        ("set", "eng", "resolve", 3, 2 / 3, 2, 0.5, 1, 0.0, 3, 2 / 3),
    )


def test_the_marks_of_the_tests_are_read(tmp_path: Path) -> None:
    files = passage_files()
    assert files["passages"].name == "passages.txt"
    some = marked_passages(files["passages"])
    assert len(some) > 40 and all(text.marks for text in some)
    assert marked_articles(None) == [] == marked_articles(tmp_path)


def test_articles_lie_beside_the_data_and_must_be_those_that_were_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gold, "CASES", tmp_path)
    for folder in ("data", "seeds"):
        (tmp_path / folder).mkdir()
    lines = (
        "doc\tstart\tend\tsurface\tkind\tgold\texpected\tsource\tnote",
        "a\t0\t5\tAkar’\tperson\thulusi-akar\tLINK\tseeds\t",
        "a\t6\t9\tUSA\tplace\tusa\tLINK\teditor\toptional",
    )
    (tmp_path / "articles.tsv").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    (tmp_path / "seeds" / "mentions.tsv").write_text("doc\tlang\na\ten\n", "utf-8")
    (tmp_path / "seeds" / "a.txt").write_text("Akar’ USA\n", "utf-8")
    (article,) = marked_articles(tmp_path / "data")
    assert article.marks == (Mark(0, 5, "LINK", "hulusi-akar"),)
    assert article.optional == (Mark(6, 9, "LINK", "usa"),)
    (tmp_path / "seeds" / "a.txt").write_text("Another text", "utf-8")
    with pytest.raises(InputError, match="Akar’ doesn't stand at 0"):
        marked_articles(tmp_path / "data")


def test_planted_names_are_counted_by_what_becomes_of_them() -> None:
    planted = (
        Planted(0, 4, "a", "exact"),
        Planted(5, 9, "b", "exact"),
        Planted(10, 14, None, "unknown"),
        Planted(20, 24, "c", "alone"),
    )
    article = Article("1", "eng", "x" * 30, planted)
    spans = [(0, 4, "a"), (5, 7, "z"), (7, 9, None), (12, 16, "z"), (25, 29, "c")]
    assert tagging.counted([article], {"eng": [spans]}) == {
        "alone": (1, 0, 0, 0),
        "exact": (2, 2, 1, 1),
        "unknown": (1, 1, 0, 1),
    }


def here(function: Any, task: Any, **options: bool) -> Any:
    """A child's answer without a child: see `test_scale`."""
    return function(task)


@pytest.fixture(scope="module")
def result() -> Result:
    pytest.importorskip("ahocorasick")
    with pytest.MonkeyPatch.context() as patch:
        for module in (track, texts):
            patch.setattr(module, "asked", here)
        patch.setattr(
            track, "write", lambda path, made_up, size: texts.write(path, made_up, SIZE * size)
        )
        streams = {
            form: stream.Streamed(form, 9, 9, 9, 1.0, 1.0, ((9, 50.0),)) for form in stream.FORMS
        }
        patch.setattr(track, "streamed", lambda size, form, progress: streams[form])
        return track.run(None, (), sizes=(MADE_UP,), megabytes=(1,), stream=9, most=2)


def table(result: Result, title: str) -> Table:
    return next(table for table in result.tables if table.title == title)


def test_every_gazetteer_is_timed_beside_the_peer(result: Result) -> None:
    speeds = table(result, "Speed on text")
    assert [row[:3] for row in speeds.rows] == [
        (made_up, 1, name) for made_up in (0, MADE_UP) for name in ("resolve", exact.NAME)
    ]
    assert all(isinstance(cell, float) and cell > 0 for row in speeds.rows for cell in row[3:])
    ratios = [row[speeds.columns.index("ratio to ours")] for row in speeds.rows]
    assert ratios[0] == ratios[2] == 1.0


def test_exact_names_are_found_by_both_and_strangers_by_ours_alone(result: Result) -> None:
    planted = table(result, "Names planted in text")
    found = {(row[0], row[2], row[3]): row[4:] for row in planted.rows}
    for made_up in (0, MADE_UP):
        for name in ("resolve", exact.NAME):
            assert found[made_up, "exact", name][1] > 0.9
        ours, peer = (found[made_up, "unknown", name][1] for name in ("resolve", exact.NAME))
        assert ours > 0.5 > 0.1 > peer


def test_each_set_is_told_by_language_and_a_missing_one_is_said(result: Result) -> None:
    assert {row[0] for row in table(result, "Mentions in texts").rows} == set(passage_files())
    assert any("articles aren't there" in note for note in result.notes)
    assert len(table(result, "A stream through the command").rows) == 2
    assert table(result, "Texts").rows[0][0] == 0


def test_each_goal_of_the_track_has_its_figure(result: Result) -> None:
    wanted = [goal for goal in goals() if goal.track == "documents"]
    assert len(wanted) == 5
    stands_for = {"articles": "passages", "all": "eng", 1_000_000: MADE_UP}
    for goal in wanted:
        own = table(result, str(goal.table))
        assert goal.measure in own.columns[own.keys :] and "system" in own.columns[: own.keys]
        for key, value in goal.where.items():
            held = [row[own.columns.index(key)] for row in own.rows]
            assert stands_for.get(value, value) in held  # type: ignore[call-overload]


def test_names_that_are_not_found_stop_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tagging, "LEAST_FOUND", 1.1)
    texts.write(tmp_path / "a.jsonl", 0, 0.005)
    with pytest.raises(WrongAnswersError, match="names of the gazetteer are found"):
        tagging.tag(tagging.Tag(str(tmp_path / "a.jsonl"), texts.SHIPPED))


COUNT = """
import sys, time
for line in sys.stdin:
    print('"surface"' * line.count(' '))
time.sleep(.5)  # so that it is there when its memory is looked at
"""


def test_a_stream_is_watched_to_its_end() -> None:
    found = streamed(0.02, "lines", command=(sys.executable, "-c", COUNT))
    assert found.size >= 20_000 and found.output > found.mentions > 100
    assert found.held[-1][0] == found.size
    assert [size for size, _ in found.held] == sorted(size for size, _ in found.held)
    assert tables.memory([found]).rows[-1][0] == "lines"
    if Path("/proc/self/status").exists():
        assert found.held[-1][1] > 1


@pytest.mark.parametrize(
    ("code", "said"),
    [("import sys; sys.exit('no such thing')", "no such thing"), ("input()", "0 mentions where")],
)
def test_a_command_that_fails_or_finds_nothing_has_no_figures(code: str, said: str) -> None:
    with pytest.raises(WrongAnswersError, match=said):
        streamed(0.01, command=(sys.executable, "-c", code))
