"""What Wikidata's own codes mean: its classes, its countries, its languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, cast

from gazetteer import tsv
from gazetteer.entity import KINDS, Kind
from gazetteer.errors import FormatError
from gazetteer.failures import Failures
from gazetteer.importers.languages import language
from gazetteer.importers.wikidata_countries import COLUMNS as COUNTRY_COLUMNS

__all__ = ["ANY", "classes", "country", "language_of"]

ANY: Final = "mul"
"""ISO 639-3 for a name that is the same in all languages, which Wikidata has as a default."""

_CLASS = re.compile(rf"(Q[1-9][0-9]*)(?:=({'|'.join(KINDS)}))?")


def classes(asked: Iterable[str] = ()) -> Mapping[str, Kind]:
    """The classes whose instances are actors, each with the kind of these.

    Those of the table, where nothing is `asked`. `Q515` restricts them to this one and the others
    asked for, `Q4022=place` adds one that the table doesn't have. Raises FormatError where
    one is no QID, or is not in the table and says no kind.

    >>> classes()["Q5"], dict(classes(["Q515"])), classes(["Q4022=place"])["Q4022"]
    ('person', {'Q515': 'place'}, 'place')
    """
    known = _classes()
    restricted: dict[str, Kind] = {}
    added: dict[str, Kind] = {}
    for each in sorted(asked):
        found = _CLASS.fullmatch(each)
        if found is None:
            raise FormatError(
                f"class {each!r} (a QID, such as Q515; with the kind of its instances where the "
                f"table has none: Q4022=place, one of {', '.join(KINDS)})"
            )
        if found[2]:
            added[found[1]] = cast(Kind, found[2])
        elif each in known:
            restricted[each] = known[each]
        else:
            raise FormatError(
                f"class {each} is not among the {len(known)} whose kind is known (say what its "
                f"instances are: {each}=organization)"
            )
    return {**(restricted or known), **added}


def country(qid: str) -> str:
    """The ISO 3166-1 alpha-2 code of the country that an item is; empty where it is none.

    >>> country("Q1016"), country("Q15180")
    ('LY', '')
    """
    return _countries().get(qid, "")


@lru_cache(1024)  # there are some 600 codes
def language_of(code: str) -> str:
    """The ISO 639-3 code of a language of Wikidata; `mul` for its names in all languages.

    >>> language_of("zh-hans"), language_of("be-tarask"), language_of("als"), language_of("mul")
    ('zho', 'bel', 'gsw', 'mul')
    """
    return _languages().get(code) or language(code)


def _table(file: str, columns: tuple[str, ...]) -> list[list[str]]:
    failures = Failures()
    rows = tsv.read((files("gazetteer.importers") / file).read_bytes(), file, columns, failures)
    failures.check()
    return [fields for _, fields in rows]


@cache
def _classes() -> dict[str, Kind]:
    rows = _table("wikidata_classes.tsv", ("qid", "kind", "label", "source", "note"))
    return {qid: cast(Kind, kind) for qid, kind, *_ in rows}


@cache
def _countries() -> dict[str, str]:
    rows = _table("wikidata_countries.tsv", COUNTRY_COLUMNS)
    return {qid: code for qid, code, *_ in rows}


@cache
def _languages() -> dict[str, str]:
    rows = _table("wikidata_languages.tsv", ("code", "alpha3", "source", "note"))
    return {code: three for code, three, *_ in rows}
