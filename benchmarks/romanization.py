"""How often does `resolve.romanize` write a word as people do?

Run `python -m benchmarks.romanization DATA`, where DATA holds the transliteration lists that the
model's card names. Only words that training held out are asked for: the model has seen neither
them nor a spelling of them. A word is right if a reading is one of the spellings its list gives,
marks and case aside.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from pathlib import Path

import resolve
from resolve.model.inputs import held_out
from resolve.names.fold import fold

LISTS = (
    ("coling2018_ar.tsv", "Arab", ("16",)),
    ("google_ar2en.tsv", "Arab", ("train", "eval")),  # neither part is trained on
    ("coling2018_ru.tsv", "Cyrl", ("16",)),
    ("coling2018_he.tsv", "Hebr", ("16",)),
)
"""File, script, and the authors' parts that are asked for: their development parts."""
MOST = 1000
"""Words of a list, chosen by a fixed seed."""
TOP = 5


def main(directory: Path) -> None:
    """Print a row for each list: words, and the share that is right first and among five."""
    print("list", "words", "top-1", f"top-{TOP}", sep="\t")
    for name, script, parts in LISTS:
        words = unseen(directory / name, script, parts)
        ranks = [rank(word, spellings) for word, spellings in words]
        first, among = (sum(r < n for r in ranks) / len(ranks) for n in (1, TOP))
        print(name, len(ranks), f"{first:.3f}", f"{among:.3f}", sep="\t", flush=True)


def unseen(path: Path, script: str, parts: tuple[str, ...]) -> list[tuple[str, set[str]]]:
    """Return words that training held out, each with its spellings."""
    found: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            form = fold(row["native"], script)[0]
            if row["official_part"] in parts and len(form) > 1 and held_out(form):
                found[row["native"]].add(fold(row["latin"], "Latn")[0])
    words = sorted(found.items())
    return random.Random(1).sample(words, min(MOST, len(words)))


def rank(word: str, spellings: set[str]) -> int:
    """Return the place of the first right reading, from 0; TOP if there is none."""
    readings = [fold(reading.text, "Latn")[0] for reading in resolve.romanize(word, n=TOP)]
    return next((i for i, reading in enumerate(readings) if reading in spellings), TOP)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
