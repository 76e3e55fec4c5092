"""Public lists as a task: the actor that a written name means, where each has many names.

    entities    ids of the lists, joined where they are one actor (`duplicates`)
    gazetteer   one Latin name of an entity: for persons the first of two words or more
    NIL         three entities in ten, drawn by their id, are left out altogether
    mentions    an entity's other names (at most twenty), but for those that differ in case or
                order alone
    halves      constants were fitted to names of the `seen` half, never to the `unseen`

What falls where is told by ids, so that every run has the same task. A mention that has nothing
in common with the gazetteer's name (a nom de guerre) is marked: no matcher can know it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal
from zlib import crc32

import msgspec
from rapidfuzz import fuzz

from benchmarks.datasets.duplicates import doubtful, heads
from benchmarks.datasets.pairs import GOLD, fitted_to, list_names, read_pairs
from resolve.errors import OptionError
from resolve.matching.keys import skeleton
from resolve.model.inputs import rows
from resolve.names import read
from resolve.names.fold import fold
from resolve.names.script import script_of
from resolve.types import Kind, Mention

__all__ = [
    "ALIKE",
    "KINDS",
    "MOST_NAMES",
    "SOURCES",
    "Actor",
    "Asked",
    "Half",
    "Merges",
    "Source",
    "alike",
    "key",
    "long_enough",
    "merges",
]

Half = Literal["unseen", "seen", "all"]
KINDS: tuple[Kind, ...] = ("person", "organization", "place")
TYPES: Mapping[Kind, str] = {"person": "PER", "organization": "ORG", "place": "LOC"}

ALIKE = 60.0
"""Percent that the consonants of two words agree where names have something in common. Of the 6,209
positives of the UN, EU and OFAC persons' pairs 852 are marked `:aka`; in a sample of 4,119 this
bound says the same of 96 in a hundred: of seven measures of likeness and all their bounds none
said so of more."""

MOST_NAMES = 20
"""Mentions of one entity at most, drawn by their letters: one of the EU's has 148 names, and would
decide how well the unknown are gathered."""

_LOTS = 20  # an entity draws one: odd lots are unseen
_LEFT_OUT = 6  # the first lots are NIL: three in ten of each half
_WORD = re.compile(r"\w+")


class Source(msgspec.Struct, frozen=True):
    """A list, and how many of its entities are asked for: one in `one_in`, drawn by their id."""

    name: str
    one_in: int = 1
    first: str | None = None
    """The language whose names come first, where the list isn't in an order of its own."""


SOURCES: Mapping[Kind, tuple[Source, ...]] = {
    "person": (
        Source("un_sc"),
        Source("eu_fsf"),
        Source("ofac"),
        Source("everypolitician_mena"),
        Source("everypolitician_turkey"),
        Source("everypolitician_libya"),
        Source("everypolitician_world", 8),
        Source("wikidata_he_fullnames", 100),
    ),
    "organization": (Source("un_sc"), Source("ofac")),
    "place": (
        Source("geonames_cities", 16),
        Source("libya_areas"),
        Source("cldr_territories", 8, "en"),
    ),
}
"""The lists of a kind. Of those that would outweigh the rest a share is drawn."""


class Actor(msgspec.Struct, frozen=True):
    """An entity of the task. `head` is the first of its ids on the lists."""

    id: str
    """The gazetteer's id, which tells nothing."""
    head: str
    name: str
    script: str


class Asked(msgspec.Struct, frozen=True):
    """A mention and what it means."""

    text: str
    script: str
    source: str
    head: str
    """The entity that it means, whether the gazetteer has it or not."""
    known: bool
    alike: bool
    """Whether it has something in common with the name that the gazetteer has, or would have."""


class Merges(msgspec.Struct, frozen=True):
    """One kind's task: its gazetteer, sorted by id, and its mentions."""

    kind: Kind
    actors: tuple[Actor, ...]
    asked: tuple[Asked, ...]
    heads: frozenset[str]
    """All entities, those without a Latin name included."""
    names: frozenset[str]
    """The keys of all their names: no distractor may have one."""
    bearers: Mapping[str, frozenset[str]]
    """Name, whatever its case and order -> the entities to whom the lists give it, if several."""
    doubtful: frozenset[frozenset[str]]
    """Pairs of heads that may be one actor."""

    def with_asked(self, asked: Iterable[Asked]) -> Merges:
        """Return the task with other mentions."""
        return msgspec.structs.replace(self, asked=tuple(asked))

    def unsure(self, asked: Asked, head: str) -> bool:
        """Return whether another entity may be meant as well as the mention's own.

        It is perhaps the same one, or a namesake: a list gives it the very name of the mention.
        """
        if asked.head == head:
            return False
        doubtful = frozenset((asked.head, head)) in self.doubtful
        return doubtful or head in self.bearers.get(_plain(asked.text), ())


class _Row(msgspec.Struct, frozen=True):
    """A name of an entity, as a list has it."""

    text: str
    script: str
    source: str


def merges(
    data: Path | None,
    kind: Kind,
    half: Half = "unseen",
    sources: Sequence[str] | None = None,
) -> Merges:
    """Return the task of one kind from the lists in `data`; from the gold, whole, without it.

    `sources` names the lists, None meaning all. Raises OptionError for one that isn't there,
    InputError for a file that can't be read.
    """
    entities = _entities(data, kind, sources)
    marked = _marked(data, kind)
    fitted = fitted_to(data) if half != "all" else frozenset()
    head = heads(entities)
    groups: dict[str, list[str]] = defaultdict(list)
    for id in sorted(entities):
        groups[head[id]].append(id)
    actors: list[Actor] = []
    asked: list[Asked] = []
    keys: set[str] = set()
    bearers: dict[str, set[str]] = defaultdict(set)
    for number, (own, ids) in enumerate(sorted(groups.items())):
        names = [name for id in ids for name in entities[id]]
        for name in names:
            keys.add(key(name.text))
            bearers[_plain(name.text)].add(own)
        first = next((n for n in names if n.script == "Latn" and long_enough(n.text, kind)), None)
        if first is None:
            continue
        lot = crc32(own.encode()) % _LOTS
        if lot >= _LEFT_OUT:
            actors.append(Actor(f"{kind}-{number:06}", own, first.text, first.script))
        unseen = lot % 2 == 1 and not any(id.split(" ", 1)[1] in fitted for id in ids)
        if data is not None and half != "all" and unseen is not (half == "unseen"):
            continue
        for name in _others(names, first):
            common = marked.get(_pair(name.text, first.text))
            common = alike(name.text, first.text, kind) if common is None else common
            asked.append(Asked(name.text, name.script, name.source, own, lot >= _LEFT_OUT, common))
    return Merges(
        kind,
        tuple(actors),
        tuple(asked),
        frozenset(groups),
        frozenset(keys),
        {text: frozenset(own) for text, own in bearers.items() if len(own) > 1},
        doubtful(head),
    )


def key(text: str) -> str:
    """Return a name's folded words in the order of letters: what spellings of one name share.

    >>> key("AL-DBEIBAH, Abdul Hamid") == key("Abdul Hamid al-Dbeibah")
    True
    """
    return " ".join(sorted(fold(word)[0] for word in _WORD.findall(text)))


def alike(left: str, right: str, kind: Kind) -> bool:
    """Return whether two names have something in common: two words whose consonants agree.

    What shares nothing (a nom de guerre, an epithet) can't be linked by a name alone, and is
    counted apart, as the pairs files do for what they mark `:aka`.

    >>> alike("Haftar", "خليفة حفتر", "person"), alike("Abu Turab", "Hidayatullah", "person")
    (True, False)
    """
    ours, theirs = _bones(left, kind), _bones(right, kind)
    return any(fuzz.ratio(a, b) >= ALIKE for a in ours for b in theirs)


def long_enough(text: str, kind: Kind) -> bool:
    """Return whether a name can stand in a gazetteer: a person's has two words or more."""
    return kind != "person" or len(_WORD.findall(text)) > 1


def _entities(data: Path | None, kind: Kind, wanted: Sequence[str] | None) -> dict[str, list[_Row]]:
    """The names of each id, as `source id`, in the order of the lists."""
    known = SOURCES[kind] if data else (Source("gold"),)
    every = {source.name for of_kind in SOURCES.values() for source in of_kind} | {"gold"}
    if unknown := sorted(set(wanted or ()) - every):
        raise OptionError(f"no list named {', '.join(unknown)}; there are {', '.join(every)}")
    entities: dict[str, list[_Row]] = defaultdict(list)
    for source in known:
        if wanted is not None and source.name not in wanted:
            continue
        path = data / "names" / f"{source.name}.tsv" if data else GOLD / "names.tsv"
        found = [row for row in rows(path) if row["entity_type"] == TYPES[kind]]
        found.sort(key=lambda row: row["lang_or_script"] != source.first)
        for row in found:
            id = f"{source.name} {row['entity_id']}"
            if _drawn(id, source.one_in) and _WORD.search(row["name"]):
                entities[id].append(_Row(row["name"], script_of(row["name"]), source.name))
    return _without_namesakes(entities, "wikidata_he_fullnames")


def _without_namesakes(entities: Mapping[str, list[_Row]], source: str) -> dict[str, list[_Row]]:
    """Leave out of a source who shares a full name with an entity of another: one person or not,
    nobody looked.
    """
    others = {key(n.text) for own in entities.values() for n in own if n.source != source}
    return {
        id: names
        for id, names in entities.items()
        if names[0].source != source or not any(key(name.text) in others for name in names)
    }


def _others(names: Iterable[_Row], first: _Row) -> list[_Row]:
    """The names that aren't the gazetteer's, each once, whatever its case and order, in theirs."""
    found = {_plain(first.text): first}
    for name in names:
        found.setdefault(_plain(name.text), name)
    others = list(found.values())[1:]
    drawn = sorted(others, key=lambda name: (crc32(name.text.encode()), name.text))[:MOST_NAMES]
    return [name for name in others if name in drawn]


def _marked(data: Path | None, kind: Kind) -> dict[tuple[str, str], bool]:
    """Pairs of one actor's names -> whether they have something in common, as files mark them."""
    found: dict[tuple[str, str], bool] = {}
    wanted = {source.name + ("_org" if kind == "organization" else "") for source in SOURCES[kind]}
    for name in list_names(data):
        if data is None or name in wanted:
            pairs = read_pairs(data, name).pairs
            found.update((_pair(p.left, p.right), not p.aka) for p in pairs if p.same)
    return found


def _bones(text: str, kind: Kind) -> list[str]:
    name = read(Mention(text))
    parts = name.parts if kind == "person" else name.words
    return [_skeleton(part.form, part.script) for part in parts if part.form]


def _skeleton(form: str, script: str) -> str:
    return form if script == "Zyyy" else skeleton(form, script)


def _plain(text: str) -> str:
    return " ".join(sorted(_WORD.findall(text.casefold())))


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left < right else (right, left)


def _drawn(id: str, one_in: int) -> bool:
    return crc32(f"drawn {id}".encode()) % one_in == 0
