from gazetteer import Entity, EntityName


def name(text: str, lang: str, kind: str = "primary") -> EntityName:
    return EntityName(text, lang, "Latn", kind)  # type: ignore[arg-type]


def test_canonical_name_is_the_english_primary() -> None:
    names = (name("Halife Hafter", "tur"), name("Khalifa Haftar", "eng"))
    assert Entity("khalifa-haftar", names).name == "Khalifa Haftar"


def test_without_english_it_is_the_first_primary() -> None:
    names = (name("UMH", "tur", "acronym"), name("Ulusal Mutabakat Hükümeti", "tur"))
    assert Entity("gna", names).name == "Ulusal Mutabakat Hükümeti"


def test_without_any_primary_it_is_the_first_name() -> None:
    names = (name("GNA", "eng", "acronym"), name("GNU", "eng", "acronym"))
    assert Entity("gna", names).name == "GNA"
