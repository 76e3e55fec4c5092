"""The committed countries are what the importer makes of CLDR, and editors' rows survive it."""

from pathlib import Path

import msgspec
import pytest

from gazetteer import EntityName, Gazetteer, load, package, save

babel = pytest.importorskip("babel")
from gazetteer.importers.cldr import renewed, territories  # noqa: E402

CLDR = 47
"""The release that the committed rows are from; another one has other names."""


def release() -> int:
    from babel import core

    return int(core.get_cldr_version()) if hasattr(core, "get_cldr_version") else 0


@pytest.mark.skipif(release() != CLDR, reason=f"Babel carries CLDR {release()}, not {CLDR}")
def test_the_committed_rows_are_regenerated(tmp_path: Path) -> None:
    shipped = Path(str(package.shipped()))
    save(renewed(load()), tmp_path)
    for file in ("entities.tsv", "names.tsv", "redirects.tsv"):
        assert (tmp_path / file).read_bytes() == (shipped / file).read_bytes()


def test_regions_and_reserved_codes_are_left_out() -> None:
    found = territories()
    assert not {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "EA", "IC", "001"} & set(found)
    assert {"LY", "TR", "PS", "XK", "EC", "SS"} <= set(found)


def test_each_country_has_a_name_in_each_language() -> None:
    for names in territories().values():
        assert [name.lang for name in names] == ["eng", "ara", "fra", "tur"]


def test_renewing_keeps_ids_and_what_editors_wrote() -> None:
    before = renewed(Gazetteer("x"))
    turkiye = before.get("turkiye")
    editors = EntityName("Turkey", "eng", "Latn", "primary", "editor")
    edited = msgspec.structs.replace(turkiye, id="turkey", names=(*turkiye.names[1:], editors))
    others = tuple(entity for entity in before if entity.id != "turkiye")
    after = renewed(Gazetteer("x", (*others, edited))).get("turkey")
    assert after.name == "Turkey"
    assert ("Türkiye", "eng", "alias", "cldr") in {
        (name.text, name.lang, name.kind, name.source) for name in after.names
    }


def test_renewing_twice_changes_nothing() -> None:
    once = renewed(Gazetteer("x"))
    assert renewed(once).version == once.version
