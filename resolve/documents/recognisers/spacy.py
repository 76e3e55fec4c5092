"""spaCy's named entities, of any of its models: `spacy:en_core_web_sm`, or a model's folder."""

from __future__ import annotations

from typing import Any, Final

from resolve.documents.recognisers.protocol import Recognised, kind_of, pieces
from resolve.errors import MissingExtraError, OptionError

__all__ = ["SpacyRecogniser", "open_recogniser"]

_AT_ONCE: Final = 20_000
"""Code points of a piece: by its documentation spaCy holds a gigabyte for 100,000 of them."""
_NEEDLESS: Final = ("parser", "lemmatizer")  # for names


def open_recogniser(model: str) -> SpacyRecogniser:
    """Return the recogniser of a model: its package's name or its folder.

    Raises MissingExtraError without spaCy, OptionError without the model.
    """
    if not model:
        raise OptionError("recogniser spacy: say with which model, such as spacy:en_core_web_sm")
    try:
        import spacy
    except ImportError as error:
        raise MissingExtraError("spaCy", "spacy", f"the recogniser spacy:{model}") from error
    try:
        return SpacyRecogniser(spacy.load(model, exclude=_NEEDLESS))
    except OSError as error:
        raise OptionError(
            f"recogniser spacy: no model {model!r}, neither a package nor a folder; "
            f"python -m spacy download {model}"
        ) from error


class SpacyRecogniser:
    """Asks a spaCy pipeline for its entities."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline
        self._limit = min(pipeline.max_length, _AT_ONCE)

    def mentions(self, text: str) -> list[Recognised]:
        """Return the persons, organizations and places of a text."""
        own = list(pieces(text, self._limit))
        found: list[Recognised] = []
        read = self._pipeline.pipe(piece for _, piece in own)
        for (offset, _), document in zip(own, read, strict=True):
            for entity in document.ents:
                kind = kind_of(entity.label_)
                if kind is not None:
                    place = offset + entity.start_char, offset + entity.end_char
                    found.append(Recognised(*place, kind))
        return found
