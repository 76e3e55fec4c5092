"""Which script a name is written in, as ISO 15924 codes.

Only the scripts that the gazetteer's languages use are told apart by letter ranges, as the
Unicode block charts have them; text in none of them is "Zyyy".
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

__all__ = ["LETTERS", "UNDETERMINED", "script_of"]

UNDETERMINED: Final = "Zyyy"

LETTERS: Final[dict[str, re.Pattern[str]]] = {
    script: re.compile(f"[{ranges}]")
    for script, ranges in {
        "Latn": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af"
        "\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a",
        "Arab": "\u0620-\u063f\u0641-\u064a\u066e-\u066f\u0671-\u06d3\u06d5\u06ee-\u06ef"
        "\u06fa-\u06fc\u06ff\u0750-\u077f\u0870-\u08c9\ufb50-\ufdfb\ufe70-\ufefc",
        "Cyrl": "\u0400-\u0481\u048a-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
        "Hebr": "\u05d0-\u05f2\ufb1d-\ufb4f",
        "Grek": "\u0370-\u0373\u0376-\u037d\u037f-\u0383\u0386-\u03ff\u1f00-\u1fff",
        "Armn": "\u0531-\u0587\ufb13-\ufb17",
        "Geor": "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2d",
        "Syrc": "\u0710-\u072f\u074d-\u074f",
        "Tfng": "\u2d30-\u2d67",
        "Deva": "\u0904-\u0939\u0958-\u0961\u0972-\u097f",
        "Beng": "\u0985-\u09b9\u09dc-\u09e1",
        "Ethi": "\u1200-\u135a\u1380-\u138f\u2d80-\u2dde",
        "Thai": "\u0e01-\u0e30\u0e40-\u0e46",
        "Hira": "\u3041-\u309f",
        "Kana": "\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9d",
        "Hang": "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
        "Hani": "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
    }.items()
}
"""A letter of each script that is told apart."""


def script_of(text: str) -> str:
    """The script of most letters of `text`; of two as frequent, the one listed first.

    >>> script_of("خلوصي أكار"), script_of("Hulusi Akar"), script_of("1234")
    ('Arab', 'Latn', 'Zyyy')
    """
    if text.isascii():
        return "Latn" if LETTERS["Latn"].search(text) else UNDETERMINED
    counts = Counter(map(_of_letter, text))
    found = (script for script in LETTERS if script in counts)
    return max(found, key=lambda script: counts[script], default=UNDETERMINED)


@cache  # as large as the letters that there are
def _of_letter(char: str) -> str:
    """The script that the letter is told apart by; "" where it is of none."""
    return next((script for script, letters in LETTERS.items() if letters.match(char)), "")
