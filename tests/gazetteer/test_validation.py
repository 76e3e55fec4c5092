"""Every rule for a gazetteer's records fails at its exact file and line, with a remedy."""

import re
from pathlib import Path

import pytest

from gazetteer import NotFoundError, RecordError, load, validate

CASES = Path(__file__).parent.parent / "cases" / "gazetteer_failures.tsv"
ROWS = [line.split("\t") for line in CASES.read_text("utf-8").split("\n")[1:] if line]

SOUND = {
    "datapackage.json": [
        '{"name": "sound", "resources": [{"name": "entities", "path": "entities.tsv"},',
        ' {"name": "names", "path": "names.tsv"},',
        ' {"name": "redirects", "path": "redirects.tsv"}]}',
    ],
    "entities.tsv": [
        "id|kind|country|prominence|wikidata|description|source|note",
        "hulusi-akar|person|TR|300||Minister|editor|",
        "tripoli|place|LY|400||capital|editor|",
    ],
    "names.tsv": [
        "entity_id|name|lang|script|kind|source|note",
        "hulusi-akar|Hulusi Akar|tur|Latn|primary|editor|",
        "tripoli|Tripoli|eng|Latn|primary|editor|",
        "tripoli|طرابلس|ara|Arab|primary|editor|",
    ],
    "redirects.tsv": ["id|target|source|note", "akar|hulusi-akar|editor|"],
}


def write(folder: Path, changes: dict[tuple[str, int], str] | None = None) -> Path:
    """The sound package with lines replaced, or added below the last one."""
    for file, lines in SOUND.items():
        lines = list(lines)
        for (changed, line), row in (changes or {}).items():
            if changed == file:
                lines[line - 1 : line] = [row]
        text = "\n".join(lines) + "\n"
        (folder / file).write_bytes(text.replace("|", "\t").encode())
    return folder


def unescaped(row: str) -> str:
    row = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), row)
    return row.replace("\\r", "\r")


def test_the_sound_package_is_sound(tmp_path: Path) -> None:
    assert validate(write(tmp_path)) == []


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_broken_rule_fails_at_its_line(row: list[str], tmp_path: Path) -> None:
    _, file, line, text, expected, _ = row
    found = validate(write(tmp_path, {(file, int(line)): unescaped(text)}))
    wanted = [failure.split(" ", 1) for failure in expected.split("; ")]
    assert sorted(f.split(": ")[0] for f in found) == sorted(str(tmp_path / w) for w, _ in wanted)
    for place, what in wanted:
        assert any(f.startswith(f"{tmp_path / place}: ") and what in f for f in found), found


def test_all_failures_are_reported_at_once(tmp_path: Path) -> None:
    changes = {
        ("entities.tsv", 2): "hulusi-akar|man|TR|300||Minister|editor|",
        ("names.tsv", 3): "tripoli|Tripoli|en|Latn|primary|editor|",
        ("redirects.tsv", 2): "akar|nobody|editor|",
    }
    with pytest.raises(RecordError) as caught:
        load(write(tmp_path, changes))
    assert [failure.split(": ")[0] for failure in caught.value.failures] == [
        f"{tmp_path / 'entities.tsv'}:2",
        f"{tmp_path / 'names.tsv'}:3",
        f"{tmp_path / 'redirects.tsv'}:2",
    ]


def test_every_failure_ends_with_its_remedy(tmp_path: Path) -> None:
    for row in ROWS:
        found = validate(write(tmp_path, {(row[1], int(row[2])): unescaped(row[3])}))
        assert all(failure.endswith(")") for failure in found), found


def test_redirects_may_not_lead_in_a_circle(tmp_path: Path) -> None:
    changes = {("redirects.tsv", 2): "akar|hulusi|editor|\nhulusi|akar|editor|"}
    found = validate(write(tmp_path, changes))
    assert [failure.split(": ")[0][-15:] for failure in found] == [
        "redirects.tsv:2",
        "redirects.tsv:3",
    ]
    assert all("circle" in failure for failure in found)


def test_a_redirect_may_lead_over_another(tmp_path: Path) -> None:
    changes = {("redirects.tsv", 2): "akar|general-akar|editor|\ngeneral-akar|hulusi-akar|editor|"}
    assert load(write(tmp_path, changes)).get("akar").id == "hulusi-akar"


def test_undecodable_bytes_name_line_and_byte(tmp_path: Path) -> None:
    names = write(tmp_path) / "names.tsv"
    names.write_bytes(names.read_bytes().replace(b"Tripoli", b"Tr\xedpoli"))
    (failure,) = validate(tmp_path)
    assert failure.startswith(f"{names}:3: byte 0xed at position 11 ")


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    names = write(tmp_path) / "names.tsv"
    names.write_bytes(b"\xef\xbb\xbf" + names.read_bytes())
    assert validate(tmp_path) == []


def test_a_stray_space_at_the_end_of_the_file_is_found(tmp_path: Path) -> None:
    names = write(tmp_path) / "names.tsv"
    names.write_bytes(names.read_bytes().rstrip(b"\n") + b" ")
    (failure,) = validate(tmp_path)
    assert failure.startswith(f"{names}:4: note ' ': stray space")


def test_persian_joiners_are_letters_of_the_name(tmp_path: Path) -> None:
    row = "tripoli|طرابلس\u200cها|fas|Arab|primary|editor|"
    assert validate(write(tmp_path, {("names.tsv", 5): row})) == []


@pytest.mark.parametrize(
    ("descriptor", "failure"),
    [
        ('{"name": "x",\n "resources": [}', "datapackage.json:2: "),
        ('{"name": "x"}', "datapackage.json:1: "),
        ('{"name": "x", "resources": []}', "datapackage.json:1: no resource 'entities'"),
        (
            '{"name": "x", "resources": [{"name": "entities", "path": "../e.tsv"},'
            '{"name": "names", "path": "names.tsv"}]}',
            "datapackage.json:1: resource 'entities' lies outside",
        ),
    ],
)
def test_a_broken_descriptor_says_where(descriptor: str, failure: str, tmp_path: Path) -> None:
    (write(tmp_path) / "datapackage.json").write_text(descriptor)
    assert validate(tmp_path)[0].startswith(str(tmp_path / failure))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    (write(tmp_path) / "names.tsv").unlink()
    with pytest.raises(NotFoundError, match=r"names\.tsv"):
        validate(tmp_path)
