"""What an entity of FollowTheMoney is to the gazetteer: its kind, its names, its facts.

The knowledge is in three tables: `ftm_schemata.tsv` (which schema is an actor, of which kind),
`ftm_properties.tsv` (what each property becomes) and `ftm_countries.tsv` (the codes that are not
ISO 3166-1's). Entities as JSON, statements and OpenSanctions' simple table are read by them, and
what is written is their inverse.

- A `LegalEntity` may be a person or not: it is a person where it has a property that only a
  person has, such as a date of birth, else an organization.
- A person without a `name` has one composed of its parts, one in each script that they are in;
  a part alone, such as a last name, is a weak name.
- An `Address` is a place where it has a name; a street alone is where somebody is, not somebody.
- The country is the first of the nationalities, else of what the table ranks next; a territory
  that ISO 3166-1 doesn't know counts to the country that ISO 3166-2 lists it under.
- The description is the `summary`; without one the positions and the dates, where they are short.
- An actor whose id is a QID has it as `wikidata`: OpenSanctions takes its ids from there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple, cast

from gazetteer import tsv
from gazetteer.entity import NAME_KINDS, Kind
from gazetteer.errors import FormatError
from gazetteer.failures import Failures
from gazetteer.importers.draft import Draft
from gazetteer.script import script_of

__all__ = ["LENGTH", "Model", "Property", "Value", "properties", "schemata", "written_as"]

LENGTH: Final = 300
"""The most characters of a description or a note: a line to tell actors apart by, not a page."""

EITHER: Final = "either"  # the kind of a schema that doesn't say whether it is a person
COLUMNS: Final = {
    "ftm_schemata.tsv": ("schema", "kind", "written", "source", "note"),
    "ftm_properties.tsv": (
        "property",
        "schema",
        "type",
        "becomes",
        "rank",
        "written",
        "form",
        "source",
        "note",
    ),
    "ftm_countries.tsv": ("code", "country", "source", "note"),
}

_QID = re.compile(r"Q[1-9][0-9]*")


class Value(NamedTuple):
    """A value of a property: the language and the note are known in statements only."""

    text: str
    lang: str = ""
    note: str = ""


class Property(NamedTuple):
    """A row of `ftm_properties.tsv`.

    It `becomes` a kind of name, a `part` of one, `country`, `wikidata`, `description`, a piece
    `about` the actor, a `note`; or it is a `fact` that only tells the kind, or a `caption` that
    is written and not read. Of several that become the same, the lower `rank` comes first.
    """

    schema: str
    type: str
    becomes: str
    rank: int
    written: bool
    form: str


class Model:
    """The tables as an import reads them.

    `columns` has further properties to read, each by the one that it is read as: `name=full`
    takes the full address of an `Address` for its name. Raises FormatError where the tables
    don't have the property before the equals sign.
    """

    def __init__(self, columns: Mapping[str, str] | None = None) -> None:
        self._properties = {**properties(), **_further(columns or {})}
        self._roles: dict[str, list[str]] = {}
        for name, each in sorted(self._properties.items(), key=lambda item: item[1].rank):
            self._roles.setdefault(each.becomes, []).append(name)

    @property
    def read(self) -> Collection[str]:
        """The properties that tell anything; others need not be kept."""
        return self._properties.keys()

    def kinds(self, schemata_of: Iterable[str], given: Iterable[str]) -> frozenset[Kind]:
        """The kinds that an entity of these schemata, with these properties given, may be.

        Empty where it is no actor, as a place without a name isn't; two where its schemata
        contradict each other.
        """
        found = {schemata()[schema] for schema in schemata_of if schema in schemata()}
        known = [self._properties[name] for name in given if name in self._properties]
        if found == {EITHER}:
            of_person = any(each.schema == "Person" for each in known)
            return frozenset(("person" if of_person else "organization",))
        if found == {"place"} and not any(each.becomes in NAME_KINDS for each in known):
            return frozenset()
        return frozenset(cast(Kind, kind) for kind in found - {EITHER})

    def fill(self, draft: Draft, values: Mapping[str, Sequence[Value]]) -> None:
        """Tell the draft what the values of each property say of its actor."""
        for kind in NAME_KINDS:
            for value in self._of(kind, values):
                draft.name(value.text, value.lang, kind, value.note)
        if not any(values.get(name) for name in self._roles["primary"]):
            for value in _composed([values.get(name, ()) for name in self._roles["part"]]):
                draft.name(value.text, value.lang, "primary" if " " in value.text else "weak")
        for value in self._of("country", values):
            draft.fact(country=_country(value.text))
        for value in self._of("wikidata", values):
            draft.fact(wikidata=value.text)
        if _QID.fullmatch(draft.id):
            draft.fact(wikidata=draft.id)
        for becomes in ("description", "about"):
            draft.fact(description=_line(self._formed(becomes, values)))
        draft.fact(note=_line(self._formed("note", values)))

    def _of(self, becomes: str, values: Mapping[str, Sequence[Value]]) -> Iterator[Value]:
        for name in self._roles.get(becomes, ()):
            yield from values.get(name, ())

    def _formed(self, becomes: str, values: Mapping[str, Sequence[Value]]) -> Iterator[str]:
        for name in self._roles[becomes]:
            form = self._properties[name].form
            yield from (form.format(value.text) for value in values.get(name, ()))


@cache
def properties() -> Mapping[str, Property]:
    """The properties that are read, by name."""
    return {
        name: Property(schema, type, becomes, int(rank), written == "yes", form)
        for name, schema, type, becomes, rank, written, form, *_ in _rows("ftm_properties.tsv")
    }


@cache
def schemata() -> Mapping[str, str]:
    """The kind of each schema that is an actor; `either` where it may be a person or not."""
    return {schema: kind for schema, kind, *_ in _rows("ftm_schemata.tsv")}


@cache
def written_as() -> Mapping[str, str]:
    """What a kind of actor, a kind of name or a fact is written as: a schema, or a property."""
    found = {kind: schema for schema, kind, written, *_ in _rows("ftm_schemata.tsv") if written}
    return {**found, **{each.becomes: name for name, each in properties().items() if each.written}}


def _further(columns: Mapping[str, str]) -> dict[str, Property]:
    known = properties()
    for ours in columns:
        if ours not in known:
            raise FormatError(
                f"column {ours!r} (before the equals sign one of: {', '.join(sorted(known))})"
            )
    return {theirs: known[ours] for ours, theirs in columns.items()}


def _composed(parts: Sequence[Sequence[Value]]) -> Iterator[Value]:
    """A name for each script that any part is in, of the first value of each part in it."""
    scripts = dict.fromkeys(script_of(value.text) for values in parts for value in values)
    for script in scripts:
        own = [[v for v in values if script_of(v.text) == script] for values in parts]
        first = [values[0] for values in own if values]
        yield Value(" ".join(value.text for value in first), first[0].lang)


def _country(code: str) -> str:
    """The country of one of FollowTheMoney's codes; what is none is left to the draft's check."""
    code = code.strip().lower()
    known = _countries().get(code)
    return code.partition("-")[0] if known is None else known


def _line(texts: Iterable[str]) -> str:
    """The texts, each once, as far as they make a short line; a long one is left out, never cut."""
    line = ""
    for text in dict.fromkeys(map(str.strip, texts)):
        longer = f"{line}; {text}" if line else text
        line = longer if len(longer) <= LENGTH else line
    return line


@cache
def _countries() -> Mapping[str, str]:
    return {code: country for code, country, *_ in _rows("ftm_countries.tsv")}


def _rows(table: str) -> list[list[str]]:
    failures = Failures()
    data = (files("gazetteer.importers") / table).read_bytes()
    rows = tsv.read(data, table, COLUMNS[table], failures)
    failures.check()
    return [fields for _, fields in rows]
