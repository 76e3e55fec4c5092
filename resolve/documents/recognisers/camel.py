"""camel-tools' named entities, of Arabic: `camel`, or `camel:MODEL` for another or a folder.

It takes sentences as lists of words and gives a label for each word: B-PERS, I-PERS, O. What it
reads are the words of the text as they stand, so that each label has its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from resolve.documents.recognisers.protocol import Recognised, kind_of
from resolve.errors import MissingExtraError, OptionError
from resolve.types import Kind

__all__ = ["CamelRecogniser", "open_recogniser"]

_MARKS: Final = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
_WORD: Final = re.compile(rf"[^\W_](?:\w|[{_MARKS}])*|[^\w\s]|_")
_ENDS: Final = frozenset(".!?؟…\u06d4")
_LONGEST: Final = 100
"""Words of a sentence: the model reads 256 pieces of words at a time."""
_AT_ONCE: Final = 512  # sentences

Word = tuple[int, int]


def open_recogniser(model: str) -> CamelRecogniser:
    """Return the recogniser of a model; without a name, of that which camel-tools has as default.

    Raises MissingExtraError without camel-tools or what it stands on, OptionError without the
    model.
    """
    try:
        from camel_tools.ner import NERecognizer
    except ImportError as error:
        library = "camel-tools (with torch and transformers)"
        raise MissingExtraError(library, "camel", "the recogniser camel") from error
    try:
        if model and Path(model).is_dir():
            return CamelRecogniser(NERecognizer(model))
        return CamelRecogniser(NERecognizer.pretrained(model or None))
    except (KeyError, OSError, ValueError) as error:
        said = f"no model {model!r}" if model else "its model isn't there"
        raise OptionError(f"recogniser camel: {said}; camel_data -i ner-arabert") from error


class CamelRecogniser:
    """Asks an `NERecognizer`, or what has its method `predict`, for the labels of words."""

    def __init__(self, recognizer: Any) -> None:
        self._recognizer = recognizer

    def mentions(self, text: str) -> list[Recognised]:
        """Return the persons, organizations and places of a text."""
        sentences = list(_sentences(text))
        found: list[Recognised] = []
        for start in range(0, len(sentences), _AT_ONCE):
            some = sentences[start : start + _AT_ONCE]
            said = self._recognizer.predict([[text[a:b] for a, b in words] for words in some])
            for words, labels in zip(some, said, strict=True):
                # Of a word that its model can't read it tells no label: then no label has a place.
                if len(labels) == len(words):
                    found += _named(words, labels)
        return found


def _sentences(text: str) -> Iterator[list[Word]]:
    """The words of each sentence, as places in the text."""
    held: list[Word] = []
    end = 0
    for word in _WORD.finditer(text):
        if held and (len(held) == _LONGEST or "\n" in text[end : word.start()]):
            yield held
            held = []
        held.append(word.span())
        end = word.end()
        if word[0] in _ENDS:
            yield held
            held = []
    if held:
        yield held


def _named(words: Sequence[Word], labels: Sequence[str]) -> Iterator[Recognised]:
    """The stretches of words that one name's labels are on: B-ORG, I-ORG, I-ORG."""
    start = end = 0
    kind: Kind | None = None
    before = ""
    for (first, last), label in zip(words, labels, strict=True):
        place, _, own = label.partition("-")
        if place == "I" and own == before:
            end = last
            continue
        if kind is not None:
            yield Recognised(start, end, kind)
        start, end, before = first, last, own
        kind = kind_of(own)
    if kind is not None:
        yield Recognised(start, end, kind)
