"""The text of a web page: what a browser would show, a line for each of its lines.

The parser is selectolax, which reads what is not well-formed as a browser does. The layout is
that of `innerText` in the HTML standard (html.spec.whatwg.org, "rendered text collection steps"),
but that whatever has a margin there has an empty line here: a heading, a list.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING, Final

from resolve.cli.reading import MARKS, text_blocks
from resolve.errors import MissingExtraError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["html_text", "page_text"]

DISPLAY: Final = {
    tag: display
    for display, tags in {
        "paragraph": "blockquote dir dl fieldset figure h1 h2 h3 h4 h5 h6 hr listing menu ol p "
        "plaintext pre table ul xmp",
        "block": "address article aside body caption center dd details dialog div dt figcaption "
        "footer form header hgroup html legend li main nav search section summary tbody tfoot "
        "thead tr",
        "cell": "td th",
        "hidden": "audio button canvas datalist head iframe noembed noframes noscript object "
        "script select style svg template textarea video",
    }.items()
    for tag in tags.split()
}
"""What an element is on the page, as the standard's style sheet has it (section "Rendering"); the
others flow with the text. A paragraph has a margin, a block stands on lines of its own."""

BREAKS: Final = {"paragraph": 2, "block": 1}
"""Line ends before and after."""

PREFORMATTED: Final = frozenset(("listing", "plaintext", "pre", "xmp"))

HEAD: Final = 4096  # bytes at the start of a page in which its encoding is looked for
LABELS: Final = {
    b"iso-8859-1": "windows-1252",
    b"latin1": "windows-1252",
    b"us-ascii": "windows-1252",
    b"iso-8859-9": "windows-1254",
    b"latin5": "windows-1254",
    b"utf-16": "utf-8",
}
"""What pages say and what they mean by it: the standard's "Encoding", as browsers have it."""

_DECLARED = re.compile(
    rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_SPACES = re.compile("[ \t\n\f\r]+")


def page_text(data: bytes, source: str, encoding: str | None = None) -> str:
    """The text of a page, decoded as the user says, else its mark, else the page itself.

    Raises EncodingError where the bytes are not text, MissingExtraError without selectolax.
    """
    blocks = text_blocks(io.BytesIO(data), source, encoding or _declared(data))
    return html_text("".join(blocks))


def html_text(markup: str) -> str:
    """The text that `markup` shows: paragraphs with an empty line between; "" where none is.

    Raises MissingExtraError without selectolax.

    >>> html_text("<h1>Libya</h1><p>Khalifa <b>Haftar</b> &amp; others<script>x</script>")
    'Libya\\n\\nKhalifa Haftar & others'
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise MissingExtraError("selectolax", "html", "reading HTML") from error
    flow = _Flow()
    parser = LexborHTMLParser(markup)
    _walk(parser.root, flow)
    return flow.text()


class _Flow:
    """Text as it is laid out: what stands between two words is known when the second comes."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._breaks = 0  # line ends before the next word
        self._gap = ""  # before the next word, if it is on the same line
        self._kept = 0  # how many elements that keep their spaces are open

    def open(self, tag: str) -> None:
        self._part(tag)
        self._kept += tag in PREFORMATTED
        if tag == "br":
            self._put("\n")

    def close(self, tag: str) -> None:
        self._kept -= tag in PREFORMATTED
        self._part(tag)
        if DISPLAY.get(tag) == "cell":
            self._gap = "\t"

    def say(self, text: str) -> None:
        if self._kept:
            self._put(text)
            return
        words = _SPACES.sub(" ", text)
        if words.startswith(" "):
            self._gap = self._gap or " "
        if words.strip(" "):
            self._put(words.strip(" "))
            self._gap = " " if words.endswith(" ") else ""

    def text(self) -> str:
        return "".join(self._pieces).rstrip("\n")

    def _part(self, tag: str) -> None:
        self._breaks = max(self._breaks, BREAKS.get(DISPLAY.get(tag, ""), 0))

    def _put(self, text: str) -> None:
        if self._pieces:
            if self._breaks:
                ended = self._pieces[-1].endswith("\n")
                self._pieces.append("\n" * (self._breaks - ended))
            elif not self._pieces[-1].endswith("\n") and text != "\n":
                self._pieces.append(self._gap)
        self._breaks, self._gap = 0, ""
        self._pieces.append(text)


def _walk(root: LexborNode | None, flow: _Flow) -> None:
    """Say every text of the tree in its order; a page may be nested deeper than Python calls."""
    node = root
    while node is not None:
        tag = node.tag or ""
        if node.is_text_node:
            flow.say(node.text_content or "")
        elif DISPLAY.get(tag) != "hidden":
            flow.open(tag)
            if (child := node.first_child) is not None:
                node = child
                continue
            flow.close(tag)
        while node is not None and (after := node.next) is None:
            node = node.parent
            if node is not None:
                flow.close(node.tag or "")
        node = after if node is not None else None


def _declared(data: bytes) -> str | None:
    """The encoding that the page says it is in; None where a mark says it, or nothing does."""
    if data.startswith((codecs.BOM_UTF8, *(mark for mark, _ in MARKS))):
        return None
    found = _DECLARED.search(data[:HEAD])
    if found is None:
        return None
    name = LABELS.get(found[1].lower()) or found[1].decode("ascii", "replace")
    try:
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return name
