"""Whose servant is it? The name of God within a servant's name: `basir` of `Abd al-Basir`.

Servants' names share their first half, so only the second can tell one from another: Abd
al-Basir is not Abd al-Nasir, alike as the whole is.
"""

from __future__ import annotations

import re

from resolve.names.particles import servants
from resolve.names.script import NO_SCRIPT

__all__ = ["served"]

_LEAST = {"Arab": 3, "Hebr": 3}
"""Letters that must be left: Abdullah is one name, whatever stands before its `lah`."""
_LEAST_ELSE = 4
_SUN = re.compile(r"[aeiou](.)(?=\1)")
"""The article before a sun letter, as it is heard: `en` of `Abdennour`."""
_ARABIC_ARTICLE = "ال"


def served(form: str, script: str) -> str | None:
    """Return the second half of a servant's name, without the article; None of other names.

    >>> served("abdalbasir", "Latn"), served("عبدالغفور", "Arab"), served("abdennour", "Latn")
    ('basir', 'غفور', 'nour')
    >>> served("abdullah", "Latn") is served("basir", "Latn") is None
    True
    """
    if script == NO_SCRIPT or not form.startswith(servants(script)):
        return None
    for servant in servants(script):
        if form.startswith(servant):
            rest = form.removeprefix(servant)
            if script == "Arab":
                rest = rest.removeprefix(_ARABIC_ARTICLE)
            elif article := _SUN.match(rest):
                rest = rest[article.end() :]
            return rest if len(rest) >= _LEAST.get(script, _LEAST_ELSE) else None
    return None
