"""Constants are fitted to the decision that is deployed, and nothing else of the file changes."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from resolve.decisions.calibration import BENDS, Calibration
from resolve.errors import InputError
from resolve.matching.alignment import Structure
from resolve.model import fit, linking
from resolve.model.learned import load
from resolve.model.linking import LISTS, Task, tasks

pytest.importorskip("scipy")

HERE = Path(fit.__file__).parent
TEMPLATE = (HERE / "constants.toml").read_text(encoding="utf-8")
CONSTANTS = tomllib.loads(TEMPLATE)
START = tomllib.loads((HERE / "start.toml").read_text(encoding="utf-8"))
SLOPES = [f"slope_{k}" for k in range(1, len(BENDS) + 1)]
GIVEN = ("Salah", "Khalifa", "Mohamed", "Osama", "Yousef", "Fathi", "Aguila", "Najla", "Omar")
FAMILY = ("Namroush", "Haftar", "Menfi", "Haddad", "Dbeibah", "Bashagha", "Saleh", "Mangoush")
SPELLINGS = (("ou", "u"), ("kh", "k"), ("eib", "aib"), ("mm", "m"), ("a", "e"), ("sh", "ch"))


def made_up(mentions: int = 60, actors: int = 900) -> tuple[Task, np.ndarray]:
    """Mentions with some candidates each, and bits that are high where a candidate is right."""
    random = np.random.default_rng(3)
    starts, right, bits = [], [], []
    for mention in range(mentions):
        starts.append(len(bits))
        rivals = [0.0, *random.normal(4, 8, mention % 5)]
        right.append(len(bits))
        if mention % 5 and mention % 3:
            right[-1] += 1
            rivals[1] += 18
        bits += rivals
    candidates = np.ones(len(bits), bool)
    candidates[starts] = False
    known = candidates[right]
    task = Task(
        ("Latn",) * mentions,
        known,
        actors,
        np.array(starts),
        np.array(right),
        (),
        candidates,
        np.zeros(len(bits), bool),
    )
    return task, np.array(bits)


def likelihood(task: Task, bits: np.ndarray, constants: dict[str, float]) -> float:
    """Mean log2 of the right answer's probability, by the calibration that is deployed."""
    nil = float((~task.candidates[task.right]).mean())
    calibration = Calibration.of({**constants, "nil_share": nil})
    total = 0.0
    for start, end, right in zip(
        task.starts, [*task.starts[1:], len(bits)], task.right, strict=True
    ):
        own = bits[start + 1 : end]
        share = np.full(len(own), 1 / task.actors)
        p = calibration.probabilities(own, share, np.zeros(len(own), np.int8)) if len(own) else own
        total += np.log2(1 - p.sum() if right == start else p[right - start - 1])
    return total / len(task.right)


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four lists of people whose names are spelt in two ways."""
    directory = tmp_path_factory.mktemp("data")
    (directory / "names").mkdir()
    people = [(given, family) for given in GIVEN for family in FAMILY]
    for number, source in enumerate(LISTS):
        rows = ["entity_id\tname\tlang_or_script\tentity_type\tnote"]
        for row, (given, family) in enumerate(people[number :: len(LISTS)]):
            name = f"{given} {family}"
            old, new = SPELLINGS[row % len(SPELLINGS)]
            spelt = [name, name.replace(old, new), f"{family.upper()}, {given.replace(old, new)}"]
            rows += [f"{row}\t{text}\tLatn\tPER\t" for text in spelt]
        rows.append("x\tMinistry of Defence\tLatn\tORG\t")
        text = "\n".join(rows) + "\n"
        (directory / "names" / f"{source}.tsv").write_text(text, encoding="utf-8")
    rows = ["entity_id\tname\tlang_or_script\tentity_type\tnote"]
    rows += [f"w{n}\tGiovanni {name}\tit\tPER\t" for n, name in enumerate(("Rossi", "Bianchi"))]
    for source in linking.STRANGERS:
        text = "\n".join(rows if source == linking.STRANGERS[0] else rows[:1]) + "\n"
        (directory / "names" / f"{source}.tsv").write_text(text, encoding="utf-8")
    return directory


def test_the_likelihood_is_that_of_the_deployed_calibration() -> None:
    task, bits = made_up()
    assert fit._likelihood(task, bits, CONSTANTS) == pytest.approx(
        likelihood(task, bits, CONSTANTS), abs=1e-9
    )


def test_the_probabilities_of_a_mention_add_up_to_one() -> None:
    task, bits = made_up()
    log2p = task.log2p(0.7 * bits - 3, 0.4 * bits)
    assert np.add.reduceat(np.exp2(log2p), task.starts) == pytest.approx(1.0)


def test_no_other_slope_or_offset_is_likelier() -> None:
    task, bits = made_up()
    fitted = {**CONSTANTS, **fit.calibrate(task, bits, CONSTANTS)}
    best = likelihood(task, bits, fitted)
    assert best > likelihood(task, bits, CONSTANTS)
    assert all(fitted[name] >= 0 for name in SLOPES)
    for name in (*SLOPES, "offset"):
        for step in (-0.05, 0.05):
            moved = {**fitted, name: fitted[name] + step}
            if moved[name] >= 0 or name == "offset":
                assert likelihood(task, bits, moved) <= best + 1e-4


def test_persons_are_known_or_left_out_and_seen_or_unseen(lists: Path) -> None:
    known, unseen = tasks(lists, load())
    assert known.actors == unseen.actors < len(GIVEN) * len(FAMILY)
    for task in (known, unseen):
        assert 0 < task.known.sum() < len(task.known)
        assert not (task.candidates[task.right] & ~task.known).any()
        assert not task.candidates[task.starts].any()


def test_a_person_on_two_lists_is_one(lists: Path, tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    text = (lists / "names" / f"{LISTS[0]}.tsv").read_text(encoding="utf-8")
    for source in LISTS:
        (tmp_path / "names" / f"{source}.tsv").write_text(text, encoding="utf-8")
    rows = {row.split("\t")[0] for row in text.splitlines()[1:]} - {"x"}
    persons = linking._persons(tmp_path)[0]
    assert len(persons) == len(rows)


def test_a_reviewed_table_joins_what_no_rule_does(lists: Path, tmp_path: Path) -> None:
    before, mentions = linking.cases(lists)
    joins = tmp_path / "joins.tsv"
    columns = ["left_source", "left_id", "right_source", "right_id", "verdict"]
    rows = [
        columns,
        [LISTS[0], "0", LISTS[1], "0", "same"],
        [LISTS[0], "1", LISTS[1], "1", "unsure"],
    ]
    joins.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    after, joined = linking.cases(lists, joins)
    assert len(before) - 1 <= len(after) <= len(before)
    sides = {case.name.text: case.unseen for case in mentions}
    assert all(case.unseen is sides.get(case.name.text, case.unseen) for case in joined)
    assert len(joined) == len(mentions) + 1, "the second's first name is now a mention"


def test_strangers_pad_the_gazetteer_and_share_no_name_with_the_lists(lists: Path) -> None:
    gazetteer, found = linking.cases(lists)
    texts = [name.text for name in linking.strangers(lists, gazetteer, found, 10)]
    assert sorted(texts) == ["Giovanni Bianchi", "Giovanni Rossi"]
    assert linking.strangers(lists, gazetteer, found, 1)[0].text == texts[0]
    assert not linking.strangers(lists, gazetteer, found, -5)
    assert tasks(lists, load())[0].actors == len(gazetteer) + 2


def test_lists_spell_one_person_in_two_ways_and_siblings_alike(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    own = {
        LISTS[0]: ("Omar Sabawi Ibrahim", "Amr Sabawi Ibrahim", "Sergey Naryshkin"),
        LISTS[1]: ("Serhiy Vitaliyovych KURCHENKO",),
        LISTS[2]: ("Serhiy Vitalyovych Kurchenko", "Sergei Naryshkin"),
        LISTS[3]: (),
    }
    for source, names in own.items():
        rows = [f"{row}\t{name}\tLatn\tPER\t" for row, name in enumerate(names)]
        text = "\n".join(["entity_id\tname\tlang_or_script\tentity_type\tnote", *rows]) + "\n"
        (tmp_path / "names" / f"{source}.tsv").write_text(text, encoding="utf-8")
    persons = linking._persons(tmp_path)[0].values()
    found = sorted(sorted(name.mention.text for name in names) for names in persons)
    assert found == [
        ["Amr Sabawi Ibrahim"],
        ["Omar Sabawi Ibrahim"],
        ["Sergei Naryshkin"],
        ["Sergey Naryshkin"],
        ["Serhiy Vitaliyovych KURCHENKO", "Serhiy Vitalyovych Kurchenko"],
    ]


def test_the_same_lists_give_the_same_constants_and_better_links(lists: Path) -> None:
    task, _ = tasks(lists, load())
    few = {name: START[name] for name in ("omitted_g", "cap_ff", "descent")}
    first, again = fit.fit(task, CONSTANTS, few), fit.fit(task, CONSTANTS, few)
    assert first == again
    assert set(first) == {*few, *SLOPES, "offset"}
    before, after = {**CONSTANTS, **few}, {**CONSTANTS, **first}
    bits = [task.bits(Structure.of(constants)) for constants in (before, after)]
    assert likelihood(task, bits[1], after) > likelihood(task, bits[0], before)


def test_a_missing_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"eu_fsf\.tsv: no such file; .*--data"):
        tasks(tmp_path, load())


def test_figures_have_a_row_for_each_script(lists: Path) -> None:
    _, unseen = tasks(lists, load())
    head, *rows = [row.split("\t") for row in fit.figures(unseen, CONSTANTS).splitlines()]
    assert [row[0] for row in rows] == ["all", "Latn"]
    assert all(len(row) == len(head) for row in rows)
    assert all(0 <= float(value) <= 1 for row in rows for value in row[3:])


def test_only_fitted_constants_change_in_the_file() -> None:
    fitted = dict.fromkeys(START, 1.25)
    text = fit.written(fitted, TEMPLATE)
    assert tomllib.loads(text) == {**CONSTANTS, **fitted}
    changed = [line for line in TEMPLATE.splitlines() if line not in text.splitlines()]
    assert all(line.split(" = ")[0] in START for line in changed)


def test_what_contradicts_is_no_link_even_in_the_smallest_gazetteer() -> None:
    task, bits = made_up()
    calibration = Calibration.of({**CONSTANTS, **fit.calibrate(task, bits, CONSTANTS)})
    found = calibration.probabilities(np.array([-30.0]), np.ones(1), np.zeros(1, np.int8))
    assert found[0] < 0.01


def test_the_fit_starts_from_constants_that_there_are() -> None:
    assert set(START) <= set(CONSTANTS)
    assert set(SLOPES) | {"offset"} <= set(CONSTANTS)
