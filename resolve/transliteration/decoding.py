"""How would an unknown word be written in another script? Its likely spellings, by a beam.

The edit model's operations rewrite the word from left to right; spellings that meet again are
summed, the likeliest are kept. Then each is scored as a whole, by exact probabilities:

    bits(b | a) = log2 P(a, b) - log2 P(b) / 2 + log2 Q(b) / 2

with P the edit model, P(b) its own marginal, and Q the background of names: the geometric mean of
the joint model and of the noisy channel P(a | b) Q(b).
"""

from __future__ import annotations

from functools import cached_property
from heapq import nlargest

import numpy as np

from resolve.model.background import Background
from resolve.model.edit import END, START, EditModel

__all__ = ["Decoder"]

WIDTH = 100
"""Beginnings of a spelling that are followed at once."""
FINAL = 200
"""Spellings that are scored as a whole."""
RARE = 5e-3
"""Operations this much less likely than the best on the same letters are not tried."""
NOISY_CHANNEL = 0.5
"""Weight of the noisy channel: of a grid the likeliest for the people's own spellings of 800
words that training held out, half of them of the Arabic lexicon, half of the world's names."""
LONGEST = 30
"""Letters of a word that are written; the models read no more."""

Ranked = dict[str, float]


class Decoder:
    """An edit model and the background of its right side, made ready. Safe to share."""

    def __init__(self, edits: EditModel, background: Background) -> None:
        self._edits = edits
        self._background = background

    def spellings(self, word: str, n: int) -> tuple[tuple[str, float], ...]:
        """Return the `n` likeliest spellings of a folded word, best first, ties by text.

        Their probabilities are among all spellings that were scored; none if the word is empty
        or no chain of operations writes it.
        """
        found = self._beam(word[:LONGEST]) if word else []
        if not found:
            return ()
        left = self._edits.left.encode([word[:LONGEST]] * len(found))
        right = self._edits.right.encode(found)
        bits = self._edits.joint(left, right) + NOISY_CHANNEL * (
            self._background.log2p(found) - self._edits.marginal(right, 1)
        )
        share = np.exp2(bits - bits.max())
        share /= share.sum()
        ranked = sorted(zip(share.tolist(), found, strict=True), key=lambda s: (-s[0], s[1]))
        return tuple((text, p) for p, text in ranked[:n])

    def _beam(self, word: str) -> list[str]:
        """Spellings of a word, the likeliest by the operations alone first."""
        letters = START + word + END
        cells: list[Ranked] = [{} for _ in range(len(letters) + 1)]
        cells[0][""] = 1.0
        for at in range(len(letters)):
            here = _best(cells[at], WIDTH)
            for end in range(at + 1, min(at + self._edits.left.longest, len(letters)) + 1):
                there = cells[end]
                for written, p in self._operations.get(letters[at:end], ()):
                    for text, q in here:
                        text += written
                        there[text] = there.get(text, 0.0) + p * q
        # Both ends are letters of the model: a spelling is complete when it has written them.
        complete = {
            text[1:-1]: p
            for text, p in cells[-1].items()
            if len(text) > 2 and text[0] == START and text[-1] == END
        }
        return [text for text, _ in _best(complete, FINAL)]

    @cached_property
    def _operations(self) -> dict[str, tuple[tuple[str, float], ...]]:
        """What each substring is written as, the likeliest first; ends only as ends."""
        table, written = self._edits.table, self._edits.right.substrings
        operations = {}
        for row, source in enumerate(self._edits.left.substrings):
            p = table[row, : len(written)]
            order = np.flatnonzero(p > RARE * p.max())
            order = order[np.argsort(-p[order], kind="stable")].tolist()
            operations[source] = tuple(
                (written[i], float(p[i])) for i in order if _same_ends(source, written[i])
            )
        return operations


def _same_ends(source: str, written: str) -> bool:
    starts = source.startswith(START) == written.startswith(START)
    return starts and source.endswith(END) == written.endswith(END)


def _best(spellings: Ranked, n: int) -> list[tuple[str, float]]:
    return nlargest(n, spellings.items(), key=lambda spelling: (spelling[1], spelling[0]))
