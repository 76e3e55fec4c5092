"""Optional recognisers: named entities as other libraries find them, one file a library.

    spacy:MODEL    spaCy, any language it has a model of    extra `spacy`    spacy.py
    camel          camel-tools, Arabic                      extra `camel`    camel.py

What they find is added to what the tagger finds without them. A library is imported when its
recogniser is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from resolve.documents.recognisers.protocol import Recognised, Recogniser
from resolve.errors import OptionError

__all__ = ["KNOWN", "Recognised", "Recogniser", "opened"]

KNOWN: Final = ("camel", "spacy")
"""The recognisers by name. `MODULE.open_recogniser` is here beside this file."""


def opened(names: Sequence[str]) -> list[Recogniser]:
    """Return the recognisers of some names, each `NAME` or `NAME:MODEL`, in their order.

    Raises OptionError for a name or a model that there isn't, MissingExtraError for a library.

    >>> opened([])
    []
    """
    found: list[Recogniser] = []
    for name in names:
        library, _, model = name.partition(":")
        if library not in KNOWN:
            known = "spacy:MODEL, camel, camel:MODEL"
            raise OptionError(f"no recogniser {name!r}; there are {known}")
        found.append(import_module(f"{__name__}.{library}").open_recogniser(model))
    return found
