"""Which person of public lists does a name mean, or none? What the constants are fitted to.

    persons     names by entity                     four lists; one person on two lists joined
    gazetteer   one Latin name of each person       but for three in ten, who are NIL; padded with
                                                    strangers to the size of a real one
    mentions    all the other names of all persons  half of the persons to fit to, half unseen
    task        mention -> NIL and candidates       the bits of part for part, to be aligned

What falls where is told by the entity's id, so that every run has the same task.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.decisions.calibration import ACROSS, FULL, LONE
from resolve.matching.alignment import Structure, align
from resolve.matching.comparison import Comparison, read_slots
from resolve.matching.index import NameIndex
from resolve.matching.keys import skeleton
from resolve.matching.slots import plain
from resolve.matching.vocabulary import SCRIPTS
from resolve.model import inputs
from resolve.model.learned import Learned
from resolve.names import read
from resolve.types import Mention, Name

__all__ = ["LISTS", "Case", "Task", "cases", "strangers", "tasks"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LISTS = ("eu_fsf", "un_sc", "ofac", "everypolitician_mena")
"""Public lists of persons with several names each. Training reads no person of theirs, but
Wikidata, which it reads, knows many of the same people."""
STRANGERS = "wikidata_he_fullnames", "everypolitician_world", "wikidata_ar_fullnames"
"""Lists of persons to pad the gazetteer with, of all the world."""
ACTORS = 10_000
"""Actors of the gazetteer: in a small one hardly anybody has a namesake."""
NEAREST = 32
"""Candidates of a mention that are aligned."""
_LOTS = 20  # an entity draws one: odd lots are unseen, the first three in ten of each are NIL
_LEFT_OUT = 6
_NEVER = -10_000.0  # log2 odds
_BATCH = 256  # mentions whose forms are compared in one go


class Case(NamedTuple):
    """A mention; the gazetteer's row of its actor, None for NIL."""

    name: Name
    actor: int | None
    unseen: bool


@dataclass(frozen=True)
class Task:
    """Linking decisions. Every mention has a row for NIL, then one for each candidate."""

    scripts: tuple[str, ...]  # of each mention, ISO 15924
    known: NDArray[np.bool_]  # whether the gazetteer holds the mention's actor
    actors: int  # in the gazetteer
    starts: Ints  # mention -> its row of NIL
    right: Ints  # mention -> its right row: NIL's, too, where the actor isn't a candidate
    groups: tuple[tuple[Ints, Floats], ...]  # rows of one shape, and evidence part for part
    candidates: NDArray[np.bool_]  # row -> whether it is a candidate's
    across: NDArray[np.bool_]  # row -> whether the candidate's name is in another script

    def bits(self, structure: Structure) -> Floats:
        """Return the evidence of every row; 0 in the rows of NIL."""
        bits = np.zeros(len(self.candidates))
        for rows, evidence in self.groups:
            bits[rows] = align(evidence, structure).bits
        return bits

    @cached_property
    def lines(self) -> NDArray[np.int8]:
        """How the names of each row are compared, as the calibration has it."""
        lines = np.where(self.across, ACROSS, FULL)
        for rows, evidence in self.groups:
            if 1 in evidence.shape[1:]:
                lines[rows] = LONE
        return lines

    def log2p(self, odds: Floats, rivals: Floats) -> Floats:
        """Return log2 of each row's probability; those of one mention add up to one.

        `odds` are the candidates' against NIL, `rivals` theirs among each other, as log2; the
        rows of NIL are not read. See `Calibration.probabilities`.
        """
        known = self._sum(np.where(self.candidates, odds, _NEVER))
        every = self._sum(np.where(self.candidates, odds, 0.0))
        shared = self._sum(np.where(self.candidates, rivals, _NEVER))
        return np.where(self.candidates, known + rivals - shared, 0.0) - every

    def _sum(self, bits: Floats) -> Floats:
        """log2 of the sum of 2^bits over each mention, in all its rows."""
        sizes = np.diff(self.starts, append=len(bits))
        top = np.maximum.reduceat(bits, self.starts)
        mass = np.add.reduceat(np.exp2(bits - np.repeat(top, sizes)), self.starts)
        return np.repeat(top + np.log2(mass), sizes)


def tasks(
    data: Path,
    learned: Learned,
    joins: Path | None = None,
    actors: int = ACTORS,
    progress: Callable[[str], None] = lambda text: None,
) -> tuple[Task, Task]:
    """Return the decisions to fit to and the unseen ones, about one gazetteer.

    `data` is the directory of the inputs; `joins` as for `cases`. The gazetteer is padded with
    strangers to so many actors, as far as there are any. Raises InputError for a missing list.
    """
    gazetteer, found = cases(data, joins)
    gazetteer = gazetteer + strangers(data, gazetteer, found, actors - len(gazetteer))
    comparison = Comparison(learned)
    slots = (plain(read_slots(name, "person")) for name in gazetteer)
    index = comparison.index(comparison.arrays(slots, "person"), "person")
    progress(f"{len(gazetteer)} actors, {len(found)} mentions")
    sides = tuple([case for case in found if case.unseen is side] for side in (False, True))
    known, unseen = [_task(side, index, comparison, progress) for side in sides]
    return known, unseen


def cases(data: Path, joins: Path | None = None) -> tuple[list[Name], list[Case]]:
    """Return the gazetteer's names and the mentions; spellings in another order count once.

    `data` is the directory of the inputs. `joins` is a reviewed table of ids that are one person
    (`left_source, left_id, right_source, right_id, verdict ...`), for what no exact rule joins;
    it moves no mention from one half to the other. Raises InputError for a missing list.
    """
    gazetteer: list[Name] = []
    found: list[Case] = []
    entities, head = _persons(data)
    for group in _joined(sorted(entities), head, joins):
        names = [name for entity in group for name in entities[entity]]
        first = next((n for n in names if n.script == "Latn" and len(n.parts) > 1), None)
        if first is None:
            continue
        actor = None
        if _lot(group[0]) >= _LEFT_OUT:
            actor = len(gazetteer)
            gazetteer.append(first)
        others = {
            _key(name): (name, _lot(entity) % 2 == 1)
            for entity in reversed(group)
            for name in reversed(entities[entity])
            if name.parts
        }
        others.pop(_key(first), None)
        found += [Case(name, actor, unseen) for _, (name, unseen) in sorted(others.items())]
    return gazetteer, found


def strangers(
    data: Path, gazetteer: Sequence[Name], found: Sequence[Case], wanted: int
) -> list[Name]:
    """Return names of so many other persons, none of them called as one that is asked for.

    Drawn by their ids. Raises InputError for a missing list.
    """
    taken = {_key(name) for name in (*gazetteer, *(case.name for case in found))}
    drawn: list[tuple[int, str]] = []
    for source in STRANGERS:
        for row in inputs.rows(data / "names" / f"{source}.tsv"):
            if row["entity_type"] == "PER" and row["name"].isascii():
                drawn.append((zlib.crc32(row["entity_id"].encode()), row["name"]))
    others: list[Name] = []
    for _, text in sorted(drawn):
        if len(others) >= wanted:
            break
        name = read(Mention(text))
        if name.script == "Latn" and len(name.parts) > 1 and _key(name) not in taken:
            taken.add(_key(name))
            others.append(name)
    return others


def _lot(entity: str) -> int:
    return zlib.crc32(entity.encode()) % _LOTS


def _joined(
    entities: Sequence[str], heads: Mapping[str, str], joins: Path | None
) -> list[list[str]]:
    """The entities, those of one person together; in their order."""
    head = dict(heads)
    for row in () if joins is None else inputs.rows(joins):
        left, right = (f"{row[f'{side}_source']} {row[f'{side}_id']}" for side in ("left", "right"))
        if row["verdict"] == "same" and left in head and right in head:
            low, high = sorted((_find(head, left), _find(head, right)))
            head[high] = low
    groups: dict[str, list[str]] = defaultdict(list)
    for entity in entities:
        groups[_find(head, entity)].append(entity)
    return list(groups.values())


def _find(head: Mapping[str, str], entity: str) -> str:
    while head[entity] != entity:
        entity = head[entity]
    return entity


def _persons(data: Path) -> tuple[dict[str, list[Name]], dict[str, str]]:
    """The names of each person, by the first of its entities, and whither each entity leads.

    The lists share many persons.
    """
    names: dict[str, dict[str, Name]] = defaultdict(dict)
    for source in LISTS:
        for row in inputs.rows(data / "names" / f"{source}.tsv"):
            if row["entity_type"] == "PER":
                names[f"{source} {row['entity_id']}"][row["name"]] = read(Mention(row["name"]))
    head = {entity: entity for entity in names}
    bearers: dict[str, dict[str, str]] = defaultdict(dict)
    for entity, own in names.items():
        for key, within in sorted({key for name in own.values() for key in _shared(name)}):
            source = entity.split()[0]
            for other, bearer in bearers[key].items():
                if within or other != source:
                    low, high = sorted((_find(head, bearer), _find(head, entity)))
                    head[high] = low
            bearers[key].setdefault(source, entity)
    persons: dict[str, list[Name]] = defaultdict(list)
    for entity in sorted(names):
        persons[_find(head, entity)].extend(names[entity].values())
    return persons, head


def _shared(name: Name) -> Iterator[tuple[str, bool]]:
    """What one person's entities share, and whether two of one list may be one person by it.

    A full name in the same letters; or, on two lists, three parts with the same consonants.
    Within a list that would join siblings: Omar and Amr Sabawi Ibrahim.
    """
    if len(name.parts) > 1:
        yield _key(name), True
    if len(name.parts) > 2:
        bones = [skeleton(part.form, part.script) for part in name.parts if part.form]
        yield "=" + " ".join(sorted(bones)), False


def _task(
    cases: Sequence[Case],
    index: NameIndex,
    comparison: Comparison,
    progress: Callable[[str], None],
) -> Task:
    starts, right, size = [], [], 0
    across: list[NDArray[np.bool_]] = []
    shapes: dict[tuple[int, int], list[tuple[int, Floats]]] = defaultdict(list)
    for number, (case, pool, evidence) in enumerate(_compared(cases, index, comparison)):
        starts.append(size)
        right.append(size)
        script = SCRIPTS.index(case.name.parts[0].script) if case.name.parts else -1
        own_script = index.scripts(np.array(pool, np.int64)) == script
        across += [np.zeros(1, bool), ~own_script]
        for row, (actor, own) in enumerate(zip(pool, evidence, strict=True), start=size + 1):
            parts = int(index.sizes[actor])
            shapes[own.shape[0], parts].append((row, own[:, :parts]))
            if actor == case.actor:
                right[-1] = row
        size += 1 + len(pool)
        if number % 1000 == 999:
            progress(f"{number + 1} of {len(cases)} mentions compared")
    groups = [
        (np.array([row for row, _ in own]), np.array([bits for _, bits in own]))
        for _, own in sorted(shapes.items())
    ]
    candidates = np.ones(size, bool)
    candidates[starts] = False
    return Task(
        tuple(case.name.script for case in cases),
        np.array([case.actor is not None for case in cases]),
        len(index.sizes),
        np.array(starts),
        np.array(right),
        tuple(groups),
        candidates,
        np.concatenate([np.zeros(0, bool), *across]),
    )


def _compared(
    cases: Sequence[Case], index: NameIndex, comparison: Comparison
) -> Iterator[tuple[Case, list[int], Floats]]:
    """Each mention with its candidates, and what its parts say for theirs."""
    for start in range(0, len(cases), _BATCH):
        batch = cases[start : start + _BATCH]
        slots = [read_slots(case.name, "person") for case in batch]
        pools, every = comparison.found(slots, index, "person")
        tables = np.split(every, np.cumsum([len(pool) for pool in pools])[:-1])
        for case, own, pool, table in zip(batch, slots, pools, tables, strict=True):
            evidence = table[:, : len(own)]
            said = np.maximum(evidence, 0.0).max(2, initial=0.0).sum(1)
            best = np.argsort(-said, kind="stable")[:NEAREST]
            yield case, pool[best].tolist(), evidence[best]


def _key(name: Name) -> str:
    return " ".join(sorted(part.form for part in name.parts))
