"""Numbers, names and sentences as the page writes them, safe in HTML.

Shares have three digits, counts commas. What is written from right to left is isolated, so that
it doesn't move what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

__all__ = ["isolated", "number", "prose"]

MINUS = "−"
SHARE_DIGITS = 3

_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # written from right to left
_RTL = re.compile(f"[{_LETTERS}]")
_RUN = re.compile(f"([{_LETTERS}](?:[^\\w{_LETTERS}]*[{_LETTERS}])*)")
_LETTER = re.compile(r"[^\W\d_]")
_BDI = Markup("<bdi dir=auto>{}</bdi>")
_ISOLATED = re.compile("(\u2068[^\u2068\u2069]*\u2069)")
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
_BESIDE = re.compile(r"( ~ | = | -> | → | / )")


def number(value: float | int, whole: Sequence[float] = (), signed: bool = False) -> str:
    """Return a number as it is read beside the others of its column.

    >>> number(.98765), number(1.0), number(10000), number(-3.5, [120.25, -3.5])
    ('.988', '1.000', '10,000', '−3.5')
    """
    if isinstance(value, int):
        said = f"{abs(value):,}"
    else:
        top = max(map(abs, (*whole, value)))
        digits = SHARE_DIGITS if top <= 1 else 2 if top < 10 else 1 if top < 1000 else 0
        said = f"{abs(value):,.{digits}f}"
        if digits == SHARE_DIGITS:
            said = said.removeprefix("0")
    nought = not any(c in "123456789" for c in said)
    sign = "" if nought else MINUS if value < 0 else "+" if signed else ""
    return sign + said


def isolated(text: str) -> Markup:
    """Return the text, safe in HTML, what is written from right to left set in <bdi dir=auto>.

    A name that begins so is isolated as a whole; of other text the words that are.

    >>> isolated("حداد <b> ~ Haddad")
    Markup('<bdi dir=auto>حداد &lt;b&gt;</bdi> ~ Haddad')
    """
    if not _RTL.search(text):
        return escape(text.translate(_ISOLATES))
    # Where a track has isolated the names itself, they are known; else it is what stands between.
    split = _ISOLATED if _ISOLATED.search(text) else _BESIDE
    parts = (part.translate(_ISOLATES) for part in split.split(text) if part)
    return Markup("").join(map(_runs, parts))


def _runs(text: str) -> Markup:
    first = _LETTER.search(text)
    if first and _RTL.match(first[0]):
        return _BDI.format(text)
    return Markup("").join(
        _BDI.format(part) if _RTL.match(part) else escape(part) for part in _RUN.split(text)
    )


def prose(text: str) -> Markup:
    """Return a sentence, isolated as a name is, what stands in backticks as code.

    >>> prose("`+amb`: with")
    Markup('<code>+amb</code>: with')
    """
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if k % 2 else isolated(part)
        for k, part in enumerate(text.split("`"))
    )
