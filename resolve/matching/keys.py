"""Under which keys is a form found? Spellings of one name share a key, in whatever script.

Every script is folded into one small alphabet of phonemes (`tables/phonemes`), for keys only:
the evidence never sees it. The keys of a form are its coarse skeleton, its skeleton with and
without each letter, and for Latin words their NYSIIS code, which knows English spelling.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import jellyfish

from resolve.tables import read_table

__all__ = ["coarse", "keys", "phonemes", "skeleton"]

_NO_VOWELS = dict.fromkeys(map(ord, "aiu"))
_TWICE = re.compile(r"(.)\1+")
_COARSE = str.maketrans(
    {"x": "k", "g": "k", "j": "k", "c": "s", "z": "s", "d": "t", "p": "b", "f": "b", "h": None}
)
_LEAST_FOR_DELETION, _LEAST_FOR_TWO = 2, 7  # consonants
_LEAST_FOR_NYSIIS = 4  # letters


@lru_cache(maxsize=262_144)
def phonemes(form: str, script: str) -> str:
    """Return a form in the shared alphabet, doubled letters once.

    >>> phonemes("shukri", "Latn"), phonemes("شكري", "Arab"), phonemes("шукри", "Cyrl")
    ('cukri', 'ckri', 'cukri')
    """
    pattern, table = _phonemes(script)
    return _TWICE.sub(r"\1", pattern.sub(lambda m: table[m[0]], form))


@lru_cache(maxsize=262_144)
def skeleton(form: str, script: str) -> str:
    """Return the consonants of a form in the shared alphabet; its first sound if it has none."""
    sounds = phonemes(form, script)
    return _TWICE.sub(r"\1", sounds.translate(_NO_VOWELS)) or sounds[:1]


def keys(form: str, script: str) -> tuple[str, ...]:
    """Return the keys of a form, sorted; none for the empty form.

    >>> sorted(set(keys("narmouish", "Latn")) & set(keys("نمروش", "Arab")))
    ['nmc', 'nrc']
    """
    if not form:
        return ()
    bones = skeleton(form, script)
    # Turkish writes kha as h (Halife for خليفة), others as k.
    found = {bones, "=" + coarse(bones), "=" + coarse(bones.replace("x", "h"))}
    if len(bones) >= _LEAST_FOR_DELETION:
        found |= _shorter(bones)
    if len(bones) >= _LEAST_FOR_TWO:
        found.update(*map(_shorter, _shorter(bones)))
    if script == "Latn" and len(form) >= _LEAST_FOR_NYSIIS:
        found.add("~" + jellyfish.nysiis(form))
    return tuple(sorted(found))


def _shorter(bones: str) -> set[str]:
    """A skeleton without each letter: a slip of the pen may have parted two that are one."""
    return {_TWICE.sub(r"\1", bones[:i] + bones[i + 1 :]) for i in range(len(bones))}


def coarse(bones: str) -> str:
    """Return a skeleton with the sounds that are easily mistaken for each other as one.

    >>> coarse(skeleton("qadhafi", "Latn")), coarse(skeleton("gaddafi", "Latn"))
    ('ktb', 'ktb')
    """
    return _TWICE.sub(r"\1", bones.translate(_COARSE)) or bones[:1]


@cache
def _phonemes(script: str) -> tuple[re.Pattern[str], dict[str, str]]:
    rows = read_table(f"phonemes/{script}.tsv", ("letters", "phonemes", "source", "note"))
    table = {row[0]: row[1] for row in rows}
    longest_first = sorted(table, key=lambda letters: (-len(letters), letters))
    return re.compile("|".join(longest_first)), table
