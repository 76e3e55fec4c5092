"""Documents with their mentions, in the formats that others read: one file a format.

`FORMATS` lists them. `pieces` gives a format as text, piece by piece as the documents come;
`write_folder` writes one that is several files. Memory is bounded by one document. A format's file
is imported when it is asked for.

Places are code points, and of the whole document where a format leaves its text out: a document
in parts reads as one. A lone surrogate, which UTF-8 can't hold, is escaped in JSON and written as
U+FFFD elsewhere, so no place moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

from resolve.errors import OptionError
from resolve.types import Document

__all__ = ["FORMATS", "Format", "pieces", "write_folder"]


class Format(NamedTuple):
    """A format: what it is, how its files' names end, the module, whether it fills a folder."""

    title: str
    suffix: str
    module: str
    folder: bool = False


FORMATS: Final[Mapping[str, Format]] = {
    "brat": Format("brat standoff: a folder of .txt and .ann", ".ann", "brat", folder=True),
    "conll": Format("tokens in IOB2 with outcome and id: columns", ".conll", "conll"),
    "doccano": Format("doccano, sequence labelling: JSON lines", ".jsonl", "doccano"),
    "html": Format("a page to read, each actor marked and explained", ".html", "html"),
    "jsonl": Format("a document a line, all that was decided", ".jsonl", "jsonl"),
    "prodigy": Format("Prodigy, ner.manual: JSON lines with tokens", ".jsonl", "prodigy"),
    "webannotation": Format("W3C Web Annotations: JSON-LD lines", ".jsonl", "webannotation"),
}
"""The formats by name. `MODULE.pieces`, or `MODULE.write_folder`, is here beside this file."""


def pieces(format: str, documents: Iterable[Document]) -> Iterator[str]:
    r"""The documents in a format that is one text, as pieces of it; joined, they are the text.

    Nothing is read before the first piece is asked for. Raises OptionError where the format is
    unknown or fills a folder.

    >>> list(pieces("conll", [Document("a.txt", "Tripoli", ())]))
    ['# doc = a.txt\n', 'Tripoli\t0\t7\tO\t_\t_\n\n']
    """
    known = _known(format)
    if known.folder:
        raise OptionError(f"format {format!r} is several files (give it a folder to fill)")
    found: Iterator[str] = import_module(f"{__name__}.{known.module}").pieces(documents)
    return found


def write_folder(format: str, documents: Iterable[Document], folder: Path) -> int:
    """Fill a folder, made if need be, in a format that is several files; how many documents.

    Raises OptionError where the format is unknown or one text, or the folder can't be made.
    """
    known = _known(format)
    if not known.folder:
        raise OptionError(f"format {format!r} is one file (give it a file, not a folder)")
    count: int = import_module(f"{__name__}.{known.module}").write_folder(documents, folder)
    return count


def _known(format: str) -> Format:
    known = FORMATS.get(format)
    if known is None:
        listed = "".join(f"\n  {name:<14} {each.title}" for name, each in FORMATS.items())
        raise OptionError(f"no format {format!r} for documents (one of these):{listed}")
    return known
