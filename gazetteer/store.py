"""The gazetteer in memory: loaded, looked up, merged, saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import msgspec

from gazetteer import package
from gazetteer.entity import Entity, Redirect
from gazetteer.errors import NotFoundError, RecordError, UnknownIdError
from gazetteer.ids import follow
from gazetteer.uniting import renamed, united, united_redirects
from gazetteer.validation import Contents, validate

__all__ = ["Gazetteer", "load", "save", "validate"]


class Gazetteer(msgspec.Struct, frozen=True, dict=True, eq=False):
    """The actors that may be meant, sorted by id, and the ids that were given up.

    `len` and iteration go over the actors.
    """

    name: str
    entities: tuple[Entity, ...] = ()
    redirections: tuple[Redirect, ...] = ()

    def __post_init__(self) -> None:
        """Sort the actors, which come in the order of their file."""
        ordered = tuple(sorted(self.entities, key=lambda entity: entity.id))
        msgspec.structs.force_setattr(self, "entities", ordered)

    @classmethod
    def empty(cls) -> Gazetteer:
        """A gazetteer that knows nobody."""
        return cls("none")

    @classmethod
    def merged(cls, gazetteers: Sequence[Gazetteer]) -> Gazetteer:
        """One gazetteer of all the actors; of one id in several, the names are united.

        What an earlier one says about an actor stands before what a later one says, and an
        earlier one's redirects hold for the later ones' actors too. None makes an empty one.
        """
        if len(gazetteers) == 1:
            return gazetteers[0]
        redirections = united_redirects(r for each in gazetteers for r in each.redirections)
        targets = {redirect.id: redirect.target for redirect in redirections}
        entities: dict[str, Entity] = {}
        for gazetteer in gazetteers:
            for entity in gazetteer:
                id = follow(entity.id, targets)
                known = entities.get(id)
                entities[id] = united(known, entity) if known else renamed(entity, id)
        name = "+".join(gazetteer.name for gazetteer in gazetteers) or "none"
        return cls(name, tuple(entities.values()), redirections)

    def __len__(self) -> int:
        return len(self.entities)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities)

    def __contains__(self, id: object) -> bool:
        return id in self._by_id or id in self.redirects

    def __repr__(self) -> str:
        return f"Gazetteer({self.name!r}, {len(self):,} actors)"

    def get(self, id: str) -> Entity:
        """The actor that `id` means, redirects followed.

        Raises UnknownIdError, which suggests the ids that look like it.
        """
        found = self._by_id.get(follow(id, self.redirects))
        if found is None:
            raise UnknownIdError(self._unknown(id))
        return found

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """The ids that were given up, each with the one that took its place."""
        return MappingProxyType({redirect.id: redirect.target for redirect in self.redirections})

    @cached_property
    def version(self) -> str:
        """A digest of the actors, their names and the redirects: equal where these are."""
        from hashlib import sha256  # late: who only resolves names doesn't ask for it

        text = "".join(package.texts(self.entities, self.redirections).values())
        return sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def _by_id(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    def _unknown(self, id: str) -> str:
        from difflib import get_close_matches  # late: for a message that is seldom needed

        close = get_close_matches(id, [*self._by_id, *self.redirects], n=3)
        what = f"no actor {id!r} among the {len(self):,} of gazetteer {self.name!r}"
        return f"{what}; did you mean {' or '.join(close)}?" if close else f"{what} (list them)"


def load(path: str | Path | None = None) -> Gazetteer:
    """The gazetteer at `path`; the one that ships where it is None.

    A folder or its datapackage.json is a data package; a .csv or .tsv is a plain table of names
    (`id,name` and where given `lang,kind,type,country,prominence`); every line of a .txt is an
    actor. Raises NotFoundError, or RecordError with every `file:line` that breaks a rule.

    >>> load().get("turkiye").country
    'TR'
    """
    return Gazetteer(*_contents(Path(path) if path is not None else None))


def save(gazetteer: Gazetteer, folder: str | Path) -> None:
    """Write `gazetteer` as a data package, the same bytes each time, whole or not at all.

    Raises RecordError where it breaks a rule.
    """
    package.write(Path(folder), gazetteer.name, gazetteer.entities, gazetteer.redirections)


def _contents(path: Path | None) -> Contents:
    if path is None:
        return package.read(package.shipped())
    if path.is_dir():
        return package.read(path)
    if not path.exists():
        raise NotFoundError(
            f"no gazetteer at {path} (give a data package, a .csv, .tsv or .txt, or none)"
        )
    if path.suffix.lower() == ".json":
        return package.read(path.parent)
    if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        from gazetteer.importers import table  # late: the one that ships needs no import

        return table.read(path)
    raise RecordError(
        [f"{path}:1: not a gazetteer (a folder, its datapackage.json, a .csv, .tsv or .txt)"]
    )
