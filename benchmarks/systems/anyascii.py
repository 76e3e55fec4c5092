"""anyascii: any script in Latin letters, letter by letter; what a romanization has to beat."""

from __future__ import annotations

from collections.abc import Sequence

from anyascii import anyascii

from benchmarks.systems.library import Library

__all__ = ["AnyAscii"]


class AnyAscii(Library):
    """One spelling a word, in Latin letters alone: short vowels that aren't written are missing."""

    name = "anyascii"
    note = "as it comes; one spelling a word, Latin letters only"
    probabilistic = False
    distributions = ("anyascii",)

    def spell(self, words: Sequence[str], script: str, top: int = 5) -> list[tuple[str, ...]]:
        """Return the spelling in Latin letters of each word; none in another script."""
        if script != "Latn" or top < 1:
            return [()] * len(words)
        return [(anyascii(word),) for word in words]
