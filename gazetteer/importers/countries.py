"""The ISO 3166-1 alpha-2 code of a country, from the name or code that a list has for it.

The names are the English ones that the shipped gazetteer has for countries, and those of
`countries.tsv`: what the UN, OFAC and the EU write instead, and the alpha-3 codes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from gazetteer import tsv
from gazetteer.failures import Failures
from gazetteer.importers.cldr import SOURCE
from gazetteer.importers.text import tidy

__all__ = ["country", "home"]

TABLE: Final = "countries.tsv"
COLUMNS: Final = ("name", "country", "source", "note")

# The lists write the same country with a straight or a curly apostrophe, with `and` or `&`.
_ALIKE = str.maketrans({"\u2019": "'", "\u2018": "'", "\u0060": "'", "&": "and"})


def country(name: str) -> str:
    """The code of the country called `name`; empty where no country is.

    >>> country("Libya"), country("Korea, North"), country("IRQ"), country("undetermined")
    ('LY', 'KP', 'IQ', '')
    """
    return _codes().get(_folded(name), "")


def home(nationalities: Iterable[str], addresses: Iterable[str]) -> str:
    """The code of an actor's country: its first nationality, else where all its addresses are.

    A bank of Tripoli with a branch in Rome has none by its addresses.

    >>> home(["LY", "TR"], ["EG"]), home([], ["EG", "EG"]), home([""], ["EG", "IT"])
    ('LY', 'EG', '')
    """
    for code in nationalities:
        if code:
            return code
    codes = Counter(filter(None, addresses))
    return next(iter(codes)) if len(codes) == 1 else ""


@cache
def _codes() -> dict[str, str]:
    from gazetteer.store import load  # late: loading imports this package in its turn

    codes = {
        _folded(name.text): actor.country
        for actor in load()
        if actor.kind == "place" and actor.source == SOURCE
        for name in actor.names
        if name.lang == "eng"
    }
    failures = Failures()
    data = (files("gazetteer.importers") / TABLE).read_bytes()
    for _, (name, code, *_) in tsv.read(data, TABLE, COLUMNS, failures):
        codes[_folded(name)] = code
    failures.check()
    return codes


def _folded(name: str) -> str:
    return tidy(name).translate(_ALIKE).casefold()
