"""What is measured: ours and the peers, one file each, behind `benchmarks.protocol`.

    ours              this project, as it comes
    nomenklatura      logic-v2 and name-based, in an environment of their own
    rapidfuzz         WRatio, token_sort_ratio, Jaro-Winkler
    jellyfish         phonetic codes
    sparse_dot_topn   tf-idf of letter n-grams
    recordlinkage     its comparisons and its unsupervised classifier
    splink            its model with term frequencies, on DuckDB
    anyascii          a transliteration without a model

A peer gets its best honest settings, and its `note` says them: one that knows Latin letters alone
is asked after anyascii and after our own romanization (`latin`). Libraries that are only measured
are imported when a system is asked; `missing()` says what to install.
"""

from __future__ import annotations

from benchmarks.protocol import System
from benchmarks.systems.anyascii import AnyAscii
from benchmarks.systems.jellyfish import codes
from benchmarks.systems.nomenklatura import matchers
from benchmarks.systems.ours import Ours
from benchmarks.systems.rapidfuzz import distances
from benchmarks.systems.recordlinkage import record_linkages
from benchmarks.systems.sparse_dot_topn import tfidf
from benchmarks.systems.splink import splinks

__all__ = ["systems"]


def systems() -> tuple[System, ...]:
    """Return every system in reading order, ours first, installed or not."""
    return (
        Ours(),
        *matchers(),
        *distances(),
        *codes(),
        *tfidf(),
        *record_linkages(),
        *splinks(),
        AnyAscii(),
    )
