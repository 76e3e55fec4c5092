"""Laws of every format that can be imported, whatever its bytes are.

What is damaged is told with a line of the file, and nothing else goes wrong; zipped and plain are
the same; so are two readings; each actor obeys the gazetteer's rules; memory stays as it is.
"""

import gzip
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gazetteer import Entity, GazetteerError, RecordError, Redirect, package, tsv
from gazetteer.failures import Failures
from gazetteer.importers import FORMATS, read
from gazetteer.importers.options import Options
from gazetteer.importers.rejects import Rejects
from gazetteer.importers.source import GZIP, Source
from gazetteer.validation import COLUMNS, Table, build

pytest.importorskip("ijson")

Records = list[Entity | Redirect]


class Form(NamedTuple):
    """A form in which a format comes: what stands around records, and a record.

    Of this, `{n}` is the number and `{pad}` the rest of a name, empty or long.
    """

    format: str
    head: str
    record: str
    tail: str = ""
    name: str = "list"

    def data(self, count: int, pad: str = "") -> bytes:
        record = self.record.replace("{pad}", pad)
        records = (record.replace("{n}", str(number)) for number in range(1, count + 1))
        return (self.head + "".join(records) + self.tail).encode()


FORMS = {
    "eu csv": Form(
        "eu",
        "Entity_LogicalId;Entity_SubjectType;NameAlias_WholeName;NameAlias_NameLanguage\n",
        "{n};P;Salem al-Waddani {n}{pad};EN\n{n};P;سالم الوداني;AR\n",
    ),
    "eu xml": Form(
        "eu",
        '<?xml version="1.0" encoding="UTF-8"?>\n<export>\n',
        '<sanctionEntity logicalId="{n}">\n<subjectType code="person"/>\n'
        '<nameAlias wholeName="Salem al-Waddani {n}{pad}" strong="true"/>\n</sanctionEntity>\n',
        "</export>\n",
    ),
    "ftm": Form(
        "ftm",
        "",
        '{"id": "a{n}", "schema": "Person", "referents": ["b{n}"], '
        '"properties": {"name": ["Nadia Ferhat {n}{pad}", "نادية فرحات"], "country": ["dz"]}}\n',
    ),
    "jrc": Form("jrc", "", "{n}\tP\tu\tSalem+al-Waddani{pad}\n{n}\tP\tar\tسالم+الوداني\n"),
    "ofac csv": Form(
        "ofac",
        "",
        '{n},"AL-WADDANI, Salem","individual","LIBYA3",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
        "\"DOB 1970; a.k.a. 'SALIM {n}{pad}'.\"\n",
    ),
    "ofac xml": Form(
        "ofac",
        '<?xml version="1.0"?>\n<sdnList>\n',
        "<sdnEntry>\n<uid>{n}</uid><lastName>AL-WADDANI</lastName><firstName>Salem{pad}</firstName>"
        "<sdnType>Individual</sdnType>\n</sdnEntry>\n",
        "</sdnList>\n",
    ),
    "opensanctions": Form(
        "opensanctions",
        '"id","schema","name","aliases","birth_date","countries"\n',
        '"Q{n}","Person","Nadia Ferhat {n}{pad}","Nadia;نادية فرحات","1970","dz"\n',
    ),
    "popolo": Form(
        "popolo",
        '{"persons": [\n',
        '{"id": "p{n}", "name": "Aguila Saleh {n}{pad}",\n'
        '"other_names": [{"lang": "ar", "name": "عقيلة صالح"}]},\n',
        '{"id": "last", "name": "Somebody"}], "memberships": [\n'
        '{"person_id": "last", "organization_id": "o", "role": "speaker"}]}\n',
    ),
    "popolo csv": Form(
        "popolo", "id,name\n", "p{n},Aguila Saleh{pad}\np{n},عقيلة صالح\n", name="names.csv"
    ),
    "statements": Form(
        "statements",
        "canonical_id,entity_id,prop,schema,value,dataset,lang,external,first_seen,last_seen\n",
        "NK-{n},a{n},name,Person,Nadia Ferhat{pad},one,fra,f,2021-01-02,2024-05-06\n"
        "NK-{n},a{n},name,Person,نادية فرحات,one,ara,f,2021-01-02,2024-05-06\n",
    ),
    "table": Form("table", "id,name,lang,country\n", "{n},Ali {n}{pad},en,LY\n{n},علي,ar,\n"),
    "un": Form(
        "un",
        '<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST><INDIVIDUALS>\n',
        "<INDIVIDUAL>\n<DATAID>{n}</DATAID><FIRST_NAME>Salem{pad}</FIRST_NAME>\n<INDIVIDUAL_ALIAS>"
        "<QUALITY>Low</QUALITY><ALIAS_NAME>سالم</ALIAS_NAME></INDIVIDUAL_ALIAS>\n</INDIVIDUAL>\n",
        "</INDIVIDUALS></CONSOLIDATED_LIST>\n",
    ),
    "wikidata": Form(
        "wikidata",
        "[\n",
        '{"type":"item","id":"Q{n}","labels":{"en":{"language":"en","value":"Ali {n}{pad}"},'
        '"ar":{"language":"ar","value":"علي"}},"claims":{"P31":[{"mainsnak":{"datavalue":'
        '{"value":{"id":"Q5"}}}}],"P27":[{"mainsnak":{"datavalue":{"value":{"id":"Q1016"}}}}]},'
        '"sitelinks":{}},\n',
        "]\n",
    ),
    "wikidata document": Form(
        "wikidata",
        '{"entities": {\n',
        '"Q{n}": {"id": "Q{n}", "labels": {"en": {"value": "Ali"}},\n'
        '"claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}]}},\n',
        '"Q0": {"id": "Q1"}}}\n',
    ),
}
"""A form of each format, and of some formats several."""

PADDING = 600
"""Letters of a padded name: fewer records make as large a file, and the test quick."""

STRANGE = "\u0085\u0086\u2028\u180e\u00ad\u200f\u00a0 e\u0301\u0323"
"""Controls, marks, spaces and accents that stand in names of lists, and in none of a gazetteer."""

WHOLE = {"wikidata document"}
"""The forms that are read whole, up to a limit."""

each_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
some = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Damage = Callable[[bytes], bytes]


@st.composite
def damages(draw: st.DrawFn) -> Damage:
    """Bytes that are put into a file, or in place of some of it, or of all."""
    bits = draw(st.one_of(st.binary(max_size=12), st.sampled_from([b"\n", b'"', b"<", b"{", b","])))
    begin, length = draw(st.floats(0, 1)), draw(st.integers(0, 40))
    whole = draw(st.integers(0, 9)) == 0

    def damage(data: bytes) -> bytes:
        at = int(begin * len(data))
        return bits if whole else data[:at] + bits + data[at + length :]

    return damage


def write(folder: Path, form: Form, data: bytes) -> Source:
    path = folder / form.name
    path.write_bytes(data)
    return Source(path)


def imported(form: Form, source: Source, strict: bool = False) -> tuple[Records, list[str]]:
    """What is read, as far as it can be, and all that is told of what can't."""
    found: Records = []
    rejects = Rejects(strict)
    try:
        found.extend(read(form.format, [source], rejects, Options()))
    except RecordError as error:
        return found, [*rejects.first, *error.failures]
    return found, rejects.first


def flaws(entity: Entity) -> list[str]:
    """The rules that an actor breaks as it would stand in a gazetteer of its own."""
    failures = Failures()
    tables = {
        table: Table(table, tsv.read(text.encode(), table, COLUMNS[table], failures))
        for table, text in package.texts([entity], []).items()
    }
    try:
        build("one", tables["entities"], tables["names"], tables["redirects"], failures)
    except RecordError as error:
        return list(error.failures)
    return failures.lines()


def test_each_format_has_a_form_here() -> None:
    assert {form.format for form in FORMS.values()} == set(FORMATS)


@each_form
def test_a_sound_file_is_read_without_a_reject(form: Form, tmp_path: Path) -> None:
    found, told = imported(form, write(tmp_path, form, form.data(3)))
    assert told == []
    assert len({each.id for each in found if isinstance(each, Entity)}) >= 3


@each_form
@some
@given(damage=damages())
def test_what_is_damaged_is_told_with_its_file_and_line(
    form: Form, damage: Damage, tmp_path: Path
) -> None:
    data = damage(form.data(4))
    source = write(tmp_path, form, data)
    _, told = imported(form, source)
    for each in told:
        place = re.match(rf"{re.escape(source.path)}(?::(\d+))?: \S", each)
        assert place, each
        # Without a line it is the file as a whole: cut off in its zip, or one of several missing.
        breaks = data.count(b"\n") + data.count(b"\r")  # either ends a line of XML
        assert place[1] is None or 1 <= int(place[1]) <= breaks + 1, each


@each_form
@some
@given(damage=damages())
def test_strict_raises_what_is_told_first(form: Form, damage: Damage, tmp_path: Path) -> None:
    source = write(tmp_path, form, damage(form.data(4)))
    _, told = imported(form, source)
    _, raised = imported(form, source, strict=True)
    assert raised[:1] == told[:1]


@each_form
@some
@given(damage=damages(), pad=st.text(st.sampled_from(STRANGE), max_size=6))
def test_each_actor_obeys_the_rules(form: Form, damage: Damage, pad: str, tmp_path: Path) -> None:
    found, _ = imported(form, write(tmp_path, form, damage(form.data(4, pad))))
    assert [flaws(each) for each in found if isinstance(each, Entity) and flaws(each)] == []


@each_form
@some
@given(damage=damages())
def test_zipped_is_as_plain_and_twice_as_once(form: Form, damage: Damage, tmp_path: Path) -> None:
    data = damage(form.data(4))
    assume(not data.startswith(GZIP))  # what is zipped is told by these
    first = imported(form, write(tmp_path, form, data))
    assert imported(form, write(tmp_path, form, data)) == first
    assert imported(form, write(tmp_path, form, gzip.compress(data))) == first


@each_form
def test_a_file_that_is_cut_off_in_its_zip_is_told(form: Form, tmp_path: Path) -> None:
    zipped = gzip.compress(form.data(200))
    with pytest.raises(GazetteerError, match=form.name):
        list(read(form.format, [write(tmp_path, form, zipped[:-20])], Rejects(), Options()))


@pytest.mark.parametrize(
    "form",
    [form for key, form in FORMS.items() if key not in WHOLE],
    ids=[key for key in FORMS if key not in WHOLE],
)
def test_memory_does_not_grow_with_the_file(form: Form, tmp_path: Path) -> None:
    small, large = 300_000, 1_500_000  # bytes: more than any buffer; five times that
    peaks = []
    for size in (PADDING, small, large):  # the first fills caches and tables
        source = write(tmp_path, form, form.data(size // PADDING, "a" * PADDING))
        tracemalloc.start()
        for _ in read(form.format, [source], Rejects(), Options()):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + large // 4
