"""The ISO 639-3 code of a language, from whichever code a list uses.

`iso639.tsv` holds those of ISO 639-1, and those of ISO 639-2 that differ from ISO 639-3.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from gazetteer import tsv
from gazetteer.failures import Failures

__all__ = ["UNKNOWN", "language"]

UNKNOWN: Final = "und"

_THREE = re.compile("[a-z]{3}")
_SUBTAGS = re.compile("[-_]")


@lru_cache(1024)  # a list has few codes; a broken one may have as many as it has rows
def language(code: str) -> str:
    """The ISO 639-3 code that `code` means, `und` where it means none.

    `code` is of ISO 639-1, -2 or -3, or a tag of BCP 47, whose script and region are left aside.

    >>> language("ar"), language("fre"), language("zh-Hans"), language("tur"), language("")
    ('ara', 'fra', 'zho', 'tur', 'und')
    """
    first = _SUBTAGS.split(code.strip().lower(), maxsplit=1)[0]
    return _codes().get(first) or (first if _THREE.fullmatch(first) else UNKNOWN)


@cache
def _codes() -> dict[str, str]:
    data = (files("gazetteer.importers") / "iso639.tsv").read_bytes()
    failures = Failures()
    rows = tsv.read(data, "iso639.tsv", ("code", "alpha3", "source", "note"), failures)
    failures.check()
    return {code: three for _, (code, three, *_) in rows}
