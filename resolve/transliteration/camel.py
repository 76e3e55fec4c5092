"""The Buckwalter family and HSB, by camel-tools' own character maps (extra `camel`).

Only `camel_tools.utils` is used: nothing is downloaded, no model is loaded. It needs neither
torch nor the rest of what camel-tools asks for; `pip install --no-deps camel-tools` together
with `emoji` and `six` is enough (`six` for the maps, `emoji` for `camel_tools.utils.dediac`).

Habash, Soudi & Buckwalter (2007), On Arabic Transliteration, describe the schemes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

from resolve.errors import MissingExtraError

__all__ = ["MAPS", "is_installed", "mapped"]

ENCODINGS = ("bw", "hsb", "safebw", "xmlbw")
"""Buckwalter; Habash-Soudi-Buckwalter; Buckwalter safe in file names; safe in XML."""

MAPS = {f"ar2{encoding}": ("Arab", "Latn") for encoding in ENCODINGS} | {
    f"{encoding}2ar": ("Latn", "Arab") for encoding in ENCODINGS
}
"""The maps' names as camel-tools has them, with source and target script."""


def is_installed() -> bool:
    """Return whether camel-tools is here; it is not imported for that."""
    return find_spec("camel_tools") is not None


def mapped(text: str, name: str, *, inverse: bool = False) -> str:
    """Return `text` in the encoding that `name`, one of MAPS, leads to; other letters as they are.

    Raises MissingExtraError where camel-tools is not installed.
    """
    source, _, target = name.partition("2")
    return _mapper(f"{target}2{source}" if inverse else name)(text)


@cache
def _mapper(name: str) -> Callable[[str], str]:
    try:
        from camel_tools.utils.charmap import CharMapper
    except ImportError as error:
        raise MissingExtraError("camel-tools", "camel", f"the scheme {name}") from error
    mapper: Callable[[str], str] = CharMapper.builtin_mapper(name)
    return mapper
