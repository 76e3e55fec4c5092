"""Every code that a list may use for a language becomes its ISO 639-3 code."""

import pytest

from gazetteer.importers.languages import language


@pytest.mark.parametrize(
    ("codes", "known"),
    [
        ("ar AR ara ar-EG ar_Latn", "ara"),
        ("fr fra fre fr-CA", "fra"),
        ("zh zho chi zh-Hans zh-hant-TW", "zho"),
        ("sr srp sr-Latn", "srp"),
        ("he heb iw", "heb"),
        ("ckb", "ckb"),
        ("mul", "mul"),
        ("und zz x-private i-klingon English 12 u", "und"),
    ],
)
def test_codes_of_one_language_are_one(codes: str, known: str) -> None:
    assert {language(code) for code in codes.split()} == {known}


def test_no_code_is_no_language() -> None:
    assert language("") == language(" ") == "und"
