"""Pairs of names, each with a label: are they one actor's?

    list       a file of pairs, as `eu_fsf`: of persons, of organizations, of places
    slice      whose scripts, as `ar-latin`; `:token` where the names are single words
    :aka       one actor's names that hardly share a sound: no matcher can know them
    :ambiguous another actor's name of the same consonants: some are one person under two ids

The lists are read in place. Without them there is the gold that ships, a list for each kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import msgspec

from resolve.errors import InputError, OptionError
from resolve.model import linking
from resolve.model.inputs import rows
from resolve.types import Kind

__all__ = ["GOLD", "Pair", "PairList", "fitted_to", "list_names", "read_pairs"]

GOLD = Path(__file__).parent / "gold"
"""The directory of the set that ships."""

COLUMNS = ("name_a", "name_b", "label", "slice", "neg_kind", "id_a", "id_b")
"""The columns that are read; a list may have more."""

_PLACES = frozenset({"geonames_cities", "libya_areas", "toponyms_deezymatch"})
_WORDS = frozenset({"dz_name_parts", "western_name_variants", "wikidata_name_parts"})
_GOLD_TYPES = {"gold": "PER", "gold_org": "ORG", "gold_place": "LOC"}
_AKA, _AMBIGUOUS, _WORD = ":aka", ":ambiguous", ":token"


class Pair(msgspec.Struct, frozen=True):
    """Two names and whether they are one actor's. `slice` is without its marks."""

    left: str
    right: str
    same: bool
    slice: str
    left_id: str
    """The entity that the pair is about: those that contradict it share it."""
    right_id: str
    chosen: str = ""
    """How another actor's name was found, as `nearest`; empty for one actor's."""
    aka: bool = False
    ambiguous: bool = False


class PairList(msgspec.Struct, frozen=True):
    """The pairs of one list, in the order of its file."""

    name: str
    kind: Kind
    pairs: tuple[Pair, ...]
    words: bool
    """Whether its names are single words, which label 0 says to be other names, not persons."""

    @property
    def of_persons(self) -> bool:
        """Whether its names are full names of persons."""
        return self.kind == "person" and not self.words


def list_names(data: Path | None) -> tuple[str, ...]:
    """Return the names of the lists in `data`, sorted; those of the gold without it.

    Raises InputError where there is none.
    """
    if data is None:
        return tuple(_GOLD_TYPES)
    found = sorted({path.name.split(".")[0] for path in (data / "pairs").glob("*.tsv*")})
    if not found:
        raise InputError(f"{data / 'pairs'}: no lists of pairs; give their directory: --data DIR")
    return tuple(found)


def read_pairs(data: Path | None, name: str, most: int | None = None) -> PairList:
    """Return a list, or `most` pairs of it: drawn by their letters, so every run has the same.

    Raises OptionError for a list that isn't there, InputError for a row that can't be read.
    """
    if name not in (known := list_names(data)):
        raise OptionError(f"no list of pairs is named {name}; there are {', '.join(known)}")
    pairs = list(_gold(_GOLD_TYPES[name]) if data is None else _pairs(_path(data, name)))
    if most is not None and most < len(pairs):
        lots = sorted(range(len(pairs)), key=lambda k: (_lot(pairs[k]), k))
        pairs = [pairs[k] for k in sorted(lots[:most])]
    words = name in _WORDS or any(pair.slice.endswith(_WORD) for pair in pairs)
    return PairList(name, _kind_of(name), tuple(pairs), words)


def fitted_to(data: Path | None) -> frozenset[str]:
    """Return the ids of the persons whose names the model's constants are fitted to.

    Half of the persons of four lists, drawn where the constants are fitted, so that a person on
    two lists is in one half; none where these lists aren't at hand.
    """
    if data is None:
        return frozenset()
    try:
        _, cases = linking.cases(data)
    except InputError:
        return frozenset()
    texts = {case.name.mention.text for case in cases if not case.unseen}
    return frozenset(
        row["entity_id"]
        for source in linking.LISTS
        for row in rows(data / "names" / f"{source}.tsv")
        if row["entity_type"] == "PER" and row["name"] in texts
    )


def _path(data: Path, name: str) -> Path:
    plain = data / "pairs" / f"{name}.tsv"
    return plain if plain.exists() else plain.with_suffix(".tsv.gz")


def _gold(entity_type: str) -> Iterator[Pair]:
    """The shipped pairs that are about entities of one type."""
    types = {row["entity_id"]: row["entity_type"] for row in rows(GOLD / "names.tsv")}
    return (pair for pair in _pairs(GOLD / "pairs.tsv") if types.get(pair.left_id) == entity_type)


def _pairs(path: Path) -> Iterator[Pair]:
    for line, row in enumerate(rows(path), start=2):
        cells = [row.get(column) for column in COLUMNS]
        if None in cells or row["label"] not in ("0", "1"):
            raise InputError(
                f"{path}:{line}: a row of pairs has {', '.join(COLUMNS)}, and label is 0 or 1"
            )
        yield Pair(
            left=row["name_a"],
            right=row["name_b"],
            same=row["label"] == "1",
            slice=row["slice"].removesuffix(_AKA).removesuffix(_AMBIGUOUS),
            left_id=row["id_a"],
            right_id=row["id_b"],
            chosen=row["neg_kind"],
            aka=row["slice"].endswith(_AKA),
            ambiguous=row["slice"].endswith(_AMBIGUOUS),
        )


def _kind_of(name: str) -> Kind:
    if name in _PLACES or name.endswith("_place"):
        return "place"
    return "organization" if name.endswith("_org") else "person"


def _lot(pair: Pair) -> int:
    return crc32(f"{pair.left}\t{pair.right}".encode())
