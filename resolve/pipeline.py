"""The only place where the stages are wired: a written name in, a decision out.

read        text -> Name                          resolve.names
candidates  Name -> names of the gazetteer        resolve.matching.index
evidence    Name x name -> bits, term by term     resolve.matching.comparison
decision    bits -> LINK, REVIEW or NIL           resolve.decisions
clusters    NIL only: variants of one unknown     resolve.decisions.clusters
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec
import numpy as np

from gazetteer import Entity, Gazetteer
from gazetteer import load as load_gazetteer
from resolve.decisions.calibration import Calibration
from resolve.decisions.clusters import clusters
from resolve.decisions.decision import decide
from resolve.errors import OptionError
from resolve.matching.comparison import NOTHING, Comparison, Reading, read_slots, reading_of
from resolve.matching.index import NameIndex, Variants
from resolve.matching.similarity import Form
from resolve.matching.translations import concept
from resolve.model.learned import load as load_learned
from resolve.names import read
from resolve.types import (
    Candidate,
    Decision,
    Evidence,
    Kind,
    Mention,
    Name,
    Outcome,
    Settings,
    Term,
)

__all__ = ["Resolver", "compare", "compare_many"]

_BATCH = 256  # mentions whose new forms are compared in one go
_READINGS: tuple[Reading, ...] = ("person", "words")


class Resolver:
    """Tells which actor of a gazetteer a written name means. Safe to share between threads."""

    def __init__(
        self, gazetteer: Gazetteer | None = None, settings: Settings | None = None
    ) -> None:
        """Take a gazetteer (default: the one that ships) and settings.

        Raises OptionError for settings out of their range.
        """
        self.gazetteer = load_gazetteer() if gazetteer is None else gazetteer
        self.settings = _checked(settings or Settings())
        self._comparison = Comparison(load_learned())
        self._calibration = Calibration.of(self._comparison.learned.constants)
        kind = self.settings.kind
        self._entities = [e for e in self.gazetteer if kind in (None, e.kind)]
        self._shelves = {r: _Shelf(self._entities, r, self._comparison) for r in _READINGS}
        weights = np.array([e.prominence for e in self._entities], float)
        self._shares = weights / max(weights.sum(), 1.0)

    def resolve(self, name: str) -> Decision:
        """Return what one name means; as `resolve_many` would for it alone."""
        return self.resolve_many([name])[0]

    def resolve_many(
        self, names: Iterable[str], progress: Callable[[int], None] | None = None
    ) -> list[Decision]:
        """Return the decision on each name, in their order.

        Names without an actor get the provisional id that the variants of one unknown name
        share. `progress` is told how many names are done. An empty input gives an empty list.
        """
        decisions: list[Decision] = []
        unknown: list[tuple[int, Name]] = []
        source = iter(names)
        while batch := [read(Mention(text)) for text in islice(source, _BATCH)]:
            for name, decision in zip(batch, self._decide(batch), strict=True):
                if decision.outcome is Outcome.NIL:
                    unknown.append((len(decisions), name))
                decisions.append(decision)
            if progress is not None:
                progress(len(decisions))
        for position, cluster in self._clustered(unknown):
            decisions[position] = msgspec.structs.replace(decisions[position], cluster=cluster)
        return decisions

    def _decide(self, names: Sequence[Name]) -> Iterator[Decision]:
        variants = {r: self._shelves[r].variants(names) for r in _READINGS}
        for name in names:
            candidates, nil = self._candidates(name, variants)
            yield decide(name, candidates, nil, self.settings)

    def _candidates(
        self, name: Name, variants: Mapping[Reading, Mapping[Form, Variants]]
    ) -> tuple[list[Candidate], float]:
        """The likeliest actors, and the probability of NIL."""
        best: dict[int, tuple[float, Reading, int]] = {}
        for reading, shelf in self._shelves.items():
            for entity, bits, number in shelf.scores(name, variants[reading]):
                if entity not in best or bits > best[entity][0]:
                    best[entity] = bits, reading, number
        if not best:
            return [], 1.0
        rows = sorted(best)
        said = np.array([best[row][0] for row in rows])
        words = np.array([best[row][1] == "words" for row in rows])
        probabilities = self._calibration.probabilities(said, self._shares[rows], words)
        order = np.lexsort((np.array(rows), -said, -probabilities))[: self.settings.top]
        found = []
        for k in order.tolist():
            bits, reading, number = best[rows[k]]
            entity = self._entities[rows[k]]
            shelf = self._shelves[reading]
            terms = shelf.explain(name, number, variants[reading])
            matched, weak = shelf.texts[number], shelf.weak[number]
            probability = float(probabilities[k])
            found.append(
                Candidate(
                    entity.id, entity.name, entity.kind, matched, bits, probability, terms, weak
                )
            )
        return found, float(max(1 - probabilities.sum(), 0.0))

    def _clustered(self, unknown: Sequence[tuple[int, Name]]) -> Iterator[tuple[int, str]]:
        """The provisional id of each position without an actor."""
        texts: dict[str, list[int]] = {}
        names: dict[str, Name] = {}
        for position, name in unknown:
            texts.setdefault(name.text, []).append(position)
            names.setdefault(name.text, name)
        distinct = [names[text] for text in sorted(names)]
        edges: dict[tuple[int, int], float] = {}
        for reading in _READINGS:
            own = [i for i, name in enumerate(distinct) if _reading(name) == reading]
            edges |= self._edges(distinct, own, reading)

        def bits_of(pairs: Sequence[tuple[int, int]]) -> list[float]:
            compared = [(distinct[i], distinct[j]) for i, j in pairs]
            return [bits for bits, _ in self._comparison.compare(compared, "person")]

        for cluster in clusters(distinct, edges, bits_of):
            for member in cluster.members:
                for position in texts[distinct[member].text]:
                    yield position, cluster.id

    def _edges(
        self, names: Sequence[Name], own: Sequence[int], reading: Reading
    ) -> dict[tuple[int, int], float]:
        """Pairs of unknown names that are one actor's, with their bits."""
        slots = [read_slots(names[i], reading) for i in own]
        index = self._comparison.index(slots, reading)
        variants = index.variants(f for ss in slots for s in ss for f, _ in s.forms)
        edges: dict[tuple[int, int], float] = {}
        for i, mine in zip(own, slots, strict=True):
            pool = index.pool(mine, variants)
            if not len(pool):
                continue
            scores = self._comparison.score(mine, index, pool, variants, reading)
            for k, bits in zip(pool.tolist(), scores.tolist(), strict=True):
                j = own[k]
                if i < j and self._calibration.probability_of_pair(bits) >= self.settings.link:
                    edges[i, j] = bits
        return edges


class _Shelf:
    """The names of a gazetteer that are read one way, indexed."""

    def __init__(
        self, entities: Sequence[Entity], reading: Reading, comparison: Comparison
    ) -> None:
        self._comparison = comparison
        self._reading = reading
        owners, texts, weak, exact, places = [], [], [], [], []
        for row, entity in enumerate(entities):
            if reading_of(entity.kind) == reading:
                for name in entity.names:
                    owners.append(row)
                    texts.append(name.text)
                    weak.append(name.kind == "weak")
                    exact.append(name.kind == "acronym")
                    places.append(entity.kind == "place")
        self._owners = np.array(owners, np.int64)
        self.texts, self.weak = texts, weak
        slots = [read_slots(read(text), reading) for text in texts]
        self._index: NameIndex = comparison.index(slots, reading, exact, places)

    def variants(self, names: Sequence[Name]) -> Mapping[Form, Variants]:
        """The variants of all forms of the names."""
        slots = [slot for name in names for slot in read_slots(name, self._reading)]
        return self._index.variants(form for slot in slots for form, _ in slot.forms)

    def scores(
        self, name: Name, variants: Mapping[Form, Variants]
    ) -> Iterator[tuple[int, float, int]]:
        """Each entity of the pool, the bits of its best name, and that name's number."""
        slots = read_slots(name, self._reading)
        pool = self._index.pool(slots, variants)
        if not len(pool):
            return
        scores = self._comparison.score(slots, self._index, pool, variants, self._reading)
        owners = self._owners[pool]
        order = np.lexsort((pool, -scores, owners))
        first = np.append(True, owners[order][1:] != owners[order][:-1])
        for k in order[first].tolist():
            if scores[k] > NOTHING:
                yield int(owners[k]), float(scores[k]), int(pool[k])

    def explain(
        self, name: Name, number: int, variants: Mapping[Form, Variants]
    ) -> tuple[Term, ...]:
        """The terms of the evidence for the name of that number."""
        left, right = (read_slots(n, self._reading) for n in (name, read(self.texts[number])))
        return self._comparison.explain(left, self._index, number, variants, right, self._reading)


def compare(left: str, right: str, kind: Kind | None = None) -> Evidence:
    """Return what two names say about being one actor's, in bits and terms.

    Without a kind, names are read as persons' unless a word of them is an institution's or a
    state's. Symmetric.

    >>> evidence = compare("Dbeibah", "الدبيبة")
    >>> evidence.bits > 8
    True
    """
    return next(compare_many([(left, right)], kind))


def compare_many(pairs: Iterable[tuple[str, str]], kind: Kind | None = None) -> Iterator[Evidence]:
    """Yield the evidence of each pair of names, in their order; as `compare` would for it alone."""
    comparison = Comparison(load_learned())
    calibration = Calibration.of(comparison.learned.constants)
    source = iter(pairs)
    while batch := list(islice(source, _BATCH)):
        names = [(read(Mention(a)), read(Mention(b))) for a, b in batch]
        found: list[tuple[float, tuple[Term, ...]]] = [(NOTHING, ())] * len(batch)
        for reading in _READINGS:
            own = [k for k, pair in enumerate(names) if _common_reading(pair, kind) == reading]
            said = comparison.compare([names[k] for k in own], reading, kind == "place")
            for k, result in zip(own, said, strict=True):
                found[k] = result
        for (a, b), (bits, terms) in zip(batch, found, strict=True):
            yield Evidence(a, b, bits, calibration.probability_of_pair(bits), terms)


def _common_reading(pair: tuple[Name, Name], kind: Kind | None) -> Reading:
    if kind is not None:
        return reading_of(kind)
    return "words" if "words" in map(_reading, pair) else "person"


def _reading(name: Name) -> Reading:
    """How an unknown name is read: word by word if one of its words is an institution's."""
    generic = any(concept(Form(word.form, word.script)) for word in name.words)
    return "words" if generic else "person"


def _checked(settings: Settings) -> Settings:
    if not 0 < settings.review <= settings.link < 1:
        raise OptionError(
            f"link {settings.link:g} and review {settings.review:g} must be probabilities with "
            "0 < review <= link < 1"
        )
    if settings.top < 1:
        raise OptionError(f"top is {settings.top}; a decision keeps at least one candidate")
    return settings
