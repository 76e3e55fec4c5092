"""The words of a name, each with its place in the mention and what stood before it.

A word is a run of letters, marks and digits; an apostrophe between two of them is inside the
word (D'Angelo, Ma'moun, Dbeibe'yle). Everything else separates: spaces, hyphens, dots, slashes,
commas, brackets, quotes, symbols, emoji. A change of script inside a run separates as well.
Capital letters with dots and no spaces (U.A.E., J.R.R.) are one word, `UAE`, whose place
includes the dots; whether they are initials or an acronym is not decided here.

The separator of a word is "" for the first and where nothing stood between two words, " " where
only spaces, quotes of one stroke or symbols did, else the most telling of

    (   an opening bracket of any kind
    )   a closing one
    ,   a comma, an Arabic or Chinese comma, a semicolon of any script, a colon
    /   a slash or |
    "   a double quote
    –   a dash with a space on each side
    -   any other hyphen or dash
    .   a dot, also a middle one
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from resolve.names.script import NO_SCRIPT, script_of, script_of_letter
from resolve.names.unicode import Cleaned
from resolve.tables import read_table
from resolve.types import Token

__all__ = ["tokenize"]


def tokenize(cleaned: Cleaned) -> tuple[Token, ...]:
    """Return the words of a clean text in their order; none if it holds no letter or digit.

    `start` and `end` of a token are code points into the original text; a dotted run's text is
    its letters alone.

    >>> [(t.separator, t.text) for t in tokenize(Cleaned("al-Haddad, Lt.Gen. M. (U.N.)"))]
    [('', 'al'), ('-', 'Haddad'), (',', 'Lt'), ('.', 'Gen'), ('.', 'M'), ('(', 'UN')]
    """
    text = cleaned.text
    if "_" in text:
        text = text.replace("_", " ")
    tokens: list[Token] = []
    end = 0
    for match in (_ASCII_WORD if text.isascii() else _word()).finditer(text):
        start = match.start()
        separator = _separator(text[end:start]) if tokens else ""
        end = match.end()
        word = match[0]
        if "." in word:
            if not word.isupper():
                end -= word.endswith(".")
                _add_dotted(tokens, cleaned, start, word, separator)
                continue
            word = word.replace(".", "")
        script = _script_of_word(word)
        if not script:
            _add_runs(tokens, cleaned, start, word, separator)
        elif cleaned.offsets is None:
            tokens.append(Token(word, start, end, script, separator))
        else:
            tokens.append(Token(word, *cleaned.span(start, end), script, separator))
    return tuple(tokens)


@lru_cache(maxsize=1 << 14)
def _script_of_word(word: str) -> str:
    """The script of a word that clearly is of one, else ""."""
    if _LATIN.fullmatch(word):
        return "Latn"
    if _ARABIC.fullmatch(word):
        return "Arab"
    return script_of(word) if word.isascii() else ""


@lru_cache(maxsize=1 << 10)
def _separator(gap: str) -> str:
    """The most telling character of what stood between two words, in the module's terms."""
    if gap in (" ", "-", ""):
        return gap
    signs = gap.translate(_SIGNS)
    for sign in '(),/"-.':
        if sign in signs:
            return "–" if sign == "-" and " - " in gap else sign
    return " "


def _add_dotted(
    tokens: list[Token], cleaned: Cleaned, start: int, run: str, separator: str
) -> None:
    """Letters with dots that aren't capitals: a word each."""
    for index in range(0, len(run), 2):
        place = cleaned.span(start + index, start + index + 1)
        tokens.append(Token(run[index], *place, script_of(run[index]), separator))
        separator = "."


def _add_runs(tokens: list[Token], cleaned: Cleaned, start: int, word: str, separator: str) -> None:
    """A word's runs of one script; digits, marks and apostrophes go with what they follow."""
    begin, script = 0, NO_SCRIPT
    for index, letter in enumerate(word):
        other = script_of_letter(letter)
        if other in (NO_SCRIPT, script) or (other in _JAPANESE and script in _JAPANESE):
            continue
        if script != NO_SCRIPT:
            _add_run(tokens, cleaned, start + begin, word[begin:index], separator)
            begin, separator = index, ""
        script = other
    _add_run(tokens, cleaned, start + begin, word[begin:], separator)


def _add_run(tokens: list[Token], cleaned: Cleaned, start: int, run: str, separator: str) -> None:
    run = run.rstrip("'\"")
    place = cleaned.span(start, start + len(run))
    tokens.append(Token(run, *place, script_of(run), separator))


def _marks() -> str:
    """The combining marks of all scripts, as ranges of a character class."""
    rows = read_table("unicode/marks.tsv", ("first", "last", "source", "note"))
    return "".join([f"{chr(int(first, 16))}-{chr(int(last, 16))}" for first, last, _, _ in rows])


@cache
def _word() -> re.Pattern[str]:
    """A word of any script."""
    return _pattern(f"[\\w{_marks()}]")


def _pattern(letter: str) -> re.Pattern[str]:
    """A run of single letters with dots (U.A.E.), or a word of `letter`s."""
    return re.compile(
        rf"[^\W\d](?:\.[^\W\d](?!{letter}))+(?:\.(?!\w))?"
        rf"|\w{letter}*(?:(?:'|(?<=[א-ת])\"(?=[א-ת]))\w{letter}*)*"  # צה"ל, UAX 29 WB7b
    )


_ASCII_WORD = _pattern("[A-Za-z0-9]")
_JAPANESE = frozenset({"Hani", "Hira", "Kana"})
_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ']+")
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u0652]+")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("[{<⟨〈《「『【", "("),
        **dict.fromkeys("]}>⟩〉》」』】", ")"),
        **dict.fromkeys(";:،؛、。", ","),
        **dict.fromkeys("|\\", "/"),
        **dict.fromkeys("·•・‧", "."),
    }
)
