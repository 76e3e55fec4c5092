"""Made-up names are the same in every run, and it is known whom each means."""

from benchmarks.datasets.synthetic import ARABIC, NIL, synthetic
from resolve.names.script import script_of

MADE = synthetic(400, 300)
NAMES = {entity.id: entity.name for entity in MADE.gazetteer}


def test_the_same_arguments_give_the_same_names_and_another_seed_gives_others() -> None:
    def written(seed: int) -> tuple[list[str], list[str]]:
        made = synthetic(30, 20, seed)
        return [e.name for e in made.gazetteer], [m.text for m in made.mentions]

    assert written(1) == written(1) != written(2)


def test_no_two_actors_have_one_name() -> None:
    assert len(set(NAMES.values())) == len(NAMES) == 400


def test_a_share_of_the_mentions_is_of_nobody_in_the_gazetteer() -> None:
    nobody = [mention for mention in MADE.mentions if mention.actor is None]
    assert len(nobody) == round(300 * NIL)
    assert {m.actor for m in MADE.mentions} - {None} <= set(NAMES)


def test_scripts_are_mixed_as_said_and_rightly_named() -> None:
    arabic = [mention for mention in MADE.mentions if mention.script == "Arab"]
    assert abs(len(arabic) / 300 - ARABIC) < 0.08
    assert all(script_of(mention.text) == mention.script for mention in MADE.mentions)


def test_most_mentions_are_written_otherwise_than_in_the_gazetteer() -> None:
    known = [m for m in MADE.mentions if m.actor is not None]
    alike = sum(m.text == NAMES[m.actor] for m in known if m.actor is not None)
    assert 0 < alike < len(known) / 2
