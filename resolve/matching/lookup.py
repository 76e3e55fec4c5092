"""Which forms of a vocabulary may a form stand for, and what does it say for each?

    keyed     forms that share a key with it, the most alike of them
    attested  spellings that the lexicon has of the same name, and the form itself
    related   the same name, or concept, in another language

What is found for a form is remembered; a form that isn't among its variants counts as the floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.matching.alignment import ENTRANCE
from resolve.matching.alikeness import alikeness
from resolve.matching.form import Form
from resolve.matching.ragged import Ragged, ragged
from resolve.matching.rows import Pairs, RowSimilarity
from resolve.matching.similarity import Similarity
from resolve.matching.vocabulary import SCRIPTS, Keys, Vocabulary
from resolve.model.learned import Learned
from resolve.names.fold import ALPHABETS

__all__ = ["LEAST_ALIKE", "MOST_COMPARED", "Lookup", "Variants"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_COMPARED = 64
"""Forms of the vocabulary that are compared letter by letter with one form of a mention."""
LEAST_ALIKE = 52.0
"""Likeness in percent below which letters are not compared: one right actor in 1,200 is lost."""
_FEW = 8  # forms that are compared whatever they look like
_REMEMBERED = 100_000  # forms


class Variants(NamedTuple):
    """Rows of the vocabulary, ascending, and the bits that a form says for each."""

    rows: Ints
    bits: Floats


class Lookup:
    """Looks forms up in a vocabulary. Immutable but for what it remembers."""

    def __init__(
        self, arrays: Mapping[str, NDArray[Any]], similarity: Similarity, learned: Learned
    ) -> None:
        self.vocabulary = Vocabulary(arrays)
        self._keys = Keys(arrays, self.vocabulary)
        self._groups = Ragged(arrays["group_rows"], arrays["group_end"])
        self._group_names = arrays["group"]
        self._similarity = similarity
        self._weighing = RowSimilarity(learned, similarity)
        self._lexicon = learned.lexicon
        self._known: dict[Form, Variants] = {}

    @staticmethod
    def arrays_of(
        forms: Sequence[Form], similarity: Similarity, learned: Learned
    ) -> dict[str, NDArray[Any]]:
        """Return what a look-up needs of distinct forms, which are rows in their order."""
        rows: dict[str, list[int]] = {}
        for row, form in enumerate(forms):
            for group in similarity.groups(form):
                rows.setdefault(group, []).append(row)
        names = sorted(rows)
        groups = ragged([rows[name] for name in names], np.int32)
        return {
            **Vocabulary.of(forms, similarity, learned.lexicon).arrays,
            **Keys.arrays_of(forms),
            "group": np.frombuffer("\n".join(names).encode(), np.uint8),
            "group_rows": groups.values,
            "group_end": groups.ends,
        }

    def row(self, form: Form) -> int:
        """Return the row of a form, -1 if the vocabulary hasn't got it."""
        return self._keys.row(form)

    def variants(self, forms: Iterable[Form]) -> dict[Form, Variants]:
        """Return the variants of each form."""
        known = self._known
        wanted = sorted(set(forms))
        found = {form: known[form] for form in wanted if form in known}
        missing = [form for form in wanted if form not in found]
        if missing:
            found.update(zip(missing, self._looked_up(missing), strict=True))
            if len(known) + len(missing) > _REMEMBERED:
                # Other threads may hold the memory of before: it is replaced, never emptied.
                known = self._known = {}
            known.update((form, found[form]) for form in missing)
        return found

    def _looked_up(self, forms: Sequence[Form]) -> list[Variants]:
        own = Vocabulary.of(forms, self._similarity, self._lexicon)
        found = [self._similar(form, own, row) for row, form in enumerate(forms)]
        sizes = [len(rows) for rows, _ in found]
        rows = np.concatenate([rows for rows, _ in found])
        related = np.concatenate([related for _, related in found])
        pairs = Pairs(own, np.repeat(np.arange(len(forms)), sizes), self.vocabulary, rows, related)
        bits = self._weighing.bits(pairs)
        cuts = np.cumsum(sizes)[:-1]
        variants = []
        for mine, said in zip(np.split(rows, cuts), np.split(bits, cuts), strict=True):
            kept = said > ENTRANCE
            variants.append(Variants(mine[kept], said[kept]))
        return variants

    def _similar(self, form: Form, own: Vocabulary, row: int) -> tuple[Ints, Floats]:
        """The rows that a form is compared with, ascending, and how related each is to it."""
        alone = np.array([at for at in (self.row(form),) if at >= 0], np.int64)
        if form.script not in ALPHABETS:
            return alone, np.zeros(len(alone))
        lists = self._keys.lists(form)
        rows = np.unique(np.concatenate(lists)).astype(np.int64) if lists else alone
        if len(rows) > _FEW:
            alike = alikeness(own, row, self.vocabulary, rows)
            order = np.argsort(-alike, kind="stable")[:MOST_COMPARED]
            rows = rows[order[alike[order] >= LEAST_ALIKE]]
        related = self._related(form)
        others = np.array(sorted(related), np.int64)
        found = np.unique(np.concatenate([rows, alone, others, *self._attested(own, row)]))
        weights = np.zeros(len(found))
        weights[np.searchsorted(found, others)] = [related[other] for other in others.tolist()]
        return found, weights

    def _attested(self, own: Vocabulary, row: int) -> list[Ints]:
        """The rows of the spellings that the lexicon has of what a form may write."""
        at, script = int(own.lexicon[row]), SCRIPTS[own.script[row]]
        if at < 0:
            return []
        found = []
        for other, rows in self._by_lexicon.items():
            there = rows[self._lexicon.walk(at, script, other)]
            found.append(there[there >= 0])
        return found

    def _related(self, form: Form) -> dict[int, float]:
        """The rows of a form's names, or concepts, in other languages, with their relation."""
        rows = {
            row
            for group in self._similarity.groups(form)
            if group in self._group_rows
            for row in self._groups.row(self._group_rows[group]).tolist()
        }
        relation = self._weighing.relation
        return {row: relation(form, self.vocabulary.form(row)) for row in rows}

    @cached_property
    def _group_rows(self) -> dict[str, int]:
        names = self._group_names.tobytes().decode()
        return {name: k for k, name in enumerate(names.split("\n"))} if names else {}

    @cached_property
    def _by_lexicon(self) -> dict[str, Ints]:
        """For each script of the vocabulary: the row of each form of the lexicon, -1 if none."""
        found = {}
        for number, script in enumerate(ALPHABETS):
            rows = np.flatnonzero(
                (self.vocabulary.script == number) & (self.vocabulary.lexicon >= 0)
            )
            if len(rows):
                found[script] = np.full(self._lexicon.size(script), -1, np.int64)
                found[script][self.vocabulary.lexicon[rows]] = rows
        return found
