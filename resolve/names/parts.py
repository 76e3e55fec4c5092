"""The anatomy of a name: which words belong together, and what each part is.

A person's name is read by the onomastics of its languages, which stand as classes of small
words in `tables/particles`: the article (al-, ال), nasab (bin, ibn; oğlu after the name), kunya
(Abu), servant names (Abd + one of God's), theophoric ones (-ullah), laqab (-al-Din), family
particles (van, de). An organization's or a place's name is read as its words. A part that
spellings reduce (`Salah` for `Salah al-Din`) or that another language's habits spell (`Sjved`
for `Shved`) carries the further forms with the bits that each costs. Of a patronymic only the
name in it tells, so that its ending has one form.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from resolve.names.clitics import bare
from resolve.names.fold import fold
from resolve.names.legal_forms import legal_forms
from resolve.names.particles import classes_of, endings, proclitics
from resolve.names.patronymics import patronymic
from resolve.names.respelling import respelled
from resolve.names.script import NO_SCRIPT
from resolve.types import Part, PartType, Token

__all__ = ["REDUCED", "UNPARTICLED", "person_parts", "word_parts"]

REDUCED = 4.5
"""Bits that it costs to call Salah al-Din just Salah: twice that, Saif is too little to take Saif
al-Arab for Saif al-Islam."""
UNPARTICLED = 1.5
"""Bits that it costs to leave out a bin, an Abu or a van that belongs to the part."""
UNGLUED = 1.0
"""Bits that it costs to read the first letters of a glued `Alsharekh` as its article."""
RESPELLED = 1.0
"""Bits that it costs to read a word by another language's habits. Chosen: from 0 to 4 bits, one
link of 907 changes on the seen half of `resolve.model.linking`."""
_LEAST_INITIALS = 2  # letters of an acronym
_STEM = 3  # letters that must be left when an ending is taken off
_AFTER_ARTICLE = 4  # letters that must follow an article read from a glued word
_ARABIC_ARTICLE = "ال"
_MAX_PARTS = 8


class _Reading:
    """A part in the making: tokens, their forms, and what is known of them."""

    __slots__ = ("article", "form", "forms", "script", "tokens", "type")

    def __init__(self, token: Token, form: str, script: str, article: bool) -> None:
        self.tokens = [token]
        self.form = form
        self.script = script
        self.article = article
        self.type: PartType | None = None
        self.forms: list[tuple[str, float]] = []

    def part(self, type_: PartType, text: str) -> Part:
        start, end = self.tokens[0].start, self.tokens[-1].end
        written = text[start:end]
        if end < start:  # bin + LADEN of `LADEN, Usama bin`
            start, end = min(t.start for t in self.tokens), max(t.end for t in self.tokens)
            written = " ".join(t.text for t in self.tokens)
        forms = tuple(dict.fromkeys(f for f in self.forms if f[0] and f[0] != self.form))
        return Part(self.form, self.script, type_, written, start, end, self.article, forms)


def person_parts(text: str, tokens: Sequence[Token]) -> tuple[Part, ...]:
    """Return the parts of a person's name, given name first; `tokens` without the titles.

    `text` is the mention's. `FAMILY, Given` and `Given FAMILY` in capitals are turned to the
    given name first. Words without a letter are left out; at most eight parts are read.
    """
    words = [(t, *fold(t.text, t.script)) for t in _family_last(_initials_apart(text, tokens))]
    words = [w for w in words if w[1] and "suffix" not in classes_of(w[1], w[2])]
    readings = _join(words)[:_MAX_PARTS]
    last = len(readings) - 1
    parts = []
    for i, reading in enumerate(readings):
        _glued(reading)
        if reading.type is PartType.NASAB and 0 < i < last:
            # Inside a name, bin only says what the place says: the bare name stands for it.
            whole, bare = reading.form, reading.forms[0][0]
            reading.form, reading.forms = bare, [(whole, 0.0), *reading.forms[1:]]
        _respelled(reading, 0 < i < last)
        parts.append(reading.part(_type(reading, i, last), text))
    return tuple(parts)


def word_parts(text: str, tokens: Sequence[Token]) -> tuple[Part, ...]:
    """Return the words of an organization's or a place's name, without function words.

    Articles are set aside, and an acronym in brackets that only repeats the words before it. An
    Arabic word that may begin with a proclitic (و ف ب ل ك) has the reading without it among its
    forms. A legal form is one word, whatever it is written in. If only function words are there,
    they stay.
    """
    told = [(t, *(_number(t.text) or fold(t.text, t.script))) for t in tokens]
    told = [word for word in told if word[1]]
    ends = {f.first: f for f in legal_forms([(form, script) for _, form, script in told])}
    readings, place = [], 0
    while place < len(told):
        if place in ends:
            readings.append(_legal(told[place : ends[place].end], ends[place].form))
            place = ends[place].end
        else:
            readings.append(_word(*told[place]))
            place += 1
    readings = [r for k, r in enumerate(readings) if not _spelled_out(r, readings[:k])]
    telling = [r for r in readings if not {"function", "article"} & classes_of(r.form, r.script)]
    return tuple(r.part(PartType.WORD, text) for r in (telling or readings)[: 2 * _MAX_PARTS])


def _join(words: list[tuple[Token, str, str]]) -> list[_Reading]:
    """Group words into parts, left to right."""
    out: list[_Reading] = []
    i, article = 0, False
    while i < len(words):
        token, form, script = words[i]
        classes = classes_of(form, script)
        left = len(words) - i - 1
        same = bool(out) and out[-1].script == script
        if "nasab after" in classes and same and token.separator != "," and (left or out[1:]):
            _append(out[-1], token, form, PartType.NASAB)
            out[-1].forms.insert(0, (out[-1].form.removesuffix(form), REDUCED))
            i += 1
        elif "din" in classes and same and _takes_ending(out[-1]):
            _append(out[-1], token, form, PartType.LAQAB)
            out[-1].forms.append((out[-1].form.removesuffix(form), REDUCED))
            i += 1
        elif (
            left
            and "din article" in classes
            and same
            and _takes_ending(out[-1])
            and ({"din", "din with article"} & classes_of(words[i + 1][1], script))
        ):
            stem = out[-1].form
            for following in words[i : i + 2]:
                _append(out[-1], following[0], following[1], PartType.LAQAB)
            out[-1].forms.append((stem, REDUCED))
            i += 2
        elif "allah" in classes and same and token.separator != ",":
            _append(out[-1], token, form, None)
            i += 1
        elif left and "article" in classes and not article:
            article, i = True, i + 1
            continue
        elif (
            left
            and {"servant", "kunya", "nasab", "particle"} & classes
            and script == words[i + 1][2]
            and not ("given" in classes and not _serves(words[i + 1 :]))
        ):
            reading, used = _with_particle(words, i, classes)
            reading.article = article
            out.append(reading)
            i += used
        else:
            out.append(_Reading(token, form, script, article))
            if script == "Latn" and len(form) == 1:
                out[-1].type = PartType.INITIAL
            i += 1
        article = False
    return out


def _serves(following: list[tuple[Token, str, str]]) -> bool:
    """Whether a servant's name goes on here: Abdou Karim or Abdou el-Karim, but not Abdou Diouf."""
    for _, form, script in following[:2]:
        classes = classes_of(form, script)
        if "article" not in classes:
            return "served" in classes
    return False


def _with_particle(
    words: list[tuple[Token, str, str]], i: int, classes: frozenset[str]
) -> tuple[_Reading, int]:
    """The part that begins with a particle, and how many words it takes."""
    token, form, script = words[i]
    reading = _Reading(token, form, script, False)
    used, bare = 1, ""
    while i + used < len(words) and words[i + used][2] == script:
        follower, more, _ = words[i + used]
        within = classes_of(more, script)
        final = i + used == len(words) - 1
        _append(reading, follower, more, None)
        used += 1
        if bare or "servant" in within:
            bare += more  # bin Abd al-Aziz: the servant's name is one
        if not final and {"article", "particle", "servant"} & within:
            continue
        bare = bare or _bare(more, script)
        break
    if "servant" in classes:
        reading.type = PartType.GIVEN
        return reading, used
    for name in ("kunya", "nasab"):
        if name in classes:
            reading.type = PartType(name)
    reading.forms.append((bare or form, UNPARTICLED))
    return reading, used


def _append(reading: _Reading, token: Token, form: str, type_: PartType | None) -> None:
    reading.tokens.append(token)
    reading.form += form
    reading.forms = [(f + form, cost) for f, cost in reading.forms]
    reading.type = type_ or reading.type


def _takes_ending(reading: _Reading) -> bool:
    return reading.type is None and len(reading.form) >= 2


def _glued(reading: _Reading) -> None:
    """Take apart what is written in one word: the article, and -uddin."""
    form, script = reading.form, reading.script
    if script == "Arab" and len(reading.tokens) == 1 and _has_arabic_article(form):
        reading.form = form = form[2:]
        reading.article = True
    elif script == "Latn" and reading.type is None and _may_be_glued(reading):
        reading.forms.append((form[2:], UNGLUED))
    if reading.type is None:
        for ending in endings(script):
            if form.endswith(ending) and len(form) - len(ending) >= _STEM:
                reading.type = PartType.LAQAB
                reading.forms.append((form.removesuffix(ending), REDUCED))
                break


def _respelled(reading: _Reading, inside: bool) -> None:
    """Add what another language's habits spelled; give a patronymic its standard ending."""
    if len(reading.tokens) > 1:
        return
    english = respelled(reading.tokens[0].text) if reading.script == "Latn" else None
    son = patronymic(english or reading.form) if inside else None
    if son is not None:
        reading.form, reading.forms = son, []
    elif english is not None:
        reading.forms.append((english, RESPELLED))


def _may_be_glued(reading: _Reading) -> bool:
    form = reading.form
    long = len(form) >= 2 + _AFTER_ARTICLE
    return long and not reading.article and form[:2] in ("al", "el", "ul")


def _word(token: Token, form: str, script: str) -> _Reading:
    reading = _Reading(token, form, script, False)
    if script == "Latn" and not token.text.isalpha():
        stem = fold(bare(token.text), script)[0]
        if len(stem) >= _STEM:  # Libya's, d'Abou Dhabi, Türkiye'nin
            reading.forms.append((stem, UNGLUED))
    if script != "Arab":
        return reading
    if _has_arabic_article(form):
        reading.form, reading.article = form[2:], True
        return reading
    for proclitic, rest in proclitics():
        if form.startswith(proclitic) and len(form) - len(proclitic) >= _STEM:
            reading.forms.append((rest + form[len(proclitic) :], UNPARTICLED))
            break
    return reading


def _spelled_out(reading: _Reading, before: Sequence[_Reading]) -> bool:
    """Whether a word in brackets is the initials of those before it: `Qaida (...) (AQAP)`."""
    token = reading.tokens[0]
    letters = list(reading.form)
    if token.separator != "(" or not token.text.isupper() or len(letters) < _LEAST_INITIALS:
        return False
    for word in reversed(before):
        if letters and word.form[0] == letters[-1]:
            letters.pop()
        elif not {"function", "article"} & classes_of(word.form, word.script):
            break
    return not letters


def _legal(words: Sequence[tuple[Token, str, str]], form: str) -> _Reading:
    reading = _Reading(words[0][0], form, NO_SCRIPT, False)
    reading.tokens += [token for token, *_ in words[1:]]
    return reading


def _has_arabic_article(form: str) -> bool:
    return form.startswith(_ARABIC_ARTICLE) and len(form) > _AFTER_ARTICLE


def _bare(form: str, script: str) -> str:
    return form[2:] if script == "Arab" and _has_arabic_article(form) else form


def _family_last(tokens: Sequence[Token]) -> list[Token]:
    """Turn `FAMILY, Given` and `FAMILY Given` to the given name first."""
    commas = [i for i, t in enumerate(tokens) if i and "," in t.separator]
    if len(commas) == 1:
        return [*tokens[commas[0] :], *tokens[: commas[0]]]
    loud = [len(t.text) > 1 and t.text.isupper() for t in tokens]
    first = loud.index(False) if False in loud else 0
    while 0 < first < len(tokens) and _goes_with_the_word_before(tokens[first]):
        first += 1
    if first and not any(loud[first:]):
        return [*tokens[first:], *tokens[:first]]
    return list(tokens)


def _goes_with_the_word_before(token: Token) -> bool:
    return "nasab after" in classes_of(*fold(token.text, token.script))


def _initials_apart(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Take a run of capitals with dots apart: beside other words (M.T. Siala), initials."""
    if len(tokens) < 2:
        return list(tokens)
    out: list[Token] = []
    for token in tokens:
        run, letters = text[token.start : token.end], token.text
        if len(letters) < 2 or run.rstrip(".") != ".".join(letters):
            out.append(token)
            continue
        for k, letter in enumerate(letters):
            start = token.start + 2 * k
            separator = "." if k else token.separator
            out.append(Token(letter, start, start + 1, token.script, separator))
    return out


def _type(reading: _Reading, i: int, last: int) -> PartType:
    if reading.type is not None:
        return reading.type
    if i == 0 and last:
        return PartType.GIVEN
    if reading.article and reading.form.endswith(("i", "y", "ي")):
        return PartType.NISBA
    return PartType.FAMILY if i == last else PartType.MIDDLE


def _number(text: str) -> tuple[str, str] | None:
    """The number that a word begins with, in whatever digits (444, 444th); None for other words."""
    digits = "".join(takewhile(str.isdecimal, text))
    return (str(int(digits)), NO_SCRIPT) if digits else None
