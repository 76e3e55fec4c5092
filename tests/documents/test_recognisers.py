"""What other libraries recognise is added to what is found without them, in its place."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve import Resolver
from resolve.documents.recognised import with_recognised
from resolve.documents.recognisers import Recognised, opened
from resolve.documents.recognisers.camel import CamelRecogniser
from resolve.documents.recognisers.protocol import pieces
from resolve.documents.runs import Cut, Run
from resolve.documents.tagging import Tagger
from resolve.documents.words import Lexis, Words
from resolve.errors import MissingExtraError, OptionError
from resolve.model.learned import load


class Labels:
    """What `camel_tools.ner.NERecognizer` offers: labels for words that are known by heart."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known
        self.asked: list[list[str]] = []

    def predict(self, sentences: list[list[str]], batch_size: int = 32) -> list[list[str]]:
        self.asked += sentences
        return [[self.known.get(word, "O") for word in words] for words in sentences]


class Fixed:
    """A recogniser that finds some words wherever they stand."""

    def __init__(self, *names: tuple[str, Any]) -> None:
        self.names = names

    def mentions(self, text: str) -> list[Recognised]:
        places = ((text.find(name), name, kind) for name, kind in self.names)
        return sorted(Recognised(at, at + len(n), kind) for at, n, kind in places if at >= 0)


def said(found: Sequence[Recognised], text: str) -> list[tuple[str, str]]:
    return [(text[name.start : name.end], name.kind) for name in found]


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A spaCy model's folder: rules instead of a network."""
    spacy = pytest.importorskip("spacy")
    folder = str(tmp_path_factory.mktemp("spacy") / "ruled")
    pipeline = spacy.blank("en")
    pipeline.max_length = 40
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "Zork Blimey"},
            {"label": "GPE", "pattern": "Ankara"},
            {"label": "NORP", "pattern": "Libyans"},
        ]
    )
    pipeline.to_disk(folder)
    return folder


def test_spacys_entities_have_their_places_in_texts_of_any_length(ruled: str) -> None:
    (recogniser,) = opened([f"spacy:{ruled}"])
    text = "\N{MAN}‍\N{WOMAN} Libyans met Zork Blimey in Ankara.\n" * 7
    found = recogniser.mentions(text)
    assert said(found, text) == [("Zork Blimey", "person"), ("Ankara", "place")] * 7
    assert recogniser.mentions("") == [] == recogniser.mentions(" \n")


def test_a_model_that_there_is_not() -> None:
    pytest.importorskip("spacy")
    with pytest.raises(OptionError, match="spacy download en_nothing"):
        opened(["spacy:en_nothing"])
    with pytest.raises(OptionError, match="such as spacy:en_core_web_sm"):
        opened(["spacy"])


def test_names_of_no_recogniser() -> None:
    with pytest.raises(OptionError, match="no recogniser 'nltk'; there are spacy:MODEL, camel"):
        opened(["nltk"])


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("spacy:m", "spacy", "spacy"), ("camel", "camel_tools.ner", "camel")],
)
def test_a_library_that_is_not_there(
    name: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"resolve-names\[{extra}\]"):
        opened([name])


def test_camels_model_is_its_default_a_named_one_or_a_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[Any] = []

    class NERecognizer(Labels):
        def __init__(self, model_path: str, use_gpu: bool = True) -> None:
            super().__init__({"أكار": "B-PERS"})
            asked.append(model_path)

        @staticmethod
        def pretrained(model_name: str | None = None, use_gpu: bool = True) -> NERecognizer:
            if model_name == "none":
                raise KeyError(model_name)
            return NERecognizer(f"default of {model_name}")

    module = ModuleType("camel_tools.ner")
    module.NERecognizer = NERecognizer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "camel_tools", ModuleType("camel_tools"))
    monkeypatch.setitem(sys.modules, "camel_tools.ner", module)
    recognisers = opened(["camel", "camel:arabert", f"camel:{tmp_path}"])
    assert asked == ["default of None", "default of arabert", str(tmp_path)]
    assert said(recognisers[0].mentions("وقال أكار"), "وقال أكار") == [("أكار", "person")]
    with pytest.raises(OptionError, match="no model 'none'; camel_data -i ner-arabert"):
        opened(["camel:none"])


def test_camels_labels_join_to_names_that_keep_their_places() -> None:
    known = {
        "خُلوصي": "B-PERS",
        "أكار": "I-PERS",
        "أنقرة": "B-LOC",
        "وزارة": "B-ORG",
        "الدفاع": "I-ORG",
        "التركية": "B-MISC",
        "طرابلس": "I-LOC",
    }
    labels = Labels(known)
    text = "زار خُلوصي أكار، أنقرة.\nوزارة الدفاع التركية؟ طرابلس أنقرة"
    found = CamelRecogniser(labels).mentions(text)
    assert said(found, text) == [
        ("خُلوصي أكار", "person"),
        ("أنقرة", "place"),
        ("وزارة الدفاع", "organization"),
        ("طرابلس", "place"),
        ("أنقرة", "place"),
    ]
    assert [" ".join(words) for words in labels.asked] == [
        "زار خُلوصي أكار ، أنقرة .",
        "وزارة الدفاع التركية ؟",
        "طرابلس أنقرة",
    ]


def test_labels_that_are_fewer_than_the_words_have_no_place() -> None:
    class Lossy(Labels):
        def predict(self, sentences: list[list[str]], batch_size: int = 32) -> list[list[str]]:
            return [labels[1:] for labels in super().predict(sentences)]

    assert CamelRecogniser(Lossy({"أكار": "B-PERS"})).mentions("زار أكار") == []


@given(st.text(), st.integers(1, 9))
def test_pieces_join_to_the_text(text: str, limit: int) -> None:
    found = list(pieces(text, limit))
    assert "".join(piece for _, piece in found) == text
    assert all(text.startswith(piece, at) and len(piece) <= limit for at, piece in found)


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


@pytest.fixture(scope="module")
def words(resolver: Resolver) -> Words:
    text = "Akar and Haftar met the UN envoy in Ankara, then left for Benghazi and Derna."
    return Lexis(load().lexicon, resolver.index.phrases).read(text)


def spans(text: str, resolver: Resolver, *names: tuple[str, Any]) -> list[tuple[str, str, Any]]:
    document = Tagger(resolver, recognisers=[Fixed(*names)]).tag(text)
    assert all(text[s.start : s.end] == s.surface for s in document.spans)
    return [(span.surface, span.found, span.kind) for span in document.spans]


def test_what_nothing_else_finds_is_added(resolver: Resolver) -> None:
    text = "the group e-zork said in Ankara that it had left"
    assert spans(text, resolver) == [("Ankara", "gazetteer", "place")]
    assert spans(text, resolver, ("the group e-zork", "organization"), ("Ankara", "place")) == [
        ("group e-zork", "recogniser", "organization"),
        ("Ankara", "gazetteer", "place"),
    ]


def test_an_unknown_name_is_of_the_kind_that_the_recogniser_says(resolver: Resolver) -> None:
    text = "They say that e-zork is wrong."
    document = Tagger(resolver, recognisers=[Fixed(("e-zork", "person"))]).tag(text)
    (span,) = document.spans
    assert (span.kind, span.decision.outcome.value) == ("person", "NIL")
    assert span.decision.cluster is not None


def test_ours_stands_where_it_is_as_long(resolver: Resolver) -> None:
    text = "Turkish Defense Minister Hulusi Akar spoke."
    without = Tagger(resolver).tag(text)
    for name in ("Hulusi Akar", "Akar", "Hulusi", "Minister Hulusi Akar"):
        assert Tagger(resolver, recognisers=[Fixed((name, "person"))]).tag(text) == without


def test_an_institution_that_is_longer_may_still_be_cut_to_what_is_known(
    resolver: Resolver,
) -> None:
    text = "He spoke in Ankara zorkville of it."
    (span,) = Tagger(resolver, recognisers=[Fixed(("Ankara zorkville", "place"))]).tag(text).spans
    assert span.decision.id in ("ankara", None)


@given(data=st.data())
def test_runs_are_in_order_and_none_is_over_another(words: Words, data: st.DataObject) -> None:
    text = words.text
    cuts = data.draw(st.lists(st.integers(0, len(words)), unique=True, max_size=8).map(sorted))
    runs = [Run([Cut(a, b, False)]) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    kinds = st.sampled_from(["person", "organization", "place"])
    places = data.draw(st.lists(place, max_size=5))
    names = [Recognised(a, b, data.draw(kinds)) for a, b in places if a < b]
    found = with_recognised(words, runs, names)
    ends = [place for run in found for place in (run.cuts[0].first, run.cuts[0].end)]
    assert ends == sorted(ends)
