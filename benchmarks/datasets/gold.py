"""The small set that ships: what a stranger runs first, and the gate after every change.

    names.tsv      actors of the five articles and of their world, each in many spellings
    pairs.tsv      an actor's own names, and those of its brothers, namesakes, sister institutions
    translit.tsv   words of these names, in Latin and in their own letters

It has the columns of the public lists and is read as they are, by `datasets.pairs`, `.lists` and
`.translit`. Here is what its rows obey. Knowledge of the editors, who took no row from a list;
card and faults are in `cards.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from benchmarks.datasets.pairs import GOLD
from resolve.errors import TableError
from resolve.names.script import script_of
from resolve.tables import decode, read_bytes

__all__ = ["COLUMNS", "NEGATIVES", "failures", "read", "words"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "names.tsv": ("entity_id", "name", "lang_or_script", "entity_type", "note"),
    "pairs.tsv": ("name_a", "name_b", "label", "slice", "source", "neg_kind", "id_a", "id_b"),
    "translit.tsv": ("latin", "native", "count", "official_part"),
}
"""The files and their columns, as the public lists have them."""

_KIN = ("brother", "sister", "father-son", "father-daughter", "relative")
_ALIKE = ("namesake", "near-name", "near-letters", "initial", "same-given", "same-surname", "kunya")
NEGATIVES = frozenset({*_KIN, *_ALIKE, "institution", "place"})
"""How the two actors of a negative pair are alike."""

PERSIAN = frozenset({"fa", "ckb"})
"""Languages in Arabic letters whose pairs with Latin ones make the slice `fa-latin`."""

LEAST = 3  # spellings of an actor

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TYPES = frozenset({"PER", "ORG", "LOC"})
_NOTES = frozenset({"", "primary", "aka", "acronym"})
_SHORT = {"Arab": "arab", "Cyrl": "cyrl", "Grek": "grek", "Hebr": "hebr", "Latn": "latin"}
_BREAKS = re.compile(r"[\s\-,.\"]+")

Row: TypeAlias = dict[str, str]
Line: TypeAlias = tuple[int, Row]


def read(name: str, directory: Path = GOLD) -> list[Line]:
    """Return the rows of a file of the set, each with its line, counted from 1.

    Raises TableError, `file:line: what`, where one can't be read: it isn't UTF-8 and NFC with
    line feeds, or the header or a row isn't as `COLUMNS` says.
    """
    path, columns = directory / name, COLUMNS[name]
    header, *lines = decode(read_bytes(path), str(path)).removesuffix("\n").split("\n")
    if tuple(header.split("\t")) != columns:
        raise TableError(f"{path}:1: the header must be {', '.join(columns)}")
    found = []
    for number, line in enumerate(lines, start=2):
        fields = line.split("\t")
        if len(fields) != len(columns) or any(field != field.strip() for field in fields):
            raise TableError(f"{path}:{number}: {len(columns)} fields, no white space around any")
        found.append((number, dict(zip(columns, fields, strict=True))))
    return found


def failures(directory: Path = GOLD) -> list[str]:
    """Return what breaks a rule, as `file:line: what`; nothing where all is well.

    Raises TableError for a file that can't be read.
    """
    names = read("names.tsv", directory)
    return [
        *_names(names),
        *_pairs(read("pairs.tsv", directory), {(r["entity_id"], r["name"]): r for _, r in names}),
        *_words(read("translit.tsv", directory), names),
    ]


def words(name: str) -> set[str]:
    """Return the words of a name as `translit.tsv` counts them: lower case, and without `al-`.

    >>> sorted(words("سيف الإسلام"))
    ['إسلام', 'الإسلام', 'سيف']
    """
    plain = name.replace("\u0130", "i").casefold()  # its own lower case is two characters
    found = {word.strip("'") for word in _BREAKS.split(plain)}
    return found | {word.removeprefix("\u0627\u0644") for word in found}


def _names(rows: list[Line]) -> Iterator[str]:
    """An actor has one type, one primary name, first, and its names to itself, in order."""
    own: dict[str, list[Line]] = defaultdict(list)
    bearer: dict[str, str] = {}
    for line, row in rows:
        own[row["entity_id"]].append((line, row))
        if bearer.setdefault(row["name"].casefold(), row["entity_id"]) != row["entity_id"]:
            yield f"names.tsv:{line}: {row['name']} is {bearer[row['name'].casefold()]}'s, too"
        known = (row["entity_type"] in _TYPES, row["note"] in _NOTES)
        if not (all(known) and _LANGUAGE.fullmatch(row["lang_or_script"])):
            yield f"names.tsv:{line}: no such type, note or language (ISO 639)"
    if list(own) != sorted(own) or [line for of in own.values() for line, _ in of] != [
        line for line, _ in rows
    ]:
        yield "names.tsv: actors are not in code point order, each in one place; sort them"
    for id, lines in own.items():
        texts = [row["name"] for _, row in lines]
        first, rest = texts[0], texts[1:]
        at = f"names.tsv:{lines[0][0]}: {id}"
        if not _ID.fullmatch(id):
            yield f"{at}: an id is lower-case words with hyphens"
        if len({row["entity_type"] for _, row in lines}) > 1:
            yield f"{at} has more than one type"
        if [row["note"] == "primary" for _, row in lines] != [True] + [False] * len(rest):
            yield f"{at}: the first name and no other is primary"
        if script_of(first) != "Latn" or rest != sorted(set(rest)) or first in rest:
            yield f"{at}: a Latin name first, then the others in code point order, none twice"
        if len(texts) < LEAST:
            yield f"{at} has {len(texts)} names; give it {LEAST}"


def _pairs(rows: list[Line], names: Mapping[tuple[str, str], Row]) -> Iterator[str]:
    """Both names are their actors', and label, slice and kind of negative follow from them."""
    seen: set[frozenset[str]] = set()
    if [list(row.values()) for _, row in rows] != sorted(list(row.values()) for _, row in rows):
        yield "pairs.tsv: rows are not in code point order; sort them"
    for line, row in rows:
        left = names.get((row["id_a"], row["name_a"]))
        right = names.get((row["id_b"], row["name_b"]))
        if left is None or right is None:
            yield f"pairs.tsv:{line}: a name is not in names.tsv under its id"
            continue
        both = frozenset((row["name_a"], row["name_b"]))
        if both in seen or len(both) == 1:
            yield f"pairs.tsv:{line}: the pair is there already, or a name with itself"
        seen.add(both)
        same = row["id_a"] == row["id_b"]
        if row["label"] != str(int(same)):
            yield f"pairs.tsv:{line}: label is {row['label']}, but the ids say {int(same)}"
        if row["neg_kind"] not in ({""} if same else NEGATIVES) or row["source"] != "editor":
            yield f"pairs.tsv:{line}: no such kind of negative, or the source is not `editor`"
        slice, _, mark = row["slice"].partition(":")
        if slice != _slice(left, right) or mark not in ("", "aka" if same else "ambiguous"):
            yield f"pairs.tsv:{line}: slice is {row['slice']}, not {_slice(left, right)}"


def _words(rows: list[Line], names: list[Line]) -> Iterator[str]:
    """Both words are in names of as many actors as `count` says."""
    own: dict[str, set[str]] = defaultdict(set)
    for _, row in names:
        own[row["entity_id"]] |= words(row["name"])
    keys = [(row["latin"], row["native"]) for _, row in rows]
    if keys != sorted(set(keys)):
        yield "translit.tsv: rows are not in code point order, or one is there twice"
    for line, row in rows:
        count = sum({row["latin"], row["native"]} <= found for found in own.values())
        if count == 0 or row["count"] != str(count) or row["official_part"] != "eval":
            yield f"translit.tsv:{line}: {count} actors' names have both; count and part say other"
        if script_of(row["latin"]) != "Latn" or script_of(row["native"]) in ("Latn", "Zyyy"):
            yield f"translit.tsv:{line}: a Latin word and one of other letters"


def _slice(left: Row, right: Row) -> str:
    """The slice of a pair, by scripts, and for `fa-` and `cross-turkish` by language."""
    scripts = [_SHORT[script_of(row["name"])] for row in (left, right)]
    if scripts == ["latin", "latin"]:
        turkish = [row["lang_or_script"] == "tr" for row in (left, right)]
        return "cross-turkish" if turkish[0] != turkish[1] else "latin-latin"
    if scripts[0] == scripts[1]:
        return "-".join(scripts)
    if scripts[1] == "latin":
        persian = left["lang_or_script"] in PERSIAN
        return {"arab": "fa-latin" if persian else "ar-latin"}.get(scripts[0], "-".join(scripts))
    return "-".join(["cross", *sorted(scripts)])
