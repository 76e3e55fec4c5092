"""Why? One short reason in words, read off the terms of the evidence; nothing is recomputed."""

from __future__ import annotations

from collections.abc import Sequence

from resolve.types import Candidate, Name, PartType, Relation, Term

__all__ = ["reason_for_link", "reason_for_nil", "reason_for_review"]


def reason_for_link(name: Name, best: Candidate) -> str:
    """Return why a mention was linked: what agrees, and what is merely not written."""
    said = [_agreement(t) for t in best.terms if t.relation is Relation.AGREES and t.left]
    omitted = [_omission(t) for t in best.terms if t.relation is Relation.OMITTED]
    if not said:
        said = [t.note for t in best.terms if t.relation is Relation.AGREES and t.note]
    return "; ".join([*said[:3], *omitted[:1], *_context(best)]) + _titles(name)


def reason_for_review(
    name: Name, best: Candidate, rivals: Sequence[str], link: float, further: str = ""
) -> str:
    """Return why a name alone can't decide; the rivals are others who are nearly as likely.

    `further` is what else is in doubt, in words.
    """
    doubt = _doubt(best) or further
    if doubt:
        return doubt + _titles(name)
    if rivals:
        names = ", ".join([best.name, *rivals[:2], *["..."] * (len(rivals) > 2)])
        several = f"{len(rivals) + 1} actors could be meant: {names}"
        return "; ".join([several, *_context(best)]) + _titles(name)
    if best.weak:
        return f"{best.matched} is only a by-name of {best.name}" + _titles(name)
    missing = [_omission(t) for t in best.terms if t.relation is Relation.OMITTED]
    what = missing[0] if missing else "the names are too common or too far apart"
    if len(name.parts) == 1 and best.kind == "person":
        kunya = name.parts[0].type is PartType.KUNYA
        what = "a kunya alone, which many bear" if kunya else "a single name"
    below = f"p = {best.probability:.3f}, below {link:g}" if best.probability < link else "telling"
    return f"{what}: {below}" + _titles(name)


def reason_for_nil(name: Name, best: Candidate | None) -> str:
    """Return why no actor of the gazetteer is meant; `best` is the nearest one, if any is."""
    if not name.parts and not name.words:
        return "no letters: not a name"
    if best is None:
        return "no actor with a name like this"
    against = [t for t in best.terms if t.relation is Relation.CONTRADICTS]
    told = [t for t in against if t.left]
    if told:
        worst = min(told, key=lambda t: t.bits)
        return _unlike(best, worst.left, worst.right)
    omitted = [t for t in best.terms if t.relation is Relation.OMITTED]
    own, other = [t.left for t in omitted if t.left], [t.right for t in omitted if t.right]
    if against and own and other:
        return _unlike(best, own[0], other[0])
    return f"nearest is {best.name}, too little in common ({best.bits:+.1f} bits)"


def _doubt(candidate: Candidate) -> str:
    """What is in doubt beyond the probability, if anything."""
    found = {t.relation: t for t in reversed(candidate.terms) if t.left and t.right}
    slip, crossed = found.get(Relation.SLIP), found.get(Relation.CROSSED)
    against = found.get(Relation.CONTRADICTS)
    if slip:
        who = "person" if candidate.kind == "person" else "name"
        return f"{slip.left} for {slip.right}: another {who}, or a slip?"
    if against:
        return _unlike(candidate, against.left, against.right)
    if crossed:
        return f"{crossed.left}: {crossed.note}; a relative of {candidate.name}?"
    return ""


def _unlike(candidate: Candidate, own: str | None, other: str | None) -> str:
    return f"nearest is {candidate.name}, but {own} is not {other}"


def _agreement(term: Term) -> str:
    if term.left == term.right:
        return f"{term.left} {term.bits:+.1f}"
    return f"{term.left} ~ {term.right} {term.bits:+.1f}"


def _omission(term: Term) -> str:
    what = term.left or term.right
    part = "" if term.part in (None, "word", "name") else f" ({term.part})"
    return f"{what}{part} only on one side"


def _context(candidate: Candidate) -> list[str]:
    """What the document says for a candidate, or against it."""
    found = [t for t in candidate.terms if t.relation is Relation.CONTEXT]
    return [f"{t.note} {t.bits:+.1f}" for t in found]


def _titles(name: Name) -> str:
    return f"; title: {', '.join(name.titles)}" if name.titles else ""
