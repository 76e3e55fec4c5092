"""Whose son or daughter? The endings of patronymics, which every language spells its own way.

Fyodorovich, Fiodaravich, Fedorovych: the ending says no more than "son of", so one form stands
for all, and the name in it is what agrees or not. The endings and the glides that may stand
before them (Valer-i-evich, Valer-iy-ovych) are in `tables/particles/patronymics.tsv`. The form is
one that follows such a stem in real names, -ovich or -evich: a rare sequence of letters, shared,
would count as evidence.
"""

from __future__ import annotations

from functools import cache

from resolve.tables import read_table

__all__ = ["patronymic"]

_STEM = 2  # letters that must be left: Lv-ovich, Юр-ьевич


def patronymic(form: str) -> str | None:
    """Return a form with its patronymic ending in the standard form; None if it has none.

    Sons and daughters stay apart, and so do alphabets.

    >>> patronymic("valeriyovych"), patronymic("valerievich"), patronymic("валерьевна")
    ('valerevich', 'valerevich', 'валеревна')
    """
    if not form.endswith(_any_ending()):
        return None
    for ending, reading, drops in _endings():
        if form.endswith(ending):
            stem = form.removesuffix(ending).rstrip(drops)
            return stem + reading if len(stem) >= _STEM else None
    return None


@cache
def _endings() -> tuple[tuple[str, str, str], ...]:
    """Endings with their standard form and the letters dropped before them; longest first."""
    columns = ("ending", "reading", "drops", "lang", "source", "note")
    rows = read_table("particles/patronymics.tsv", columns)
    return tuple(sorted(((r[0], r[1], r[2]) for r in rows), key=lambda e: (-len(e[0]), e)))


@cache
def _any_ending() -> tuple[str, ...]:
    return tuple(ending for ending, *_ in _endings())
