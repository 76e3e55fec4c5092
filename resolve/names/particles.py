"""What small words and endings do in a name, as `tables/particles` has them, by script."""

from __future__ import annotations

from functools import cache

from resolve.names.script import NO_SCRIPT
from resolve.tables import read_table

__all__ = ["classes_of", "endings", "proclitics", "servants"]

_NONE: frozenset[str] = frozenset()


def classes_of(form: str, script: str) -> frozenset[str]:
    """Return what a word may do in a name; nothing for most words.

    >>> classes_of("bin", "Latn"), sorted(classes_of("al", "Latn"))
    (frozenset({'nasab'}), ['article', 'din article'])
    """
    return _particles(script).get(form, _NONE) if script != NO_SCRIPT else _NONE


@cache
def endings(script: str) -> tuple[str, ...]:
    """Return how a word ends that is a laqab written in one (-uddin), the longest first."""
    return _of_class("ending", script)


@cache
def servants(script: str) -> tuple[str, ...]:
    """Return how a servant's name begins (Abd, Abdul), the longest first."""
    return _of_class("servant", script)


@cache
def proclitics() -> tuple[tuple[str, str], ...]:
    """Return proclitics and what the rest of the word begins with, the longest first."""
    rows = read_table("particles/proclitics.tsv", ("form", "rest", "lang", "source", "note"))
    return tuple(sorted(((r[0], r[1]) for r in rows), key=lambda p: (-len(p[0]), p)))


def _of_class(name: str, script: str) -> tuple[str, ...]:
    found = {row[0] for row in _rows(script) if row[1] == name}
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


@cache
def _particles(script: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for form, class_, *_ in _rows(script):
        found.setdefault(form, set()).add(class_)
    return {form: frozenset(own) for form, own in found.items()}


@cache
def _rows(script: str) -> tuple[tuple[str, ...], ...]:
    return read_table(f"particles/{script}.tsv", ("form", "class", "lang", "source", "note"))
