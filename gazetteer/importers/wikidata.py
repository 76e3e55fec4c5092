"""The actors of Wikidata: its JSON dump, one item a line, or files of Special:EntityData.

An actor is an item that is an instance (P31) of a class of `wikidata_classes.tsv`. Subclasses
are not followed: what they are stands in other items, which a stream has passed or not yet seen.
For the same reason the items that are meant by given and family names (P735, P734) are not
named, and of positions (P39) only the QIDs are kept, in the note.

| what | from |
|---|---|
| id, wikidata | the QID |
| kind | P31: the first class that is known, of those said to hold |
| primary names | labels, one a language |
| other names | aliases, P1559, P1705, P1448, P1477, P1813, P742; a nickname (P1449) is weak |
| country | P297, P27, P17, where those that hold name one; else the one of them asked for |
| description | the English one |
| prominence | the number of sitelinks (see `PROMINENT`) |

Options: `countries` keeps what belongs to one of them by any statement; `instance_of` restricts
or adds classes (see `wikidata_tables.classes`); `languages` keeps the names in these, and those
in no particular one, such as Wikidata's default labels (`mul`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from gazetteer.entity import Entity, Kind, NameKind, Redirect
from gazetteer.importers import wikidata_json as form
from gazetteer.importers.draft import Draft
from gazetteer.importers.languages import UNKNOWN
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import Source
from gazetteer.importers.wikidata_lines import Record, records
from gazetteer.importers.wikidata_tables import ANY, classes, country, language_of

__all__ = ["PROMINENT", "prominence", "read"]

PROMINENT: Final[Mapping[Kind, tuple[int, int]]] = {
    "person": (200, 1),
    "organization": (200, 1),
    "place": (300, 2),
}
"""How many sitelinks stand for a prominence of 1000, and the power with which it grows to that.

Chosen: heads of state who are in the news daily have 150 to 300, ministers about 20. Bots wrote
of every village in dozens of languages, so that a place's few dozen say little: hence the square.
"""

STATED: Final[tuple[tuple[str, str, NameKind], ...]] = (
    ("native_name", "name in native language", "alias"),
    ("native_label", "native label", "alias"),
    ("official_name", "official name", "alias"),
    ("birth_name", "birth name", "alias"),
    ("short_name", "short name", "alias"),
    ("nickname", "nickname", "weak"),
)
"""The statements that give names with their languages, Wikidata's label for each, the kind."""

ACRONYM: Final = range(2, 11)
"""The letters of an acronym; a longer word in capitals is a name shouted."""

ENGLISH: Final = ("en", "en-gb", "en-us", "en-ca")

_HEADS: Final = msgspec.json.Decoder(form.Head)
_ITEMS: Final = msgspec.json.Decoder(form.Item)


class _Wanted(NamedTuple):
    classes: Mapping[str, Kind]
    countries: frozenset[str]
    languages: frozenset[str]


def read(
    sources: Sequence[Source], rejects: Rejects, options: Options
) -> Iterator[Entity | Redirect]:
    """The actors, in the order of their items; of an item that was merged away, a redirect.

    Raises FormatError at once where a class is asked for whose kind isn't known.
    """
    languages = options.languages and options.languages | {ANY, UNKNOWN}
    wanted = _Wanted(classes(options.instance_of), options.countries, languages)
    return _actors(sources, rejects, wanted)


def prominence(kind: Kind, sitelinks: int) -> int:
    """How prominent an actor is, by how many pages of Wikimedia's projects are about it.

    >>> prominence("person", 20), prominence("place", 20), prominence("person", 0)
    (100, 4, 1)
    """
    most, power = PROMINENT[kind]
    return max(1, min(1000, round(1000 * (sitelinks / most) ** power)))


def _actors(
    sources: Sequence[Source], rejects: Rejects, wanted: _Wanted
) -> Iterator[Entity | Redirect]:
    for source in sources:
        for record in records(source, rejects):
            try:
                head = _HEADS.decode(record.data)
                kind = _kind(head, wanted, rejects)
                item = _ITEMS.decode(record.data) if kind else None
            except form.BROKEN as error:
                rejects.reject(source, record.line, f"no item of Wikidata: {error}")
                continue
            if kind and item and (entity := _entity(head, item, kind, record, rejects, wanted)):
                yield entity
                if record.asked and record.asked != item.id:
                    yield Redirect(record.asked, item.id, source.name)


def _kind(head: form.Head, wanted: _Wanted, rejects: Rejects) -> Kind | None:
    """The kind of actor that the item is; None, counted with the reason, where it isn't wanted."""
    claims = head.claims
    if head.type != "item" or not isinstance(claims, form.HeadClaims):
        rejects.leave("no item" if head.type != "item" else "no instance of a known class")
        return None
    said = [*form.held(claims.classes), *claims.classes]
    for value in form.values(said):
        if kind := wanted.classes.get(value.qid):
            break
    else:
        rejects.leave("no instance of a known class")
        return None
    if wanted.countries and wanted.countries.isdisjoint(_countries(claims, current=False)):
        rejects.leave("of another country")
        return None
    return kind


def _country(claims: form.HeadClaims, asked: frozenset[str]) -> str:
    """The code of its one country; of several that hold, the only one that was asked for."""
    codes = set(_countries(claims, current=True))
    chosen = codes if len(codes) == 1 else codes & asked
    return next(iter(chosen)) if len(chosen) == 1 else ""


def _countries(claims: form.HeadClaims, current: bool) -> Iterator[str]:
    """The codes of its countries; with `current`, of the statements that hold alone."""
    chosen = form.held if current else list
    yield from form.values(chosen(claims.iso))
    for statements in (claims.citizenship, claims.country):
        for value in form.values(chosen(statements)):
            if code := country(value.qid):
                yield code


def _entity(
    head: form.Head,
    item: form.Item,
    kind: Kind,
    record: Record,
    rejects: Rejects,
    wanted: _Wanted,
) -> Entity | None:
    draft = Draft(item.id, record.source, record.line, rejects, kind)
    named = False
    for text, lang, name_kind, note in _names(item, kind):
        if not wanted.languages or lang in wanted.languages:
            draft.name(text, lang, name_kind, note)
            named = True
    if not named:
        rejects.leave("no name in a language asked for")
        return None
    draft.fact(
        wikidata=item.id,
        country=_country(head.claims, wanted.countries) if head.claims else "",
        description=_description(item),
        prominence=prominence(kind, len(item.sitelinks)),
        note=_positions(item),
    )
    return draft.entity()


def _names(item: form.Item, kind: Kind) -> Iterator[tuple[str, str, NameKind, str]]:
    """Each name: text, language, kind, note. Labels come first, by language."""
    for code, label in sorted(dict(item.labels).items()):
        yield label.value, language_of(code), "primary", ""
    for code, aliases in sorted(dict(item.aliases).items()):
        for alias in aliases:
            yield alias.value, language_of(code), _shortened(alias.value, "alias", kind), ""
    if isinstance(item.claims, form.Claims):
        yield from _stated(item.claims, kind)


def _stated(claims: form.Claims, kind: Kind) -> Iterator[tuple[str, str, NameKind, str]]:
    for field, label, name_kind in STATED:
        for statement in getattr(claims, field):
            if statement.rank != "deprecated" and (value := statement.value) is not None:
                is_now = "former" if statement.ended else name_kind
                given = _shortened(value.text, is_now, kind)
                yield value.text, language_of(value.language), given, label
    for text in form.values(claims.pseudonym):
        yield text, UNKNOWN, "alias" if " " in text else "weak", "pseudonym"


def _shortened(text: str, name_kind: NameKind, kind: Kind) -> NameKind:
    """`acronym` where an alias is one word of capitals alone, as `GNA` of an organization."""
    is_acronym = name_kind == "alias" and kind != "person" and text.isalpha() and text.isupper()
    return "acronym" if is_acronym and len(text) in ACRONYM else name_kind


def _description(item: form.Item) -> str:
    described = dict(item.descriptions)
    return next((described[code].value for code in ENGLISH if code in described), "")


def _positions(item: form.Item) -> str:
    """The QIDs of the positions that are held now, or were last."""
    if not isinstance(item.claims, form.Claims):
        return ""
    qids = [value.qid for value in form.values(form.held(item.claims.positions))]
    return f"positions: {' '.join(dict.fromkeys(qids))}" if qids else ""
