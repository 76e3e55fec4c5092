"""The countries of the world with their names in English, Arabic, French and Turkish, from CLDR.

    python -m gazetteer.importers.cldr [FOLDER]

rewrites the rows of source `cldr` in the data package FOLDER (the one that ships, where none is
given) and leaves every other row alone. Names come from the Unicode CLDR release that the
installed Babel carries. Babel leaves out CLDR's short and variant forms (UAE, Turkey); those
are editor's rows.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from gazetteer import package
from gazetteer.entity import Entity, EntityName
from gazetteer.ids import mint
from gazetteer.store import Gazetteer, load, save

__all__ = ["LANGUAGES", "SOURCE", "renewed", "territories"]

SOURCE: Final = "cldr"

LANGUAGES: Final = {
    "en": ("eng", "Latn"),
    "ar": ("ara", "Arab"),
    "fr": ("fra", "Latn"),
    "tr": ("tur", "Latn"),
}
"""The locales read, each with its language in ISO 639-3 and its script."""

# What CLDR has under two letters that is no country or territory of ISO 3166-1: the European
# Union, the euro area, the United Nations, unknown and test regions, outlying islands, and
# islands and exclaves that ISO only reserves a code for.
LEFT_OUT: Final = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UM", "UN", "XA", "XB", "ZZ"]
)

# Libya, its neighbours and the states that took part in its conflict or its diplomacy act in
# the news of this gazetteer daily; prominence as in `Entity`.
INVOLVED: Final = frozenset(
    (
        "AE",
        "DE",
        "DZ",
        "EG",
        "FR",
        "GB",
        "GR",
        "IT",
        "LY",
        "MT",
        "NE",
        "QA",
        "RU",
        "SD",
        "TD",
        "TN",
        "TR",
        "US",
    )
)
HOME: Final = "LY"  # the country that the gazetteer is about
PROMINENCE_HOME: Final = 1000
PROMINENCE_INVOLVED: Final = 400
PROMINENCE_OTHER: Final = 20


def territories() -> dict[str, list[EntityName]]:
    """The names of every country and territory by its ISO 3166-1 code, one a language."""
    from babel import Locale  # late: only who renews the data needs Babel

    names: dict[str, list[EntityName]] = {}
    for locale, (lang, script) in LANGUAGES.items():
        for code, text in sorted(Locale(locale).territories.items()):
            if len(code) == 2 and code not in LEFT_OUT:
                name = EntityName(" ".join(text.split()), lang, script, "primary", SOURCE)
                names.setdefault(code, []).append(name)
    return dict(sorted(names.items()))


def renewed(gazetteer: Gazetteer) -> Gazetteer:
    """`gazetteer` with its countries as CLDR has them now.

    A country keeps its id when CLDR renames it, and every name of another source. An editor's
    primary name stays primary: CLDR's is then an alias.
    """
    before = {
        entity.country: entity
        for entity in gazetteer
        if entity.source == SOURCE and entity.kind == "place"
    }
    countries_before = {entity.id for entity in before.values()}
    others = [entity for entity in gazetteer if entity.id not in countries_before]
    taken = {entity.id for entity in gazetteer} | set(gazetteer.redirects)
    countries = []
    for code, names in territories().items():
        known = before.get(code)
        id = known.id if known else mint(names[0].text, taken)
        taken.add(id)
        countries.append(_country(id, code, names, known.names if known else ()))
    return Gazetteer(gazetteer.name, (*others, *countries), gazetteer.redirections)


def main(arguments: Sequence[str]) -> None:
    """Renew the countries of the data package in the folder given, or of the one that ships."""
    folder = Path(arguments[0]) if arguments else Path(str(package.shipped()))
    save(renewed(load(folder)), folder)


def _country(
    id: str, code: str, names: Sequence[EntityName], before: Sequence[EntityName]
) -> Entity:
    own = {(name.text, name.lang) for name in names}
    kept = [n for n in before if n.source != SOURCE and (n.text, n.lang) not in own]
    primary = {name.lang for name in kept if name.kind == "primary"}
    given = [
        msgspec.structs.replace(name, kind="alias") if name.lang in primary else name
        for name in names
    ]
    return Entity(
        id=id,
        names=(*given, *kept),
        kind="place",
        country=code,
        prominence=_prominence(code),
        description="Country or territory of ISO 3166-1",
        source=SOURCE,
    )


def _prominence(code: str) -> int:
    if code == HOME:
        return PROMINENCE_HOME
    return PROMINENCE_INVOLVED if code in INVOLVED else PROMINENCE_OTHER


if __name__ == "__main__":
    main(sys.argv[1:])
