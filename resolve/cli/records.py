"""What a decision, an evidence and a name look like as data: cells for tables, objects for JSON.

Nothing is computed here; numbers are rounded, and the rows of the input come back untouched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from resolve.cli.writing import bits, probability
from resolve.decisions.figures import rounded_bits, rounded_probability

if TYPE_CHECKING:
    from resolve.cli.reading import Row
    from resolve.types import Candidate, Decision, Evidence, Name, Part, Term

__all__ = [
    "EVIDENCE",
    "RESULT",
    "beside",
    "decision_record",
    "evidence_cells",
    "evidence_record",
    "name_record",
    "parts_text",
    "result_cells",
    "row_record",
]

RESULT = (
    "resolve_id",
    "resolve_name",
    "resolve_decision",
    "resolve_probability",
    "resolve_bits",
    "resolve_reason",
)
"""The columns that a decision adds to its row."""

EVIDENCE = ("bits", "probability")
"""The columns that a comparison adds to its row."""


def result_cells(decision: Decision) -> tuple[str, ...]:
    """The cells under RESULT. The id of a NIL name is its cluster's provisional id."""
    return (
        decision.id or decision.cluster or "",
        decision.name or "",
        decision.outcome.value,
        probability(decision.probability),
        bits(decision.bits),
        decision.reason,
    )


def evidence_cells(evidence: Evidence) -> tuple[str, str]:
    """The cells under EVIDENCE."""
    return bits(evidence.bits), probability(evidence.probability)


def beside(cells: Sequence[str], width: int, added: Sequence[str]) -> list[str]:
    """The row with `added` after its first `width` cells, where their header stands.

    A short row is filled up; the cells of a longer row that have no header come last.

    >>> beside(["a"], 2, ["LINK"]), beside(["a", "b", "c"], 2, ["LINK"])
    (['a', '', 'LINK'], ['a', 'b', 'LINK', 'c'])
    """
    filling = [""] * (width - len(cells))
    return [*cells[:width], *filling, *added, *cells[width:]]


def decision_record(row: Row, text: str, decision: Decision) -> dict[str, object]:
    """All that a decision says, with its place in the input."""
    return {
        "mention": text,
        "source": row.source,
        "line": row.line,
        "decision": decision.outcome.value,
        "id": decision.id,
        "name": decision.name,
        "kind": decision.kind,
        "probability": rounded_probability(decision.probability),
        "bits": rounded_bits(decision.bits),
        "reason": decision.reason,
        "candidates": [_candidate(each) for each in decision.candidates],
        "cluster": decision.cluster,
    }


def row_record(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells by their header; one without a name of its own goes by its number, from 1.

    >>> row_record(["name", "name"], ["a", "b", "c"])
    {'name': 'a', '2': 'b', '3': 'c'}
    """
    record: dict[str, str] = {}
    for number, cell in enumerate(cells, start=1):
        label = header[number - 1] if number <= len(header) else ""
        record[str(number) if not label or label in record else label] = cell
    return record


def evidence_record(evidence: Evidence) -> dict[str, object]:
    """What two names say about being one actor's, term by term."""
    return {
        "left": evidence.left,
        "right": evidence.right,
        "bits": rounded_bits(evidence.bits),
        "probability": rounded_probability(evidence.probability),
        "terms": [_term(each) for each in evidence.terms],
    }


def name_record(name: Name, normalized: str) -> dict[str, object]:
    """A name as it is read: what was set aside, and each part with its place in the mention."""
    return {
        "mention": name.mention.text,
        "normalized": normalized,
        "script": name.script,
        "titles": list(name.titles),
        "parts": [_part(each) for each in name.parts],
        "words": [_part(each) for each in name.words],
    }


def parts_text(parts: Sequence[Part]) -> str:
    """The parts on one line, each as type:form.

    >>> from resolve.types import Part, PartType
    >>> parts_text([Part("namroush", "Latn", PartType.FAMILY, "al-Namroush", 0, 11, True)])
    'family:namroush'
    """
    return " ".join(f"{each.type.value}:{each.form}" for each in parts)


def _candidate(candidate: Candidate) -> dict[str, object]:
    return {
        "id": candidate.id,
        "name": candidate.name,
        "kind": candidate.kind,
        "matched": candidate.matched,
        "bits": rounded_bits(candidate.bits),
        "probability": rounded_probability(candidate.probability),
        "terms": [_term(each) for each in candidate.terms],
    }


def _term(term: Term) -> dict[str, object]:
    return {
        "relation": term.relation.value,
        "bits": rounded_bits(term.bits),
        "left": term.left,
        "right": term.right,
        "part": term.part,
        "note": term.note,
    }


def _part(part: Part) -> dict[str, object]:
    return {
        "type": part.type.value,
        "form": part.form,
        "text": part.text,
        "start": part.start,
        "end": part.end,
        "article": part.article,
    }
