"""Forms of one name share a group; names that a language tells apart never do by cognate forms.

A pair that a case calls different may still be met where a form is shared between two names
(James: mostly James, seldom Jacob): then at least one of the two stands for the group's name
less than half of the time.
"""

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from resolve.errors import TableError
from resolve.matching.keys import keys, skeleton
from resolve.names.fold import fold
from resolve.tables import read_table
from resolve.tables.cognates import CognateRow, groups

CASES = read_table(
    Path(__file__).parents[1] / "cases" / "cognates.tsv", ("left", "right", "same", "note")
)
HEADER = "name\tform\tlang\trelation\tweight\tsource\tnote\n"
UNLIKE = 50.0
"""Likeness of two skeletons in percent below which a note must say how they are one name."""

ROWS = [row for rows in groups().values() for row in rows]

SHARES: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
"""The names that a form stands for, whatever its case and marks, with their shares."""
for row in ROWS:
    own = SHARES[fold(row.form)]
    own[row.name] = max(row.weight, own.get(row.name, 0.0))


@pytest.mark.parametrize(("left", "right", "same", "note"), CASES)
def test_cases(left: str, right: str, same: str, note: str) -> None:
    first, second = SHARES[fold(left)], SHARES[fold(right)]
    common = first.keys() & second.keys()
    if same == "yes":
        assert common, f"{left} {first}, {right} {second} {note}"
    else:
        joined = [name for name in common if min(first[name], second[name]) >= 0.5]
        assert not joined, f"{left} and {right} are both {joined} {note}"


def test_a_form_that_stands_for_several_names_shares_itself_between_them() -> None:
    over = {form: own for form, own in SHARES.items() if sum(own.values()) > 1 + 1e-9}
    assert not over


def test_two_cognates_of_one_language_are_alike_or_a_note_says_why() -> None:
    languages: dict[tuple[str, str], list[CognateRow]] = defaultdict(list)
    for row in ROWS:
        if row.relation == "cognate":
            languages[row.name, row.lang].append(row)
    unexplained = [
        (left.name, left.form, right.form)
        for rows in languages.values()
        for left, right in combinations(rows, 2)
        if not (left.note or right.note) and unlike(left.form, right.form)
    ]
    assert not unexplained


def unlike(left: str, right: str) -> bool:
    """Whether two words of one script have neither a key nor most consonants in common."""
    a, b = fold(left), fold(right)
    if a[1] != b[1] or set(keys(*a)) & set(keys(*b)):
        return False
    return fuzz.ratio(skeleton(*a), skeleton(*b)) < UNLIKE


def test_every_name_is_written_in_two_ways_and_every_form_has_letters() -> None:
    alone = [name for name, rows in groups().items() if len({fold(r.form) for r in rows}) < 2]
    empty = [row for row in ROWS if not fold(row.form)[0]]
    assert not alone and not empty


BROKEN = {
    "a key in capitals": ("Nicholas\tMykola\tukr\tcognate\t1\teditor\t", "lower case"),
    "no form": ("nicholas\t\tukr\tcognate\t1\teditor\t", "without a form"),
    "two letters of a language": ("nicholas\tMykola\tuk\tcognate\t1\teditor\t", "ISO 639-3"),
    "another relation": ("nicholas\tMykola\tukr\tkin\t1\teditor\t", "relation 'kin'"),
    "no number": ("nicholas\tMykola\tukr\tcognate\toften\teditor\t", "weight 'often'"),
    "a share of nothing": ("nicholas\tMykola\tukr\tcognate\t0\teditor\t", "above 0"),
    "more than all": ("nicholas\tMykola\tukr\tcognate\t1.5\teditor\t", "at most 1"),
    "not a number": ("nicholas\tMykola\tukr\tcognate\tnan\teditor\t", "weight 'nan'"),
    "no source": ("nicholas\tMykola\tukr\tcognate\t1\t\t", "no source"),
    "a form twice": (
        "nicholas\tMykola\trus\tcognate\t1\teditor\t\nnicholas\tMykola\tukr\tcognate\t1\teditor\t",
        "twice",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_row_is_refused_with_file_and_line(name: str, tmp_path: Path) -> None:
    rows, what = BROKEN[name]
    path = tmp_path / "cognates.tsv"
    path.write_text(f"{HEADER}{rows}\n", encoding="utf-8")
    with pytest.raises(TableError, match=what) as caught:
        groups(path)
    assert f"cognates.tsv:{rows.count(chr(10)) + 2}:" in str(caught.value)


def test_a_users_own_table_is_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "cognates.tsv"
    path.write_text(f"{HEADER}amina\tAminata\twol\tcognate\t0.6\teditor\t\n", encoding="utf-8")
    assert groups(path)["amina"][0].weight == 0.6
