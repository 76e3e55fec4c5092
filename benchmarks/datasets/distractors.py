"""Actors whom nobody asks for: they make a gazetteer large, and links to them are wrong.

    real        persons and places of the public lists that the task leaves out, by a Latin name
    synthetic   where those don't suffice: given and family names of two of them, put together

None shares a full name with an entity of the task, in whatever order and case, nor is one of its
ids by the table of duplicates. A gazetteer smaller than the task's is asked in parts, each part
with the mentions of its own actors, so that every size is asked for the same mentions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from zlib import crc32

import msgspec

from benchmarks.datasets.duplicates import heads, reviewed
from benchmarks.datasets.lists import TYPES, Actor, Asked, Merges, key, long_enough
from gazetteer import Entity, EntityName, Gazetteer
from resolve.model.inputs import rows
from resolve.names.script import script_of
from resolve.types import Kind

__all__ = ["LISTS", "Distractor", "Round", "pool", "rounds"]

LISTS: Mapping[Kind, tuple[str, ...]] = {
    "person": ("everypolitician_world", "wikidata_he_fullnames", "wikidata_ar_fullnames"),
    "organization": (),
    "place": ("geonames_cities", "cldr_territories"),
}
"""The lists that distractors of a kind come from."""

_SEED = 1
_TRIES = 20  # to put together a name that nobody bears, for each that is wanted


class Distractor(msgspec.Struct, frozen=True):
    """A name of nobody in the task, from a list, or put together from two of its names."""

    name: str
    source: str
    synthetic: bool = False


class Round(msgspec.Struct, frozen=True):
    """A gazetteer and the mentions that are asked of it."""

    gazetteer: Gazetteer
    actors: Mapping[str, str]
    """Head -> the gazetteer's id."""
    asked: tuple[Asked, ...]
    real: int
    synthetic: int


def rounds(task: Merges, size: int, found: Sequence[Distractor]) -> Iterator[Round]:
    """Yield the gazetteers of `size` actors that together hold the task's, with their mentions.

    One where they all fit; it is smaller where `found`, the distractors, don't suffice.
    """
    parts = max(-(-len(task.actors) // size), 1)
    actors: list[list[Actor]] = [[] for _ in range(parts)]
    order = sorted(task.actors, key=lambda actor: (crc32(f"part {actor.head}".encode()), actor.id))
    for number, actor in enumerate(order):
        actors[number % parts].append(actor)
    home = {actor.head: part for part, own in enumerate(actors) for actor in own}
    asked: list[list[Asked]] = [[] for _ in range(parts)]
    for mention in task.asked:
        lot = crc32(f"part {mention.head}".encode()) % parts
        asked[home.get(mention.head, lot)].append(mention)
    for own, mentions in zip(actors, asked, strict=True):
        padding = found[: max(size - len(own), 0)]
        yield Round(
            _gazetteer(task.kind, own, padding),
            {actor.head: actor.id for actor in own},
            tuple(mentions),
            sum(not distractor.synthetic for distractor in padding),
            sum(distractor.synthetic for distractor in padding),
        )


def pool(data: Path | None, task: Merges, most: int) -> list[Distractor]:
    """Return at most `most` distractors of a task: real ones first, mixed by their letters.

    Persons are put together where there are too few; of other kinds there may be fewer. Without
    `data` there are none. Raises InputError for a file that can't be read.
    """
    real = [] if data is None else _real(data, task)
    real.sort(key=lambda d: (crc32(f"distractor {d.name}".encode()), d.name))
    if task.kind != "person" or len(real) >= most or not real:
        return real[:most]
    return [*real, *_synthetic(real, task.names, most - len(real))]


def _real(data: Path, task: Merges) -> list[Distractor]:
    """A Latin name of each entity that isn't the task's, each name once."""
    taken = _taken(task)
    found: dict[str, Distractor] = {}
    for source in LISTS[task.kind]:
        entities: dict[str, list[str]] = defaultdict(list)
        for row in rows(data / "names" / f"{source}.tsv"):
            if row["entity_type"] == TYPES[task.kind]:
                entities[f"{source} {row['entity_id']}"].append(row["name"])
        for id, names in entities.items():
            latin = [n for n in names if script_of(n) == "Latn" and long_enough(n, task.kind)]
            if latin and id not in taken and task.names.isdisjoint(map(key, names)):
                found.setdefault(key(latin[0]), Distractor(latin[0], source))
    return list(found.values())


def _taken(task: Merges) -> frozenset[str]:
    """Ids that are an entity of the task under another name, or may be."""
    joins = [msgspec.structs.replace(d, verdict="same") for d in reviewed() if d.possible]
    ids = {id for join in joins for id in (join.left, join.right)}
    head = heads(ids | task.heads, joins)
    asked_for = {head[own] for own in task.heads}
    return frozenset(id for id in ids if head[id] in asked_for)


def _synthetic(real: Sequence[Distractor], names: frozenset[str], wanted: int) -> list[Distractor]:
    """Persons who don't exist, each of the names of two who stand on one list."""
    random = Random(_SEED)
    words: dict[str, list[list[str]]] = {}
    for distractor in real:
        words.setdefault(distractor.source, []).append(distractor.name.split())
    sources = sorted(words)
    sizes = [len(words[source]) for source in sources]
    borne = {key(distractor.name) for distractor in real} | names
    made: list[Distractor] = []
    for _ in range(wanted * _TRIES):
        if len(made) == wanted:
            break
        (source,) = random.choices(sources, sizes)
        given, family = random.choice(words[source]), random.choice(words[source])
        name = " ".join((*given[:-1], family[-1]))
        if key(name) not in borne:
            borne.add(key(name))
            made.append(Distractor(name, source, synthetic=True))
    return made


def _gazetteer(kind: Kind, actors: Sequence[Actor], padding: Sequence[Distractor]) -> Gazetteer:
    named = [(actor.id, actor.name) for actor in actors]
    named += [(f"other-{n:06}", distractor.name) for n, distractor in enumerate(padding)]
    return Gazetteer(
        "lists",
        tuple(
            Entity(id, (EntityName(text=name, script="Latn", kind="primary", source="list"),), kind)
            for id, name in named
        ),
    )
