"""Forms as arrays: their letters, sounds, rarity, and by which keys they are found.

The vocabulary of an index is one of these, on disk; the forms of a batch of mentions are
another, in memory. A form is a row.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolve.matching.form import Form
from resolve.matching.keys import keys, phonemes, skeleton
from resolve.matching.ragged import Ragged, distinct, gather
from resolve.matching.rarity import Rarity
from resolve.matching.sounds import sounds
from resolve.memory import remembered
from resolve.model.hearing import ABJADS
from resolve.model.lexicon import Lexicon
from resolve.names.family_endings import ended
from resolve.names.fold import ALPHABETS
from resolve.names.script import NO_SCRIPT
from resolve.names.servants import served

__all__ = ["SCRIPTS", "Keys", "Parts", "Vocabulary", "follows", "keys_of"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SCRIPTS = (*ALPHABETS, NO_SCRIPT)
"""The scripts of forms, by their number."""
_LETTERS = {**ALPHABETS, NO_SCRIPT: "0123456789" + ALPHABETS["Latn"]}
_CODES = {
    script: {letter: k for k, letter in enumerate(letters, start=1)}
    for script, letters in _LETTERS.items()
}
_WRITTEN = [dict(enumerate(_LETTERS[own], start=1)) for own in SCRIPTS]
_POINTS = np.array([[ord(own.get(k, "\0")) for k in range(256)] for own in _WRITTEN], np.uint32)
_NUMBERS = {script: k for k, script in enumerate(SCRIPTS)}
_A = ord("a") - 1
_OTHER = 27  # a sound that the tables leave as it is
_HEARD = bytes(k - _A if 0 < k - _A < _OTHER else _OTHER for k in range(256))
_REMEMBERED = 65_536  # forms
_MOST_HEARD = 60  # sounds of a form that are kept: they are compared as the bits of one number
_BY_ROW = {"script", "rarity", "lexicon", "servant", "ending", "related"}
_UNHEARD: dict[str, NDArray[Any]] = {
    "sounds": np.zeros(0, np.uint8),
    "sounds_end": np.zeros(0, np.uint32),
    "bones": np.zeros(0, np.uint8),
    "bones_end": np.zeros(0, np.uint32),
    "heard": np.zeros(0, np.int64),
}


class Vocabulary:
    """Forms by their rows. Immutable."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.arrays = arrays
        self.letters = Ragged(arrays["letters"], arrays["letters_end"])
        self.sounds = Ragged(arrays["sounds"], arrays["sounds_end"])
        self.bones = Ragged(arrays["bones"], arrays["bones_end"])
        self.script = arrays["script"]
        self.rarity = arrays["rarity"]
        self.lexicon = arrays["lexicon"]  # row in the lexicon of its script, -1 if not attested
        self.servant = arrays["servant"]  # whether it is a servant's name
        self.ending = arrays["ending"]  # the group of its family's ending, 0 of other names
        self.heard = arrays["heard"]  # see `joins.sounds`
        self.parts: dict[object, Parts] = {}  # of its forms, by how they are made
        self._known: dict[int, Form] = {}

    @classmethod
    def of(
        cls, forms: Sequence[Form], rarity: Rarity, lexicon: Lexicon, heard: bool = True
    ) -> Vocabulary:
        """Return forms as rows, in their order; without their sounds, unless they are `heard`."""
        spelled = [_spelled(form) for form in forms]
        sounding = [_sounding(form) for form in forms] if heard else []
        letters = _in_rows([own.letters for own in spelled])
        said = _in_rows([own.sounds for own in sounding])
        bones = _in_rows([own.bones for own in sounding])
        return cls(
            {
                "letters": letters.values,
                "letters_end": letters.ends,
                "sounds": said.values,
                "sounds_end": said.ends,
                "bones": bones.values,
                "bones_end": bones.ends,
                "script": np.array([own.script for own in spelled], np.uint8),
                "rarity": rarity.of(forms),
                "lexicon": lexicon.rows(forms).astype(np.int32),
                "servant": np.array([served(*form) is not None for form in forms], bool),
                "ending": np.array([own.ending for own in spelled], np.uint8),
                "heard": np.array([own.heard for own in sounding], np.int64),
            }
        )

    @classmethod
    def gathered(cls, *own: tuple[Vocabulary, Ints]) -> Vocabulary:
        """Return rows of vocabularies, one after another, as rows of one; without their sounds."""
        taken = [gather(each.letters, rows) for each, rows in own]
        values, sizes = (np.concatenate(column) for column in zip(*taken, strict=True))
        columns = {
            name: np.concatenate([each.arrays[name][rows] for each, rows in own])
            for name in own[0][0].arrays.keys() & _BY_ROW
        }
        ends = np.cumsum(sizes).astype(np.uint32)
        return cls({**_UNHEARD, "letters": values, "letters_end": ends, **columns})

    def __len__(self) -> int:
        return len(self.script)

    def form(self, row: int) -> Form:
        """Return the form of a row."""
        return self.forms([row])[0]

    def forms(self, rows: Sequence[int]) -> list[Form]:
        """Return the forms of some rows, in their order."""
        known = self._known
        found = [known.get(row) or self._read(row) for row in rows]
        self._known = remembered(known, dict(zip(rows, found, strict=True)), _REMEMBERED)
        return found

    def _read(self, row: int) -> Form:
        letters, ends, scripts = self._views
        number = scripts[row]
        text = str(letters[ends[row - 1] if row else 0 : ends[row]], "latin-1")
        return Form(text.translate(_WRITTEN[number]), SCRIPTS[number])

    @cached_property
    def _views(self) -> tuple[memoryview[int], ...]:
        """Letters, their ends and scripts as views, which give plain numbers faster."""
        own = *self.letters, self.script
        return tuple(each.astype(each.dtype.newbyteorder("="), copy=False).data for each in own)

    @cached_property
    def sizes(self) -> NDArray[Any]:
        """Letters of each form."""
        return np.diff(self.letters.ends, prepend=np.zeros(1, self.letters.ends.dtype))

    @cached_property
    def initials(self) -> NDArray[np.bool_]:
        """Which forms are one Latin letter."""
        return np.asarray((self.sizes == 1) & (self.script == _NUMBERS["Latn"]))

    @property
    def columns(self) -> tuple[NDArray[Any], ...]:
        """What the kernels read of the forms: sounds, letters and consonants; and the script."""
        return *self.sounds, *self.letters, *self.bones, self.script

    @cached_property
    def initial(self) -> NDArray[np.uint8]:
        """The first letter of each Latin form, by its number from 1; 0 of others."""
        first = self.letters.values[self.letters.starts(np.arange(len(self)))]
        return np.where(self.script == _NUMBERS["Latn"], first, 0).astype(np.uint8)


class Parts:
    """Parts of the forms of a vocabulary, as rows of another one: made when they are asked for.

    Safe to share between threads. The vocabulary holds its parts, so they don't hold it.
    """

    def __init__(
        self,
        size: int,
        part: Callable[[Form], Form],
        arrays_of: Callable[[Sequence[Form]], Mapping[str, NDArray[Any]]],
    ) -> None:
        """Take the vocabulary's size, how the part of a form is made, and forms made to arrays."""
        self._part, self._arrays_of = part, arrays_of
        self._held: dict[str, NDArray[Any]] = {}  # with room for more
        self._vocabulary: Vocabulary | None = None
        self._places = np.full(size, -1, np.int32)
        self._lock = threading.Lock()

    def rows(self, whole: Vocabulary, rows: Ints) -> tuple[Vocabulary, Ints]:
        """Return a vocabulary, and in it the row of the part of the form of each row."""
        places, made = self._places[rows], self._vocabulary
        if made is None or (places < 0).any():
            with self._lock:
                made = self._make(whole, distinct(rows[self._places[rows] < 0]))
            places = self._places[rows]
        return made, places.astype(np.int64)

    def _make(self, whole: Vocabulary, rows: Ints) -> Vocabulary:
        forms = [self._part(form) for form in whole.forms(rows.tolist())]
        before, new = self._vocabulary, dict(self._arrays_of(forms))
        start = 0 if before is None else len(before)
        if before is None:
            self._held = new
        else:
            new["letters_end"] = new["letters_end"] + np.uint32(len(before.letters.values))
            new = {name: self._with(name, before.arrays[name], own) for name, own in new.items()}
        # Other threads may hold the vocabulary of before, whose rows stay as they are.
        made = self._vocabulary = Vocabulary(new)
        self._places[rows] = np.arange(start, start + len(rows))
        return made

    def _with(self, name: str, before: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        """An array and a new one behind it, where there is room for it."""
        start, end = len(before), len(before) + len(new)
        if not len(new):
            return before
        if end > len(self._held[name]):
            self._held[name] = np.empty(2 * end, before.dtype)
            self._held[name][:start] = before
        self._held[name][start:end] = new
        return self._held[name][:end]


class Keys:
    """Which rows of a vocabulary have a key, and which row is a form.

    Keys are kept for *strains*: rows one after another that have the same consonants, and are in
    abjads or not. A vocabulary in the order of its consonants has few of them.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._keys = arrays["key"]
        self.strains, self._ends = arrays["key_strains"], arrays["key_end"]
        self.rows = Ragged(np.arange(0), arrays["strain_end"])  # those of each strain
        self._sums, self._order = arrays["sum"], arrays["sum_row"]

    @staticmethod
    def arrays_of(forms: Sequence[Form]) -> dict[str, NDArray[Any]]:
        """Return the arrays of a vocabulary's keys, whose forms these are."""
        found: list[set[int]] = []
        strain_ends: list[int] = []
        for _, own in groupby(enumerate(forms), lambda each: _strain(each[1])):
            rows = list(own)
            found.append({key for _, form in rows for key in keys_of(form)})
            strain_ends.append(rows[-1][0] + 1)
        flat = np.array([key for own in found for key in own], np.uint32)
        owners = np.repeat(np.arange(len(found), dtype=np.int32), [len(own) for own in found])
        order = np.lexsort((owners, flat))
        distinct, counts = np.unique(flat, return_counts=True)
        sums = np.array([_sum(form) for form in forms], np.uint32)
        by_sum = np.argsort(sums, kind="stable").astype(np.int32)
        return {
            "key": distinct,
            "key_end": np.cumsum(counts).astype(np.uint32),
            "key_strains": owners[order],
            "strain_end": np.array(strain_ends, np.uint32),
            "sum": sums[by_sum],
            "sum_row": by_sum,
        }

    def rows_of(self, forms: Sequence[Form]) -> Ints:
        """Return the row of each form, -1 where there is none."""
        wanted = np.array([_sum(form) for form in forms], np.uint32)
        places = np.searchsorted(self._sums, wanted)
        found = np.full(len(forms), -1, np.int64)
        if not len(self._sums):
            return found
        there = self._sums[np.minimum(places, len(self._sums) - 1)] == wanted
        for k in np.flatnonzero(there).tolist():
            place = int(places[k])
            while place < len(self._sums) and self._sums[place] == wanted[k]:
                row = int(self._order[place])
                if self._vocabulary.form(row) == forms[k]:
                    found[k] = row
                place += 1
        return found

    def lists(self, forms: Sequence[Form]) -> tuple[Ints, Ints, Ints]:
        """Return the lists of each form's keys: their ends, and where in `strains` each one stands.

        Form k has the lists from `ends[k - 1]` to `ends[k]`; list l are `strains[starts[l] :
        stops[l]]`. Some others may be among them: keys are kept by their sums, and in a million
        two may have the same one. A number has no lists: it is found as it is.
        """
        own = [keys_of(form) for form in forms]
        wanted = np.array([key for each in own for key in each], np.uint32)
        owners = np.repeat(np.arange(len(own)), [len(each) for each in own])
        if not len(self._keys):
            return np.zeros(len(own), np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
        place = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        there = self._keys[place] == wanted
        place = place[there]
        ends = np.searchsorted(owners[there], np.arange(1, len(own) + 1))
        starts = np.where(place > 0, self._ends[place - 1], 0).astype(np.int64)
        return ends.astype(np.int64), starts, self._ends[place].astype(np.int64)


def follows(vocabulary: Vocabulary, left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Return which forms of some rows come after others, by the code points of their letters."""
    if not len(left):
        return np.zeros(0, bool)
    width = int(max(vocabulary.sizes[left].max(), vocabulary.sizes[right].max()))
    a, b = (
        _POINTS[vocabulary.script[rows][:, None], vocabulary.letters.padded(rows, width)]
        for rows in (left, right)
    )
    each, place = np.arange(len(left)), (a != b).argmax(1)
    return np.asarray(a[each, place] > b[each, place])


def _strain(form: Form) -> tuple[str, bool]:
    """What the forms of a strain share."""
    if form.script not in ALPHABETS:
        return "", False
    return skeleton(*form), form.script in ABJADS


def keys_of(form: Form) -> list[int]:
    """Return the keys of a form as numbers of 32 bits, ascending."""
    if form.script not in ALPHABETS:
        return []
    return sorted({zlib.crc32(key.encode("ascii", "replace")) for key in keys(*form)})


def _sum(form: Form) -> int:
    return zlib.crc32(f"{form.text}\t{form.script}".encode())


class _Spelled(NamedTuple):
    """What is seen of a form."""

    letters: bytes
    script: int
    ending: int


class _Sounding(NamedTuple):
    """What is heard of a form."""

    sounds: bytes
    bones: bytes
    heard: int


@lru_cache(maxsize=_REMEMBERED)
def _spelled(form: Form) -> _Spelled:
    codes = _CODES[form.script]
    found = ended(form.text)
    return _Spelled(
        bytes([codes[letter] for letter in form.text]),
        _NUMBERS[form.script],
        found.group if found else 0,
    )


@lru_cache(maxsize=_REMEMBERED)
def _sounding(form: Form) -> _Sounding:
    if form.script not in ALPHABETS:
        return _Sounding(b"", b"", 0)
    said, bones = (
        hear(*form)[:_MOST_HEARD].encode("latin-1", "replace").translate(_HEARD)
        for hear in (phonemes, skeleton)
    )
    return _Sounding(said, bones, sounds([form])[0])


def _in_rows(texts: Sequence[bytes]) -> Ragged:
    ends = np.fromiter(accumulate(map(len, texts)), np.uint32, len(texts))
    return Ragged(np.frombuffer(b"".join(texts), np.uint8), ends)
