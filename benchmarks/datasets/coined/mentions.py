"""Names that mean an actor of a world as somebody else writes them, by class; or nobody.

    arab        in Arabic script, of an actor who is known in Latin letters alone
    latin       in Latin letters, of one who is known in Arabic script alone
    respelled   in Latin letters, as another writer spells it: one in eight of them Turkish
    slip-1      a Latin name of the actor's with one letter mistyped
    slip-2      with two
    nil         of a person whose given and family name are no actor's

Each means one actor: a middle word is left out only where what is left is nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from random import Random
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.datasets.coined.chance import lots
from benchmarks.datasets.coined.slips import mistyped
from benchmarks.datasets.coined.stock import NONE, Persons, stock
from benchmarks.datasets.coined.world import ARABIC, TURKISH, World, actor_id, ways
from benchmarks.datasets.coined.writing import LOTS, Written, titled, written
from gazetteer import EntityName
from resolve.names.fold import fold

__all__ = ["CLASSES", "SHORTENED", "MentionClass", "SyntheticMention", "mentions"]

Ints = NDArray[np.int64]
MentionClass = Literal["arab", "latin", "respelled", "slip-1", "slip-2", "nil"]

CLASSES: dict[MentionClass, float] = {
    "arab": 0.2,
    "latin": 0.1,
    "respelled": 0.3,
    "slip-1": 0.1,
    "slip-2": 0.1,
    "nil": 0.2,
}
"""The classes and their shares."""
SHORTENED = 0.2
"""Share of the names of three words and more of which a middle one is left out, where it may be."""
_ROUNDS = 8  # of drawing: the last ones find only names that are asked for already
_PURPOSE = 9


class SyntheticMention(msgspec.Struct, frozen=True):
    """A written name, and the id of the actor that it means; None for one nobody knows."""

    text: str
    actor: str | None
    script: str
    kind: MentionClass
    unseen: bool
    """Whether it is told by a word that the model's lexicon hasn't got: the family name, as it is
    written and as the gazetteer has it; where letters are mistyped, one of them in it."""


def mentions(world: World, count: int) -> list[SyntheticMention]:
    """Return that many mentions, no two alike, in no order; fewer where the actors are too few."""
    random, order = np.random.default_rng((world.seed, _PURPOSE, count)), Random(world.seed)
    wanted = _counts(count)
    found: dict[str, SyntheticMention] = {}
    for _ in range(_ROUNDS):
        for kind in [kind for kind, more in wanted.items() if more]:
            for mention in _drawn(world, kind, wanted[kind], random, order):
                if mention.text not in found:
                    found[mention.text] = mention
                    wanted[kind] -= 1
    every = list(found.values())
    order.shuffle(every)
    return every


def _counts(count: int) -> dict[MentionClass, int]:
    """How many of each class; what rounding leaves are respelled."""
    found = {kind: int(count * share + 1e-9) for kind, share in CLASSES.items()}
    found["respelled"] += count - sum(found.values())
    return found


def _drawn(
    world: World, kind: MentionClass, count: int, random: np.random.Generator, order: Random
) -> Iterator[SyntheticMention]:
    seed = int(random.integers(1 << 62))
    if kind == "nil":
        yield from _of_nobody(world.strangers(count), seed)
        return
    latin, arabic = world.scripts
    fit = np.flatnonzero({"arab": ~arabic, "latin": ~latin}.get(kind, latin))
    rows = random.choice(fit, count) if len(fit) else fit
    known = world.names(rows)
    if kind.startswith("slip"):
        yield from _slipped(rows, known, kind, order)
    else:
        yield from _respelled(world, rows, known, kind, seed)


def _of_nobody(persons: Persons, seed: int) -> Iterator[SyntheticMention]:
    drawn = lots(np.arange(len(persons)), seed, 1 + LOTS)
    how = ways(drawn[:, 0])
    for words, way in zip(written(persons, how, drawn[:, 1:]), how, strict=True):
        text, unseen = titled(words, way), not _attested(words[-1])
        yield SyntheticMention(text, None, _script(way), "nil", unseen)


def _respelled(
    world: World,
    rows: Ints,
    known: Sequence[Sequence[EntityName]],
    kind: MentionClass,
    seed: int,
) -> Iterator[SyntheticMention]:
    drawn = lots(np.arange(len(rows)), seed, 2 + LOTS)
    turkish = TURKISH / (1 - ARABIC)
    how: list[Written] = [
        "Arab" if kind == "arab" else "Turk" if lot < turkish else "Latn" for lot in drawn[:, 0]
    ]
    persons = _shortened(world, rows, drawn[:, 1])
    for k, words in enumerate(written(persons, how, drawn[:, 2:])):
        unseen = not any(map(_attested, (words[-1], *_families(known[k]))))
        actor = actor_id(int(rows[k]))
        yield SyntheticMention(titled(words, how[k]), actor, _script(how[k]), kind, unseen)


def _slipped(
    rows: Ints, known: Sequence[Sequence[EntityName]], kind: MentionClass, order: Random
) -> Iterator[SyntheticMention]:
    for row, names in zip(rows.tolist(), known, strict=True):
        plain = order.choice([name.text for name in names if name.script == "Latn"]).split()
        words = mistyped(plain, int(kind[-1]), order)
        if words is not None:
            unseen = words[-1] != plain[-1] and not any(map(_attested, _families(names)))
            yield SyntheticMention(" ".join(words), actor_id(row), "Latn", kind, unseen)


def _shortened(world: World, rows: Ints, lot: NDArray[np.float64]) -> Persons:
    """The persons of some rows, some without their second word."""
    persons = world.persons.of(rows)
    shorter = (persons.stems >= 0).sum(1) > 2
    shorter &= (lot < SHORTENED) & world.tells(rows)
    moved = np.full_like(persons.stems, NONE)
    moved[:, 0], moved[:, 1:-1] = persons.stems[:, 0], persons.stems[:, 2:]
    return Persons(np.where(shorter[:, None], moved, persons.stems), persons.endings)


def _families(names: Sequence[EntityName]) -> list[str]:
    return [name.text.split()[-1] for name in names]


@cache
def _attested(word: str) -> bool:
    """Whether the lexicon has a word."""
    return stock().lexicon.row(*fold(word)) >= 0


def _script(how: Written) -> str:
    return "Arab" if how == "Arab" else "Latn"
