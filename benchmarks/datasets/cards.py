"""What the sets are: a card for each, with source, licence, size, negatives and known faults.

The cards stand in `cards.toml`. What lies under `--data` is counted and summed, and held against
its card, so that a report says which files its figures are of.
"""

from __future__ import annotations

import gzip
import hashlib
import tomllib
from functools import cache
from pathlib import Path

import msgspec

from benchmarks.datasets.pairs import GOLD
from benchmarks.protocol import Table
from resolve.errors import InputError, TableError

__all__ = ["CARDS", "Card", "Cards", "cards", "checksums", "files", "load", "table"]

CARDS = Path(__file__).with_name("cards.toml")
"""The cards of the sets."""

COLUMNS = ("set", "what", "rows", "source", "licence", "made", "negatives", "known faults")

_MINED = "mined"


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One set: where from, under which licence, how made, and what is wrong with it."""

    name: str
    title: str
    source: str
    licence: str
    made: str
    negatives: str
    """How pairs of label 0 were chosen. In the file `mined` stands for what `Cards.mined` says."""
    faults: str
    rows: dict[str, int]
    """Its files, as they lie under `--data`, and their rows without the header."""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What it says, each with a heading, in reading order."""
        size = "; ".join(f"{name}: {count:,} rows" for name, count in self.rows.items())
        texts = (size, self.source, self.licence, self.made, self.negatives, self.faults)
        return tuple(zip(COLUMNS[2:], texts, strict=True))


class Cards(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All cards, the set that ships first."""

    mined: str
    card: tuple[Card, ...]


@cache
def load(path: Path = CARDS) -> Cards:
    """Return the cards of a file.

    Raises TableError where it can't be read, a card leaves something out, or two cards have
    one name or one file.
    """
    try:
        cards = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Cards)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise TableError(f"{path}: {error}") from error
    names: set[str] = set()
    for card in cards.card:
        empty = [field for field in card.__struct_fields__ if not getattr(card, field)]
        own = {card.name, *card.rows}
        if empty or own & names:
            what = f"leaves out {', '.join(empty)}" if empty else "has a name or file of another"
            raise TableError(f"{path}: the card {card.name or '(without a name)'} {what}")
        names |= own
    return cards


def cards() -> tuple[Card, ...]:
    """Return the cards of all sets, the one that ships first."""
    found = load()
    return tuple(
        msgspec.structs.replace(card, negatives=found.mined) if card.negatives == _MINED else card
        for card in found.card
    )


def files(data: Path | None) -> dict[str, Path]:
    """Return the files of the cards that are there, sorted by name; without `data` the gold's.

    Raises InputError for a directory that has none of them.
    """
    known = sorted({name for card in cards() for name in card.rows})
    root = GOLD.parent if data is None else data
    own = [name for name in known if name.startswith(f"{GOLD.name}/") is (data is None)]
    found = {name: root / name for name in own if (root / name).is_file()}
    if not found:
        raise InputError(f"{root}: no set that a card describes, as {own[0]}; give --data DIR")
    return found


def checksums(data: Path | None) -> dict[str, str]:
    """Return the SHA-256 of each file that is read, in hexadecimal digits."""
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files(data).items()
    }


def table(data: Path | None) -> Table:
    """Return the cards of the sets that are there, with the rows of their files.

    The note tells which files have other rows than their card says, and which have no card.
    """
    found = {name: _rows(path) for name, path in files(data).items()}
    rows = []
    for card in cards():
        here = {name: found[name] for name in card.rows if name in found}
        if here:
            facts = msgspec.structs.replace(card, rows=here).facts
            rows.append((card.name, card.title, *(text for _, text in facts)))
    return Table("Data cards", COLUMNS, tuple(rows), note=_note(data, found))


def _note(data: Path | None, found: dict[str, int]) -> str:
    said = {name: count for card in cards() for name, count in card.rows.items()}
    other = [f"{name} ({said[name]:,})" for name, count in found.items() if said[name] != count]
    bare = [] if data is None else sorted(set(_lists(data)) - set(said))
    notes = [f"Other rows than on their card: {', '.join(other)}."] if other else []
    return " ".join([*notes, *([f"Without a card: {', '.join(bare)}."] if bare else [])])


def _lists(data: Path) -> list[str]:
    """The lists of a directory, whether a card describes them or not."""
    return [
        path.relative_to(data).as_posix()
        for folder in ("names", "pairs", "translit")
        for path in (data / folder).glob("*.tsv*")
    ]


def _rows(path: Path) -> int:
    """How many rows a list has below its header."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    return max(data.count(b"\n") - 1, 0)
