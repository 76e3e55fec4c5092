"""Who exists: the gazetteer of actors and their names.

A `Gazetteer` holds `Entity` values, each with its `EntityName`s, under ids that are never given
to another actor. `load` reads the one that ships, a data package, or a plain table of names;
`validate` says what is wrong with one, `save` writes one.

>>> import gazetteer
>>> gazetteer.Gazetteer.empty().entities
()
"""

from __future__ import annotations

from gazetteer.entity import Entity, EntityName, Kind, NameKind, Redirect
from gazetteer.errors import (
    FormatError,
    GazetteerError,
    IdError,
    MissingExtraError,
    NotFoundError,
    RecordError,
    UnknownIdError,
)
from gazetteer.store import Gazetteer, load, save, validate

__all__ = [
    "Entity",
    "EntityName",
    "FormatError",
    "Gazetteer",
    "GazetteerError",
    "IdError",
    "Kind",
    "MissingExtraError",
    "NameKind",
    "NotFoundError",
    "RecordError",
    "Redirect",
    "UnknownIdError",
    "load",
    "save",
    "validate",
]
