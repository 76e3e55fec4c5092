"""How long does it take? Beside the peers, in one run, round after round in turn.

    lists     names a second, from a gazetteer in memory to every answer
    one name  milliseconds of a single name, once everything is warm
    pairs     pairs of names a second
    start-up  a whole process, from nothing to a first answer
    memory    of a process that links a list

Ratios count: seconds are this machine's. Names are made up (`datasets.synthetic`) and differ from
round to round, so that nobody answers from memory. Every answer that is timed is looked at: who
doesn't find the right actors isn't compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from benchmarks.datasets.synthetic import Synthetic, SyntheticMention, synthetic
from benchmarks.processes import linked_right, peak_of, start_ups, starts
from benchmarks.protocol import Cell, Linker, Result, Scorer, System, Table
from benchmarks.systems import systems as all_systems
from benchmarks.systems.latin import ANYASCII, ROMANIZED
from benchmarks.systems.ours import Ours
from benchmarks.throughput import LEAST_ASKED, LEAST_RIGHT, Speed, WrongAnswersError, race, ratio
from gazetteer import Gazetteer
from resolve import Resolver, Settings

__all__ = ["ACTORS", "MENTIONS", "ROUNDS", "run"]

ACTORS = 5000
"""Actors of the gazetteer."""
MENTIONS = 200
"""Names of a list, in each round."""
ROUNDS = 3
SINGLE = 60
"""Names that are asked one by one, after as many that aren't timed."""

_OURS = Ours.name

Progress = Callable[[str], None]
Row = tuple[Cell, ...]


def run(
    data: Path | None,
    systems: Sequence[System],
    progress: Progress = lambda text: None,
    *,
    actors: int = ACTORS,
    most: int | None = None,
    rounds: int = ROUNDS,
) -> Result:
    """Return the speed of every system that links or scores, and its ratio to our own.

    `most` names of each list are asked for, twenty at least; `data` isn't needed. Raises
    WrongAnswersError if our own answers aren't right.
    """
    mentions = max(most or MENTIONS, 2 * LEAST_ASKED)
    made = synthetic(actors, mentions * rounds + 2 * SINGLE)
    lists = [made.mentions[k * mentions : (k + 1) * mentions] for k in range(rounds)]
    single = made.mentions[mentions * rounds :]
    peers = [system for system in systems if not system.name.endswith(ROMANIZED.name)]
    ready = [system for system in peers if system.missing() is None]
    notes = [f"{s.name} isn't asked: {lacks}" for s in peers if (lacks := s.missing())]
    if len(peers) < len(systems):
        notes.append(f"Peers after {ROMANIZED.name} aren't asked: their time is mostly ours.")
    linkers = [system for system in ready if isinstance(system, Linker)]
    scorers = [system for system in ready if isinstance(system, Scorer)]
    listed, left_out = race(
        {s.name: partial(_link, s, made.gazetteer) for s in linkers}, lists, _OURS, progress
    )
    notes += [f"A list of names: {note}" for note in left_out]
    paired, left_out = race(
        {s.name: partial(_score, s) for s in scorers}, _pairs(made, lists), _OURS, progress
    )
    notes += [f"Pairs of names: {note}" for note in left_out]
    names = {system.name for system in ready}
    tables = (
        _speeds(f"A list of names, {actors:,} actors", "names a second", listed),
        _one_by_one(names, made.gazetteer, single, rounds, progress, notes),
        _speeds("Pairs of names", "pairs a second", paired),
        _start_up(rounds, progress),
        _memory([s for s in linkers if s.name in listed], made, lists[0], progress, notes),
    )
    return Result("speed", tables, notes=tuple(notes))


def _link(system: Linker, gazetteer: Gazetteer, mentions: Sequence[SyntheticMention]) -> float:
    answers = system.link(gazetteer, [m.text for m in mentions], "person", 1)
    best = [answer.ranked[0][0] if answer.ranked else None for answer in answers]
    return linked_right([m.actor for m in mentions], best)


def _score(system: Scorer, pairs: Sequence[tuple[str, str]]) -> float:
    """Score pairs, and say how often the right one of two that stand together is above."""
    scores = np.array(system.score(pairs, "person"))
    return float(np.mean(scores[0::2] > scores[1::2]))


def _pairs(
    made: Synthetic, lists: Sequence[Sequence[SyntheticMention]]
) -> list[list[tuple[str, str]]]:
    """Each mention with its actor's name, and then with somebody else's."""
    names = {entity.id: entity.name for entity in made.gazetteer}
    others = list(names.values())
    return [
        [
            (mention.text, name)
            for number, mention in enumerate(mentions)
            if mention.actor is not None
            for name in (names[mention.actor], others[number % len(others)])
        ]
        for mentions in lists
    ]


def _speeds(title: str, figure: str, found: dict[str, Speed]) -> Table:
    ours = found.get(_OURS)
    rows: list[Row] = [
        (name, own.asked, own.median, ratio(own.rounds, ours.rounds) if ours else None, own.right)
        for name, own in found.items()
    ]
    columns = ("system", "asked", figure, "ratio to ours", "right")
    note = "Medians of the rounds. A ratio above 1 is faster than ours; `right`: what was found."
    return Table(title, columns, tuple(rows), 1, note)


def _one_by_one(
    names: set[str],
    gazetteer: Gazetteer,
    mentions: Sequence[SyntheticMention],
    rounds: int,
    progress: Progress,
    notes: list[str],
) -> Table:
    """Half of the mentions warm up; the others are timed one by one, again in every round."""
    warm, timed = mentions[: len(mentions) // 2], mentions[len(mentions) // 2 :]
    ready = {name: ask for name, ask in _askers(gazetteer) if name in names}
    times: dict[str, list[list[float]]] = {name: [] for name in ready}
    right: dict[str, float] = {}
    for number in range(rounds + 1):
        for name, ask in ready.items():
            progress(f"one name, {name}, round {number}")
            own, best = _timed(ask, timed if number else warm)
            right[name] = linked_right([m.actor for m in (timed if number else warm)], best)
            if number:
                times[name].append(own)
    if right.get(_OURS, 1.0) < LEAST_RIGHT:
        raise WrongAnswersError(f"{_OURS}, one by one, is right in {right[_OURS]:.0%}")
    kept = {name: own for name, own in times.items() if right[name] >= LEAST_RIGHT}
    notes += [f"One name: {name} is mostly wrong, and left out." for name in times.keys() - kept]
    return _milliseconds(kept, right)


def _timed(
    ask: Callable[[str], str | None], mentions: Sequence[SyntheticMention]
) -> tuple[list[float], list[str | None]]:
    times, best = [], []
    for mention in mentions:
        start = perf_counter()
        best.append(ask(mention.text))
        times.append(1000 * (perf_counter() - start))
    return times, best


def _askers(gazetteer: Gazetteer) -> Iterator[tuple[str, Callable[[str], str | None]]]:
    """Whoever can hold a gazetteer ready: what gives the best actor's id for a name."""
    resolver = Resolver(gazetteer, Settings(top=1))

    def ours(text: str) -> str | None:
        candidates = resolver.resolve(text).candidates
        return candidates[0].id if candidates else None

    yield _OURS, ours
    spelled = {
        (entity.id, k): ANYASCII.spell(name.text)
        for entity in gazetteer
        for k, name in enumerate(entity.names)
    }
    for measure, scorer in (("WRatio", fuzz.WRatio), ("Jaro-Winkler", JaroWinkler.similarity)):

        def nearest(text: str, scorer: Callable[..., float] = scorer) -> str | None:
            found = process.extractOne(ANYASCII.spell(text), spelled, scorer=scorer)
            return str(found[2][0]) if found else None

        yield f"rapidfuzz {measure}, {ANYASCII.name}", nearest


def _milliseconds(times: dict[str, list[list[float]]], right: dict[str, float]) -> Table:
    rows: list[Row] = []
    middle = {name: [float(np.percentile(t, 50)) for t in own] for name, own in times.items()}
    for name, own in times.items():
        late = median(float(np.percentile(t, 95)) for t in own)
        to_ours = ratio(middle[name], middle[_OURS]) if _OURS in middle else None
        rows.append((name, median(middle[name]), late, to_ours, right[name]))
    columns = ("system", "p50 ms", "p95 ms", "ratio of p50 to ours", "right")
    note = "A ratio below 1 is faster than ours. The gazetteer is in memory, its names prepared."
    return Table("One name, warm", columns, tuple(rows), 1, note)


def _start_up(rounds: int, progress: Progress) -> Table:
    rows: list[Row] = list(start_ups(starts(), rounds, progress))
    columns = ("what", "start-up seconds", "ratio to ours")
    note = "The whole process, Python included. A ratio below 1 starts faster than ours decides."
    return Table("Start-up", columns, tuple(rows), 1, note)


def _memory(
    linkers: Sequence[Linker],
    made: Synthetic,
    mentions: Sequence[SyntheticMention],
    progress: Progress,
    notes: list[str],
) -> Table:
    """One process a library: its systems hold much the same."""
    known = {system.name for system in all_systems()}
    first: dict[str, str] = {}
    for system in linkers:
        if system.name in known:
            first.setdefault(system.version(), system.name)
    found: dict[str, float] = {}
    for name in first.values():
        progress(f"memory, {name}")
        try:
            found[name] = peak_of(name, Synthetic(made.gazetteer, tuple(mentions)))
        except WrongAnswersError as error:
            notes.append(f"Memory: {name} is left out: {error}")
    ours = found.get(_OURS)
    rows: list[Row] = [(name, own, own / ours if ours else None) for name, own in found.items()]
    note = f"Of a process that links {len(mentions)} names, Python and libraries included."
    return Table("Memory", ("system", "peak MiB", "ratio to ours"), tuple(rows), 1, note)
