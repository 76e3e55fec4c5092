"""Which of an actor's names are primary: at most one a language."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gazetteer.entity import EntityName, NameKind

__all__ = ["with_primary"]


def with_primary(names: Sequence[EntityName]) -> tuple[EntityName, ...]:
    """The names with the first primary one of each language alone primary.

    Where none is primary, the first alias becomes so; a weak or former name never does, since
    it would then be taken for what the actor is called.

    >>> names = EntityName("Abu Ali", kind="weak"), EntityName("Ali Hassan")
    >>> [name.kind for name in with_primary(names)]
    ['weak', 'primary']
    """
    primary: set[str] = set()
    found = []
    for name in names:
        if name.kind == "primary":
            found.append(_as(name, "alias") if name.lang in primary else name)
            primary.add(name.lang)
        else:
            found.append(name)
    if not primary:
        first = next((at for at, name in enumerate(found) if name.kind == "alias"), None)
        if first is not None:
            found[first] = _as(found[first], "primary")
    return tuple(found)


def _as(name: EntityName, kind: NameKind) -> EntityName:
    return msgspec.structs.replace(name, kind=kind)
