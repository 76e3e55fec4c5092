"""The parties in OFAC's two XML files: SDN.XML and SDN_ENHANCED.XML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from gazetteer.importers.elements import elements, texts
from gazetteer.importers.ofac.party import Party, kind_of_name
from gazetteer.importers.source import Source

__all__ = ["marked"]

ROOTS: Final = ("sdnList", "sanctionsData")
RECORDS: Final = ("sdnEntry", "entity")

NATIONALITIES: Final = ("Nationality Country", "Citizenship Country")
"""The features of the enhanced form that tell the country, the better one first."""


def marked(source: Source) -> Iterator[Party]:
    """The parties in their order. Raises RecordError where it is not one of these files."""
    for line, element in elements(source, ROOTS, RECORDS):
        if element.tag == "sdnEntry":
            yield _plain(source, line, element)
        else:
            yield _enhanced(source, line, element)


def _plain(source: Source, line: int, element: Element) -> Party:
    party = Party(source, line, _text(element, "uid"), _text(element, "sdnType").lower())
    party.names.append((_inverted(element, "lastName", "firstName"), "primary", ""))
    for alias in element.iterfind("akaList/aka"):
        kind = kind_of_name(_text(alias, "type"), _text(alias, "category").lower() == "weak")
        party.names.append((_inverted(alias, "lastName", "firstName"), kind, ""))
    party.nationalities = texts(element, "nationalityList/nationality/country")
    party.nationalities += texts(element, "citizenshipList/citizenship/country")
    party.addresses = texts(element, "addressList/address/country")
    party.programs = texts(element, "programList/program")
    party.title = _text(element, "title")
    party.remarks = texts(element, "remarks")
    return party


def _enhanced(source: Source, line: int, element: Element) -> Party:
    type_ = _text(element, "generalInfo/entityType").lower()
    party = Party(source, line, element.get("id", ""), type_)
    for name in element.iterfind("names/name"):
        _translate(party, name)
    features = list(element.iterfind("features/feature"))
    for nationality in NATIONALITIES:
        found = [each for each in features if _text(each, "type") == nationality]
        party.nationalities += [_text(each, "value") for each in found]
    party.addresses = texts(element, "addresses/address/country")
    party.programs = texts(element, "sanctionsPrograms/sanctionsProgram")
    party.title = _text(element, "generalInfo/title")
    party.remarks = texts(element, "generalInfo/remarks")
    return party


def _translate(party: Party, name: Element) -> None:
    """Add a name in each script that it is given in; the first one is Latin."""
    weak = _text(name, "isLowQuality").lower() == "true"
    kind = kind_of_name(_text(name, "aliasType"), weak)
    for translation in name.iterfind("translations/translation"):
        own = _text(translation, "isPrimary").lower() != "false"
        text = _inverted(translation, "formattedLastName", "formattedFirstName")
        if own and _text(name, "isPrimary").lower() == "true":
            party.names.append((text or _text(translation, "formattedFullName"), "primary", ""))
        else:
            note = "" if own else f"{_text(translation, 'script')} script".strip()
            party.names.append((text or _text(translation, "formattedFullName"), kind, note))


def _inverted(element: Element, last: str, first: str) -> str:
    return ", ".join(filter(None, (_text(element, last), _text(element, first))))


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
