"""Runs -> mentions: which cut of each run stands, and whether it names anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from resolve.documents.runs import Cut, Run, Titled
from resolve.documents.words import Case, Gap, Words
from resolve.matching.phrases import Phrase
from resolve.matching.scores import Reading
from resolve.types import Decision, Kind, Outcome
from resolve.weighing import Weighing

__all__ = [
    "Found",
    "Weighings",
    "accepted",
    "asked",
    "chosen",
    "hopeful",
]

Weighings = Mapping[tuple[str, Reading | None], Weighing]
"""Names as they are weighed alone, read in one way or in both."""
_ATTESTED: Final = 3.0  # times that a word is attested as a name, to be a part of one
_SMALL: Final = frozenset({"kunya", "nasab", "article"})
_TOLD: Final = 2  # words of a name of the gazetteer that say of what kind it is
_LIKELY: Final = 0.8  # probability from which a word in doubt that begins a sentence is shown
_SEVERAL: Final = 2
_CLEAR: Final = 8.0  # bits of a single word that is taken for a name by nothing else


@dataclass(slots=True)
class Found:
    """A mention in a text: its words, what they look like, and the decision so far."""

    cut: Cut
    start: int
    end: int
    text: str  # the name, as it is weighed
    shape: Kind | None
    weighing: Weighing
    decision: Decision
    title: Titled | None = None
    firm: bool = False
    faint: bool = False
    weak: bool = False
    how: str = "gazetteer"
    cluster: str | None = None
    stands_for: Found | None = (
        None  # what it was introduced for: the GNA of Government of ... (GNA)
    )
    beside: tuple[Titled, ...] = ()  # titles before or after it, with a comma between

    @property
    def titled(self) -> bool:
        """Whether a mention has a title."""
        return self.title is not None or bool(self.beside)

    @property
    def titles(self) -> tuple[Titled, ...]:
        """The titles of a mention, each rank once."""
        own = (self.title, *self.beside) if self.title else self.beside
        if len(own) < _SEVERAL:
            return own
        return tuple({titled.title.rank: titled for titled in reversed(own)}.values())

    @property
    def kind(self) -> Kind | None:
        """What it is: the actor's kind, else what it looks like."""
        return self.decision.kind or self.shape

    @property
    def parts(self) -> int:
        """How many parts it writes."""
        name, kind = self.weighing.name, self.decision.kind or self.shape
        return len(name.parts if kind == "person" else name.words)


def asked(run: Run, cut: Cut, words: Words) -> tuple[str, Reading | None]:
    """Return the name of a cut, and how it is to be read, where its shape tells that."""
    name = cut.name(words)
    if cut.exact and cut.end - cut.first < _TOLD:
        return name, None
    if cut.exact and run.kinds:
        person = run.kinds & Phrase.PERSON
        other = run.kinds & (Phrase.ORGANIZATION | Phrase.PLACE)
        return name, None if person and other else "person" if person else "words"
    small = words.word[cut.first].classes & _SMALL  # Abu Salim is a quarter, and may be a man
    if (run.shape is None and not run.firm) or cut.exact or small:
        return name, None
    return name, "words" if run.shape == "organization" and cut.end - cut.first > 1 else "person"


def hopeful(words: Words, run: Run) -> bool:
    """Return whether a run may be accepted by itself, whoever its names turn out to mean.

    A common word that nothing makes a name isn't, nor one word without capitals that only sounds
    like one: their names needn't be weighed.
    """
    if not run.faint:
        return run.firm or not run.weak
    cut = run.cuts[0]
    word = words.word[cut.first]
    single = len(run.cuts) == 1 and cut.end - cut.first == 1 and not cut.exact
    return not (single and word.case is Case.NONE and word.text == cut.name(words))


def chosen(words: Words, run: Run, known: Weighings) -> Found:
    """Return the cut of a run that stands."""
    every = [(cut, known[asked(run, cut, words)]) for cut in run.cuts]
    best = every[0]
    outcome = best[1].decision.outcome
    if len(every) > 1 and outcome is not Outcome.LINK:
        best = _shorter(words, run, every)
    cut, weighing = best
    beside = cut.first == run.cuts[0].first and not _visited(words, cut, weighing)
    title = run.title if beside else None
    return Found(
        cut,
        cut.start(words),
        cut.stop(words),
        weighing.name.mention.text,
        run.shape,
        weighing,
        weighing.decision,
        title,
        run.firm and cut == run.cuts[0],
        run.faint and not cut.exact,
        run.weak,
        "gazetteer" if cut.exact else "recogniser" if run.recognised else "shape",
    )


def _visited(words: Words, cut: Cut, weighing: Weighing) -> bool:
    """Whether a place stands after a title as what its bearer visited: زار الرئيس أنقرة."""
    caseless = words.word[cut.first].case is Case.NONE
    return caseless and cut.exact and weighing.decision.kind == "place"


def _shorter(words: Words, run: Run, every: Sequence[tuple[Cut, Weighing]]) -> tuple[Cut, Weighing]:
    """The cut that stands in place of one that nobody is known by."""
    whole = every[0]
    outcome = whole[1].decision.outcome
    linked = [each for each in every[1:] if each[1].decision.outcome is Outcome.LINK]
    likeliest = whole[1].decision.id
    open_ = [
        each
        for each in linked
        if not _named_beside(words, whole[0], each[0])
        or (each[1].decision.id == likeliest and _generic_beside(words, whole[0], each[0]))
    ]
    if run.shape == "organization" and run.firm:  # named after its kind, not its place
        open_ = [each for each in open_ if each[0].first == whole[0].first]
    if open_:
        return max(open_, key=lambda each: each[1].decision.bits or 0.0)
    if run.firm or outcome is Outcome.REVIEW:
        return whole
    likely = linked or [e for e in every[1:] if e[1].decision.outcome is Outcome.REVIEW]
    return likely[0] if likely else whole


def _named_beside(words: Words, whole: Cut, cut: Cut) -> bool:
    """Whether the words that a cut leaves out are a name's."""
    beside = [*words.word[whole.first : cut.first], *words.word[cut.end : whole.end]]
    if any(word.case is not Case.NONE for word in beside):
        first = words.word[whole.first]
        starts = cut.first > whole.first and words.gap[whole.first] >= Gap.PAUSE
        return not (starts and not first.attested and not first.ends and cut.end == whole.end)
    return bool(beside) and all(word.attested >= _ATTESTED or word.ends for word in beside)


def _generic_beside(words: Words, whole: Cut, cut: Cut) -> bool:
    """Whether the words that a cut leaves out are institutions': General Electricity Company."""
    beside = [*words.word[whole.first : cut.first], *words.word[cut.end : whole.end]]
    return all(word.generic or word.common for word in beside)


def accepted(words: Words, found: Found) -> bool:
    """Return whether a cut is a mention by what it is, whatever else the document names."""
    outcome = found.decision.outcome
    if found.faint:
        cased = words.word[found.cut.first].case is not Case.NONE
        likely = cased and (found.decision.probability or 0.0) >= _LIKELY
        linked = outcome is Outcome.LINK and (cased or found.parts > 1)
        return linked or (likely and outcome is Outcome.REVIEW)
    if found.weak:
        return found.firm and outcome is Outcome.NIL
    if found.firm or outcome is Outcome.NIL:
        return found.firm
    if found.cut.exact or found.title is not None or found.parts > 1:
        return True
    word = words.word[found.cut.first]
    return word.ends or (found.decision.bits or 0.0) >= _CLEAR
