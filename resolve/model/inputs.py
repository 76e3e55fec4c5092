"""The named public inputs of training: word pairs, name items and names to be counted.

All are third-party data under open licences (the card names source, version and licence). The
package `arabic-name-romanizer` (extra `train`) brings the Arabic lexicon; the other files are
read in place from a directory. One name in fifty is held out by its letters and never seen in
training, so that figures can be measured on the model that ships.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
import sqlite3
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from resolve.errors import InputError, MissingExtraError
from resolve.names import read
from resolve.names.fold import fold

__all__ = [
    "Pairs",
    "arabic_units",
    "checksums",
    "held_out",
    "name_counts",
    "name_items",
    "rows",
    "transliterations",
    "word_counts",
]

Pairs = Counter[tuple[str, str]]
"""(native form, Latin form) -> how often they were paired."""

_ITEMS = "names/wikidata_name_parts.tsv.gz"
_TRANSLITERATIONS = {
    "Arab": "translit/coling2018_ar.tsv",
    "Cyrl": "translit/coling2018_ru.tsv",
    "Hebr": "translit/coling2018_he.tsv",
}
_PERSONS = (
    "names/wikidata_ar_fullnames.tsv",
    "names/wikidata_he_fullnames.tsv",
    "names/everypolitician_world.tsv",
    "names/everypolitician_turkey.tsv",
)
_OTHERS = (
    "names/cldr_territories.tsv",
    "names/geonames_cities.tsv",
    "names/libya_areas.tsv",
    "names/ofac.tsv",
    "names/un_sc.tsv",
)
_FOLDS, _HELD_OUT = 50, 4
"""Names are split in fifty by their letters; the fold with the fewest common names is held out."""
_LATIN_ARTICLE = re.compile(r"(?:al|[euiao]l|a[shnrtdz]|e[shnrtdz]|[ae]sh|l)[-' ]+(?=[a-z])", re.I)


def held_out(form: str) -> bool:
    """Return whether a name is kept from training, by its letters without the weak ones.

    Spellings that differ in weak letters only fall on the same side.
    """
    strong = re.sub("[اوي ه aeiouyhw]", "", form) or form
    return zlib.crc32(strong.encode()) % _FOLDS == _HELD_OUT


def arabic_units() -> Pairs:
    """Return Arabic names and their Latin spellings, articles taken off both sides alike.

    Source: package arabic-name-romanizer 0.2.0 (Wikidata and DziriNames, CC0).
    """
    units = _query("select arabic_key, latin, sum(count) from units group by 1, 2 order by 1, 2")
    pairs: Pairs = Counter()
    for arabic, latin, count in units:
        native, roman = _without_article(arabic.replace(" ", ""), latin)
        pair = fold(native, "Arab")[0], fold(roman, "Latn")[0]
        if 2 <= len(pair[0]) <= 14 and 2 <= len(pair[1]) <= 18 and not held_out(pair[0]):
            pairs[pair] += count
    return pairs


def transliterations(data: Path, script: str) -> Pairs:
    """Return words of the world's names in `script` and in Latin; the training part only.

    Source: Merhav & Ash, Design Challenges in Named Entity Transliteration, COLING 2018 (CC0).
    """
    pairs: Pairs = Counter()
    for row in rows(data / _TRANSLITERATIONS[script]):
        if row["official_part"] == "64":
            pair = fold(row["native"], script)[0], fold(row["latin"], "Latn")[0]
            if 2 <= len(pair[0]) <= 16 and 2 <= len(pair[1]) <= 18 and not held_out(pair[0]):
                pairs[pair] += int(row["count"])
    return pairs


def name_items(data: Path) -> list[dict[str, tuple[str, ...]]]:
    """Return the spellings of each Wikidata name item, by script; items of one spelling left out.

    Source: Wikidata given- and family-name items by way of rigour 1.6.2 (CC0, MIT).
    """
    items: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows(data / _ITEMS):
        form, script = fold(row["name"], row["lang_or_script"])
        if " " not in row["name"] and 2 <= len(form) <= 20 and not held_out(form):
            items[row["entity_id"]][script].add(form)
    return [
        {script: tuple(sorted(forms)) for script, forms in sorted(item.items())}
        for _, item in sorted(items.items())
        if sum(map(len, item.values())) > 1
    ]


def name_counts(data: Path) -> dict[str, Counter[str]]:
    """Return how many persons bear each form as a part of their name, by script.

    A person counts once a script, by the first name given for it.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in _names(data, _PERSONS, ("PER",)):
        for part in read(name).parts:
            counts[part.script][part.form] += 1
    return counts


def word_counts(data: Path) -> dict[str, Counter[str]]:
    """Return how many organizations and places have each word in their name, by script."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in _names(data, _OTHERS, ("ORG", "LOC")):
        for form, script in {(word.form, word.script) for word in read(name).words}:
            counts[script][form] += 1
    return counts


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of an input list, plain or gzipped. Raises InputError if it isn't there."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    except FileNotFoundError as error:
        raise InputError(
            f"{path}: no such file; give the directory of the inputs: --data DIR"
        ) from error


def checksums(data: Path) -> dict[str, str]:
    """Return the SHA-256 of every input file, by its name."""
    names = (_ITEMS, *_TRANSLITERATIONS.values(), *_PERSONS, *_OTHERS)
    found = {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in names}
    lexicon = hashlib.sha256(_lexicon_path().read_bytes()).hexdigest()
    return {"arabic-name-romanizer/names.sqlite3": lexicon, **found}


def _names(data: Path, files: tuple[str, ...], types: tuple[str, ...]) -> Iterator[str]:
    for file in files:
        seen: set[tuple[str, str]] = set()
        for row in rows(data / file):
            script = read(row["name"]).script
            if row["entity_type"] in types and (row["entity_id"], script) not in seen:
                seen.add((row["entity_id"], script))
                yield row["name"]


def _without_article(arabic: str, latin: str) -> tuple[str, str]:
    """Take the article off both sides alike: scoring it as content once faked 39 bits."""
    if not (arabic.startswith("ال") and len(arabic) > 4):
        return arabic, latin
    match = _LATIN_ARTICLE.match(latin)
    if match:
        return arabic[2:], latin[match.end() :]
    roman = fold(latin, "Latn")[0]
    if roman[:2] in ("al", "el", "ul") and len(roman) > 5:
        return arabic[2:], roman[2:]
    return (arabic, latin) if roman[1:2] == "l" else (arabic[2:], latin)


def _query(statement: str) -> list[tuple[str, str, int]]:
    with closing(sqlite3.connect(f"file:{_lexicon_path()}?mode=ro", uri=True)) as connection:
        return connection.execute(statement).fetchall()


def _lexicon_path() -> Path:
    try:
        import arabic_name_romanizer
    except ImportError as error:
        raise MissingExtraError("arabic-name-romanizer", "train", "training the model") from error
    return Path(arabic_name_romanizer.__file__).parent / "resources" / "names.sqlite3"
