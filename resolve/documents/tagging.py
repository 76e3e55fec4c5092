"""Documents in, their mentions resolved: the only place where the stages of a text are wired.

read       text -> words                                            words.py
runs       words -> stretches that may name an actor                cased.py, caseless.py
weigh      each distinct name alone, many documents' at once        resolve.pipeline
choose     which cut of a run stands, and what is a mention         mentions.py
context    what the document says beside the names                  context.py
document   spans; what is repeated, unknown, or inside others     repeats.py, unknown.py, inside.py
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import msgspec

from resolve.documents.anchors import compared
from resolve.documents.cased import cased_runs
from resolve.documents.caseless import caseless_runs
from resolve.documents.context import Context, Told, borrowing, decided
from resolve.documents.echoes import repeated_words, short_forms, small_words
from resolve.documents.garbage import uncollected
from resolve.documents.inside import names_inside
from resolve.documents.listed import joined, listed
from resolve.documents.mentions import Found, Weighings, accepted, asked, chosen, hopeful
from resolve.documents.recognised import with_recognised
from resolve.documents.recognisers import Recogniser
from resolve.documents.repeats import repeats
from resolve.documents.runs import Cut, Run, Titled
from resolve.documents.unknown import Unknown, provisional
from resolve.documents.words import Gap, Lexis, Words, text_languages
from resolve.matching.form import Form
from resolve.matching.phrases import Phrases
from resolve.matching.scores import Reading
from resolve.model.learned import load as load_learned
from resolve.pipeline import Resolver
from resolve.types import Decision, Document, Outcome, Repeat, Span, Text
from resolve.weighing import Weighing

__all__ = ["AT_ONCE", "MOST_AT_ONCE", "Tagger", "Text", "batches"]

AT_ONCE: Final = 256
"""Documents whose names are weighed together."""
MOST_AT_ONCE: Final = 1_000_000
"""Code points of them, beyond which no further one is."""
_TOGETHER: Final = 32  # documents whose context is asked together
_REMEMBERED: Final = 10_000  # names, and as many of longer ago
_LEXES: Final = 8  # languages, or sets of them, whose words are remembered
_ROUNDS: Final = 2  # times that the context is asked: what it links speaks for others


class Tagger:
    """Finds the actors of a gazetteer, and unknown ones, in running text."""

    def __init__(
        self,
        resolver: Resolver | None = None,
        year: int | None = None,
        recognisers: Sequence[Recogniser] = (),
    ) -> None:
        """Take a resolver (default: of the gazetteer that ships) and the year of the texts.

        What recognisers find is added to what is found without them.
        """
        self._recognisers = recognisers
        self._resolver = resolver or Resolver()
        self._year = year
        self._phrases = self._resolver.index.phrases
        self._lexes: dict[frozenset[str], Lexis] = {}
        self._known: dict[tuple[str, Reading | None], Weighing] = {}
        self._before: dict[tuple[str, Reading | None], Weighing] = {}  # of longer ago
        self._new: list[Weighing] = []  # since the last batch

    def tag(self, text: str, id: str = "") -> Document:
        """Return a text with its mentions.

        >>> document = Tagger().tag("Haftar left. General Khalifa Haftar was in Benghazi.")
        >>> [(span.surface, span.decision.id) for span in document.spans[:2]]
        [('Haftar', 'khalifa-haftar'), ('Khalifa Haftar', 'khalifa-haftar')]
        """
        return next(self.tag_many([Text(id, text)]))

    def decide(self, names: Sequence[str]) -> list[Decision]:
        """Return the decision on each of a document's names, in their order.

        They are mentions as a list has them, in the order of the text, and each may say who
        another is. An unknown name has its provisional id in `cluster`.

        >>> [d.id for d in Tagger().decide(["Dbeibah", "Prime Minister Abdul Hamid Dbeibah"])]
        ['abdul-hamid-dbeibah', 'abdul-hamid-dbeibah']
        """
        self._forget()
        text = joined(names)
        words = self._lexis(text).read(text)
        self._weigh((name, None) for name in names)
        weighings = [self._known[name, None] for name in names]
        every = listed(words, names, weighings, self._phrases)
        with self._resolver.explaining([each for each in self._new if _open(each)]):
            self._settle([(words, [found for found in every if found is not None])])
        return [
            weighing.decision
            if found is None
            else msgspec.structs.replace(found.decision, cluster=found.cluster)
            for found, weighing in zip(every, weighings, strict=True)
        ]

    def tag_many(
        self, texts: Iterable[Text], progress: Callable[[int], None] | None = None
    ) -> Iterator[Document]:
        """Yield each text with its mentions, in their order; each as `tag` would alone.

        `progress` is told how many are done.
        """
        done = 0
        for batch in batches(texts):
            with uncollected():
                documents = self._tagged(batch)
            for document in documents:
                yield document
                done += 1
                if progress is not None:
                    progress(done)

    def _tagged(self, batch: Sequence[Text]) -> list[Document]:
        self._forget()
        readings = [_Reading(text, self._lexis(text.text)) for text in batch]
        self._hear(readings)
        for reading in readings:
            reading.runs, reading.titles = _runs(reading.words, self._phrases)
            for recogniser in self._recognisers:
                names = recogniser.mentions(reading.text.text)
                reading.runs = with_recognised(reading.words, reading.runs, names)
            reading.runs = [run for run in reading.runs if hopeful(reading.words, run)]
        self._weigh(
            asked(run, cut, r.words) for r in readings for run in r.runs for cut in run.cuts
        )
        self._find(readings)
        self._decide(readings)
        return [self._document(reading) for reading in readings]

    def _forget(self) -> None:
        """Let go of the names that nobody asked for of late, where too many are remembered."""
        self._new = []
        if len(self._known) > _REMEMBERED:
            self._before, self._known = self._known, {}

    def _lexis(self, text: str) -> Lexis:
        """What words are in the languages of a text."""
        languages = text_languages(text)
        if languages not in self._lexes:
            if len(self._lexes) >= _LEXES:
                self._lexes = {}
            self._lexes[languages] = Lexis(load_learned().lexicon, self._phrases, languages)
        return self._lexes[languages]

    def _hear(self, readings: Sequence[_Reading]) -> None:
        """Ask which strange words sound like names of the gazetteer."""
        strange = [word for reading in readings for word in reading.lexis.unheard(reading.words)]
        forms = [Form(word.form, word.script) for word in strange]
        for word, heard in zip(strange, self._resolver.heard(forms), strict=True):
            word.heard = heard

    def _weigh(self, names: Iterable[tuple[str, Reading | None]]) -> None:
        """Weigh the names that aren't known yet, each read in its way."""
        asked = [name for name in dict.fromkeys(names) if name not in self._known]
        self._known.update({k: self._before[k] for k in asked if k in self._before})
        new = [name for name in asked if name not in self._known]
        for reading in dict.fromkeys(reading for _, reading in new):
            own = [name for name, way in new if way == reading]
            for name, weighing in zip(own, self._resolver.weigh_many(own, reading), strict=True):
                self._known[name, reading] = weighing
                self._new.append(weighing)

    def _find(self, readings: Sequence[_Reading]) -> None:
        """Find the mentions of texts, as each is decided alone."""
        for reading in readings:
            reading.choose(self._known)
        self._weigh((cut.name(r.words), _way(cut)) for r in readings for cut in r.cuts)
        for reading in readings:
            reading.add_echoes(self._known)
        self._resolver.compare_names(
            pair for r in readings for pair in compared(self._resolver, r.words, r.found)
        )

    def _decide(self, readings: Sequence[_Reading]) -> None:
        """Give the mentions of texts their decisions."""
        meant = {id(mention.weighing) for reading in readings for mention in reading.found}
        new = [each for each in self._new if id(each) in meant and _open(each)]
        with self._resolver.explaining(new):
            every = [(reading.words, reading.found) for reading in readings]
            for start in range(0, len(every), _TOGETHER):
                self._settle(every[start : start + _TOGETHER])
            for reading in readings:
                reading.found = [mention for mention in reading.found if _stands(mention)]
        unknown = [Unknown(reading.found) for reading in readings]
        self._resolver.compare_names(pair for each in unknown for pair in each.pairs)
        for each in unknown:
            each.unite(self._resolver)
        for r in readings:
            r.inside = [names_inside(r.words, mention, self._phrases) for mention in r.found]
        self._weigh((cut.name(r.words), None) for r in readings for own in r.inside for cut in own)

    def _document(self, reading: _Reading) -> Document:
        words, text = reading.words, reading.text
        passages = repeats(words)
        spans = [
            _span(words, mention, self._linked(words, mention, own))
            for mention, own in zip(reading.found, reading.inside, strict=True)
        ]
        if passages:
            spans = list(_repeated(spans, passages))
        return Document(text.id, text.text, tuple(spans), tuple(passages), text.offset)

    def _linked(
        self, words: Words, mention: Found, inside: Sequence[Cut]
    ) -> tuple[tuple[int, int, str], ...]:
        """The actors whose names stand inside another's."""
        found = []
        for own in inside:
            decision = self._known[own.name(words), None].decision
            if decision.outcome is Outcome.LINK and decision.id != mention.decision.id:
                found.append((own.start(words), own.stop(words), str(decision.id)))
        return tuple(found)

    def _settle(self, documents: Sequence[tuple[Words, Sequence[Found]]]) -> None:
        """Give the mentions of documents the decisions that each document allows."""
        for _, found in documents:
            for mention in found:
                if mention.decision.outcome is Outcome.NIL:
                    mention.cluster = provisional(mention)
        settled = [
            _Settled(words, found, [m for m in found if m.stands_for is None])
            for words, found in documents
        ]
        told: Told = {}
        open_ = settled
        for left in reversed(range(_ROUNDS)):
            before = [_anchored(each.own) for each in open_] if left else []
            asked = [
                (Context(self._resolver, words, found, self._year), own)
                for words, found, own in open_
            ]
            told = decided(self._resolver, asked, told)
            for each in open_:
                _take(each.own, told)
            if left:
                both = zip(open_, before, strict=True)
                open_ = [each for each, leant in both if leant != _anchored(each.own)]
            if not open_:
                break
        for each in settled:
            for mention in each.own:
                if mention.cluster and mention.cluster != provisional(mention):
                    mention.shape = "person"  # as is whom it is short for
            _stand_for(each.found)


class _Settled(NamedTuple):
    """A document while its mentions are settled: all that are found, and those that stand alone."""

    words: Words
    found: Sequence[Found]
    own: Sequence[Found]


def _take(mentions: Sequence[Found], told: Told) -> None:
    """Give the mentions of a document the decisions with what it says, or those without."""
    for mention in mentions:
        decision, cluster = mention.weighing.decision, None
        if id(mention) in told:
            (_, borrowed), decided_ = told[id(mention)]
            decision, cluster = borrowing(decided_, borrowed)
        nil = decision.outcome is Outcome.NIL
        mention.cluster = cluster or (provisional(mention) if nil else None)
        mention.decision = decision


def _open(weighing: Weighing) -> bool:
    """Whether what a document says may bring others forward than a name alone."""
    return weighing.decision.outcome is Outcome.REVIEW or len(weighing.likely) > 1


def _anchored(found: Sequence[Found]) -> list[tuple[int, Outcome, str | None]]:
    """What the document says of the mentions that others lean on: the full ones."""
    full = [m for m in found if m.kind != "person" or m.parts > 1 or m.titled]
    return [(m.start, m.decision.outcome, m.decision.id or m.cluster) for m in full]


def _stands(mention: Found) -> bool:
    """Whether a word that is a name only if something else says so has found that something."""
    if not mention.weak or mention.decision.outcome is Outcome.LINK:
        return True
    return mention.cluster is not None and mention.cluster != provisional(mention)


def _way(cut: Cut) -> Reading | None:
    """How a word that is found again is read: a place's own name in every way."""
    return None if cut.exact else "person"


def _stand_for(found: Sequence[Found]) -> None:
    """Let the short forms mean what they were introduced for."""
    for mention in found:
        long = mention.stands_for
        if long is not None:
            own = mention.weighing.decision.mention
            reason = f"stands for {long.text}; {long.decision.reason}"
            mention.decision = msgspec.structs.replace(long.decision, mention=own, reason=reason)
            mention.cluster, mention.shape = long.cluster, long.kind


class _Reading:
    """A text on its way: its words, runs, titles and mentions."""

    def __init__(self, text: Text, lexis: Lexis) -> None:
        self.text, self.lexis = text, lexis
        self.words = lexis.read(text.text)
        self.runs: list[Run] = []
        self.titles: list[Titled] = []
        self.found: list[Found] = []
        self.inside: list[list[Cut]] = []  # names inside each mention
        self._echoes: list[Cut] = []
        self._short: list[tuple[Found, Cut]] = []

    @property
    def cuts(self) -> list[Cut]:
        """What is a name only because the text has the name elsewhere."""
        return [*self._echoes, *(cut for _, cut in self._short)]

    def choose(self, known: Weighings) -> None:
        """Take the mentions that are ones by themselves, and look where their names echo."""
        words = self.words
        every = [chosen(words, run, known) for run in self.runs]
        self.found = [found for found in every if accepted(words, found)]
        taken = [False] * len(words)
        for found in self.found:
            taken[found.cut.first : found.cut.end] = [True] * (found.cut.end - found.cut.first)
        full = [f for f in self.found if f.kind in ("person", None) and f.parts > 1]
        places = [f for f in self.found if f.decision.kind == "place"]
        self._echoes = [*repeated_words(words, full, taken), *small_words(words, places, taken)]
        self._short = list(short_forms(words, self.found))

    def add_echoes(self, known: Weighings) -> None:
        """Add the mentions that are names only because the text has the name elsewhere."""
        short = [replace(self._echo(cut, known), stands_for=found) for found, cut in self._short]
        instead = {found.cut.first for found in short}
        whole = {id(found) for found, _ in self._short}
        kept = [f for f in self.found if f.cut.first not in instead or id(f) in whole]
        echoes = [self._echo(cut, known) for cut in self._echoes if cut.first not in instead]
        self.found = sorted([*kept, *echoes, *short], key=lambda found: found.start)
        titles = {titled.first: titled for titled in self.titles}
        titles |= {-titled.end: titled for titled in self.titles}
        for mention in self.found if titles else ():
            mention.beside = _beside(self.words, mention, titles)

    def _echo(self, cut: Cut, known: Weighings) -> Found:
        run = Run([cut], "person")
        own = {asked(run, cut, self.words): known[cut.name(self.words), _way(cut)]}
        return replace(chosen(self.words, run, own), weak=True, how="document")


def _runs(words: Words, phrases: Phrases) -> tuple[list[Run], list[Titled]]:
    """The runs of a text in their order, none over another; and its titles."""
    every = [*cased_runs(words, phrases), *caseless_runs(words, phrases)]
    titles = [run.title for run in every if not run.cuts and run.title is not None]
    runs = [run for run in every if run.cuts]
    runs.sort(key=lambda run: (run.cuts[0].first, -run.cuts[0].end))
    kept: list[Run] = []
    for run in runs:
        if not kept or run.cuts[0].first >= kept[-1].cuts[0].end:
            kept.append(run)
    return kept, sorted(titles)


def _beside(words: Words, mention: Found, titles: Mapping[int, Titled]) -> tuple[Titled, ...]:
    """The titles that stand beside a mention, with a comma between; by where they begin or end."""
    first = mention.title.first if mention.title else mention.cut.first
    end = mention.cut.end
    found = []
    if words.gap[first] is Gap.PAUSE and -first in titles:
        found.append(titles[-first])
    if end < len(words) and words.gap[end] is Gap.PAUSE:
        found += [titles[k] for k in (end, end + 1) if k in titles]
    return tuple(found)


def _span(words: Words, mention: Found, inside: tuple[tuple[int, int, str], ...]) -> Span:
    text = words.text
    start, end = mention.start, mention.end
    before, after = (
        words.clitic.get(mention.cut.first, ("", ""))[0],
        words.clitic.get(mention.cut.end - 1, ("", ""))[1],
    )
    clitic = text[words.start[mention.cut.first] : start] or before or after
    decision = msgspec.structs.replace(mention.decision, cluster=mention.cluster)
    title = mention.title.title.text if mention.title else ""
    how = mention.how
    return Span(start, end, text[start:end], mention.kind, decision, title, clitic, how, inside)


def _repeated(spans: Sequence[Span], passages: Sequence[Repeat]) -> Iterator[Span]:
    """The spans; those in a passage that the text has had before say so."""
    starts = [passage.start for passage in passages]
    for span in spans:
        before = bisect_right(starts, span.start)
        again = before and span.start < passages[before - 1].end
        yield msgspec.structs.replace(span, repeated=True) if again else span


def batches(texts: Iterable[Text], most: int = AT_ONCE) -> Iterator[list[Text]]:
    """Yield the texts in batches of at most so many, or so much text, in their order."""
    batch: list[Text] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text.text)
        if len(batch) == most or size >= MOST_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
