"""Which actor does a written name mean, in any script and spelling, and why?

    "الشيخ محمد بن راشد"
     Mention      the text as received: never altered
     Name         clean text, tokens, titles set aside, parts          resolve.names
     Candidates   names of the gazetteer that share a key              resolve.matching
     Evidence     bits, term by term; what is unknown is not a zero    resolve.matching
     Decision     LINK id | REVIEW ids | NIL reason, probability       resolve.decisions
     Cluster      NIL only: the variants of one unknown actor          resolve.decisions
     Document     a text with its mentions, each a Span and decided    resolve.documents

>>> from resolve import Resolver
>>> decision = Resolver().resolve("Al-Narmouish")
>>> decision.outcome, decision.id
(<Outcome.LINK: 'LINK'>, 'salah-al-namroush')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from resolve.version import __version__

if TYPE_CHECKING:
    from resolve.documents.tagging import Tagger as Tagger
    from resolve.index import Index as Index
    from resolve.pipeline import Resolver as Resolver
    from resolve.pipeline import compare as compare
    from resolve.pipeline import compare_many as compare_many
    from resolve.transliteration import romanize as romanize
    from resolve.types import Decision as Decision
    from resolve.types import Document as Document
    from resolve.types import Evidence as Evidence
    from resolve.types import Mention as Mention
    from resolve.types import Name as Name
    from resolve.types import Outcome as Outcome
    from resolve.types import Settings as Settings
    from resolve.types import Span as Span

# Read on first use: `resolve --version` needs neither NumPy nor the learned tables.
_HOMES = {
    "Decision": "resolve.types",
    "Document": "resolve.types",
    "Evidence": "resolve.types",
    "Index": "resolve.index",
    "Mention": "resolve.types",
    "Name": "resolve.types",
    "Outcome": "resolve.types",
    "Resolver": "resolve.pipeline",
    "Settings": "resolve.types",
    "Span": "resolve.types",
    "Tagger": "resolve.documents.tagging",
    "compare": "resolve.pipeline",
    "compare_many": "resolve.pipeline",
    "romanize": "resolve.transliteration",
}

__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
