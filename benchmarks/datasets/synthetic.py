"""Actors and mentions that nobody bears, in any number, from words attested and coined.

    actors     two to four words each, by how often lists have them; one family name in three is
               coined. Three names for two actors: one in five in Arabic script, one in ten as
               Turkish writes it. No two have the same words, though some are written alike
    mentions   of one actor each: in the other script, respelled, or mistyped; one in five of a
               person who isn't in the gazetteer (`coined.mentions`)

For timing, and for what is lost among a million: names as they come, whose actor is known,
without any data at hand. How good the answers are is measured on real names.
"""

from __future__ import annotations

import msgspec

from benchmarks.datasets.coined.mentions import SyntheticMention, mentions
from benchmarks.datasets.coined.world import World
from gazetteer import Gazetteer

__all__ = ["Synthetic", "SyntheticMention", "World", "synthetic"]


class Synthetic(msgspec.Struct, frozen=True):
    """A gazetteer of persons and mentions of its actors, in no order."""

    gazetteer: Gazetteer
    mentions: tuple[SyntheticMention, ...]


def synthetic(actors: int, asked: int, seed: int = 1) -> Synthetic:
    """Return that many actors and mentions; the same arguments give the same names.

    >>> made = synthetic(20, 10)
    >>> len(made.gazetteer), len(made.mentions), made.mentions == synthetic(20, 10).mentions
    (20, 10, True)
    """
    world = World(actors, seed)
    gazetteer = Gazetteer(name="synthetic", entities=tuple(world.entities()))
    return Synthetic(gazetteer, tuple(mentions(world, asked)))
