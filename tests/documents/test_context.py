"""What a document says beside a name: who is named in full, offices, countries, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gazetteer
from gazetteer import Entity, EntityName, Gazetteer
from resolve import Resolver
from resolve.decisions.decision import SETTLES
from resolve.documents import tagging
from resolve.documents.tagging import Tagger
from resolve.types import Decision, Outcome, Relation, Span, Term

LINK, REVIEW, NIL = Outcome.LINK, Outcome.REVIEW, Outcome.NIL
TOY = Resolver(gazetteer.load(Path(__file__).parents[1] / "toy"))
TAGGER = Tagger(TOY)


def actor(id: str, *names: str, **said) -> Entity:
    """An actor; a name after `~` is a by-name, one in capitals an acronym."""
    own = [
        EntityName(name.removeprefix("~"), kind=_kind(name, first=not k))
        for k, name in enumerate(names)
    ]
    return Entity(id, tuple(own), **{"prominence": 50, **said})


def _kind(name: str, *, first: bool) -> str:
    if name.startswith("~"):
        return "weak"
    return "acronym" if name.isupper() else "primary" if first else "alias"


def tagger(*actors: Entity, year: int | None = None) -> Tagger:
    ordered = tuple(sorted(actors, key=lambda entity: entity.id))
    return Tagger(Resolver(Gazetteer(name="small", entities=ordered)), year)


def spans(text: str, by: Tagger = TAGGER) -> dict[str, Span]:
    """The mentions of a text by their surface; of one that is there again, the last."""
    return {span.surface: span for span in by.tag(text).spans}


def decision(text: str, surface: str, by: Tagger = TAGGER) -> Decision:
    return spans(text, by)[surface].decision


def context(found: Decision) -> list[Term]:
    """What the document says for the likeliest actor."""
    return [term for term in found.candidates[0].terms if term.relation is Relation.CONTEXT]


# Who is named in full.


def test_a_surname_alone_leaves_it_open() -> None:
    assert decision("Haftar spoke in Tripoli.", "Haftar").outcome is REVIEW


@pytest.mark.parametrize(
    ("text", "surname", "id"),
    [
        ("Khalifa Haftar came. Haftar spoke.", "Haftar", "khalifa-haftar"),
        ("Saddam Haftar came. Haftar spoke.", "Haftar", "saddam-haftar"),
        ("Haftar in Tripoli\n\nSaddam Haftar came there.", "Haftar", "saddam-haftar"),
        ("Osama al-Haddad came. Al-Haddad spoke.", "Al-Haddad", "osama-al-haddad"),
        ("Ali Dbeibah came. Dbeibeh spoke.", "Dbeibeh", "ali-dbeibah"),
        ("جاء صدام حفتر إلى طرابلس. وقال حفتر ذلك.", "حفتر", "saddam-haftar"),
        ("كان علي الدبيبة هناك. والتقى بالدبيبة أمس.", "الدبيبة", "ali-dbeibah"),
        ("Saddam Haftar bu sabah geldi. Haftar'ın uçağı da indi.", "Haftar", "saddam-haftar"),
        ("HAFTAR AND SARRAJ MEET FOR TALKS\n\nSaddam Haftar came.", "HAFTAR", "saddam-haftar"),
    ],
)
def test_a_surname_means_who_is_named_in_full_before_or_after_it(
    text: str, surname: str, id: str
) -> None:
    found = decision(text, surname)
    assert (found.outcome, found.id) == (LINK, id), found.reason


@pytest.mark.parametrize(
    ("text", "surname"),
    [
        ("قال الدبيبة ذلك. وكان علي الدبيبة هناك.", "الدبيبة"),
        ("Haftar and his son Saddam Haftar came.", "Haftar"),
        ("Dbeibah and his nephew Ibrahim Dbeibah came.", "Dbeibah"),
    ],
)
def test_a_bare_surname_before_another_ones_full_name_is_left_open(text: str, surname: str) -> None:
    assert decision(text, surname).outcome is REVIEW


def test_the_reason_says_who_is_named() -> None:
    found = decision("Saddam Haftar came. Haftar spoke.", "Haftar")
    (term,) = context(found)
    assert term.note == "this document names Saddam Haftar" and term.bits >= SETTLES
    assert f"{term.note} +{term.bits:.1f}" in found.reason


def test_two_of_one_surname_stay_apart() -> None:
    found = decision("Khalifa Haftar met Saddam Haftar. Haftar spoke.", "Haftar")
    assert found.outcome is REVIEW
    assert [c.id for c in found.candidates[:2]] == ["khalifa-haftar", "saddam-haftar"]


def test_a_surname_in_a_headline_is_in_review_unless_the_text_tells_who_it_is() -> None:
    headline = "HAFTAR AND OTHERS MEET FOR LONG TALKS"
    assert decision(headline, "HAFTAR").outcome is REVIEW
    both = f"{headline}\n\nKhalifa Haftar met Saddam Haftar."
    assert decision(both, "HAFTAR").outcome is REVIEW
    assert decision(f"{headline}\n\nKhalifa Haftar came.", "HAFTAR").id == "khalifa-haftar"
    assert set(spans(headline)) == {"HAFTAR"}


def test_the_nearer_one_is_likelier() -> None:
    far, near = (
        "Saddam Haftar came. He ate. He slept. He woke.",
        "Khalifa Haftar came. Haftar spoke.",
    )
    beside = decision(f"Saddam Haftar came. {near}", "Haftar")
    away = decision(f"{far} {near}", "Haftar")
    assert beside.id == away.id == "khalifa-haftar"
    assert away.probability > beside.probability > 0.5
    swapped = far.replace("Saddam", "Khalifa"), near.replace("Khalifa", "Saddam")
    assert decision(" ".join(swapped), "Haftar").id == "saddam-haftar"


def test_a_full_name_is_its_own_whoever_else_is_named() -> None:
    text = "Khalifa Haftar came. Khalifa Haftar met Saddam Haftar. Haftar left."
    assert decision(text, "Saddam Haftar").id == "saddam-haftar"
    assert decision(text, "Saddam Haftar") == TAGGER.tag("Saddam Haftar").spans[0].decision


@pytest.mark.parametrize("text", ["Amelia {0} came. {0} spoke.", "{0} spoke.\n\nAmelia {0} came."])
@pytest.mark.parametrize("surname", ["Haftar", "Caldwell"])
def test_an_unknown_who_is_named_in_full_takes_the_surname(text: str, surname: str) -> None:
    found = spans(text.format(surname))
    full, short = found[f"Amelia {surname}"].decision, found[surname].decision
    assert full.outcome is short.outcome is NIL
    assert full.cluster == short.cluster == f"nil:amelia-{surname.lower()}"
    assert f"this document names Amelia {surname}" in short.reason


@pytest.mark.parametrize("name", ["Bashir Haftar", "Leila Haftar", "Salam Al-Namroush"])
def test_a_first_name_in_conflict_blocks_the_borrowing(name: str) -> None:
    text = f"Khalifa Haftar met Salah al-Namroush. Haftar spoke to Al-Namroush. {name} left."
    alone, beside = decision(f"{name} left.", name), decision(text, name)
    assert alone.outcome is beside.outcome is not LINK


def test_what_nobody_is_called_is_nobodys() -> None:
    found = decision("Khalifa Haftar came. Brown spoke to Caldwell.", "Caldwell")
    assert found.outcome is NIL and found.cluster == "nil:caldwell"


def test_a_misspelling_means_who_is_named() -> None:
    text = "Salah al-Namroush came. Al-Narmouish spoke."
    assert decision(text, "Al-Narmouish").id == "salah-al-namroush"


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Amelia Caldwell came. Amelia Caldwel left.", ["Amelia Caldwell", "Amelia Caldwel"]),
        ("Rachel Ondera came. He saw Rachel Onderra.", ["Rachel Ondera", "Rachel Onderra"]),
    ],
)
def test_variants_of_one_unknown_share_an_id(text: str, surfaces: list[str]) -> None:
    found = spans(text)
    clusters = {found[surface].decision.cluster for surface in surfaces}
    assert len(clusters) == 1 and None not in clusters


def test_two_unknown_have_two_ids() -> None:
    found = spans("Amelia Caldwell met Rachel Ondera. Then Ondera left Caldwell.")
    assert found["Caldwell"].decision.cluster == found["Amelia Caldwell"].decision.cluster
    assert found["Ondera"].decision.cluster == found["Rachel Ondera"].decision.cluster
    assert found["Ondera"].decision.cluster != found["Caldwell"].decision.cluster


# Offices.

OLD = actor("old", "Amr Zubayri", description="Minister of Defence 2010-2015", country="LY")
NEW = actor("new", "Basim Zubayri", description="Minister of Defence since 2016", country="LY")
NONE = actor("none", "Ziyad Zubayri", description="footballer", country="LY")
FAR = actor("far", "Nuh Zubayri", description="Minister of Defence since 2010", country="TN")


@pytest.mark.parametrize(
    ("year", "id"), [(2012, "old"), (2015, "old"), (2016, "new"), (2024, "new")]
)
@pytest.mark.parametrize(
    "text",
    [
        "The Defence Minister Zubayri spoke.",
        "The Defence Minister, Zubayri, spoke.",
        "Zubayri, the Defence Minister, spoke.",
    ],
)
def test_an_office_is_its_holders_at_the_year_of_the_text(
    text: str, year: int | None, id: str
) -> None:
    found = decision(text, "Zubayri", tagger(OLD, NEW, NONE, year=year))
    assert found.candidates[0].id == id
    notes = [term.note for term in context(found)]
    assert any(note.startswith("defence minister 201") for note in notes)
    assert notes[0] in found.reason


def test_an_office_speaks_against_who_never_held_it() -> None:
    found = decision("The Defence Minister Zubayri spoke.", "Zubayri", tagger(NEW, NONE))
    assert (found.outcome, found.id) == (LINK, "new")
    by = tagger(NEW, NONE)
    assert decision("Zubayri spoke.", "Zubayri", by).outcome is REVIEW


def test_a_nationality_in_a_title_speaks_for_its_people() -> None:
    by = tagger(NEW, FAR)
    for nation, id in (("Libyan", "new"), ("Tunisian", "far")):
        found = decision(f"The {nation} Defence Minister Zubayri spoke.", "Zubayri", by)
        assert (found.outcome, found.id) == (LINK, id), found.reason
        (own,) = [term for term in context(found) if nation in term.note]
        assert own.bits > 1 and own.note in found.reason


def test_a_title_in_another_language_is_the_same_office() -> None:
    found = decision("Savunma Bakanı Akar geldi.", "Akar")
    assert found.id == "hulusi-akar"
    assert "defence minister 2018-2023" in [term.note for term in context(found)]


def test_without_a_title_no_office_is_spoken_of() -> None:
    assert context(decision("They were there and saw Akar.", "Akar")) == []


def test_without_a_year_whoever_held_an_office_may_be_meant() -> None:
    found = decision("The Defence Minister Zubayri spoke.", "Zubayri", tagger(OLD, NEW, NONE))
    shares = {candidate.id: candidate.probability for candidate in found.candidates}
    assert min(shares["old"], shares["new"]) > 10 * shares["none"]


# Countries.

HERE = actor("here", "Qasrat", kind="place", country="LY")
THERE = actor("there", "Qasrat", kind="place", country="TN")
LIBYA = actor("libya", "Libya", kind="place", country="LY")
TUNISIA = actor("tunisia", "Tunisia", kind="place", country="TN")


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("He went to Qasrat in Libya.", "here"),
        ("He went to Qasrat in Tunisia.", "there"),
        ("The Tunisian mayor went to Qasrat.", "there"),
        ("The Libyan mayor went to Qasrat.", "here"),
    ],
)
def test_the_country_around_a_name_tells_whose_it_is(text: str, id: str) -> None:
    found = decision(text, "Qasrat", tagger(HERE, THERE, LIBYA, TUNISIA))
    assert (found.outcome, found.id) == (LINK, id), found.reason


def test_without_a_country_nobody_knows() -> None:
    found = decision("He went to Qasrat.", "Qasrat", tagger(HERE, THERE, LIBYA, TUNISIA))
    assert found.outcome is REVIEW and context(found) == []


def test_the_country_against_an_actor_is_among_its_terms() -> None:
    mayor = actor("mayor", "Hatim Qasrat", country="TN")
    by = tagger(actor("other", "Zaki Qasrat", country="LY"), mayor, LIBYA, TUNISIA)
    found = decision("In Libya and in Tunisia he saw Qasrat.", "Qasrat", by)
    assert found.outcome is REVIEW
    notes = {
        c.id: [t.note for t in c.terms if t.relation is Relation.CONTEXT] for c in found.candidates
    }
    assert any(note.startswith("the text speaks") for own in notes.values() for note in own)


# By-names, short forms, small letters.

MARSHAL = actor("haftar", "Khalifa Haftar", "~Abu Saddam", country="LY")
SMALL = tagger(MARSHAL, LIBYA, TUNISIA)


def test_a_by_name_alone_is_nobodys_for_sure() -> None:
    assert decision("He saw Abu Saddam there.", "Abu Saddam", SMALL).outcome is REVIEW


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Khalifa Haftar came. They call him Abu Saddam.", "this document names Khalifa Haftar"),
        ("They call him Abu Saddam.\n\nKhalifa Haftar came.", "this document names Khalifa Haftar"),
        ("In Libya he saw Abu Saddam.", "the text speaks of LY"),
        ("He saw the Libyan Abu Saddam.", "the text speaks of LY"),
    ],
)
def test_a_by_name_is_settled_by_the_documents_word(text: str, note: str) -> None:
    found = decision(text, "Abu Saddam", SMALL)
    assert (found.outcome, found.id) == (LINK, "haftar"), found.reason
    assert sum(term.bits for term in context(found)) >= SETTLES
    assert note in [term.note for term in context(found)]
    assert note in found.reason


def test_another_country_settles_no_by_name() -> None:
    assert decision("In Tunisia he saw Abu Saddam.", "Abu Saddam", SMALL).outcome is not LINK


@pytest.mark.parametrize(
    ("text", "short", "cluster"),
    [
        ("The Government of National Accord (Gov) met. The {0} said so.", "GOV", None),
        ("The Government of National Accord (GVT) met. The {0} said so.", "GVT", ""),
        ("The {0} met. The Government of National Accord [{0}] said so.", "GNAC", ""),
        ("أعلنت حكومة الوفاق الوطني (وفاق) ذلك وقالت {0} ذلك", "وفاق", ""),
        ("أعلنت حكومة الوفاق الوطني («وفاق») ذلك ورحبت ب{0} أمس", "وفاق", ""),
        (
            "The Nairobi University Press (NUP) met. {0} left.",
            "NUP",
            "nil:nairobi-university-press",
        ),
        ("أعلنت شركة الواحة للنفط (واحة) ذلك. وقالت {0} ذلك.", "واحة", "nil:shrkh-lwhh-llnft"),
    ],
)
def test_a_short_form_in_brackets_stands_for_what_is_before_it(
    text: str, short: str, cluster: str | None
) -> None:
    own = [span for span in TAGGER.tag(text.format(short)).spans if span.surface == short]
    told = [span for span in own if span.decision.reason.startswith("stands for ")]
    if cluster is None:
        assert told == []  # no letters of it, or not in capitals
        return
    assert len(told) == 2
    for span in told:
        expected = None if cluster else "government-of-national-accord"
        assert (span.decision.id, span.decision.cluster or "") == (expected, cluster)


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("Turkey said so. Relations between turkey and the UN are good.", True),
        ("Turkey said so. He went to turkey.", True),
        ("Turkey said so. He ate a turkey.", False),
        ("Turkey said so. He went to turkey and ate the turkey.", False),
        ("He went to turkey.", False),
    ],
)
def test_a_place_may_be_written_small_where_the_text_has_it_with_its_capital(
    text: str, small: bool
) -> None:
    assert ("turkey" in spans(text)) is small
    if small:
        assert decision(text, "turkey").id == "turkiye"


def test_a_shape_speaks_against_an_actor_of_another_kind() -> None:
    bank = actor("bank", "Zubayri Bank", kind="organization", prominence=900)
    by = tagger(bank, actor("man", "Amr Sahli"))
    found = decision("They met Abu Zubayri there.", "Abu Zubayri", by)
    (candidate,) = found.candidates
    assert found.outcome is NIL and candidate.probability < 0.01
    (against,) = [term for term in candidate.terms if term.relation is Relation.CONTEXT]
    assert against.bits < 0 and against.note == "the shape is a person's"
    assert decision("He saw Zubayri Bank there.", "Zubayri Bank", by).id == "bank"


def test_a_places_name_is_in_doubt_where_the_text_names_an_unknown_by_it() -> None:
    by = tagger(actor("qasrat", "Qasrat", kind="place"), LIBYA)
    assert decision("He was in Qasrat. Qasrat is old.", "Qasrat", by).outcome is LINK
    found = decision("He saw Michael Qasrat there. Qasrat, who had won, left.", "Qasrat", by)
    assert found.outcome is not LINK


# Any document.

NAMES = ["Khalifa Haftar", "Saddam Haftar", "Haftar", "Al-Haddad", "General", "Amelia Haftar"]
OTHERS = [
    "Turkish",
    "Türkiye",
    "Prime Minister",
    "Dbeibeh",
    "GNA",
    "UMH",
    "Akar",
    "حفتر",
    "الدبيبة",
]
SIGNS = [".", ",", "(", ")", "\n\n", "he saw", "in", "Government of National Accord"]
documents = st.lists(st.sampled_from([*NAMES, *OTHERS, *SIGNS]), max_size=14).map(" ".join)


@settings(deadline=None)
@given(documents)
def test_what_a_document_says_is_told_and_probabilities_are_ones(text: str) -> None:
    for span in TAGGER.tag(text).spans:
        found = span.decision
        assert 0 <= found.probability <= 1 + 1e-9
        assert sum(candidate.probability for candidate in found.candidates) <= 1 + 1e-9
        shares = [c.probability for c in found.candidates]
        assert found.outcome is not LINK or found.probability == max(shares) >= 0.95
        terms = [t for c in found.candidates for t in c.terms if t.relation is Relation.CONTEXT]
        assert all(term.note for term in terms)
        if found.outcome is LINK:
            assert all(f"{t.note} {t.bits:+.1f}" in found.reason for t in context(found))
        if found.outcome is NIL:
            assert found.cluster and found.id is found.name is None
        else:
            assert found.cluster is None and found.candidates[0].id == found.id


def test_what_a_document_says_again_is_not_weighed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "Libyan Prime Minister Dbeibah spoke to Haftar. Bashir Haftar came. The GNU of Libya spoke."
    )
    rounds: list[tuple[int, int]] = []  # names that a document says something of, and weighed again
    told: list[int] = []
    reweigh = TOY.reweigh_many

    def watched(resolver, asked, before):
        found = real(resolver, asked, before)
        rounds.append((len(found), told[-1]))
        return found

    def counted(asked):
        told.append(len(asked))
        return reweigh(asked)

    real = tagging.decided
    usual = TAGGER.tag(text)
    monkeypatch.setattr(tagging, "decided", watched)
    monkeypatch.setattr(TOY, "reweigh_many", counted)
    assert TAGGER.tag(text) == usual
    (first, weighed), (second, again) = rounds
    assert weighed == first > 0
    assert second > again
