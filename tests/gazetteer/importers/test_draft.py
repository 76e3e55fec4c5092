"""A draft tidies and checks what a record says; what breaks a rule is rejected alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Entity, RecordError
from gazetteer.entity import NAME_KINDS
from gazetteer.importers.draft import Draft
from gazetteer.importers.rejects import SHOWN, Rejects
from gazetteer.importers.source import Source
from gazetteer.package import check

LIST = Source("lists/list.csv.gz")


def draft(id: str = "un:1", rejects: Rejects | None = None) -> Draft:
    return Draft(id, LIST, 7, Rejects() if rejects is None else rejects)


def entity(draft: Draft) -> Entity:
    found = draft.entity()
    assert found is not None
    return found


def test_names_are_tidied_and_known_by_language_script_and_source() -> None:
    one = draft()
    one.name(" \u200fخليفة  حفتر ", "ar", "primary")
    one.name("Yas\u0327ar Güler", "tr-TR")
    one.name("")
    found = entity(one)
    assert [(n.text, n.lang, n.script, n.kind, n.source) for n in found.names] == [
        ("خليفة حفتر", "ara", "Arab", "primary", "list.csv"),
        ("Yaşar Güler", "tur", "Latn", "alias", "list.csv"),
    ]
    assert (found.id, found.kind, found.source) == ("un:1", "person", "list.csv")


def test_a_name_given_twice_is_one_of_the_stronger_kind() -> None:
    one = draft()
    one.name("Ali", kind="weak", note="seen 2020")
    one.name("Ali", kind="former")
    one.name("Ali", "en", "weak")
    assert [(n.lang, n.kind, n.note) for n in entity(one).names] == [
        ("und", "former", "seen 2020"),
        ("eng", "weak", ""),
    ]


def test_one_name_a_language_is_primary() -> None:
    one = draft()
    one.name("Ali", "en", "primary")
    one.name("Aly", "en", "primary")
    one.name("علي", "ar", "primary")
    assert [n.kind for n in entity(one).names] == ["primary", "alias", "primary"]


def test_the_first_alias_is_primary_where_none_is_but_never_a_weak_name() -> None:
    one = draft()
    one.name("Abu Ali", kind="weak")
    one.name("Ali Hassan")
    one.name("Ali Hasan")
    assert [n.kind for n in entity(one).names] == ["weak", "primary", "alias"]
    one = draft()
    one.name("Abu Ali", kind="weak")
    assert [n.kind for n in entity(one).names] == ["weak"]


def test_the_first_fact_holds_and_a_wrong_one_is_rejected() -> None:
    rejects = Rejects()
    one = draft(rejects=rejects)
    one.name("Ali")
    one.fact(country="Libya")
    one.fact(country="ly", wikidata="Q12", prominence=50)
    one.fact(country="TN", wikidata="12", prominence="5000", note=" of  Tripoli ")
    one.fact(wikidata="x")
    found = entity(one)
    assert (found.country, found.wikidata, found.prominence) == ("LY", "Q12", 50)
    assert found.note == "of Tripoli"
    assert rejects.first == [
        "lists/list.csv.gz:7: 'un:1': country 'LIBYA' "
        "(two letters as in ISO 3166-1, such as LY; or empty)"
    ]


@pytest.mark.parametrize(
    ("id", "names", "what"),
    [
        ("two words", ["Ali"], "'two words': is no id"),
        ("", ["Ali"], "'': is no id"),
        ("a", [], "'a': has no name that can be used"),
        ("a", ["A\x00li"], "'a': name 'A\\x00li': control"),
        ("a", ["A\ud800"], "'a': name 'A\\ud800': control"),
    ],
)
def test_an_unusable_actor_is_a_reject(id: str, names: list[str], what: str) -> None:
    rejects = Rejects()
    one = draft(id, rejects)
    for name in names:
        one.name(name)
    assert one.entity() is None
    assert rejects.first[0].startswith(f"lists/list.csv.gz:7: {what}")
    with pytest.raises(RecordError):
        two = draft(id, Rejects(strict=True))
        for name in names:
            two.name(name)
        two.entity()


def test_every_reject_is_counted_and_the_first_are_kept() -> None:
    rejects = Rejects()
    for line in range(SHOWN + 5):
        rejects.reject(LIST, line, "no name")
    assert (rejects.count, len(rejects.first)) == (SHOWN + 5, SHOWN)


text = st.text(max_size=12)
names = st.tuples(
    text, st.sampled_from(["", "ar", "en", "xx-y", "zzz"]), st.sampled_from(NAME_KINDS)
)


@given(text, st.lists(names), text, text)
def test_whatever_a_record_says_its_actor_obeys_the_rules(
    id: str, names: list[tuple[str, str, str]], country: str, note: str
) -> None:
    one = draft(id or "a")
    for name, lang, kind in names:
        one.name(name, lang, kind, note)  # type: ignore[arg-type]
    one.fact(country=country, wikidata=country, description=note, note=note, prominence=country)
    found = one.entity()
    if found is not None:
        check("drafts", [found])
