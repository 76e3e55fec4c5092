"""camel-tools and our tables agree wherever both speak.

Needs, all with --no-deps: camel-tools, emoji, six. Skipped where they are absent.
"""

import builtins
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from resolve.errors import MissingExtraError
from resolve.names.fold import fold
from resolve.tables.scheme import read_scheme
from resolve.transliteration import camel, schemes, transliterate

CONSONANTS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
LETTERS = CONSONANTS + "ءاأإآىةؤئ"
HARAKAT = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
NAME = "مُحَمَّد الحَدَّاد"


def test_a_missing_camel_tools_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: object, **kwargs: object) -> object:
        if name.startswith("camel_tools"):
            raise ImportError(name)
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    camel._mapper.cache_clear()
    with pytest.raises(MissingExtraError, match=r"resolve-names\[camel\]"):
        transliterate("حفتر", "ar2bw")


class TestWithCamelTools:
    @pytest.fixture(autouse=True)
    def installed(self) -> None:
        pytest.importorskip("camel_tools.utils.charmap")
        pytest.importorskip("camel_tools.utils.dediac")

    def test_its_schemes_are_listed(self) -> None:
        assert set(camel.MAPS) <= {scheme.name for scheme in schemes()}

    @pytest.mark.parametrize("name", camel.MAPS)
    def test_its_schemes_come_back(self, name: str) -> None:
        text = NAME if camel.MAPS[name][0] == "Arab" else camel.mapped(NAME, f"ar2{name[:-3]}")
        written = transliterate(text, name)[0].text
        assert written != text
        assert transliterate(written, name, inverse=True)[0].text == text

    @pytest.mark.parametrize("name", ["din-ara-Arab-Latn-1982", "iso-ara-Arab-Latn-1984"])
    def test_our_consonants_are_one_to_one_with_hsb(self, name: str) -> None:
        """Two letters that HSB tells apart, our table tells apart; and the other way round."""
        ours = {c: read_scheme(name).letters[c] for c in CONSONANTS}
        theirs = {c: camel.mapped(c, "ar2hsb") for c in CONSONANTS}
        assert len(set(ours.values())) == len(set(theirs.values())) == len(CONSONANTS)
        same = {c for c in CONSONANTS if ours[c] == theirs[c]}
        assert same >= set("بتدرزسفقكلمنهويش")

    def test_iso_233_and_hsb_carry_the_same_text(self) -> None:
        """What HSB writes comes back as the text that ISO 233 gives back."""
        for name in ("مُحَمَّد", "حَفْتَر", "دُبَيْبَة", "غَسَّان سَلَامَة", "صَنْعَاء"):
            iso = transliterate(name, "iso-ara-Arab-Latn-1984")[0].text
            back = transliterate(iso, "iso-ara-Arab-Latn-1984", inverse=True)[0].text
            hsb = transliterate(name, "ar2hsb")[0].text
            assert transliterate(hsb, "hsb2ar")[0].text.replace("\u064e\u0651", "\u0651\u064e") == (
                back.replace("\u064e\u0651", "\u0651\u064e")
            )

    def test_the_marks_that_our_table_calls_harakat_are_its_diacritics(self) -> None:
        from camel_tools.utils.dediac import dediac_ar

        harakat = read_scheme("alalc-ara-Arab-Latn-2012").classes["harakat"]
        assert dediac_ar(harakat) == ""
        bare = "".join(c for c in NAME if c not in harakat)
        assert dediac_ar(NAME) == bare

    def test_alef_ya_and_ta_marbuta_read_alike_where_it_writes_them_alike(self) -> None:
        """What it takes for one letter has one reading in common in the news."""
        from camel_tools.utils.normalize import (
            normalize_alef_ar,
            normalize_alef_maksura_ar,
            normalize_teh_marbuta_ar,
        )

        words = ["أحمد", "آمال", "مصطفى", "سلامة"]
        folded = [
            normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(word)))
            for word in words
        ]
        assert folded == ["احمد", "امال", "مصطفي", "سلامه"]
        for word in ("أحمد", "آمال"):
            both = [
                {r.text for r in transliterate(w, "news-ara-Arab-Latn")}
                for w in (word, normalize_alef_ar(word))
            ]
            assert all(left & right for left, right in pairwise(both))

    @given(word=st.text(LETTERS + HARAKAT, max_size=8))
    @example(word="ئًآ")
    def test_what_it_writes_alike_our_fold_writes_alike(self, word: str) -> None:
        """Alef with its seats, ta marbuta, alef maksura, diacritics: one form before and after."""
        from camel_tools.utils.dediac import dediac_ar
        from camel_tools.utils.normalize import (
            normalize_alef_ar,
            normalize_alef_maksura_ar,
            normalize_teh_marbuta_ar,
        )

        form, _ = fold(word, "Arab")
        for normalize in (
            normalize_alef_ar,
            normalize_alef_maksura_ar,
            normalize_teh_marbuta_ar,
            dediac_ar,
        ):
            assert fold(normalize(word), "Arab")[0] == form
            assert normalize(form) == form
