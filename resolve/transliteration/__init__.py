"""Letters of one script in those of another, by named schemes: readings, best first.

    catalogue.py which schemes there are; a text written in one of them
    engine.py    applies a scheme, either way
    rules.py     which of its rules applies at a letter
    camel.py     the schemes that camel-tools brings

The schemes themselves are tables with authority, source and examples: `resolve/tables/schemes`.
"""

from __future__ import annotations

from resolve.transliteration.catalogue import SchemeInfo, readings, schemes, transliterate
from resolve.transliteration.engine import Attested, Reading

__all__ = ["Attested", "Reading", "SchemeInfo", "readings", "schemes", "transliterate"]
