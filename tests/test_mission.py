"""What the project is for, on the gazetteer that ships: who each mention is, from the name alone.

The rows stand in `cases/mentions.tsv` (mentions of real articles, with the actor that each
means) and `cases/no_link.tsv` (names that look alike and aren't one actor's).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

import gazetteer
from gazetteer import Gazetteer
from resolve import Resolver
from resolve.types import Outcome

CASES = Path(__file__).with_name("cases")
NAMROUSH = "Namroush|Al-Namroush|Narmouish|Al-Narmouish|النمروس|النمروش|Namrouche|Nemruş"
DBEIBAH = "Dbeibah|Dbeibeh|Dabaiba|Debeibah|الدبيبة|Dibeybe"


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


MENTIONS = rows("mentions.tsv")


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


def without(spellings: Iterable[tuple[str, str]]) -> Gazetteer:
    """The gazetteer that ships, but for these spellings of these actors."""
    left_out = set(spellings)
    shipped = gazetteer.load()
    entities = []
    for entity in shipped.entities:
        names = tuple(n for n in entity.names if (entity.id, n.text) not in left_out)
        if names:
            entities.append(msgspec.structs.replace(entity, names=names))
    return Gazetteer(name="without", entities=tuple(entities))


@pytest.mark.parametrize("row", MENTIONS, ids=lambda row: row["mention"])
def test_each_mention_means_its_actor(row: dict[str, str], resolver: Resolver) -> None:
    decision = resolver.resolve(row["mention"])
    found = [candidate.id for candidate in decision.candidates]
    if row["expected"] == "LINK-IN-DOCUMENT":
        # The document settles it; the name alone must at least bring the right actor forward.
        assert decision.outcome is not Outcome.NIL
        assert (
            row["id"] in found if row["mention"] == "Ministry of Defense" else found[0] == row["id"]
        )
        assert decision.outcome is Outcome.REVIEW or decision.id == row["id"]
    elif row["expected"] == "NIL":
        assert (decision.outcome, decision.id) == (Outcome.NIL, None)
        assert decision.cluster is not None
    else:
        assert (decision.outcome, decision.id) == (row["expected"], row["id"])


def test_no_mention_needs_its_own_spelling_in_the_gazetteer() -> None:
    """Held out, each in turn: the actor is still found, and nothing else is linked.

    Where all of an actor's names of one script are the spelling itself, it is found by another
    script; an acronym can't be found without being listed.
    """
    shipped = gazetteer.load()
    for row in MENTIONS:
        if row["expected"] == "NIL":
            continue
        entity = shipped.get(row["id"])
        listed = [n for n in entity.names if n.text.casefold() == row["mention"].casefold()]
        if not listed or all(n.kind == "acronym" for n in listed):
            continue
        held_out = without((entity.id, name.text) for name in listed)
        decision = Resolver(held_out).resolve(row["mention"])
        assert decision.outcome is not Outcome.LINK or decision.id == row["id"], row["mention"]
        assert row["id"] in [c.id for c in decision.candidates], row["mention"]


@pytest.mark.parametrize("row", rows("no_link.tsv"), ids=lambda row: row["mention"])
def test_names_that_look_alike_are_not_merged(row: dict[str, str], resolver: Resolver) -> None:
    decision = resolver.resolve(row["mention"])
    assert not (decision.outcome is Outcome.LINK and decision.id == row["not"])


@pytest.mark.parametrize("name", NAMROUSH.split("|"))
def test_the_only_actor_of_a_rare_name_is_linked(name: str, resolver: Resolver) -> None:
    decision = resolver.resolve(name)
    assert (decision.outcome, decision.id) == (Outcome.LINK, "salah-al-namroush")


@pytest.mark.parametrize("name", DBEIBAH.split("|"))
def test_a_shared_surname_asks_for_review_the_best_known_first(
    name: str, resolver: Resolver
) -> None:
    alone, full = resolver.resolve_many([name, f"Abdul Hamid {name}"])
    assert (alone.outcome, alone.id) == (Outcome.REVIEW, "abdul-hamid-dbeibah")
    assert (full.outcome, full.id) == (Outcome.LINK, "abdul-hamid-dbeibah")


@pytest.mark.parametrize("turned", [False, True])
def test_unknown_variants_share_one_provisional_id(turned: bool) -> None:
    names = [*NAMROUSH.split("|"), *DBEIBAH.split("|")]
    names = names[::-1] if turned else names
    decisions = Resolver(Gazetteer.empty()).resolve_many(names)
    clusters = {d.mention.text: d.cluster for d in decisions}
    assert len({clusters[name] for name in NAMROUSH.split("|")}) == 1
    assert len({clusters[name] for name in DBEIBAH.split("|")}) == 1
    assert len(set(clusters.values())) == 2
