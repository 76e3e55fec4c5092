"""The Libyan X is X, if X is Libya's: what the gazetteer knows need not be part of a name."""

import pytest

from gazetteer import load
from resolve import Resolver
from resolve.matching.form import Form
from resolve.matching.lands import land, packed
from resolve.matching.translations import words_of
from resolve.tables import read_table
from resolve.types import Outcome

TABLE = read_table("words/lands.tsv", ("concept", "country", "source", "note"))
ROWS = """id,name,kind,country
authority,Administrative Control Authority,organization,LY
hospital,Tripoli Central Hospital,organization,LY
oil,National Oil Corporation,organization,LY
tripoli,Tripoli,place,LY
tripoli-lebanon,Tripoli,place,LB
council,Council of Elders,organization,
"""


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    path = tmp_path_factory.mktemp("lands") / "list.csv"
    path.write_text(ROWS, encoding="utf-8")
    return Resolver(load(path))


@pytest.mark.parametrize(
    ("name", "outcome", "id"),
    [
        ("Libyan Administrative Control Authority", Outcome.LINK, "authority"),
        ("هيئة الرقابة الإدارية الليبية", Outcome.LINK, "authority"),
        ("Tripoli, Libya", Outcome.LINK, "tripoli"),
        ("Tripoli (Lebanon)", Outcome.LINK, "tripoli-lebanon"),
        ("Tunisian National Oil Corporation", Outcome.REVIEW, "oil"),  # another state's
        ("Libyan Central Hospital", Outcome.NIL, None),  # no Tripoli: another word is missing
        ("Libyan Council of Elders", Outcome.REVIEW, "council"),  # nobody knows of which state
    ],
)
def test_a_state_need_not_be_part_of_a_name(
    resolver: Resolver, name: str, outcome: Outcome, id: str | None
) -> None:
    decision = resolver.resolve(name)
    assert (decision.outcome, decision.id) == (outcome, id)
    best = decision.candidates[0]
    assert best.bits == pytest.approx(sum(term.bits for term in best.terms), abs=1e-6)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_every_concept_of_the_table_has_words_of_its_state(row: tuple[str, ...]) -> None:
    assert packed(row[1]) in {land(form) for form in words_of(row[0])}


def test_other_words_are_of_no_state() -> None:
    assert land(Form("oil", "Latn")) == land(Form("444", "Zyyy")) == 0
