"""OFAC's sanctions lists (SDN and the consolidated one): their individuals and entities.

They are published in three forms, told by their content, not by the names of the files:

    CSV        SDN.CSV with ALT.CSV, ADD.CSV and SDN_COMMENTS.CSV, those of each list together
    XML        SDN.XML                  <sdnList> <sdnEntry> ...
    enhanced   SDN_ENHANCED.XML         <sanctionsData> <entities> <entity id="36"> ...

The id is `ofac:` and the number of the entry, the same in each form. Persons are listed as
`HAFTAR, Khalifa` and turned to `Khalifa HAFTAR`. A name is weak where OFAC calls it weak, or of
low quality; in the CSV those are the ones that the remarks quote (a.k.a. 'CHEPE'). Names in
their own script are in the enhanced form alone. Vessels and aircraft are left aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing

from gazetteer.entity import Entity
from gazetteer.importers.countries import country, home
from gazetteer.importers.draft import Draft
from gazetteer.importers.inversion import listed, turned
from gazetteer.importers.ofac.delimited import delimited
from gazetteer.importers.ofac.marked import marked
from gazetteer.importers.ofac.party import KINDS, Party
from gazetteer.importers.options import Options
from gazetteer.importers.peeked import Peeked
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.remarks import remark
from gazetteer.importers.source import Source

__all__ = ["read"]


def read(sources: Sequence[Source], rejects: Rejects, options: Options) -> Iterator[Entity]:
    """The actors in the order of the files, the XML first; no options are read.

    Raises RecordError where a file is of no form of this list, or its XML not well-formed.
    """
    with ExitStack() as opened:
        peeked = [opened.enter_context(closing(Peeked(source))) for source in sources]
        tables = [source for source in peeked if not source.is_xml()]
        for source in peeked:
            if source not in tables:
                yield from _entities(marked(source), rejects)
        if tables:
            yield from _entities(delimited(tables, rejects), rejects)


def _entities(parties: Iterator[Party], rejects: Rejects) -> Iterator[Entity]:
    for party in parties:
        if party.type not in KINDS:
            rejects.leave(party.type)
        elif (entity := _entity(party, rejects)) is not None:
            yield entity


def _entity(party: Party, rejects: Rejects) -> Entity | None:
    kind = KINDS[party.type]
    draft = Draft(f"ofac:{party.id}", party.source, party.line, rejects, kind)
    for text, how, note in party.names:
        if kind == "person":
            draft.name(turned(text), kind=how, note=note or listed(text))
        else:
            draft.name(text, kind=how, note=note)
    unknown = [name for name in party.nationalities if not country(name)]
    draft.fact(
        country=home(map(country, party.nationalities), map(country, party.addresses)),
        description=remark(party.title),
        note=remark(*party.programs, *unknown, *party.remarks),
    )
    return draft.entity()
