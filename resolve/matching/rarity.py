"""How rare is a form? -log2 of its probability: the bits that it is worth to share it.

A word of an institution that has translations is as common as the commonest of them: Bakanlığı is
Ministry, however few Turkish names a list has. One of several concepts is as common as the rarest:
Verteidigungsministerium is Defence as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from resolve.matching.form import Form
from resolve.matching.translations import concept, words_of
from resolve.memory import remembered
from resolve.model.learned import Learned
from resolve.names.fold import ALPHABETS
from resolve.names.legal_forms import says_company

__all__ = ["LEGAL_FORM", "NUMBER", "Rarity"]

NUMBER = 10.0
"""Bits of an equal number in two names: 444 of `444 Brigade`."""
LEGAL_FORM = 2.0
"""Bits of an equal legal form (LLC, ООО): half of the companies have it. Chosen."""
_REMEMBERED = 400_000  # forms
_STEPS = 2.0**24
"""Rarity is a whole number of such parts of a bit: processors differ in the last bits of a
logarithm, and an index must have the same bytes wherever it is built."""


class Rarity:
    """The rarity of forms, remembered. Safe to share between threads."""

    def __init__(self, learned: Learned, kind: str) -> None:
        self._learned = learned
        self._kind = kind
        self._known: dict[Form, float] = {}
        self._concepts: dict[str, float] = {}

    def of(self, forms: Sequence[Form]) -> NDArray[np.float64]:
        """Return -log2 P of each form, in their order."""
        known = self._known
        said = [known.get(form) for form in forms]
        missing = sorted({f for f, bits in zip(forms, said, strict=True) if bits is None})
        if missing:
            new = self._looked_up(missing)
            self._known = remembered(known, new, _REMEMBERED)
            both = zip(forms, said, strict=True)
            said = [new[form] if bits is None else bits for form, bits in both]
        return np.array(said, float)

    def _looked_up(self, forms: Sequence[Form]) -> dict[Form, float]:
        found = {form: NUMBER if form.text.isdecimal() else LEGAL_FORM for form in forms}
        found |= self._written([form for form in forms if form.script in ALPHABETS])
        if self._kind == "word":
            for form in forms:
                if says_company(form):
                    found[form] = LEGAL_FORM
                elif concepts := concept(form):
                    found[form] = min(found[form], max(map(self._concept, concepts)))
        return found

    def _written(self, forms: Sequence[Form]) -> dict[Form, float]:
        """The rarity of each form, as it is written."""
        found: dict[Form, float] = {}
        for script in sorted({form.script for form in forms}):
            own = [form for form in forms if form.script == script]
            background = self._learned.background(self._kind, script)
            bits = np.rint(-background.log2p([form.text for form in own]) * _STEPS) / _STEPS
            found.update(zip(own, bits.tolist(), strict=True))
        return found

    def _concept(self, name: str) -> float:
        """The rarity of the commonest word for a concept."""
        known = self._concepts.get(name)
        if known is None:
            known = min(self._written(words_of(name)).values())
            self._concepts[name] = known
        return known
