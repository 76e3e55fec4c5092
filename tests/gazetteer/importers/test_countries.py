"""Countries are told from the names that the lists write, and each code is a country's."""

import pytest

import gazetteer
from gazetteer.importers.countries import _codes, country, home


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Libya", "LY"),
        ("LIBYA", "LY"),
        (" State of  Libya", "LY"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Côte d\u2019Ivoire", "CI"),
        ("Trinidad & Tobago", "TT"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Democratic Republic of the Congo", "CD"),
        ("Palestinian", "PS"),
        ("SYR", "SY"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_a_country_is_told_by_its_name(name: str, code: str) -> None:
    assert country(name) == code


def test_every_code_is_that_of_a_country_of_the_shipped_gazetteer() -> None:
    known = {actor.country for actor in gazetteer.load() if actor.kind == "place"}
    assert set(_codes().values()) <= known


def test_home_is_the_nationality_else_where_all_addresses_are() -> None:
    assert home(["", "EG"], ["LY"]) == "EG"
    assert home([], ["LY", "", "LY"]) == "LY"
    assert home([], ["LY", "TN"]) == ""
    assert home([], []) == ""
