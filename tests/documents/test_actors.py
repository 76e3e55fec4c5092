"""Who is in many documents: each mention is counted once, and the unknown across documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gazetteer
from resolve import Document, Mention, Outcome, Resolver, Span
from resolve.documents.actors import ActorRow, Actors, Place, Variant, variant
from resolve.types import Decision

TOY = Path(__file__).parents[1] / "toy"
RESOLVER = Resolver(gazetteer.load(TOY))


def span(surface: str, start: int, outcome: str, id: str, *, repeated: bool = False) -> Span:
    """A mention of an actor, or of the unknown of a cluster."""
    actor, cluster = (None, id) if outcome == "NIL" else (id, None)
    name = None if actor is None else actor.replace("-", " ").title()
    decision = Decision(
        Mention(surface), Outcome(outcome), actor, name, None, 0.9, 9.0, "", (), cluster
    )
    return Span(start, start + len(surface), surface, "person", decision, repeated=repeated)


def document(id: str, *spans: Span, offset: int = 0) -> Document:
    return Document(id, "x" * 200, spans, offset=offset)


def gathered(*documents: Document) -> list[ActorRow]:
    actors = Actors(RESOLVER)
    for each in documents:
        actors.add(each)
    return actors.rows()


ONE = document(
    "one",
    span("Khalifa Haftar", 0, "LINK", "khalifa-haftar"),
    span("Haftar", 20, "LINK", "khalifa-haftar"),
    span("Haftar", 40, "LINK", "khalifa-haftar", repeated=True),
    span("Salam Al-Namroush", 60, "REVIEW", "salah-al-namroush"),
    span("Amelia Caldwell", 80, "NIL", "nil:amelia-caldwell"),
    span("Caldwell", 100, "NIL", "nil:amelia-caldwell"),
)
TWO = document(
    "two",
    span("Haftar", 5, "LINK", "khalifa-haftar"),
    span("Rachel Caldwell", 20, "NIL", "nil:rachel-caldwell"),
    span("Caldwell", 40, "NIL", "nil:rachel-caldwell"),
    span("Amelia\n Caldwell", 60, "NIL", "nil:amelia-caldwell"),
    span("Al-Namroush", 80, "LINK", "salah-al-namroush"),
)


def test_an_actor_is_counted_over_all_documents() -> None:
    first = gathered(ONE, TWO)[0]
    assert first == ActorRow(
        id="khalifa-haftar",
        name="Khalifa Haftar",
        kind="person",
        decision=Outcome.LINK,
        documents=2,
        mentions=3,
        repeated=1,
        variants=(Variant("Haftar", 2), Variant("Khalifa Haftar", 1)),
        first=Place("one", 0),
        last=Place("two", 5),
    )


def test_links_come_first_then_reviews_then_the_unknown() -> None:
    rows = gathered(ONE, TWO)
    assert [(row.decision.value, row.id) for row in rows] == [
        ("LINK", "khalifa-haftar"),
        ("LINK", "salah-al-namroush"),
        ("REVIEW", "salah-al-namroush"),
        ("NIL", "nil:amelia-caldwell"),
        ("NIL", "nil:rachel-caldwell"),
    ]


def test_a_surname_follows_the_full_name_of_its_document() -> None:
    amelia, rachel = gathered(ONE, TWO)[-2:]
    assert amelia.variants == (Variant("Amelia Caldwell", 2), Variant("Caldwell", 1))
    assert rachel.variants == (Variant("Caldwell", 1), Variant("Rachel Caldwell", 1))
    assert (amelia.documents, amelia.name) == (2, "Amelia Caldwell")


def test_variants_of_one_unknown_share_an_id_across_documents() -> None:
    rows = gathered(
        document("one", span("Nadia Ferjani", 0, "NIL", "nil:nadia-ferjani")),
        document("two", span("نادية الفرجاني", 0, "NIL", "nil:ndyh")),
        document("two", span("Nadia al-Ferjany", 9, "NIL", "nil:nadia-al-ferjany")),
        document("two", span("Walid Trabelsi", 0, "NIL", "nil:walid-trabelsi")),
    )
    assert [(row.id, row.documents, row.mentions) for row in rows] == [
        ("nil:nadia-al-ferjany", 3, 3),
        ("nil:walid-trabelsi", 1, 1),
    ]


def test_two_spellings_in_one_document_are_in_one_document() -> None:
    (row,) = gathered(
        document(
            "one",
            span("Nadia Ferjani", 0, "NIL", "nil:nadia-ferjani"),
            span("نادية الفرجاني", 30, "NIL", "nil:ndyh"),
        )
    )
    assert (row.documents, row.mentions) == (1, 2)


def test_the_parts_of_a_document_are_one_and_two_of_an_id_are_two() -> None:
    haftar = span("Haftar", 7, "LINK", "khalifa-haftar")
    (parts,) = gathered(document("a", haftar), document("a", haftar, offset=200))
    assert (parts.documents, parts.mentions, parts.last) == (1, 2, Place("a", 207))
    (two,) = gathered(document("a", haftar), document("a", haftar))
    assert (two.documents, two.mentions) == (2, 2)


def test_what_stands_in_repeated_passages_alone_is_kept() -> None:
    (row,) = gathered(document("a", span("Haftar", 0, "LINK", "khalifa-haftar", repeated=True)))
    assert (row.mentions, row.repeated, row.variants) == (0, 1, (Variant("Haftar", 0),))


def test_nothing_gives_no_rows() -> None:
    assert gathered() == gathered(document("a")) == []


SURFACES = ("Amelia Caldwell", "AMELIA CALDWELL", "Caldwell", "أميليا كالدويل", "Haftar", "???")
mentions = st.builds(
    span,
    st.sampled_from(SURFACES),
    st.integers(0, 9),
    st.sampled_from(["LINK", "REVIEW", "NIL"]),
    st.sampled_from(["nil:a", "nil:b"]),
    repeated=st.booleans(),
)


@given(st.data())
def test_the_order_of_documents_matters_to_first_and_last_alone(data: st.DataObject) -> None:
    spans = st.lists(mentions, max_size=5)
    documents = [document(str(k), *data.draw(spans)) for k in range(data.draw(st.integers(0, 4)))]
    rows = gathered(*documents)
    shuffled = gathered(*data.draw(st.permutations(documents)))
    nowhere = Place("", 0)
    assert [row._replace(first=nowhere, last=nowhere) for row in rows] == [
        row._replace(first=nowhere, last=nowhere) for row in shuffled
    ]
    every = [each for one in documents for each in one.spans]
    assert sum(row.mentions + row.repeated for row in rows) == len(every)
    assert sum(row.repeated for row in rows) == sum(each.repeated for each in every)
    assert all(sum(v.mentions for v in row.variants) == row.mentions for row in rows)
    assert len({(row.decision, row.id) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("surface", "clitic", "mention", "written"),
    [
        ("Haftar", "", "Haftar", "Haftar"),
        ("Khalifa \r\n Haftar", "", "Khalifa \r\n Haftar", "Khalifa Haftar"),
        ("Haftar", "", "General Haftar", "Haftar"),
        ("Dbeibe", "'yle", "Dbeibe'yle", "Dbeibe"),
        ("آكار", "و", "وآكار", "آكار"),
        ("لقوات المسلحة", "ل", "القوات المسلحة", "القوات المسلحة"),
        ("Al | Haddad", "", "Al | Haddad", "Al Haddad"),
    ],
)
def test_a_variant_is_the_name_alone(surface, clitic, mention, written) -> None:
    decision = Decision(Mention(mention), Outcome.NIL, None, None, None, 0.9, None, "", ())
    one = Span(0, len(surface), surface, "person", decision, clitic=clitic)
    assert variant(one) == written
