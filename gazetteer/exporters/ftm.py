"""FollowTheMoney entities as JSON lines, as the library `followthemoney` and Aleph read them.

The caption is the canonical name. Languages, sources and notes of names are not in this form;
statements (`gazetteer.exporters.statements`) keep them. `ftm_properties` says what else isn't.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import msgspec

from gazetteer.entity import Entity
from gazetteer.exporters.ftm_properties import schema, told

__all__ = ["write"]


def write(entities: Iterable[Entity], stream: IO[bytes]) -> int:
    """Write a line for each actor; how many they were."""
    encoder = msgspec.json.Encoder()
    count = 0
    for entity in entities:
        values: dict[str, dict[str, None]] = {}
        for each in told(entity):
            values.setdefault(each.property, {})[each.value] = None
        record = {
            "id": entity.id,
            "caption": entity.name,
            "schema": schema(entity),
            "properties": {name: list(texts) for name, texts in values.items()},
        }
        stream.write(encoder.encode(record) + b"\n")
        count += 1
    return count
