"""The only place where the stages are wired: a written name in, a decision out.

    read        text -> Name                          resolve.names
    candidates  Name -> names of the gazetteer        resolve.matching.shelf, .index
    evidence    Name x name -> bits, term by term     resolve.matching.comparison
    decision    bits -> LINK, REVIEW or NIL           resolve.decisions
    clusters    NIL only: variants of one unknown     resolve.decisions.clusters

Each stage knows its own task alone; what they hand on is in `resolve.types`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import islice, pairwise, repeat
from typing import TYPE_CHECKING, get_args

import msgspec
import numpy as np

from resolve.decisions.calibration import ACROSS, FULL, LONE, WORDS, Calibration
from resolve.decisions.clusters import clusters
from resolve.decisions.decision import DOUBTS, Weighed, decide
from resolve.errors import OptionError
from resolve.facts import Facts
from resolve.index import READINGS, Actor, Index
from resolve.matching.comparison import NOTHING, Comparison, Reading, read_slots, reading_of
from resolve.matching.form import Form
from resolve.matching.shelf import Found, Shelf
from resolve.matching.slots import plain
from resolve.matching.translations import concept
from resolve.memory import remembered
from resolve.model.learned import load as load_learned
from resolve.names import read
from resolve.names.script import NO_SCRIPT
from resolve.parallel import mapped
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
from resolve.weighing import Again, Further, Ranked, Reweighed, Said, Weighing

if TYPE_CHECKING:
    from gazetteer import Gazetteer

__all__ = ["Resolver", "compare", "compare_many", "reading_of_name"]

_Compared = dict[tuple[str, str], tuple[float, tuple[Term, ...]]]
_WEIGHED = 5  # candidates that a decision is drawn from, at least
_BATCH = 256  # mentions whose new forms are compared in one go
_WEIGHED_AT_ONCE = 2 * _BATCH  # the same of those that are weighed, of which little is kept
_PIECE = 4 * _BATCH  # mentions that one of several processes decides on at a time
_REMEMBERED = 2 * _PIECE  # decisions: names recur in a list, near each other
_REWEIGHED = 16  # candidates that a decision with more knowledge is drawn from, at most
_UNLIKELY = 1e-6  # probability below which nothing else makes a candidate likely
_REMEMBERED = 20_000  # pairs of names
BESIDE = 0.25
"""Probability of the gazetteer's actors from which on they are named beside an unknown. Chosen."""
HEARD = 7.0
"""Bits from which on a word sounds like a part of a name."""
LEAST_WORLD = 1000.0
"""Prominence that a gazetteer is taken to have at least: a short list is cut out of a world of
actors like its own, whom the mentions may mean as well."""


class Resolver:
    """Tells which actor of a gazetteer a written name means. Safe to share between threads."""

    def __init__(
        self, gazetteer: Gazetteer | Index | None = None, settings: Settings | None = None
    ) -> None:
        """Take a gazetteer or its index (default: the one that ships) and settings.

        Raises OptionError for settings out of their range.
        """
        self.settings = _checked(settings or Settings())
        self._comparison = Comparison(load_learned())
        self._calibration = Calibration.of(self._comparison.learned.constants)
        self._gazetteer = gazetteer
        self._index = self._indexed()
        kind = self.settings.kind
        asked = READINGS if kind is None else (reading_of(kind),)
        self._shelves = {r: self._index.shelf(r, self._comparison) for r in asked}
        weights = self._index.weights(kind)
        self.facts = Facts(self._index)
        self._recent: dict[str, Decision] = {}
        self._evidence: _Compared = {}
        self._evidence_before: _Compared = {}
        self._shares = weights / max(weights.sum(), LEAST_WORLD)

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer that names are looked up in, with all that it says of its actors.

        Raises OptionError where the resolver was given an index, which has their names alone.
        """
        from gazetteer import load  # late: a decision needs the index alone

        if isinstance(self._gazetteer, Index):
            raise OptionError(
                "this Resolver was given an index, which has the names of the actors alone; load "
                "the gazetteer that it was built from: gazetteer.load(PATH)"
            )
        if self._gazetteer is None:
            self._gazetteer = load()
        return self._gazetteer

    @property
    def index(self) -> Index:
        """The names that are searched, and what the index knows of their actors."""
        return self._index

    def share(self, row: int) -> float:
        """Return how often a mention of any actor is taken to mean this one, before evidence."""
        return float(self._shares[row])

    @cached_property
    def country_shares(self) -> Mapping[str, float]:
        """The same for the actors of each country together; those of no country left out."""
        found: dict[str, float] = {}
        countries = self._index.countries(np.arange(len(self._index)))
        for country, share in zip(countries, self._shares.tolist(), strict=True):
            if country:
                found[country] = found.get(country, 0.0) + share
        return found

    def evidence(self, left: Name, right: Name) -> tuple[float, tuple[Term, ...]]:
        """Return the bits and the terms of two persons' names."""
        pair = left.text, right.text
        known = self._evidence.get(pair) or self._evidence_before.get(pair)
        return self.compare_names([(left, right)])[0] if known is None else known

    def compare_names(
        self, pairs: Iterable[tuple[Name, Name]]
    ) -> list[tuple[float, tuple[Term, ...]]]:
        """Return the evidence of those pairs of persons' names that weren't compared before.

        They are compared in one go, and remembered: those of a long text all of them.
        """
        known, before = self._evidence, self._evidence_before
        every = {(a.text, b.text): (a, b) for a, b in pairs}
        new = {key: pair for key, pair in every.items() if key not in known and key not in before}
        if len(known) > _REMEMBERED:
            # Other threads may hold the memory of before: it is replaced, never emptied.
            self._evidence_before, known = known, {}
            self._evidence = known
        said = self._comparison.compare(list(new.values()), "person") if new else []
        known.update(zip(new, said, strict=True))
        return said

    def same(self, left: Name, right: Name) -> bool:
        """Return whether two persons' names are one actor's beyond doubt, among a few."""
        bits, terms = self.evidence(left, right)
        sure = self._calibration.probability_of_pair(bits) >= self.settings.link
        return sure and not any(term.relation in DOUBTS for term in terms)

    def _indexed(self) -> Index:
        given = Index.shipped() if self._gazetteer is None else self._gazetteer
        return given if isinstance(given, Index) else Index.of(self.gazetteer, self._comparison)

    def resolve(self, name: str) -> Decision:
        """Return what one name means; as `resolve_many` would for it alone."""
        return self.resolve_many([name])[0]

    def resolve_many(
        self,
        names: Iterable[str],
        progress: Callable[[int], None] | None = None,
        *,
        jobs: int = 1,
    ) -> list[Decision]:
        """Return the decision on each name, in their order.

        Names without an actor get the provisional id that the variants of one unknown name
        share. `progress` is told how many names are done; `jobs` processes do the work, with the
        same answers. An empty input gives an empty list.
        """
        decisions = list(self.decide_many(names, progress, jobs=jobs))
        nil = [k for k, decision in enumerate(decisions) if decision.outcome is Outcome.NIL]
        unknown = [(k, read(decisions[k].mention)) for k in nil]
        for position, cluster in self._clustered(unknown):
            decisions[position] = msgspec.structs.replace(decisions[position], cluster=cluster)
        return decisions

    def cluster_names(self, names: Iterable[str]) -> dict[str, str]:
        """Return the provisional id of each of these names, taken to be unknown actors'.

        Variants of one share it; ids depend on the set of names alone. Names without a letter
        are left out. No name is looked up.

        >>> set(Resolver().cluster_names(["Amelia Caldwell", "أميليا كالدويل"]).values())
        {'nil:amelia-caldwell'}
        """
        distinct = sorted(set(names))
        read_names = [(k, read(name)) for k, name in enumerate(distinct)]
        return {distinct[k]: id for k, id in self._clustered(read_names)}

    def decide_many(
        self,
        names: Iterable[str],
        progress: Callable[[int], None] | None = None,
        *,
        jobs: int = 1,
    ) -> Iterator[Decision]:
        """Yield the decision on each name, in their order, as `resolve_many` but without clusters.

        Names are read and decisions made as they are asked for: a list may be longer than memory.
        """
        self._index.verify()  # nothing is looked up in a damaged file, and it is read once
        source, done = iter(names), 0
        many = _PIECE if jobs > 1 else _BATCH
        pieces = iter(lambda: list(islice(source, many)), [])
        for decisions in mapped(self._decided, pieces, jobs):
            yield from decisions
            done += len(decisions)
            if progress is not None:
                progress(done)

    def weigh_many(
        self, texts: Sequence[str], reading: Reading | None = None
    ) -> Iterator[Weighing]:
        """Yield the decision on each name, with what `reweigh` needs of it; without clusters.

        A decision keeps its likeliest candidate alone. `reading` asks only for actors whose names
        are read that way: persons, or institutions and places.
        """
        self._index.verify()
        shelves = {r: s for r, s in self._shelves.items() if reading in (None, r)}
        settings = msgspec.structs.replace(self.settings, top=1)
        for start in range(0, len(texts), _WEIGHED_AT_ONCE):
            names = [read(text) for text in texts[start : start + _WEIGHED_AT_ONCE]]
            ranked, ends = self._candidates(names, shelves)
            likely = (ranked.probabilities >= _UNLIKELY).tolist()
            for name, (first, end) in zip(names, pairwise(ends), strict=True):
                own = slice(first, first + min(sum(likely[first:end]), _REWEIGHED))
                against = [ranked.contradicted(k) for k in range(own.start, own.stop)]
                yield Weighing(
                    name,
                    self._drawn(name, ranked, first, end, settings, against),
                    array("q", ranked.entities[own].tobytes()),
                    array("d", ranked.bits[own].tobytes()),
                    ranked.lines[own].tobytes(),
                    bytes(against),
                )

    def reweigh(
        self,
        weighing: Weighing,
        said: Said,
        further: Mapping[int, float] | None = None,
        unknown: tuple[float, float] | None = None,
    ) -> Decision:
        """Return the decision on a name where more than the name is known: see `Further`."""
        return self.reweigh_many([Further(weighing, said, further or {}, unknown)])[0]

    def reweigh_many(self, asked: Sequence[Further]) -> list[Decision]:
        """Return the decision on each name, in their order, where more than the name is known."""
        every = [each.rows() for each in asked]
        rows = np.array([row for own in every for row in own], np.int64)
        told = [each.told(row) for each, own in zip(asked, every, strict=True) for row in own]
        shares = iter((self._shares[rows] * np.exp2(np.array(told, np.float64))).tolist())
        columns: tuple[list[float], list[float], list[int]] = ([], [], [])
        starts = []
        for each, own in zip(asked, every, strict=True):
            if own or each.unknown:
                starts.append(len(columns[0]))
            beside = [] if each.unknown is None else [each.unknown]
            columns[0].extend([*each.bits(), *(bits for bits, _ in beside)])
            columns[1].extend([*islice(shares, len(own)), *(share for _, share in beside)])
            columns[2].extend(each.lines())
        found = self._calibration.probabilities(
            np.array(columns[0], np.float64),
            np.array(columns[1], np.float64),
            np.array(columns[2], np.int8),
            np.array(starts, np.int64),
        )
        again, start, most = [], 0, max(self.settings.top, _WEIGHED)
        for each, own in zip(asked, every, strict=True):
            again.append(Reweighed.of(each, found[start : start + len(own)], most))
            start += len(own) + (each.unknown is not None)
        return self._drawn_again(again)

    def _drawn_again(self, again: Sequence[Reweighed]) -> list[Decision]:
        """The decision on each name where more than it is known; what they need is explained."""
        self._explain((each.asked.weighing, row) for each in again for row in each.first())
        likely = [self._likely(each) for each in again]
        one = msgspec.structs.replace(self.settings, top=1)
        drawn = [_beside(*each, one) for each in zip(again, likely, strict=True)]
        open_ = [k for k, own in enumerate(drawn) if own.outcome is Outcome.REVIEW]
        # Of others nobody asks for more than the first candidate.
        self._explain((again[k].asked.weighing, row) for k in open_ for row in again[k].rows)
        for k in open_:
            drawn[k] = _beside(again[k], likely[k], self.settings)
        return drawn

    def _likely(self, again: Reweighed) -> list[Weighed]:
        """The actors that a name may mean where more than it is known."""
        weighing, said = again.asked.weighing, again.asked.said

        def explained(row: int, probability: float) -> Candidate:
            return self._with(self.candidate(weighing, row), probability, said.get(row, ()))

        def name(row: int) -> str:
            return self.facts.actor(row).name

        return [
            Weighed(p, partial(name, row), partial(explained, row, p), bool, against)
            for row, p, against in zip(again.rows, again.probabilities, again.against, strict=True)
        ]

    def heard(self, forms: Sequence[Form]) -> list[bool]:
        """Return which forms are spelled or sound like a part of a person's name in the index."""
        if "person" not in self._shelves or not forms:
            return [False] * len(forms)
        variants = self._shelves["person"].variants(forms)
        return [float(variants[form].bits.max(initial=0.0)) >= HEARD for form in forms]

    def _with(self, candidate: Candidate, probability: float, said: Sequence[Term]) -> Candidate:
        terms = (*candidate.terms, *said)
        return msgspec.structs.replace(candidate, probability=probability, terms=terms)

    def candidate(self, weighing: Weighing, row: int) -> Candidate:
        """A candidate of a name, explained again where the decision hasn't kept it."""
        if row not in weighing.explained:
            actor = self.facts.actor(row)
            kept = (c for c in weighing.decision.candidates if c.id == actor.id)
            weighing.explained[row] = next(kept, None) or self._explained(weighing, actor, row)
        return weighing.explained[row]

    @contextmanager
    def explaining(self, weighings: Sequence[Weighing]) -> Iterator[None]:
        """Let any candidate of these distinct names be had without another search, for a while.

        They are searched again in one go, and what is found is kept for that while.
        """
        for reading in self._shelves:
            own = [w for w in weighings if any(self._reading(r) == reading for r in w.rows)]
            again = self._search_again([weighing.name for weighing in own], reading)
            for weighing, found in zip(own, again, strict=True):
                weighing.again[reading] = found
        try:
            yield
        finally:
            for weighing in weighings:
                weighing.again.clear()

    def _explain(self, asked: Iterable[tuple[Weighing, int]]) -> None:
        """Explain candidates of names that nothing has explained yet, many names' in one go."""
        wanted: dict[Reading, dict[int, tuple[Weighing, dict[int, Actor]]]] = {}
        for weighing, row in asked:
            actor = self.facts.actor(row)
            reading = reading_of(actor.kind)
            kept = row in weighing.explained or reading in weighing.again
            if not kept and actor.id not in [c.id for c in weighing.decision.candidates]:
                own = wanted.setdefault(reading, {}).setdefault(id(weighing), (weighing, {}))
                own[1][row] = actor
        for reading, each in wanted.items():
            again = self._search_again([weighing.name for weighing, _ in each.values()], reading)
            for (weighing, actors), found in zip(each.values(), again, strict=True):
                for row, actor in actors.items():
                    weighing.explained[row] = found.candidate(actor, row)

    def _explained(self, weighing: Weighing, actor: Actor, row: int) -> Candidate:
        reading = reading_of(actor.kind)
        again = weighing.again.get(reading)
        if again is None:
            (again,) = self._search_again([weighing.name], reading)
        return again.candidate(actor, row)

    def _search_again(self, names: Sequence[Name], reading: Reading) -> Iterator[Again]:
        for first in range(0, len(names), _BATCH):
            some = names[first : first + _BATCH]
            found = self._shelves[reading].search(some)
            best = found.best()
            ends = np.searchsorted(best.mentions, np.arange(len(some) + 1)).tolist()
            rows, bits = best.entities.tolist(), best.bits.tolist()
            every = list(zip(rows, zip(best.positions.tolist(), bits, strict=True), strict=True))
            for k, (start, end) in enumerate(pairwise(ends)):
                yield Again(found, k, dict(every[start:end]))

    def _reading(self, row: int) -> Reading:
        return "person" if self.facts.is_person(row) else "words"

    def _decided(self, texts: Sequence[str]) -> list[Decision]:
        """The decision on each text of a piece; lists repeat names."""
        known = self._recent
        new = [text for text in dict.fromkeys(texts) if text not in known]
        found = {text: known[text] for text in texts if text in known}
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            found.update(zip(batch, self._decide([read(text) for text in batch]), strict=True))
        self._recent = remembered(known, {text: found[text] for text in new}, _REMEMBERED)
        return [found[text] for text in texts]

    def _decide(self, names: Sequence[Name]) -> Iterator[Decision]:
        ranked, ends = self._candidates(names, self._shelves)
        for name, (start, end) in zip(names, pairwise(ends), strict=True):
            yield self._drawn(name, ranked, start, end, self.settings)

    def _candidates(
        self, names: Sequence[Name], shelves: Mapping[Reading, Shelf]
    ) -> tuple[Ranked, list[int]]:
        """The actors that each mention of a batch may mean, and where those of each end."""
        kind = self.settings.kind
        places = None if kind in (None, "person") else kind == "place"
        found = {r: shelf.search(names, places) for r, shelf in shelves.items()}
        ranked = self._ranked(found)
        return ranked, np.searchsorted(ranked.mentions, np.arange(len(names) + 1)).tolist()

    def _drawn(
        self,
        name: Name,
        ranked: Ranked,
        start: int,
        end: int,
        settings: Settings,
        against: Sequence[bool] = (),
    ) -> Decision:
        """The decision on a mention; whether its first actors are contradicted may be known."""
        nil = max(1 - float(ranked.probabilities[start:end].sum()), 0.0)
        most = min(end - start, max(self.settings.top, _WEIGHED))
        known = [*against, *repeat(None, most)]
        weighed = [ranked.weighed(start + k, known[k]) for k in range(most)]
        return decide(name, weighed, nil, settings)

    def _ranked(self, found: Mapping[Reading, Found]) -> Ranked:
        """The actors that each mention of a batch may mean, the likeliest first."""
        best = [own.best() for own in found.values()]
        columns = [np.concatenate(column) for column in zip(*best, strict=True)]
        mentions, entities, bits, positions, lone, across = columns
        readings = np.repeat(np.arange(len(best)), [len(own.bits) for own in best])
        # An actor is read one way: none is found twice.
        order = np.lexsort((entities, mentions))
        first = np.diff(mentions[order], prepend=-1) > 0
        words = np.array([reading == "words" for reading in found], bool)[readings]
        persons = np.where(lone, LONE, np.where(across, ACROSS, FULL))
        lines = np.where(words, WORDS, persons)
        probabilities = np.zeros(len(bits))
        probabilities[order] = self._calibration.probabilities(
            bits[order], self._shares[entities[order]], lines[order], np.flatnonzero(first)
        )
        order = np.lexsort((entities, -bits, -probabilities, mentions))
        return Ranked(
            self.facts,
            tuple(found.values()),
            mentions[order],
            entities[order],
            bits[order],
            positions[order],
            readings[order],
            lines[order],
            probabilities[order],
        )

    def _clustered(self, unknown: Sequence[tuple[int, Name]]) -> Iterator[tuple[int, str]]:
        """The provisional id of each position without an actor."""
        texts: dict[str, list[int]] = {}
        names: dict[str, Name] = {}
        for position, name in unknown:
            texts.setdefault(name.text, []).append(position)
            names.setdefault(name.text, name)
        distinct = [names[text] for text in sorted(names)]
        edges: dict[tuple[int, int], float] = {}
        for reading in READINGS:
            own = [i for i, name in enumerate(distinct) if reading_of_name(name) == reading]
            edges |= self._edges(distinct, own, reading)

        def bits_of(pairs: Sequence[tuple[int, int]]) -> list[float]:
            compared = [(distinct[i], distinct[j]) for i, j in pairs]
            # Edges join names of one reading only.
            reading = reading_of_name(compared[0][0]) if compared else "person"
            return [bits for bits, _ in self._comparison.compare(compared, reading)]

        for cluster in clusters(distinct, edges, bits_of):
            for member in cluster.members:
                for position in texts[distinct[member].text]:
                    yield position, cluster.id

    def _edges(
        self, names: Sequence[Name], own: Sequence[int], reading: Reading
    ) -> dict[tuple[int, int], float]:
        """Pairs of unknown names that are one actor's beyond doubt, with their bits."""
        if len(own) < 2:
            return {}
        slots = [read_slots(names[i], reading) for i in own]
        arrays = self._comparison.arrays(map(plain, slots), reading)
        index = self._comparison.index(arrays, reading)
        edges: dict[tuple[int, int], float] = {}
        weighed: set[tuple[int, int]] = set()
        for start in range(0, len(own), _BATCH):
            mentions = slots[start : start + _BATCH]
            pools, scores = self._comparison.search(mentions, index, reading)
            for row, pool in enumerate(pools):
                i, bits = own[start + row], scores.bits[row]
                sure = self._calibration.probabilities_of_pairs(bits, len(own))
                for place in np.flatnonzero(sure >= self.settings.link).tolist():
                    k = int(pool[place])
                    pair = min(i, own[k]), max(i, own[k])
                    if i == own[k] or pair in weighed:
                        continue
                    weighed.add(pair)
                    # Yasir is no Yaşar Güler, as little among the unknown as among the known.
                    terms = scores.terms(row, place, slots[k])
                    if not any(term.relation in DOUBTS for term in terms):
                        edges[pair] = float(bits[place])
        return edges


def compare(left: str, right: str, kind: Kind | None = None) -> Evidence:
    """Return what two names say about being one actor's, in bits and terms.

    Without a kind, names are read as persons' unless most words of one are an institution's or a
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
        for reading in READINGS:
            own = [k for k, pair in enumerate(names) if _common_reading(pair, kind) == reading]
            said = comparison.compare([names[k] for k in own], reading, kind == "place")
            for k, result in zip(own, said, strict=True):
                found[k] = result
        for (a, b), (bits, terms) in zip(batch, found, strict=True):
            yield Evidence(a, b, bits, calibration.probability_of_pair(bits), terms)


def _common_reading(pair: tuple[Name, Name], kind: Kind | None) -> Reading:
    if kind is not None:
        return reading_of(kind)
    return "words" if "words" in map(reading_of_name, pair) else "person"


def reading_of_name(name: Name) -> Reading:
    """Return how an unknown name is read: word by word if most of its words are institutions'.

    So is a number (444 Brigade), and what a title leaves no person's name of (اللواء 444).
    """
    generic = [w.script == NO_SCRIPT or concept(Form(w.form, w.script)) for w in name.words]
    institution = not name.titles and 2 * sum(map(bool, generic)) > len(generic)
    return "words" if institution or not name.parts else "person"


def _beside(again: Reweighed, likely: Sequence[Weighed], settings: Settings) -> Decision:
    """The decision on a name where more than it is known."""
    if again.asked.unknown is not None:  # he is meant, or one of these: that is for a person to say
        settings = msgspec.structs.replace(settings, review=min(settings.review, BESIDE))
    return decide(again.asked.weighing.name, likely, again.nil, settings)


def _checked(settings: Settings) -> Settings:
    if not 0 < settings.review <= settings.link < 1:
        raise OptionError(
            f"link {settings.link:g} and review {settings.review:g} must be probabilities with "
            "0 < review <= link < 1"
        )
    if settings.kind not in (None, *get_args(Kind)):
        kinds = ", ".join(get_args(Kind))
        raise OptionError(f"kind is {settings.kind!r}; there are {kinds}, or None for all")
    if settings.top < 0:
        raise OptionError(f"top is {settings.top}; it counts the candidates that a decision keeps")
    return settings
