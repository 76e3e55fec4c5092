"""XML records come with the line of their opening tag, in flat memory, in their own encoding."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from gazetteer import RecordError
from gazetteer.importers.elements import CHUNK, elements, texts
from gazetteer.importers.source import Source

TWO = '<list xmlns="urn:x">\n <a><b>one</b></a>\n\n <a\n   k="v"><b> two </b><b/></a>\n</list>'


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path / "list.xml")


def read(source: Source, data: str | bytes) -> Iterator[tuple[int, Element]]:
    Path(source.path).write_bytes(data.encode() if isinstance(data, str) else data)
    return elements(source, ["list"], ["a"])


def test_a_record_has_the_line_of_its_opening_tag_and_no_namespace(source: Source) -> None:
    (first, one), (second, two) = read(source, TWO)
    assert (first, second) == (2, 4)
    assert (one.tag, two.get("k"), texts(one, "b"), texts(two, "b")) == (
        "a",
        "v",
        ["one"],
        ["two"],
    )


def test_a_record_is_whole_wherever_the_file_is_cut_in_pieces(source: Source) -> None:
    lines = [f"<a><b>{'ح' * (n % 97)}{n}</b></a>\n" for n in range(3000)]
    data = f"<list>\n{''.join(lines)}</list>"
    assert len(data.encode()) > 3 * CHUNK
    for n, (line, element) in enumerate(read(source, data)):
        assert (line, element.findtext("b")) == (n + 2, f"{'ح' * (n % 97)}{n}")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-16", "utf-16"),
        ("windows-1252", "cp1252"),
        ("iso-8859-9", "iso-8859-9"),
        ("utf-8", "utf-8-sig"),
    ],
)
def test_a_file_is_in_the_encoding_that_it_declares(
    source: Source, declared: str, encoding: str
) -> None:
    data = f"<?xml version='1.0' encoding='{declared}'?><list><a><b>Ülkü Çağrı</b></a></list>"
    data = data if encoding != "cp1252" else data.replace("ğrı", "ri")
    ((_, element),) = read(source, data.encode(encoding))
    assert element.findtext("b") == ("Ülkü Çağrı" if encoding != "cp1252" else "Ülkü Çari")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<list>\n<a><b>one</b></a>\n<a><b>tw", ":3: the file ends before its root does"),
        (b"<list>\n<a><b>one</b></c></list>", ":2: mismatched tag"),
        (b"<list>\n\n<a><b>Caf\xe9</b></a></list>", ":3: not well-formed (invalid token)"),
        (b"", ":1: the file ends before its root does"),
        (b"<?xml version='1.0' encoding='klingon'?><list/>", ":1: "),
        (b"<page/>", ":1: the file is <page> (give one that is <list>)"),
    ],
)
def test_what_has_no_next_record_is_an_error_with_its_line(
    source: Source, data: bytes, what: str
) -> None:
    with pytest.raises(RecordError) as error:
        list(read(source, data))
    assert str(error.value).startswith(source.path + what)


def test_entities_of_its_own_are_refused_before_they_grow(source: Source) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE list [<!ENTITY l0 "ha">{laughs}]>\n<list><a><b>&l11;</b></a></list>'
    with pytest.raises(RecordError, match="declares the entity &l0; "):
        list(read(source, bomb))


def test_an_entity_that_a_far_file_would_declare_is_not_dropped(source: Source) -> None:
    data = '<!DOCTYPE list SYSTEM "far.dtd">\n<list><a><b>Caf&eacute;</b></a></list>'
    with pytest.raises(RecordError, match=":2: &eacute; means nothing"):
        list(read(source, data))


def test_memory_does_not_grow_with_the_file(source: Source) -> None:
    def peak(records: int) -> int:
        data = f"<list>{'<a><b>one</b><c>two</c></a>' * records}</list>"
        found = read(source, data)
        del data
        tracemalloc.start()
        for _ in found:
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(60_000) < 1.5 * peak(6_000)
