"""Which country an item of Wikidata is, from rigour's territories: writes wikidata_countries.tsv.

    python -m gazetteer.importers.wikidata_countries

A state of the past counts as the one that rigour says it became (West Germany is DE); one that
became several, such as the Soviet Union, is no country. rigour is of the extra `train`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gazetteer import tsv
from gazetteer.importers.cldr import LEFT_OUT

__all__ = ["COLUMNS", "RELEASE", "text"]

COLUMNS: Final = ("qid", "country", "label", "source", "note")

RELEASE: Final = "1.6.2"
"""The release of rigour that the committed table is from."""

CYBERSPACE: Final = "IP"  # rigour's own code, of no territory


def text() -> str:
    """The text of the table: each item of a country that has a code of ISO 3166-1."""
    from rigour.territories import get_territories  # late: only who renews the table needs it

    rows = []
    for territory in get_territories():
        code = territory.code.upper()
        if len(code) != 2 or code in LEFT_OUT or code == CYBERSPACE or territory.is_historical:
            continue
        for qid in sorted(territory.qids):
            note = "" if qid == territory.qid else "counted as this country"
            rows.append((qid, code, territory.name, f"rigour {RELEASE}", note))
    return tsv.write(COLUMNS, rows)


if __name__ == "__main__":
    (Path(__file__).parent / "wikidata_countries.tsv").write_text(text(), "utf-8", newline="\n")
