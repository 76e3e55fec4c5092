"""The UN Security Council's consolidated list: its individuals and entities, from the XML.

    <CONSOLIDATED_LIST> <INDIVIDUALS> <INDIVIDUAL> <DATAID>6908443</DATAID> <FIRST_NAME> ...

The id is `un:` and the DATAID. The parts of an individual's name, FIRST_NAME to FOURTH_NAME,
stand in the order in which they are said. The reference number (`QDi.001`) and the beginning of
the comments go into the note, what someone is designated as into the description. Aliases carry
their QUALITY; nothing tells the language of a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from gazetteer.entity import Entity, Kind, NameKind
from gazetteer.importers.countries import country, home
from gazetteer.importers.draft import Draft
from gazetteer.importers.elements import elements, texts
from gazetteer.importers.inversion import listed, turned
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.remarks import remark
from gazetteer.importers.source import Source

__all__ = ["read"]

ROOTS: Final = ("CONSOLIDATED_LIST",)
KINDS: Final[Mapping[str, Kind]] = {"INDIVIDUAL": "person", "ENTITY": "organization"}

PARTS: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")

QUALITIES: Final[Mapping[str, NameKind]] = {
    "good": "alias",
    "low": "weak",
    "a.k.a.": "alias",
    "f.k.a.": "former",
}
"""Individuals have aliases of good and low quality, entities present and former ones."""


def read(sources: Sequence[Source], rejects: Rejects, options: Options) -> Iterator[Entity]:
    """The actors in the order of the files; no options are read.

    Raises RecordError where a file is not this list, or not well-formed.
    """
    for source in sources:
        for line, element in elements(source, ROOTS, KINDS):
            id = f"un:{element.findtext('DATAID', '').strip()}"
            draft = Draft(id, source, line, rejects, KINDS[element.tag])
            _name(draft, element)
            _describe(draft, element)
            if (entity := draft.entity()) is not None:
                yield entity


def _name(draft: Draft, element: Element) -> None:
    name = " ".join(element.findtext(part, "") for part in PARTS)
    # `MATHIEU, CHUI` `NGUDJOLO`: a comma within a part parts given names, it turns nothing round.
    draft.name(name.replace(",", " ") if draft.kind == "person" else name, kind="primary")
    for text in texts(element, "NAME_ORIGINAL_SCRIPT"):
        draft.name(text, note="original script")
    for alias in element.iterfind(f"{element.tag}_ALIAS"):
        text = alias.findtext("ALIAS_NAME", "")
        quality = alias.findtext("QUALITY", "").strip().lower()
        kind = QUALITIES.get(quality, "alias")
        if draft.kind == "person":
            draft.name(turned(text), kind=kind, note=listed(text))
        else:
            draft.name(text, kind=kind)


def _describe(draft: Draft, element: Element) -> None:
    nationalities = texts(element, "NATIONALITY/VALUE")
    addresses = texts(element, f"{element.tag}_ADDRESS/COUNTRY")
    code = home(map(country, nationalities), map(country, addresses))
    unknown = [text for text in nationalities if not country(text)]
    references = texts(element, "REFERENCE_NUMBER") + texts(element, "UN_LIST_TYPE")
    draft.fact(
        country=code,
        description=remark(*texts(element, "DESIGNATION/VALUE")),
        note=remark(*references, *unknown, *texts(element, "COMMENTS1")),
    )
