import pytest

from gazetteer.script import script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Yaşar Güler", "Latn"),
        ("Guler", "Latn"),
        ("ياشار غولر", "Arab"),
        ("Путин", "Cyrl"),
        ("נתניהו", "Hebr"),
        ("Μητσοτάκης", "Grek"),
        ("習近平", "Hani"),
        ("حفتر (Haftar)", "Latn"),
        ("2011", "Zyyy"),
        ("؟", "Zyyy"),
        ("", "Zyyy"),
    ],
)
def test_the_script_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script
