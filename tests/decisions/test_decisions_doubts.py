"""Letters that agree don't make one actor of two: what leaves a link to a person."""

import pytest

from gazetteer import Entity, EntityName, Gazetteer
from resolve import Outcome, Resolver
from resolve.types import Decision, Kind


def decided(mention: str, name: str, kind: Kind = "person") -> Decision:
    actor = Entity(id="own", kind=kind, names=(EntityName(name),))
    return Resolver(Gazetteer(name="one", entities=(actor,))).resolve(mention)


@pytest.mark.parametrize(
    ("mention", "name", "reason"),
    [
        ("Robert Kennedy Jr.", "Robert Kennedy", "Jr: another generation?"),
        ("John Doe Jr.", "John Doe Sr.", "Jr: another generation?"),
        ("Henri Dumont III", "Henri Dumont II", "II: another generation?"),
        ("Jean Dupont", "Jeanne Dupont", "Jean and Jeanne: a man and a woman?"),
        ("Cemile Yıldız", "Cemil Yıldız", "Cemile and Cemil: a man and a woman?"),
        ("André Martin", "Andrée Martin", "André and Andrée: a man and a woman?"),
        ("Aleksandr Ivanov", "Aleksandra Ivanova", "Aleksandr and Aleksandra"),
        ("Elizaveta", "Anna al-Sissi", "Elizaveta and Sissi are one given name"),
        ("김정일", "김정은", "sound alike, at most"),
        ("Fathi Bashagha and Aguila Saleh", "Fathi Bashagha", "more than Fathi Bashagha"),
        ("Fathi Bashagha / Aguila Saleh", "Fathi Bashagha", "more than Fathi Bashagha"),
        ("Fathi Bashagha's son", "Fathi Bashagha", "son: beside Fathi Bashagha"),
        ("Fathi Bashagha Street", "Fathi Bashagha", "Street: beside Fathi Bashagha"),
    ],
)
def test_what_is_doubtful_is_left_to_a_person(mention: str, name: str, reason: str) -> None:
    found = decided(mention, name)
    assert found.outcome is Outcome.REVIEW and found.id == "own"
    assert reason in found.reason


def test_a_given_name_is_no_place_that_is_spelled_nearly_so() -> None:
    found = decided("Grace", "Grèce", "place")
    assert found.outcome is Outcome.REVIEW and found.reason == "Grace for Grèce: a person's name?"


@pytest.mark.parametrize(
    ("mention", "name", "kind"),
    [
        ("Robert Kennedy Jr.", "Robert Kennedy Jr", "person"),
        ("Jeanne Dupont", "Jeanne Dupont", "person"),
        ("Hamza Bakoush", "Hamzah Bakoush", "person"),
        ("Philipp Moreau", "Philippe Moreau", "person"),
        ("Nikolai Azarov", "Mykola Azarov", "person"),
        ("김정은", "김정은", "person"),
        ("Anders And Duckling", "Anders And Duckling", "person"),
        ("Grèce", "Grèce", "place"),
        ("Zlitan", "Zliten", "place"),
    ],
)
def test_what_is_not_links(mention: str, name: str, kind: Kind) -> None:
    assert decided(mention, name, kind).outcome is Outcome.LINK
