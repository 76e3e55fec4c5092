"""The errors worth reading, by kind and slice, their terms apart from their bits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from benchmarks.protocol import Case
from benchmarks.report.text import isolated, number

__all__ = ["Family", "Group", "Read", "Term", "families"]

_BITS = re.compile(r"^(.*?)\s*([+\-−]?\d+(?:\.\d+)?)(?: bits?)?$")


@dataclass(frozen=True)
class Term:
    """A term in words, its bits as they are read, and whether it speaks for or against."""

    text: Markup
    bits: str
    side: str
    weighs_most: bool


@dataclass(frozen=True)
class Read:
    """A case as it is read."""

    left: Markup
    right: Markup
    bits: str
    terms: tuple[Term, ...]
    note: Markup


@dataclass(frozen=True)
class Group:
    """The cases of one slice."""

    title: Markup
    cases: tuple[Read, ...]


@dataclass(frozen=True)
class Family:
    """One kind of error: its groups, a slice each."""

    title: str
    groups: tuple[Group, ...]
    count: int


def families(cases: Iterable[Case]) -> list[Family]:
    """Return the cases by kind and slice, in the order of their first ones.

    What stands before the first colon of `Case.group` is the kind, what follows the slice.
    """
    found: dict[str, dict[str, list[Read]]] = {}
    for case in cases:
        kind, _, slice_ = case.group.partition(": ")
        found.setdefault(kind, {}).setdefault(slice_, []).append(_read(case))
    return [
        Family(
            kind,
            tuple(Group(isolated(title or "all"), tuple(own)) for title, own in groups.items()),
            sum(map(len, groups.values())),
        )
        for kind, groups in found.items()
    ]


def _read(case: Case) -> Read:
    split = [_split(term) for term in case.terms]
    weights = [abs(bits) for _, bits in split if bits is not None]
    most = max(weights, default=0.0)
    terms = tuple(
        Term(
            isolated(text),
            "" if bits is None else _said(bits),
            "" if not bits else "for" if bits > 0 else "against",
            bool(bits) and len(weights) > 1 and abs(bits or 0.0) == most,
        )
        for text, bits in split
    )
    return Read(
        isolated(case.left), isolated(case.right), _said(case.bits), terms, isolated(case.note)
    )


def _split(term: str) -> tuple[str, float | None]:
    """A term's words and its bits, if it ends with them.

    >>> _split("Haddad ~ Hadad +9.1"), _split("title omitted")
    (('Haddad ~ Hadad', 9.1), ('title omitted', None))
    """
    found = _BITS.match(term)
    if not found or not found[1]:
        return term, None
    return found[1].rstrip(": "), float(found[2].replace("−", "-"))


def _said(bits: float) -> str:
    return number(bits, [10.0], signed=True)
