"""What leaves it to a person whether two names are one actor's, though their letters agree?

    generation   Donald Trump and Donald Trump Jr.; Henri II and Henri IV
    gender       Jean and Jeanne, Cemil and Cemile: one given name is the other's feminine
    kin          Elizabeth and Sissi are one given name, but no one family's
    syllables    김정은 and 김정일: in such a script a letter is a word
    several      Khalifa Haftar and Aguila Saleh
    another      Khalifa Haftar's son, Khalifa Haftar Street: what stands beside a name
    name         Grace for Grèce: a place or an institution, but a given name as well

Asked of a candidate that would be linked, and read off its terms and what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from rapidfuzz.distance import Indel

from resolve.matching.cognates import kinship
from resolve.matching.form import Form
from resolve.model.learned import load
from resolve.names.feminine import of_one_stem
from resolve.names.fold import fold
from resolve.names.particles import classes_of
from resolve.names.roles import having_role
from resolve.names.script import script_of
from resolve.types import Candidate, Name, Relation, Term

__all__ = ["doubt"]

_SYLLABIC: Final = frozenset({"Hang", "Hani", "Hira", "Jpan", "Kana"})
_NUMBERS: Final = frozenset({"ii", "iii", "iv"})
_ALIKE: Final = 0.6  # of two words that their letters make one name, whatever a table says
_BORNE: Final = 2  # times that a word is attested as a name which may be meant


def doubt(name: Name, candidate: Candidate) -> str:
    """Return what is doubtful about a candidate whose letters agree, in words; "" if nothing."""
    agreed = [t for t in candidate.terms if t.relation is Relation.AGREES and t.left and t.right]
    asked = _OF_PERSONS if candidate.kind == "person" else _OF_OTHERS
    return next(filter(None, (ask(name, candidate, agreed) for ask in asked)), "")


def _generation(name: Name, candidate: Candidate, agreed: Sequence[Term]) -> str:
    own = _suffixes(token.text for token in name.tokens)
    other = _suffixes(candidate.matched.replace(",", " ").split())
    if own - _NUMBERS == other - _NUMBERS and not (own and other and own != other):
        return ""
    told = sorted(own ^ other)[0]
    return f"{told.capitalize() if told not in _NUMBERS else told.upper()}: another generation?"


def _gender(name: Name, candidate: Candidate, agreed: Sequence[Term]) -> str:
    for term in agreed:
        if term.part in ("given", "name") and of_one_stem(str(term.left), str(term.right)):
            return f"{term.left} and {term.right}: a man and a woman?"
    return ""


def _kin(name: Name, candidate: Candidate, agreed: Sequence[Term]) -> str:
    for term in agreed:
        if term.part not in ("family", "name"):
            continue
        left, right = (Form(*fold(str(side))) for side in (term.left, term.right))
        kin = left.script == right.script and kinship(left, right)
        if kin and Indel.normalized_similarity(left.text, right.text) <= _ALIKE:
            return f"{term.left} and {term.right} are one given name, hardly one family's"
    return ""


def _syllables(name: Name, candidate: Candidate, agreed: Sequence[Term]) -> str:
    for term in agreed:
        sides = str(term.left), str(term.right)
        if sides[0] != sides[1] and any(script_of(side) in _SYLLABIC for side in sides):
            return f"{term.left} and {term.right} sound alike, at most"
    return ""


def _several(name: Name, candidate: Candidate, agreed: Sequence[Term]) -> str:
    own = [token.text.casefold() for token in name.tokens]
    known = candidate.matched.casefold().split()
    several = any(word in having_role("several") and word not in known for word in own[1:-1])
    parted = any("/" in t.separator or ";" in t.separator for t in name.tokens)
    return f"more than {candidate.name} is named" if several or parted else ""


def _another(name: Name, candidate: Candidate, agreed: Sequence[Term]) -> str:
    known = {fold(word)[0] for word in candidate.matched.split()}
    for token in name.tokens:
        form = fold(token.text, token.script)[0]
        if form in having_role("beside") and form not in known:
            return f"{token.text}: beside {candidate.name}, another?"
    return ""


def _name(name: Name, candidate: Candidate, agreed: Sequence[Term]) -> str:
    if len(name.words) != 1 or len(agreed) != 1:
        return ""
    left, right = (Form(*fold(str(side))) for side in (agreed[0].left, agreed[0].right))
    borne = load().lexicon.count(*left) >= _BORNE
    if left == right or left.script != right.script or not borne:
        return ""
    return f"{agreed[0].left} for {agreed[0].right}: a person's name?"


_Ask = Callable[[Name, Candidate, Sequence[Term]], str]
_OF_PERSONS: Final[tuple[_Ask, ...]] = (
    _generation,
    _gender,
    _kin,
    _syllables,
    _several,
    _another,
)
_OF_OTHERS: Final[tuple[_Ask, ...]] = (_syllables, _name)


def _suffixes(words: Iterable[str]) -> set[str]:
    """What tells generations apart behind a name: jr, sr, ii ..."""
    forms = [word.casefold().strip(".") for word in words]
    return {form for form in forms[1:] if "suffix" in classes_of(form, "Latn")}
