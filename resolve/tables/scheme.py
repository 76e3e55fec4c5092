"""A transliteration scheme as its table states it: metadata, examples and rules, validated.

A scheme is one TOML file, `schemes/authority-lang-Script-Script-year.toml`. What all schemes of
a script share (classes of letters, spellings, digits) stands once, in `scripts/Script.toml`, and
`base` names it. The keys of a file are the fields of `Part` and `Scheme`, nothing else.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from resolve.errors import SchemeError, TableError
from resolve.tables import decode, list_tables, read_bytes

__all__ = ["EDGE", "Output", "Part", "Rule", "Scheme", "read_scheme", "scheme_names"]

EDGE = "edge"
"""The class that every scheme has: what is no letter of it, and both ends of the text."""

Output = str | dict[str, float]
"""What a letter becomes: one text, or several with probabilities that add up to 1."""

T = TypeVar("T", bound="Part")


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """`from` becomes `to` where the context fits. Of several, the longest `from` wins, then the
    longest context, then the first.

    `before` and `after` say what must follow and precede: names of classes or single letters,
    `!` for anything else, in sequence (`"edge consonant"`); ` | ` parts alternatives. `each`
    makes one rule a letter of that class: `{letter}` is the letter, `{out}` what it becomes on
    its own. An empty `from` writes what the source leaves out. A `prefix` (the article) ends
    where a word begins.
    """

    source: str
    to: Output
    before: str = ""
    after: str = ""
    each: str = ""
    prefix: bool = False


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a table may hand on to the tables that name it as their `base`."""

    base: tuple[str, ...] = ()
    classes: dict[str, str] = {}  # name -> its letters
    spellings: dict[str, str] = {}  # other spellings of the source -> the one the rules read
    letters: dict[str, Output] = {}  # wherever they stand
    words: dict[str, Output] = {}  # whole words
    rules: tuple[Rule, ...] = ()


class Scheme(Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A scheme: where it is from, what it turns into what, its examples and its rules."""

    authority: str
    title: str
    language: str  # ISO 639-3, of the source
    source: str  # ISO 15924
    target: str  # ISO 15924
    url: str
    notes: str
    kind: Literal["standard", "usage"]  # usage: as people write, not as an authority rules
    examples: tuple[tuple[str, str], ...]  # a usage's among its first readings, else its first
    year: int | None = None
    lowercase: bool = False  # the rules read the source in lower case
    invertible: bool = False
    capitals: dict[str, str] = {}  # where they aren't Python's: i -> İ
    particles: tuple[str, ...] = ()  # words that a name keeps in lower case,
    capital_first: bool = False  # but not at its beginning
    name: str = ""  # of the file; not written in it


def scheme_names() -> tuple[str, ...]:
    """Return the names of the schemes that ship as tables, sorted.

    >>> "alalc-ara-Arab-Latn-2012" in scheme_names()
    True
    """
    return list_tables("schemes", ".toml")


@cache
def read_scheme(name: str | Path) -> Scheme:
    """Return a scheme with its bases merged in; a `str` is one that ships, a `Path` any file.

    Raises SchemeError, listing the known ones, for a name that isn't there, and TableError,
    `file:line: what`, for a table that breaks a rule.

    >>> read_scheme("alalc-ara-Arab-Latn-2012").letters["ش"]
    'sh'
    """
    if isinstance(name, str) and name not in scheme_names():
        known = ", ".join(scheme_names())
        raise SchemeError(f"no transliteration scheme {name!r}; known: {known}")
    path = f"schemes/{name}.toml" if isinstance(name, str) else name
    text, scheme = _read(path, Scheme)
    stem = name if isinstance(name, str) else name.stem
    scheme = _merged(msgspec.structs.replace(scheme, name=stem))
    _check(scheme, str(path), text)
    return scheme


def _read(path: str | Path, of: type[T]) -> tuple[str, T]:
    text = decode(read_bytes(path), str(path))
    try:
        return text, msgspec.toml.decode(text, type=of)
    except msgspec.ValidationError as error:
        raise TableError(f"{path}:{_line_of_path(text, str(error))}: {error}") from error
    except msgspec.DecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise TableError(f"{path}:{found[1] if found else 1}: {error}") from error


def _merged(scheme: Scheme) -> Scheme:
    """The scheme with what its bases hand on; its own word comes first."""
    for base in scheme.base:
        of = Scheme if base.startswith("schemes/") else Part
        part: Part = _read(f"{base}.toml", of)[1]
        scheme = msgspec.structs.replace(
            scheme,
            base=(),
            classes=part.classes | scheme.classes,
            spellings=part.spellings | scheme.spellings,
            letters=part.letters | scheme.letters,
            words=part.words | scheme.words,
            rules=scheme.rules + part.rules,
        )
    return scheme


def _check(scheme: Scheme, path: str, text: str) -> None:
    """Raise TableError for what the types cannot say."""

    def fail(what: str, near: str) -> TableError:
        return TableError(f"{path}:{_line_of_text(text, near)}: {what}")

    expected = f"-{scheme.language}-{scheme.source}-{scheme.target}"
    expected += f"-{scheme.year}" if scheme.year else ""
    if not scheme.name.endswith(expected):
        raise fail(f"the file's name must end in {expected}", "language")
    if not scheme.examples:
        raise fail("no examples; a scheme shows what it does", "title")
    for source, to in [*scheme.letters.items(), *scheme.words.items()]:
        if not source or (problem := _weights(to)):
            raise fail(f"{source!r}: {'empty' if not source else problem}", source)
    for rule in scheme.rules:
        if problem := _weights(rule.to):
            raise fail(f"rule from {rule.source!r}: {problem}", rule.source)
        for word in f"{rule.before} {rule.after} {rule.each}".replace("|", " ").split():
            name = word.removeprefix("!")
            if len(name) > 1 and name not in {EDGE, "{letter}", *scheme.classes}:
                raise fail(f"rule from {rule.source!r}: no class {word!r}", word)
        missing = [x for x in scheme.classes.get(rule.each, "") if x not in scheme.letters]
        if missing:
            raise fail(f"class {rule.each!r} has {missing[0]!r}, which is no letter", rule.each)


def _weights(to: Output) -> str:
    """What is wrong with the probabilities of an output, or nothing."""
    if isinstance(to, str):
        return ""
    if any(weight <= 0 for weight in to.values()):
        return "a probability that isn't above 0"
    total = sum(to.values())
    return "" if abs(total - 1) < 1e-6 else f"probabilities add up to {total:.4g}, not 1"


def _line_of_text(text: str, near: str) -> int:
    """The first line that holds `near`, as it stands or escaped; 1 if none does."""
    escaped = "".join(c if c.isprintable() and c.isalnum() else f"\\u{ord(c):04x}" for c in near)
    for number, line in enumerate(text.split("\n"), start=1):
        if near in line or escaped in line.lower():
            return number
    return 1


def _line_of_path(text: str, message: str) -> int:
    """The line of what a message of msgspec means by `$.rules[3].to`; 1 if it isn't found."""
    found = re.search(r"\$\.(\w+)(?:\[(\d+)\])?", message)
    if not found:
        return 1
    heads = rf"(?m)^\s*\[*{found[1]}\b"
    matches = [text.count("\n", 0, m.start()) + 1 for m in re.finditer(heads, text)]
    return matches[min(int(found[2] or 0), len(matches) - 1)] if matches else 1
