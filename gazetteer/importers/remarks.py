"""What a list remarks on an actor, in one line that is short enough to be read.

The reasons why someone is listed run to pages: they stay in the list, where the id leads.
"""

from __future__ import annotations

from textwrap import shorten
from typing import Final

from gazetteer.importers.text import tidy

__all__ = ["WIDTH", "remark"]

WIDTH: Final = 240
"""The most characters: three lines of a terminal."""


def remark(*parts: str) -> str:
    """The parts in which anything stands, parted by semicolons; each once, cut at a word.

    >>> remark("LYi.001", "", "Listed on 26 Feb. 2011", "LYi.001")
    'LYi.001; Listed on 26 Feb. 2011'
    """
    found = dict.fromkeys(filter(None, map(tidy, parts)))
    return shorten("; ".join(found), WIDTH, placeholder=" ...")
