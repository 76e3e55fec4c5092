"""What ships ready made is what its sources make, and isn't used once they have changed."""

from pathlib import Path

import pytest

from gazetteer import load
from resolve import Resolver, shipped
from resolve.errors import OptionError
from resolve.index import Index
from resolve.matching import glossary
from resolve.matching.cognates import cognates
from resolve.matching.form import Form
from resolve.matching.translations import concept, concepts
from resolve.names.fold import fold
from resolve.shipped.__main__ import main
from resolve.tables.cognates import groups

NAMES = sorted(path.name for path in shipped.FOLDER.iterdir() if path.suffix != ".py")
FILES = [name for name in NAMES if not name.startswith("__")]
SOURCES = ["resolve/tables/fold"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped")
    main(["--output", str(folder)])
    return folder


def test_the_same_files_are_made(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == FILES


@pytest.mark.parametrize("name", FILES)
def test_what_ships_is_what_its_sources_make(made: Path, name: str) -> None:
    same = (made / name).read_bytes() == (shipped.FOLDER / name).read_bytes()
    assert same, f"{name} isn't what its sources make now; run python -m resolve.shipped"


def test_every_form_of_a_table_has_its_groups() -> None:
    for name, rows in groups().items():
        for row in rows:
            assert cognates(Form(*fold(row.form)))[name] >= row.weight
    assert all(concept(Form(*form)) == found for form, found in concepts().items())
    assert cognates(Form("qqq", "Latn")) == {} and concept(Form("qqq", "Latn")) == frozenset()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one table, and what ships of it."""
    monkeypatch.setattr(shipped, "FOLDER", tmp_path / "shipped")
    monkeypatch.setattr(shipped, "_ROOT", tmp_path)
    for name in (*SOURCES, "resolve/tables/names"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "resolve/tables/fold/Latn.tsv").write_text("ç\tch\n", encoding="utf-8")
    (tmp_path / "resolve/tables/names/own.tsv").write_text("nicholas\tMykola\n", encoding="utf-8")
    glossary.save(shipped.FOLDER, "own.tables", "names/own.tsv", {("mykola", "Latn"): {"old": 1}})
    return tmp_path


def opened() -> dict[str, float]:
    table = glossary.opened(
        "own.tables", "names/own.tsv", lambda: {("mykola", "Latn"): {"new": 0.5}}
    )
    return table.groups(("mykola", "Latn"))


def test_the_file_is_used_while_its_sources_are_as_they_were(folder: Path) -> None:
    assert opened() == {"old": 1.0}


@pytest.mark.parametrize("changed", ["names/own.tsv", "fold/Latn.tsv"])
def test_a_table_that_changed_is_read_anew(folder: Path, changed: str) -> None:
    with (folder / "resolve/tables" / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert opened() == {"new": 0.5}


def test_a_table_that_is_new_in_a_folder_counts_as_a_change(folder: Path) -> None:
    (folder / "resolve/tables/fold/Cyrl.tsv").write_text("ё\tе\n", encoding="utf-8")
    assert opened() == {"new": 0.5}


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_damaged_file_is_made_anew(folder: Path, place: int) -> None:
    path = shipped.FOLDER / "own.tables"
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert opened() == {"new": 0.5}


def test_a_file_of_another_version_or_none_is_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setattr(shipped, "__version__", "0.0.0")
        assert opened() == {"new": 0.5}
    (shipped.FOLDER / "own.tables").unlink()
    assert opened() == {"new": 0.5}


def test_a_resolver_has_the_gazetteer_that_it_was_given() -> None:
    toy = load(Path(__file__).parent / "toy")
    assert Resolver(toy).gazetteer is toy
    shipped_one = Resolver()
    assert shipped_one.gazetteer.version == load().version
    assert shipped_one.gazetteer is shipped_one.gazetteer
    index = Index.shipped()
    assert index is not None
    with pytest.raises(OptionError, match=r"gazetteer\.load"):
        Resolver(index).gazetteer  # noqa: B018
