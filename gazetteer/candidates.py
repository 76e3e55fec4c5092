"""The names that a person accepted, in a table of those whom nobody is known for.

Tagging texts makes such a table. Its columns, in any order and case, others left aside:

- `id`: `nil:amelia-caldwell` for a new actor; any other id is that of a known one, to whom the
  row gives names.
- `name`, the canonical one; `variants`, all spellings, ` | ` between; `kind`.
- `country`, `description` and `prominence`, where there are such columns.
- `accept`: yes, no, or empty. Where there is this column, only rows that say yes are taken.
- `decision`: where nobody was asked (there is no `accept`), the rows of LINK and REVIEW are left
  out: their actors are known, or may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from gazetteer import tsv
from gazetteer.entity import EntityName
from gazetteer.errors import RecordError
from gazetteer.failures import Failures
from gazetteer.ids import mint
from gazetteer.importers.text import tidy
from gazetteer.rules import entity_flaws, name_flaws
from gazetteer.script import script_of

__all__ = ["PROVISIONAL", "Accepted", "Candidate", "accepted"]

PROVISIONAL: Final = "nil:"
"""How the id begins of an actor whom no gazetteer has."""

NEEDED: Final = ("id", "name", "kind", "variants")
COLUMNS: Final = (*NEEDED, "country", "description", "prominence", "accept", "decision")

ACCEPTS: Final[Mapping[str, bool]] = {"yes": True, "no": False, "": False}
UNSURE: Final = frozenset(("LINK", "REVIEW"))
"""The decisions that are left out unless a person says yes."""

_BETWEEN = re.compile(r"(?:^|\s)\|(?=\s|$)")
_ESCAPED = re.compile(r"\\[tnr]")  # TSV writes a name so that stood on two lines


class Candidate(NamedTuple):
    """An accepted row, tidied; the first of its names is the canonical one."""

    file: str
    line: int
    id: str
    names: tuple[EntityName, ...]
    kind: str
    country: str = ""
    prominence: str = "1"
    description: str = ""

    @property
    def source(self) -> str:
        """What its names say that they are from: the table's file."""
        return Path(self.file).name


class Accepted(NamedTuple):
    """The rows of a table that are to be added, and how many others it has."""

    candidates: list[Candidate]
    left_out: int


def accepted(
    file: str, header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], failures: Failures
) -> Accepted:
    """What a person accepted of a table, whose rows come with their lines; empty ones don't count.

    What is wrong with an accepted row goes to `failures`, as does a row that doesn't say whether
    it is one. Raises RecordError where the header lacks a column or has one twice.
    """
    columns = _columns(file, header)
    found: list[Candidate] = []
    left_out = 0
    for line, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        if len(cells) != len(header):
            failures.add(file, line, f"{len(cells)} fields (the header has {len(header)})")
            continue
        fields = {column: _tidied(cells[at]) for column, at in columns.items()}
        if not _is_accepted(fields, file, line, failures):
            left_out += 1
            continue
        candidate = _candidate(file, line, fields)
        for what in _flaws(candidate):
            failures.add(file, line, what)
        found.append(candidate)
    return Accepted(found, left_out)


def _columns(file: str, header: Sequence[str]) -> dict[str, int]:
    """Where each column stands that is read."""
    named = [column.strip().lower() for column in header]
    known = f"the header has: {', '.join(header) or 'nothing'}"
    for column in COLUMNS:
        if column in NEEDED and column not in named:
            raise RecordError([f"{file}:1: no column {column!r} ({known}; add it)"])
        if named.count(column) > 1:
            raise RecordError([f"{file}:1: two columns {column!r} ({known}; rename one)"])
    return {column: named.index(column) for column in COLUMNS if column in named}


def _tidied(cell: str) -> str:
    return tidy(_ESCAPED.sub(" ", cell))


def _is_accepted(fields: Mapping[str, str], file: str, line: int, failures: Failures) -> bool:
    if "accept" not in fields:
        return fields.get("decision", "").upper() not in UNSURE
    said = fields["accept"].lower()
    if said not in ACCEPTS:
        failures.add(file, line, f"accept {fields['accept']!r} (yes, no, or empty)")
    return ACCEPTS.get(said, False)


def _candidate(file: str, line: int, fields: Mapping[str, str]) -> Candidate:
    variants = filter(None, map(str.strip, _BETWEEN.split(fields["variants"])))
    texts = dict.fromkeys([fields["name"], *variants])
    source = Path(file).name
    return Candidate(
        file,
        line,
        fields["id"],
        tuple(_name(text, fields["name"], fields["kind"].lower(), source) for text in texts),
        fields["kind"].lower(),
        fields.get("country", "").upper(),
        fields.get("prominence") or "1",
        fields.get("description", ""),
    )


def _name(text: str, full: str, kind: str, source: str) -> EntityName:
    """A name of a candidate; one word of a person's full name alone is too weak to tell."""
    weak = kind == "person" and " " in full and " " not in text
    return EntityName(text, script=script_of(text), kind="weak" if weak else "alias", source=source)


def _flaws(candidate: Candidate) -> Iterator[str]:
    """What is wrong with an accepted row, each with its remedy.

    The facts are a new actor's: those of one who is known are the gazetteer's to tell.
    """
    id = candidate.id
    if not id:
        yield f"id is empty ({PROVISIONAL}NAME for a new actor, or the id of a known one)"
    for name in candidate.names:
        yield from name_flaws([id, name.text, name.lang, name.script, name.kind, name.source, ""])
        if what := tsv.flaw(name.text):
            yield f"name {name.text!r}: {what}"
    if id.startswith(PROVISIONAL):
        facts = [candidate.kind, candidate.country, candidate.prominence]
        minted = mint(candidate.names[0].text)
        yield from entity_flaws([minted, *facts, "", candidate.description, candidate.source, ""])
        if what := tsv.flaw(candidate.description):
            yield f"description {candidate.description!r}: {what}"
