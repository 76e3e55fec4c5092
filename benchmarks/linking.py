"""How often are the links that are emitted right, and how many are there?

Run `python -m benchmarks.linking DATA`, where DATA holds the lists that the model's card names.
Persons of four public lists: one Latin name of each is the gazetteer, but for three in ten, who
are unknown to it; their other names are the mentions. Only the half that the constants were not
fitted to is asked for. A link to the same person under the other list's id counts as wrong where
no exact rule joins the two: the errors are printed, so that anyone can see which are.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from gazetteer import Entity, EntityName, Gazetteer
from resolve import Resolver
from resolve.model.linking import Case, cases
from resolve.types import Decision, Name, Outcome


def main(directory: Path) -> None:
    """Print a row for each script of the mentions, then the wrong links."""
    names, found = cases(directory)
    unseen = [case for case in found if case.unseen]
    resolver = Resolver(listed(names))
    start = time.process_time()
    decisions = resolver.resolve_many(case.name.mention.text for case in unseen)
    seconds = time.process_time() - start
    columns = "script mentions known links precision recall review review-first-right nil nil-right"
    print(*columns.split(), sep="\t")
    pairs = list(zip(unseen, decisions, strict=True))
    for script in ("all", *sorted({case.name.script for case in unseen})):
        own = [(c, d) for c, d in pairs if script in ("all", c.name.script)]
        if len(own) >= 10:
            print(script, *row(own), sep="\t")
    print(f"{len(pairs) / seconds:.0f} names a second of CPU time, clustering included")
    for case, decision in pairs:
        if decision.outcome is Outcome.LINK and not right(case, decision):
            truth = "unknown" if case.actor is None else names[case.actor].text
            print(f"  {case.name.text} -> {decision.name}, not {truth}")


def listed(names: list[Name]) -> Gazetteer:
    """Return the gazetteer of these names, one actor each, known by its position."""
    entities = [
        Entity(
            id=f"person-{number:05}",
            kind="person",
            names=(
                EntityName(
                    text=name.text, lang="und", script="Latn", kind="primary", source="list"
                ),
            ),
        )
        for number, name in enumerate(names)
    ]
    return Gazetteer(name="lists", entities=tuple(entities))


def right(case: Case, decision: Decision) -> bool:
    """Return whether the decision's actor is the mention's."""
    return case.actor is not None and decision.id == f"person-{case.actor:05}"


def row(pairs: list[tuple[Case, Decision]]) -> list[str]:
    """Return the figures of some mentions: counts, and shares to three digits."""
    known = sum(case.actor is not None for case, _ in pairs)
    cells = [str(len(pairs)), str(known)]
    links = [(c, d) for c, d in pairs if d.outcome is Outcome.LINK]
    review = [(c, d) for c, d in pairs if d.outcome is Outcome.REVIEW]
    nil = [c for c, d in pairs if d.outcome is Outcome.NIL]
    good = sum(right(c, d) for c, d in links)
    first = sum(right(c, d) for c, d in review)
    shares = [(good, len(links)), (good, known), (first, len(review))]
    said = [f"{part / whole:.3f}" if whole else "-" for part, whole in shares]
    unknown = sum(c.actor is None for c in nil)
    cells += [str(len(links)), said[0], said[1], str(len(review)), said[2], str(len(nil))]
    return [*cells, f"{unknown / len(nil):.3f}" if nil else "-"]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
