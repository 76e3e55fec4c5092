"""Actors as SKOS concepts in N-Triples, the names as labels, by the terms of the W3C's standard.

A concept is `urn:resolve:ID`. A primary name is its prefLabel, a misspelling a hiddenLabel, any
other an altLabel; SKOS allows a text one of them a language, so the first of these holds. A label's
language tag is BCP 47, with the script where it isn't the usual one of the language (`ar-Latn`).
What SKOS has no property for is left out: kind, country, prominence, sources.

Terms are written by rdflib, tags by langcodes (extra `formats`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import IO, TYPE_CHECKING, Final

from gazetteer.entity import Entity, EntityName, NameKind
from gazetteer.errors import MissingExtraError
from gazetteer.importers.languages import UNKNOWN
from gazetteer.script import UNDETERMINED

if TYPE_CHECKING:
    from rdflib import Literal

__all__ = ["BASE", "write"]

BASE: Final = "urn:resolve:"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
WIKIDATA: Final = "http://www.wikidata.org/entity/"

LABELS: Final[dict[NameKind, str]] = {"primary": "prefLabel", "misspelling": "hiddenLabel"}
ORDER: Final = ("prefLabel", "altLabel", "hiddenLabel")

COMPOSITE: Final = {
    "Jpan": ("Hani", "Hira", "Kana"),
    "Kore": ("Hang", "Hani"),
    "Hans": ("Hani",),
    "Hant": ("Hani",),
}
"""The scripts of ISO 15924 that are written with letters of several others."""


def write(entities: Iterable[Entity], stream: IO[bytes]) -> int:
    """Write the triples of each actor; how many actors they were.

    Raises MissingExtraError where rdflib or langcodes is missing.
    """
    literal = _literal()
    count = 0
    for entity in entities:
        count += 1
        subject = f"<{BASE}{entity.id}>"
        for predicate, object in _properties(entity, literal):
            stream.write(f"{subject} <{predicate}> {object} .\n".encode())
    return count


def _properties(entity: Entity, literal: Callable[..., Literal]) -> Iterator[tuple[str, str]]:
    """Each property with its value, as N-Triples write it."""
    yield TYPE, f"<{SKOS}Concept>"
    yield f"{SKOS}notation", _n3(literal(entity.id))
    labels: dict[tuple[str, str | None], None] = {}
    preferred: set[str | None] = set()
    for name in sorted(entity.names, key=lambda name: ORDER.index(_label(name))):
        label, tag = _label(name), _tag(name.lang, name.script)
        if (name.text, tag) in labels:
            continue
        if label == "prefLabel" and tag in preferred:
            label = "altLabel"  # SKOS allows one a tag: those of several languages may share one
        elif label == "prefLabel":
            preferred.add(tag)
        labels[name.text, tag] = None
        yield f"{SKOS}{label}", _n3(literal(name.text, lang=tag))
    for predicate, text in (("definition", entity.description), ("note", entity.note)):
        if text:
            yield f"{SKOS}{predicate}", _n3(literal(text))
    if entity.wikidata:
        yield f"{SKOS}exactMatch", f"<{WIKIDATA}{entity.wikidata}>"


def _label(name: EntityName) -> str:
    return LABELS.get(name.kind, "altLabel")


@cache
def _tag(lang: str, script: str) -> str | None:
    """The tag of BCP 47; None where neither language nor script is known.

    >>> _tag("ara", "Arab"), _tag("ara", "Latn"), _tag("und", "Arab"), _tag("und", "Zyyy")
    ('ar', 'ar-Latn', 'und-Arab', None)
    """
    from langcodes import Language, standardize_tag

    if script == UNDETERMINED:
        return None if lang == UNKNOWN else standardize_tag(lang)
    usual = Language.get(standardize_tag(lang)).maximize().script or ""
    if lang != UNKNOWN and script in (usual, *COMPOSITE.get(usual, ())):
        return standardize_tag(lang)
    return standardize_tag(f"{lang}-{script}")


def _n3(term: Literal) -> str:
    return term.n3()  # the N-Triples form as well, since no text of ours has a line end


def _literal() -> Callable[..., Literal]:
    try:
        import langcodes  # noqa: F401
        from rdflib import Literal
    except ImportError as error:
        library = error.name or "rdflib"
        raise MissingExtraError(library, "formats", "SKOS export") from None
    return Literal
