"""Letters of one script in those of another, by named schemes: readings, best first.

    catalogue.py     which schemes there are; a text written in one of them
    engine.py        applies a scheme, either way
    rules.py         which of its rules applies at a letter
    camel.py         the schemes that camel-tools brings
    romanization.py  the spelling of a newspaper, by what the model has learned
    decoding.py      the likely spellings of a word that nobody attested

The schemes themselves are tables with authority, source and examples: `resolve/tables/schemes`.
"""

from __future__ import annotations

from resolve.transliteration.catalogue import SchemeInfo, readings, schemes, transliterate
from resolve.transliteration.engine import Attested, Reading

__all__ = ["Attested", "Reading", "SchemeInfo", "readings", "romanize", "schemes", "transliterate"]


def romanize(text: str, n: int = 1) -> tuple[Reading, ...]:
    """Return the `n` best spellings of a name in Latin letters, as newspapers write it.

    Best first, ties by text, with probabilities among all spellings; none for a text without a
    visible character. Latin text comes back as it is, in NFC and with single spaces. Of other
    text the first 512 code points are read.

    Raises OptionError for an `n` below 1, ModelError where the learned tables are missing.

    >>> [reading.text for reading in romanize("خليفة حفتر")]
    ['Khalifa Haftar']
    """
    from resolve.transliteration import romanization  # NumPy and the model, only when asked for

    return romanization.romanize(text, n)
